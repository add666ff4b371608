import type { Found, Retriever } from "../core/ports.ts";
import type { Block, Passage, Reply, Source } from "../core/types.ts";
import type { Gate } from "../safety/gate.ts";
import { isOnTopic } from "./off-topic.ts";
import type { Understood } from "./understand.ts";

/** Passages shown at most: the answer stays one screen of a phone. */
const MOST = 3;
/** Below this the best passage is about something else: "not in my sources". */
const SURE = 0.56;
/** A second passage is shown when it is nearly as sure as the first. */
const NEARLY = 0.6;

/** "Ross Broiler Management Handbook (Aviagen, 2025)": title, publisher, edition; what it does not say stays empty. */
const NAMED = /^(.+) \((?:([^,()]+), )?([^,()]*\d{4}[^()]*)\)$/;

/** The source of a passage as docs/door.md tells it; its text stands beside it, to be opened. */
const sourceOf = (passage: Passage): Source[] =>
  passage.sources.map(({ title, page, url }, at) => {
    const [, name = title, publisher = "", edition = ""] = NAMED.exec(title) ?? [];
    const source = { title: name, publisher, edition, locator: page, url, version: passage.version };
    return at === 0 ? { ...source, quote: passage.text } : source;
  });

/** A question that lacks its breed or what is asked says little: passages answer it only if it names their subject. */
export const SUBJECT_NAMED = 1.8;
/** One that names a metric belongs to the tables, unless it is full of something else. */
const SUBJECT_ELSEWHERE = 3.2;

/** Nothing in it is of the farm: only a passage that has nearly all of it is meant. */
const OFF_SUBJECT = 2;

/** "What temperature do chicks need?" names whose: that is half of the subject. */
const BIRD_NAMED = 1.2;
const BIRDS = new Set(["chick", "broiler", "layer", "hen", "pullet", "parent_stock", "hatching_eggs", "egg"]);
const namesBird = ({ parsed }: Understood): boolean =>
  parsed.topics.some(({ id }) => BIRDS.has(id)) &&
  parsed.topics.some(
    ({ kind }) =>
      kind === "climate" ||
      kind === "equipment" ||
      kind === "management" ||
      kind === "action" ||
      kind === "housing",
  );

/** Kinds of concepts that make more of a question than a number of the tables. */
const BEYOND = new Set(
  "climate equipment management disease sign parasite chemical event action feed phase housing nutrient part animal product".split(
    " ",
  ),
);

/** How much of its subject a question must name to be answered by passages rather than asked back. */
export const leastEvidence = (question: Understood, asking = false): number => {
  const { frame } = question;
  if (frame !== null && frame.metric !== null && frame.line !== null) return SUBJECT_ELSEWHERE;
  if (frame !== null || asking) {
    if (!question.parsed.topics.some(({ kind }) => BEYOND.has(kind))) return SUBJECT_ELSEWHERE;
    return namesBird(question) ? BIRD_NAMED : SUBJECT_NAMED;
  }
  return isOnTopic(question) ? 0 : OFF_SUBJECT;
};

/** The passages that are shown, of those found. */
const chosen = (found: readonly Found[], least: number): Found[] => {
  const best = found[0]?.score ?? 0;
  // a word that only a document has names its subject well enough
  const enough = found[0]?.passage.gist ? least : Math.min(least, 1);
  if (best < SURE || (found[0]?.evidence ?? 0) < enough) return [];
  return found.slice(0, MOST).filter(({ score }) => score >= best * NEARLY);
};

/** Words that show that a question naming another animal is about chickens all the same. */
const CHICKENS = new Set(["bird", "hen", "flock", "broiler", "layer", "pullet", "chick"]);

/** "How heavy is a turkey at 16 weeks": what holds for chickens is not told of other birds. */
const isOfOtherBirds = ({ parsed }: Understood): boolean =>
  parsed.otherSpecies && !parsed.topics.some(({ id, kind }) => CHICKENS.has(id) || kind === "disease");

/** Quoted passages as an answer, and the passages themselves for a model to write about. */
export interface Quoted {
  reply: Reply;
  shown: Found[];
}

/** Quotes the passages that answer a question: their main sentences in the asker's language, numbered, with their sources. */
export const extract = async (
  question: Understood,
  { retriever, gate }: { retriever: Retriever; gate: Gate },
  least: number,
): Promise<Quoted | undefined> => {
  const { search, lang, parsed } = question;
  if (isOfOtherBirds(question) || parsed.betweenWeights) return undefined;
  const found = chosen(
    await retriever.search({ text: search, lang, concepts: parsed.concepts }, MOST),
    least,
  );
  // our own passages were read before they were kept; a document may say anything
  const shown = found.filter(({ passage }) => passage.gist ?? gate(passage.text, passage.lang).ok);
  if (shown.length === 0) return undefined;
  const sources: Source[] = [];
  const items: Extract<Block, { type: "passages" }>["items"] = [];
  for (const { passage } of shown) {
    const first = sources.length;
    sources.push(...sourceOf(passage));
    items.push({
      gist: passage.gist,
      quote: passage.text,
      lang: passage.lang,
      from: first,
      to: sources.length,
    });
  }
  const reply: Reply = {
    via: "extract",
    frame: question.frame,
    blocks: [{ type: "passages", items }],
    sources,
  };
  return { reply, shown };
};
