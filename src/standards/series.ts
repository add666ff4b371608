import type { Sex } from "../core/types.ts";
import { COLUMNS } from "./columns.ts";
import type { Row, Table } from "./table.ts";

/** A printed value: a range has both bounds, and `amount` is the printed average or else the middle. */
export interface Printed {
  amount: number;
  low: number | null;
  high: number | null;
  unit: string;
  digits: number;
  /** Digits of the printed bounds; the middle of a range may need one more. */
  rangeDigits: number;
  /** The table prints the average itself; otherwise `amount` of a range is our middle of it. */
  averagePrinted: boolean;
  inPhase: boolean;
  /** A column that the value stands in, to find its page by. */
  column: string;
}

export interface Point {
  /** Age in the table's unit, or live weight in grams. */
  at: number;
  row: Row;
  value: Printed;
}

/** The values of one metric down one table, by age or live weight. */
export interface Series {
  table: Table;
  metric: string;
  sex: Sex;
  /** What the points are ordered by. */
  by: "days" | "weeks" | "live_weight";
  points: Point[];
}

/** Rounds away the noise of binary fractions: sums and means of printed decimals. */
export const tidy = (amount: number): number => Number(amount.toFixed(6));

const columnsOf = (table: Table, metric: string, sex: Sex | undefined): string[] =>
  table.columns.filter((name) => {
    const column = COLUMNS.get(name);
    return column?.metric === metric && (column.sex === undefined || column.sex === sex);
  });

const printed = (row: Row, columns: readonly string[]): Printed | undefined => {
  let low, high, avg, single: { amount: number; digits: number } | undefined;
  let name = "";
  for (const column of columns) {
    const cell = row.cells.get(column);
    if (!cell) continue;
    name = column;
    const role = COLUMNS.get(column)?.role;
    if (role === "single") single = cell;
    else if (role === "min") low = cell;
    else if (role === "max") high = cell;
    else avg = cell;
  }
  const meaning = COLUMNS.get(name);
  if (!meaning) return undefined;
  const base = { unit: meaning.unit, inPhase: meaning.inPhase === true, column: name };
  if (single)
    return {
      ...base,
      amount: single.amount,
      low: null,
      high: null,
      digits: single.digits,
      rangeDigits: single.digits,
      averagePrinted: true,
    };
  if (low && high) {
    if (low.amount === high.amount && !avg)
      return {
        ...base,
        amount: low.amount,
        low: null,
        high: null,
        digits: low.digits,
        rangeDigits: low.digits,
        averagePrinted: true,
      };
    const middle = tidy((low.amount + high.amount) / 2);
    const digits = Math.max(low.digits, high.digits);
    return {
      ...base,
      amount: avg?.amount ?? middle,
      low: low.amount,
      high: high.amount,
      rangeDigits: digits,
      digits: avg ? avg.digits : middle === Number(middle.toFixed(digits)) ? digits : digits + 1,
      averagePrinted: avg !== undefined,
    };
  }
  // one bound alone is a misprint of the document (named in sources.json): the table gives no value here
  return undefined;
};

export interface Wanted {
  metric: string;
  sex: Sex;
  housing?: string | undefined;
  rearing_house?: string | undefined;
  phase?: string | undefined;
}

const fits = (row: Row, wanted: Wanted): boolean =>
  (row.housing === undefined || row.housing === (wanted.housing ?? "cage")) &&
  (row.rearing_house === undefined || row.rearing_house === (wanted.rearing_house ?? "dark_out")) &&
  (wanted.phase === undefined ||
    row.phase === undefined ||
    row.phase === wanted.phase ||
    samePhase(row.phase, wanted.phase));

const samePhase = (printedPhase: string, asked: string): boolean =>
  (printedPhase === "laying" || printedPhase === "production") &&
  (asked === "laying" || asked === "production");

/** Sexes for which a table gives a metric; a table without sexes counts as mixed. */
export const sexesOf = (table: Table, metric: string): Sex[] => {
  const sexes = new Set<Sex>();
  for (const name of table.columns) {
    const column = COLUMNS.get(name);
    if (column?.metric !== metric) continue;
    if (column.sex) sexes.add(column.sex);
    else if (table.columns.includes("sex"))
      for (const row of table.rows) {
        if (row.sex && row.cells.has(name)) sexes.add(row.sex);
      }
    else sexes.add("as_hatched");
  }
  return [...sexes];
};

/** The series of a metric in a table; no points when the table has none for what is wanted. */
export const seriesOf = (table: Table, wanted: Wanted): Series => {
  const columns = columnsOf(table, wanted.metric, wanted.sex);
  const byWeight = table.columns.includes("live_weight_g");
  const points = new Map<number, Point>();
  for (const row of table.rows) {
    if (row.sex !== undefined && row.sex !== wanted.sex) continue;
    if (!fits(row, wanted)) continue;
    const at = byWeight ? row.live_weight_g : row.age;
    const value = printed(row, columns);
    if (at !== undefined && value) points.set(at, { at, row, value });
  }
  return {
    table,
    metric: wanted.metric,
    sex: wanted.sex,
    by: byWeight ? "live_weight" : (table.ageUnit ?? "weeks"),
    points: [...points.values()].sort((a, b) => a.at - b.at),
  };
};
