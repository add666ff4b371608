import type { Item } from "./items.ts";
import { readingsAt, type LanguageWords } from "./lexicon.ts";
import { foldWord } from "./normalise.ts";

/**
 * Words too short for the speller, read by the word beside them: "peso do oov" is the weight of an egg, "pezo uovo" an
 * egg's weight. On its own a word of three or four letters is one slip away from too many others.
 */

/** What may be meant by an unread word beside a concept. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  body_weight: ["egg"],
  egg: ["body_weight"],
  daily: ["feed", "water"],
  feed_intake: ["feed", "water"],
};
const LONGEST = 9;
const LEAST_TYPED = 3;
const ARTICLE = "ال";
/** A word of two signs is a whole word only in Han. */
const LEAST_MEANT = 3;
const HAN = /^\p{Script=Han}{2}/u;
const LATIN = /^[a-z]/;
/** So many words of grammar may part the two: "peso do oov". */
const WIDEST = 3;

const formsOf = new WeakMap<LanguageWords, Map<string, string[]>>();

/** The single words of the expected concepts; collected at the first unread word beside one. */
const forms = (words: LanguageWords, id: string): readonly string[] => {
  let all = formsOf.get(words);
  if (!all) {
    formsOf.set(words, (all = new Map()));
    const wanted = new Set(Object.values(EXPECTED).flat());
    for (const [key, found] of words.phrases) {
      if (!found) continue;
      for (const { hit } of readingsAt(found)) {
        if (hit.is !== "concept" || !wanted.has(hit.id)) continue;
        const form = key.replaceAll(" ", "");
        // a phrase of words is no single word; signs are
        if (form === key || !LATIN.test(key)) all.set(hit.id, [...(all.get(hit.id) ?? []), form]);
      }
    }
  }
  return all.get(id) ?? [];
};

/** One letter added, left out or wrong, or the same letters in another order. */
export const oneSlipApart = (typed: string, meant: string): boolean => {
  if (typed === meant || Math.abs(typed.length - meant.length) > 1) return false;
  if (
    typed.length === meant.length &&
    Array.from(typed).sort().join("") === Array.from(meant).sort().join("")
  )
    return true;
  let head = 0;
  while (head < typed.length && typed[head] === meant[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(typed.length, meant.length) - head && typed.at(-1 - tail) === meant.at(-1 - tail))
    tail += 1;
  return Math.max(typed.length, meant.length) - head - tail <= 1;
};

const isSlip = (typed: string, meant: string): boolean =>
  // the same word under a wrong accent ("trưng"); a word of two letters with one too many ("eij")
  typed === meant ||
  (meant.length === 2 && typed.length === LEAST_TYPED && typed.startsWith(meant)) ||
  ((meant.length >= LEAST_MEANT || HAN.test(meant)) &&
    (typed[0] === meant[0] || typed.at(-1) === meant.at(-1)) &&
    oneSlipApart(typed, meant));

const isSmall = (item: Item | undefined): boolean =>
  item?.is === "function" || (item?.is === "concept" && item.kind === "function");

/** The concepts beside a place that say what to expect there. */
const neighbours = (items: readonly Item[], at: number): string[] =>
  [1, -1].flatMap((step) => {
    for (let next = at + step; Math.abs(next - at) <= WIDEST; next += step) {
      const item = items[next];
      if (item?.is === "concept" && EXPECTED[item.id]) return [item.id];
      if (!isSmall(item)) return [];
    }
    return [];
  });

const meantBy = (
  text: string,
  ids: readonly string[],
  languages: readonly LanguageWords[],
): string | undefined => {
  const typed = foldWord(text);
  if (typed.length < (HAN.test(typed) ? 2 : LEAST_TYPED) || typed.length > LONGEST) return undefined;
  // Arabic writes the article as one with its noun: "العف" is "العلف" less a letter
  const article = typed.startsWith(ARTICLE) ? ARTICLE : "";
  for (const words of languages) {
    const found = ids.filter((id) => forms(words, id).some((form) => isSlip(typed, article + form)));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
};

const KINDS: Readonly<Record<string, string>> = {
  egg: "animal",
  feed: "feed",
  water: "equipment",
  body_weight: "metric",
};

/** Reads the unread words that one slip parts from what stands beside them leads to expect. */
export const withSlipsRead = (items: Item[], languages: readonly LanguageWords[]): Item[] => {
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    const text = item?.is === "unknown" || item?.is === "concept" ? item.text : undefined;
    if (text === undefined) continue;
    const ids = neighbours(items, at).flatMap((id) => EXPECTED[id] ?? []);
    const meant = ids.length > 0 ? meantBy(text, ids, languages) : undefined;
    if (meant !== undefined)
      items[at] = { is: "concept", id: meant, kind: KINDS[meant] ?? "", size: LONGEST };
  }
  return items;
};
