import { z } from "zod";
import type { Lang } from "../../core/types.ts";
import type { Ask, Given } from "./asking.ts";
import { Fact, stands } from "./facts.ts";
import { lang, text } from "./fields.ts";
import { claimsIn } from "./figures.ts";
import type { Judged, Verdict } from "./judged.ts";
import { fold, type Words } from "./words.ts";

export const Golden = z
  .object({
    id: text.min(1),
    kind: z.literal("golden"),
    lang,
    text,
    facts: z.array(Fact).default([]),
    contradictions: z.array(Fact).default([]),
    answerable: z.boolean(),
  })
  .refine(({ answerable, facts }) => !answerable || facts.length > 0, "answerable, but without a fact");
export type Golden = z.infer<typeof Golden>;

/** Answers that say that they have none. */
const DECLINES: ReadonlySet<string> = new Set(["unknown", "clarify", "off_topic", "safety"]);
const CITATION = /\[\d+(?:\s*[,–-]\s*\d+)*\]/g;
const LIST_HEAD = /^(?:\d+\. |- )/;

/** What an answer says, folded: without citations, numbers of a list and the pages of its sources. */
export const said = (answer: string, { sourceLabel }: Words): string => {
  const lines: string[] = [];
  let isSource = false;
  for (const line of fold(answer).split("\n")) {
    if (line.trim() === "") isSource = false;
    else if (line.startsWith(sourceLabel) && /^\s*[:：]/.test(line.slice(sourceLabel.length)))
      isSource = true;
    if (!isSource) lines.push(line.replace(LIST_HEAD, "").replace(CITATION, ""));
  }
  return lines.join("\n");
};

interface Reading {
  verdict: Verdict;
  why: string;
}

/** A question that the sources do not answer: right when that is said, wrong when a figure is given for an answer. */
const withoutAnswer = (line: Golden, given: Given, words: Words): Reading => {
  const asked = new Set(claimsIn(fold(line.text), line.lang));
  const figures = claimsIn(said(given.text, words), given.lang as Lang).filter((value) => !asked.has(value));
  const declines = DECLINES.has(given.via);
  if (figures.length > 0 && (given.quotes || !declines))
    return { verdict: "wrong", why: `figures ${[...new Set(figures)].slice(0, 8).join(" ")}` };
  return declines ? { verdict: "right", why: "" } : { verdict: "unanswered", why: "beside the question" };
};

/** One answer of a golden question against its facts. */
export const judgeGolden = (line: Golden, given: Given, words: Words): Reading => {
  if (given.via.startsWith("error:")) return { verdict: "unanswered", why: given.via };
  if (!line.answerable) return withoutAnswer(line, given, words);
  const answer = said(given.text, words);
  const against = line.contradictions.find((fact) => stands(fact, answer, line.lang, words));
  if (against) return { verdict: "wrong", why: `contradiction ${JSON.stringify(against)}` };
  const missing = line.facts.filter((fact) => !stands(fact, answer, line.lang, words));
  if (missing.length === 0 && given.lang !== line.lang)
    return { verdict: "wrong", why: `answered in ${given.lang}` };
  if (missing.length === 0) return { verdict: "right", why: "" };
  const why = `missing ${JSON.stringify(missing)}`;
  return { verdict: DECLINES.has(given.via) ? "unanswered" : "wrong", why };
};

/** Worst first: a farmer who asks once may be the one who gets it. */
const WORST: readonly Verdict[] = ["wrong", "unanswered", "right"];

export interface GoldenAsking {
  ask: Ask;
  repeats: number;
  wordsOf(lang: Lang): Words;
}

/**
 * Asks a golden question several times, in chats of their own: a model may differ each time, and the share that a
 * candidate has goes by the chat. It is as right as its worst answer.
 */
export const golden = async (
  line: Golden,
  chat: string,
  { ask, repeats, wordsOf }: GoldenAsking,
): Promise<Judged> => {
  const readings: (Reading & { given: Given })[] = [];
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    const given = await ask(line.text, `${chat}-${repeat}`);
    readings.push({ given, ...judgeGolden(line, given, wordsOf(line.lang)) });
  }
  const verdict = WORST.find((one) => readings.some((reading) => reading.verdict === one)) ?? "not_judged";
  const shown = readings.find((reading) => reading.verdict === verdict);
  const answers = new Set(readings.map(({ given }) => `${given.via} ${given.text}`));
  return {
    set: "golden",
    lang: line.lang,
    verdict,
    text: line.text,
    want: line.answerable ? line.facts : "no figure",
    got: { id: line.id, via: shown?.given.via ?? "", why: shown?.why ?? "" },
    askings: readings.map(({ verdict: each, given }) => ({
      verdict: each,
      via: given.via,
      model: given.model,
    })),
    equal: answers.size === 1,
  };
};
