import type { Item } from "../language/items.ts";

/** Units that measure the same: a question in hours is answered by what is told in minutes, not by what is told in grams. */
const CLASS: Readonly<Record<string, string>> = {
  minute: "hours",
  hour: "hours",
  day: "days",
  week: "days",
  month: "days",
  year: "days",
  what_age: "days",
  gram: "mass",
  kilogram: "mass",
  milligram: "mass",
  pound: "mass",
  ounce: "mass",
  tonne: "mass",
  quintal: "mass",
  hectogram: "mass",
  catty: "mass",
  millilitre: "volume",
  litre: "volume",
  gallon: "volume",
  percent: "percent",
  kilocalorie: "energy",
  megajoule: "energy",
  celsius: "heat",
  fahrenheit: "heat",
  metre: "length",
  centimetre: "length",
  square_metre: "area",
  square_foot: "area",
  cubic_metre: "air",
  lux: "light",
  watt: "power",
  ppm: "ppm",
};

/** The same, as our English sentences write them after a number. */
const WRITTEN: readonly [string, RegExp][] = [
  ["hours", /(?:h|hours?|minutes?|min|seconds?|s)\b/],
  ["days", /(?:days?|weeks?|months?|years?)\b/],
  ["mass", /(?:k?g|mg|grams?|tonnes?|lb|oz)\b/],
  ["volume", /(?:ml|litres?|gallons?)\b/],
  ["percent", /%/],
  ["energy", /(?:kcal|MJ|kJ)\b/],
  ["heat", /°[CF]/],
  ["length", /(?:[ckm]?m|µm|metres?|microns?)(?![²³\w])/],
  ["area", /(?:c?m²|kg\/m²)/],
  ["air", /m³/],
  ["light", /lux\b/],
  ["power", /k?W\b/],
  ["ppm", /ppm\b/],
];
const STATED = WRITTEN.map(
  ([name, unit]) => [name, new RegExp(String.raw`\d\s?(?:million |spores per )?(?:${unit.source})`)] as const,
);

/** What a question asks an amount of: units that no number stands before. "44 g" is a condition, "how many hours" is asked. */
export const quantitiesAsked = (items: readonly Item[]): Set<string> => {
  const asked = new Set<string>();
  for (const [at, item] of items.entries()) {
    if (item.is !== "concept" || (item.size <= 1 && item.id !== "percent")) continue;
    const name = CLASS[item.id];
    if (name !== undefined && items[at - 1]?.is !== "number") asked.add(name);
  }
  return asked;
};

/** What an English sentence gives amounts of. */
export const quantitiesStated = (text: string): string[] =>
  STATED.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);

const RANGE = /(\d+(?:[.,]\d+)?)\s?[–-]\s?(\d+(?:[.,]\d+)?)/g;

/** Spans that a sentence names: what holds for 49–62 weeks holds for 55. */
export const spansStated = (text: string): [number, number][] =>
  Array.from(text.matchAll(RANGE), ([, low = "", high = ""]): [number, number] => [
    Number(low),
    Number(high),
  ]).filter(([low, high]) => high > low);
