import { namesDrug } from "./drug-names.ts";
import { tells, type Told } from "./told.ts";

/** Never given to a bird that is eaten or lays, whoever asks. */
export const BANNED = ["chloramphenicol", "nitrofuran", "nitroimidazole", "hormone", "human_medicine"];

/** Substances that treat bacteria: what is given "to grow faster" is one of these. */
export const ANTIBACTERIALS = [
  "drug",
  "antibiotic",
  "amoxicillin",
  "enrofloxacin",
  "oxytetracycline",
  "tylosin",
  "colistin",
  "sulfonamide",
  "gentamicin",
];

/** Medicines by name or kind; vaccines are not among them. */
export const DRUGS = [
  ...ANTIBACTERIALS,
  ...BANNED,
  "dewormer",
  "coccidiostat",
  "painkiller",
  "amprolium",
  "toltrazuril",
  "ionophore",
  "ivermectin",
  "levamisole",
  "fenbendazole",
];

/** Words of a question about medicines, though they name none. */
export const DRUG_TALK = ["prescription", "poison"];

/** What people may take, drink, splash or prick themselves with by mistake. */
export const TAKEN = [
  ...DRUGS,
  ...DRUG_TALK,
  "residue",
  "withdrawal_period",
  "dose",
  "overdose",
  "vaccine",
  "injection",
  "disinfectant",
  "disinfecting_spray",
];

export const tellsDrug = (told: Told): boolean => tells(told, DRUGS) || namesDrug(told.text);
