import type { Embedder } from "../core/ports.ts";
import type { Item } from "./items.ts";
import { foldWord } from "./normalise.ts";
import type { Reader } from "./read.ts";
import { subjectOf, WORD_WEIGHT } from "./subject.ts";

const DIMENSIONS = 384;
/** Each feature is written into so many places, so that two that share one place by chance still differ. */
const PLACES = 8;
/** A longer unknown piece is no word. */
const LONGEST_WORD = 64;
const UNSPACED = /^[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff]/;

/** FNV-1a over the code units. */
const hash = (key: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) value = Math.imul(value ^ key.charCodeAt(at), 0x01000193);
  return value;
};
/** Spreads neighbouring hashes over all 32 bits (the last step of MurmurHash3). */
const spread = (value: number): number => {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

/** Runs of 3 to 5 letters with the word's ends marked; of 1 to 3 signs where a sign is nearly a word. */
const runsOf = (text: string): (readonly [string, number])[] => {
  const fold = foldWord(text.toLowerCase());
  const unspaced = UNSPACED.test(fold);
  const letters = Array.from(unspaced ? fold : `<${fold}>`).slice(0, LONGEST_WORD);
  const runs: string[] = [];
  for (let size = unspaced ? 1 : 3; size <= (unspaced ? 3 : 5); size += 1)
    for (let at = 0; at + size <= letters.length; at += 1)
      runs.push(`g:${letters.slice(at, at + size).join("")}`);
  // however many runs a word has, together they weigh one word
  return runs.map((run) => [run, WORD_WEIGHT / Math.sqrt(runs.length)]);
};

export interface BuiltinEmbedder extends Embedder {
  readonly dimensions: number;
  /** The vector of a text that has been read already. */
  ofItems(items: readonly Item[]): Float32Array;
}

/**
 * Embeds without weights: the concepts of the lexicon, breeders and numbers are the same in every language, and
 * words that it does not know are compared by their letters. All are hashed with signs into one unit vector.
 */
export const builtinEmbedder = (reader: Reader): BuiltinEmbedder => {
  const ofItems = (items: readonly Item[]): Float32Array => {
    const vector = new Float32Array(DIMENSIONS);
    for (const [key, weight] of subjectOf(items, runsOf)) {
      const seed = hash(key);
      const share = weight / Math.sqrt(PLACES);
      for (let place = 0; place < PLACES; place += 1) {
        const bits = spread(seed + Math.imul(place, 0x9e3779b1));
        const at = (bits >>> 1) % DIMENSIONS;
        vector[at] = (vector[at] ?? 0) + ((bits & 1) === 0 ? share : -share);
      }
    }
    let square = 0;
    for (const value of vector) square += value * value;
    if (square > 0) {
      const length = Math.sqrt(square);
      for (let at = 0; at < DIMENSIONS; at += 1) vector[at] = (vector[at] ?? 0) / length;
    }
    return vector;
  };
  return {
    id: "builtin-1",
    dimensions: DIMENSIONS,
    ofItems,
    embed: (texts) =>
      Promise.resolve(texts.map(({ text, lang }) => ofItems(reader.read(text, lang, undefined).items))),
  };
};
