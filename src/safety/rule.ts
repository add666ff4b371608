import type { Told } from "./told.ts";

export type RuleId = "human" | "mass_death" | "banned" | "residues" | "dose" | "withdrawal" | "vet_notice";

/** One safety rule: it judges what was understood of a question, and its sentence is locales/<lang>/safety.json. */
export interface Rule {
  id: RuleId;
  /** When it applies, in one English sentence. */
  trigger: string;
  /** The sentence is the whole answer, or stands before or after one. */
  stance: "instead" | "before" | "after";
  applies(told: Told): boolean;
  /** Rules that need not be said beside this one, whose sentence says as much. */
  covers: readonly RuleId[];
  /** What it is known to miss or to catch in vain. */
  misses: readonly string[];
}
