import type { Found, Retriever } from "../core/ports.ts";
import type { Block, Passage, Reply, Source } from "../core/types.ts";
import type { Gate } from "../safety/gate.ts";
import type { Topic } from "../question/relevance.ts";
import { columnMetric, kindOf, stemsOf, type House } from "./house.ts";
import { isOnTopic } from "./off-topic.ts";
import type { Understood } from "./understand.ts";

/** Passages shown at most: the answer stays one screen of a phone. */
const MOST = 3;
/** Below this the best passage is about something else: "not in my sources". */
const SURE = 0.53;
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
/** One that names a metric of the tables belongs to them, unless it is full of something else. */
const SUBJECT_ELSEWHERE = 3.2;
/** The same, where something stands beside the metric that no table has a column for. */
const SUBJECT_BESIDE = 2.6;
/** No table has what is asked: the passages may, once it is said at all. */
const SUBJECT_SAID = 0.9;

/** Of the farm, at least: one rare word that a passage happens to have is no subject. */
const SUBJECT_HINTED = 0.8;
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
  "climate equipment management disease sign parasite chemical event action feed phase housing nutrient part animal product time_relation".split(
    " ",
  ),
);
/** Words of those kinds that a number of the tables is asked with. */
const OF_TABLES = new Set(["feed", "water", "lay", "grow", "weighing"]);
/** Words of those kinds that add nothing to it. */
const BESIDE = new Set(["reach", "start_up", "calculate", "measure", "need", "give"]);
const isBeyond = ({ id, kind }: Topic): boolean => BEYOND.has(kind) && !OF_TABLES.has(id) && !BESIDE.has(id);

/** The metric is named by a word of its own; "how many grams" names none, though a weight is supposed of it. */
const namesMetric = ({ parsed }: Understood): boolean =>
  parsed.topics.some(({ id, kind }) => kind === "metric" || kind === "nutrient" || OF_TABLES.has(id));

/** Whose tables have the number that is asked for: the line's own, or those of other lines of its kind. */
const tablesWith = ({ frame }: Understood, house: House): "own" | "others" | undefined => {
  const metric = frame?.metric;
  if (!frame || !metric) return undefined;
  const has = (stems: readonly string[]): boolean =>
    house.standards.metricsOf(stems).includes(columnMetric(metric));
  if (has(stemsOf(house, frame.line))) return "own";
  const kind = kindOf(house, frame.line);
  return Object.values(house.lines).some((line) => line.kind === kind && has(line.tables))
    ? "others"
    : undefined;
};

/** How much of its subject a question must name to be answered by passages rather than asked back (`asking`). */
export const leastEvidence = (question: Understood, house: House, asking = false): number => {
  const { frame, parsed } = question;
  if (frame === null && !asking) return isOnTopic(question) ? SUBJECT_HINTED : OFF_SUBJECT;
  const beyond = parsed.topics.some(isBeyond) || (frame === null && parsed.unread > 0);
  if (frame === null || frame.line === null) {
    if (!beyond) return SUBJECT_ELSEWHERE;
    // "for a bird of 2 kg": what is asked is narrowed, and no age is missing from it
    const narrowed = parsed.mass !== undefined || parsed.percent !== undefined || parsed.bare.length > 0;
    return namesBird(question) || narrowed ? BIRD_NAMED : SUBJECT_NAMED;
  }
  const tables = tablesWith(question, house);
  if (asking) {
    if (!beyond) return SUBJECT_ELSEWHERE;
    return tables && namesMetric(question) ? SUBJECT_BESIDE : SUBJECT_SAID;
  }
  // the line is in the tables for another house: what holds elsewhere is none of its numbers
  if (tables && frame.housing !== undefined) return SUBJECT_ELSEWHERE;
  // a line, a metric and an age are a question for tables, also where they have no such column
  if (!beyond) return SUBJECT_BESIDE;
  return tables === "others" ? SUBJECT_NAMED : SUBJECT_SAID;
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
  return {
    reply: quotes(
      question,
      shown.map(({ passage }) => passage),
    ),
    shown,
  };
};

/** Passages as an answer: numbered, each with its sources. */
export const quotes = ({ frame }: Pick<Understood, "frame">, passages: readonly Passage[]): Reply => {
  const sources: Source[] = [];
  const items: Extract<Block, { type: "passages" }>["items"] = [];
  for (const passage of passages) {
    const from = sources.length;
    sources.push(...sourceOf(passage));
    const { gist, text: quote, lang } = passage;
    items.push({ gist, quote, lang, from, to: sources.length });
  }
  return { via: "extract", frame, blocks: [{ type: "passages", items }], sources };
};
