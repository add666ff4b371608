import type { Lang } from "../core/types.ts";
import { detect } from "./detect.ts";
import type { Hit, LanguageWords, Lexicon, Phrases } from "./lexicon.ts";
import { tokenise, type Token } from "./normalise.ts";
import { combine, combineHan, numberIn, type Spoken } from "./numbers.ts";
import { segment, type Segment } from "./segment.ts";
import { speller, type Speller } from "./spell.ts";

/** One understood piece of a text, in the order of the text. */
export type Item =
  | {
      is: "concept";
      id: string;
      kind: string;
      /** One letter, which many words begin with: d, j, g. */ short: boolean;
    }
  | { is: "line"; ids: string[] }
  | { is: "number"; value: number; digits: boolean }
  | { is: "dual"; value: number; unit: string }
  | { is: "ordinal" }
  | { is: "symbol"; sign: string }
  | { is: "function" }
  | { is: "unknown"; text: string };

export interface Reading {
  lang: Lang;
  sure: boolean;
  items: Item[];
  /** Steps of work done, to prove that it grows linearly. */
  steps: number;
}

/** A question longer than this is understood from its end. */
export const LONGEST_TEXT = 4000;

export interface Reader {
  /** Reads a text in a given language, or in the one it seems to be in; `fallback` when nothing speaks for one. */
  read(text: string, lang: Lang | undefined, fallback: Lang): Reading;
}

const DAY_OR_WEEK = new Set(["day", "week"]);

export const reader = (lexicon: Lexicon): Reader => {
  const spellers = new Map<Lang, Speller>();
  const spellerOf = (words: LanguageWords): Speller => {
    let found = spellers.get(words.lang);
    if (!found) spellers.set(words.lang, (found = speller(words, lexicon)));
    return found;
  };

  const repairAll = (tokens: readonly Token[], lang: Lang, others: readonly LanguageWords[]): Token[] => {
    const words = lexicon.languages[lang];
    const bits = others.reduce((mask, other) => mask | other.bit, words.bit);
    const out: Token[] = [];
    for (const token of tokens) {
      const fine =
        token.kind !== "word" ||
        ((lexicon.words.folded.get(token.fold) ?? 0) & bits) !== 0 ||
        lexicon.nameWords.has(token.fold);
      const repaired = fine ? undefined : spellerOf(words).repair(token);
      if (repaired) out.push(...repaired);
      else out.push(token);
    }
    return out;
  };

  const understand = (
    tokens: readonly Token[],
    lang: Lang,
    second: Lang | undefined,
  ): { items: Item[]; steps: number } => {
    const others = [second, lang === "en" ? undefined : ("en" as const)]
      .filter((other) => other !== undefined)
      .map((other) => lexicon.languages[other]);
    const words = lexicon.languages[lang];
    const repaired = repairAll(tokens, lang, others);
    const steps = { count: repaired.length };
    const maps: Phrases[] = [words.phrases, ...others.map((other) => other.phrases)];
    const segments = segment(repaired, lexicon, maps, steps);
    return { items: itemsOf(repaired, segments, words), steps: steps.count };
  };

  return {
    read(text, lang, fallback) {
      const tokens = tokenise(text.length > LONGEST_TEXT ? text.slice(-LONGEST_TEXT) : text);
      const found = detect(tokens, lexicon, fallback);
      const chosen = lang ?? found.lang;
      const second = lang && lang !== found.lang ? found.lang : found.second;
      return { lang: chosen, sure: found.sure || lang !== undefined, ...understand(tokens, chosen, second) };
    },
  };
};

const ORDINAL_MARKS = new Set(["°", "º", "ª"]);

const itemsOf = (tokens: readonly Token[], segments: readonly Segment[], words: LanguageWords): Item[] => {
  const items: Item[] = [];
  let spoken: Spoken[] = [];
  let signs: number[] = [];
  const flush = (): void => {
    if (spoken.length > 0)
      for (const value of combine(spoken)) items.push({ is: "number", value, digits: false });
    if (signs.length > 0) {
      const value = combineHan(signs);
      if (value !== undefined) items.push({ is: "number", value, digits: false });
    }
    spoken = [];
    signs = [];
  };
  for (const [index, { hits, at, length }] of segments.entries()) {
    const token = tokens[at];
    if (!token) continue;
    const hit = preferred(hits, items.at(-1)?.is === "number" || spoken.length + signs.length > 0);
    if (hit?.is === "number" || hit?.is === "scale") {
      if (token.kind === "sign" && words.lang !== "th") signs.push(hit.value);
      else spoken.push({ value: hit.value, scale: hit.is === "scale" });
      continue;
    }
    // "twenty and one", "veinte y uno"
    if (spoken.length > 0 && words.ands.has(token.fold) && isNumber(segments[index + 1])) continue;
    flush();
    const before = tokens[at - 1];
    const glued = !token.gap && before !== undefined;
    if (token.kind === "number" && hits.length === 0) {
      items.push({ is: "number", value: numberIn(token.raw, words.lang), digits: true });
    } else if (
      ORDINAL_MARKS.has(token.fold) ||
      (before?.kind === "number" && length === 1 && glued && words.ordinals.has(token.fold) && !isUnit(hit))
    ) {
      items.push({ is: "ordinal" });
    } else if (hit?.is === "concept")
      items.push({
        is: "concept",
        id: hit.id,
        kind: hit.kind,
        short: length === 1 && token.fold.length === 1 && (token.kind === "word" || words.lang === "th"),
      });
    else if (hit?.is === "line")
      items.push({ is: "line", ids: hits.flatMap((one) => (one.is === "line" ? [one.id] : [])) });
    else if (hit?.is === "dual" && hit.value === 1 && hit.unit === "day")
      // "sehari" and the like: a day as a rate, never an age
      items.push({ is: "concept", id: "daily", kind: "qualifier", short: false });
    else if (hit?.is === "dual") items.push({ is: "dual", value: hit.value, unit: hit.unit });
    else if (hit?.is === "function") items.push({ is: "function" });
    else if (token.fold === "%") items.push({ is: "concept", id: "percent", kind: "unit", short: false });
    else if (token.kind === "symbol") items.push({ is: "symbol", sign: token.fold });
    else {
      const last = items.at(-1);
      if (token.kind === "sign" && last?.is === "unknown") last.text += token.raw;
      else items.push({ is: "unknown", text: token.raw });
    }
  }
  flush();
  return items;
};

const isUnit = (hit: Hit | undefined): boolean => hit?.is === "concept" && DAY_OR_WEEK.has(hit.id);

/** A breed name before a number before a concept before a word without content; after a number its unit. */
const preferred = (hits: readonly Hit[], counted: boolean): Hit | undefined => {
  if (hits.length < 2) return hits[0];
  const unit = counted ? hits.find((one) => one.is === "concept" && one.kind === "unit") : undefined;
  if (unit) return unit;
  for (const kind of ["line", "dual", "number", "scale", "concept", "function"] as const) {
    const hit = hits.find((one) => one.is === kind);
    if (hit) return hit;
  }
  return undefined;
};

const isNumber = (next: Segment | undefined): boolean =>
  next?.hits.some((hit) => hit.is === "number" || hit.is === "scale") ?? false;
