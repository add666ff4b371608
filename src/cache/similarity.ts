import type { Meaning } from "./meaning.ts";

/** A passage that speaks to a question, and how surely (0 to 1). */
export interface Evidence {
  id: string;
  score: number;
}

/** A question as the semantic tier compares it: what it means, and the passages that speak to it, best first. */
export interface Asked {
  meaning: Meaning;
  evidence: readonly Evidence[];
}

/** How much a concept of a kind says about what is asked. */
const WEIGHT: Readonly<Record<string, number>> = {
  disease: 2,
  parasite: 2,
  species: 2,
  climate: 1.6,
  chemical: 1.6,
  nutrient: 1.6,
  event: 1.5,
  metric: 1.4,
  management: 1.3,
  sign: 1.3,
  drug: 1.2,
  equipment: 1,
  housing: 1,
  feed: 1,
  part: 1,
  sex: 1,
  negation: 1,
  phase: 0.9,
  action: 0.7,
  question: 0.5,
  comparison: 0.5,
  quality: 0.5,
  thing: 0.5,
  time_relation: 0.4,
  product: 0.4,
  animal: 0.4,
  qualifier: 0.4,
  person: 0.4,
  place: 0.25,
  state: 0.3,
  doing: 0.2,
  time: 0.2,
  measure: 0.15,
  notion: 0.15,
};
const OTHER = 0.3;
const NUMBER = 0.5;
const UNREAD = 0.7;

/** The share (0 to 1) of what either says that both say, and the weight of it. */
export const overlap = (a: Meaning, b: Meaning): { share: number; said: number } => {
  let shared = 0;
  let all = 0;
  const weigh = (weight: number, both: boolean): void => {
    all += weight;
    if (both) shared += weight;
  };
  for (const [id, kind] of a.concepts) weigh(WEIGHT[kind] ?? OTHER, b.concepts.has(id));
  for (const [id, kind] of b.concepts) if (!a.concepts.has(id)) weigh(WEIGHT[kind] ?? OTHER, false);
  for (const one of new Set([...a.numbers, ...b.numbers]))
    weigh(NUMBER, a.numbers.includes(one) && b.numbers.includes(one));
  for (const word of new Set([...a.unread, ...b.unread]))
    weigh(UNREAD, a.unread.includes(word) && b.unread.includes(word));
  return { share: all === 0 ? 0 : shared / all, said: shared };
};

/** A passage as sure as this share of the best one is as good as the best. */
const AS_GOOD = 0.8;
const among = (list: readonly Evidence[], id: string): boolean =>
  list.some((one) => one.id === id && one.score >= AS_GOOD * (list[0]?.score ?? 1));

/** 0 to 1: whether the same passages speak to both questions. */
export const sameEvidence = (a: readonly Evidence[], b: readonly Evidence[]): number => {
  const [first] = a;
  const [other] = b;
  if (!first || !other) return 0;
  if (first.id === other.id) return 1;
  const sides = Number(among(a, other.id)) + Number(among(b, first.id));
  if (sides > 0) return sides === 2 ? 0.9 : 0.6;
  return a.some(({ id }) => b.some((one) => one.id === id)) ? 0.3 : 0;
};

const BY_MEANING = 0.6;

/** 0 to 1: how surely two questions ask the same; the one score of the semantic tier. */
export const similarity = (a: Asked, b: Asked): number =>
  BY_MEANING * overlap(a.meaning, b.meaning).share + (1 - BY_MEANING) * sameEvidence(a.evidence, b.evidence);
