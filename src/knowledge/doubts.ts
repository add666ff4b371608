import type { DocumentTable, Place, TableCell, TableRow } from "../core/documents.ts";
import type { Lang } from "../core/types.ts";
import type { Reader } from "../language/read.ts";
import { labelOf } from "./chunk-table.ts";
import { agesOutOfOrder } from "./row-order.ts";
import {
  amountOf,
  columnMeanings,
  symbolOf,
  unitsOf,
  type ColumnMeaning,
  type Unit,
} from "./table-columns.ts";

export type DoubtKind = "merged" | "unit" | "shifted" | "age_order" | "range" | "no_header";

/** What an operator should look at. */
export interface Doubt {
  kind: DoubtKind;
  at: Place;
  /** Name of the column; null where the whole row is meant. */
  column: string | null;
  cell: string | null;
  /** One sentence. */
  why: string;
  /** Rows that it is about. */
  rows: number;
  /** What is doubtful is not put into the knowledge: the row, or the column where all of it is doubtful. */
  leftOut: boolean;
}

/** What the standards' tables have of a metric: its unit, its least and greatest value, at all and by age in days. */
export interface KnownMetric {
  unit: string;
  low: number;
  high: number;
  byAge: ReadonlyMap<number, readonly [low: number, high: number]>;
}
export type KnownMetrics = ReadonlyMap<string, KnownMetric>;

/** A value is plausible down to half of the least and up to twice the greatest that any breed has near that age. */
const SLACK = 2;
const NEAR_DAYS = 7;
/** Above this share of its rows a fault is of the column, not of the rows. */
const MOST_ROWS = 0.2;
/** What most rows of a column are, all are meant to be. */
const MAJORITY = 0.75;

const boundsAt = ({ byAge, low, high }: KnownMetric, age: number | undefined): readonly [number, number] => {
  if (age === undefined) return [low, high];
  let bounds: [number, number] | undefined;
  for (let day = Math.floor(age - NEAR_DAYS); day <= age + NEAR_DAYS; day += 1) {
    const found = byAge.get(day);
    if (found)
      bounds = bounds ? [Math.min(bounds[0], found[0]), Math.max(bounds[1], found[1])] : [found[0], found[1]];
  }
  return bounds ?? [low, high];
};

interface Sheet {
  header: readonly string[];
  rows: readonly TableRow[];
  lang: Lang;
  columns: readonly ColumnMeaning[];
  /** Age of each row in days. */
  ages: readonly (number | undefined)[];
}

const textOf = (cell: TableCell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell).slice(0, 80);

const BASES: Readonly<Record<string, Unit>> = {
  g: { base: "g", factor: 1 },
  kg: { base: "g", factor: 1000 },
  ml: { base: "ml", factor: 1 },
  kcal: { base: "kcal", factor: 1 },
  "%": { base: "%", factor: 1 },
};

/** Values of one column against what the standards know of its metric. */
const judgeColumn = (sheet: Sheet, column: number, known: KnownMetric): Doubt[] => {
  const named = sheet.columns[column]?.unit;
  const own = BASES[known.unit] ?? { base: known.unit, factor: 1 };
  // "feed (%)" is not the feed of the tables
  if (named && named.base !== own.base) return [];
  const fits = (at: number, unit: Unit): boolean => {
    const amount = amountOf(sheet.rows[at]?.cells[column], sheet.lang);
    if (!amount) return true;
    const [low, high] = boundsAt(known, sheet.ages[at]);
    const factor = (amount.unit ?? unit).factor / own.factor;
    return amount.readings.some((numbers) =>
      numbers.every(
        (number) => number * factor >= low / SLACK - 1e-9 && number * factor <= high * SLACK + 1e-9,
      ),
    );
  };
  const given = sheet.rows.flatMap(({ cells }, at) => (amountOf(cells[column], sheet.lang) ? [at] : []));
  const units = unitsOf(own.base);
  const candidates = units.length > 0 ? units : [own];
  const fitting = (unit: Unit): number => given.filter((at) => fits(at, unit)).length;
  const best = candidates.reduce((one, other) => (fitting(other) > fitting(one) ? other : one), named ?? own);
  const meant = named ?? best;
  const doubts: Doubt[] = [];
  for (const at of given) {
    const row = sheet.rows[at];
    const amount = amountOf(row?.cells[column], sheet.lang);
    if (!row || !amount) continue;
    const about = {
      at: row.at,
      column: sheet.header[column] ?? null,
      cell: textOf(row.cells[column]),
      rows: 1,
    };
    if (named && amount.unit && (amount.unit.base !== named.base || amount.unit.factor !== named.factor))
      doubts.push({
        ...about,
        kind: "unit",
        why: `the cell is in ${symbolOf(amount.unit)}, its column in ${symbolOf(named)}`,
        leftOut: true,
      });
    else if (!fits(at, meant)) {
      const other = amount.unit
        ? undefined
        : candidates.find((unit) => unit.factor !== meant.factor && fits(at, unit));
      const [low, high] = boundsAt(known, sheet.ages[at]);
      const scale = own.factor / meant.factor;
      const [from, to] = [low / SLACK, high * SLACK].map((bound) => Number((bound * scale).toPrecision(3)));
      doubts.push({
        ...about,
        kind: other ? "unit" : "range",
        why: other
          ? `the value fits ${symbolOf(other)}, not ${symbolOf(meant)}`
          : `the value is outside ${from}–${to} ${symbolOf(meant)}, which no breed of the standards leaves${sheet.ages[at] === undefined ? "" : " at that age"}`.trim(),
        leftOut: true,
      });
    }
  }
  return doubts;
};

/** One doubt for a column of which too much is doubtful; a range that most rows leave is not theirs. */
const perColumn = (doubts: Doubt[], rows: number): Doubt[] => {
  const [first] = doubts;
  if (!first || doubts.length <= Math.max(1, rows * MOST_ROWS)) return doubts;
  const kind = doubts.every((doubt) => doubt.kind === "unit") ? "unit" : "range";
  const why =
    kind === "unit" ? first.why : "most values are not those of the metric that the column's name says";
  return [{ ...first, kind, why, rows: doubts.length, leftOut: kind === "unit" }];
};

type CellType = "number" | "text" | "empty";
const typeOf = (cell: TableCell | undefined, lang: Lang): CellType =>
  cell === null || cell === undefined || cell === "" ? "empty" : amountOf(cell, lang) ? "number" : "text";

const shiftedRows = ({ header, rows, lang }: Sheet): Doubt[] => {
  const width = header.length;
  const types = rows.map(({ cells }) => Array.from({ length: width }, (_, at) => typeOf(cells[at], lang)));
  const mostly = Array.from({ length: width }, (_, column) => {
    const all = types.map((row) => row[column] ?? "empty");
    return (["number", "text", "empty"] as const).find(
      (type) => all.filter((one) => one === type).length >= all.length * MAJORITY,
    );
  });
  return rows.flatMap(({ cells, at, ragged }, index): Doubt[] => {
    const row = types[index] ?? [];
    const about = {
      kind: "shifted",
      at,
      column: null,
      cell: textOf(cells[0]),
      rows: 1,
      leftOut: true,
    } as const;
    if (ragged) return [{ ...about, why: `the row has ${ragged.cells} cells, the header ${ragged.header}` }];
    if (rows.length < 4) return [];
    const strays = row.filter((type, column) => {
      const usual = mostly[column];
      return usual !== undefined && type !== usual && !(usual === "text" && type === "empty");
    }).length;
    // a blank on its own is a value that was not given; a blank and a stray value are a row that slipped
    const wrongKind = row.some(
      (type, column) =>
        (mostly[column] === "number" && type === "text" && /\p{L}{2}/u.test(String(cells[column]))) ||
        (mostly[column] === "text" && type === "number") ||
        (mostly[column] === "empty" && type !== "empty"),
    );
    const keyGone = mostly[0] !== undefined && mostly[0] !== "empty" && row[0] === "empty";
    return (strays > 1 && wrongKind) || (keyGone && row.some((type) => type === "number"))
      ? [{ ...about, why: "its cells are not of the kind that the other rows have in those columns" }]
      : [];
  });
};

const headerless = (table: DocumentTable): Doubt[] =>
  table.header.some((name) => /\p{L}/u.test(name))
    ? []
    : [
        {
          kind: "no_header",
          at: table.at,
          column: null,
          cell: null,
          why: "the table names no columns, so its numbers have no meaning",
          rows: table.rows.length,
          leftOut: false,
        },
      ];

const merged = (rows: readonly TableRow[]): Doubt[] => {
  const all = rows.filter((row) => row.merged === true && labelOf(row) === undefined);
  const base = { kind: "merged", column: null, rows: 1, leftOut: false } as const;
  return all.map(({ at, cells }) => ({
    ...base,
    at,
    cell: textOf(cells[0]),
    why: "a merged cell covers a part of the row; its value is repeated",
  }));
};

const keyOf = ({ page, sheet, row, line }: Place): string => `${page} ${row} ${line} ${sheet}`;

/** The doubts of a table, and the table without what is too doubtful to be told to anybody. */
export const examine = (
  table: DocumentTable,
  reader: Reader,
  known: KnownMetrics,
  before: Lang | undefined,
): { doubts: Doubt[]; table: DocumentTable } => {
  const { lang, columns } = columnMeanings(table.header, reader, before);
  const rows = table.rows.filter((row) => labelOf(row) === undefined);
  const ageColumn = columns.findIndex(({ age }) => age !== undefined);
  const ageUnit = columns[ageColumn]?.age;
  const days = ageUnit === "weeks" ? 7 : 1;
  const ageOf = ({ cells }: TableRow): number | undefined => {
    const age = ageColumn < 0 ? undefined : amountOf(cells[ageColumn], lang)?.readings[0]?.[0];
    return age === undefined ? undefined : age * days;
  };
  const sheet: Sheet = {
    header: table.header,
    rows,
    lang,
    columns,
    ages: rows.map((row) => (ageUnit === "unnamed" ? undefined : ageOf(row))),
  };
  const shifted = shiftedRows(sheet);
  const disordered = ageColumn < 0 ? [] : agesOutOfOrder(table.rows, ageOf, lang);
  const valued = columns.flatMap(({ metric }, column) => {
    const metricKnown = metric === undefined ? undefined : known.get(metric);
    return metricKnown
      ? [{ column, doubts: perColumn(judgeColumn(sheet, column, metricKnown), rows.length) }]
      : [];
  });
  const order = perRows(
    disordered.map((row): Doubt => ({
      kind: "age_order",
      at: row.at,
      column: table.header[ageColumn] ?? null,
      cell: textOf(row.cells[ageColumn]),
      why: "the age is out of the order of the rows around it",
      rows: 1,
      leftOut: true,
    })),
    rows.length,
  );
  const slipped = perRows(shifted, rows.length);
  const doubts = [
    ...headerless(table),
    ...merged(table.rows),
    ...slipped,
    ...order,
    ...valued.flatMap((one) => one.doubts),
  ];
  const gone = new Set(
    doubts.filter(({ leftOut, rows: count }) => leftOut && count === 1).map(({ at }) => keyOf(at)),
  );
  const blank = new Set(
    valued
      .filter((one) => one.doubts.some(({ leftOut, rows: count }) => leftOut && count > 1))
      .map(({ column }) => column),
  );
  const kept = table.rows.filter((row) => !gone.has(keyOf(row.at)));
  const cleared = kept.map((row) => ({
    ...row,
    cells: row.cells.map((cell, column) => (blank.has(column) ? null : cell)),
  }));
  return { doubts, table: { ...table, rows: blank.size > 0 ? cleared : kept } };
};

/** Where many rows seem to be at fault, it is the table that is not understood: they stay, and one doubt says so. */
const perRows = (doubts: Doubt[], rows: number): Doubt[] => {
  const [first] = doubts;
  if (!first || doubts.length <= Math.max(1, rows * MOST_ROWS)) return doubts;
  return [{ ...first, rows: doubts.length, leftOut: false }];
};
