import { describe, expect, test } from "vitest";
import { cell, nameRow, tableOf, type PrintedRow } from "../../fixtures/tables.ts";

const sumOf = (row: PrintedRow, columns: readonly string[]): number =>
  columns.reduce((sum, column) => sum + (cell(row, column) ?? Number.NaN), 0);

test.each([
  ["cobb-500_carcass-yield_2022", ["thigh_pct", "drumstick_pct"], "leg_pct", 0.06, 42],
  ["ross-308-308ff_carcass-yield_2022", ["breast_pct", "leg_meat_pct"], "total_meat_pct", 0.011, 30],
] as const)("%s: %s add up to %s", (stem, parts, whole, most, count) => {
  const { rows } = tableOf(stem);
  const faults = rows.filter((row) => !(Math.abs(sumOf(row, parts) - (cell(row, whole) ?? 0)) <= most));
  expect(faults.map(nameRow)).toEqual([]);
  expect(rows).toHaveLength(count);
});

test.each(["cobb-500_carcass-yield_2022", "ross-308-308ff_carcass-yield_2022"])(
  "%s: the parts are less than the carcass, and the carcass grows with weight",
  (stem) => {
    const { rows } = tableOf(stem);
    for (const [index, row] of rows.entries()) {
      const carcass = cell(row, "carcass_pct") ?? 0;
      const parts = sumOf(row, ["breast_pct", "thigh_pct", "drumstick_pct", "wing_pct"]);
      expect(parts, nameRow(row)).toBeLessThan(carcass);
      const before = rows[index - 1];
      if (before && before.sex === row.sex)
        expect(carcass, nameRow(row)).toBeGreaterThanOrEqual(cell(before, "carcass_pct") ?? 0);
    }
  },
);

/** Unit of a nutrient, and the least and greatest level that can be meant. */
const levels: [RegExp, string, number, number][] = [
  [/^crude_protein$/, "%", 15, 25],
  [/^digestible_/, "%", 0.1, 2],
  [/^(calcium_total|phosphorus_available)$/, "%", 0.3, 1.1],
  [/^(sodium|chloride|potassium|linoleic_acid)$/, "%", 0.1, 2],
  [/^added_(copper|iodine|iron|manganese|selenium|zinc)$/, "mg/kg", 0.1, 200],
  [/^added_vitamin_/, "IU/kg", 40, 15_000],
  [/^choline$/, "mg/kg", 1000, 2000],
  [/^feed_amount_per_bird$/, "g", 100, 3000],
];

describe.each([
  ["cobb-500_broiler_nutrition-specifications_2022", 9],
  ["ross_broiler_nutrition-specifications_2022", 12],
] as const)("%s", (stem, feeds) => {
  const { rows } = tableOf(stem);
  const feedOf = (row: PrintedRow): string => `${row.market} ${row.phase}`;

  test("has energy in kcal and in MJ for every feed, and they agree", () => {
    const energy = (unit: string): Map<string, PrintedRow> =>
      new Map(rows.filter((row) => row.unit === unit).map((row) => [feedOf(row), row]));
    const [kcal, joule] = [energy("kcal/kg"), energy("MJ/kg")];
    expect(kcal.size).toBe(feeds);
    expect([...joule.keys()]).toEqual([...kcal.keys()]);
    for (const [feed, row] of kcal)
      for (const column of ["value_min", "value_max"]) {
        const printed = joule.get(feed)?.[column] ?? "";
        const half = printed.split(".")[1]?.length === 1 ? 0.05 : 0.005;
        expect(Math.abs((cell(row, column) ?? 0) * 0.004184 - Number(printed)), feed).toBeLessThanOrEqual(
          half,
        );
      }
  });

  test("has every nutrient in every feed, in its unit and at a level that can be meant", () => {
    const nutrients = new Set(rows.map((row) => row.nutrient));
    // how much of a feed is given is printed where the next feed follows it, so not for the last one
    nutrients.delete("feed_amount_per_bird");
    for (const nutrient of nutrients) {
      const own = rows.filter((row) => row.nutrient === nutrient && row.unit !== "MJ/kg");
      expect([nutrient, new Set(own.map(feedOf)).size, own.length]).toEqual([nutrient, feeds, feeds]);
    }
    const faults = rows.filter((row) => {
      const [, unit, least, most] = levels.find(([name]) => name.test(row.nutrient ?? "")) ?? [];
      if (unit === undefined) return !["kcal/kg", "MJ/kg"].includes(row.unit ?? "");
      const low = cell(row, "value_min") ?? 0;
      return row.unit !== unit || low < (least ?? 0) || (cell(row, "value_max") ?? Infinity) > (most ?? 0);
    });
    expect(faults.map(nameRow)).toEqual([]);
  });

  test("has the days of its feeds one after the other, up to the market age", () => {
    for (const market of new Set(rows.map((row) => row.market))) {
      const days = [
        ...new Set(rows.filter((row) => row.market === market).map((row) => row.feed_days ?? "")),
      ];
      const spans = days.map((one) => one.split("-")).toSorted((a, b) => Number(a[0]) - Number(b[0]));
      expect(spans[0]?.[0]).toBe("0");
      expect(spans.at(-1)?.[1]).toBe("market");
      for (const [index, [from]] of spans.entries())
        if (index > 0)
          expect(Number(from), `${market} ${from}`).toBeGreaterThanOrEqual(Number(spans[index - 1]?.[1]));
    }
  });
});
