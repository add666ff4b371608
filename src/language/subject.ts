import type { Item } from "./items.ts";

/** How much a concept of a kind says about the subject of a text; kinds that are not here say nothing. */
const KIND_WEIGHT: Readonly<Record<string, number>> = {
  parasite: 3.0,
  disease: 2.7,
  species: 2.6,
  climate: 2.2,
  chemical: 2.0,
  metric: 1.9,
  nutrient: 1.5,
  management: 1.3,
  elsewhere: 1.2,
  phase: 1.1,
  housing: 1.1,
  feed: 0.95,
  part: 0.95,
  equipment: 0.85,
  event: 0.8,
  action: 0.7,
  sign: 1.6,
  drug: 1,
  product: 0.5,
  quality: 0.5,
  person: 0.45,
  comparison: 0.4,
  question: 0.3,
  time_relation: 0.3,
  breed: 0.3,
  animal: 0.25,
  unit: 0.2,
  sex: 0.2,
  qualifier: 0.17,
  thing: 0.9,
  state: 0.4,
  place: 0.3,
  doing: 0.3,
};
/** Questions of amount and the like stand in every text; only those that name a view of the subject count. */
const VIEWS = new Set(["treat", "prevent", "cause", "diagnose", "transmit", "symptom", "why", "when"]);
/** A word that no lexicon knows. */
export const WORD_WEIGHT = 1.15;
const LINE_WEIGHT = 1.35;
const NUMBER_WEIGHT = 0.4;

/** How much a concept of a kind says about the subject of a text. */
export const conceptWeight = (kind: string): number => KIND_WEIGHT[kind] ?? 0;

/** A narrow concept is also its wide one: passages on lamps answer a question on LED lamps, those on LED lamps better. */
const NARROW = 0.5;

/** Features of a concept, with their weights. */
export const conceptFeatures = (concept: {
  id: string;
  kind: string;
  broader?: string | undefined;
}): (readonly [key: string, weight: number])[] => {
  const weight = conceptWeight(concept.kind);
  return concept.broader === undefined
    ? [[`c:${concept.id}`, weight]]
    : [
        [`c:${concept.broader}`, weight],
        [`c:${concept.id}`, weight * NARROW],
      ];
};

const brandOf = (line: string): string => line.split(/[_~]/)[0] ?? line;

/**
 * What an understood text is about, each feature once: concepts (`c:`) by the weight of their kind, breeders (`l:`),
 * numbers (`n:`), and what `wordsOf` makes of each word that the lexicon does not know.
 */
export const subjectOf = (
  items: readonly Item[],
  wordsOf: (text: string) => readonly (readonly [key: string, weight: number])[],
): Map<string, number> => {
  const found = new Map<string, number>();
  const add = (key: string, weight: number): void => {
    if (weight > 0) found.set(key, Math.max(found.get(key) ?? 0, weight));
  };
  for (const item of items) {
    if (item.is === "concept") {
      const counts = item.kind !== "question" || VIEWS.has(item.id);
      if (counts && item.size > 1) for (const [key, weight] of conceptFeatures(item)) add(key, weight);
    } else if (item.is === "line") add(`l:${brandOf(item.ids[0] ?? "")}`, LINE_WEIGHT);
    else if (item.is === "number") add(`n:${item.value}`, NUMBER_WEIGHT);
    else if (item.is === "unknown") for (const [key, weight] of wordsOf(item.text)) add(key, weight);
  }
  return found;
};
