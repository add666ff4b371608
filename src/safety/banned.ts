import type { Rule } from "./rule.ts";
import { ANTIBACTERIALS, BANNED } from "./substances.ts";
import { namesDrug } from "./drug-names.ts";
import { tells, type Told } from "./told.ts";

const GROWTH = ["grow", "gain", "daily_gain", "avg_daily_gain", "body_weight"];
const MORE = ["fast", "increase", "improve", "big", "heavy_bird", "high", "more_than", "better", "add"];

const ILL = ["disease", "parasite", "sign"];

const applies = (told: Told): boolean => {
  if (tells(told, BANNED)) return true;
  if (!tells(told, ANTIBACTERIALS) && !namesDrug(told.text)) return false;
  if (tells(told, ["treat"]) || ILL.some((kind) => told.kinds.has(kind))) return false;
  // "which antibiotic makes them grow faster"; in some languages growing fast is one word
  return tells(told, ["fast"]) || (tells(told, GROWTH) && (tells(told, ["grow"]) || tells(told, MORE)));
};

/** Substances that no bird that is eaten or lays may get, and antibiotics for growth. */
export const banned: Rule = {
  id: "banned",
  trigger:
    "The text is about chloramphenicol, nitrofurans, nitroimidazoles, hormones, growth promoters or human medicine for birds, or about antibiotics to grow faster.",
  stance: "instead",
  applies,
  covers: ["residues", "dose", "withdrawal", "vet_notice"],
  misses: [
    "substances that are banned in some countries only",
    "trade names that the lexicon does not have",
    "the birds' own hormones are taken for given ones",
    "how fast an antibiotic works is answered as if it were given for growth",
  ],
};
