import type { Product } from "../core/types.ts";
import { metricOf, NUTRIENT_METRICS } from "./metric.ts";
import type { Age } from "./ages.ts";
import type { Quantities } from "./quantities.ts";

/** What is measured, once words and quantities are taken together. */
export interface Asked {
  metric: string | undefined;
  ages: Age[];
  /** Asks at which age the amount is reached. */
  backwards: boolean;
  /** Weight named in the text, in grams, that is a goal or the bird's own; not that of a bag of feed. */
  mass: number | undefined;
  /** Feed conversion to be reached. */
  ratio: number | undefined;
  /** A unit that was read as an amount ("at one kilo"): it is not the unit of the answer. */
  unitIsGoal: boolean;
}

/** Amounts that are told per day: "1 day" beside them is a rate, not an age. */
const RATES = new Set(["daily_feed", "cum_feed", "water", "daily_gain", ...NUTRIENT_METRICS]);
/** Metrics that a named amount is a goal of; "2 kg" beside yields or specifications is something else. */
const REACHED = new Set(["fcr", "body_weight", "egg_weight", "hen_day", "hen_housed_rate", "egg_mass"]);
const REACHED_IF_ASKED = new Set(["cum_feed", "daily_gain", "daily_feed"]);
const KILOS = new Set(["kg", "t"]);
const WHOLE_UNIT: Readonly<Record<string, number>> = { kg: 1000, lb: 453.592 };

const isOneDay = (ages: readonly Age[]): boolean =>
  ages.length === 1 && ages[0]?.days === 1 && ages[0].counted === true;

/** What a flock of birds is asked for: the feed of one day where a day is named, else what it eats in all. */
const forBirds = (
  metric: string | undefined,
  concepts: ReadonlySet<string>,
  kind: Product | undefined,
): string | undefined => {
  const daily = concepts.has("daily") || concepts.has("daily_feed");
  if (metric === "cum_feed" && daily) return "daily_feed";
  return metric === "daily_feed" && !daily && kind === "broiler" ? "cum_feed" : metric;
};

/** "From day 29 to day 30 it should add how many grams": the gain of the later day. */
const addsInOneDay = (
  { span, ages, units }: Quantities,
  metric: string | undefined,
  concepts: ReadonlySet<string>,
): boolean => {
  const [first, last] = ages;
  if (!span || first?.unit !== "day" || last?.days !== first.days + 1) return false;
  if (metric !== undefined) return metric === "daily_gain";
  return ["increase", "add", "grow"].some((id) => concepts.has(id)) || units.includes("g");
};

/** Settles the metric, the ages and the direction of a question. `concepts` gains what the quantities imply. */
export const asked = (
  concepts: Set<string>,
  quantities: Quantities,
  saysUntil: boolean,
  birds: number | undefined,
  kind: Product | undefined,
): Asked => {
  const has = (...ids: string[]): boolean => ids.some((id) => concepts.has(id));
  if (quantities.perDay) concepts.add("daily");
  const inBags = has("bag");
  if (inBags) concepts.add("feed");
  const over = has("during") && quantities.ages.length === 1 && quantities.ages[0]?.counted === true;
  const until = saysUntil || over || (has("from_time") && has("start", "place", "hatch", "chick"));
  let metric = metricOf(concepts, until) ?? (quantities.looseMass ? "body_weight" : undefined);
  let { ages } = quantities;
  if (metric !== undefined && RATES.has(metric) && isOneDay(ages) && !has("at_age", "daily", "daily_feed")) {
    concepts.add("daily");
    ages = [];
    metric = metricOf(concepts, until);
  }
  // a weight in one day, told at an age, is what the day adds
  if (metric === "body_weight" && quantities.oneDay && ages.length > 0) metric = "daily_gain";
  if (addsInOneDay(quantities, metric, concepts)) {
    metric = "daily_gain";
    ages = ages.slice(1);
  }
  if (birds !== undefined) metric = forBirds(metric, concepts, kind);
  const daily = has("daily", "daily_feed");
  // "what do they eat between day 21 and day 35" is one amount
  if (metric === "daily_feed" && !daily && quantities.span && ages.length === 2) metric = "cum_feed";
  // no broiler eats kilos in a day: "how many kilos of feed at day 35" is all of it
  if (metric === "daily_feed" && !daily && kind === "broiler" && KILOS.has(quantities.units[0] ?? ""))
    metric = "cum_feed";
  // "how much starter per bird": the amount of that feed, not of a day
  if (metric === "daily_feed" && !daily && ages.length === 0 && has("starter", "grower", "finisher"))
    metric = "feed_amount_per_bird";
  const asksTime = has("what_age", "when", "reach") || quantities.looseTime;
  const unitGoal =
    quantities.mass === undefined && asksTime && !has("how_much")
      ? WHOLE_UNIT[quantities.units[0] ?? ""]
      : undefined;
  const mass = inBags
    ? undefined
    : (quantities.mass ?? (metric === undefined || metric === "body_weight" ? unitGoal : undefined));
  // "at what age is the FCR 1.5": a ratio is told without a unit
  const ratio =
    metric === "fcr" && asksTime ? quantities.bare.find((value) => value > 0.5 && value < 3) : undefined;
  const goal = mass !== undefined || quantities.percent !== undefined || ratio !== undefined;
  // "how much feed to reach 2 kg" asks for feed; the weight is not an amount of feed
  const reached =
    metric === undefined ||
    REACHED.has(metric) ||
    (asksTime && !has("how_much") && REACHED_IF_ASKED.has(metric));
  const backwards =
    ages.length === 0 && goal && reached && birds === undefined && (asksTime || !has("how_much"));
  // "in how many days do they grow to 2 kg" is about weight; "have eaten 3 kg" about the feed to date
  if (backwards && metric === "daily_gain") metric = "body_weight";
  if (backwards && metric === "daily_feed") metric = "cum_feed";
  return {
    metric,
    ages,
    backwards,
    ratio: backwards ? ratio : undefined,
    mass: backwards || quantities.mass !== undefined ? mass : undefined,
    unitIsGoal: backwards && quantities.mass === undefined && quantities.percent === undefined,
  };
};
