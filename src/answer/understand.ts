import type { Frame, Lang, Request } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { LONGEST_TEXT, type Reader } from "../language/read.ts";
import { complete, isFollowUp, isFragment } from "../question/follow-up.ts";
import { draftOf, frameOf, type Draft } from "../question/frame.ts";
import { NUTRIENT_METRICS } from "../question/metric.ts";
import { parse, type Parsed } from "../question/parse.ts";

/** A question as the responders get it. */
export interface Understood {
  text: string;
  lang: Lang;
  parsed: Parsed;
  draft: Draft;
  /** Null when the text asks for no number of the breed standards. */
  frame: Frame | null;
  /** What passages are searched by: the asking sentence of a paste, a follow-up with the question that it follows. */
  search: string;
  /** An ellipsis whose earlier question is not known. */
  fragment: boolean;
}

/** What a conversation remembers: the slots of its last number question and its language. */
export interface Thread {
  draft: Draft | undefined;
  lang: Lang | undefined;
  /** The veterinarian was named in it already. */
  noticed?: boolean;
  /** The last question that asked for no number: "and in rearing?" follows it. */
  asked?: string | undefined;
}

/** Metrics that farmers ask for and no table of ours gives; a question for them without a line is no number question. */
const NEVER_IN_TABLES = new Set([
  "uniformity",
  "epef",
  "vitamin_b",
  "vitamin_c",
  "vitamin_k",
  "magnesium",
  "salt",
  "fibre",
  "fat",
  "starch",
  "amino_acid",
]);
/** Words that ask for an amount. */
const ASKING = new Set(["how_much", "how_many", "need", "number_of", "amount", "rate"]);
const EARLIER_TURNS = 6;

/** Two lines at two ages: which belongs to which is not read, so neither is guessed. */
export const isTwofold = (parsed: Parsed): boolean => parsed.lines.length > 1 && parsed.ages.length > 1;

const asksNumber = (parsed: Parsed, draft: Draft): boolean => {
  if (parsed.blockers.length > 0 || parsed.otherSpecies || isTwofold(parsed)) return false;
  if (parsed.betweenWeights) return false;
  // "five days before hatch" is no age of a bird
  if (parsed.concepts.has("before") && parsed.concepts.has("hatch")) return false;
  const named = draft.lines.length > 0 || draft.choices.length > 0;
  if (named)
    return (
      draft.metric !== undefined ||
      draft.backwards ||
      draft.unit !== undefined ||
      (parsed.about.length === 0 && parsed.unread <= 1)
    );
  if (draft.metric === undefined) return false;
  if (NEVER_IN_TABLES.has(draft.metric) || parsed.about.length > 0) return false;
  // feed specifications are the broiler breeders' own; what a layer needs is a question of knowledge
  if (NUTRIENT_METRICS.has(draft.metric) && draft.product !== "broiler" && draft.phase === undefined)
    return false;
  // a statement is no question: something must be asked, or an age be named
  if (
    draft.ages.length === 0 &&
    !parsed.topics.some(({ id, kind }) => kind === "qualifier" || ASKING.has(id)) &&
    parsed.understood > 2
  )
    return false;
  // without a breed name one unknown word may turn the question into another
  return parsed.unread === 0 || (draft.ages.length > 0 && parsed.unread <= 1);
};

/** Characters from which a text is a paste with a question in it. */
const LONG = 300;
const SENTENCE_END = /[.!?。！？؟\n]+/;
const ASKING_MARK = /[?？؟]/;

/** The last sentence with a question mark, else the last sentence; undefined when the text is one sentence. */
const askingPart = (text: string): string | undefined => {
  const tail = text.slice(-LONGEST_TEXT);
  const sentences = tail.match(/[^.!?。！？؟\n]+[.!?。！？؟\n]*/g) ?? [];
  const whole = sentences
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.replace(SENTENCE_END, "").length > 2);
  return whole.length < 2
    ? undefined
    : (whole.findLast((sentence) => ASKING_MARK.test(sentence)) ?? whole.at(-1));
};

const LONGEST_ASKED = 200;
/** A follow-up is short and begins with "and", or says "the same", "instead". */
const SHORTEST_QUESTION = 60;

/** Kinds of concepts that are a subject; a text without one goes on about the subject before it ("how is it prevented?"). */
const SUBJECTS = new Set(
  "disease parasite sign drug climate equipment management nutrient metric feed phase housing part species chemical event product animal".split(
    " ",
  ),
);

/** "And in rearing?": with the question before it. */
const continued = (text: string, parsed: Parsed, asked: string | undefined): string => {
  const follows =
    parsed.topics.some(({ kind }) => kind === "followup") ||
    (parsed.unread === 0 &&
      parsed.topics.some(({ kind }) => kind === "question" || kind === "action") &&
      !parsed.topics.some(({ kind }) => SUBJECTS.has(kind)));
  return asked !== undefined && follows && text.length < SHORTEST_QUESTION ? `${asked} ${text}` : text;
};

export interface Understand {
  (request: Request, thread: Thread): { question: Understood; thread: Thread };
}

/** Text and conversation to a question: the language, the slots, and the frame when a number is asked for. */
export const understanding = (lexicon: Lexicon, reader: Reader): Understand => {
  const { lines } = lexicon;

  const one = (
    text: string,
    lang: Lang | undefined,
    thread: Thread,
  ): { question: Understood; thread: Thread } => {
    const reading = reader.read(text, lang, thread.lang);
    const parsed = parse(reading, lines);
    const before = thread.draft;
    const follows = before !== undefined && isFollowUp(parsed);
    const draft = follows ? complete(parsed, before, lines) : draftOf(parsed, lines);
    const fragment = !follows && thread.lang === undefined && isFragment(parsed);
    const frame = !fragment && asksNumber(parsed, draft) ? frameOf(draft, lines) : null;
    const search = frame === null ? continued(text, parsed, thread.asked) : text;
    return {
      question: { text, search, lang: reading.lang, parsed, draft, frame, fragment },
      thread: {
        draft: frame ? draft : before,
        lang: reading.lang,
        ...(frame === null ? { asked: search.slice(-LONGEST_ASKED) } : {}),
      },
    };
  };

  /** A long paste is read whole for its language and dangers; its number question stands in the last asking sentence. */
  const long = (
    text: string,
    lang: Lang | undefined,
    thread: Thread,
  ): { question: Understood; thread: Thread } => {
    const whole = one(text, lang, thread);
    const asking = askingPart(text);
    if (asking === undefined) return whole;
    const part = one(asking, whole.question.lang, thread);
    if (part.question.frame) return { ...part, question: { ...part.question, text } };
    return {
      question: { ...whole.question, frame: null, search: asking },
      thread: { draft: thread.draft, lang: whole.question.lang },
    };
  };

  return (request, thread) => {
    let known = thread;
    const earlier = (request.history ?? []).filter((turn) => turn.role === "user").slice(-EARLIER_TURNS);
    for (const turn of earlier) known = one(turn.text, undefined, known).thread;
    const read = request.text.length > LONG ? long : one;
    return read(request.text, request.lang, known);
  };
};
