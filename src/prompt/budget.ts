import type { Lang } from "../core/types.ts";
import { sentencesOf } from "./sentences.ts";
import type { Counter } from "./tokens.ts";

/** What a request is trimmed to; the mean of all requests stays below it. */
export const GOAL_TOKENS = 1200;
/** No request is ever greater, whatever the question, the passages and the language. */
export const CEILING_TOKENS = 1600;
/** A longer question goes in as its asking sentence with what stands around it. */
export const QUESTION_TOKENS = 300;

/** A line or sentence with its weight. */
export interface Unit {
  text: string;
  tokens: number;
}
/** The parts that may be trimmed, each with what is dearest first; turns are in their order, the newest last. */
export interface Parts {
  turns: Unit[];
  terms: Unit[];
  passages: { n: number; head: Unit; sentences: Sentence[] }[];
}
/** `spare`: it has nothing to do with the question, so it goes before any other. */
export type Sentence = Unit & { spare?: boolean };
/** Tokens that an empty part saves: its opening and closing line. */
export interface Frames {
  turns: number;
  terms: number;
}

/** What stays while a request is above the goal and below the ceiling. */
const KEPT_TO_GOAL = { turns: 2, terms: 5, sentences: 1 };
const KEPT_TO_CEILING = { turns: 0, terms: 0, sentences: 0 };

const sum = (units: readonly Unit[]): number => units.reduce((total, { tokens }) => total + tokens, 0);

export const weightOf = ({ turns, terms, passages }: Parts, frames: Frames): number =>
  (turns.length > 0 ? frames.turns + sum(turns) : 0) +
  (terms.length > 0 ? frames.terms + sum(terms) : 0) +
  passages.reduce((total, { head, sentences }) => total + head.tokens + sum(sentences), 0);

/** Counts what went, for the receipt: "terms: 4 left out". */
const tally = () => {
  const counts = new Map<string, number>();
  return {
    add: (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1),
    lines: (): string[] => [...counts].map(([name, count]) => `${name}: ${count} left out`),
  };
};

/**
 * Trims the parts in place to what is left beside the fixed ones: the oldest turns, then the last terms, then whole
 * sentences of the passages, the least relevant passage first: those that have nothing to do with the question, then
 * from the end, where details stand. The first passage keeps all others as long as the ceiling allows. Returns what
 * was left out.
 */
export const trim = (parts: Parts, frames: Frames, fixed: number, lang: Lang, count: Counter): string[] => {
  const gone = tally();
  let weight = fixed + weightOf(parts, frames);
  const { turns, terms, passages } = parts;
  const pass = (limit: number, kept: typeof KEPT_TO_GOAL): void => {
    while (weight > limit && turns.length > kept.turns) {
      weight -= (turns.shift()?.tokens ?? 0) + (turns.length === 0 ? frames.turns : 0);
      gone.add("conversation turns");
    }
    while (weight > limit && terms.length > kept.terms) {
      weight -= (terms.pop()?.tokens ?? 0) + (terms.length === 0 ? frames.terms : 0);
      gone.add("terms");
    }
    for (const { n, sentences } of passages.toReversed())
      for (let at = sentences.length - 1; at >= 1 && weight > limit; at -= 1) {
        if (sentences[at]?.spare !== true) continue;
        weight -= sentences.splice(at, 1)[0]?.tokens ?? 0;
        gone.add(`sentences of passage ${n}`);
      }
    for (let at = passages.length - 1; at >= 1 && weight > limit; at -= 1) {
      const passage = passages[at];
      if (!passage) continue;
      while (weight > limit && passage.sentences.length > kept.sentences) {
        weight -= passage.sentences.pop()?.tokens ?? 0;
        gone.add(`sentences of passage ${passage.n}`);
      }
      if (passage.sentences.length > 0) continue;
      weight -= passage.head.tokens;
      passages.splice(at, 1);
    }
  };
  pass(GOAL_TOKENS, KEPT_TO_GOAL);
  pass(CEILING_TOKENS, KEPT_TO_CEILING);
  const [best] = passages;
  if (!best) return gone.lines();
  while (weight > CEILING_TOKENS && best.sentences.length > 1) {
    weight -= best.sentences.pop()?.tokens ?? 0;
    gone.add(`sentences of passage ${best.n}`);
  }
  if (weight <= CEILING_TOKENS) return gone.lines();
  for (const unit of [best.sentences[0], best.head]) {
    if (!unit || weight <= CEILING_TOKENS) continue;
    const text = beginningOf(unit.text, Math.max(0, unit.tokens - (weight - CEILING_TOKENS)), lang, count);
    const tokens = text === "" ? 0 : count(text, lang);
    weight -= unit.tokens - tokens;
    Object.assign(unit, { text, tokens });
    gone.add(`ends of passage ${best.n}`);
  }
  return gone.lines();
};

/** The longest piece of a text, from its beginning or end, that `fits`; never cut inside a sign. */
const longest = (text: string, fromEnd: boolean, fits: (piece: string) => boolean): string => {
  const signs = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  const piece = (length: number): string =>
    (fromEnd ? signs.slice(signs.length - length) : signs.slice(0, length)).join("");
  let low = 0;
  let high = signs.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(piece(middle))) low = middle;
    else high = middle - 1;
  }
  return piece(low);
};

const beginningOf = (text: string, tokens: number, lang: Lang, count: Counter): string => {
  // no token is longer than this many signs of running text, so the search begins near its end
  const head = text.slice(0, tokens * LONGEST_TOKEN);
  const cut = longest(head, false, (piece) => count(`${piece}…`, lang) <= tokens);
  return cut === "" ? "" : `${cut}…`;
};
const LONGEST_TOKEN = 12;

const ASKS = /[?？؟]/;
/** A question is understood from its last characters, as everywhere in the product. */
const LONGEST_QUESTION = 4000;

/**
 * A question within its share: whole, or its asking sentence (the last with a question mark, else the last) with as
 * many neighbours as fit, or the end of an asking sentence that is too long itself.
 */
export const questionWithin = (
  question: string,
  lang: Lang,
  count: Counter,
): { text: string; tokens: number; cut: boolean } => {
  const text = question.slice(-LONGEST_QUESTION);
  const whole = count(text, lang);
  if (whole <= QUESTION_TOKENS) return { text, tokens: whole, cut: text.length < question.length };
  const sentences = sentencesOf(text).map((sentence) => ({ sentence, tokens: count(` ${sentence}`, lang) }));
  const asking = Math.max(
    0,
    sentences.findLastIndex(({ sentence }) => ASKS.test(sentence)),
  );
  const middle = ASKS.test(text) ? asking : sentences.length - 1;
  const room = QUESTION_TOKENS - count("… …", lang);
  const own = sentences[middle];
  if (!own || own.tokens > room) {
    const end = longest(
      (own?.sentence ?? text).slice(-room * LONGEST_TOKEN),
      true,
      (piece) => count(piece, lang) <= room,
    );
    const piece = `…${end.trimStart()}`;
    return { text: piece, tokens: count(piece, lang), cut: true };
  }
  let [first, last, used] = [middle, middle, own.tokens];
  for (let grown = true; grown;) {
    grown = false;
    for (const next of [first - 1, last + 1]) {
      const neighbour = sentences[next];
      if (!neighbour || used + neighbour.tokens > room) continue;
      used += neighbour.tokens;
      if (next < first) first = next;
      else last = next;
      grown = true;
    }
  }
  const kept = sentences.slice(first, last + 1).map(({ sentence }) => sentence);
  if (first > 0) kept.unshift("…");
  if (last < sentences.length - 1) kept.push("…");
  const piece = kept.join(" ");
  return { text: piece, tokens: count(piece, lang), cut: true };
};
