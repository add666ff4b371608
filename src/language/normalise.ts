/** What a token is made of decides how words are cut: letters between spaces, or single signs of a script without spaces. */
export type TokenKind = "word" | "sign" | "number" | "symbol";

export interface Token {
  kind: TokenKind;
  /** Lower case, NFKC, accents kept. */
  raw: string;
  /** The form that the lexicon is indexed by: no case, accents, hamza, nukta or native digits. */
  fold: string;
  /** White space or punctuation stands before it. */
  gap: boolean;
  /** A comma or another mark that parts clauses stands before it. */
  stop: boolean;
}

const LATIN_SPECIAL: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ł: "l",
  ı: "i",
  þ: "th",
  ð: "d",
};
const ARABIC_SPECIAL: Record<string, string> = {
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ٱ: "ا",
  ى: "ي",
  ی: "ي",
  ة: "ه",
  ؤ: "و",
  ئ: "ي",
  ک: "ك",
  گ: "ك",
  پ: "ب",
  ڤ: "ف",
};
const LATIN_MARKS = /[\u0300-\u036f]/g;
const ARABIC_MARKS = /[\u064b-\u065f\u0670\u0640]/g;
const INDIC_MARKS = /\u093c/g;
/** Tone marks and the like, which are often left out: the vowels stay. */
export const THAI_TONES = /[\u0e47-\u0e4c]/g;
/** The last code unit that needs no folding. */
const PLAIN = 0x7f;

const isPlain = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > PLAIN) return false;
  return true;
};

/** Folds one lower-case word: what is left is compared, so both sides of every comparison go through it. */
export const foldWord = (raw: string): string => {
  if (isPlain(raw)) return raw;
  const known = folded.get(raw);
  if (known !== undefined) return known;
  const fold = foldMarks(raw);
  if (folded.size >= MOST_FOLDED) folded.clear();
  if (raw.length <= LONGEST_FOLDED) folded.set(raw, fold);
  return fold;
};

/** Words seen lately: farmers' words are few, and folding one costs more than finding it again. */
const folded = new Map<string, string>();
const MOST_FOLDED = 4096;
/** A longer piece of a text may hold the whole text in memory. */
const LONGEST_FOLDED = 12;

const foldMarks = (raw: string): string => {
  const latin = raw.normalize("NFD").replace(LATIN_MARKS, "").normalize("NFC");
  const plain = latin
    .replace(ARABIC_MARKS, "")
    .replace(INDIC_MARKS, "")
    .replace(THAI_TONES, "")
    .replaceAll("\u0901", "\u0902");
  let out = "";
  for (const sign of plain) out += LATIN_SPECIAL[sign] ?? ARABIC_SPECIAL[sign] ?? sign;
  // the Arabic article is written as one with its noun, here and in the lexicon
  return out.length >= 5 && out.startsWith("ال") ? out.slice(2) : out;
};

const CLAUSE_MARKS = new Set(Array.from(",;:?!()、，；：؛،؟", (sign) => sign.charCodeAt(0)));

/** "G.M.Q." is written "GMQ" too; "p.v." is "pv". */
const DOTTED = /(?<![\p{L}\d])(?:\p{L}\.){2,}\p{L}?(?![\p{L}\d])/gu;
/** "4.ª semana", "4.a semana": the dot before the letter of an ordinal. */
const ORDINAL_DOT = /(?<=\d)\.(?=[ªºao](?![\p{L}\d]))/gu;
const undotted = (text: string): string =>
  text.includes(".")
    ? text.replace(DOTTED, (found) => found.replaceAll(".", "")).replace(ORDINAL_DOT, "")
    : text;

/** "308's", "308'lerim": what hangs on a strain number by an apostrophe is grammar. */
const HANGING_ENDING = /(?<=[\d+])['\u2019]\p{L}+/gu;
const bared = (text: string): string => {
  const plain = plainNumbers(undotted(text));
  return /['\u2019]/.test(plain) ? plain.replace(HANGING_ENDING, "") : plain;
};

/** Zero digits of the scripts whose digits farmers type. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0xe50];
const GAP = 0;
const WORD = 1;
const SIGN = 2;
const DIGIT = 3;
const SYMBOL = 4;
/** A mark that hangs on the Thai sign before it. */
const HANGING = 5;

/** Class of every code unit; built once. Letters beyond the basic plane count as gaps: no language of ours needs them. */
const CLASSES = ((): Uint8Array => {
  const classes = new Uint8Array(0x10000);
  const letter = /[\p{L}\p{M}]/u;
  const sign = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u;
  for (let code = 0x41; code < 0xfffd; code += 1) {
    // private use, surrogates and Hangul syllables need no look
    if ((code >= 0xa000 && code < 0xf900) || (code >= 0x4e00 && code <= 0x9fff)) continue;
    const text = String.fromCharCode(code);
    if (sign.test(text)) classes[code] = SIGN;
    else if (code >= 0xe00 && code <= 0xe7f)
      classes[code] = /\p{M}/u.test(text) ? HANGING : letter.test(text) ? SIGN : GAP;
    else if (letter.test(text)) classes[code] = WORD;
  }
  classes.fill(SIGN, 0x4e00, 0xa000);
  for (const zero of ZEROS) classes.fill(DIGIT, zero, zero + 10);
  for (const symbol of "%°º²³+/~@€$&<>=♀♂-–—‐‑−") classes[symbol.charCodeAt(0)] = SYMBOL;
  return classes;
})();

const SEPARATORS = new Set(Array.from(".,\u066b\u066c'\u2019\u00a0\u202f", (sign) => sign.charCodeAt(0)));
const DASHES = new Set(Array.from("-–—‐‑−"));

const asciiDigits = (text: string): string => {
  if (isPlain(text)) return text;
  let out = "";
  for (const sign of text) {
    const code = sign.charCodeAt(0);
    const zero = ZEROS.find((one) => code >= one && code <= one + 9);
    out += zero === undefined ? sign : String(code - zero);
  }
  return out;
};

/** "W36,57": the number is part of a name of one letter; a comma ends it. */
const isNamed = (text: string, at: number): boolean =>
  CLASSES[text.charCodeAt(at - 1)] === WORD && CLASSES[text.charCodeAt(at - 2)] !== WORD;

/** End of a number that begins at `at`: digits, with single separators between digits. */
const numberEnd = (text: string, at: number): number => {
  let end = at + 1;
  const named = at > 0 && isNamed(text, at);
  for (;;) {
    const kind = CLASSES[text.charCodeAt(end)];
    if (kind === DIGIT) end += 1;
    else if (named) return end;
    else if (SEPARATORS.has(text.charCodeAt(end)) && CLASSES[text.charCodeAt(end + 1)] === DIGIT) end += 2;
    else return end;
  }
};

const runEnd = (text: string, at: number, kind: number): number => {
  let end = at + 1;
  while (end < text.length && CLASSES[text.charCodeAt(end)] === kind) end += 1;
  return end;
};

const FRACTIONS: Readonly<Record<string, string>> = { "½": ".5", "¼": ".25", "¾": ".75" };

/** "30½" is 30.5; left to the normal form it would be 301/2. */
const fractions = (text: string): string =>
  text.replace(
    /(?:(\d)[ \u00a0]?)?([½¼¾])/g,
    (_, digit: string | undefined, sign: string) => `${digit ?? "0"}${FRACTIONS[sign] ?? ""}`,
  );

/** "2 1/2 weeks" is 2.5; a date ("21.11.2026") is neither an age nor a number of birds. */
const HALF = /(\d)[ \u00a0]1\/2(?!\d)/g;
const DATE = /(?<![\d.,/-])\d{1,4}([./-])\d{1,2}\1\d{2,4}(?![\d.,/-]*\d)/g;
const plainNumbers = (text: string): string =>
  /\d[ \u00a0]1\/2|\d[./-]\d/.test(text) ? text.replace(HALF, "$1.5").replace(DATE, " ") : text;

/**
 * Cuts a text into tokens. A full-width comma parts two numbers, it never joins them ("308，2周"). Letters and digits part ("r308" is r + 308); Han, kana and Thai give a token a sign,
 * so that the lexicon finds words anywhere in them. Linear in the length of the text.
 */
export const tokenise = (text: string): Token[] => {
  const plain = isPlain(text)
    ? bared(text).toLowerCase()
    : fractions(bared(text))
        .replace(/[，、；：]/g, " , ")
        .normalize("NFKC")
        .replaceAll("İ", "i")
        .replaceAll("٪", "%")
        .toLowerCase();
  const tokens: Token[] = [];
  let gap = false;
  let stop = false;
  for (let at = 0; at < plain.length;) {
    const kind = CLASSES[plain.charCodeAt(at)];
    let end = at + 1;
    if (kind === GAP) {
      gap = true;
      // "F:G" is one word, "weight: 2 kg" are two clauses
      stop ||= CLAUSE_MARKS.has(plain.charCodeAt(at)) && (plain[at] !== ":" || plain[end] === " ");
      at = end;
      continue;
    }
    if (kind === DIGIT) end = numberEnd(plain, at);
    else if (kind === WORD) end = runEnd(plain, at, WORD);
    else if (kind === SIGN)
      end = CLASSES[plain.charCodeAt(end)] === HANGING ? runEnd(plain, at, HANGING) : end;
    const raw = plain.slice(at, end);
    if (kind === DIGIT) {
      const ascii = asciiDigits(raw);
      tokens.push({ kind: "number", raw: ascii, fold: ascii, gap, stop });
    } else if (kind === WORD) tokens.push({ kind: "word", raw, fold: foldWord(raw), gap, stop });
    else if (kind === SYMBOL) {
      const symbol = DASHES.has(raw) ? "-" : raw;
      tokens.push({ kind: "symbol", raw: symbol, fold: symbol, gap, stop });
      // "コッッブ", "ロッス": small tsu is doubled and left out at will
    } else if (raw !== "ッ" || CLASSES[plain.charCodeAt(end)] !== SIGN)
      tokens.push({ kind: "sign", raw, fold: raw.length > 1 ? foldWord(raw) : raw, gap, stop });
    gap = false;
    stop = false;
    at = end;
  }
  return tokens;
};

const SIGNS_IN_PHRASES = new Set(["+", "%", "²", "³", "°", "º", "/", "♀", "♂"]);

/** Tokens that phrases are made of; a hyphen or the like may stand between them (W-36, Hy-Line). */
export const inPhrase = (token: Token): boolean =>
  token.kind !== "symbol" || SIGNS_IN_PHRASES.has(token.fold);
