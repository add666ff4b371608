import { readingsAt, type LanguageWords, type Lexicon } from "./lexicon.ts";
import type { Token } from "./normalise.ts";

/** Arabic particles that are written as one with the next word: and, so, by, to, like, will, the. */
const ARABIC_PREFIXES = ["وبال", "وال", "بال", "فال", "كال", "لل", "ال", "وب", "ول", "و", "ف", "ب", "ل", "ك"];
/** Romance articles and prepositions whose apostrophe was left out: "loeuf", "dellaria", "lacqua". */
const ELISION = /^(?:l|d|qu|dell|all|nell|sull)(?=[aeiouh])/;
/** Indonesian particles that are written as one with the word before: "kumulatifnya". */
const CLITIC = /(?:nya|ku|mu|kah|lah|pun)$/;
/** "Dwudziestoośmiodniowy": twenty-eight days old, in one word. */
const POLISH_AGE = /^(.{3,}?)(dni|tygodni)o?w(?:y|a|e|ego|ej|emu|ych|ym|ymi)$/;
/** Languages that write long number words as one. */
const FUSED = new Set(["de", "nl", "it"]);
/** Letters that join the parts of a German or Dutch compound. */
const JOINTS = ["", "s", "n", "en", "e", "es"];

/** Deletion index of a vocabulary for one-letter mistakes: hash of a word less one letter → words. */
interface DeletionIndex {
  words: string[];
  hashes: Uint32Array;
  owners: Uint32Array;
}

/** A word as short as this is not taken for a mistyped number: "almış" (gained) is not "altmış" (sixty). */
const LONGEST_NO_NUMBER = 5;
/** Shorter words are too like one another; one of four letters may still be one of five that lost a letter. */
const SHORTEST = 4;

const hash = (word: string, skip: number): number => {
  let value = 2166136261;
  for (let i = 0; i < word.length; i += 1) {
    if (i === skip) continue;
    value = Math.imul(value ^ word.charCodeAt(i), 16777619);
  }
  return value >>> 0;
};

const buildIndex = (known: readonly string[]): DeletionIndex => {
  const words = [...new Set(known)].filter((word) => word.length >= SHORTEST && word.length <= 24);
  const rows: [number, number][] = [];
  for (const [owner, word] of words.entries())
    for (let skip = -1; skip < word.length; skip += 1) rows.push([hash(word, skip), owner]);
  rows.sort((a, b) => a[0] - b[0]);
  return {
    words,
    hashes: Uint32Array.from(rows, ([value]) => value),
    owners: Uint32Array.from(rows, ([, owner]) => owner),
  };
};

/** True when one letter is added, left out, wrong, or two neighbours stand the wrong way round. */
export const oneLetterApart = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const left = a.slice(head, a.length - tail);
  const right = b.slice(head, b.length - tail);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
};

const firstAt = (hashes: Uint32Array, value: number): number => {
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((hashes[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** `likely` words are meant first: a word after a number that is nearly "weeks" is that. */
const nearest = (
  index: DeletionIndex,
  word: string,
  likely: (word: string) => boolean,
  isNumber: (word: string) => boolean,
): string | undefined => {
  const worth = (meant: string): number => rank(word, meant) + (likely(meant) ? 2 : 0);
  let found: string | undefined;
  for (let skip = -1; skip < word.length; skip += 1) {
    const value = hash(word, skip);
    for (let at = firstAt(index.hashes, value); index.hashes[at] === value; at += 1) {
      const candidate = index.words[index.owners[at] ?? 0] ?? "";
      if (candidate === found || !oneLetterApart(word, candidate)) continue;
      if (word.length === SHORTEST && !isSureSlip(word, candidate)) continue;
      // a swap of neighbours is the commonest slip of a hand; then the word that begins alike
      if (word.length <= LONGEST_NO_NUMBER && isNumber(candidate)) continue;
      if (found === undefined || worth(candidate) > worth(found)) found = candidate;
    }
  }
  return found;
};

/** Of four letters only one left out, or two neighbours the wrong way round ("pseo"), is surely a slip. */
const isSureSlip = (typed: string, meant: string): boolean =>
  typed[0] === meant[0] &&
  (meant.length > SHORTEST || Array.from(typed).sort().join("") === Array.from(meant).sort().join(""));

const rank = (typed: string, meant: string): number =>
  (typed.length === meant.length ? 1 : 0) +
  (typed[0] === meant[0] ? 2 : 0) +
  (typed.at(-1) === meant.at(-1) ? 1 : 0);

/** Repairs the words of one language that its lexicon does not know; built at the first unknown word. */
export interface Speller {
  /** The tokens to read instead of one unknown word, or undefined when nothing near is known. */
  repair(token: Token): Token[] | undefined;
}

export const speller = (words: LanguageWords, lexicon: Lexicon): Speller => {
  let index: DeletionIndex | undefined;
  const known = (word: string): boolean =>
    ((lexicon.words.get(word)?.known ?? 0) & words.bit) !== 0 || lexicon.nameWords.has(word);
  const candidates = (): string[] =>
    [...lexicon.words]
      .flatMap(([word, { core }]) => (core & words.bit ? [word] : []))
      .concat(...lexicon.nameWords);
  const as = (token: Token, fold: string): Token => ({ ...token, raw: fold, fold });

  const strippedArabic = (token: Token): Token[] | undefined => {
    for (const prefix of ARABIC_PREFIXES) {
      if (!token.fold.startsWith(prefix)) continue;
      const rest = token.fold.slice(prefix.length);
      if (rest.length >= 2 && known(rest)) return [as(token, rest)];
    }
    return undefined;
  };

  const isNumberWord = (word: string): boolean => {
    const found = words.phrases.get(word);
    return found ? readingsAt(found).some(({ hit }) => hit.is === "number" || hit.is === "scale") : false;
  };

  const isUnitWord = (word: string): boolean => {
    const found = words.phrases.get(word);
    return found
      ? readingsAt(found).some(({ hit }) => hit.is === "concept" && (hit.id === "day" || hit.id === "week"))
      : false;
  };

  /** "zweitausendsechshundert": number words written as one. */
  const numberWords = (fold: string, depth = 0): string[] | undefined => {
    if (fold === "") return [];
    if (depth > 6) return undefined;
    for (let cut = Math.min(fold.length, 14); cut >= 2; cut -= 1) {
      const head = fold.slice(0, cut);
      if (!isNumberWord(head)) continue;
      const rest = fold.slice(cut).replace(/^(?:und|en)(?=.{3})/, "");
      const tail = numberWords(rest, depth + 1);
      if (tail) return [head, ...tail];
    }
    return undefined;
  };

  const compound = (token: Token): Token[] | undefined => {
    const { fold } = token;
    for (let cut = fold.length - 3; cut >= 3; cut -= 1) {
      const head = fold.slice(0, cut);
      if (!known(head)) continue;
      for (const joint of JOINTS) {
        if (!fold.startsWith(joint, cut)) continue;
        const tail = fold.slice(cut + joint.length);
        if (tail.length >= 3 && known(tail)) return [as(token, head), { ...as(token, tail), gap: true }];
      }
    }
    return undefined;
  };

  return {
    repair(token) {
      if (token.fold.length > 40) return undefined;
      if (words.lang === "ar") {
        const stripped = strippedArabic(token);
        if (stripped) return stripped;
      }
      if (words.lang === "fr" || words.lang === "it") {
        const bare = token.fold.replace(ELISION, "");
        if (bare !== token.fold && known(bare)) return [as(token, bare)];
      }
      if (words.lang === "id") {
        const bare = token.fold.replace(CLITIC, "");
        if (bare !== token.fold && known(bare)) return [as(token, bare)];
      }
      if (words.lang === "pl") {
        const [, head = "", unit = ""] = POLISH_AGE.exec(token.fold) ?? [];
        const parts = numberWords(head);
        if (parts && parts.length > 0)
          return [...parts, unit].map((part) => ({ ...as(token, part), gap: true }));
      }
      if (words.lang === "de") {
        const plain = token.fold.replaceAll("ae", "a").replaceAll("oe", "o").replaceAll("ue", "u");
        if (plain !== token.fold && known(plain)) return [as(token, plain)];
      }
      if (token.fold.length < SHORTEST) return undefined;
      if (FUSED.has(words.lang) && token.fold.length >= 7) {
        const parts = numberWords(token.fold);
        if (parts && parts.length > 1) return parts.map((part) => ({ ...as(token, part), gap: true }));
      }
      index ??= buildIndex(candidates());
      const meant = nearest(index, token.fold, isUnitWord, isNumberWord);
      if (meant !== undefined) return [as(token, meant)];
      return words.lang === "de" || words.lang === "nl" ? compound(token) : undefined;
    },
  };
};
