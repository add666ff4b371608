/** Code points that nobody sees: controls, fillers, bidi and format marks, variation selectors, tags. */
const UNSEEN: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x08],
  [0x0e, 0x1f],
  [0x7f, 0x84],
  [0x86, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x2800, 0x2800],
  [0x3164, 0x3164],
  [0xd800, 0xdfff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffb],
  [0xe0000, 0xe0fff],
];
const classOf = (ranges: typeof UNSEEN): string =>
  ranges.map(([from, to]) => `\\u{${from.toString(16)}}-\\u{${to.toString(16)}}`).join("");
/** By code points, so that half of a pair stands for itself. */
const unseen = new RegExp(`[${classOf(UNSEEN)}]`, "gu");
/** Ends of lines of every kind. */
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const spaces = /[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;
/** Joiners shape Arabic and Indic words, and hide anywhere else. */
const strayJoiner =
  /(?<![\p{Script=Arabic}\p{Script=Devanagari}])[\u200c\u200d]|[\u200c\u200d](?![\p{Script=Arabic}\p{Script=Devanagari}])/gu;

/** Text of a document as data: only what a reader of it sees, on one line. */
export const cleanLine = (text: string): string =>
  text
    .replace(breaks, " ")
    .replace(unseen, "")
    .replace(strayJoiner, "")
    .normalize("NFC")
    .replace(spaces, " ")
    .trim();
