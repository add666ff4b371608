import { expect, test } from "vitest";
import { sharedEngine } from "../../fixtures/asking.ts";
import { cell, rowOf } from "../../fixtures/tables.ts";

const engine = sharedEngine();

const GRAMS = { kg: 1000, lb: 453.59237, oz: 28.349523125 };
const ross = (age: number, column: string): number =>
  cell(rowOf("ross-308-308ff_broiler_2022", { sex: "as_hatched", age_days: age }), column) ?? 0;
const brown = (column: string): number =>
  cell(rowOf("hy-line-brown_conventional_2024", { age_weeks: 30 }), column) ?? 0;
const water = (brown("water_min_ml_per_bird_day") + brown("water_max_ml_per_bird_day")) / 2;

/** Question, unit asked for, amount in it. */
const asked: [text: string, unit: string, amount: number][] = [
  ["Ross 308 weight at 21 days in g", "g", ross(21, "body_weight_g")],
  ["Ross 308 weight at 21 days in kg", "kg", ross(21, "body_weight_g") / GRAMS.kg],
  ["Ross 308 weight at 21 days in lb", "lb", ross(21, "body_weight_g") / GRAMS.lb],
  ["Ross 308 weight at 21 days in ounces", "oz", ross(21, "body_weight_g") / GRAMS.oz],
  ["Ross 308 cumulative feed at 35 days in pounds", "lb", ross(35, "cum_feed_g") / GRAMS.lb],
  ["Ross 308 weight at day 1 in kg", "kg", ross(1, "body_weight_g") / GRAMS.kg],
  ["poids Ross 308 à 21 jours en kg", "kg", ross(21, "body_weight_g") / GRAMS.kg],
  ["poids Ross 308 à 21 jours en livres", "lb", ross(21, "body_weight_g") / GRAMS.lb],
  ["وزن روس 308 بعمر 21 يوم بالكيلو", "kg", ross(21, "body_weight_g") / GRAMS.kg],
  ["罗斯308 21日龄体重多少公斤", "kg", ross(21, "body_weight_g") / GRAMS.kg],
  ["रॉस 308 का 21 दिन पर वजन किलो में", "kg", ross(21, "body_weight_g") / GRAMS.kg],
  ["ile kg waży Ross 308 w 21 dniu", "kg", ross(21, "body_weight_g") / GRAMS.kg],
  ["Hy-Line Brown water at 30 weeks in litres", "l", water / 1000],
  ["Hy-Line Brown water at 30 weeks in ml", "ml", water],
  ["Hy-Line Brown water at 30 weeks in gallons", "gal", water / 3785.411784],
  ["Lohmann Brown egg weight at 30 weeks in oz", "oz", 61.4 / GRAMS.oz],
  ["energy per bird per day of Cobb 500 fast feather breeder at 30 weeks in MJ", "MJ", 460 * 0.004184],
  ["daily feed of Hy-Line Brown at 30 weeks in kg", "kg", 0.113],
];

test.each(asked)("%s", async (text, unit, amount) => {
  const { values, frame, via } = await engine.ask(text);
  expect({ via, frameUnit: frame?.unit, unit: values[0]?.unit }).toEqual({
    via: "standard",
    frameUnit: unit,
    unit,
  });
  // what is shown is no further from the table than the table's own last digit, and never more than 0.3 %
  expect(Math.abs((values[0]?.amount ?? 0) / amount - 1)).toBeLessThan(0.003);
  expect(new Set(values.map((value) => value.unit))).toEqual(new Set([unit]));
});

test.each(asked.filter(([, unit]) => !["g", "ml"].includes(unit)))(
  "what the table prints stands beside it: %s",
  async (text) => {
    const { blocks } = await engine.ask(text);
    expect(JSON.stringify(blocks)).toContain("note.converted");
  },
);

test("a range is converted as a whole", async () => {
  const { values } = await engine.ask("Hy-Line W-36 body weight at 30 weeks in lb");
  const row = rowOf("hy-line-w-36_conventional_2020", { age_weeks: 30 });
  const [low, high] = ["body_weight_min_g", "body_weight_max_g"].map(
    (column) => (cell(row, column) ?? 0) / GRAMS.lb,
  );
  expect(values[0]?.low).toBeCloseTo(low ?? 0, 2);
  expect(values[0]?.high).toBeCloseTo(high ?? 0, 2);
});

test("the printed MJ are told, not kcal divided", async () => {
  const { values } = await engine.ask("energy of Ross 308 starter in MJ");
  expect(new Set(values.map(({ amount, unit }) => `${amount} ${unit}`))).toEqual(new Set(["12.4 MJ/kg"]));
});

test("an amount per bird is never rounded to nothing by a great unit", async () => {
  for (const text of [
    "daily feed of Hy-Line Brown at 30 weeks in tonnes",
    "Ross 308 weight at 1 day in tonnes",
  ]) {
    const { values } = await engine.ask(text);
    expect(values.length).toBeGreaterThan(0);
    expect(values.every(({ amount }) => amount > 0)).toBe(true);
  }
});

test("a unit of another kind changes nothing and is not passed off as answered", async () => {
  const { values, frame } = await engine.ask("Ross 308 weight at 21 days in litres");
  expect(frame?.unit).toBe(null);
  expect(values.every(({ unit }) => unit === "g")).toBe(true);
});
