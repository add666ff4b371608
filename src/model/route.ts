import type { Lang } from "../core/types.ts";

export interface Difficulty {
  /** The question as it is understood. */
  text: string;
  lang: Lang;
  /** Concepts of the lexicon that it names. */
  concepts: ReadonlySet<string>;
  /** How surely the best passage is about it, 0 to 1; undefined when none was found. */
  found: number | undefined;
}

export type Reason = "explains" | "compares" | "long" | "many_concepts" | "weak_sources" | "simple";

/** Concepts of questions that ask for reasoning over the passages, not for a sentence of one. */
const EXPLAINS = ["why", "how", "cause", "diagnose"];
const COMPARES = ["compare", "difference", "better", "worse"];
/** A question of one clause is shorter, in letters of an alphabet. */
const LONG = 140;
/** Letters of an alphabet that one sign stands for, roughly: these scripts write a word in one or two signs. */
const WEIGHT: Partial<Record<Lang, number>> = { zh: 3, ja: 2 };
const MANY = 6;
/** Below this the passages are near the question rather than about it, and a small model tells them as if they were. */
const WEAK = 0.5;

/** Large or small model, and why. Any reason for the large one is enough: a wrong answer costs more than a second. */
export const routeOf = (question: Difficulty): { route: "main" | "fast"; reasons: Reason[] } => {
  const { text, lang, concepts, found } = question;
  const reasons: Reason[] = [];
  if (EXPLAINS.some((concept) => concepts.has(concept))) reasons.push("explains");
  if (COMPARES.some((concept) => concepts.has(concept))) reasons.push("compares");
  if (text.length * (WEIGHT[lang] ?? 1) > LONG) reasons.push("long");
  if (concepts.size >= MANY) reasons.push("many_concepts");
  if (found === undefined || found < WEAK) reasons.push("weak_sources");
  return reasons.length > 0 ? { route: "main", reasons } : { route: "fast", reasons: ["simple"] };
};
