import type { Rule } from "./rule.ts";
import type { Told } from "./told.ts";
import { tellsDrug } from "./substances.ts";

const HEALTH = new Set(["disease", "parasite", "drug"]);
/** Signs of husbandry rather than of illness. */
const HUSBANDRY = new Set([
  "noise",
  "smell",
  "dirty_egg",
  "floor_egg",
  "cracked_egg",
  "huddling",
  "panting",
  "wet_litter",
  "broodiness",
  "stress",
]);

const applies = (told: Told): boolean => {
  if (told.asksNumber) return false;
  if (Array.from(HEALTH).some((kind) => told.kinds.has(kind)) || tellsDrug(told)) return true;
  if (!told.kinds.has("sign")) return false;
  return told.signs.some((id) => !HUSBANDRY.has(id));
};

/** Health is a veterinarian's: said once a thread by the caller, who keeps that state. */
export const vetNotice: Rule = {
  id: "vet_notice",
  trigger: "The text is about a disease, a parasite, signs of illness, a vaccine or a drug.",
  stance: "after",
  applies,
  covers: [],
  misses: ["illness told without a word that the lexicon knows as a sign"],
};
