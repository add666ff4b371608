import type { Rule } from "./rule.ts";
import { TAKEN, tellsDrug } from "./substances.ts";
import { tells, type Told } from "./told.ts";

const PEOPLE = ["child", "human", "doctor"];
/** People of the farm, who are also asked about for other reasons. */
const AT_WORK = [...PEOPLE, "worker", "farmer", "visitor"];
/** Signs that people have too. */
const ILLNESS = ["diarrhoea", "fever", "cough", "gasping", "weakness", "tremor", "swelling"];
/** A "child" is a chick in Hindi, and a bird coughs as a person does. */
const BIRDS = ["bird", "hen", "broiler", "layer", "pullet", "chick", "flock", "egg"];
/** What hurts in the air or on the skin. */
const HARMFUL = ["ammonia", "chlorine", "acid", "carbon_dioxide"];

/** "How many days after amoxicillin can I eat the eggs": food after a drug, which the rule on withdrawal answers. */
const eatsFood = (told: Told): boolean =>
  tells(told, ["egg", "meat"]) && tells(told, ["after"]) && !tells(told, ["child", "doctor", "exposed"]);

const applies = (told: Told): boolean => {
  if (tells(told, ["human_harm"])) return true;
  const taken = tells(told, TAKEN) || tellsDrug(told);
  if (taken && tells(told, PEOPLE) && !eatsFood(told)) return true;
  const exposed = tells(told, ["exposed"]);
  if (exposed && (taken || tells(told, HARMFUL)) && !tells(told, BIRDS)) return true;
  if (exposed && tells(told, AT_WORK)) return true;
  return tells(told, ILLNESS) && tells(told, AT_WORK) && !tells(told, BIRDS);
};

/** Medicines and poisons of the farm in or on people. */
export const human: Rule = {
  id: "human",
  trigger:
    "A person swallowed, injected or was splashed with something of the farm, feels ill, or asks what of it people may take.",
  stance: "instead",
  applies,
  covers: ["banned", "residues", "dose", "withdrawal", "vet_notice"],
  misses: [
    'a person told only by a name or a pronoun ("he drank it") beside birds',
    "a person who is ill, told together with birds and without a word for medicine",
  ],
};
