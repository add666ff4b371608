import type { Lang } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { citationsOf, valueOfDigits, withoutLeadingCitations } from "./citations.ts";
import { languageGuard } from "./language-guard.ts";
import type { GivenValue } from "./evidence.ts";
import { numberGuard } from "./number-guard.ts";
import { cutter, type Piece } from "./pieces.ts";
import { senses } from "./sensitive.ts";

/** What the safety rules say of a text. */
export type Gate = (text: string, lang: Lang) => { ok: true } | { ok: false; rule: string };

/** A passage as it went into the request. */
export interface SourcePassage {
  n: number;
  title: string;
  applies: string;
  text: string;
  lang: Lang;
}

/** A stretch of a model's text that was not let through. */
export interface Dropped {
  why: "number" | "language" | "safety" | "citation" | "length";
  /** The safety rule that it broke. */
  rule?: string;
  text: string;
}

export interface Guarding {
  lang: Lang;
  lexicon: Lexicon;
  sources: { passages: readonly SourcePassage[]; values?: readonly GivenValue[] };
  questionText: string;
  gate: Gate;
  dropped?: (dropped: Dropped) => void;
  /** Hears of every piece with something in it whether it may be shown. */
  judged?: (passed: boolean) => void;
}

export interface Guard {
  /** What of the text may be shown, so far. */
  push(delta: string): string;
  /** The rest, once the text has ended of itself. */
  end(): string;
}

/** No answer is longer, whatever a model writes. */
export const MOST_CHARACTERS = 4000;
/** The language is judged on so many characters before anything is shown. */
const OPENING = 40;
/** A clause is short enough to be judged with what it continues. */
const SHORT = 60;
/** Advice on a drug may be spread over sentences: so much of them is judged with the next one. */
const REMEMBERED = 240;
const FIGURE = /\p{N}/u;
const LIST_MARK = /^([\s*_#>•-]*)(\p{N}{1,3})([.)]\s)/u;
const HEADING = /^\s*(?:#|\*\*[^*]*\*\*:?\s*$)|[:：]\**\s*$/;
const LAST_LINES = /\n\s*$/;

/** The sentence that is being written. */
interface Sentence {
  /** What of it is shown. */
  shown: string;
  /** A part of it broke a rule: the rest is not shown either. */
  broken: boolean;
  /** Its gap is marked. */
  marked: boolean;
}
const fresh = (): Sentence => ({ shown: "", broken: false, marked: false });

/**
 * Judges a model's text piece by piece, in the order language, citations, numbers, safety. A sentence with a number that
 * nothing supports or with unsafe advice is left out; where its beginning is shown already, "…" stands for the rest.
 */
export const guard = (guarding: Guarding): Guard => {
  const { lang, lexicon, sources, questionText, gate, dropped, judged } = guarding;
  const cut = cutter(lang, senses(lexicon, lang));
  const language = languageGuard(lexicon, lang);
  const numbers = numberGuard(lexicon, lang, {
    passages: sources.passages.map(({ title, applies, text, lang: own }) => ({
      text: `${title}\n${applies}\n${text}`,
      about: `${title}\n${applies}`,
      lang: own,
    })),
    values: sources.values ?? [],
    question: { text: questionText, lang },
  });
  const cited = new Set(sources.passages.map(({ n }) => n));
  let opening: Piece[] | undefined = [];
  let opened = 0;
  let sentence = fresh();
  /** What was shown last: the next sentence is read with it. */
  let before = "";
  let lineBegins = true;
  let lineShown = false;
  /** The line that announces those after it: "Broilers:", "## Layers". */
  let heading: string | undefined;
  let step = 0;
  /** Citations at the beginning of a text would be those of a sentence that is not shown. */
  let orphaned = false;

  /** A step's number at the beginning of a line counts on from the last one; any other is a figure like all others. */
  const withoutStep = (text: string, begins: boolean): string => {
    const [whole, , digits = ""] = (begins ? LIST_MARK.exec(text) : null) ?? [];
    if (whole === undefined) return text;
    const n = valueOfDigits(digits);
    if (n !== 1 && n !== step + 1) return text;
    step = n;
    return text.slice(whole.length);
  };

  const breach = (piece: Piece, text: string, begins: boolean): Omit<Dropped, "text"> | undefined => {
    const checked = withoutStep(text, begins);
    if (
      (piece.held || FIGURE.test(checked)) &&
      numbers.unsupported(checked, sentence.shown, heading).length > 0
    )
      return { why: "number" };
    const whole = sentence.shown + text;
    let verdict = gate(whole.trim(), lang);
    if (verdict.ok && before !== "") verdict = gate(`${before}\n${whole.trim()}`, lang);
    return verdict.ok ? undefined : { why: "safety", rule: verdict.rule };
  };

  const tell = (text: string, passed: boolean): void => {
    if (text.trim() !== "") judged?.(passed);
  };

  const leaveOut = (text: string): string => {
    tell(text, false);
    orphaned = true;
    const gap = sentence.shown.trim() !== "" && !sentence.marked ? "… " : "";
    sentence.marked ||= gap !== "";
    // the line goes on with what is shown before and after
    const lines = lineShown ? (LAST_LINES.exec(text)?.[0] ?? "") : "";
    return gap === "" || lines === "" ? gap + lines : `…${lines}`;
  };

  const judge = (piece: Piece, begins: boolean, sure: boolean): string => {
    if (sentence.broken) return leaveOut(piece.text);
    const own = orphaned ? withoutLeadingCitations(piece.text) : piece.text;
    const fits =
      sure ||
      language.fits(own) ||
      (sentence.shown !== "" && own.length < SHORT && language.fits(sentence.shown + own));
    if (!fits) {
      dropped?.({ why: "language", text: piece.text });
      return leaveOut(piece.text);
    }
    const { text, removed } = citationsOf(own, cited);
    if (removed > 0) dropped?.({ why: "citation", text: own });
    const broken = breach(piece, text, begins);
    if (broken) {
      sentence.broken = true;
      dropped?.({ ...broken, text: piece.text });
      return leaveOut(piece.text);
    }
    if (text.trim() !== "") orphaned = false;
    sentence.shown += text;
    tell(piece.text, true);
    return text;
  };

  const take = (piece: Piece, sure: boolean): string => {
    const shown = judge(piece, lineBegins, sure);
    lineBegins = piece.text.endsWith("\n");
    lineShown = !lineBegins && (lineShown || shown.trim() !== "");
    if (piece.ends) {
      if (piece.text.endsWith("\n") && HEADING.test(sentence.shown)) heading = sentence.shown;
      if (sentence.shown.trim() !== "")
        before = `${before}\n${sentence.shown.trim()}`.trimStart().slice(-REMEMBERED);
      sentence = fresh();
    }
    return shown;
  };

  /** Nothing is shown before the language of the beginning is known. */
  const open = (ended: boolean): string => {
    if (!opening || (opened < OPENING && !ended)) return "";
    const pieces = opening;
    opening = undefined;
    const fits = language.fits(pieces.map(({ text }) => text).join(""));
    return pieces.map((piece) => take(piece, fits)).join("");
  };

  const accept = (pieces: readonly Piece[], ended: boolean): string => {
    let shown = "";
    for (const piece of pieces) {
      if (!opening) {
        shown += take(piece, false);
        continue;
      }
      opening.push(piece);
      opened += piece.text.length;
      shown += open(false);
    }
    return ended ? shown + open(true) : shown;
  };

  return {
    push: (delta) => accept(cut.push(delta), false),
    end: () => accept(cut.end(), true),
  };
};

/** The text without a first half of a sign at its end. */
const wholeSigns = (text: string): string => (/[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text);

/**
 * A model's text as it may be shown, while it comes in. A failing model passes its fault on, and what was not judged
 * yet is not shown; leaving the loop stops the model.
 */
export async function* guarded(deltas: AsyncIterable<string>, options: Guarding): AsyncGenerator<string> {
  const judge = guard(options);
  let read = 0;
  for await (const delta of deltas) {
    const taken =
      delta.length > MOST_CHARACTERS - read ? wholeSigns(delta.slice(0, MOST_CHARACTERS - read)) : delta;
    read += taken.length;
    const shown = judge.push(taken);
    if (shown !== "") yield shown;
    if (taken.length < delta.length) {
      options.dropped?.({ why: "length", text: delta.slice(taken.length, taken.length + SHORT) });
      return;
    }
  }
  const rest = judge.end();
  if (rest !== "") yield rest;
}
