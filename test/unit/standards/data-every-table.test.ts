import { describe, expect, test } from "vitest";
import { COLUMNS } from "../../../src/standards/columns.ts";
import {
  ageOf,
  cell,
  covers,
  KEYS,
  nameRow,
  tableOf,
  tables,
  valueColumns,
  type PrintedRow,
} from "../../fixtures/tables.ts";

/** Rows of one curve: what is left of a row's keys when its age is taken away. */
const curves = (rows: readonly PrintedRow[], keys: readonly string[]): PrintedRow[][] => {
  const groups = new Map<string, PrintedRow[]>();
  for (const row of rows) {
    const key = keys.map((name) => row[name] ?? "").join("|");
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
};

test("there are 19 tables", () => {
  expect(tables).toHaveLength(19);
});

/** First and last age of a curve; each age stands in it once (week 18 of parent stock twice: rearing and laying). */
const spans: Record<string, [number, number]> = {
  "ross-308-308ff_broiler_2022": [0, 56],
  "cobb-500_broiler_2022": [0, 56],
  "hy-line-brown_conventional_2024": [1, 100],
  "hy-line-brown_alternative_2024": [1, 100],
  "hy-line-w-36_conventional_2020": [1, 100],
  "hy-line-w-80_conventional_2024": [1, 100],
  "lohmann-brown-classic_cage_2020": [1, 95],
  "lohmann-lsl-lite_cage_2020": [1, 95],
  "hy-line-brown_parent-stock_2023": [1, 75],
  "hy-line-w-36_parent-stock_2016": [1, 75],
  "hy-line-w-80_parent-stock_2023": [1, 75],
  "cobb-500-fast-feather_breeder-female_2020": [1, 65],
  "cobb-500-slow-feather_breeder-female_2020": [1, 65],
  "cobb-male_breeder_2020": [1, 65],
  "cobb-mx-male_breeder_2020": [1, 65],
};

/** Unit that a column's name says. */
const unitInName = (column: string): string => {
  if (/_pct(_hen_week)?$/.test(column) || column.endsWith("_pct")) return "%";
  if (/(^|_)kcal(_|$)/.test(column)) return "kcal";
  if (/_mg(_|$)/.test(column)) return "mg";
  if (/_ml(_|$)/.test(column)) return "ml";
  if (/_kg(_|$)/.test(column)) return "kg";
  if (/_g(_|$)/.test(column)) return "g";
  if (/chicks/.test(column)) return "chicks";
  return /eggs/.test(column) ? "eggs" : "";
};

/** Least and greatest printed amount that a unit of a column can mean, to catch grams told as kilograms. */
const plausible: [RegExp, number, number][] = [
  [/^(body_weight|female_weight|male_weight)/, 38, 6000],
  [/^(daily_)?feed_|^feed_m/, 5, 300],
  [/^cum_feed/, 10, 12_000],
  [/^water_/, 10, 400],
  [/^egg_weight|^cum_avg_egg_weight/, 40, 80],
  [/^chick_weight/, 30, 50],
  [/^egg_mass_g/, 0, 70],
  [/^cum_egg_mass/, 0, 40],
  [/^energy_kcal/, 50, 600],
  [/^protein_g/, 3, 40],
  [/^dig_lysine_mg/, 150, 1500],
  [/eggs(_min|_max|_per_hen_housed)?$/, 0, 520],
];

describe.each(tables.map((table) => [table.stem, table] as const))("%s", (_stem, table) => {
  test("has the columns and the number of rows that sources.json names", () => {
    expect(table.columns).toEqual(table.source.columns);
    expect(table.rows).toHaveLength(table.source.validation.rows);
    expect(table.rows.filter((row) => Object.keys(row).length !== table.columns.length)).toEqual([]);
  });

  test("has every row under exactly one page entry", () => {
    const stray = table.rows.filter(
      (row) => table.source.pages.filter((entry) => covers(entry, row)).length !== 1,
    );
    expect(stray.map(nameRow)).toEqual([]);
    for (const { columns_elsewhere } of table.source.pages)
      for (const { columns } of columns_elsewhere)
        expect(table.columns).toEqual(expect.arrayContaining(columns));
  });

  test("has no minimum above its maximum, and no average outside them", () => {
    const faults = table.rows.flatMap((row) =>
      table.columns.flatMap((column) => {
        const low = cell(row, column);
        const high = cell(row, column.replace("_min", "_max"));
        const average = cell(row, column.replace("_min", "_avg"));
        if (!column.includes("_min") || low === undefined || high === undefined) return [];
        const between =
          average === undefined || (average >= low && average <= high) || !column.startsWith("body");
        return low <= high && between ? [] : [`${nameRow(row)} ${column}`];
      }),
    );
    expect(faults).toEqual([]);
  });

  test("has amounts that fit their unit", () => {
    const faults = table.rows.flatMap((row) =>
      valueColumns(table).flatMap((column) => {
        const amount = cell(row, column);
        if (amount === undefined) return [];
        const [, least, most] = plausible.find(([names]) => names.test(column)) ?? [/./, 0, Infinity];
        const percent = unitInName(column) === "%" && amount > 100;
        return amount < least || amount > most || percent ? [`${nameRow(row)} ${column} ${amount}`] : [];
      }),
    );
    expect(faults).toEqual([]);
  });

  test("has columns whose unit and part of a range the code knows from their name", () => {
    for (const column of valueColumns(table)) {
      const meaning = COLUMNS.get(column);
      if (!column.startsWith("value_")) expect([column, meaning?.unit]).toEqual([column, unitInName(column)]);
      const role =
        /_(min|max)(_|$)|_(avg)_g$/
          .exec(column)
          ?.slice(1)
          .find((part) => /^[a-z]/.test(part ?? "")) ?? "single";
      expect([column, meaning?.role]).toEqual([column, role]);
    }
    expect(table.columns.filter((column) => !KEYS.has(column) && !COLUMNS.has(column))).toEqual([]);
  });

  test("has every row once, and rows of a curve in rising order", () => {
    const keys = table.rows.map(nameRow);
    expect(new Set(keys).size).toBe(keys.length);
    for (const rows of curves(table.rows, [
      "sex",
      "housing",
      "rearing_house",
      "market",
      "nutrient",
      "unit",
    ])) {
      const at = rows.map((row) => ageOf(row) ?? cell(row, "live_weight_g") ?? 0);
      expect(at).toEqual(at.toSorted((a, b) => a - b));
    }
  });
});

test.each(Object.entries(spans))("%s has every age once", (stem, [first, last]) => {
  const complete = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const found = curves(tableOf(stem).rows, ["sex", "housing", "rearing_house"]);
  expect(found.length).toBeGreaterThan(0);
  for (const rows of found) {
    const doubled = stem.includes("parent-stock") ? rows.filter((row) => row.age_weeks === "18") : [];
    expect(doubled.map((row) => row.phase)).toEqual(doubled.length > 0 ? ["rearing", "laying"] : []);
    expect(rows.filter((row) => row !== doubled[0]).map(ageOf)).toEqual(complete);
  }
});

/** Columns that count up from placement, or within a phase. */
const RISING =
  /^(body_weight|female_weight|male_weight|cum_feed|cum_hen|cum_total|cum_hatching|cum_settable|cum_egg_mass|cum_chicks|cum_female_chicks)/;
const MORTALITY = /mortality/;

test("weights and cumulative columns never fall, but where sources.json says that the document prints it so", () => {
  const falls: string[] = [];
  const excused: string[] = [];
  for (const table of tables)
    for (const column of valueColumns(table).filter((name) => RISING.test(name) || MORTALITY.test(name))) {
      const keys = ["sex", "housing", "rearing_house", ...(MORTALITY.test(column) ? ["phase"] : [])];
      for (const rows of curves(table.rows, keys)) {
        const filled = rows.filter((row) => cell(row, column) !== undefined);
        for (const [index, row] of filled.entries()) {
          const before = cell(filled[index - 1], column);
          const now = cell(row, column) ?? 0;
          if (before === undefined || now >= before) continue;
          const name = `${row.phase} w${ageOf(row)} ${column} falls ${before}->${now}`;
          (table.source.validation.result.includes(name) ? excused : falls).push(`${table.stem}: ${name}`);
        }
      }
    }
  expect(falls).toEqual([]);
  expect(excused).toEqual([
    "hy-line-brown_parent-stock_2023: laying w66 female_weight_min_g falls 1840->1830",
    "hy-line-w-80_parent-stock_2023: laying w33 male_weight_max_g falls 2327->2325",
    "hy-line-w-80_parent-stock_2023: laying w34 male_weight_max_g falls 2325->2322",
    "hy-line-w-80_parent-stock_2023: laying w40 male_weight_max_g falls 2351->2346",
  ]);
});
