import type { Prompt } from "../core/ports.ts";
import type { Lang, Turn } from "../core/types.ts";
import { GOAL_TOKENS, questionWithin, trim, weightOf, type Frames, type Parts, type Unit } from "./budget.ts";
import { asData, languageOrder, LAYOUT, TEMPLATE_TOKENS } from "./layout.ts";
import { sentencesOf } from "./sentences.ts";
import type { Kind, PromptTexts } from "./texts.ts";
import { TOKENS_OF_ENGLISH, type Counter } from "./tokens.ts";

export interface PromptPassage {
  /** The number that it is cited by. */
  n: number;
  title: string;
  /** The birds that it holds for. */
  applies: string;
  text: string;
}

export interface PromptRequest {
  question: string;
  lang: Lang;
  kind: Kind;
  /** The most relevant first. */
  passages: readonly PromptPassage[];
  /** Terms of the trade as `term (English)`, the most useful first. */
  terms: readonly string[];
  /** Earlier turns, the newest last. */
  turns: readonly Turn[];
  /** A passage without what has nothing to do with the question; asked for only when the request is too long. */
  shorten?: (passage: PromptPassage) => string;
}

export type PromptPart = "system" | "kind" | "terms" | "passages" | "conversation" | "question" | "language";

/** Where the tokens of a request went, and what was left out of it. */
export interface PromptReceipt {
  parts: Record<PromptPart, number>;
  trimmed: string[];
}

export interface Built {
  prompt: Prompt;
  receipt: PromptReceipt;
  /** The passages as they went in: what an answer to this request can rest on. */
  passages: PromptPassage[];
}

/** No more of these are looked at; it bounds the work for whatever comes in. */
const MOST = {
  passages: 8,
  passageCharacters: 4000,
  turns: 6,
  turnTokens: 80,
  turnCharacters: 1200,
  terms: 15,
};
/** An answer of 120 words, with room for the language's longer words and citations. */
const ANSWER_TOKENS = 320;

const between = ([open, close]: readonly [string, string], body: string): string =>
  body === "" ? "" : open + body + close;

/** A turn by its speaker, cut to its last sentences: what was said last leads on to the question. */
const turnUnit = ({ role, text }: Turn, lang: Lang, count: Counter): Unit => {
  const speaker = LAYOUT.speakers[role];
  const data = asData(text.slice(-MOST.turnCharacters));
  const sentences = sentencesOf(data);
  const kept: string[] = [];
  let tokens = count(speaker, lang);
  for (const sentence of sentences.toReversed()) {
    const weight = count(` ${sentence}`, lang);
    if (tokens + weight > MOST.turnTokens) break;
    tokens += weight;
    kept.unshift(sentence);
  }
  if (kept.length === 0) return { text: "", tokens: 0 };
  const line = `${speaker}${kept.length < sentences.length ? "… " : ""}${kept.join(" ")}`;
  return { text: line, tokens: count(`${line}\n`, lang) };
};

const partsOf = (request: PromptRequest, count: Counter): Parts => ({
  turns: request.turns
    .slice(-MOST.turns)
    .map((turn) => turnUnit(turn, request.lang, count))
    .filter(({ tokens }) => tokens > 0),
  terms: request.terms.slice(0, MOST.terms).map((term) => {
    const text = asData(term);
    return { text, tokens: count(`; ${text}`, request.lang) };
  }),
  passages: request.passages.slice(0, MOST.passages).map(({ n, title, applies, text }) => {
    const head = `[${n}] ${asData(title)}${applies === "" ? "" : ` (${asData(applies)})`}\n`;
    const sentences = sentencesOf(asData(text.slice(0, MOST.passageCharacters)));
    return {
      n,
      head: { text: head, tokens: count(head, "en") },
      // the line's end goes to each sentence once, so that no sum is smaller than the whole
      sentences: sentences.map((sentence) => ({ text: sentence, tokens: count(` ${sentence}\n`, "en") })),
    };
  }),
});

/** The user's part of a request from what was kept, with the weight of each part. */
const written = (
  request: PromptRequest,
  kind: string,
  question: string,
  parts: Parts,
): Record<Exclude<PromptPart, "system">, string> => {
  const passages = parts.passages
    .map(({ head, sentences }) => head.text + sentences.map(({ text }) => text).join(" "))
    .join("\n");
  return {
    kind: `${kind}\n\n`,
    terms: between(LAYOUT.terms, parts.terms.map(({ text }) => text).join("; ")),
    passages: between(LAYOUT.passages, passages === "" ? LAYOUT.noPassages : passages),
    conversation: between(LAYOUT.conversation, parts.turns.map(({ text }) => text).join("\n")),
    question: between(LAYOUT.question, question === "" ? "…" : question),
    language: languageOrder(request.lang),
  };
};

/** Counts of texts that every request has; the system text alone would take two milliseconds each time. */
const counts = new WeakMap<Counter, Map<string, number>>();
const countOnce = (text: string, count: Counter): number => {
  const known = counts.get(count) ?? new Map<string, number>();
  counts.set(count, known);
  let tokens = known.get(text);
  if (tokens === undefined) known.set(text, (tokens = count(text, "en")));
  return tokens;
};

const markSpare = ({ passages }: Parts, request: PromptRequest): void => {
  for (const { n, sentences } of passages) {
    const passage = request.passages.find((one) => one.n === n);
    const kept = passage && request.shorten?.(passage);
    if (kept === undefined) continue;
    const related = new Set(sentencesOf(asData(kept)));
    for (const sentence of sentences) sentence.spare = !related.has(sentence.text);
  }
};

/**
 * One request from its parts, within the budget: the static system text first and alone, so that servers' prefix
 * caches hold it; the kind's instruction, the terms, the passages, the conversation and the question as data; the
 * language, told once, last.
 */
export const buildPrompt = (request: PromptRequest, count: Counter, texts: PromptTexts): Built => {
  const { lang } = request;
  const kind = texts.kinds[request.kind];
  const asked = questionWithin(asData(request.question), lang, count);
  const parts = partsOf(request, count);
  const system = countOnce(texts.system, count) + TEMPLATE_TOKENS;
  const bare = written(request, kind, asked.text, { turns: [], terms: [], passages: [] });
  const fixed =
    system +
    countOnce(bare.kind, count) +
    countOnce(bare.passages, count) +
    count(bare.question, lang) +
    countOnce(bare.language, count);
  const frames: Frames = {
    turns: countOnce(LAYOUT.conversation.join(""), count),
    terms: countOnce(LAYOUT.terms.join(""), count),
  };
  if (fixed + weightOf(parts, frames) > GOAL_TOKENS) markSpare(parts, request);
  const trimmed = trim(parts, frames, fixed, lang, count);
  if (asked.cut) trimmed.unshift(`question: its asking sentence and neighbours, ${asked.tokens} tokens`);
  const sections = written(request, kind, asked.text, parts);
  const { kind: instruction, terms, passages, conversation, question, language } = sections;
  const user = instruction + terms + passages + conversation + question + language;
  return {
    prompt: {
      system: texts.system,
      user,
      maxTokens: Math.round(ANSWER_TOKENS * TOKENS_OF_ENGLISH[lang]),
    },
    receipt: {
      parts: {
        system,
        kind: countOnce(sections.kind, count),
        terms: count(sections.terms, lang),
        passages: count(sections.passages, "en"),
        conversation: count(sections.conversation, lang),
        question: count(sections.question, lang),
        language: countOnce(sections.language, count),
      },
      trimmed,
    },
    passages: parts.passages.flatMap(({ n, sentences }) => {
      const given = request.passages.find((passage) => passage.n === n);
      return given ? [{ ...given, text: sentences.map(({ text }) => text).join(" ") }] : [];
    }),
  };
};
