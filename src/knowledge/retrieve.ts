import type { Found, Retriever } from "../core/ports.ts";
import type { Lang, Passage } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import type { Reader } from "../language/read.ts";
import type { DocumentSearch } from "./documents.ts";
import { askedFeatures, type Features } from "./features.ts";
import { fuse, type Near } from "./fuse.ts";
import { indexPassages, LAYING, MEAT, type PassageIndex } from "./index-passages.ts";
import type { NearPassage, PassageVectors } from "./passage-vectors.ts";

/** A word that no passage has may be noise as well as the subject: it counts half. */
const UNSEEN = 0.5;
/** Passages found by words that vectors may choose between. */
const MOST_RIVALS = 20;
/** Known words as written add to what is covered and take nothing from it: the same is said in other words. */
const WRITTEN_AT_MOST = 0.5;
/**
 * Asked for, these are the subject: a passage that is not about them does not answer, whatever else it shares; nor is
 * it evidence that it names them, as every law does.
 */
const SUBJECTS = new Set([
  "cost",
  "profit",
  "buy",
  "law",
  "certificate",
  "insurance",
  "export_trade",
  "maker",
  "heritage_breed",
]);

/** What else a passage shares with such a question is less of it. */
const BESIDE_SUBJECT = 0.6;

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
    // what a document measures is not read off it
    if (key.startsWith("q:")) continue;
    const has = own.get(key) ?? 0;
    const known = has > 0 || index.postings.has(key);
    const telling = weight * index.rarity(key) * (known ? 1 : UNSEEN);
    if (weight > WRITTEN_AT_MOST || !key.startsWith("w:")) total += telling;
    covered += telling * Math.min(1, has / weight);
  }
  return { score: total === 0 ? 0 : Math.min(1, covered / total), evidence: covered };
};

/** A passage that gives an amount of what is asked is surer by this; one that gives none is less sure by this share. */
const MEASURED = 0.14;
const UNMEASURED = 0.9;

interface Ranked {
  at: number;
  score: number;
  evidence: number;
}

/** A number counts for a passage that names a span around it nearly as one that it names. */
const IN_SPAN = 0.8;
const coverSpans = (index: PassageIndex, value: number, share: number, covered: Float32Array): void => {
  const exact = new Set(index.postings.get(`n:${value}`)?.map(({ at }) => at));
  for (const [at, spans] of index.spans.entries())
    if (!exact.has(at) && spans.some(([low, high]) => low <= value && value <= high))
      covered[at] = (covered[at] ?? 0) + share;
};

/**
 * How surely each passage is about what is asked: the share of the question's weight that it covers. Best first.
 * Those of `also` are ranked without a shared word too, unless what is asked rules them out.
 */
const rank = (index: PassageIndex, asked: Features, also?: ReadonlySet<number>): Ranked[] => {
  const covered = new Float32Array(index.passages.length);
  let total = 0;
  const subjects: string[] = [];
  let named = 0;
  const measured = new Map<number, number>();
  let measures = false;
  for (const [key, weight] of asked) {
    const found = index.postings.get(key);
    const telling = weight * index.rarity(key) * (found ? 1 : UNSEEN);
    if (weight > WRITTEN_AT_MOST || !key.startsWith("w:")) total += telling;
    if (key.startsWith("q:")) {
      measures = true;
      for (const { at } of found ?? []) measured.set(at, (measured.get(at) ?? 0) + telling);
      continue;
    }
    if (key.startsWith("c:") && SUBJECTS.has(key.slice(2))) {
      subjects.push(key.slice(2));
      named += telling;
    }
    for (const { at, weight: own } of found ?? [])
      covered[at] = (covered[at] ?? 0) + telling * Math.min(1, own / weight);
    if (key.startsWith("n:")) coverSpans(index, Number(key.slice(2)), telling * IN_SPAN, covered);
  }
  if (total === 0) return [];
  const brands = [...asked.keys()].filter((key) => key.startsWith("l:"));
  // a broiler's figure is none for a layer
  const meat = MEAT.some((key) => asked.has(key));
  const laying = LAYING.some((key) => asked.has(key));
  const others = meat === laying ? undefined : meat ? index.layersOnly : index.broilersOnly;
  const out: Ranked[] = [];
  for (let at = 0; at < covered.length; at += 1) {
    if (covered[at] === 0 && !also?.has(at)) continue;
    const share = ((covered[at] ?? 0) + (measured.get(at) ?? 0)) / total;
    const concepts = index.passages[at]?.concepts ?? [];
    if (subjects.some((subject) => !concepts.includes(subject))) continue;
    if (others?.has(at)) continue;
    if (brands.length > 0 && isOfOthers(index, at, brands)) continue;
    if (covered[at] === 0) {
      out.push({ at, score: 0, evidence: 0 });
      continue;
    }
    const narrow = 0.85 + 0.15 / (1 + (index.sizes[at] ?? 0) / 12);
    const sure = share * narrow;
    const score = !measures ? sure : measured.has(at) ? sure + MEASURED : sure * UNMEASURED;
    const evidence = (covered[at] ?? 0) - named;
    out.push({ at, score, evidence: subjects.length > 0 ? evidence * BESIDE_SUBJECT : evidence });
  }
  return out.sort((a, b) => b.score - a.score);
};

/** Our passages by the concepts and words of a question; a language is indexed at the first question in it. */
export const passageRetriever = (
  passages: readonly Passage[],
  lexicon: Lexicon,
  reader: Reader,
  documents: DocumentSearch,
  vectors?: PassageVectors,
): Retriever => {
  const indexes = new Map<Lang, PassageIndex>();
  const indexOf = (lang: Lang): PassageIndex => {
    let index = indexes.get(lang);
    if (!index) indexes.set(lang, (index = indexPassages(passages, lang, lexicon, reader)));
    return index;
  };
  const byId = new Map(passages.map((passage) => [passage.id, passage]));
  const places = new Map(passages.map(({ id }, at) => [id, at]));

  const byWords = (text: string, lang: Lang, near: readonly NearPassage[] = []) => {
    const index = indexOf(lang);
    const asked = askedFeatures(text, lexicon.languages[lang], reader, (key) => index.postings.has(key));
    const also = new Set(near.flatMap(({ id }) => places.get(id) ?? []));
    const foundOf = ({ at, score, evidence }: Ranked): Found[] => {
      const passage = index.passages[at];
      return passage ? [{ passage, score: Math.min(1, score), evidence }] : [];
    };
    const foundIn = ({ passage, features }: { passage: Passage; features: Features }): Found => ({
      passage,
      ...coverageOf(index, asked, features),
    });
    return {
      ours: rank(index, asked, also),
      theirs: documents.candidates(text, asked).map(foundIn),
      foundOf,
      foundIn,
    };
  };
  const best = (found: readonly Found[], limit: number): Found[] =>
    found.toSorted((a, b) => b.score - a.score).slice(0, limit);

  const byWordsAndVectors = async (text: string, lang: Lang, limit: number, from: PassageVectors) => {
    const near = await from.near(text, lang);
    const { ours, theirs, foundOf, foundIn } = byWords(text, lang, near);
    const words = [
      ...ours
        .filter(({ score }) => score > 0)
        .slice(0, MOST_RIVALS)
        .flatMap(foundOf),
      ...theirs,
    ];
    if (near.length === 0) return best(words, limit);
    const ranked = new Map(ours.map((one) => [passages[one.at]?.id, one]));
    const known = new Map(theirs.map((found) => [found.passage.id, found]));
    const nearest = near.flatMap(({ id, cosine, nearness }): Near[] => {
      const own = ranked.get(id);
      const document = places.has(id) ? undefined : documents.find(id);
      const found = own ? foundOf(own) : document ? [known.get(id) ?? foundIn(document)] : [];
      return found.map((one) => ({ ...one, cosine, nearness }));
    });
    return fuse(best(words, MOST_RIVALS), nearest).slice(0, limit);
  };

  return {
    passage: (id) => byId.get(id) ?? documents.passage(id),
    search({ text, lang }, limit) {
      if (vectors) return byWordsAndVectors(text, lang, limit, vectors);
      const { ours, theirs, foundOf } = byWords(text, lang);
      return Promise.resolve(best([...ours.slice(0, limit).flatMap(foundOf), ...theirs], limit));
    },
  };
};
