import type { Lang } from "../core/types.ts";
import { readingsAt, type LanguageWords, type Lexicon } from "../language/lexicon.ts";
import type { Token } from "../language/normalise.ts";
import { speller, type Speller } from "../language/spell.ts";

/** Parts of the number words that German, Dutch and Italian write as one, and of Polish ages. */
const FUSED: Partial<Record<Lang, RegExp>> = {
  de: /hundert|tausend|zig|ssig|zehn/,
  it: /cento|mila|mille|venti|trenta|anta/,
  nl: /honderd|duizend|tig|tien/,
  pl: /dniow|tygodniow/,
};
const SHORTEST_FUSED = 7;
/** Arabic particles that are written as one with a number: "and twenty". */
const ARABIC_PREFIXES = ["وال", "بال", "ال", "و", "ف", "ب", "ل", "ك"];

const isNumberWord = (words: LanguageWords, fold: string): boolean => {
  const found = words.phrases.get(fold);
  return found ? readingsAt(found).some(({ hit }) => hit.is === "number" || hit.is === "scale") : false;
};
const isUnitWord = (words: LanguageWords, fold: string): boolean => {
  const found = words.phrases.get(fold);
  return found ? readingsAt(found).some(({ hit }) => hit.is === "concept" && hit.kind === "unit") : false;
};

const spellers = new WeakMap<LanguageWords, Speller>();
const spellerOf = (words: LanguageWords, lexicon: Lexicon): Speller => {
  let found = spellers.get(words);
  if (!found) spellers.set(words, (found = speller(words, lexicon)));
  return found;
};

/** The tokens of one word that is several number words, or a particle and a number; undefined for any other word. */
const partsOf = (token: Token, words: LanguageWords, lexicon: Lexicon): Token[] | undefined => {
  const { fold } = token;
  if (words.lang === "ar") {
    const prefix = ARABIC_PREFIXES.find(
      (one) => fold.startsWith(one) && isNumberWord(words, fold.slice(one.length)),
    );
    if (prefix === undefined) return undefined;
    const rest = fold.slice(prefix.length);
    const number = { ...token, raw: rest, fold: rest };
    const and = { ...token, raw: "و", fold: "و" };
    return prefix.startsWith("و") ? [and, { ...number, gap: true, stop: false }] : [number];
  }
  if (fold.length < SHORTEST_FUSED || FUSED[words.lang]?.test(fold) !== true) return undefined;
  const parts = spellerOf(words, lexicon).repair(token);
  // the speller also mends typing mistakes, which in a model's text are other words: "thirsty" is not thirty
  const fused =
    parts && parts.length > 1 && parts.map((part) => part.fold).join("").length >= fold.length - 6;
  return fused && parts.every((part) => isNumberWord(words, part.fold) || isUnitWord(words, part.fold))
    ? parts.map((part, at) => (at === 0 ? part : { ...part, stop: false }))
    : undefined;
};

const isKnown = (token: Token, words: LanguageWords): boolean => {
  const found = words.phrases.get(token.fold);
  return found !== undefined && found !== null;
};

/** The tokens with number words taken apart that are written as one ("zweitausendsechshundert", "وعشرون"). */
export const withNumberWords = (tokens: readonly Token[], lexicon: Lexicon, lang: Lang): Token[] => {
  const words = lexicon.languages[lang];
  if (lang !== "ar" && FUSED[lang] === undefined) return [...tokens];
  return tokens.flatMap((token) =>
    token.kind === "word" && !isKnown(token, words) ? (partsOf(token, words, lexicon) ?? [token]) : [token],
  );
};

/** A word that hides a number the lexicon has no phrase for. */
export const hidesNumber = (token: Token, lexicon: Lexicon, lang: Lang): boolean => {
  const words = lexicon.languages[lang];
  return token.kind === "word" && !isKnown(token, words) && partsOf(token, words, lexicon) !== undefined;
};
