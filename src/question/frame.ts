import type { Frame, Product, Sex, Unit } from "../core/types.ts";
import type { LineEntry } from "../language/lexicon.ts";
import { BROILER_METRICS, EGG_METRICS, INTAKES, NUTRIENT_METRICS, YIELD_METRICS } from "./metric.ts";
import type { Parsed } from "./parse.ts";
import type { Age } from "./ages.ts";

/** The slots of a question as far as text and conversation fill them: what a follow-up changes one of. */
export interface Draft {
  lines: string[];
  choices: string[];
  product: Product | undefined;
  metric: string | undefined;
  ages: Age[];
  span: boolean;
  pair: boolean;
  sex: Sex | undefined;
  housing: Frame["housing"] | undefined;
  rearing_house: Frame["rearing_house"] | undefined;
  phase: string | undefined;
  market: string | undefined;
  unit: Unit | undefined;
  /** Asks for an amount of one day: a weight is not one. */
  daily?: boolean;
  /** Words beside a unit say that more than a plain weight is meant, and not what. */
  doubtful?: boolean;
  /** The unit % only names the metric: it was not asked for. */
  percentNames?: boolean;
  mass: number | undefined;
  percent: number | undefined;
  massUnit: Unit | undefined;
  ratio: number | undefined;
  birds: number | undefined;
  backwards: boolean;
  about: string[];
}

type Lines = Readonly<Record<string, LineEntry>>;

const WEEKS_A_MONTH = 30.4375 / 7;
const MASS_UNITS: ReadonlySet<Unit> = new Set(["g", "kg", "lb", "oz", "t", "mg"]);
const VOLUME_UNITS: ReadonlySet<Unit> = new Set(["ml", "l", "gal"]);
const MASS_METRICS = new Set([
  "body_weight",
  "daily_gain",
  "avg_daily_gain",
  "daily_feed",
  "cum_feed",
  "egg_weight",
  "avg_egg_weight",
  "egg_mass",
  "cum_egg_mass",
  "chick_weight",
  "protein_intake",
  "lysine_intake",
  "feed_amount_per_bird",
]);
const PERCENT_METRICS = new Set([
  "hen_day",
  "hen_housed_rate",
  "mortality",
  "livability",
  "hatchability",
  "fertility",
  "hatch_of_fertile",
  "cum_hatchability",
  "cum_fertility",
  "cum_hatch_of_fertile",
  "hatching_egg_pct",
  "hatching_eggs_rate",
]);

/** Whether an amount of a metric can be told in a unit. */
export const unitFits = (metric: string | null, unit: Unit): boolean => {
  if (metric === null) return true;
  if (metric === "water") return VOLUME_UNITS.has(unit);
  if (metric === "metabolizable_energy" || metric === "energy_intake")
    return unit === "kcal" || unit === "MJ";
  if (unit === "%")
    return PERCENT_METRICS.has(metric) || YIELD_METRICS.has(metric) || NUTRIENT_METRICS.has(metric);
  return MASS_UNITS.has(unit) && MASS_METRICS.has(metric);
};

/** Kind of bird that a question is about: its line's, or what its words and metric say. */
export const productOf = (draft: Draft, lines: Lines): Product | undefined => {
  const line = draft.lines[0] ?? draft.choices[0];
  if (line !== undefined) {
    const entry = lines[line] ?? lines[line.replace(/(?:_\d+|~.+)$/, "")];
    if (entry) return entry.kind;
    if (line.endsWith("_ps")) return "parent";
  }
  if (draft.product) return draft.product;
  if (draft.metric && EGG_METRICS.has(draft.metric)) return "layer";
  return draft.metric &&
    (BROILER_METRICS.has(draft.metric) ||
      YIELD_METRICS.has(draft.metric) ||
      NUTRIENT_METRICS.has(draft.metric))
    ? "broiler"
    : undefined;
};

const metricFor = (draft: Draft, product: Product | undefined): string | null => {
  const { metric, unit } = draft;
  if (metric === "chick_weight" && product !== "parent") return "body_weight";
  if (metric && product === "parent" && INTAKES[metric]) return INTAKES[metric] ?? null;
  if (metric) return metric;
  if (draft.phase === "peak" && product !== "broiler") return "hen_day";
  if (draft.backwards && draft.mass !== undefined) return "body_weight";
  if (draft.backwards && draft.percent !== undefined) return "hen_day";
  // grams a day are what a hen eats; a broiler may be meant to gain or to eat them
  if (unit && MASS_UNITS.has(unit) && draft.daily)
    return product === "layer" || product === "parent" ? "daily_feed" : null;
  if (unit && MASS_UNITS.has(unit)) return draft.doubtful ? null : "body_weight";
  if (unit && VOLUME_UNITS.has(unit)) return "water";
  if (unit === "%" && product === "layer") return "hen_day";
  return null;
};

const inWeeks = (age: Age): number => {
  if (age.unit === "week") return age.amount;
  return Number((age.unit === "month" ? age.amount * WEEKS_A_MONTH : age.days / 7).toFixed(3));
};

const sexFor = (draft: Draft, product: Product | undefined, lines: Lines): Sex => {
  if (product === "layer") return "as_hatched";
  if (product === "parent") {
    if (draft.sex === "male" || draft.sex === "female") return draft.sex;
    return lines[draft.lines[0] ?? ""]?.only?.sex ?? "female";
  }
  return draft.sex ?? "as_hatched";
};

const ageSlots = (
  draft: Draft,
  product: Product | undefined,
): Pick<Frame, "age_days" | "age_weeks" | "to_age" | "and_age"> => {
  const [first, last] = draft.backwards ? [] : fromPlacement(draft) ? draft.ages.slice(1) : draft.ages;
  const weeks =
    product === "layer" || product === "parent" || (product === undefined && first?.unit === "week");
  const read = weeks ? inWeeks : (age: Age): number => age.days;
  const to = last ? (draft.span ? { to_age: read(last) } : draft.pair ? { and_age: read(last) } : {}) : {};
  const age = first ? read(first) : null;
  return weeks ? { age_weeks: age, ...to } : { age_days: age, ...to };
};

/** Amounts that count from placement on. */
const TO_DATE = new Set(["cum_feed", "avg_daily_gain", "fcr", "mortality", "livability"]);

/** What is eaten "from the first day to six weeks" is just the cumulative feed at six weeks. */
const fromPlacement = ({ metric, span, ages }: Draft): boolean =>
  span && metric !== undefined && TO_DATE.has(metric) && ages.length === 2 && (ages[0]?.days ?? 0) <= 1;

/** Slots that only some metrics have; they are keys of the frame only where they carry meaning. */
const extras = (draft: Draft, metric: string | null, product: Product | undefined): Partial<Frame> => {
  const out: Partial<Frame> = {};
  if (draft.lines.length === 0 && product && draft.product) out.product = product;
  if (draft.housing && product === "layer") out.housing = draft.housing;
  if (draft.rearing_house && product === "parent") out.rearing_house = draft.rearing_house;
  const nutrition = metric !== null && NUTRIENT_METRICS.has(metric);
  const phased = nutrition || metric === "mortality" || metric === "livability" || draft.phase === "peak";
  if (draft.phase && phased) out.phase = draft.phase;
  if (nutrition && draft.market) out.market = draft.market;
  if (nutrition && draft.mass !== undefined) out.market = marketOfWeight(draft.mass);
  if (metric !== null && YIELD_METRICS.has(metric) && draft.mass !== undefined)
    out.live_weight_g = draft.mass;
  if (draft.birds !== undefined) out.birds = draft.birds;
  if (draft.backwards && draft.percent !== undefined && metric !== null && PERCENT_METRICS.has(metric))
    out.target = draft.percent;
  else if (draft.backwards && metric === "fcr" && draft.ratio !== undefined) out.target = draft.ratio;
  else if (draft.backwards && draft.mass !== undefined) out.target = draft.mass;
  if (draft.lines[1]) out.versus = draft.lines[1];
  if (draft.about.length > 0) out.about = draft.about;
  return out;
};

/** Ross feed specifications are told apart by the live weight the flock is grown to. */
const marketOfWeight = (grams: number): string => {
  if (grams <= 2000) return "up_to_2_kg";
  return grams <= 3500 ? "2_to_3_5_kg" : "over_3_5_kg";
};

/** The frame of a question with its defaults written in. */
export const frameOf = (draft: Draft, lines: Lines): Frame => {
  const product = productOf(draft, lines);
  const metric = metricFor(draft, product);
  const isName = draft.unit === "%" && draft.percentNames === true;
  return {
    line: draft.lines[0] ?? null,
    metric,
    ...ageSlots(draft, product),
    sex: sexFor(draft, product, lines),
    unit: draft.unit && unitFits(metric, draft.unit) && !isName ? draft.unit : null,
    ...extras(draft, metric, product),
  };
};

/** The slots of one text on its own. */
export const draftOf = (parsed: Parsed, lines: Lines): Draft => {
  const draft: Draft = {
    lines: parsed.lines,
    choices: parsed.choices,
    product: parsed.product,
    metric: parsed.metric,
    ages: parsed.ages,
    span: parsed.span,
    pair: parsed.pair,
    sex: parsed.sex,
    housing: parsed.housing,
    rearing_house: parsed.rearing_house,
    // "43 weeks, after the peak": the age says more
    phase: parsed.phase === "peak" && parsed.ages.length > 0 ? undefined : parsed.phase,
    market: parsed.market,
    unit: parsed.unit,
    percentNames: parsed.percentNames,
    daily: parsed.perDay,
    doubtful: parsed.doubtful,
    // "over 3.5 kg" is beyond the bound of the class below
    mass:
      parsed.mass !== undefined && parsed.concepts.has("more_than") && !parsed.backwards
        ? parsed.mass + 1
        : parsed.mass,
    percent: parsed.percent,
    massUnit: parsed.massUnit,
    ratio: parsed.ratio,
    birds: parsed.birds,
    backwards: parsed.backwards,
    about: parsed.about,
  };
  const product = productOf(draft, lines);
  if (parsed.phase === "peak" && draft.phase === undefined && product !== "broiler")
    draft.metric ??= "hen_day";
  if (draft.sex === undefined && parsed.henWord && product === "broiler") draft.sex = "female";
  // one number that nothing explains, in a question that lacks just an age, is the age
  const [only] = parsed.bare;
  if (
    draft.ages.length === 0 &&
    !draft.backwards &&
    parsed.bare.length === 1 &&
    only !== undefined &&
    draft.lines.length > 0
  )
    draft.ages = bareAge(only, product);
  return draft;
};

const OLDEST_BROILER_DAYS = 70;
const OLDEST_BROILER_WEEKS = 10;
const OLDEST_LAYER_WEEKS = 110;

/** A number on its own as an age in the unit of that kind of bird, or in weeks after weeks; none when it cannot be one. */
export const bareAge = (value: number, product: Product | undefined, inWeeks = false): Age[] => {
  if (product === "layer" || product === "parent" || (inWeeks && value <= OLDEST_BROILER_WEEKS))
    return value > 0 && value <= OLDEST_LAYER_WEEKS ? [{ days: value * 7, unit: "week", amount: value }] : [];
  return value >= 0 && value <= OLDEST_BROILER_DAYS ? [{ days: value, unit: "day", amount: value }] : [];
};
