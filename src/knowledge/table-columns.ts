import type { TableCell } from "../core/documents.ts";
import type { Lang } from "../core/types.ts";
import { numberIn } from "../language/numbers.ts";
import type { Reader } from "../language/read.ts";
import { metricOf } from "../question/metric.ts";

/** What the names of a column say. */
export interface ColumnMeaning {
  /** A metric of the standards' tables, where the name says one. */
  metric?: string;
  /** Base unit and how many of it the column's unit is. */
  unit?: Unit;
  /** The column counts the age of the birds; its name may leave open in what. */
  age?: "days" | "weeks" | "unnamed";
}
export interface Unit {
  base: string;
  factor: number;
}

const POUND = 453.59237;
const UNITS: Readonly<Record<string, Unit>> = {
  milligram: { base: "g", factor: 0.001 },
  gram: { base: "g", factor: 1 },
  kilogram: { base: "g", factor: 1000 },
  pound: { base: "g", factor: POUND },
  ounce: { base: "g", factor: POUND / 16 },
  tonne: { base: "g", factor: 1_000_000 },
  millilitre: { base: "ml", factor: 1 },
  litre: { base: "ml", factor: 1000 },
  gallon: { base: "ml", factor: 3785.411784 },
  percent: { base: "%", factor: 1 },
  kilocalorie: { base: "kcal", factor: 1 },
  megajoule: { base: "kcal", factor: 1 / 0.004184 },
};
/** Units written in a cell, and the units of the standards' tables. */
const SYMBOLS: Readonly<Record<string, string>> = {
  mg: "milligram",
  g: "gram",
  gr: "gram",
  kg: "kilogram",
  lb: "pound",
  lbs: "pound",
  oz: "ounce",
  t: "tonne",
  ml: "millilitre",
  l: "litre",
  gal: "gallon",
  "%": "percent",
  kcal: "kilocalorie",
  mj: "megajoule",
};
/** Units in which people mean the same column: one of these may have been put for another. */
const CONFUSED = ["gram", "kilogram", "pound", "millilitre", "litre"];

const unitNamed = (symbol: string): Unit | undefined => UNITS[SYMBOLS[symbol.toLowerCase()] ?? ""];
export const unitsOf = (base: string): Unit[] =>
  CONFUSED.map((name) => UNITS[name]).filter((unit): unit is Unit => unit?.base === base);
export const symbolOf = ({ base, factor }: Unit): string =>
  Object.keys(SYMBOLS).find((symbol) => {
    const unit = unitNamed(symbol);
    return unit?.base === base && unit.factor === factor;
  }) ?? base;

/** Kinds of concepts that an age column's name has beside the day or week. */
const AGE_KINDS = new Set(["unit", "function", "question", "animal", "talk"]);

const meaningOf = (name: string, lang: Lang, reader: Reader): ColumnMeaning => {
  const concepts = new Set<string>();
  const kinds = new Set<string>();
  for (const item of reader.read(name, lang, undefined).items)
    if (item.is === "concept") {
      concepts.add(item.id);
      kinds.add(item.kind);
    }
  const metric = metricOf(concepts, false);
  const unit = Object.keys(UNITS).find((id) => concepts.has(id));
  const meaning: ColumnMeaning = {};
  if (metric !== undefined) meaning.metric = metric;
  if (unit !== undefined) Object.assign(meaning, { unit: UNITS[unit] });
  else if (metric === undefined && [...kinds].every((kind) => AGE_KINDS.has(kind))) {
    if (concepts.has("week")) meaning.age = "weeks";
    else if (concepts.has("day")) meaning.age = "days";
    else if (concepts.has("at_age")) meaning.age = "unnamed";
  }
  return meaning;
};

/** Names are short: they are read in the language that all of them together, or else the document, seem to be in. */
export const columnMeanings = (
  header: readonly string[],
  reader: Reader,
  before: Lang | undefined,
): { lang: Lang; columns: ColumnMeaning[] } => {
  const { lang } = reader.read(header.join(" , "), undefined, before);
  return { lang, columns: header.map((name) => meaningOf(name, lang, reader)) };
};

const ZEROS = [0x660, 0x6f0, 0x966, 0xe50, 0xff10];
const westernDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59\uff10-\uff19]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = ZEROS.find((one) => code >= one && code <= one + 9) ?? code;
    return String(code - zero);
  });

const AMOUNT =
  /^[<>≤≥~≈±+]?\s*(-?\d[\d.,'’\u066b\u066c\u00a0\u202f]*)(?:\s*[-–—~至到]\s*(\d[\d.,'’\u066b\u066c\u00a0\u202f]*))?\s*(\p{L}{1,4}|%)?$/u;

/** Signs that can only part thousands. */
const GROUPED = /^\d{1,3}(?:[.,]\d{3})+$/;

export interface Amount {
  /** Each way to read it ("1,012" is a thousand or one), each with one number or the two ends of a range. */
  readings: number[][];
  /** The unit written in the cell itself. */
  unit: Unit | undefined;
}

/** The number, or range of numbers, that a cell is; undefined for a text. */
export const amountOf = (cell: TableCell | undefined, lang: Lang): Amount | undefined => {
  if (typeof cell === "number") return { readings: [[cell]], unit: undefined };
  if (!cell || cell.length > 40) return undefined;
  const found = AMOUNT.exec(westernDigits(cell.trim()));
  if (!found) return undefined;
  const [, low = "", high, symbol] = found;
  const unit = symbol === undefined ? undefined : unitNamed(symbol);
  if (symbol !== undefined && unit === undefined) return undefined;
  const texts = high === undefined ? [low] : [low, high];
  const readings = [
    texts.map((text) => numberIn(text, lang)),
    texts.map((text) => Number(text.replaceAll(",", "."))),
    ...(texts.every((text) => GROUPED.test(text))
      ? [texts.map((text) => Number(text.replace(/[.,]/g, "")))]
      : []),
  ].filter((numbers) => numbers.every((number) => Number.isFinite(number)));
  return readings.length === 0 ? undefined : { readings, unit };
};
