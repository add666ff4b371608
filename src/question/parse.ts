import type { Lang, Product, Sex, Unit } from "../core/types.ts";
import type { LineEntry } from "../language/lexicon.ts";
import type { Item } from "../language/items.ts";
import type { Reading } from "../language/read.ts";
import { asked } from "./asked.ts";
import { toldElsewhere } from "./clauses.ts";
import { linesOf } from "./lines.ts";
import { NUTRIENT_METRICS } from "./metric.ts";
import type { Age } from "./ages.ts";
import { quantitiesOf } from "./quantities.ts";
import { drunkDaily, feedPerKilo, toldOnly } from "./setting.ts";
import { besidesOf, blockersOf, EVERYDAY_KINDS, type Topic } from "./relevance.ts";

/** What one text says, slot by slot, before defaults, conversation and tables complete it. */
export interface Parsed {
  lang: Lang;
  sure: boolean;
  lines: string[];
  choices: string[];
  product: Product | undefined;
  metric: string | undefined;
  ages: Age[];
  /** The two ages are the ends of one span. */
  span: boolean;
  /** Two ages, each asked about. */
  pair: boolean;
  bare: number[];
  /** Asks for an amount a day. */
  perDay: boolean;
  sex: Sex | undefined;
  /** Says hen or pullet: a female in a question about broilers, nothing in one about layers. */
  henWord: boolean;
  housing: "cage" | "alternative" | undefined;
  rearing_house: "dark_out" | "open_sided" | undefined;
  phase: string | undefined;
  market: string | undefined;
  unit: Unit | undefined;
  /** The unit % only names the metric. */
  percentNames: boolean;
  /** Words beside a unit say that more than a plain weight is meant, and not what. */
  doubtful: boolean;
  mass: number | undefined;
  massUnit: Unit | undefined;
  /** Feed conversion to be reached. */
  ratio: number | undefined;
  percent: number | undefined;
  birds: number | undefined;
  /** Asks at which age something is reached. */
  backwards: boolean;
  /** Two weights are named, from one to the other: no row of a table is that time. */
  betweenWeights: boolean;
  concepts: ReadonlySet<string>;
  /** The concepts with their kinds, in the order of the text. */
  topics: Topic[];
  /** Concepts that a number of the breed standards does not answer: disease, treatment, why … */
  blockers: string[];
  /** Concepts that a number can stand beside but that make it another question: season, equipment … */
  about: string[];
  /** Words of content that nobody knows. */
  unread: number;
  /** Their length in characters. */
  unreadLength: number;
  /** Pieces of content that were understood. */
  understood: number;
  otherSpecies: boolean;
}

/** Letters that a word of everyday counts as. */
const EVERYDAY_LENGTH = 5;
const FEWEST_UNNAMED_BIRDS = 500;
/** "Hatched on November 3, 2026": nobody's flock is as large as a year by chance. */
const isYear = (value: number): boolean => Number.isInteger(value) && value >= 1990 && value <= 2100;
/** "Up to", "until", "so far"; the little words ("to", "by", "do") only where an age follows. */
const saysUntil = (items: readonly Item[]): boolean =>
  items.some((item, at) => {
    if (item.is !== "concept" || item.id !== "until") return false;
    return item.size > 2 || items.slice(at + 1, at + 3).some(isAgePart);
  });

/** "Suu tüketimi": a word that nobody knows before "consumption" may be a mistyped water. */
const eatenIsUnread = (items: readonly Item[], concepts: ReadonlySet<string>): boolean =>
  !concepts.has("feed") &&
  !concepts.has("daily_feed") &&
  items.some(
    (item, at) =>
      item.is === "unknown" &&
      item.text.length <= LONGEST_SLIP &&
      items[at + 1]?.is === "concept" &&
      (items[at + 1] as { id: string }).id === "feed_intake",
  );
const LONGEST_SLIP = 4;

/** Asks for an amount, not how or why. */
const asksAmount = (concepts: ReadonlySet<string>): boolean =>
  !concepts.has("how") &&
  !concepts.has("why") &&
  ["how_much", "how_many", "what", "standard", "percent", "per_bird"].some((id) => concepts.has(id));

const isAgePart = (item: Item): boolean =>
  item.is === "number" ||
  item.is === "dual" ||
  (item.is === "concept" && (item.id === "day" || item.id === "week"));

const HOUSING: Readonly<Record<string, "cage" | "alternative">> = {
  cage: "cage",
  alternative: "alternative",
  free_range: "alternative",
  enriched_cage: "cage",
  aviary_system: "alternative",
};
/** "Kg in all", "g more": amounts, but not what a bird weighs. */
const MORE_THAN_WEIGHT = ["total", "increase", "add", "daily", "weekly", "egg"];
const PHASES = new Set(["starter", "grower", "finisher"]);

const productOf = (concepts: ReadonlySet<string>): Product | undefined => {
  if (concepts.has("parent_stock")) return "parent";
  if (concepts.has("broiler")) return "broiler";
  if (
    concepts.has("layer") ||
    concepts.has("pullet") ||
    concepts.has("brown_layer") ||
    concepts.has("white_layer")
  )
    return "layer";
  return undefined;
};

/** "Females, not males": the sex that a negation stands before is not asked for. */
const denied = (items: readonly Item[], id: string): boolean =>
  items.some(
    (item, at) =>
      item.is === "concept" &&
      item.id === "not" &&
      items.slice(at + 1, at + 3).some((next) => next.is === "concept" && next.id === id),
  );

const sexOf = (concepts: ReadonlySet<string>, items: readonly Item[]): Sex | undefined => {
  // "not for males": the other sex, whether it is named or not
  if (concepts.has("male") && denied(items, "male")) return "female";
  if (concepts.has("female") && denied(items, "female")) return "male";
  if (concepts.has("mixed_sex") || (concepts.has("male") && concepts.has("female"))) return "as_hatched";
  if (concepts.has("male")) return "male";
  return concepts.has("female") ? "female" : undefined;
};

const phaseOf = (
  items: readonly Item[],
  concepts: ReadonlySet<string>,
  used: Set<number>,
): string | undefined => {
  for (const [at, item] of items.entries()) {
    if (item.is !== "concept" || !PHASES.has(item.id)) continue;
    const next = items[at + 1];
    const step = next?.is === "number" && next.value >= 1 && next.value <= 3 ? next.value : undefined;
    const unit = items[at + 2];
    const isAge = unit?.is === "concept" && unit.kind === "unit";
    if (step === undefined || isAge) return item.id;
    used.add(at + 1);
    return `${item.id}_${step}`;
  }
  if (concepts.has("laying_period")) return "laying";
  if (concepts.has("rearing")) return "rearing";
  return concepts.has("peak") ? "peak" : undefined;
};

/** "Lysine, growth": in a feed specification the words for growing and beginning name the feed. */
const feedPhase = (metric: string | undefined, concepts: ReadonlySet<string>): string | undefined => {
  if (metric === undefined || !NUTRIENT_METRICS.has(metric)) return undefined;
  if (concepts.has("grow") || concepts.has("gain")) return "grower";
  if (concepts.has("start")) return "starter";
  return concepts.has("end") ? "finisher" : undefined;
};

const marketOf = (concepts: ReadonlySet<string>): string | undefined => {
  if (concepts.has("small_market")) return "small_birds";
  return concepts.has("medium_market") || concepts.has("large_market") ? "medium_and_large_birds" : undefined;
};

/** Reads the slots of a number question off the items of a text. */
export const parse = (reading: Reading, lines: Readonly<Record<string, LineEntry>>): Parsed => {
  const { items } = reading;
  const concepts = new Set<string>();
  let unread = 0;
  let unreadLength = 0;
  let understood = 0;
  const topics: Topic[] = [];
  const told = toldOnly(items);
  for (const [at, item] of items.entries()) {
    if (item.is === "unknown") {
      unread += item.text.length > 1 ? 1 : 0;
      unreadLength += item.text.length;
    }
    if (item.is !== "concept") {
      understood += item.is === "line" ? 1 : 0;
      continue;
    }
    // everyday words say no more of a number question than words nobody knows
    if (EVERYDAY_KINDS.has(item.kind)) {
      unread += 1;
      unreadLength += EVERYDAY_LENGTH;
      continue;
    }
    if (told.has(at)) continue;
    // what is said of ventilation is said of tunnel ventilation too
    for (const id of [item.id, item.broader]) {
      if (id === undefined || concepts.has(id)) continue;
      topics.push({ id, kind: item.kind });
      concepts.add(id);
    }
    if (item.kind !== "function" && item.kind !== "talk") understood += 1;
  }
  for (const id of toldElsewhere(items)) concepts.delete(id);
  if ((concepts.has("kilogram") || concepts.has("pound")) && feedPerKilo(items)) concepts.add("fcr");
  if (concepts.has("daily_feed") && drunkDaily(items)) {
    concepts.delete("daily_feed");
    concepts.add("daily");
  }
  const strains = new Set<number>();
  const sex = sexOf(concepts, items);
  const { lines: named, choices } = linesOf(items, lines, sex, concepts, strains);
  const phase = phaseOf(items, concepts, strains);
  const quantities = quantitiesOf(items.map((item, at) => (strains.has(at) ? { is: "function" } : item)));
  const { bare } = quantities;
  // "how many eggs a day from 100 hens" is the laying rate; a great number that nothing explains is the size of the flock
  const outOfHundred =
    quantities.birds === 100 &&
    (concepts.has("daily") || quantities.looseTime) &&
    (concepts.has("egg") || concepts.has("lay"));
  if (outOfHundred) concepts.add("hen_day");
  const flock = outOfHundred
    ? undefined
    : (quantities.birds ?? bare.find((value) => value >= FEWEST_UNNAMED_BIRDS && !isYear(value)));
  const isNamed = named.length + choices.length > 0;
  const first = named[0] ?? choices[0] ?? "";
  const kind = lines[first]?.kind ?? lines[first.replace(/(?:_\d+|~.+)$/, "")]?.kind ?? productOf(concepts);
  const read = asked(concepts, quantities, saysUntil(items), flock, kind);
  const { ages, backwards, mass, ratio, unitIsGoal } = read;
  const metric = read.metric === "daily_feed" && eatenIsUnread(items, concepts) ? undefined : read.metric;
  const blockers = blockersOf(
    topics,
    isNamed,
    mass !== undefined || quantities.percent !== undefined,
    named.length > 1,
    named.length === 1 && metric !== undefined && ages.length > 0 && asksAmount(concepts),
    metric === "daily_feed" || metric === "cum_feed",
  ).filter(
    (id) =>
      !(id === "die" && (metric === "mortality" || metric === "livability")) &&
      !((id === "increase" || id === "add") && metric?.endsWith("_gain") === true) &&
      !(id === "chlorine" && metric === "chloride"),
  );
  return {
    lang: reading.lang,
    sure: reading.sure,
    lines: named,
    choices,
    product: productOf(concepts),
    metric,
    ages,
    span: quantities.span,
    pair: quantities.pair,
    perDay: quantities.perDay,
    bare: bare.filter((value) => value !== flock && value !== ratio),
    sex,
    henWord: concepts.has("hen") || concepts.has("pullet"),
    housing: Object.entries(HOUSING).find(([id]) => concepts.has(id))?.[1],
    rearing_house: concepts.has("dark_out")
      ? "dark_out"
      : concepts.has("open_sided")
        ? "open_sided"
        : undefined,
    phase: phase ?? feedPhase(metric, concepts),
    market: marketOf(concepts),
    unit: unitIsGoal ? undefined : quantities.units[0],
    percentNames: quantities.percentNames,
    doubtful: MORE_THAN_WEIGHT.some((id) => concepts.has(id)),
    mass,
    massUnit: quantities.massUnit,
    ratio,
    percent: quantities.percent,
    // one total cannot stand for two flocks: each line is then told per bird
    birds: quantities.severalFlocks && named.length > 1 ? undefined : flock,
    backwards,
    betweenWeights: backwards && quantities.severalMasses,
    concepts,
    topics,
    blockers,
    about: besidesOf(topics, isNamed, metric),
    unread,
    unreadLength,
    understood,
    otherSpecies: items.some((item) => item.is === "concept" && item.kind === "species"),
  };
};
