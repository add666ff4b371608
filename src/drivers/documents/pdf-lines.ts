/** A piece of text on a page: its place in points from the lower left, and its height. */
export interface Piece {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Pieces on one line that stand close together. */
export interface Segment {
  text: string;
  left: number;
  right: number;
}

export interface Line {
  segments: Segment[];
  y: number;
  height: number;
}

/** A wider gap than this many heights parts two cells; two numbers are parted by less. */
const CELL_GAP = 1.1;
const NUMBER_GAP = 0.45;
/** A wider gap than this is a space. */
const SPACE_GAP = 0.12;
const NUMERIC = /^[^\p{L}]*\p{Nd}[^\p{L}]*(?:\p{L}{1,3}|%)?$/u;
export const isNumber = (text: string): boolean => NUMERIC.test(text.trim());

const UNSPACED = /[\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Text that goes on, with a space where one stood. */
const glued = (before: string, after: string, gap: boolean): string =>
  !gap || before === "" || before.endsWith(" ") || after.startsWith(" ")
    ? before + after
    : `${before} ${after}`;

const segmentsOf = (pieces: readonly Piece[]): Segment[] => {
  const segments: Segment[] = [];
  for (const { text, x, width, height } of pieces.toSorted((a, b) => a.x - b.x)) {
    const last = segments.at(-1);
    const gap = last ? x - last.right : 0;
    const numbers = last !== undefined && isNumber(last.text) && isNumber(text);
    if (last && gap <= height * (numbers ? NUMBER_GAP : CELL_GAP)) {
      last.text = glued(last.text, text, gap > height * SPACE_GAP);
      last.right = Math.max(last.right, x + width);
    } else segments.push({ text, left: x, right: x + width });
  }
  return segments
    .map((segment) => ({ ...segment, text: segment.text.trim() }))
    .filter(({ text }) => text !== "");
};

/** Pieces on lines from the top of the page down, by the height that they stand at. */
export const linesOf = (pieces: readonly Piece[]): Line[] => {
  const lines: { y: number; height: number; pieces: Piece[] }[] = [];
  for (const piece of pieces.toSorted((a, b) => b.y - a.y)) {
    const last = lines.at(-1);
    // raised figures and slightly uneven cells stand on the same line
    if (last && last.y - piece.y <= Math.max(last.height, piece.height) * 0.4) {
      last.pieces.push(piece);
      last.height = Math.max(last.height, piece.height);
    } else lines.push({ y: piece.y, height: piece.height, pieces: [piece] });
  }
  return lines
    .map(({ y, height, pieces: own }) => ({ y, height, segments: segmentsOf(own) }))
    .filter(({ segments }) => segments.length > 0);
};

/** The text of lines that belong together; a word that is parted at the end of a line is one again. */
export const flowed = (texts: readonly string[]): string => {
  let out = "";
  for (const text of texts) {
    if (/\p{L}-$/u.test(out) && /^\p{Ll}/u.test(text)) out = out.slice(0, -1) + text;
    else {
      const tight = UNSPACED.test(out.slice(-1)) && UNSPACED.test(text.charAt(0));
      out = glued(out, text, !tight);
    }
  }
  return out;
};
