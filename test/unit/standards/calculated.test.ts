import { describe, expect, test } from "vitest";
import { sharedEngine } from "../../fixtures/asking.ts";
import { cell, rowOf } from "../../fixtures/tables.ts";

const engine = sharedEngine();

const ROSS = "ross-308-308ff_broiler_2022";
const COBB = "cobb-500_broiler_2022";
const BROWN = "hy-line-brown_conventional_2024";
const day = (stem: string, age: number, column: string, sex = "as_hatched"): number =>
  cell(rowOf(stem, { sex, age_days: age }), column) ?? Number.NaN;
const week = (age: number, column: string): number =>
  cell(rowOf(BROWN, { age_weeks: age }), column) ?? Number.NaN;

describe("livability is 100 less the mortality of the phase, and says so", () => {
  test.each([
    ["livability of Hy-Line Brown at 17 weeks", 17, "rearing"],
    ["livability of Hy-Line Brown at 60 weeks", 60, "laying"],
    ["viabilité Hy-Line Brown à 60 semaines", 60, "laying"],
    ["海兰褐60周龄存活率", 60, "laying"],
    ["przeżywalność Hy-Line Brown w 60 tygodniu", 60, "laying"],
  ])("%s", async (text, age, phase) => {
    const { via, values, blocks } = await engine.ask(text);
    const mortality = week(age, "mortality_cum_in_phase_pct");
    expect(via).toBe("calculator");
    expect(values[0]).toMatchObject({ metric: "livability", unit: "%", phase, age_weeks: age });
    expect(values[0]?.amount).toBeCloseTo(100 - mortality, 6);
    const shown = JSON.stringify(blocks);
    expect(shown).toContain("formula.livability");
    expect(shown).toContain("note.in_phase");
  });

  test("where there is no mortality there is no livability", async () => {
    for (const text of ["livability of Ross 308 at 35 days", "livability of Lohmann Brown at 60 weeks"]) {
      const { via, values, frame } = await engine.ask(text);
      expect({ via, values, metric: frame?.metric }).toEqual({
        via: "unknown",
        values: [],
        metric: "livability",
      });
    }
  });

  test("the range of a mortality is turned round: the most dead leave the fewest alive", async () => {
    const { values } = await engine.ask("livability of Hy-Line W-80 parent stock females at 60 weeks");
    const row = rowOf("hy-line-w-80_parent-stock_2023", { age_weeks: 60 });
    const [low, high] = [
      cell(row, "female_mortality_cum_min_pct"),
      cell(row, "female_mortality_cum_max_pct"),
    ];
    expect(values[0]?.amount).toBeCloseTo(100 - ((low ?? 0) + (high ?? 0)) / 2, 6);
  });
});

describe("mortality is told within its phase", () => {
  test.each([
    ["mortality of Hy-Line Brown at 17 weeks", 2, "rearing"],
    ["mortality of Hy-Line Brown at 18 weeks", 0.05, "laying"],
    ["mortalité Hy-Line Brown à 40 semaines", 1.24, "laying"],
  ])("%s", async (text, amount, phase) => {
    const { values, blocks } = await engine.ask(text);
    expect(values[0]).toMatchObject({ metric: "mortality", amount, unit: "%", phase });
    expect(JSON.stringify(blocks)).toContain("note.in_phase");
  });

  test("a range over both phases never shows them as one count", async () => {
    const { values, blocks } = await engine.ask("mortality of Hy-Line Brown from 10 to 30 weeks");
    expect(new Set(values.map((value) => value.phase)).has(undefined)).toBe(false);
    if (values.length > 0) expect(JSON.stringify(blocks)).toContain("note.in_phase");
  });
});

describe("the table read backwards", () => {
  test.each([
    ["at what age does a Ross 308 reach 2 kg?", ROSS, "as_hatched", 2000],
    ["at what age do Ross 308 males reach 2 kg?", ROSS, "male", 2000],
    ["à quel âge le Cobb 500 atteint 1,5 kg ?", COBB, "as_hatched", 1500],
    ["في أي عمر يصل روس 308 إلى 2 كجم؟", ROSS, "as_hatched", 2000],
    ["罗斯308几天能长到2公斤？", ROSS, "as_hatched", 2000],
    ["रॉस 308 कितने दिन में 2 किलो का होता है?", ROSS, "as_hatched", 2000],
    ["kiedy Ross 308 osiągnie 2 kg?", ROSS, "as_hatched", 2000],
    ["when does Cobb 500 reach 5 lb?", COBB, "as_hatched", 2267.962],
  ])("%s", async (text, stem, sex, target) => {
    const { via, values, blocks, frame } = await engine.ask(text);
    expect(via).toBe("calculator");
    expect(frame).toMatchObject({ metric: "body_weight", age_days: null, sex, target });
    const at = values[0]?.amount ?? Number.NaN;
    const weight = (age: number): number => day(stem, age, "body_weight_g", sex);
    const below = [...Array(57).keys()].findLast((age) => weight(age) <= target) ?? 0;
    const [low, high] = [weight(below), weight(below + 1)];
    const exact = below + (target - low) / (high - low);
    expect(values[0]).toMatchObject({ metric: "age", unit: "days" });
    expect(Math.abs(at - exact)).toBeLessThanOrEqual(0.06);
    expect(values.slice(1).map((value) => value.amount)).toEqual([low, high]);
    expect(JSON.stringify(blocks)).toContain("formula.reverse");
  });

  test("an amount that the table prints is that row's age, without interpolation", async () => {
    const { values } = await engine.ask("at what age does Lohmann Brown reach 95 % laying rate?");
    expect(values[0]).toMatchObject({ metric: "age", amount: 29, unit: "weeks", interpolated: false });
  });

  test("an amount that is never reached is unknown, without a value", async () => {
    for (const text of [
      "when does Ross 308 reach 20 kg?",
      "when does Ross 308 reach 30 g?",
      "when does Hy-Line Brown reach 99 % laying rate?",
    ]) {
      const { via, values } = await engine.ask(text);
      expect({ via, values }).toEqual({ via: "unknown", values: [] });
    }
  });

  test("the feed that it takes to reach a weight is not the age at which so much is eaten", async () => {
    const { values, frame } = await engine.ask("how much feed does a Ross 308 need to reach 2 kg?");
    expect({ metric: frame?.metric, target: frame?.target }).not.toEqual({
      metric: "cum_feed",
      target: 2000,
    });
    expect(
      values.filter(({ metric }) => metric === "age" || metric === "cum_feed").map(({ amount }) => amount),
    ).not.toContain(27.6);
  });

  test("the target is told in the unit that it was asked in", async () => {
    expect((await engine.ask("when does Cobb 500 reach 5 lb?")).text).toMatch(/5(\.0+)?\u00a0lb/);
  });
});

describe("totals are birds times the table's amount, the formula shown", () => {
  test.each([
    ["Feed for 5,000 Ross 308 up to day 35?", 5000, day(ROSS, 35, "cum_feed_g"), 1000, "kg"],
    ["Aliment pour 5 000 Cobb 500 jusqu'au jour 35 ?", 5000, day(COBB, 35, "cum_feed_g"), 1000, "kg"],
    ["علف 5000 روس 308 حتى عمر 35 يوم", 5000, day(ROSS, 35, "cum_feed_g"), 1000, "kg"],
    ["5000只罗斯308养到35天要多少饲料？", 5000, day(ROSS, 35, "cum_feed_g"), 1000, "kg"],
    ["5000 रॉस 308 के लिए 35 दिन तक कितना दाना?", 5000, day(ROSS, 35, "cum_feed_g"), 1000, "kg"],
    ["Ile paszy dla 5000 Ross 308 do 35 dnia?", 5000, day(ROSS, 35, "cum_feed_g"), 1000, "kg"],
    [
      "Feed for 12,000 Cobb 500 females to 42 days?",
      12_000,
      day(COBB, 42, "cum_feed_g", "female"),
      1000,
      "kg",
    ],
    ["daily feed for 20,000 Hy-Line Brown at 30 weeks in tonnes", 20_000, 113, 1_000_000, "t"],
    ["daily feed for 20,000 Hy-Line Brown at 30 weeks in lb", 20_000, 113, 453.59237, "lb"],
    ["how much water do 10,000 Hy-Line Brown drink per day at 30 weeks?", 10_000, 198.5, 1000, "l"],
    ["how many eggs will 1,000 Hy-Line Brown lay by 72 weeks?", 1000, 330.5, 1, "eggs"],
  ])("%s", async (text, birds, each, per, unit) => {
    const { via, values, blocks, frame } = await engine.ask(text);
    expect({ via, birds: frame?.birds }).toEqual({ via: "calculator", birds });
    expect(values[0]).toMatchObject({ birds, unit });
    expect((values[0]?.amount ?? 0) / ((birds * each) / per)).toBeCloseTo(1, 4);
    expect(JSON.stringify(blocks)).toContain("formula.total");
    // the amount of one bird is a fact too, and never rounded away
    expect(values.slice(1).every((value) => value.amount > 0)).toBe(true);
  });

  test.each([1, 12, 30, 49])("a small flock is a flock: %d birds", async (birds) => {
    const { values, frame } = await engine.ask(`feed for ${birds} Ross 308 birds up to day 35`);
    const each = day(ROSS, 35, "cum_feed_g");
    // one bird is what the table tells anyway
    if (birds > 1) expect(frame?.birds).toBe(birds);
    const grams = (values[0]?.amount ?? 0) * (values[0]?.unit === "kg" ? 1000 : 1);
    expect(grams / (birds * each)).toBeCloseTo(1, 4);
  });

  test("a total without a column that adds up is unknown", async () => {
    const { via, values } = await engine.ask("feed for 5,000 Lohmann Brown up to 30 weeks");
    expect({ via, values }).toEqual({ via: "unknown", values: [] });
  });
});

describe("a span of ages", () => {
  test.each([
    ["feed of Ross 308 from 3 to 5 weeks", ROSS, 21, 35],
    ["aliment Cobb 500 de 14 à 28 jours", COBB, 14, 28],
    ["ile paszy zje Ross 308 od 21 do 35 dnia", ROSS, 21, 35],
    ["罗斯308 21到35天的采食量", ROSS, 21, 35],
  ])("a cumulative column is told as a difference with its formula: %s", async (text, stem, from, to) => {
    const { via, values, blocks, frame } = await engine.ask(text);
    expect({ via, metric: frame?.metric, from: frame?.age_days, to: frame?.to_age }).toEqual({
      via: "calculator",
      metric: "cum_feed",
      from,
      to,
    });
    const [start, end] = [day(stem, from, "cum_feed_g"), day(stem, to, "cum_feed_g")];
    expect(values.map((value) => value.amount)).toEqual([end - start, start, end]);
    expect(JSON.stringify(blocks)).toContain("formula.difference");
  });

  test("no two values of an answer say two amounts for the same thing", async () => {
    const { values } = await engine.ask("feed of Ross 308 from 3 to 5 weeks");
    const things = values.map(({ amount: _amount, low: _low, high: _high, source: _source, ...thing }) =>
      JSON.stringify(thing),
    );
    expect(new Set(things).size).toBe(things.length);
  });

  test("another column is told along the span, each value the table's", async () => {
    const { via, values } = await engine.ask("Hy-Line Brown body weight from 3 to 5 weeks");
    expect(via).toBe("standard");
    expect(values.map(({ age_weeks, low, high }) => [age_weeks, low, high])).toEqual(
      [3, 4, 5].map((age) => [age, week(age, "body_weight_min_g"), week(age, "body_weight_max_g")]),
    );
  });

  test("every row of the span is cited", async () => {
    const { text, sources } = await engine.ask("Hy-Line Brown body weight from 57 to 60 weeks");
    const cited = sources.map((source) => source.locator).join("; ");
    for (const part of ["57", "60", "p. 5", "p. 6"]) expect(cited).toContain(part);
    expect(text).toContain("60");
  });
});

describe("totals of more than one flock", () => {
  test("one number of birds and two lines: a total for each", async () => {
    const { via, values, blocks } = await engine.ask("feed for 5000 Ross 308 vs Cobb 500 to 35 days");
    const totals = values.filter(({ birds }) => birds === 5000);
    expect({ via, lines: totals.map(({ line }) => line) }).toEqual({
      via: "calculator",
      lines: ["ross_308", "cobb_500"],
    });
    expect(totals.map(({ amount, unit }) => `${amount} ${unit}`)).toEqual([
      `${5 * day(ROSS, 35, "cum_feed_g")} kg`,
      `${5 * day(COBB, 35, "cum_feed_g")} kg`,
    ]);
    expect(blocks.filter(({ type }) => type === "formula")).toHaveLength(2);
  });

  test.each([
    "feed for 5000 Ross 308 and 3000 Cobb 500 to 35 days",
    "aliment pour 5000 Ross 308 et 3000 Cobb 500 jusqu'à 35 jours",
    "Futter für 5000 Ross 308 und 3000 Cobb 500 bis Tag 35",
  ])("two numbers of birds are never one total: %s", async (text) => {
    const { values } = await engine.ask(text);
    expect(values.map(({ line, amount, birds }) => [line, amount, birds])).toEqual([
      ["ross_308", day(ROSS, 35, "cum_feed_g"), undefined],
      ["cobb_500", day(COBB, 35, "cum_feed_g"), undefined],
    ]);
  });

  test("two ages: a total for each", async () => {
    const { values } = await engine.ask("weight of 5000 Ross 308 at 28 and 35 days");
    const totals = values.filter(({ birds }) => birds === 5000).map(({ amount }) => amount);
    expect(totals).toEqual([5 * day(ROSS, 28, "body_weight_g"), 5 * day(ROSS, 35, "body_weight_g")]);
  });
});
