import type { Item } from "../language/items.ts";
import { foldWord } from "../language/normalise.ts";
import type { Reader } from "../language/read.ts";
import type { Lang } from "../core/types.ts";

/** What a question is about, the same in every language as far as the lexicon knows its words. */
export interface Meaning {
  lang: Lang;
  /** Concepts by their kinds, without those that every question has ("birds", "what", "please"). */
  concepts: ReadonlyMap<string, string>;
  /** Breeds named, by line or family. */
  breeds: readonly string[];
  /** Numbers with their units, as "21 day", "24 hour", "5000"; sorted. */
  numbers: readonly string[];
  /** Content words that the lexicon does not know, cut to stems; sorted. */
  unread: readonly string[];
  /** Concepts, numbers and unknown words in the order in which they are said. */
  order: readonly string[];
  /** What kind of amount is asked for: "days", "share", "mass" …, "some" where it is not said; empty: none is. */
  amounts: readonly string[];
}

/** Words that ask, point or are polite: two wordings of one question differ in them. */
const SILENT = new Set(
  (
    "bird flock house allow what which how who is_it possible need standard normal actual please in_unit at_age per_bird and_then " +
    "advice breed problem rate amount size quality yield farmer worker child per_cent percent measure calculate check choose " +
    "number_of until daytime farm same yes no_answer sorry help improve give reach where total good day week month year hour minute"
  ).split(" "),
);
/** Kinds that say nothing of the subject; units count only beside a number. */
const SILENT_KINDS = new Set(["talk", "unit", "breed", "followup", "function", "animal", "kitchen"]);
/** Of those kinds, what does say something. */
const SAID = new Set([
  "egg",
  "chick",
  "wild_bird",
  "with",
  "without",
  "unneeded",
  "cooking",
  "month",
  "instead",
]);

/** Different names of one thing, as languages differ in which of them they have; the first stands for all. */
const ONE_THING: readonly (readonly string[])[] = [
  ["light", "light_intensity", "light_verb", "lamp"],
  ["feed", "feed_amount", "feed_intake", "daily_feed", "feed_verb", "formula"],
  ["water", "water_intake", "water_verb", "drinking_water_route"],
  ["lay", "hen_day", "laying_period", "hen_housed_rate"],
  ["why", "cause"],
  ["crop", "crop_fill"],
  ["leg", "leg_part", "foot"],
  ["heat_stress", "hot"],
  ["transfer", "transport", "place"],
  ["hatching_eggs", "incubation", "hatchery", "hatch"],
  ["vaccine", "vaccinate", "vaccination_programme"],
  ["dewormer", "worms"],
  ["broodiness"],
  ["pale", "yolk_colour"],
  ["light_programme", "lighting_programme", "day_length"],
  ["how_much", "how_many"],
  ["disinfect", "disinfectant", "disinfecting_spray"],
  ["clean", "clean_state"],
  ["store", "egg_storage"],
  ["slaughter", "carcass"],
  ["layer", "white_layer", "brown_layer", "hen"],
  ["die", "mortality", "sudden_death", "mass_death"],
  ["scab", "wound"],
  ["gasping", "noise"],
  ["not_eating", "weakness"],
  ["disease", "infection", "virus", "bacteria", "diagnose"],
  ["mash"],
  ["start", "first"],
  ["brooding", "heater"],
];
const NAME_OF = new Map(ONE_THING.flatMap((names) => names.map((name) => [name, names[0] ?? name] as const)));

/** The name under which a concept is compared. */
export const nameOf = (concept: string): string => NAME_OF.get(concept) ?? concept;

/** Units of amounts that are asked for, by what they measure. */
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  days: ["day", "week", "month", "year", "what_age"],
  hours: ["hour", "minute"],
  share: ["percent"],
  mass: ["gram", "kilogram", "pound", "ounce", "tonne", "quintal", "milligram"],
  volume: ["millilitre", "litre", "gallon"],
  warmth: ["celsius", "fahrenheit", "temperature"],
  length: ["metre", "centimetre"],
  area: ["square_metre", "square_foot"],
  light: ["lux", "watt", "light_intensity"],
  ppm: ["ppm", "ammonia", "carbon_dioxide"],
  damp: ["humidity"],
};
const MEASURE_OF = new Map(
  Object.entries(MEASURES).flatMap(([measure, ids]) => ids.map((id) => [id, measure] as const)),
);
/** Words that ask for an amount without saying of what. */
const SOME = new Set([
  "when",
  "how_long",
  "how_much",
  "how_many",
  "number_of",
  "stocking_density",
  "air_speed",
  "pressure",
  "day_length",
  "limit",
  "crop_fill",
  "ph",
  "amount",
  "rate",
]);

const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7 };
const STEM = 6;
const stem = (word: string): string => {
  const fold = foldWord(word.toLowerCase());
  return fold.length > STEM ? fold.slice(0, STEM) : fold;
};

/** The unit that a number is told in: right after it, or right before it ("umur minggu 3", "day 5"). */
const unitAt = (items: readonly Item[], at: number): string | undefined => {
  const unit = (item: Item | undefined): string | undefined =>
    item?.is === "concept" && item.kind === "unit" ? item.id : undefined;
  const next = items[at + 1];
  const after = unit(next) ?? (next?.is === "ordinal" ? unit(items[at + 2]) : undefined);
  const before = items[at - 1];
  const free = unit(before) !== undefined && items[at - 2]?.is !== "number";
  return after ?? (free ? unit(before) : undefined);
};

const numberText = (value: number, unit: string | undefined): string => {
  const days = unit === undefined ? undefined : DAYS[unit];
  if (days !== undefined) return `${String(value * days)} day`;
  return unit === undefined ? String(value) : `${String(value)} ${unit}`;
};

/** Reads what a question means; equal meanings are equal questions, in any language. */
export const meaningOf = (text: string, lang: Lang, reader: Reader): Meaning => {
  const { items } = reader.read(text, lang, undefined);
  const concepts = new Map<string, string>();
  const breeds = new Set<string>();
  const numbers = new Set<string>();
  const unread = new Set<string>();
  const amounts = new Set<string>();
  const order: string[] = [];
  const add = (id: string, kind: string): void => {
    const name = nameOf(id);
    if (!concepts.has(name)) concepts.set(name, kind);
    order.push(name);
  };
  for (const [at, item] of items.entries()) {
    if (item.is === "concept") {
      if (item.size === 1) continue;
      const measure = MEASURE_OF.get(item.id);
      // the unit of a number that is told asks for nothing
      const isTold = item.kind === "unit" && (isNumber(items[at - 1]) || isNumber(items[at + 1]));
      if (measure !== undefined && !isTold) amounts.add(measure);
      else if (SOME.has(item.id) || item.kind === "metric") amounts.add("some");
      if (SAID.has(item.id) || !(SILENT.has(item.id) || SILENT_KINDS.has(item.kind))) add(item.id, item.kind);
    } else if (item.is === "line") breeds.add(item.ids[0] ?? "");
    else if (item.is === "number" || item.is === "dual") {
      const unit = item.is === "dual" ? item.unit : unitAt(items, at);
      // "one", "un", "eine" is an article more often than a number; "the first week" is no number of weeks
      if (item.value === 1 && !(item.is === "number" && item.digits)) {
        if (items[at + 1]?.is === "ordinal") add("start", "time_relation");
        continue;
      }
      const said = numberText(item.value, unit);
      numbers.add(said);
      order.push(said);
    } else if (item.is === "unknown") {
      const word = stem(item.text);
      if (word.length < 2) continue;
      unread.add(word);
      order.push(`?${word}`);
    }
  }
  return {
    lang,
    concepts,
    breeds: [...breeds].sort(),
    numbers: [...numbers].sort(),
    unread: [...unread].sort(),
    order,
    amounts: [...amounts].sort(),
  };
};

const isNumber = (item: Item | undefined): boolean => item?.is === "number" || item?.is === "dual";
