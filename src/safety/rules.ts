import { banned } from "./banned.ts";
import { dose } from "./dose.ts";
import { human } from "./human.ts";
import { massDeath } from "./mass-death.ts";
import { residues } from "./residues.ts";
import type { Rule } from "./rule.ts";
import type { Told } from "./told.ts";
import { vetNotice } from "./vet-notice.ts";
import { withdrawal } from "./withdrawal.ts";

/** All rules, the most urgent first. */
export const RULES: readonly Rule[] = [human, massDeath, banned, residues, dose, withdrawal, vetNotice];

/** The rules that a text calls for, the most urgent first, without those that a more urgent one says as well. */
export const rulesFor = (told: Told): Rule[] => {
  const said: Rule[] = [];
  for (const rule of RULES)
    if (!said.some(({ covers }) => covers.includes(rule.id)) && rule.applies(told)) said.push(rule);
  return said;
};
