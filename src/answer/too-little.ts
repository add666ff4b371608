import type { Understood } from "./understand.ts";

/** A run of unknown signs counts as one word; a long one is another question. */
const WITHOUT_SPACES: ReadonlySet<string> = new Set(["ja", "th", "zh"]);
const MOST_UNREAD_SIGNS = 6;

const QUANTITY_WORDS = new Set([
  "how_much",
  "how_many",
  "how",
  "what_age",
  "when",
  "normal",
  "standard",
  "what",
  "which",
  "need",
  "minimum",
  "maximum",
  "give",
  "is_it",
  "rate",
]);
/** Words that ask for an amount even where nothing measurable is named. */
const AMOUNT_WORDS = new Set([
  "how_much",
  "how_many",
  "what_age",
  "normal",
  "standard",
  "minimum",
  "maximum",
]);
/** Things that have a number of their own once bird and age are known. */
const MEASURED_KINDS = new Set(["metric", "nutrient"]);
const CLIMATE = [
  "temperature",
  "humidity",
  "light",
  "light_intensity",
  "day_length",
  "air_speed",
  "ventilation",
  "ammonia",
  "carbon_dioxide",
  "pressure",
];
const MEASURED = new Set([
  ...CLIMATE,
  // "are my birds too light?"
  "light_bird",
  "heavy_bird",
  "small",
  "big",
  "slow",
  "fast",
  "feed",
  "water",
  "egg",
  "hot",
  "cold",
  "heat",
  "sell",
  "slaughter",
  "transfer",
  "lay",
  "size",
  "celsius",
  "fahrenheit",
  "lux",
  "ph",
]);
/** Words that narrow nothing: which birds, which age or which circumstance stays open. */
const NEUTRAL_KINDS = new Set([
  "question",
  "qualifier",
  "function",
  "unit",
  "talk",
  "followup",
  "sex",
  "animal",
  "action",
  "comparison",
]);
const NEUTRAL = new Set([
  "heater",
  "lamp",
  "house",
  "farm",
  "size",
  "amount",
  "number_of",
  "rate",
  "high",
  "low",
  "quality",
  "hen",
]);
const HARMLESS = new Set(["better", "how", "store", "change", "heat", "where", "catch", "transfer"]);

/** "What temperature?", "At what age do I sell them?": one thing asked about and nothing that narrows it. */
export const asksTooLittle = ({ parsed, draft, lang }: Understood): boolean => {
  if (parsed.otherSpecies || parsed.understood === 0 || !parsed.blockers.every((id) => HARMLESS.has(id)))
    return false;
  if (
    draft.lines.length > 0 ||
    draft.ages.length > 0 ||
    draft.birds !== undefined ||
    draft.phase !== undefined
  )
    return false;
  if (WITHOUT_SPACES.has(lang) && parsed.unreadLength > MOST_UNREAD_SIGNS) return false;
  const things = parsed.topics.filter(({ kind, id }) => !NEUTRAL_KINDS.has(kind) && !NEUTRAL.has(id));
  const measured = parsed.topics.filter(({ kind, id }) => MEASURED_KINDS.has(kind) || MEASURED.has(id));
  const asked = parsed.topics.some(({ id }) => QUANTITY_WORDS.has(id)) || draft.unit !== undefined;
  if (
    things.length > 1 &&
    !things.every(({ kind, id }) => kind === "metric" || id === "feed" || id === "water" || id === "egg")
  )
    return false;
  // "what is the standard for a broiler?" lacks all else; "what temperature for broilers?" is a question of knowledge
  if (draft.product !== undefined && (measured.length > 0 || things.length > 1)) return false;
  if (draft.product !== undefined) return parsed.concepts.has("standard") && parsed.unread <= 1;
  if (measured.length === 0) {
    const amount = parsed.topics.some(({ id }) => AMOUNT_WORDS.has(id));
    return things.length === 0 && amount && parsed.unread <= (parsed.concepts.has("standard") ? 0 : 1);
  }
  const isMetric = draft.metric !== undefined;
  return (
    (asked || isMetric || measured.some(({ id }) => CLIMATE.includes(id))) &&
    parsed.unread <= (isMetric ? 2 : 1)
  );
};
