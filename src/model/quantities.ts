import type { Lang } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { tokenise } from "../language/normalise.ts";
import { segment } from "../language/segment.ts";
import { inDigits, inPhrases, isDigits, isNamed } from "./digits.ts";
import { putTogether, shareUnits } from "./joined.ts";
import { withNumberWords } from "./number-words.ts";
import type { Placed, Quantity } from "./quantity.ts";
import { withRatios } from "./ratios.ts";
import type { Sheet } from "./sheet.ts";
import { dualOf, inWords, isSpoken } from "./spoken.ts";
import { isTime, unitsAfter, unitsBefore } from "./unit-beside.ts";

const CITATIONS = /[[【［]\s*\p{Nd}{1,2}(?:\s*[,;–-]\s*\p{Nd}{1,2})*\s*[\]】］]/gu;
/** "و93.5", "وW-36": a particle that is written as one with a number or a name. */
const GLUED_ARABIC = /(?<=\p{Script=Arabic})(?<!\p{Nd})(?=[\p{Nd}A-Za-z])/gu;
const HIDDEN_IN_NUMBERS = /(?<=\p{Nd})[\u200b-\u200f\u2060\ufeff]+(?=[\p{Nd}.,])/gu;
/** What stands on the two sides of these is no list and no number of one: cells, clauses, lines. */
const PARTS = /[|;؛；\n]/g;

/** "十分" alone is "very" or "enough"; before another number it is ten parts. */
const TENTHS = /十分(?=[之の][一二三四五六七八九\d])/gu;

/** A text cut into what the lexicon knows; number words that are written as one are taken apart. */
export const sheetOf = (text: string, lang: Lang, lexicon: Lexicon): Sheet => {
  const words = lexicon.languages[lang];
  const plain = text
    .replace(CITATIONS, " ")
    .replace(HIDDEN_IN_NUMBERS, "")
    .replace(GLUED_ARABIC, " ")
    .replace(TENTHS, "10分")
    .replace(PARTS, " = ");
  const tokens = withNumberWords(tokenise(plain), lexicon, lang);
  const maps = lang === "en" ? [words.phrases] : [words.phrases, lexicon.languages.en.phrases];
  return { tokens, segments: segment(tokens, lexicon, maps, { count: 0 }), words };
};

/** The numbers that begin at a segment. */
const numbersAt = (sheet: Sheet, at: number, lexicon: Lexicon): Placed[] => {
  if (isDigits(sheet, at)) return isNamed(sheet, at, lexicon) ? [] : [inDigits(sheet, at)];
  if (isSpoken(sheet.segments[at], sheet.tokens)) return inWords(sheet, at);
  const dual = dualOf(sheet.segments[at]?.hits ?? [], at);
  return dual ? [dual] : inPhrases(sheet, at, sheet.words.lang);
};

/** Every number of a sheet, in digits of any script or in words, with its unit; citations and breed names hold none. */
export const quantitiesOf = (sheet: Sheet, lexicon: Lexicon): Placed[] => {
  const found: Placed[] = [];
  for (let at = 0; at < sheet.segments.length;) {
    const numbers = numbersAt(sheet, at, lexicon);
    const last = numbers.at(-1);
    if (last) last.end = last.to;
    const isDual = last !== undefined && last.spoken && last.units.length > 0;
    const beside = last && !isDual && !last.inPhrase ? unitsAfter(sheet, last.to, last.spoken) : undefined;
    if (last && beside?.loose) last.shared = beside.units;
    else if (last && beside) {
      const own = isTime(beside.units)
        ? unitsBefore(sheet, at, Math.max(at - 1, found.at(-1)?.end ?? 0))
        : [];
      Object.assign(last, { units: [...beside.units, ...own], end: beside.end });
    }
    found.push(...numbers);
    at = Math.max(at + 1, last?.end ?? 0);
  }
  const told = withRatios(sheet, found);
  shareUnits(sheet, told);
  return putTogether(sheet, told);
};

/** The same of a text. */
export const quantitiesIn = (text: string, lang: Lang, lexicon: Lexicon): Quantity[] =>
  quantitiesOf(sheetOf(text, lang, lexicon), lexicon);
