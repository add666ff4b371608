import type { LanguageWords } from "../language/lexicon.ts";
import { readingsAt } from "../language/lexicon.ts";
import { foldWord, tokenise } from "../language/normalise.ts";
import type { Reader } from "../language/read.ts";
import { conceptFeatures, subjectOf, WORD_WEIGHT } from "../language/subject.ts";
import { quantitiesAsked } from "./quantities.ts";

/** What a text is about, as countable features: its concepts, breeds, numbers, and the words that no lexicon knows. */
export type Features = ReadonlyMap<string, number>;

/** A pair of signs is less than a word. */
const PAIR_WEIGHT = 0.55;
/** Longer words are compared by their beginning: endings change, in most of the 16 languages. */
const STEM = 5;

const stem = (word: string): string => (word.length > STEM ? word.slice(0, STEM) : word);

const SIGNS = /^[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]+$/;

/** An unknown word: its stem, or pairs of signs where words have no gaps. */
const wordFeatures = (text: string): (readonly [string, number])[] => {
  const fold = foldWord(text.toLowerCase());
  const weight = SIGNS.test(text) ? PAIR_WEIGHT : WORD_WEIGHT;
  if (!SIGNS.test(fold)) return fold.length > 1 ? [[`w:${stem(fold)}`, weight]] : [];
  const signs = Array.from(fold);
  return signs.slice(1).map((sign, at) => [`w:${signs[at] ?? ""}${sign}`, weight]);
};

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
  for (const [key, weight] of subjectOf(reader.read(text, words.lang, undefined).items, wordFeatures))
    found.set(key, Math.max(weight, found.get(key) ?? 0));
  return found;
};

/** Letters that the parts of a compound have at least. */
const SHORTEST_HEAD = 3;
const SHORTEST_TAIL = 4;
/** "Wasserfilter" is a filter, and of water: each part is known a little less surely than the whole word. */
const PART_WEIGHT = 0.7;

/** The parts of a compound that nobody knows whole: a tail that a passage has, a head or tail that the lexicon has. */
const partsOf = (
  text: string,
  { phrases }: LanguageWords,
  has: (key: string) => boolean,
): [string, number][] => {
  const fold = foldWord(text.toLowerCase());
  if (SIGNS.test(fold) || has(`w:${stem(fold)}`)) return [];
  const parts: [string, number][] = [];
  const known = (part: string): void => {
    const readings = phrases.get(part);
    for (const { hit } of readings ? readingsAt(readings) : [])
      if (hit.is === "concept")
        for (const [key, weight] of conceptFeatures(hit)) parts.push([key, weight * PART_WEIGHT]);
  };
  for (let at = SHORTEST_HEAD; at <= fold.length - SHORTEST_TAIL; at += 1) {
    const tail = fold.slice(at);
    const key = `w:${stem(tail)}`;
    if (!has(key) && !phrases.get(tail)) continue;
    if (has(key)) parts.push([key, WORD_WEIGHT * PART_WEIGHT]);
    known(tail);
    known(fold.slice(0, at));
    return parts;
  }
  return parts;
};

/** Features of a question: those of its text, and what it asks an amount of. `has`: some passage has the feature. */
export const askedFeatures = (
  text: string,
  words: LanguageWords,
  reader: Reader,
  has: (key: string) => boolean,
): Map<string, number> => {
  const found = surfaceFeatures(text, words);
  const { items } = reader.read(text, words.lang, undefined);
  const ofWord = (word: string): readonly (readonly [string, number])[] => {
    const parts = partsOf(word, words, has);
    return parts.length > 0 ? parts : wordFeatures(word);
  };
  for (const [key, weight] of subjectOf(items, ofWord)) found.set(key, Math.max(weight, found.get(key) ?? 0));
  for (const name of quantitiesAsked(items)) found.set(`q:${name}`, ASKED_WEIGHT);
  return found;
};
/** How much it tells that a sentence gives an amount of what is asked. */
export const ASKED_WEIGHT = 1;
