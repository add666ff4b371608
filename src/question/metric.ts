/** Concepts of a text that say what is measured, and which metric of the tables they add up to. */

const NUTRIENTS: Readonly<Record<string, string>> = {
  energy: "metabolizable_energy",
  protein: "crude_protein",
  lysine: "digestible_lysine",
  methionine: "digestible_methionine",
  methionine_cystine: "digestible_methionine_plus_cystine",
  threonine: "digestible_threonine",
  valine: "digestible_valine",
  isoleucine: "digestible_isoleucine",
  leucine: "digestible_leucine",
  arginine: "digestible_arginine",
  tryptophan: "digestible_tryptophan",
  calcium: "calcium_total",
  phosphorus: "phosphorus_available",
  sodium: "sodium",
  chloride: "chloride",
  potassium: "potassium",
  copper: "added_copper",
  iodine: "added_iodine",
  iron: "added_iron",
  manganese: "added_manganese",
  selenium: "added_selenium",
  zinc: "added_zinc",
  vitamin_a: "added_vitamin_a",
  vitamin_d3: "added_vitamin_d3",
  vitamin_e: "added_vitamin_e",
  choline: "choline",
  linoleic_acid: "linoleic_acid",
};
/** What parent stock guides give per bird and day instead of per kg of feed. */
export const INTAKES: Readonly<Record<string, string>> = {
  metabolizable_energy: "energy_intake",
  crude_protein: "protein_intake",
  digestible_lysine: "lysine_intake",
};
export const NUTRIENT_METRICS: ReadonlySet<string> = new Set([
  ...Object.values(NUTRIENTS),
  "feed_amount_per_bird",
]);
const PARTS: Readonly<Record<string, string>> = {
  carcass: "carcass_yield",
  breast: "breast_yield",
  thigh: "thigh_yield",
  drumstick: "drumstick_yield",
  wing: "wing_yield",
  leg_part: "leg_yield",
  leg: "leg_yield",
  meat: "total_meat_yield",
};
export const YIELD_METRICS: ReadonlySet<string> = new Set([...Object.values(PARTS), "leg_meat_yield"]);
/** Metrics that only hens or their eggs have. */
export const EGG_METRICS: ReadonlySet<string> = new Set([
  "hen_day",
  "hen_housed_rate",
  "egg_weight",
  "avg_egg_weight",
  "egg_mass",
  "cum_egg_mass",
  "eggs_per_hen_housed",
  "eggs_per_hen_day",
  "hatching_egg_pct",
  "hatching_eggs_rate",
  "hatching_eggs_per_hen_housed",
  "hatchability",
  "fertility",
  "hatch_of_fertile",
  "chicks_per_hen_housed",
  "female_chicks",
]);
/** Metrics of meat birds; a week in a question about them is seven days. */
export const BROILER_METRICS: ReadonlySet<string> = new Set(["fcr", "daily_gain", "avg_daily_gain"]);

type Has = (...ids: string[]) => boolean;

const yieldMetric = (has: Has): string | undefined => {
  // "how many grams of meat does it put on a day"
  if (has("gain", "daily_gain", "avg_daily_gain")) return undefined;
  if (has("total_meat_yield") && !has("leg_part", "leg")) return "total_meat_yield";
  if (has("breast_yield")) return "breast_yield";
  const parts = Object.keys(PARTS).filter((part) => has(part));
  const part = parts.find((one) => one !== "meat" && one !== "carcass") ?? parts[0];
  if (
    part &&
    (has("yield", "percent", "carcass_yield", "total_meat_yield", "rate", "number_of", "amount") ||
      has("body_weight", "standard", "how_much", "what"))
  )
    return (part === "leg_part" || part === "leg") && has("meat", "total_meat_yield")
      ? "leg_meat_yield"
      : PARTS[part];
  if (has("carcass_yield") || has("yield")) return "carcass_yield";
  return undefined;
};

const hatchMetric = (has: Has): string | undefined => {
  if (has("hatch_of_fertile")) return has("total") ? "cum_hatch_of_fertile" : "hatch_of_fertile";
  if (has("fertility")) return has("total") ? "cum_fertility" : "fertility";
  if (has("hatchability")) return has("total") ? "cum_hatchability" : "hatchability";
  if (has("chicks_per_hen"))
    return has("female")
      ? has("weekly")
        ? "female_chicks_per_week"
        : "female_chicks"
      : has("weekly", "rate")
        ? "chicks_per_week"
        : "chicks_per_hen_housed";
  if (has("hatch") && has("eggs_per_hen_housed")) return "hatching_eggs_per_hen_housed";
  if (has("hatching_eggs") && (has("hen_day") || (has("percent") && has("weekly", "per_bird"))))
    return "hatching_eggs_rate";
  if (has("hatching_eggs")) {
    if (has("rate") || has("percent")) return "hatching_egg_pct";
    return "hatching_eggs_per_hen_housed";
  }
  return undefined;
};

const eggMetric = (has: Has, until: boolean): string | undefined => {
  if (has("egg_mass", "cum_egg_mass"))
    return has("cum_egg_mass") || has("total") ? "cum_egg_mass" : "egg_mass";
  if (has("egg_weight")) return has("total") || until ? "avg_egg_weight" : "egg_weight";
  if (has("egg") && has("body_weight", "size", "gram", "ounce", "scale")) return "egg_weight";
  if (has("lay") && has("gram") && !has("daily")) return "egg_weight";
  if (has("eggs_per_hen_day")) return "eggs_per_hen_day";
  // "what percent of eggs do they give" is the laying rate, "how many eggs" their number
  if (has("eggs_per_hen_housed") && has("percent") && !has("total")) return "hen_day";
  if (has("eggs_per_hen_housed")) return "eggs_per_hen_housed";
  if (has("hen_housed_rate")) return "hen_housed_rate";
  if (
    has("egg", "lay") &&
    has("how_many", "number_of", "total") &&
    !has("hen_day", "percent", "rate", "daily")
  )
    return "eggs_per_hen_housed";
  if (has("hen_day")) return "hen_day";
  if (has("lay", "egg") && has("rate", "percent", "standard", "how_much", "normal", "peak")) return "hen_day";
  // "live weight at the start of lay"
  return has("lay") && !has("body_weight") ? "hen_day" : undefined;
};

const gainMetric = (has: Has): string | undefined => {
  // a week's gain is no column of a table; the gain of its last day is another number
  if (has("weekly") && has("daily_gain", "gain", "avg_daily_gain")) return "weekly_gain";
  if (has("avg_daily_gain")) return "avg_daily_gain";
  // "which share of lay have they gone up to"
  if (has("hen_day") && !has("daily_gain")) return undefined;
  if (has("daily_gain", "gain")) return has("average") ? "avg_daily_gain" : "daily_gain";
  if (
    (has("increase") || (has("add") && has("daily") && has("body_weight"))) &&
    has("body_weight", "daily", "gram") &&
    has("how_much", "how_many", "daily", "average", "normal", "standard") &&
    !has("how") &&
    !has("feed", "feed_intake", "water", "water_intake", "egg", "hen_day")
  )
    return has("average") ? "avg_daily_gain" : "daily_gain";
  if (has("grow") && has("daily", "how_much", "gram") && !has("feed", "feed_intake", "water", "water_intake"))
    return has("average") ? "avg_daily_gain" : "daily_gain";
  return undefined;
};

/** What stands where the feed would: "mash", "pellets". */
export const FEED_FORMS: readonly string[] = ["mash", "pellet", "crumble"];
const WEIGHT_UNITS = ["gram", "kilogram", "pound", "ounce", "tonne"];

const feedMetric = (has: Has, until: boolean): string | undefined => {
  if (has("feed_amount")) return has("daily") ? "daily_feed" : "feed_amount_per_bird";
  if (has("cum_feed")) return "cum_feed";
  const eaten =
    has("feed_intake", "feed", "daily_feed", "feed_verb") ||
    // "how many grams of mash", "to order at the feed mill: kg in all"
    (has(...FEED_FORMS, "feed_mill") && has("how_much", "how_many", ...WEIGHT_UNITS));
  if (!eaten) return undefined;
  if (has("weekly")) return "weekly_feed";
  if (has("total")) return "cum_feed";
  if (has("daily_feed", "daily")) return "daily_feed";
  if (until) return "cum_feed";
  return "daily_feed";
};

/** The nutrient of a text that no table of ours may have (vitamin C, fibre): named so that it can be refused by name. */
const OTHER_NUTRIENTS = [
  "vitamin_b",
  "vitamin_c",
  "vitamin_k",
  "magnesium",
  "salt",
  "fibre",
  "fat",
  "starch",
  "amino_acid",
];

/** Metric that the concepts of a question add up to, or undefined. `until`: the text says up to an age. */
export const metricOf = (concepts: ReadonlySet<string>, until: boolean): string | undefined => {
  const has: Has = (...ids) => ids.some((id) => concepts.has(id));
  if (has("fcr")) return "fcr";
  if (has("feed", "feed_intake") && has("gain", "daily_gain")) return "fcr";
  if (has("feed") && has("body_weight") && has("rate")) return "fcr";
  // "how much feed makes one of meat"
  if (has("feed", "feed_intake") && has("meat") && !has("yield", "percent", "total_meat_yield")) return "fcr";
  for (const [concept, metric] of Object.entries(NUTRIENTS))
    // the tables give digestible amino acids and available phosphorus: their totals are other numbers
    if (has(concept))
      return has("total") && /^(?:digestible_|phosphorus_)/.test(metric) ? `total_${concept}` : metric;
  // in a feed specification "chlorine" is chloride
  if (has("chlorine") && has("starter", "grower", "finisher")) return "chloride";
  // "they look fat, what do they weigh": the weight is asked for
  if (!has("body_weight")) for (const concept of OTHER_NUTRIENTS) if (has(concept)) return concept;
  if (has("uniformity")) return "uniformity";
  if (has("epef")) return "epef";
  return (
    yieldMetric(has) ??
    (has("feed", "feed_intake", "water_intake", "body_weight") ? undefined : hatchMetric(has)) ??
    gainMetric(has) ??
    (has("chick_weight") ? "chick_weight" : undefined) ??
    (has("egg_weight", "egg_mass", "cum_egg_mass") ? eggMetric(has, until) : undefined) ??
    (has("water", "water_verb", "water_intake", "millilitre", "litre") &&
    has("feed_intake") &&
    !has("feed", "daily_feed", "cum_feed")
      ? "water"
      : undefined) ??
    feedMetric(has, until) ??
    (has("weekly") && has("water_intake", "water") && !has("water_line") ? "weekly_water" : undefined) ??
    (has("water_intake") || (has("water", "water_verb") && !has("water_line")) ? "water" : undefined) ??
    (has("livability") ? "livability" : undefined) ??
    (has("mortality") || (has("die") && has("rate", "percent", "standard", "normal", "how_much", "how_many"))
      ? "mortality"
      : undefined) ??
    eggMetric(has, until) ??
    (has("body_weight") ? "body_weight" : undefined) ??
    // "how many grams should the scale show", "at the weighing, which value"
    (has("scale", "weighing") && has("how_much", "how_many", "gram", "standard", "what")
      ? "body_weight"
      : undefined) ??
    (has("heavy_bird") && has("how_much") ? "body_weight" : undefined) ??
    (has("feeder") && has("gram") && has("daily") ? "daily_feed" : undefined) ??
    // "on average how many g a day since placement"; "how many g per bird per day"
    (has("gram") && has("daily") && has("average") ? "avg_daily_gain" : undefined) ??
    (has("gram") && has("daily") && has("give") ? "daily_feed" : undefined) ??
    (has("gram") && has("daily") && has("per_bird", "bird", "hen", "layer") ? "daily_feed" : undefined)
  );
};

/** How a word like "total" or "average" on its own changes the metric of the question before. */
export const modified = (metric: string, concepts: ReadonlySet<string>): string | undefined => {
  const has: Has = (...ids) => ids.some((id) => concepts.has(id));
  if (has("total", "until") && metric === "daily_feed") return "cum_feed";
  if (has("daily") && metric === "cum_feed") return "daily_feed";
  if (has("average") && metric === "daily_gain") return "avg_daily_gain";
  if (has("daily") && metric === "avg_daily_gain" && !has("average")) return "daily_gain";
  return undefined;
};
