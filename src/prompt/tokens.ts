import type { Lang } from "../core/types.ts";

/** Tokens of a text; `lang` is the language of what in it is written in Latin letters. */
export type Counter = (text: string, lang: Lang) => number;

/**
 * Letters in one token of Llama 3's tokenizer, measured on the 481 gists of each language in locales/ (English running
 * prose of data/knowledge has 3.97: the gists' short sentences make it the careful side).
 */
const LETTERS_PER_TOKEN: Readonly<Record<Lang, number>> = {
  ar: 1.94,
  de: 2.81,
  en: 3.54,
  es: 2.84,
  fr: 2.9,
  hi: 1.45,
  id: 2.66,
  it: 2.76,
  ja: 1.06,
  nl: 2.61,
  pl: 2.2,
  pt: 2.69,
  th: 1.69,
  tr: 2.69,
  vi: 2.56,
  zh: 0.94,
};

/** Tokens that the same content takes in a language, English being 1: measured on the same gists. */
export const TOKENS_OF_ENGLISH: Readonly<Record<Lang, number>> = {
  ar: 1.35,
  de: 1.29,
  en: 1,
  es: 1.23,
  fr: 1.28,
  hi: 1.72,
  id: 1.28,
  it: 1.28,
  ja: 1.34,
  nl: 1.32,
  pl: 1.49,
  pt: 1.25,
  th: 1.48,
  tr: 1.26,
  vi: 1.09,
  zh: 1.1,
};

/** Languages that their script tells, whatever the text around is in. */
const SCRIPTS: readonly (readonly [low: number, high: number, lang: Lang])[] = [
  [0x600, 0x6ff, "ar"],
  [0x900, 0x97f, "hi"],
  [0xe00, 0xe7f, "th"],
  [0x3040, 0x30ff, "ja"],
  [0x3400, 0x9fff, "zh"],
];
const LATIN_LANGUAGES: ReadonlySet<Lang> = new Set([
  "de",
  "en",
  "es",
  "fr",
  "id",
  "it",
  "nl",
  "pl",
  "pt",
  "tr",
  "vi",
]);
const DIGITS_PER_TOKEN = 3;

/** Share of a token that one code unit takes; white space goes with the word after it, any other mark is one. */
const shareOf = (code: number, latin: number, kana: boolean): number => {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) return 1 / latin;
  if ((code >= 0x9 && code <= 0xd) || code === 0x20 || code === 0xa0) return 0;
  if ((code >= 0xaa && code <= 0x24f) || (code >= 0x1e00 && code <= 0x1eff)) return 1 / latin;
  for (const [low, high, lang] of SCRIPTS)
    if (code >= low && code <= high) return 1 / LETTERS_PER_TOKEN[lang === "zh" && kana ? "ja" : lang];
  return 1;
};

/**
 * An estimate for when no model is configured and the tokenizer is not loaded. Every sign counts at the rate of its
 * own script, Latin letters at that of `lang`, so that an English passage in a Thai request counts as English.
 */
export const estimateTokens: Counter = (text, lang) => {
  const latin = LETTERS_PER_TOKEN[LATIN_LANGUAGES.has(lang) ? lang : "en"];
  let tokens = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) {
      if (digits % DIGITS_PER_TOKEN === 0) tokens += 1;
      digits += 1;
      continue;
    }
    digits = 0;
    tokens += shareOf(code, latin, lang === "ja");
  }
  return Math.ceil(tokens);
};

/**
 * The tokenizer, loaded at the first call and once: it takes a hundred megabytes and half a second, which only a
 * house with a model pays. Until a caller has it, `estimateTokens` serves.
 */
export const tokenizerOf = (load: () => Promise<(text: string) => number>): (() => Promise<Counter>) => {
  let loading: Promise<Counter> | undefined;
  return () =>
    (loading ??= load().catch((cause: unknown) => {
      // the next caller tries again
      loading = undefined;
      throw cause;
    }));
};
