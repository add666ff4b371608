import type { Sex } from "../core/types.ts";
import { COLUMNS } from "./columns.ts";
import { loadTables } from "./load.ts";
import type { Row, Table } from "./table.ts";
import { seriesOf, sexesOf, tidy, type Point, type Printed, type Series, type Wanted } from "./series.ts";

/** A value of a series at an age or live weight that may lie between two rows. */
export interface Read {
  value: Printed;
  /** The row, or the two rows that it was interpolated between. */
  rows: [Point] | [Point, Point];
  interpolated: boolean;
}

/** Why a series gives no value there. */
export type NoRead = { reason: "out_of_range" | "blank"; from: number; to: number };

/** One row of a feed specification. */
export interface Specification {
  table: Table;
  row: Row;
  value: Printed;
}

export interface Standards {
  tables: readonly Table[];
  /** Metrics that the tables of a line give, in the order of the tables. */
  metricsOf(stems: readonly string[]): string[];
  /** Series of a metric over the tables of a line that have it for that sex and housing. */
  series(stems: readonly string[], wanted: Wanted): Series | undefined;
  /** Sexes for which any table of a line gives a metric. */
  sexesOf(stems: readonly string[], metric: string): Sex[];
  specifications(stems: readonly string[], nutrient: string, unit?: string): Specification[];
}

/** The value at an age (in the series' unit) or live weight (g): printed, or interpolated between neighbours. */
export const readAt = (series: Series, at: number): Read | NoRead => {
  const { points } = series;
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return { reason: "blank", from: 0, to: 0 };
  const span = { from: first.at, to: last.at };
  if (at < first.at || at > last.at) return { reason: "out_of_range", ...span };
  const index = points.findIndex((point) => point.at >= at);
  const above = points[index];
  if (!above) return { reason: "out_of_range", ...span };
  if (above.at === at) return { value: above.value, rows: [above], interpolated: false };
  const below = points[index - 1];
  const gap = series.by === "live_weight" ? Number.POSITIVE_INFINITY : 1;
  // a blank the document leaves, or a count that starts again between the rows, is not bridged
  if (!below || above.at - below.at > gap || (above.value.inPhase && above.row.phase !== below.row.phase))
    return { reason: "blank", ...span };
  const share = (at - below.at) / (above.at - below.at);
  const between = (a: number | null, b: number | null): number | null =>
    a === null || b === null ? null : tidy(a + (b - a) * share);
  const digits = Math.max(below.value.digits, above.value.digits);
  const fixed = (value: number | null): number | null =>
    value === null ? null : Number(value.toFixed(digits));
  const value: Printed = {
    ...above.value,
    amount: fixed(between(below.value.amount, above.value.amount)) ?? 0,
    low: fixed(between(below.value.low, above.value.low)),
    high: fixed(between(below.value.high, above.value.high)),
    digits,
    rangeDigits: Math.max(below.value.rangeDigits, above.value.rangeDigits),
  };
  return { value, rows: [below, above], interpolated: true };
};

/** First age at which a series reaches an amount, between the rows it passes it: the table read backwards. */
export const ageOf = (
  series: Series,
  target: number,
): { at: number; rows: [Point] | [Point, Point] } | undefined => {
  const { points } = series;
  for (const [index, point] of points.entries()) {
    if (point.value.amount < target) continue;
    const below = points[index - 1];
    if (point.value.amount === target) return { at: point.at, rows: [point] };
    if (!below) return undefined;
    const share = (target - below.value.amount) / (point.value.amount - below.value.amount);
    return { at: Number((below.at + share * (point.at - below.at)).toFixed(1)), rows: [below, point] };
  }
  return undefined;
};

const metricsIn = (tables: readonly Table[]): string[] => {
  const metrics = new Set<string>();
  for (const table of tables) {
    for (const row of table.rows) {
      if (row.nutrient !== undefined) metrics.add(row.nutrient);
      else
        for (const column of row.cells.keys()) {
          const metric = COLUMNS.get(column)?.metric;
          if (metric) metrics.add(metric);
        }
    }
    if (metrics.has("mortality")) metrics.add("livability");
  }
  return [...metrics];
};

export const standards = (folder: string): Standards => {
  const tables = loadTables(folder);
  const byStem = new Map(tables.map((table) => [table.stem, table]));
  const cache = new Map<string, Series | undefined>();
  // both are asked for at every question; their keys are the lines and metrics of the data
  const sexes = new Map<string, Sex[]>();
  const metrics = new Map<string, string[]>();
  const of = (stems: readonly string[]): Table[] =>
    stems.map((stem) => byStem.get(stem)).filter((table) => table !== undefined);

  const find = (stems: readonly string[], wanted: Wanted): Series | undefined => {
    for (const table of of(stems)) {
      if (table.columns.includes("nutrient")) continue;
      const series = seriesOf(table, wanted);
      if (series.points.length > 0) return series;
    }
    return undefined;
  };

  return {
    tables,
    metricsOf(stems) {
      const key = stems.join();
      let found = metrics.get(key);
      if (!found) metrics.set(key, (found = metricsIn(of(stems))));
      return found;
    },
    series(stems, wanted) {
      const key = `${stems.join()}|${wanted.metric}|${wanted.sex}|${wanted.housing ?? ""}|${wanted.rearing_house ?? ""}|${wanted.phase ?? ""}`;
      if (!cache.has(key)) {
        // keys come from closed vocabularies; the bound only guards against a mistake in that
        if (cache.size > 5000) cache.clear();
        cache.set(key, find(stems, wanted));
      }
      return cache.get(key);
    },
    sexesOf(stems, metric) {
      const key = `${stems.join()}|${metric}`;
      let found = sexes.get(key);
      if (!found)
        sexes.set(key, (found = [...new Set(of(stems).flatMap((table) => sexesOf(table, metric)))]));
      return found;
    },
    specifications(stems, nutrient, unit) {
      return of(stems).flatMap((table) =>
        table.rows
          .filter((row) => row.nutrient === nutrient && (unit === undefined || row.unit === unit))
          .flatMap((row) => {
            const low = row.cells.get("value_min");
            const high = row.cells.get("value_max");
            if (!low || !high) return [];
            const single = low.amount === high.amount;
            const middle = tidy((low.amount + high.amount) / 2);
            const digits = Math.max(low.digits, high.digits);
            const value: Printed = {
              amount: middle,
              low: single ? null : low.amount,
              high: single ? null : high.amount,
              unit: row.unit ?? "",
              rangeDigits: digits,
              digits: single || middle === Number(middle.toFixed(digits)) ? digits : digits + 1,
              averagePrinted: single,
              inPhase: false,
              column: "value_min",
            };
            return [{ table, row, value }];
          }),
      );
    },
  };
};
