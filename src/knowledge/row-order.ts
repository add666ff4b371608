import type { TableRow } from "../core/documents.ts";
import type { Lang } from "../core/types.ts";
import { labelOf } from "./chunk-table.ts";
import { amountOf } from "./table-columns.ts";

/** Indexes of a longest run of values that never fall. */
const longestRising = (values: readonly number[]): Set<number> => {
  const ends: number[] = [];
  const before: number[] = [];
  for (const [at, value] of values.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? (ends[low - 1] ?? -1) : -1;
    ends[low] = at;
  }
  const run = new Set<number>();
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) run.add(at);
  return run;
};

interface Aged {
  row: TableRow;
  age: number;
}

/** A table that starts again at its lowest age begins a new series. */
const series = (rows: readonly Aged[]): Aged[][] => {
  const out: Aged[][] = [];
  for (const [at, one] of rows.entries()) {
    const last = out.at(-1);
    const first = last?.[0];
    const next = rows[at + 1];
    const isRestart =
      first !== undefined &&
      (last?.length ?? 0) > 2 &&
      one.age <= first.age &&
      // a single low age between two that follow one another is a slip
      (next === undefined || next.age <= (last?.at(-1)?.age ?? 0));
    if (last && !isRestart) last.push(one);
    else out.push([one]);
  }
  return out;
};

const strays = (rows: readonly Aged[]): TableRow[] => {
  const ages = rows.map(({ age }) => age);
  const rising = longestRising(ages);
  const falling = longestRising(ages.map((age) => -age));
  const kept = falling.size > rising.size ? falling : rising;
  return rows.filter((_, at) => !kept.has(at)).map(({ row }) => row);
};

/** The fewest rows without which the ages of each series rise (or fall) steadily. */
export const agesOutOfOrder = (
  rows: readonly TableRow[],
  ageOf: (row: TableRow) => number | undefined,
  lang: Lang,
): TableRow[] => {
  const groups = new Map<string, Aged[]>();
  let label = "";
  for (const row of rows) {
    const named = labelOf(row);
    if (named !== undefined) {
      label = named;
      continue;
    }
    const age = ageOf(row);
    if (age === undefined) continue;
    // rows of several breeds or sexes may take turns
    const texts = row.cells.filter((cell) => typeof cell === "string" && !amountOf(cell, lang));
    const key = JSON.stringify([label, ...texts]);
    const group = groups.get(key);
    if (group) group.push({ row, age });
    else groups.set(key, [{ row, age }]);
  }
  // texts that differ from row to row are remarks, not names of series
  const all = groups.size > rows.length / 3 ? [[...groups.values()].flat()] : [...groups.values()];
  return all.flatMap((group) => series(inOrder(group, rows)).flatMap(strays));
};

const inOrder = (group: readonly Aged[], rows: readonly TableRow[]): Aged[] => {
  const place = new Map(rows.map((row, at) => [row, at]));
  return group.toSorted((a, b) => (place.get(a.row) ?? 0) - (place.get(b.row) ?? 0));
};
