import type { Lang } from "../core/types.ts";
import { readingsAt, type LanguageWords, type Lexicon } from "../language/lexicon.ts";
import type { Token } from "../language/normalise.ts";
import { speller, type Speller } from "../language/spell.ts";

/** Languages that write "21-day-old" as one word, which only the speller parts. */
const AGED: Partial<Record<Lang, RegExp>> = { pl: /dniow|tygodniow/ };
const SHORTEST_FUSED = 6;
/** "neunhundertneunundneunzigtausend…": a longer word is no number that anyone writes. */
const LONGEST_FUSED = 60;
/** A number word's longest form inside another. */
const LONGEST_PART = 24;
/** Languages without words between spaces, and one that never writes two number words as one. */
const APART: ReadonlySet<Lang> = new Set(["ja", "th", "zh", "vi", "hi"]);
/** Arabic particles that are written as one with a number: "and twenty". */
const ARABIC_PREFIXES = ["وال", "بال", "ال", "و", "ف", "ب", "ل", "ك"];
/** "Dokuzu": nine of them. */
const OWNED: Partial<Record<Lang, RegExp>> = { tr: /s?[iu]$/u };
/** A vowel falls between two Italian number words: "cent-otto", "vent-uno". */
const ELIDED = /[ao]$/;

const isNumberWord = (words: LanguageWords, fold: string): boolean => {
  const found = words.phrases.get(fold);
  return found ? readingsAt(found).some(({ hit }) => hit.is === "number" || hit.is === "scale") : false;
};
const HUNDRED = 100;
/** "tremila", "dreihundert" are themselves put together from "tre" and "mila". */
const isLarge = (words: LanguageWords, fold: string): boolean => {
  const found = words.phrases.get(fold);
  return found ? readingsAt(found).some(({ hit }) => hit.is === "number" && hit.value >= HUNDRED) : false;
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

/** The number words of a language by their first two letters, each as it may stand inside a longer word. */
type Parts = ReadonlyMap<string, readonly { inside: string; fold: string }[]>;
const partsIn = new WeakMap<LanguageWords, Parts>();
const partsFor = (words: LanguageWords): Parts => {
  const known = partsIn.get(words);
  if (known) return known;
  const parts = new Map<string, { inside: string; fold: string }[]>();
  const add = (inside: string, fold: string): void => {
    if (inside.length < 2) return;
    const begin = inside.slice(0, 2);
    const own = parts.get(begin) ?? [];
    parts.set(begin, own);
    own.push({ inside, fold });
  };
  for (const fold of words.phrases.keys()) {
    if (fold.includes(" ") || fold.length > LONGEST_PART || !isNumberWord(words, fold)) continue;
    add(fold, fold);
    if (words.lang === "it" && ELIDED.test(fold) && fold.length > 4) add(fold.slice(0, -1), fold);
    if (words.lang === "it" && fold.endsWith("i") && fold.length > 4) add(fold.slice(0, -1), fold);
  }
  for (const fold of words.ands) add(fold, fold);
  partsIn.set(words, parts);
  for (const own of parts.values())
    for (let at = own.length - 1; at >= 0; at -= 1) {
      const fold = own[at]?.fold ?? "";
      if (isLarge(words, fold) && composed(fold, words, true)) own.splice(at, 1);
    }
  return parts;
};

/** The fewest number words that a word is written from; undefined when it is none. */
const composed = (fold: string, words: LanguageWords, others = false): string[] | undefined => {
  const parts = partsFor(words);
  const best: (string[] | undefined)[] = [];
  best[fold.length] = [];
  for (let at = fold.length - 2; at >= 0; at -= 1)
    for (const part of parts.get(fold.slice(at, at + 2)) ?? []) {
      if (others && part.fold === fold) continue;
      const rest = fold.startsWith(part.inside, at) ? best[at + part.inside.length] : undefined;
      const isAnd = words.ands.has(part.fold);
      // "and" opens and ends no number
      if (!rest || (isAnd && (at === 0 || rest.length === 0))) continue;
      const known = best[at];
      if (!known || rest.length + 1 < known.length) best[at] = [part.fold, ...rest];
    }
  return best[0] && best[0].length > 1 ? best[0] : undefined;
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
  if (fold.length > LONGEST_FUSED || APART.has(words.lang)) return undefined;
  const made = fold.length < SHORTEST_FUSED ? undefined : composed(fold, words);
  if (made)
    return made.map((part, at) =>
      at === 0
        ? { ...token, raw: part, fold: part }
        : { ...token, raw: part, fold: part, gap: true, stop: false },
    );
  const bare = OWNED[words.lang] && fold.replace(OWNED[words.lang] ?? "", "");
  if (bare !== undefined && bare !== fold && isNumberWord(words, bare))
    return [{ ...token, raw: bare, fold: bare }];
  if (AGED[words.lang]?.test(fold) !== true) return undefined;
  const parts = spellerOf(words, lexicon).repair(token);
  // the speller also mends typing mistakes, which in a model's text are other words
  const fused =
    parts && parts.length > 1 && parts.map((part) => part.fold).join("").length >= fold.length - 6;
  return fused && parts.every((part) => isNumberWord(words, part.fold) || isUnitWord(words, part.fold))
    ? parts.map((part, at) => (at === 0 ? part : { ...part, stop: false }))
    : undefined;
};

/** "والإناث": "and" is written as one with any Arabic word. */
const partedAnd = (token: Token, words: LanguageWords, { names }: Lexicon): Token[] | undefined => {
  const rest = token.fold.slice(1);
  if (words.lang !== "ar" || !token.fold.startsWith("و") || rest.length < 3) return undefined;
  const bare = [rest, rest.replace(/^ال/, "")].find((fold) => words.phrases.has(fold) || names.has(fold));
  if (bare === undefined) return undefined;
  const and = { ...token, raw: "و", fold: "و" };
  return [and, { ...token, raw: bare, fold: bare, gap: true, stop: false }];
};

const isKnown = (token: Token, words: LanguageWords): boolean => {
  const found = words.phrases.get(token.fold);
  return found !== undefined && found !== null;
};

/** The tokens with number words taken apart that are written as one ("zweitausendsechshundert", "yirmiüç", "وعشرون"). */
export const withNumberWords = (tokens: readonly Token[], lexicon: Lexicon, lang: Lang): Token[] => {
  const words = lexicon.languages[lang];
  return tokens.flatMap((token) =>
    token.kind === "word" && !isKnown(token, words)
      ? (partsOf(token, words, lexicon) ?? partedAnd(token, words, lexicon) ?? [token])
      : [token],
  );
};

/** A word that hides a number the lexicon has no phrase for. */
export const hidesNumber = (token: Token, lexicon: Lexicon, lang: Lang): boolean => {
  const words = lexicon.languages[lang];
  return token.kind === "word" && !isKnown(token, words) && partsOf(token, words, lexicon) !== undefined;
};
