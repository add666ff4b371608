/** The safety sentences that stand before every answer until the full rules come: one fixed text each. */
export type SafetyRule = "mass_death" | "drugs" | "human";

/** Concepts of medicine whose mention is answered by the sentence on drugs; vaccines are not among them. */
const DRUGS = [
  "drug",
  "antibiotic",
  "dewormer",
  "coccidiostat",
  "painkiller",
  "amoxicillin",
  "enrofloxacin",
  "oxytetracycline",
  "tylosin",
  "colistin",
  "sulfonamide",
  "amprolium",
  "toltrazuril",
  "ionophore",
  "ivermectin",
  "levamisole",
  "fenbendazole",
  "chloramphenicol",
  "nitrofuran",
  "gentamicin",
  "hormone",
  "withdrawal_period",
  "residue",
  "prescription",
  "poison",
];
/** What people may take, drink or prick themselves with by mistake. */
const TAKEN = [...DRUGS, "dose", "vaccine", "injection", "disinfectant", "disinfecting_spray"];
const PEOPLE = ["child", "human", "doctor"];
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
const INFLUENZA_SIGNS = ["blue_comb", "swelling", "nasal_discharge"];
const NEWCASTLE_SIGNS = ["twisted_neck", "green_droppings", "paralysis", "tremor", "gasping", "egg_drop"];

export interface Told {
  concepts: ReadonlySet<string>;
  /** The text asks for a number of the breed standards. */
  asksNumber: boolean;
  /** Greatest number of birds, or share of them in %, that the text names. */
  count: number;
  /** The text counts birds. */
  countsBirds: boolean;
  /** A long text: its losses are those of many days. */
  pasted: boolean;
}

/** More dead birds than these at a time are not the daily losses of a flock. */
const FEW_DEAD = 10;

const isOutbreak = (
  { concepts, count, countsBirds, pasted }: Told,
  has: (ids: readonly string[]) => boolean,
): boolean => {
  if (has(NOTIFIABLE) && !has(PLANNED)) return true;
  if (has(["mass_death", "sudden_death"])) return true;
  const influenza = INFLUENZA_SIGNS.filter((id) => concepts.has(id)).length;
  const newcastle = NEWCASTLE_SIGNS.filter((id) => concepts.has(id)).length;
  const deaths = has(DEATHS);
  if (concepts.has("blue_comb") && (influenza > 1 || deaths)) return true;
  if (concepts.has("twisted_neck") && (newcastle > 1 || deaths)) return true;
  if (pasted) return false;
  // "I lost 300 birds today"
  if (concepts.has("lose") && countsBirds && count >= FEW_DEAD) return true;
  // "all my birds died": told as it happened, not asked as a rate
  if (concepts.has("die") && has(BIRDS) && !has(ASKED)) return true;
  return deaths && (count >= FEW_DEAD || has(SUDDEN) || influenza + newcastle > 0);
};

/** Which sentence a text calls for, by the concepts and numbers in it. */
export const safetyRule = (told: Told): SafetyRule | undefined => {
  const has = (ids: readonly string[]): boolean => ids.some((id) => told.concepts.has(id));
  if (has(TAKEN) && has(PEOPLE)) return "human";
  if (!told.asksNumber && isOutbreak(told, has)) return "mass_death";
  // "the daily dose of feed" is an amount of the tables
  return has(DRUGS) || (has(["dose"]) && !told.asksNumber) ? "drugs" : undefined;
};
