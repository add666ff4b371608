import type { Block, Reply } from "../core/types.ts";
import { rulesFor } from "../safety/rules.ts";
import type { Told } from "../safety/told.ts";
import type { Answering } from "./house.ts";
import type { Understood } from "./understand.ts";

/** Longer texts are notes of many days, in which single losses are told. */
const PASTED = 300;

/** No flock loses so many in % without a cause that must be found. */
const MANY_PERCENT = 5;

/** A question as the safety rules judge it. */
export const toldOf = ({ parsed, frame, text }: Pick<Understood, "parsed" | "frame" | "text">): Told => ({
  concepts: parsed.concepts,
  kinds: new Set(parsed.topics.map(({ kind }) => kind)),
  signs: parsed.topics.flatMap(({ id, kind }) => (kind === "sign" ? [id] : [])),
  text,
  // "12 % mortality in three days", of no line, is told and not asked
  asksNumber: frame !== null && !(frame.line === null && (parsed.percent ?? 0) >= MANY_PERCENT),
  count: Math.max(parsed.birds ?? 0, parsed.percent ?? 0, ...parsed.bare),
  countsBirds:
    parsed.birds !== undefined || parsed.topics.some(({ kind }) => kind === "product" || kind === "animal"),
  pasted: text.length > PASTED,
});

/** People at risk, many dead birds, drugs: fixed sentences instead of an answer, the most urgent first. */
export const safety: Answering = (question) => {
  const said = rulesFor(toldOf(question)).filter(({ stance }) => stance === "instead");
  if (said.length === 0) return undefined;
  return {
    via: "safety",
    frame: null,
    blocks: said.map(({ id }) => ({ type: "say", words: { key: `safety.${id}` } })),
    rules: said.map(({ id }) => id),
  };
};

/**
 * A disease is asked about, and no signs of it or deaths are told: "how long does bird flu live in manure?", "how many
 * % does Newcastle kill?". A number beside deaths is told.
 */
export const asksAboutDisease = ({ parsed }: Understood): boolean =>
  parsed.topics.some(({ kind }) => kind === "disease") &&
  ["how_many", "how_much", "what_age", "when", "transmit"].some((id) => parsed.concepts.has(id)) &&
  !["symptom", "diagnose"].some((id) => parsed.concepts.has(id)) &&
  !parsed.topics.some(
    ({ id, kind }) => (kind === "sign" && id !== "die") || kind === "drug" || kind === "person",
  ) &&
  !(parsed.concepts.has("die") && (parsed.percent !== undefined || parsed.bare.length > 0)) &&
  parsed.birds === undefined;

/** Answers from passages, whoever wrote them and whenever. */
const FROM_PASSAGES: ReadonlySet<Reply["via"]> = new Set(["extract", "model", "cache"]);

/** An answer about health names the veterinarian, once a thread; undefined where it need not. */
export const vetNotice = (question: Understood, reply: Reply, noticed: boolean): Reply | undefined => {
  if (noticed || !FROM_PASSAGES.has(reply.via)) return undefined;
  const said = rulesFor(toldOf(question)).filter(({ stance }) => stance === "after");
  if (said.length === 0) return undefined;
  return {
    ...reply,
    blocks: [
      ...reply.blocks,
      ...said.map(({ id }): Block => ({ type: "say", words: { key: `safety.${id}` } })),
    ],
    rules: [...(reply.rules ?? []), ...said.map(({ id }) => id)],
  };
};
