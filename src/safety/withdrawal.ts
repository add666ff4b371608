import type { Rule } from "./rule.ts";
import { tellsDrug } from "./substances.ts";
import { tells, type Told } from "./told.ts";

const FOOD = ["egg", "meat"];
const USED = ["sell", "slaughter", "feed_intake", "after", "what_age"];

/** What is known of withdrawal is on the label: the question is answered by it, whatever the drug. */
export const asksWithdrawal = (told: Told): boolean => {
  if (tells(told, ["withdrawal_period", "residue"])) return true;
  const treated = tellsDrug(told) || tells(told, ["treat"]);
  return (
    treated &&
    tells(told, USED) &&
    (tells(told, FOOD) || (tellsDrug(told) && tells(told, ["sell", "slaughter"])))
  );
};

/** Food after a drug. */
export const withdrawal: Rule = {
  id: "withdrawal",
  trigger: "The text asks about the withdrawal period of a drug, its residues, or food from treated birds.",
  stance: "instead",
  applies: asksWithdrawal,
  covers: ["vet_notice"],
  misses: ["food after a feed additive that the lexicon does not know as a drug"],
};
