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
    } else if (kind === "word") {
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

const ENGLISH = 1 << LANGS.indexOf("en");
const MANY = 7;
const IN_CONVERSATION = 0.7;

const ones = (mask: number): number => {
  let count = 0;
  for (let rest = mask; rest; rest &= rest - 1) count += 1;
  return count;
};

/** A word that no lexicon knows votes by its spelling, for less than a known word counts. */
const UNKNOWN_VOTE = 0.6;

const voteByShape = (word: string, lexicon: Lexicon, scores: Map<Lang, number>): void => {
  if (word.length < 4 || word.length > 30) return;
  const likely = LATIN.map(({ lang, index }) => ({
    lang,
    value: likeness(word, lexicon.shapes[index] ?? EMPTY),
  }));
  const best = Math.max(...likely.map(({ value }) => value));
  for (const { lang, value } of likely)
    scores.set(lang, (scores.get(lang) ?? 0) + UNKNOWN_VOTE * Math.exp(3 * (value - best)));
};
const EMPTY = new Float32Array(0);

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
  const scores = new Map<Lang, number>();
  // a conversation stays in its language until a text speaks clearly for another
  if (known) scores.set(fallback, IN_CONVERSATION);
  for (const token of tokens) {
    if (token.kind !== "word" || lexicon.foreignWords.has(token.fold)) continue;
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
    if (exactMask & ENGLISH && ones(exactMask) >= MANY)
      scores.set("en", (scores.get("en") ?? 0) + 0.5 * weight);
    for (const { lang, bit } of LATIN) {
      let score = 0;
      if (exactMask & bit) score = 1.5 / ones(exactMask) + 0.4;
      else if (foldedMask & bit) score = 1 / ones(foldedMask) + 0.2;
      if (grammarMask & bit) score += 0.6 / ones(grammarMask) + 0.2;
      if (score) scores.set(lang, (scores.get(lang) ?? 0) + score * weight);
    }
  }
  if (scores.size === 0) return { lang: fallback, second: fallback === "en" ? undefined : "en", sure: false };
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  const [best, next] = ranked;
  const tied = ranked.filter(([, score]) => score > (best?.[1] ?? 0) - 0.05).map(([lang]) => lang);
  const lang = tied.includes(fallback) ? fallback : tied.includes("en") ? "en" : (best?.[0] ?? fallback);
  const second = next && next[0] !== lang ? next[0] : best && best[0] !== lang ? best[0] : undefined;
  return { lang, second, sure: (best?.[1] ?? 0) >= 0.9 || tied.length === 1 };
};
