import type { Lang, Passage } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import type { Reader } from "../language/read.ts";
import { conceptWeight } from "../language/subject.ts";
import { ASKED_WEIGHT, textFeatures, type Features } from "./features.ts";
import { quantitiesStated, spansStated } from "./quantities.ts";

interface Posting {
  at: number;
  weight: number;
}

/** Passages by what they are about, in the words of one language. */
export interface PassageIndex {
  passages: readonly Passage[];
  postings: ReadonlyMap<string, readonly Posting[]>;
  /** Sum of a passage's own weights, to tell a narrow passage from a wide one. */
  sizes: Float32Array;
  /** Breeders that each passage names. */
  brands: readonly (readonly string[])[];
  /** Passages that hold for meat birds alone, and for laying birds alone. */
  broilersOnly: ReadonlySet<number>;
  layersOnly: ReadonlySet<number>;
  /** Spans of numbers that each passage names. */
  spans: readonly (readonly (readonly [number, number])[])[];
  /** How telling a feature is: 1 for one that no passage has, less the more passages have it. */
  rarity(feature: string): number;
}

/** Features that say which kind of bird is meant. */
export const MEAT = ["c:broiler"];
export const LAYING = ["c:layer", "c:pullet", "c:brown_layer", "c:white_layer"];

/** A passage's list of concepts counts less than what its main sentence says in the asker's words. */
const LISTED = 0.55;
const TITLED = 0.8;

/** Indexes our passages in one language by their main sentence, their title and their concepts. */
export const indexPassages = (
  passages: readonly Passage[],
  lang: Lang,
  lexicon: Lexicon,
  reader: Reader,
): PassageIndex => {
  const postings = new Map<string, Posting[]>();
  const post = (key: string, at: number, weight: number): void => {
    const found = postings.get(key);
    if (found) found.push({ at, weight });
    else postings.set(key, [{ at, weight }]);
  };
  const spans: [number, number][][] = [];
  const sizes = new Float32Array(passages.length);
  const brands: string[][] = [];
  const broilersOnly = new Set<number>();
  const layersOnly = new Set<number>();
  for (const [at, passage] of passages.entries()) {
    const all = new Map<string, number>();
    const take = (features: Features, share: number): void => {
      for (const [key, weight] of features) all.set(key, Math.max(all.get(key) ?? 0, weight * share));
    };
    take(textFeatures(passage.gist?.[lang] ?? passage.text, lexicon.languages[lang], reader), 1);
    take(textFeatures(`${passage.title}. ${passage.applies}`, lexicon.languages.en, reader), TITLED);
    for (const id of passage.concepts)
      take(new Map([[`c:${id}`, conceptWeight(lexicon.concepts[id]?.kind ?? "")]]), LISTED);
    // our sentences say the same in every language: what they measure is read off the English one
    const measured = passage.gist?.en ?? passage.text;
    spans.push(spansStated(measured));
    let size = 0;
    for (const [key, weight] of all) {
      // no passage is about sport or money: a word of theirs in it means something else
      if (key.startsWith("c:") && lexicon.concepts[key.slice(2)]?.kind === "elsewhere") continue;
      size += weight;
      post(key, at, weight);
    }
    sizes[at] = size;
    for (const name of quantitiesStated(measured)) post(`q:${name}`, at, ASKED_WEIGHT);
    const meat = MEAT.some((key) => all.has(key));
    const laying = LAYING.some((key) => all.has(key));
    if (meat && !laying) broilersOnly.add(at);
    if (laying && !meat) layersOnly.add(at);
    brands.push([...all.keys()].filter((key) => key.startsWith("l:")));
  }
  const most = Math.log(1 + passages.length);
  return {
    passages,
    postings,
    sizes,
    brands,
    spans,
    broilersOnly,
    layersOnly,
    rarity: (feature) => {
      const count = postings.get(feature)?.length ?? 0;
      return Math.log((passages.length + 1) / (count + 1)) / most;
    },
  };
};
