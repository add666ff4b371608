import type { Lang } from "../core/types.ts";
import { detect } from "./detect.ts";
import { itemsOf, type Item } from "./items.ts";
import type { LanguageWords, Lexicon, Phrases } from "./lexicon.ts";
import { tokenise, type Token } from "./normalise.ts";
import { segment } from "./segment.ts";
import { withSlipsRead } from "./slips.ts";
import { speller, type Speller } from "./spell.ts";

export interface Reading {
  lang: Lang;
  sure: boolean;
  items: Item[];
  /** Steps of work done, to prove that it grows linearly. */
  steps: number;
}

/** A question longer than this is understood from its end. */
export const LONGEST_TEXT = 4000;

export interface Reader {
  /** Reads a text in a given language, or in the one it seems to be in; `before` is that of its conversation. */
  read(text: string, lang: Lang | undefined, before: Lang | undefined): Reading;
}

export const reader = (lexicon: Lexicon): Reader => {
  const spellers = new Map<Lang, Speller>();
  const spellerOf = (words: LanguageWords): Speller => {
    let found = spellers.get(words.lang);
    if (!found) spellers.set(words.lang, (found = speller(words, lexicon)));
    return found;
  };

  const repairAll = (tokens: readonly Token[], lang: Lang, others: readonly LanguageWords[]): Token[] => {
    const words = lexicon.languages[lang];
    const bits = others.reduce((mask, other) => mask | other.bit, words.bit);
    const out: Token[] = [];
    for (const [at, token] of tokens.entries()) {
      const fine =
        token.kind !== "word" ||
        token.fold.includes(" ") ||
        (((lexicon.words.get(token.fold)?.known ?? 0) & bits) !== 0 && !isGlued(tokens, at, words)) ||
        lexicon.nameWords.has(token.fold);
      const repaired = fine ? undefined : spellerOf(words).repair(token);
      if (repaired) out.push(...repaired);
      else out.push(token);
    }
    return out;
  };

  const understand = (
    tokens: readonly Token[],
    lang: Lang,
    second: Lang | undefined,
  ): { items: Item[]; steps: number } => {
    const others = [second, lang === "en" ? undefined : ("en" as const)]
      .filter((other) => other !== undefined)
      .map((other) => lexicon.languages[other]);
    const words = lexicon.languages[lang];
    const whole = words.separable.size > 0 ? joinVerbs(tokens, words) : tokens;
    const repaired = repairAll(ORDINAL_LETTERS.has(lang) ? withOrdinals(whole) : whole, lang, others);
    const steps = { count: repaired.length };
    const maps: Phrases[] = [words.phrases, ...others.map((other) => other.phrases)];
    const segments = segment(repaired, lexicon, maps, steps);
    return {
      items: withSlipsRead(itemsOf(repaired, segments, words), [words, ...others]),
      steps: steps.count,
    };
  };

  return {
    read(text, lang, before) {
      const tokens = tokenise(text.length > LONGEST_TEXT ? text.slice(-LONGEST_TEXT) : text);
      const found = detect(tokens, lexicon, before ?? "en", before !== undefined);
      const chosen = lang ?? found.lang;
      const second = lang && lang !== found.lang ? found.lang : found.second;
      const read = understand(tokens, chosen, second);
      // a line of abbreviations may lack what is asked for or the age only because it is another language's ("VC", "hr")
      if (lang === undefined && second && lacks(read.items)) {
        const other = understand(tokens, second, chosen);
        if (!lacks(other.items)) return { lang: second, sure: false, ...other };
      }
      // the runner-up of a tie may know what the winner does not ("oi")
      if (lang === undefined && second && read.items.every((item) => item.is === "unknown"))
        return { lang: second, sure: false, ...understand(tokens, second, chosen) };
      return { lang: chosen, sure: found.sure || lang !== undefined, ...read };
    },
  };
};

/** A telegram of a line and a number without a metric, or without a day or week: something was not understood. */
const lacks = (items: readonly Item[]): boolean => {
  const has = (test: (item: Item) => boolean): boolean => items.some(test);
  if (has((item) => item.is === "concept" && item.kind === "question")) return false;
  if (!has((item) => item.is === "line") || !has((item) => item.is === "number")) return false;
  // "gram per ei": beside a word that nobody knows a unit does not say what is weighed
  const unread = has((item) => item.is === "unknown" && item.text.length > 1);
  const metric = has(
    (item) =>
      item.is === "concept" &&
      (item.kind === "metric" || ASKED_FOR.has(item.id) || (!unread && WEIGHED_IN.has(item.id))),
  );
  return !metric || !has((item) => item.is === "concept" && (item.id === "day" || item.id === "week"));
};
const ASKED_FOR = new Set(["feed", "water", "egg", "lay", "grow", "increase", "yield"]);
const WEIGHED_IN = new Set(["gram", "kilogram"]);

/** What may stand after the last part of a verb: "komt aan op dag 20", "nimmt zu bis Tag 20". */
const AFTER_VERB = new Set(["op", "in", "tot", "na", "am", "an", "bis", "im", "per", "pro"]);
/** The parts of a verb stand at most so many words apart. */
const WIDEST_VERB = 24;

/** "Nimmt ein Ross am 22. Tag zu": the verb is read as if its parts stood together. */
const joinVerbs = (tokens: readonly Token[], { separable }: LanguageWords): Token[] =>
  tokens.map((token, at) => {
    const lasts = separable.get(token.fold);
    if (!lasts) return token;
    for (let end = at + 1; end < Math.min(tokens.length, at + WIDEST_VERB); end += 1) {
      const last = tokens[end]?.fold ?? "";
      const after = tokens[end + 1];
      if (!lasts.includes(last) || (after && !after.stop && !AFTER_VERB.has(after.fold))) continue;
      return { ...token, raw: `${token.raw} ${last}`, fold: `${token.fold} ${last}` };
    }
    return token;
  });

/** Languages that write "3ª" also as "3a". */
const ORDINAL_LETTERS: ReadonlySet<Lang> = new Set(["es", "it", "pt"]);

const withOrdinals = (tokens: readonly Token[]): Token[] =>
  tokens.map((token, at) =>
    !token.gap && (token.fold === "a" || token.fold === "o") && tokens[at - 1]?.kind === "number"
      ? { ...token, kind: "symbol", raw: "º", fold: "º" }
      : token,
  );

/** An Arabic word that the lexicon knows only inside a phrase that does not stand here: "and females" in one word. */
const isGlued = (tokens: readonly Token[], at: number, words: LanguageWords): boolean => {
  const fold = tokens[at]?.fold ?? "";
  if (words.lang !== "ar" || !/^\p{Script=Arabic}/u.test(fold)) return false;
  return !words.phrases.has(fold) && !words.phrases.has(`${tokens[at - 1]?.fold ?? ""} ${fold}`);
};
