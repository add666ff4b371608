import { describe, expect, test } from "vitest";
import { ageOf, cell, tableOf, tables, type PrintedRow, type PrintedTable } from "../../fixtures/tables.ts";

const weekly = tables.filter(({ stem }) => /conventional|alternative|cage|parent-stock/.test(stem));
const breeders = tables.filter(({ stem }) => stem.includes("breeder-female"));
/** Tables that give a column, by name; as many as there must be. */
const giving = (column: string, count: number): [string, PrintedTable][] => {
  const found = weekly.filter(({ rows }) => rows.some((row) => row[column]));
  expect(found).toHaveLength(count);
  return found.map((table) => [table.stem, table]);
};
const BOUNDS = ["min", "max"] as const;

/** Rows with the row before them. */
const pairs = (rows: readonly PrintedRow[]): [PrintedRow, PrintedRow][] =>
  rows.slice(1).map((row, index) => [rows[index] ?? row, row]);

/** Distances of every row that has all the numbers, as [age, distance], sorted by age. */
const distances = (
  rows: readonly [PrintedRow, PrintedRow][],
  of: (before: PrintedRow, row: PrintedRow) => (number | undefined)[],
  away: (...numbers: number[]) => number,
): [number, number][] =>
  rows.flatMap(([before, row]) => {
    const numbers = of(before, row);
    const all = numbers.filter((number) => number !== undefined);
    return all.length === numbers.length ? [[ageOf(row) ?? 0, Math.abs(away(...all))]] : [];
  });

const beyond = (found: readonly [number, number][], most: number): number[] => {
  expect(found.length).toBeGreaterThan(0);
  return found.filter(([, distance]) => distance > most).map(([age]) => age);
};

describe.each(giving("cum_hen_day_eggs_min", 7))("%s", (_stem, table) => {
  test.each(BOUNDS)("eggs per hen housed are never more than per hen-day (%s)", (bound) => {
    const found = table.rows.filter((row) => {
      const housed = cell(row, `cum_hen_housed_eggs_${bound}`);
      const present = cell(row, `cum_hen_day_eggs_${bound}`);
      return housed !== undefined && present !== undefined && housed > present;
    });
    expect(found.map(ageOf)).toEqual([]);
  });

  test.each(BOUNDS)("a week adds seven days of its laying rate (%s)", (bound) => {
    const found = distances(
      pairs(table.rows),
      (before, row) => [
        cell(before, `cum_hen_day_eggs_${bound}`),
        cell(row, `cum_hen_day_eggs_${bound}`),
        cell(row, `hen_day_${bound}_pct`),
      ],
      (before = 0, now = 0, rate = 0) => now - before - (7 * rate) / 100,
    );
    expect(beyond(found, 0.125)).toEqual([]);
  });
});

describe.each(giving("cum_feed_max_g", 4))("%s", (_stem, table) => {
  test.each(BOUNDS)("a week adds seven days of its feed (%s)", (bound) => {
    const found = distances(
      pairs(table.rows),
      (before, row) => [
        cell(before, `cum_feed_${bound}_g`),
        cell(row, `cum_feed_${bound}_g`),
        cell(row, `feed_${bound}_g_per_bird_day`),
      ],
      (before = 0, now = 0, feed = 0) => now - before - 7 * feed,
    );
    expect(beyond(found, 4)).toEqual([]);
  });
});

test.each([...giving("mortality_cum_in_phase_pct", 4)])(
  "%s: mortality begins again at the start of lay",
  (_stem, table) => {
    const of = (phase: string): number[] =>
      table.rows.flatMap((row) =>
        row.phase === phase ? [cell(row, "mortality_cum_in_phase_pct") ?? Number.NaN] : [],
      );
    expect(of("laying").length).toBeGreaterThan(80);
    expect(of("laying")[0]).toBeLessThan((of("rearing").at(-1) ?? 0) / 4);
  },
);

describe.each(giving("body_weight_avg_g", 2))("%s", (_stem, table) => {
  test("the average weight is the middle of its range", () => {
    const found = distances(
      table.rows.map((row) => [row, row]),
      (_before, row) => [
        cell(row, "body_weight_min_g"),
        cell(row, "body_weight_max_g"),
        cell(row, "body_weight_avg_g"),
      ],
      (low = 0, high = 0, average = 0) => average - (low + high) / 2,
    );
    expect(beyond(found, 0.5)).toEqual([]);
    expect(found).toHaveLength(95);
  });

  test("egg mass is laying rate times egg weight", () => {
    const found = distances(
      table.rows.map((row) => [row, row]),
      (_before, row) => [
        cell(row, "hen_day_min_pct"),
        cell(row, "egg_weight_min_g"),
        cell(row, "egg_mass_g_per_hen_day"),
      ],
      (rate = 0, weight = 0, mass = 0) => mass - (rate * weight) / 100,
    );
    expect(beyond(found, 0.11)).toEqual([]);
  });

  test("a week adds seven days of its rate per hen housed", () => {
    const found = distances(
      pairs(table.rows),
      (before, row) => [
        cell(before, "cum_hen_housed_eggs_min"),
        cell(row, "cum_hen_housed_eggs_min"),
        cell(row, "hen_housed_rate_pct"),
      ],
      (before = 0, now = 0, rate = 0) => now - before - (7 * rate) / 100,
    );
    expect(beyond(found, 0.1)).toEqual([]);
  });
});

/** Weeks at which a small rate makes the quotient of two rounded shares coarse. */
const coarse: Record<string, string[]> = { "cobb-500-slow-feather_breeder-female_2020": ["25", "26"] };

describe.each(breeders.map((table) => [table.stem, table] as const))("%s", (stem, table) => {
  const share = (part: string, whole: string, printed: string, most: number): (number | undefined)[] => {
    const rows = table.rows.filter((row) => row[printed]);
    expect(rows.length).toBeGreaterThan(80);
    return rows
      .filter((row) => {
        const quotient = (100 * (cell(row, part) ?? 0)) / (cell(row, whole) ?? 1);
        return Math.abs((cell(row, printed) ?? 0) - quotient) > most;
      })
      .map(ageOf);
  };

  test("hatch of fertile is hatchability over fertility", () => {
    expect(share("hatchability_pct", "fertility_pct", "hatch_of_fertile_pct", 0.06)).toEqual([]);
    expect(share("cum_hatchability_pct", "cum_fertility_pct", "cum_hatch_of_fertile_pct", 0.125)).toEqual([]);
  });

  test("the share of hatching eggs is hatching eggs over all eggs", () => {
    const weeks = share("hatching_eggs_pct_hen_week", "total_eggs_pct_hen_week", "hatching_egg_pct", 0.1);
    expect(weeks.filter((week) => !coarse[stem]?.includes(String(week)))).toEqual([]);
  });

  test("both rearing houses have the same eggs, hatch and mortality", () => {
    const shared = table.columns.slice(table.columns.indexOf("total_eggs_pct_hen_week"));
    const of = (house: string) =>
      table.rows
        .filter((row) => row.rearing_house === house)
        .map((row) => shared.map((column) => row[column]));
    expect(of("dark_out")).toEqual(of("open_sided"));
    expect(shared).toHaveLength(16);
  });

  test("feed of early lay is blank, as in the document", () => {
    const column = "feed_g_per_bird_day";
    const blank = table.rows.filter((row) => row[column] === "").map(ageOf);
    expect(
      [...new Set(blank)].filter((week) => week !== undefined && week >= 25 && week <= 27).length,
    ).toBeGreaterThan(0);
    expect(blank.filter((week) => week === undefined || week < 25 || week > 27)).toEqual([]);
  });
});

test("the misprinted cumulative feed of the W-36 in week 1 is left blank", () => {
  const [first] = tableOf("hy-line-w-36_conventional_2020").rows;
  expect([first?.age_weeks, first?.cum_feed_min_g, first?.cum_feed_max_g]).toEqual(["1", "", "111"]);
});
