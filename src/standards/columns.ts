import type { Sex } from "../core/types.ts";

/** What a printed column means: its metric, its unit and its part of a range. */
export interface Column {
  metric: string;
  unit: string;
  role: "single" | "min" | "max" | "avg";
  /** Columns of a table without sex rows that hold one sex only. */
  sex?: Sex;
  /** Counted within rearing or laying and begun again at the start of lay. */
  inPhase?: true;
}

const single = (metric: string, unit: string): Column => ({ metric, unit, role: "single" });
const range = (stem: string, ending: string, column: Omit<Column, "role">): [string, Column][] => [
  [`${stem}_min${ending}`, { ...column, role: "min" }],
  [`${stem}_max${ending}`, { ...column, role: "max" }],
];

/** Key columns: they say which row it is. */
export const KEY_COLUMNS = new Set([
  "line",
  "sex",
  "age_days",
  "age_weeks",
  "phase",
  "housing",
  "rearing_house",
  "live_weight_g",
  "market",
  "nutrient",
  "feed_days",
  "unit",
  "feed_type",
]);

/** Every value column that a table may have; a column that is not here is refused at the start. */
export const COLUMNS: ReadonlyMap<string, Column> = new Map<string, Column>([
  ["body_weight_g", single("body_weight", "g")],
  ["daily_gain_g", single("daily_gain", "g")],
  ["avg_daily_gain_g", single("avg_daily_gain", "g")],
  ["daily_feed_g", single("daily_feed", "g")],
  ["cum_feed_g", single("cum_feed", "g")],
  ["cum_fcr", single("fcr", "")],
  ...range("body_weight", "_g", { metric: "body_weight", unit: "g" }),
  ["body_weight_avg_g", { metric: "body_weight", unit: "g", role: "avg" }],
  ...range("feed", "_g_per_bird_day", { metric: "daily_feed", unit: "g" }),
  ["feed_g_per_bird_day", single("daily_feed", "g")],
  ...range("cum_feed", "_g", { metric: "cum_feed", unit: "g" }),
  ...range("water", "_ml_per_bird_day", { metric: "water", unit: "ml" }),
  ["mortality_cum_in_phase_pct", { metric: "mortality", unit: "%", role: "single", inPhase: true }],
  ["mortality_cum_pct", single("mortality", "%")],
  ...range("female_mortality_cum", "_pct", { metric: "mortality", unit: "%", sex: "female", inPhase: true }),
  ...range("male_mortality_cum", "_pct", { metric: "mortality", unit: "%", sex: "male", inPhase: true }),
  ...range("female_weight", "_g", { metric: "body_weight", unit: "g", sex: "female" }),
  ...range("male_weight", "_g", { metric: "body_weight", unit: "g", sex: "male" }),
  ...range("hen_day", "_pct", { metric: "hen_day", unit: "%" }),
  ["total_eggs_pct_hen_week", single("hen_day", "%")],
  ["hen_housed_rate_pct", single("hen_housed_rate", "%")],
  ...range("cum_hen_day_eggs", "", { metric: "eggs_per_hen_day", unit: "eggs" }),
  ...range("cum_hen_housed_eggs", "", { metric: "eggs_per_hen_housed", unit: "eggs" }),
  ["cum_total_eggs_per_hen_housed", single("eggs_per_hen_housed", "eggs")],
  ...range("egg_weight", "_g", { metric: "egg_weight", unit: "g" }),
  ["egg_weight_g", single("egg_weight", "g")],
  ["cum_avg_egg_weight_g", single("avg_egg_weight", "g")],
  ["egg_mass_g_per_hen_day", single("egg_mass", "g")],
  ...range("cum_egg_mass", "_kg_per_hen_housed", { metric: "cum_egg_mass", unit: "kg" }),
  ["energy_kcal_per_bird_day", single("energy_intake", "kcal")],
  ["protein_g_per_bird_day", single("protein_intake", "g")],
  ["dig_lysine_mg_per_bird_day", single("lysine_intake", "mg")],
  ["hatching_eggs_pct_hen_week", single("hatching_eggs_rate", "%")],
  ["hatching_egg_pct", single("hatching_egg_pct", "%")],
  ["settable_pct", single("hatching_egg_pct", "%")],
  ["cum_hatching_eggs_per_hen_housed", single("hatching_eggs_per_hen_housed", "eggs")],
  ...range("cum_settable_hen_housed_eggs", "", { metric: "hatching_eggs_per_hen_housed", unit: "eggs" }),
  ["hatchability_pct", single("hatchability", "%")],
  ["hatch_pct", single("hatchability", "%")],
  ["cum_hatchability_pct", single("cum_hatchability", "%")],
  ["fertility_pct", single("fertility", "%")],
  ["cum_fertility_pct", single("cum_fertility", "%")],
  ["hatch_of_fertile_pct", single("hatch_of_fertile", "%")],
  ["cum_hatch_of_fertile_pct", single("cum_hatch_of_fertile", "%")],
  ["chicks_per_hen_housed_week", single("chicks_per_week", "chicks")],
  ["cum_chicks_per_hen_housed", single("chicks_per_hen_housed", "chicks")],
  ["chick_weight_g", single("chick_weight", "g")],
  ...range("female_chicks_week", "", { metric: "female_chicks_per_week", unit: "chicks" }),
  ...range("cum_female_chicks", "", { metric: "female_chicks", unit: "chicks" }),
  ["carcass_pct", single("carcass_yield", "%")],
  ["breast_pct", single("breast_yield", "%")],
  ["thigh_pct", single("thigh_yield", "%")],
  ["drumstick_pct", single("drumstick_yield", "%")],
  ["wing_pct", single("wing_yield", "%")],
  ["leg_pct", single("leg_yield", "%")],
  ["leg_meat_pct", single("leg_meat_yield", "%")],
  ["total_meat_pct", single("total_meat_yield", "%")],
  ["value_min", { metric: "nutrient", unit: "", role: "min" }],
  ["value_max", { metric: "nutrient", unit: "", role: "max" }],
]);

/** Metrics of the tables that grow from placement on: their difference over a range of ages is meaningful. */
export const CUMULATIVE = new Set([
  "cum_feed",
  "eggs_per_hen_housed",
  "eggs_per_hen_day",
  "cum_egg_mass",
  "hatching_eggs_per_hen_housed",
  "chicks_per_hen_housed",
  "female_chicks",
]);
