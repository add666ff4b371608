import type { Rule } from "./rule.ts";
import { fuelsBirds } from "./fuels.ts";
import { DRUG_TALK, tellsDrug } from "./substances.ts";
import { tells, type Told } from "./told.ts";
import { asksWithdrawal } from "./withdrawal.ts";

/** What has a dose and is no drug: nutrients, chlorine of the water, feed additives. */
const ADDED = ["probiotic", "enzyme", "premix", "grit", "oyster_shell", "toxin_binder", "formula"];
const ILL = ["disease", "parasite", "sign"];

const isOfFeed = (told: Told): boolean =>
  (told.kinds.has("nutrient") || told.kinds.has("chemical") || tells(told, ADDED)) &&
  !tells(told, ["treat", "injection"]) &&
  !ILL.some((kind) => told.kinds.has(kind));

const applies = (told: Told): boolean => {
  if (tellsDrug(told)) return !asksWithdrawal(told) || tells(told, ["dose", "overdose"]);
  if (fuelsBirds(told)) return true;
  // "the daily dose of feed" is an amount of the tables
  if (tells(told, ["dose", "overdose"]) && !told.asksNumber && !isOfFeed(told)) return true;
  return tells(told, DRUG_TALK) && !tells(told, ["mycotoxin"]) && !asksWithdrawal(told);
};

/** Doses and treatments: the veterinarian's and the label's. */
export const dose: Rule = {
  id: "dose",
  trigger:
    "The text asks for a dose, for a treatment with a drug or a poison for parasites, or for fuel on birds.",
  stance: "instead",
  applies,
  covers: ["withdrawal", "vet_notice"],
  misses: [
    'a treatment asked for without a drug or a dose ("what helps against coccidiosis"): the answer carries the notice of the veterinarian',
    "a question what a drug is gets the same sentence",
  ],
};
