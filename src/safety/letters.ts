/** Marks on Latin letters, and letters that are spelt in another way in one language or the other. */
const MARKS = /[\u0300-\u036f]/g;
const LATIN: readonly (readonly [RegExp, string])[] = [
  [/ph/g, "f"],
  [/([ckt])h/g, "$1"],
  [/ck|[cq]/g, "k"],
  [/x/g, "ks"],
  [/z/g, "s"],
  [/[yjı]/g, "i"],
  [/w/g, "v"],
  [/ł/g, "l"],
  [/đ/g, "d"],
  [/([a-z])\1+/g, "$1"],
];

/** A Latin text as it sounds: "cypermethrin", "cipermetrina" and "zypermethryn" begin alike. */
export const latinSounds = (text: string): string => {
  let out = text.toLowerCase().normalize("NFD").replace(MARKS, "");
  for (const [from, to] of LATIN) out = out.replace(from, to);
  return out;
};

const VOWELS = /[aeiou]/g;
/** What is left of Latin words without their vowels, which is what people spell wrong. */
export const latinBones = (sounds: string): string => sounds.replace(VOWELS, "").replace(/([a-z])\1+/g, "$1");

const ARABIC: readonly (readonly [RegExp, string])[] = [
  [/[\u064b-\u065f\u0670\u0640]/g, ""],
  [/[پ]/g, "ب"],
  [/[ڤڥ]/g, "ف"],
  [/[گک]/g, "ك"],
  [/[اأإآىيیوؤئءهة]/g, ""],
];
/** Vowel signs, and vowels of their own inside a word, that a name may be spelt with. */
const DEVANAGARI = /[\u0900-\u0914\u093a-\u094f\u0955-\u0957\u0962\u0963]/g;
const THAI = /[\u0e30-\u0e3a\u0e40-\u0e4eอ]/g;
const KATAKANA: readonly (readonly [RegExp, string])[] = [
  [/[ーッ・]/g, ""],
  [/[ァｧ]/g, "ア"],
  [/ィ/g, "イ"],
  [/ゥ/g, "ウ"],
  [/ェ/g, "エ"],
  [/ォ/g, "オ"],
  [/ヴ/g, "ブ"],
];

/** A text of another script without the signs that spellings of one foreign name differ by. */
export const otherBones = (text: string): string => {
  let out = text.normalize("NFKC");
  for (const [from, to] of [...ARABIC, ...KATAKANA]) out = out.replace(from, to);
  return out.replace(DEVANAGARI, "").replace(THAI, "");
};
