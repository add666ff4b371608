import { LANGS, type Lang } from "../core/types.ts";
import type { Lexicon } from "./lexicon.ts";
import type { Token } from "./normalise.ts";
import { likeness } from "./shape.ts";

const THAI = /\p{Script=Thai}/u;
const DEVANAGARI = /\p{Script=Devanagari}/u;
const ARABIC = /\p{Script=Arabic}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAN = /\p{Script=Han}/u;
/** Han signs that only Japanese writes, or only simplified Chinese, among the words of the field. */
const JAPANESE_HAN = /[齢増給摂歩産鶏目]/u;
const SIMPLIFIED_HAN = /[蛋龄饲鸡吃喝产标准吗呢罗兰曼褐宝]/u;

export interface Detected {
  lang: Lang;
  /** Runner-up of the vote, tried for words that the first does not know. */
  second: Lang | undefined;
  /** False when nothing in the text speaks for a language: breed names, numbers and abbreviations only. */
  sure: boolean;
}

/** Letters up to this one belong to no script but Latin. */
const LAST_LATIN = 0x24f;

const byScript = (tokens: readonly Token[]): Lang | undefined => {
  let arabic = false;
  let devanagari = false;
  let thai = false;
  let han = "";
  let kana = false;
  for (const { raw, kind } of tokens) {
    if (kind === "sign") {
      if (THAI.test(raw)) thai = true;
      else if (KANA.test(raw)) kana = true;
      else if (HAN.test(raw)) han += raw;
    } else if (kind === "word" && raw.charCodeAt(0) > LAST_LATIN) {
      if (ARABIC.test(raw)) arabic = true;
      else if (DEVANAGARI.test(raw)) devanagari = true;
    }
  }
  if (thai) return "th";
  if (kana) return "ja";
  if (han) return JAPANESE_HAN.test(han) && !SIMPLIFIED_HAN.test(han) ? "ja" : "zh";
  if (devanagari) return "hi";
  if (arabic) return "ar";
  return undefined;
};

const LATIN = LANGS.map((lang, index) => ({ lang, index, bit: 1 << index })).filter(
  ({ lang }) => !["ar", "ja", "th", "zh"].includes(lang),
);

const IN_LATIN = LATIN.reduce((mask, { bit }) => mask | bit, 0);
const ENGLISH_AT = LANGS.indexOf("en");
const ENGLISH = 1 << ENGLISH_AT;
const MANY = 7;
const IN_CONVERSATION = 0.7;

const ones = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest; rest &= rest - 1) count += 1;
  return count;
};

const give = (scores: Float64Array, index: number, votes: number): void => {
  scores[index] = (scores[index] ?? 0) + votes;
};

/** A word that no lexicon knows votes by its spelling, for less than a known word counts. */
const UNKNOWN_VOTE = 0.6;

const voteByShape = (word: string, lexicon: Lexicon, scores: Float64Array): void => {
  if (word.length < 4 || word.length > 30) return;
  const values = LATIN.map(({ index }) => likeness(word, lexicon.shapes[index] ?? EMPTY));
  const best = Math.max(...values);
  for (const [at, { index }] of LATIN.entries())
    give(scores, index, UNKNOWN_VOTE * Math.exp(3 * ((values[at] ?? 0) - best)));
};
const EMPTY = new Float32Array(0);

const ORDINALS = new Set(["st", "nd", "rd", "th"]);
const ORDINAL_VOTE = 0.6;
const isEnglishOrdinal = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at];
  return token?.gap === false && ORDINALS.has(token.fold) && tokens[at - 1]?.kind === "number";
};

/**
 * Which of the 16 languages a short text is in: its script first, then the vote of the lexicon's words, a rare
 * word weighing more than one that many languages share, the exact spelling more than an accentless one.
 */
export const detect = (
  tokens: readonly Token[],
  lexicon: Lexicon,
  fallback: Lang,
  known: boolean,
): Detected => {
  const script = byScript(tokens);
  // han signs alone say little: a Japanese conversation goes on in Japanese ("42日", "60週")
  if (script === "zh" && known && fallback === "ja" && !tokens.some(({ raw }) => SIMPLIFIED_HAN.test(raw)))
    return { lang: "ja", second: "zh", sure: true };
  if (script)
    return { lang: script, second: script === "zh" ? "ja" : script === "ja" ? "zh" : undefined, sure: true };
  const scores = new Float64Array(LANGS.length);
  // a conversation stays in its language until a text speaks clearly for another
  if (known) give(scores, LANGS.indexOf(fallback), IN_CONVERSATION);
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== "word" || lexicon.foreignWords.has(token.fold)) continue;
    // "24th" is English; "th" elsewhere may be short for a year
    if (isEnglishOrdinal(tokens, at)) {
      give(scores, ENGLISH_AT, ORDINAL_VOTE);
      continue;
    }
    const word = lexicon.words.get(token.fold);
    if (!word) {
      voteByShape(token.raw, lexicon, scores);
      continue;
    }
    const spelt = token.raw === token.fold ? word : lexicon.accented.get(token.raw);
    const foldedMask = word.known;
    const exactMask = spelt?.exact ?? 0;
    const grammarMask = spelt?.grammar ?? 0;
    // a one-letter word (d, j, g) is an abbreviation that many languages share
    const weight = token.fold.length === 1 ? 0.3 : 1;
    // a word that half of the languages borrow ("weight", "day", "FCR") is English in an English sentence
    if (exactMask & ENGLISH && ones(exactMask) >= MANY) give(scores, ENGLISH_AT, 0.5 * weight);
    const exact = 1.5 / ones(exactMask) + 0.4;
    const folded = 1 / ones(foldedMask) + 0.2;
    const grammar = 0.6 / ones(grammarMask) + 0.2;
    // only the languages that have the word: most words belong to one or two
    for (let rest = (exactMask | foldedMask | grammarMask) & IN_LATIN; rest; rest &= rest - 1) {
      const bit = rest & -rest;
      let score = 0;
      if (exactMask & bit) score = exact;
      else if (foldedMask & bit) score = folded;
      if (grammarMask & bit) score += grammar;
      give(scores, 31 - Math.clz32(bit), score * weight);
    }
  }
  const ranked: [Lang, number][] = [];
  for (let index = 0; index < LANGS.length; index += 1) {
    const score = scores[index] ?? 0;
    if (score > 0) ranked.push([LANGS[index] ?? fallback, score]);
  }
  ranked.sort((a, b) => b[1] - a[1]);
  if (ranked.length === 0)
    return { lang: fallback, second: fallback === "en" ? undefined : "en", sure: false };
  const [best, next] = ranked;
  const tied = ranked.filter(([, score]) => score > (best?.[1] ?? 0) - 0.05).map(([lang]) => lang);
  const lang = tied.includes(fallback) ? fallback : tied.includes("en") ? "en" : (best?.[0] ?? fallback);
  const second = next && next[0] !== lang ? next[0] : best && best[0] !== lang ? best[0] : undefined;
  return { lang, second, sure: (best?.[1] ?? 0) >= 0.9 || tied.length === 1 };
};
