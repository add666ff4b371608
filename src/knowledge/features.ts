import type { Item } from "../language/items.ts";
import type { LanguageWords } from "../language/lexicon.ts";
import { readingsAt } from "../language/lexicon.ts";
import { foldWord, tokenise } from "../language/normalise.ts";
import type { Reader } from "../language/read.ts";

/** What a text is about, as countable features: its concepts, breeds, numbers, and the words that no lexicon knows. */
export type Features = ReadonlyMap<string, number>;

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
};
/** Questions of amount and the like stand in every text; only those that name a view of the subject count. */
const VIEWS = new Set(["treat", "prevent", "cause", "diagnose", "transmit", "symptom", "why", "when"]);
const WORD_WEIGHT = 1.15;
/** A pair of signs is less than a word. */
const PAIR_WEIGHT = 0.55;
const LINE_WEIGHT = 1.35;
const NUMBER_WEIGHT = 0.4;
/** Longer words are compared by their beginning: endings change, in most of the 16 languages. */
const STEM = 5;

const stem = (word: string): string => (word.length > STEM + 1 ? word.slice(0, STEM) : word);

const SIGNS = /^[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]+$/;

/** The unknown words of a text: stems, or pairs of signs where words have no gaps. */
const wordFeatures = (text: string): string[] => {
  const fold = foldWord(text.toLowerCase());
  if (!SIGNS.test(fold)) return fold.length > 1 ? [`w:${stem(fold)}`] : [];
  const signs = Array.from(fold);
  return signs.slice(1).map((sign, at) => `w:${signs[at] ?? ""}${sign}`);
};

const brandOf = (line: string): string => line.split(/[_~]/)[0] ?? line;

/** The words of a text as they are written, whatever they mean: two texts that share them are nearer. */
export const surfaceFeatures = (text: string, { phrases }: LanguageWords): Map<string, number> => {
  const found = new Map<string, number>();
  let before = "";
  for (const { kind, fold } of tokenise(text)) {
    if (kind === "word" && fold.length > 2) {
      const known = phrases.get(fold);
      const grammar = known ? readingsAt(known).some(({ hit }) => hit.is === "function") : false;
      if (!grammar) found.set(`w:${stem(fold)}`, WRITTEN_WEIGHT);
    }
    if (kind === "sign" && before !== "") found.set(`w:${before}${fold}`, SIGNS_WEIGHT);
    before = kind === "sign" ? fold : "";
  }
  return found;
};
const WRITTEN_WEIGHT = 0.4;
const SIGNS_WEIGHT = 0.35;

/** Features of a text: what it means, and how it is written. */
export const textFeatures = (text: string, words: LanguageWords, reader: Reader): Map<string, number> => {
  const found = surfaceFeatures(text, words);
  for (const [key, weight] of featuresOf(reader.read(text, words.lang, undefined).items))
    found.set(key, Math.max(weight, found.get(key) ?? 0));
  return found;
};

/** Features of an understood text; each counts once, by the weight of its kind. */
const featuresOf = (items: readonly Item[]): Map<string, number> => {
  const found = new Map<string, number>();
  const add = (key: string, weight: number): void => {
    if (weight > 0) found.set(key, Math.max(found.get(key) ?? 0, weight));
  };
  for (const item of items) {
    if (item.is === "concept") {
      const counts = item.kind !== "question" || VIEWS.has(item.id);
      if (counts && item.size > 1) add(`c:${item.id}`, KIND_WEIGHT[item.kind] ?? 0);
    } else if (item.is === "line") add(`l:${brandOf(item.ids[0] ?? "")}`, LINE_WEIGHT);
    else if (item.is === "number") add(`n:${item.value}`, NUMBER_WEIGHT);
    else if (item.is === "unknown")
      for (const key of wordFeatures(item.text)) add(key, SIGNS.test(item.text) ? PAIR_WEIGHT : WORD_WEIGHT);
  }
  return found;
};

/** The weight of a passage's own list of concepts, by kind. */
export const conceptWeight = (kind: string): number => KIND_WEIGHT[kind] ?? 0;
