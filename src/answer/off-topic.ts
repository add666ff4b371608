import type { Understood } from "./understand.ts";
import type { Answering } from "./house.ts";

/** Kinds of concepts that are about poultry wherever they stand. */
const KINDS = new Set([
  "disease",
  "parasite",
  "sign",
  "drug",
  "phase",
  "product",
  "animal",
  "housing",
  "event",
]);
/** The words of other kinds that a poultry house has to itself. */
const WORDS = new Set([
  ..."fcr hen_day hen_housed_rate egg_weight egg_mass eggs_per_hen_housed eggs_per_hen_day cum_egg_mass".split(
    " ",
  ),
  ..."carcass_yield breast_yield hatchability fertility hatch_of_fertile hatching_eggs chick_weight".split(
    " ",
  ),
  ..."chicks_per_hen uniformity epef daily_feed cum_feed daily_gain avg_daily_gain livability mortality".split(
    " ",
  ),
  ..."stocking_density water_intake nest perch incubator hatchery feeder drinker litter ammonia heat_stress".split(
    " ",
  ),
  ..."ventilation fogger cooling_pad inlet beak feather comb wattle crop gizzard vent oviduct yolk albumen".split(
    " ",
  ),
  ..."beak_trimming mating_ratio egg_collection egg_storage incubation candling sexing crop_fill lay hatch".split(
    " ",
  ),
  ..."vaccinate thinning all_in_all_out downtime biosecurity quarantine shell_quality yolk_colour double_yolk".split(
    " ",
  ),
  ..."mash pellet crumble oyster_shell mycotoxin toxin_binder feed feed_mill calcium lighting_programme".split(
    " ",
  ),
  ..."vaccination_programme weighing culling composting carcass_disposal slaughter manure house farm".split(
    " ",
  ),
]);
/** Beasts that nobody confuses with poultry. */
const BEASTS = new Set(["pig", "cattle", "sheep", "fish", "dog", "rabbit"]);
/** Birds and their eggs alone: they stand in recipes too. */
const BARE = new Set(["bird", "egg", "hen", "broiler", "chick", "meat"]);

/** Something in the text is about poultry, or it goes on from a question that was. */
export const isOnTopic = ({ parsed, text, search }: Understood): boolean =>
  search !== text ||
  parsed.lines.length > 0 ||
  parsed.choices.length > 0 ||
  parsed.topics.some(
    ({ id, kind }) => KINDS.has(kind) || WORDS.has(id) || (kind === "species" && !BEASTS.has(id)),
  );

/** A kitchen's question, or one about other beasts: nothing but the birds themselves is of the farm. */
const isElsewhere = ({ parsed }: Understood): boolean => {
  const farm = parsed.topics.some(({ id, kind }) => (KINDS.has(kind) || WORDS.has(id)) && !BARE.has(id));
  if (parsed.concepts.has("cooking")) return !farm;
  const named = parsed.topics.some(({ id }) => BARE.has(id) || id === "flock");
  return !named && parsed.topics.some(({ id }) => BEASTS.has(id));
};

/** Refused before anything is looked up. */
export const elsewhere: Answering = (question) =>
  question.frame === null && isElsewhere(question) ? REFUSAL : undefined;

/** Refused when nothing was found and nothing is about poultry. */
export const offTopic: Answering = (question) =>
  question.frame === null && !isOnTopic(question) && question.parsed.understood + question.parsed.unread > 0
    ? REFUSAL
    : undefined;

const REFUSAL = {
  via: "off_topic",
  frame: null,
  blocks: [{ type: "say", words: { key: "off_topic.general" } }, { type: "examples" }],
} as const satisfies ReturnType<Answering>;
