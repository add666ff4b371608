/** Scripts that part no words by spaces. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const THAI = /\p{Script=Thai}/u;

const segmenters = new Map<string, Intl.Segmenter>();
const segmenterOf = (text: string): Intl.Segmenter => {
  const lang = THAI.test(text) ? "th" : KANA.test(text) ? "ja" : "zh";
  let segmenter = segmenters.get(lang);
  if (!segmenter) segmenters.set(lang, (segmenter = new Intl.Segmenter(lang, { granularity: "word" })));
  return segmenter;
};

/** A longer run without a space is no word of any language; it counts, and is cut, as several. */
const LONGEST_WORD = 60;

const spaced = (text: string): string[] =>
  text
    .split(/\s+/)
    .filter((word) => word !== "")
    .flatMap((word) => {
      const parts: string[] = [];
      for (let at = 0; at < word.length; at += LONGEST_WORD) parts.push(word.slice(at, at + LONGEST_WORD));
      return parts;
    });

/** Number of words of a text in any of the 16 languages. */
export const countWords = (text: string): number => {
  if (!UNSPACED.test(text)) return spaced(text).length;
  let count = 0;
  for (const { isWordLike } of segmenterOf(text).segment(text)) if (isWordLike) count += 1;
  return count;
};

/** Ends of sentences: a stop and a space, or a stop of a script without spaces. */
const SENTENCE = /(?<=[.!?؟।۔…][»”"')\]]?)\s+|(?<=[。！？])/u;

/** A text in pieces of at most `most` words: by words, for what has no sentences. */
const byWords = (text: string, most: number): string[] => {
  const unspaced = UNSPACED.test(text);
  const parts = unspaced
    ? Array.from(segmenterOf(text).segment(text), ({ segment }) => segment)
    : spaced(text).map((word) => `${word} `);
  const pieces: string[] = [];
  for (let at = 0; at < parts.length;) {
    let piece = "";
    for (let count = 0; at < parts.length && count < most; at += 1, count += 1) piece += parts[at];
    pieces.push(piece.trim());
  }
  return pieces.filter((piece) => piece !== "");
};

/** A paragraph in sentences, and a sentence of more than `most` words in pieces. */
export const sentencesOf = (text: string, most: number): { text: string; words: number }[] =>
  text
    .split(SENTENCE)
    .filter((sentence) => sentence.trim() !== "")
    .flatMap((sentence) => {
      const words = countWords(sentence);
      if (words <= most && sentence.length <= most * LONGEST_WORD) return [{ text: sentence.trim(), words }];
      return byWords(sentence, most).map((piece) => ({ text: piece, words: countWords(piece) }));
    });

/** Pieces of one paragraph as one text again: a space between them, but not in scripts that use none. */
export const joined = (before: string, after: string): string => {
  if (before === "" || after === "") return before + after;
  const tight = UNSPACED.test(before.slice(-1)) || /[。！？、，]$/u.test(before);
  return tight && UNSPACED.test(after.charAt(0)) ? before + after : `${before} ${after}`;
};
