/**
 * What a number may be a number of: on each axis a text speaks of one value or another, and what is true of broilers is
 * not told of layers. A label stands for concepts that say the same.
 */
const AXES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bird: {
    broiler: "broiler",
    layer: "layer hen white_layer brown_layer",
    pullet: "pullet",
    breeder: "parent_stock hen",
    turkey: "turkey",
    duck: "duck",
    goose: "goose",
    quail: "quail",
    guinea_fowl: "guinea_fowl",
  },
  sex: { male: "male mixed_sex", female: "female hen mixed_sex" },
  strain: { white: "white_layer", brown: "brown_layer" },
  feathering: { fast: "fast_feather", slow: "slow_feather" },
  bound: { least: "minimum", most: "maximum" },
  daypart: { day: "daytime", night: "night" },
  season: {
    summer: "summer",
    winter: "winter",
    spring: "spring",
    autumn: "autumn",
    rainy: "rainy_season",
    dry: "dry_season",
  },
  heat: { hot: "hot", cold: "cold" },
  housing: { cage: "cage", loose: "alternative free_range organic" },
  walls: { closed: "dark_out closed_house", open: "open_sided" },
  form: { mash: "mash", pellet: "pellet", crumble: "crumble" },
  size: { light: "light_bird", heavy: "heavy_bird" },
  climate: {
    temperature: "temperature",
    humidity: "humidity",
    ammonia: "ammonia",
    carbon_dioxide: "carbon_dioxide",
    dust: "dust",
    air_speed: "air_speed",
    light_intensity: "light_intensity",
    pressure: "pressure",
  },
  metric: {
    body_weight: "body_weight chick_weight gain daily_gain avg_daily_gain",
    egg_weight: "egg_weight",
    daily_feed: "daily_feed feed_intake feed_amount",
    total_feed: "cum_feed feed_intake feed_amount",
    water: "water_intake",
    fcr: "fcr",
    mortality: "mortality",
    livability: "livability",
    laying: "hen_day hen_housed_rate",
    hatchability: "hatchability hatch_of_fertile",
    fertility: "fertility",
    uniformity: "uniformity",
    carcass: "carcass_yield",
    breast: "breast_yield",
  },
  equipment: { feeder: "feeder", drinker: "drinker", nest: "nest", perch: "perch" },
  feeder: { pan: "pan_feeder", chain: "chain_feeder", tube: "tube_feeder" },
  drinker: { nipple: "nipple_drinker", bell: "bell_drinker" },
  bedding: { shavings: "wood_shavings", sawdust: "sawdust", husk: "rice_husk", straw: "straw" },
  toxin: {
    aflatoxin: "aflatoxin",
    ochratoxin: "ochratoxin",
    fumonisin: "fumonisin",
    deoxynivalenol: "deoxynivalenol",
    zearalenone: "zearalenone",
    t2_toxin: "t2_toxin",
  },
  life: {
    brooding: "brooding",
    rearing: "rearing",
    laying: "laying_period",
    peak: "peak",
    moult: "moult",
    pre_starter: "pre_starter",
    starter: "starter",
    grower: "grower",
    finisher: "finisher",
    withdrawal_feed: "withdrawal_feed",
    developer: "developer",
    pre_lay: "pre_lay",
    layer_feed: "layer_feed",
  },
};
/** Units in which things are told that a number of another unit does not belong to. */
const MASS = ["gram"];
const SHARE = ["percent"];
export const UNITS: Readonly<Record<string, readonly string[]>> = {
  temperature: ["celsius"],
  humidity: SHARE,
  ammonia: ["ppm"],
  carbon_dioxide: ["ppm", "percent"],
  light_intensity: ["lux"],
  body_weight: ["gram", "percent"],
  egg_weight: MASS,
  daily_feed: ["gram", "percent"],
  total_feed: ["gram", "percent"],
  water: ["millilitre", "percent"],
  mortality: SHARE,
  livability: SHARE,
  laying: SHARE,
  hatchability: SHARE,
  fertility: SHARE,
  uniformity: SHARE,
  carcass: ["percent", "gram"],
  breast: ["percent", "gram"],
};

/** Kinds whose concepts each are a label of their own, but for those that name the kind. */
export const KINDS: Readonly<Record<string, string>> = {
  nutrient: "nutrient",
  disease: "disease",
  parasite: "disease",
};
export const GENERAL = new Set(
  "vitamin mineral amino_acid electrolyte disease infection virus bacteria worms predator".split(" "),
);

/** The labels of a concept, each with its axis. */
export const BY_CONCEPT = new Map<string, (readonly [axis: string, label: string])[]>();
for (const [axis, labels] of Object.entries(AXES))
  for (const [label, ids] of Object.entries(labels))
    for (const id of ids.split(" ")) BY_CONCEPT.set(id, [...(BY_CONCEPT.get(id) ?? []), [axis, label]]);
