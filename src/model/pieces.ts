import type { Lang } from "../core/types.ts";
import type { Senses } from "./sensitive.ts";

/** A stretch of a model's text that is judged and released as one. */
export interface Piece {
  text: string;
  /** It holds a number, unit, drug or danger, and so the rest of its sentence. */
  held: boolean;
  /** It ends its sentence. */
  ends: boolean;
}

export interface Cutter {
  push(delta: string): Piece[];
  /** What is left when the text ends. */
  end(): Piece[];
  /** Steps of work done, to prove that it grows linearly. */
  steps(): number;
}

/** A clause that goes on for so long is let out at the next edge of a word. */
const SOFT = 60;
/** A text without edges, and a Thai one, is cut after so many characters. */
const HARD = 160;
/** A sentence with a number that never ends. */
const LONGEST_HELD = 400;
/** An edge inside a phrase is passed over so many times. */
const MOST_TRIES = 6;
/** Part of a piece in which an unfinished phrase is looked for. */
const TAIL = 48;
/** Signs that may hang together in a text that means something. */
const MOST_HANGING = 16;
/** "[1, 2]" belongs to the sentence that it stands behind. */
const LONGEST_CITATION = 24;

const SENTENCE = new Set(Array.from(".!?…؟।۔。！？"));
const CLAUSE = new Set(Array.from(",;:،؛、，；："));
/** Marks that need no space after them. */
const ALONE = new Set(Array.from("।。！？、，；："));
const CLOSERS = new Set(Array.from("\"'”’»)]」』）】*_`"));
const SPACE = /\s/;
const THAI = /[\u0e00-\u0e7f]/;
const LETTER = /\p{L}/u;
const DIGIT = /\p{N}/u;
const LOWER_OR_DIGIT = /[\p{Ll}\p{N}]/u;
const IN_CITATION = /[\p{N},;\s[\]–-]/u;
/** A sign that hangs on the one before it, or the second half of one. */
const HANGING = /\p{M}|\u200d|\ufe0f|[\udc00-\udfff]/u;
const LIST_MARK = /^[\s*_#>•-]*\p{N}{1,3}$/u;
/** Numbers that are none: of a passage, of a step. */
const CITED = /\[\s*\p{N}{1,2}(?:\s*[,;–-]\s*\p{N}{1,2})*\s*\]/gu;
const LISTED = /^[\s*_#>•-]*\p{N}{1,3}[.)]\s/u;
/** Languages that write "the 21st" as "21.". */
const ORDINAL_STOP: ReadonlySet<Lang> = new Set(["de", "pl", "tr"]);
/** Languages without spaces between words. */
const UNSPACED: ReadonlySet<Lang> = new Set(["ja", "th", "zh"]);

const segmenters = new Map<Lang, Intl.Segmenter>();
const wordEdges = (text: string, lang: Lang): number[] => {
  let segmenter = segmenters.get(lang);
  if (!segmenter) segmenters.set(lang, (segmenter = new Intl.Segmenter(lang, { granularity: "word" })));
  return Array.from(segmenter.segment(text), ({ index }) => index);
};

type Edge = "clause" | "sentence";

/**
 * Cuts a stream of text into pieces: at the end of a line, sentence or clause, or at the edge of a word after 60
 * characters. A piece that holds nothing to be checked is given at once, one that does with the rest of its sentence.
 * Every decision rests on the text before it and the sign after it, so that the pieces of a text are the same
 * however it arrives.
 */
export const cutter = (lang: Lang, senses: Senses): Cutter => {
  let text = "";
  /** Beginning of the piece, of its line, and the next sign to be read. */
  let from = 0;
  let line = 0;
  let at = 0;
  let held = false;
  let tries = 0;
  /** A mark that ends something once the sign after it allows. */
  let mark: Edge | undefined;
  let marked = 0;
  let spaced = false;
  let citation = -1;
  let steps = 0;
  let out: Piece[] = [];

  const sense = (end: number): void => {
    if (held) return;
    const piece = text.slice(from, end).replace(CITED, "");
    const sensed = senses.read(from <= line ? piece.replace(LISTED, "") : piece);
    held = sensed.held;
  };
  const emit = (end: number, ends: boolean): void => {
    if (end <= from) return;
    out.push({ text: text.slice(from, end), held, ends });
    from = end;
    held = false;
    tries = 0;
  };
  const edge = (end: number, kind: Edge): void => {
    if (end <= from) return;
    steps += 1;
    sense(end);
    if (!held || kind === "sentence") emit(end, kind === "sentence");
  };

  /** The sign at `place` cannot be parted from the one before it. */
  const hangs = (place: number): boolean => HANGING.test(text[place] ?? "") || text[place - 1] === "\u200d";
  const touchesNumber = (place: number): boolean => {
    let before = place - 1;
    while (before > from && SPACE.test(text[before] ?? "")) before -= 1;
    return DIGIT.test(text[before] ?? "") || DIGIT.test(text[place] ?? "");
  };

  /** Where a text without spaces may be cut before `end`: the last edge of a word that touches no number. */
  const unspacedEdge = (end: number): number => {
    const start = Math.max(from, end - TAIL);
    steps += end - start;
    const edges = wordEdges(text.slice(start, end), lang)
      .map((index) => index + start)
      .filter((place) => place > from && !hangs(place) && !touchesNumber(place));
    // what is last may be the beginning of a longer word
    return edges.at(-1) ?? end;
  };

  const force = (ends: boolean): void => {
    sense(at);
    let end = UNSPACED.has(lang) ? unspacedEdge(at) : at;
    const least = Math.max(from + 1, end - MOST_HANGING);
    while (end > least && hangs(end)) end -= 1;
    // a pile of marks that no text has
    emit(hangs(end) ? at : end, ends);
  };

  /** The edge of a word in a clause that has gone on for long. */
  const soft = (): void => {
    if (!SPACE.test(text[at - 1] ?? "") || SPACE.test(text[at] ?? "")) return;
    sense(at);
    if (held) return;
    const tail = text.slice(Math.max(from, at - TAIL), at);
    if (tries < MOST_TRIES && senses.read(tail).open) tries += 1;
    else emit(at, false);
  };

  /** Ends a piece for its length alone. */
  const measure = (): void => {
    const length = at - from;
    if (held && lang !== "th") {
      const isEdge = SPACE.test(text[at - 1] ?? "") && !touchesNumber(at);
      if (length >= LONGEST_HELD && (isEdge || length >= LONGEST_HELD + TAIL)) force(true);
      return;
    }
    if (length >= HARD) {
      // held from here on: it is given with its sentence
      sense(at);
      if (!held || lang === "th") force(lang === "th");
    } else if (length >= SOFT && lang !== "th" && citation < 0) {
      if (!UNSPACED.has(lang)) soft();
      else if (length % SOFT === 0) {
        sense(at);
        if (!held) force(false);
      }
    }
  };

  /** Thai ends its sentences with a space; one beside a figure, a number word or a Latin word ends nothing. */
  const thaiEdge = (): void => {
    if (text[at - 1] !== " " || !THAI.test(text[at - 2] ?? "") || !THAI.test(text[at] ?? "")) return;
    const { counting } = senses.read(text.slice(Math.max(from, at - TAIL), at));
    if (!counting) edge(at, "sentence");
  };

  const isListMark = (): boolean => from <= line && LIST_MARK.test(text.slice(line, at));

  /** "E. coli", "z. B.": one letter on its own, unless it is a unit ("5 g."). */
  const isInitial = (): boolean =>
    LETTER.test(text[at - 1] ?? "") &&
    /[\s(.]/.test(text[at - 2] ?? " ") &&
    !(SPACE.test(text[at - 2] ?? "") && DIGIT.test(text[at - 3] ?? ""));

  const takeMark = (sign: string): void => {
    const kind: Edge | undefined = SENTENCE.has(sign) ? "sentence" : CLAUSE.has(sign) ? "clause" : undefined;
    if (!kind) {
      if (sign === ")" && isListMark()) mark = undefined;
      return;
    }
    if (sign === ".") {
      const before = text[at - 1] ?? "";
      if (isListMark() || (ORDINAL_STOP.has(lang) && DIGIT.test(before))) return;
      if (isInitial()) return;
    }
    [mark, marked, spaced] = [kind, at, false];
  };

  /** A mark stands before; decides at the sign after it and its closing quotes, spaces and citations. */
  const settle = (sign: string): void => {
    if (!mark) return;
    if (citation >= 0) {
      if (IN_CITATION.test(sign) && at - citation < LONGEST_CITATION) return;
      const cited = text.slice(citation, at).trimEnd().endsWith("]");
      close(cited ? at : citation);
      return;
    }
    if (SPACE.test(sign)) {
      spaced = true;
      return;
    }
    if (sign === "[" && mark === "sentence") {
      citation = at;
      return;
    }
    if (!spaced && (CLOSERS.has(sign) || SENTENCE.has(sign))) return;
    const alone = ALONE.has(text[marked] ?? "");
    // "approx. 25 °C": a full stop before a small letter or a figure shortens a word
    const shortens = text[marked] === "." && LOWER_OR_DIGIT.test(sign);
    if ((spaced || alone) && !shortens) close(at);
    else mark = undefined;
  };
  const close = (end: number): void => {
    const kind = mark;
    mark = undefined;
    citation = -1;
    if (kind && !insideBrackets(end)) edge(end, kind);
  };
  /** "[1, 2]": the comma of a citation ends nothing. */
  const insideBrackets = (end: number): boolean => {
    const last = text.slice(Math.max(from, end - LONGEST_CITATION), end);
    return last.lastIndexOf("[") > last.lastIndexOf("]");
  };

  const read = (): void => {
    const sign = text[at] ?? "";
    steps += 1;
    settle(sign);
    if (lang === "th") thaiEdge();
    measure();
    if (!mark) takeMark(sign);
    at += 1;
    if (sign === "\n") {
      mark = undefined;
      citation = -1;
      edge(at, "sentence");
      line = at;
    }
  };

  const taken = (): Piece[] => {
    const pieces = out;
    out = [];
    text = text.slice(from);
    at -= from;
    line -= from;
    marked -= from;
    if (citation >= 0) citation -= from;
    from = 0;
    return pieces;
  };

  return {
    push(delta) {
      text += delta;
      while (at < text.length) read();
      return taken();
    },
    end() {
      if (at > from) edge(at, "sentence");
      return taken();
    },
    steps: () => steps + senses.steps(),
  };
};
