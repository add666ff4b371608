/** Scripts that part no words by spaces, each with the language whose words are looked for in it. */
const UNSPACED = /[\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+/gu;
const THAI = /\p{Script=Thai}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HAN = /\p{Script=Han}{2,}/gu;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

const segmenters = new Map<string, Intl.Segmenter>();
const segmenterOf = (lang: string): Intl.Segmenter => {
  let segmenter = segmenters.get(lang);
  if (!segmenter) segmenters.set(lang, (segmenter = new Intl.Segmenter(lang, { granularity: "word" })));
  return segmenter;
};

/** Each two signs in a row: where a compound is parted depends on what stands around it (飲水量, 飲 + 水量). */
const pairsOf = (run: string): string[] =>
  (run.match(HAN) ?? []).flatMap((han) => {
    const signs = Array.from(han);
    return signs.slice(1).map((sign, at) => `${signs[at]}${sign}`);
  });

/** Compatibility forms are one, but for Thai, whose vowels they would take apart. */
const normal = (text: string): string =>
  text.replace(/[^\u0e00-\u0e7f]+/g, (run) => run.normalize("NFKC")).toLowerCase();

/** Words of a text as an index keeps them and as a search asks for them: both go through here. */
export const lexicalWords = (text: string): string[] => {
  const plain = normal(text);
  const lang = KANA.test(plain) ? "ja" : "zh";
  const spaced = plain.replace(UNSPACED, (run) => {
    const segments = segmenterOf(THAI.test(run) ? "th" : lang).segment(run);
    const words = Array.from(segments, ({ segment }) => segment);
    return ` ${[...words, ...pairsOf(run).filter((pair) => !words.includes(pair))].join(" ")} `;
  });
  return spaced.match(WORD) ?? [];
};
