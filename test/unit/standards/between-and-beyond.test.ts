import { describe, expect, test } from "vitest";
import { sharedEngine } from "../../fixtures/asking.ts";
import { cell, placeOf, rowOf, tableOf } from "../../fixtures/tables.ts";

const engine = sharedEngine();

const BROWN = "hy-line-brown_conventional_2024";
const ROSS = "ross-308-308ff_broiler_2022";
const week = (stem: string, age: number, more = {}) => rowOf(stem, { age_weeks: age, ...more });
const between = (low: number, high: number, share: number): number => low + (high - low) * share;

describe("between two rows", () => {
  test.each([
    ["Hy-Line Brown body weight at 200 days", 28, 4 / 7],
    ["Poids Hy-Line Brown à 200 jours", 28, 4 / 7],
    ["وزن هاي لاين براون بعمر 200 يوم", 28, 4 / 7],
    ["海兰褐200日龄体重", 28, 4 / 7],
    ["हाइलाइन ब्राउन का 200 दिन पर वजन", 28, 4 / 7],
    ["Ile waży Hy-Line Brown w 200 dniu", 28, 4 / 7],
    ["Hy-Line Brown body weight at 40.5 weeks", 40, 0.5],
  ])("a layer's age in days is read between weeks: %s", async (text, first, share) => {
    const { values, blocks, via } = await engine.ask(text);
    const [below, above] = [week(BROWN, first), week(BROWN, first + 1)];
    const of = (column: string): number => between(cell(below, column) ?? 0, cell(above, column) ?? 0, share);
    const [low, high] = [of("body_weight_min_g"), of("body_weight_max_g")];
    const [value] = values;
    expect({ via, interpolated: value?.interpolated }).toEqual({ via: "standard", interpolated: true });
    expect(Math.abs((value?.low ?? 0) - low)).toBeLessThanOrEqual(1);
    expect(Math.abs((value?.high ?? 0) - high)).toBeLessThanOrEqual(1);
    expect(Math.abs((value?.amount ?? 0) - (low + high) / 2)).toBeLessThanOrEqual(1);
    expect(value?.age_weeks).toBeCloseTo(first + share, 2);
    expect(JSON.stringify(blocks)).toContain("note.interpolated");
  });

  test("an age in days that is a whole week is no interpolation", async () => {
    const { values, frame } = await engine.ask("Hy-Line Brown body weight at 210 days");
    expect(frame).toMatchObject({ age_weeks: 30 });
    expect(values[0]).toMatchObject({ age_weeks: 30, interpolated: false, low: 1910, high: 2050 });
  });

  test("half a day of a broiler lies between its days, for every sex", async () => {
    const { values } = await engine.ask("Ross 308 weight at 20.5 days");
    for (const sex of ["as_hatched", "male", "female"]) {
      const [below, above] = [20, 21].map(
        (age) => cell(rowOf(ROSS, { sex, age_days: age }), "body_weight_g") ?? 0,
      );
      const value = values.find((one) => one.sex === sex);
      expect(value?.interpolated).toBe(true);
      expect(Math.abs((value?.amount ?? 0) - ((below ?? 0) + (above ?? 0)) / 2)).toBeLessThanOrEqual(0.5);
    }
  });

  test("both rows are cited, each with its page", async () => {
    const { sources } = await engine.ask("Hy-Line Brown body weight at 58.5 weeks");
    const cited = sources.map((source) => source.locator).join("; ");
    for (const age of [58, 59]) {
      const { page } = placeOf(tableOf(BROWN), week(BROWN, age), "body_weight_min_g");
      expect(cited).toMatch(new RegExp(`\\b${age}\\b`));
      expect(cited).toContain(page);
    }
  });
});

describe("a blank is never bridged", () => {
  test.each([
    "feed of Cobb 500 fast feather breeder at 25 weeks",
    "feed of Cobb 500 fast feather breeder at 26 weeks",
    "feed of Cobb 500 fast feather breeder at 27 weeks",
    "feed of Cobb 500 fast feather breeder at 172 days",
    "feed of Cobb 500 slow feather breeder at 26 weeks",
    "feed of Cobb 500 slow feather breeder open-sided at 27 weeks",
    "energy per bird per day of Cobb 500 fast feather breeder at 26 weeks",
    "protein per bird per day of Cobb 500 slow feather breeder at 25 weeks",
    "Hy-Line W-36 cumulative feed at 1 week",
    "Hy-Line W-36 cumulative feed at 10 days",
    "consommation cumulée d'aliment Hy-Line W-36 à 1 semaine",
    "Ross 308 daily feed at 1 day",
    "Cobb 500 FCR at 3 days",
    "Ross 308 average daily gain at 5 days",
  ])("%s", async (text) => {
    const answer = await engine.ask(text);
    expect({ via: answer.via, values: answer.values }).toEqual({ via: "unknown", values: [] });
    expect(answer.frame?.line).toBeTruthy();
    expect(answer.frame?.metric).toBeTruthy();
  });

  test("a week beside the blank is answered", async () => {
    const { values } = await engine.ask("feed of Cobb 500 fast feather breeder at 24 weeks");
    expect(values[0]).toMatchObject({ amount: 117, unit: "g", interpolated: false });
    const later = await engine.ask("Hy-Line W-36 cumulative feed at 2 weeks");
    expect(later.values[0]).toMatchObject({ low: 209, high: 253, amount: 231, unit: "g" });
  });

  test("a count that begins again at the start of lay is not read across it", async () => {
    const { via, values } = await engine.ask("Hy-Line Brown mortality at 122 days");
    expect({ via, values }).toEqual({ via: "unknown", values: [] });
  });
});

describe("outside the table", () => {
  test.each([
    ["Ross 308 weight at 57 days", "day 0", "day 56", "day 57"],
    ["Cobb 500 daily feed at 3 days", "day 8", "day 56", "day 3"],
    ["Hy-Line Brown weight at 101 weeks", "week 1", "week 100", "week 101"],
    ["Lohmann Brown weight at 96 weeks", "week 1", "week 95", "week 96"],
    ["Hy-Line Brown laying rate at 10 weeks", "week 18", "week 100", "week 10"],
    ["Hy-Line Brown cumulative feed at 30 weeks", "week 1", "week 17", "week 30"],
    ["Cobb 500 carcass yield at 1 kg", "1,590", "4,320", "1,000"],
    ["Ross 308 male carcass yield at 5 kg", "1,600", "4,800", "5,000"],
  ])("%s: no value, and where the table begins and ends", async (text, from, to, asked) => {
    const answer = await engine.ask(text);
    expect({ via: answer.via, values: answer.values }).toEqual({ via: "unknown", values: [] });
    for (const part of [from, to, asked]) expect(answer.text).toContain(part);
  });

  test("a range that leaves the table gives no value for the part inside", async () => {
    const { via, values } = await engine.ask("cumulative feed of Ross 308 from 21 to 70 days");
    expect({ via, values }).toEqual({ via: "unknown", values: [] });
  });

  test("the first and the last row are inside", async () => {
    expect((await engine.ask("Ross 308 weight at day 0")).values[0]?.amount).toBe(44);
    expect((await engine.ask("Ross 308 weight at 56 days")).values[0]?.amount).toBe(4318);
    expect((await engine.ask("Hy-Line Brown weight at 100 weeks")).values[0]?.low).toBe(
      cell(week(BROWN, 100), "body_weight_min_g"),
    );
  });
});
