import type { Rule } from "./rule.ts";
import { countsGreatShare, namesGreatShare } from "./shares.ts";
import { tells, type Told } from "./told.ts";

const NOTIFIABLE = ["avian_influenza", "newcastle"];
const PLANNED = ["vaccine", "vaccinate", "prevent", "vaccination_programme", "transmit"];
const DEATHS = ["die", "mortality", "mass_death", "sudden_death"];
const SUDDEN = [
  "sudden_death",
  "mass_death",
  "fast",
  "night",
  "daily",
  "total",
  "high",
  "outbreak",
  "number_of",
];
const BIRDS = ["bird", "hen", "broiler", "layer", "pullet", "chick", "flock"];
const ASKED = ["normal", "standard", "rate", "percent", "average"];
/** Kinds of what hens lose and are none of them. */
const OTHER_LOSSES = ["metric", "part", "nutrient", "equipment", "management"];
const NOT_BIRDS = ["cost", "profit", "weight_loss", "feather_loss", "sell", "how_many"];
const INFLUENZA_SIGNS = ["blue_comb", "swelling", "nasal_discharge"];
const NEWCASTLE_SIGNS = ["twisted_neck", "green_droppings", "paralysis", "tremor", "gasping", "egg_drop"];

/** More dead birds than these at a time are not the daily losses of a flock. */
const FEW_DEAD = 10;

const applies = (told: Told): boolean => {
  const { concepts, count, countsBirds, pasted, asksNumber } = told;
  if (asksNumber) return false;
  if (tells(told, NOTIFIABLE) && (!tells(told, PLANNED) || tells(told, ["hide"]))) return true;
  if (tells(told, ["mass_death", "sudden_death"])) return true;
  const influenza = INFLUENZA_SIGNS.filter((id) => concepts.has(id)).length;
  const newcastle = NEWCASTLE_SIGNS.filter((id) => concepts.has(id)).length;
  const deaths = tells(told, DEATHS);
  // deaths or a disease kept from those who must know
  if (concepts.has("hide") && concepts.has("authority") && (deaths || concepts.has("disease"))) return true;
  if (concepts.has("blue_comb") && (influenza > 1 || deaths)) return true;
  if (concepts.has("twisted_neck") && (newcastle > 1 || deaths)) return true;
  if (pasted) return false;
  // "I lost half the batch", "all were found dead"; hens also lose feathers and weight
  const lost = concepts.has("lose") && !OTHER_LOSSES.some((kind) => told.kinds.has(kind));
  if ((lost || deaths) && !tells(told, [...ASKED, ...NOT_BIRDS])) {
    if (countsGreatShare(told.text)) return true;
    // half of the money is lost too
    if (namesGreatShare(told.text) && (deaths || countsBirds)) return true;
  }
  // "I lost 300 birds today"
  if (concepts.has("lose") && countsBirds && count >= FEW_DEAD) return true;
  // "all my birds died": told as it happened, not asked as a rate
  if (concepts.has("die") && tells(told, BIRDS) && !tells(told, ASKED)) return true;
  return deaths && (count >= FEW_DEAD || tells(told, SUDDEN) || influenza + newcastle > 0);
};

/** Deaths or signs that may be a notifiable disease. */
export const massDeath: Rule = {
  id: "mass_death",
  trigger:
    "Many birds died suddenly, or the text tells of avian influenza, Newcastle disease or their signs.",
  stance: "instead",
  applies,
  covers: ["withdrawal", "vet_notice"],
  misses: [
    "one sign alone (a blue comb, green droppings) without deaths",
    "deaths told only as a rate of a named line, which are answered from the table",
    "deaths inside a paste of many days' notes",
  ],
};
