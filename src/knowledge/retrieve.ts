import type { Found, Retriever } from "../core/ports.ts";
import type { Lang, Passage } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import type { Reader } from "../language/read.ts";
import type { DocumentSearch } from "./documents.ts";
import { textFeatures, type Features } from "./features.ts";
import { indexPassages, LAYING, MEAT, type PassageIndex } from "./index-passages.ts";

/** A word that no passage has may be noise as well as the subject: it counts half. */
const UNSEEN = 0.5;
/** Known words as written add to what is covered and take nothing from it: the same is said in other words. */
const WRITTEN_AT_MOST = 0.5;
/** Asked for, these are the subject: a passage that is not about them does not answer, whatever else it shares. */
const SUBJECTS = new Set(["cost", "profit", "buy", "law", "certificate", "insurance", "export_trade"]);

/** True for a passage that names breeders, and none of those asked about: another breed's figure is never given. */
const isOfOthers = (index: PassageIndex, at: number, brands: readonly string[]): boolean => {
  const own = index.brands[at] ?? [];
  return own.length > 0 && !own.some((brand) => brands.includes(brand));
};

/** The same for a chunk of a document, by the features that it has itself. */
const coverageOf = (
  index: PassageIndex,
  asked: Features,
  own: Features,
): { score: number; evidence: number } => {
  let total = 0;
  let covered = 0;
  for (const [key, weight] of asked) {
    const has = own.get(key) ?? 0;
    const known = has > 0 || index.postings.has(key);
    const telling = weight * index.rarity(key) * (known ? 1 : UNSEEN);
    if (weight > WRITTEN_AT_MOST || !key.startsWith("w:")) total += telling;
    covered += telling * Math.min(1, has / weight);
  }
  return { score: total === 0 ? 0 : Math.min(1, covered / total), evidence: covered };
};

interface Ranked {
  at: number;
  score: number;
  evidence: number;
}

/** How surely each passage is about what is asked: the share of the question's weight that it covers. Best first. */
const rank = (index: PassageIndex, asked: Features): Ranked[] => {
  const covered = new Float32Array(index.passages.length);
  let total = 0;
  const subjects: string[] = [];
  for (const [key, weight] of asked) {
    const found = index.postings.get(key);
    const telling = weight * index.rarity(key) * (found ? 1 : UNSEEN);
    if (weight > WRITTEN_AT_MOST || !key.startsWith("w:")) total += telling;
    if (key.startsWith("c:") && SUBJECTS.has(key.slice(2))) subjects.push(key.slice(2));
    for (const { at, weight: own } of found ?? [])
      covered[at] = (covered[at] ?? 0) + telling * Math.min(1, own / weight);
  }
  if (total === 0) return [];
  const brands = [...asked.keys()].filter((key) => key.startsWith("l:"));
  // a broiler's figure is none for a layer
  const meat = MEAT.some((key) => asked.has(key));
  const laying = LAYING.some((key) => asked.has(key));
  const others = meat === laying ? undefined : meat ? index.layersOnly : index.broilersOnly;
  const out: Ranked[] = [];
  for (let at = 0; at < covered.length; at += 1) {
    const share = (covered[at] ?? 0) / total;
    if (share === 0) continue;
    const concepts = index.passages[at]?.concepts ?? [];
    if (subjects.some((subject) => !concepts.includes(subject))) continue;
    if (others?.has(at)) continue;
    if (brands.length > 0 && isOfOthers(index, at, brands)) continue;
    const narrow = 0.85 + 0.15 / (1 + (index.sizes[at] ?? 0) / 12);
    out.push({ at, score: share * narrow, evidence: covered[at] ?? 0 });
  }
  return out.sort((a, b) => b.score - a.score);
};

/** Our passages by the concepts and words of a question; a language is indexed at the first question in it. */
export const passageRetriever = (
  passages: readonly Passage[],
  lexicon: Lexicon,
  reader: Reader,
  documents: DocumentSearch,
): Retriever => {
  const indexes = new Map<Lang, PassageIndex>();
  const indexOf = (lang: Lang): PassageIndex => {
    let index = indexes.get(lang);
    if (!index) indexes.set(lang, (index = indexPassages(passages, lang, lexicon, reader)));
    return index;
  };
  return {
    search({ text, lang }, limit) {
      const index = indexOf(lang);
      const asked = textFeatures(text, lexicon.languages[lang], reader);
      const ours = rank(index, asked)
        .slice(0, limit)
        .flatMap(({ at, score, evidence }): Found[] => {
          const passage = index.passages[at];
          return passage ? [{ passage, score: Math.min(1, score), evidence }] : [];
        });
      const theirs = documents
        .candidates(text, asked)
        .map(({ passage, features }): Found => ({ passage, ...coverageOf(index, asked, features) }));
      const found = [...ours, ...theirs].sort((a, b) => b.score - a.score).slice(0, limit);
      return Promise.resolve(found);
    },
  };
};
