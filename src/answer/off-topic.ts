import type { Topic } from "../question/relevance.ts";
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
  ..."heritage_breed vaccination_programme weighing culling composting carcass_disposal slaughter manure house farm".split(
    " ",
  ),
]);
/** Kinds and words that other beasts, crops and trades have too: beside one of those they tell nothing. */
const SHARED_KINDS = new Set(["sign", "drug", "event", "phase", "parasite"]);
const SHARED = new Set(
  "house farm manure slaughter composting weighing culling quarantine feed feed_mill calcium vaccinate mortality fertility ventilation ammonia water_intake mycotoxin toxin_binder biosecurity pellet mash vent downtime".split(
    " ",
  ),
);
/** Beasts that nobody confuses with poultry. */
const BEASTS = new Set(["pig", "cattle", "sheep", "fish", "dog", "rabbit"]);
/** Birds and their eggs alone: they stand in recipes and verses too. */
const BARE = new Set(["bird", "egg", "hen", "broiler", "chick", "meat"]);
/** Kinds of words that hint at a poultry house; two of them together are no accident. */
const HINTING_KINDS = new Set(["part", "equipment", "feed", "chemical", "climate", "management", "nutrient"]);
/** Words of those kinds that any day has. */
const EVERYDAY = new Set(
  "truck box fence boots sensor curtain advice training law insurance programme record night daytime weather season summer winter spring autumn light foot eye head leg skin blood heart bone fat salt".split(
    " ",
  ),
);
/** What a farmer asks beside a thing of the farm: its price, its maker. */
const ASKED_OF_FARMS = new Set(["cost", "maker"]);

const isFarms = ({ id, kind }: Topic): boolean =>
  KINDS.has(kind) || WORDS.has(id) || (kind === "species" && !BEASTS.has(id));
const isOnlyFarms = (topic: Topic): boolean =>
  isFarms(topic) && !SHARED_KINDS.has(topic.kind) && !SHARED.has(topic.id);

/** A rooster, or two words that are at home in a poultry house and that other days do not have. */
const isHinted = ({ parsed }: Understood): boolean =>
  parsed.concepts.has("male") ||
  parsed.topics.filter(
    ({ id, kind }) => (HINTING_KINDS.has(kind) && !EVERYDAY.has(id)) || ASKED_OF_FARMS.has(id),
  ).length >= FEWEST_HINTS;
const FEWEST_HINTS = 2;

/** Something in the text is about poultry, or it goes on from a question that was. */
export const isOnTopic = (question: Understood): boolean => {
  const { parsed, text, search } = question;
  return (
    search !== text ||
    parsed.lines.length > 0 ||
    parsed.choices.length > 0 ||
    parsed.topics.some(isFarms) ||
    isHinted(question)
  );
};

/** A kitchen's question, one about other beasts, or about sport, school, cars and the like. */
const isElsewhere = ({ parsed }: Understood): boolean => {
  if (parsed.lines.length + parsed.choices.length > 0) return false;
  const { topics, concepts } = parsed;
  if (concepts.has("cooking")) return !topics.some((topic) => isFarms(topic) && !BARE.has(topic.id));
  const named = topics.filter(isOnlyFarms);
  if (concepts.has("writing")) return named.every(({ id }) => BARE.has(id));
  return named.length === 0 && topics.some(({ id, kind }) => kind === "elsewhere" || BEASTS.has(id));
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
