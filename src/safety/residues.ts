import type { Rule } from "./rule.ts";
import { TAKEN, tellsDrug } from "./substances.ts";
import { tells, type Told } from "./told.ts";

const TREATED = ["treat", "injection", "prescription"];
const FOOD = ["egg", "meat", "bird", "hen", "broiler", "layer", "flock"];
const MARKET = ["sell", "slaughter"];
/** Things of which more than planned is no overdose of a drug. */
const MEASURED = ["metric", "nutrient", "feed"];

const isOverdose = (told: Told): boolean =>
  (tells(told, ["overdose"]) || (tells(told, ["twofold", "too_much"]) && tellsDrug(told))) &&
  !told.asksNumber &&
  (tells(
    told,
    TAKEN.filter((id) => id !== "overdose"),
  ) ||
    tellsDrug(told) ||
    !MEASURED.some((kind) => told.kinds.has(kind)));

const applies = (told: Told): boolean => {
  if (isOverdose(told)) return true;
  const treated = tellsDrug(told) || tells(told, TREATED);
  const waits = tells(told, ["withdrawal_period"]);
  if (tells(told, ["residue"]) && tells(told, ["authority"])) return true;
  if (tells(told, ["hide"]) && (treated || waits || tells(told, ["residue"]))) return true;
  if (tells(told, ["skip"]) && (waits || (treated && tells(told, ["residue"])))) return true;
  if (waits && tells(told, ["without", "short", "decrease"])) return true;
  // "can I sell eggs while they get tylosin"
  const ships = tells(told, MARKET) && tells(told, FOOD);
  return (
    ships && (tells(told, ["under_treatment"]) || ((treated || waits) && tells(told, ["during", "skip"])))
  );
};

/** Food with residues, and more of a drug than its label says. */
export const residues: Rule = {
  id: "residues",
  trigger:
    "The text is about hiding residues, skipping or shortening a withdrawal period, selling eggs or meat during treatment, or giving more than the dose.",
  stance: "instead",
  applies,
  covers: ["dose", "withdrawal", "vet_notice"],
  misses: [
    'a withdrawal period that is too short in numbers only ("sell two days after tylosin"): the rule on withdrawal answers it',
    "an honest question how to keep food free of residues is answered by the same sentence",
  ],
};
