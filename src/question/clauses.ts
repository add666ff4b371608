import type { Item } from "../language/items.ts";
import { metricOf } from "./metric.ts";

/** Words that ask for an amount or a value. */
const ASKING = new Set(["how_much", "how_many", "what", "which"]);
const WANTED = new Set(["standard", "normal", "need"]);
/** Words besides the metrics' own that say what is measured. */
const MEASURED = new Set(["feed", "water", "egg", "lay", "feed_verb", "water_verb", "grow"]);
/** Metrics that are told apart by words which may stand in any clause: a total, an average, an age. */
const FAMILY: Readonly<Record<string, string>> = {
  cum_feed: "feed",
  daily_feed: "feed",
  weekly_feed: "feed",
  feed_amount_per_bird: "feed",
  avg_daily_gain: "gain",
  daily_gain: "gain",
  weekly_gain: "gain",
  water: "water",
  weekly_water: "water",
  eggs_per_hen_housed: "lay",
  hen_day: "lay",
  hen_housed_rate: "lay",
  egg_weight: "egg",
  avg_egg_weight: "egg",
};
const NONE: ReadonlySet<string> = new Set();
const familyOf = (metric: string): string => FAMILY[metric] ?? metric;

const clausesOf = (items: readonly Item[]): Item[][] => {
  const clauses: Item[][] = [[]];
  for (const item of items) {
    if (item.stop) clauses.push([]);
    clauses.at(-1)?.push(item);
  }
  return clauses.filter((clause) => clause.length > 0);
};

const idsOf = (items: readonly Item[]): Set<string> =>
  new Set(items.flatMap((item) => (item.is === "concept" ? [item.id] : [])));

/**
 * "They eat a lot, what should they weigh at 22 weeks": what the other clauses say is measured, where the one that asks
 * names a metric of its own. Empty where one clause only adds to another ("the eggs are small, what weight is normal").
 */
export const toldElsewhere = (items: readonly Item[]): ReadonlySet<string> => {
  if (!items.some((item) => item.stop)) return NONE;
  const clauses = clausesOf(items);
  if (clauses.length < 2) return NONE;
  const saying = (ids: ReadonlySet<string>): Item[][] =>
    clauses.filter((clause) => clause.some((item) => item.is === "concept" && ids.has(item.id)));
  // "how heavy should they be": the question word is part of the metric's name
  const questions = saying(ASKING);
  const asking = questions.length > 0 ? questions : saying(WANTED);
  const [clause] = asking;
  if (asking.length !== 1 || !clause) return NONE;
  const own = idsOf(clause);
  const metric = metricOf(own, false);
  if (metric === undefined || (questions.length === 0 && metric !== "body_weight")) return NONE;
  const rest = clauses.filter((other) => other !== clause).flat();
  const whole = metricOf(idsOf(items), false);
  if (whole === undefined || familyOf(whole) === familyOf(metric)) return NONE;
  const told = metricOf(idsOf(rest), false);
  if (told === undefined || familyOf(told) !== familyOf(whole)) return NONE;
  return new Set(
    rest.flatMap((item) =>
      item.is === "concept" && !own.has(item.id) && (item.kind === "metric" || MEASURED.has(item.id))
        ? [item.id]
        : [],
    ),
  );
};
