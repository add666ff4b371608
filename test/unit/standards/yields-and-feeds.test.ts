import { describe, expect, test } from "vitest";
import { sharedEngine, told } from "../../fixtures/asking.ts";
import { cell, rowOf, tableOf, type PrintedRow } from "../../fixtures/tables.ts";

const engine = sharedEngine();

const ROSS_YIELD = "ross-308-308ff_carcass-yield_2022";
const COBB_YIELD = "cobb-500_carcass-yield_2022";
const ROSS_FEED = "ross_broiler_nutrition-specifications_2022";
const COBB_FEED = "cobb-500_broiler_nutrition-specifications_2022";

describe("yields by live weight", () => {
  test.each([
    ["carcass yield of Cobb 500 at 1700 g", COBB_YIELD, "as_hatched", 1700, "carcass_pct", "carcass_yield"],
    ["breast yield of Cobb 500 males at 2.5 kg", COBB_YIELD, "male", 2500, "breast_pct", "breast_yield"],
    ["rendement filet Ross 308 mâles à 3 kg", ROSS_YIELD, "male", 3000, "breast_pct", "breast_yield"],
    ["نسبة التصافي كوب 500 وزن 2500 جرام", COBB_YIELD, "as_hatched", 2500, "carcass_pct", "carcass_yield"],
    ["科宝500 母鸡 2500克 胸肉率", COBB_YIELD, "female", 2500, "breast_pct", "breast_yield"],
    ["wydajność rzeźna Ross 308 koguty przy 3 kg", ROSS_YIELD, "male", 3000, "carcass_pct", "carcass_yield"],
    ["thigh yield of Ross 308 females at 2.2 kg", ROSS_YIELD, "female", 2200, "thigh_pct", "thigh_yield"],
    ["leg meat yield of Ross 308 males at 3 kg", ROSS_YIELD, "male", 3000, "leg_meat_pct", "leg_meat_yield"],
    [
      "total meat yield of Ross 308 males at 3 kg",
      ROSS_YIELD,
      "male",
      3000,
      "total_meat_pct",
      "total_meat_yield",
    ],
    ["whole leg yield of Cobb 500 at 1700 g", COBB_YIELD, "as_hatched", 1700, "leg_pct", "leg_yield"],
  ])("%s", async (text, stem, sex, weight, column, metric) => {
    const { via, values, frame } = await engine.ask(text);
    expect({ via, metric: frame?.metric, weight: frame?.live_weight_g }).toEqual({
      via: "standard",
      metric,
      weight,
    });
    const amount = cell(rowOf(stem, { sex, live_weight_g: weight }), column);
    expect(values[0]).toMatchObject({
      metric,
      amount,
      unit: "%",
      sex,
      live_weight_g: weight,
      interpolated: false,
    });
  });

  test("between two live weights it interpolates and says so", async () => {
    const { values, blocks } = await engine.ask("breast yield of Ross 308 males at 2.5 kg");
    const [below, above] = [2400, 2600].map((g) =>
      cell(rowOf(ROSS_YIELD, { sex: "male", live_weight_g: g }), "breast_pct"),
    );
    expect(values[0]?.interpolated).toBe(true);
    expect(values[0]?.amount).toBeCloseTo(((below ?? 0) + (above ?? 0)) / 2, 1);
    expect(JSON.stringify(blocks)).toContain("note.interpolated");
  });

  test("where the table has no mixed column, both sexes are told", async () => {
    const { values } = await engine.ask("carcass yield of Ross 308 at 2 kg");
    expect(values.map(({ sex }) => sex)).toEqual(["male", "female"]);
    for (const { sex, amount } of values)
      expect(amount).toBe(cell(rowOf(ROSS_YIELD, { sex, live_weight_g: 2000 }), "carcass_pct"));
  });

  test("a part that only the other breed's table gives is unknown", async () => {
    for (const text of [
      "whole leg yield of Ross 308 males at 3 kg",
      "total meat yield of Cobb 500 at 2.5 kg",
      "leg yield of Ross 308 males at 3 kg",
    ]) {
      const { via, values } = await engine.ask(text);
      expect([text, via, values]).toEqual([text, "unknown", []]);
    }
  });

  test("without a live weight it asks for it, and an age is none", async () => {
    for (const text of ["carcass yield of Cobb 500", "carcass yield of Cobb 500 at 35 days"])
      expect((await engine.ask(text)).via).toBe("clarify");
  });
});

/** Rows of a nutrient, as values: what an answer may tell. */
const levels = (stem: string, nutrient: string, unit: string, keep: (row: PrintedRow) => boolean) =>
  tableOf(stem)
    .rows.filter((row) => row.nutrient === nutrient && row.unit === unit && keep(row))
    .map((row) => {
      const [low = 0, high = 0] = [cell(row, "value_min"), cell(row, "value_max")];
      const single = low === high;
      return {
        amount: single ? low : Number(((low + high) / 2).toFixed(6)),
        low: single ? null : low,
        high: single ? null : high,
        unit,
      };
    });
const inMarket = (market: string, phase: string) => (row: PrintedRow) =>
  row.market === market && row.phase === phase;

describe("feed specifications by phase and market", () => {
  test.each<[string, string, string, string, (row: PrintedRow) => boolean]>([
    [
      "crude protein of Ross 308 starter up to 2 kg",
      ROSS_FEED,
      "crude_protein",
      "%",
      inMarket("target live weight up to 2.0 kg", "Starter"),
    ],
    [
      "crude protein of Ross 308 grower for 2.5 kg birds",
      ROSS_FEED,
      "crude_protein",
      "%",
      inMarket("target live weight 2.0-3.5 kg", "Grower"),
    ],
    ["sodium of Ross 308 finisher 3", ROSS_FEED, "sodium", "%", (row) => row.phase === "Finisher 3"],
    [
      "sodium of Ross 308 finisher 2 for 4 kg birds",
      ROSS_FEED,
      "sodium",
      "%",
      inMarket("target live weight over 3.5 kg", "Finisher 2"),
    ],
    [
      "energy of Ross 308 starter in MJ",
      ROSS_FEED,
      "metabolizable_energy",
      "MJ/kg",
      (row) => row.phase === "Starter",
    ],
    [
      "energy of Ross 308 starter",
      ROSS_FEED,
      "metabolizable_energy",
      "kcal/kg",
      (row) => row.phase === "Starter",
    ],
    [
      "énergie métabolisable Cobb 500 démarrage en kcal",
      COBB_FEED,
      "metabolizable_energy",
      "kcal/kg",
      (row) => row.phase === "Starter",
    ],
    ["الليسين المهضوم كوب 500 بادئ", COBB_FEED, "digestible_lysine", "%", (row) => row.phase === "Starter"],
    ["罗斯308 小鸡料 粗蛋白", ROSS_FEED, "crude_protein", "%", (row) => row.phase === "Starter"],
    ["रॉस 308 स्टार्टर में कैल्शियम कितना", ROSS_FEED, "calcium_total", "%", (row) => row.phase === "Starter"],
    ["białko Ross 308 starter", ROSS_FEED, "crude_protein", "%", (row) => row.phase === "Starter"],
    [
      "crude protein of Cobb 500 grower 2 small birds",
      COBB_FEED,
      "crude_protein",
      "%",
      inMarket("small birds", "Grower 2"),
    ],
    [
      "crude protein of Cobb 500 at 20 days",
      COBB_FEED,
      "crude_protein",
      "%",
      (row) => ["13-28", "19-28"].includes(row.feed_days ?? ""),
    ],
    [
      "crude protein of Ross 308 finisher",
      ROSS_FEED,
      "crude_protein",
      "%",
      (row) => (row.phase ?? "").startsWith("Finisher"),
    ],
    [
      "feed amount per bird of Cobb 500 starter",
      COBB_FEED,
      "feed_amount_per_bird",
      "g",
      (row) => row.phase === "Starter",
    ],
  ])("%s", async (text, stem, nutrient, unit, keep) => {
    const { via, values, sources } = await engine.ask(text);
    expect(via).toBe("standard");
    expect(values.map(told)).toEqual(levels(stem, nutrient, unit, keep));
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect(sources[value.source]?.locator).toMatch(/, p\. \d+$/);
  });

  test("a phase that the table does not have gives no other phase's level", async () => {
    for (const text of ["crude protein of Cobb 500 finisher 3", "crude protein of Ross 308 grower 3"]) {
      const { values } = await engine.ask(text);
      expect([text, values]).toEqual([text, []]);
    }
  });

  test("the Ross table is headed Ross broiler, and the answer says so", async () => {
    for (const text of ["crude protein of Ross 308 starter", "crude protein Ross starter"]) {
      const { text: said, frame } = await engine.ask(text);
      expect(frame?.line).toBe("ross_308");
      expect(said).toContain("Ross broiler");
    }
  });

  test("a nutrient that the table lacks is unknown and keeps its frame", async () => {
    const { via, values, frame } = await engine.ask("vitamin C of Ross 308 starter");
    expect({ via, values, line: frame?.line }).toEqual({ via: "unknown", values: [], line: "ross_308" });
    expect(frame?.metric).toBeTruthy();
  });
});
