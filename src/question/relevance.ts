import { FEED_FORMS } from "./metric.ts";

/** Which concepts turn a question away from the numbers of the breed standards, or make it another question. */

/** Words of any day: they tell one question of knowledge from another, and nothing of a number question. */
export const EVERYDAY_KINDS: ReadonlySet<string> = new Set([
  "place",
  "state",
  "doing",
  "time",
  "measure",
  "notion",
  "thing",
]);

const BLOCKING_KINDS = new Set(["disease", "sign", "drug", "parasite", "chemical", "event"]);
/** Asked for whatever else is in the text: no table answers these. */
const BLOCKING = new Set([
  "heritage_breed",
  "cost",
  "profit",
  "why",
  "treat",
  "prevent",
  "cause",
  "diagnose",
  "transmit",
  "symptom",
  "increase",
  "decrease",
  "improve",
  "control",
  "clean",
  "disinfect",
  "add",
  "remove",
  "mix",
  "vaccinate",
  "ventilate",
  "heat",
  "cool",
  "build",
  "worse",
  "difference",
  "compare",
]);
/** Asked for where no breed is named: "how do I …", "where …", "when do I move them". */
const BLOCKING_UNNAMED = new Set([
  "better",
  "allow",
  "forbid",
  "how",
  "where",
  "who",
  "store",
  "transport",
  "catch",
  "stop",
  "without",
  "change",
  "transfer",
  "equal",
]);
const BESIDE_KINDS = new Set(["climate", "equipment", "feed", "species", "part"]);
/** Beside a breed name they change nothing ("at what cost", "for my records"). */
const BESIDE_UNNAMED = new Set(["management", "quality"]);
/** Words of those kinds that belong to number questions themselves. */
const AT_HOME = new Set([
  "feed",
  "water",
  "yield",
  "rate",
  "number_of",
  "amount",
  "size",
  "weighing",
  "house",
  "farm",
  "breed",
  "scale",
  "advice",
  "old",
  "young",
  "big",
  "heavy_bird",
  "light_bird",
  "quality",
  "record",
  "programme",
  "long",
  "restriction",
  "formula",
  "carcass",
  "breast",
  "thigh",
  "drumstick",
  "wing",
  "leg_part",
  "meat",
  "season",
  "feeder",
  "drinker",
  "nipple_drinker",
  "bell_drinker",
  "pan_feeder",
  "tube_feeder",
  "chain_feeder",
  "small",
  "new",
  "high",
  "slow_growing",
  "training",
  "fast",
  "slow",
  "night",
  "head",
  "silo",
]);

/** Between two named lines these ask for both numbers. */
const COMPARING = new Set(["compare", "difference", "better", "worse", "more_than", "less_than"]);

export interface Topic {
  id: string;
  kind: string;
}

/** Beside a line, a metric and an age these are just said: "to compare", "keep it under what?", "mine looks bad". */
const SAID = new Set(["compare", "control", "decrease", "profit", "worse"]);

/** Concepts that no number of the breed standards answers. `goal`: an amount to be reached is named; `compared`: two lines are; `whole`: line, metric and age are; `feed`: feed is asked for. */
export const blockersOf = (
  topics: readonly Topic[],
  named: boolean,
  goal: boolean,
  compared: boolean,
  whole: boolean,
  feed: boolean,
): string[] =>
  topics
    .filter(({ id, kind }) => {
      if (compared && COMPARING.has(id)) return false;
      if (whole && SAID.has(id)) return false;
      // "the daily dose of feed"
      if (feed && id === "dose") return false;
      if (BLOCKING_KINDS.has(kind) || BLOCKING.has(id)) return true;
      if (id === "more_than" || id === "less_than") return !goal && !named;
      return !named && (BLOCKING_UNNAMED.has(id) || kind === "person" || kind === "elsewhere");
    })
    .map(({ id }) => id);

/** "How many grams of mash a day": the form stands for the feed itself, which is not named beside it. */
const isTheFeed = (id: string, topics: readonly Topic[], metric: string | undefined): boolean =>
  (FEED_FORMS.includes(id) || id === "feed_mill") &&
  (metric === "daily_feed" || metric === "cum_feed") &&
  (id === "feed_mill" || !topics.some((topic) => FEED_NAMED.has(topic.id)));
const FEED_NAMED = new Set(["feed", "cum_feed"]);

/** Concepts that a number can stand beside but that make it another question: a season, an equipment. */
export const besidesOf = (topics: readonly Topic[], named: boolean, metric: string | undefined): string[] =>
  topics
    .filter(
      ({ id, kind }) => (BESIDE_KINDS.has(kind) || (!named && BESIDE_UNNAMED.has(kind))) && !AT_HOME.has(id),
    )
    .filter(({ id }) => !isTheFeed(id, topics, metric))
    .map(({ id }) => id)
    .sort();

/** Of the blockers, those that only a question without a breed name is stopped by: a follow-up has its breed already. */
export const blocksFollowUp = (id: string): boolean => !BLOCKING_UNNAMED.has(id);
