/** The safety sentences that stand before every answer until the full rules come: one fixed text each. */
export type SafetyRule = "mass_death" | "drugs" | "human";

/** Concepts of medicine whose mention is answered by the sentence on drugs; vaccines are not among them. */
const DRUGS = new Set([
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
  "dose",
  "withdrawal_period",
  "residue",
  "prescription",
  "poison",
]);
const PEOPLE = ["child", "human", "doctor"];
const NOTIFIABLE = ["avian_influenza", "newcastle"];
const PLANNED = ["vaccine", "vaccinate", "prevent", "vaccination_programme", "transmit"];

/** Which sentence a text calls for, by the concepts in it; `dead` is a number of birds told as dead. */
export const safetyRule = (concepts: ReadonlySet<string>, asksNumber: boolean): SafetyRule | undefined => {
  const has = (ids: Iterable<string>): boolean => [...ids].some((id) => concepts.has(id));
  const drugs = has(DRUGS);
  if (drugs && has(PEOPLE)) return "human";
  if (!asksNumber && has(["mass_death", "sudden_death"])) return "mass_death";
  if (has(NOTIFIABLE) && !has(PLANNED)) return "mass_death";
  return drugs ? "drugs" : undefined;
};
