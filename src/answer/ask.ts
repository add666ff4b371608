import { randomUUID } from "node:crypto";
import { FlockError } from "../core/errors.ts";
import type { Clock, Engine, Retriever } from "../core/ports.ts";
import type { Answer, AnswerEvent, Lang, Reply, Request } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { reader } from "../language/read.ts";
import type { Conversations } from "../memory/conversation.ts";
import type { Standards } from "../standards/look-up.ts";
import type { Phrasebook } from "../words/i18n.ts";
import { renderer } from "../words/render.ts";
import { clarify } from "./clarify.ts";
import { extract, leastEvidence, SUBJECT_NAMED } from "./extract.ts";
import type { Answering, House } from "./house.ts";
import { elsewhere, offTopic } from "./off-topic.ts";
import { asksAboutDisease, safety } from "./safety.ts";
import { standard } from "./standards.ts";
import { smalltalk } from "./talk.ts";
import { understanding, type Understood } from "./understand.ts";
import { unknown } from "./unknown.ts";

export interface Parts {
  lexicon: Lexicon;
  standards: Standards;
  book: Phrasebook;
  conversations: Conversations;
  retriever: Retriever;
  clock: Clock;
}

/** What answers from rules and tables, cheapest first; what none of them answers goes to the passages. */
const RESPONDERS: readonly Answering[] = [safety, smalltalk, elsewhere, clarify, standard];

const LETTERS = /[\p{L}\p{N}]/u;

/** The engine: one question walks through understanding and the responders once, front to back. */
export const engine = (parts: Parts): Engine => {
  const { lexicon, clock, conversations } = parts;
  const house: House = { lines: lexicon.lines, standards: parts.standards, book: parts.book };
  const understand = understanding(lexicon, reader(lexicon));
  const render = renderer(
    parts.book,
    (concept, lang) => lexicon.languages[lang].firstForms.get(concept) ?? concept,
  );

  const replyTo = (question: Understood): Reply | Promise<Reply> => {
    for (const answering of RESPONDERS) {
      const reply = answering(question, house);
      if (reply?.via === "clarify") return ratherThanAsk(question, reply);
      if (reply?.via === "safety" && asksAboutDisease(question)) return withPassages(question, reply);
      if (reply) return reply;
    }
    return fromPassages(question);
  };

  /** What is to be done comes first; what was asked about the disease stands under it. */
  const withPassages = async (question: Understood, first: Reply): Promise<Reply> => {
    const found = await extract(question, parts.retriever, SUBJECT_NAMED);
    return found
      ? { ...first, blocks: [...first.blocks, ...found.blocks], sources: found.sources ?? [] }
      : first;
  };

  /** Before anything is asked back: the passages may know the answer ("litter moisture for broilers?"). */
  const ratherThanAsk = async (question: Understood, asking: Reply): Promise<Reply> =>
    (await extract(question, parts.retriever, leastEvidence(question, true))) ?? asking;

  const fromPassages = async (question: Understood): Promise<Reply> => {
    const reply =
      (await extract(question, parts.retriever, leastEvidence(question))) ??
      offTopic(question, house) ??
      unknown(question, house);
    if (!reply) throw new FlockError("bug", "no responder answered");
    return reply;
  };

  const finish = (reply: Reply, lang: Lang, timings: Record<string, number>): Answer => {
    const sources = reply.sources ?? [];
    return {
      receipt: `r_${randomUUID()}`,
      via: reply.via,
      lang,
      frame: reply.frame,
      blocks: reply.blocks,
      text: render.markdown(reply.blocks, sources, lang).join("\n\n"),
      values: reply.values ?? [],
      sources,
      cache: null,
      entry: null,
      model: null,
      rules: [],
      suggestions: (reply.suggestions ?? []).map((term) => render.plain(term, lang)),
      chart: null,
      timings_ms: timings,
    };
  };

  const answer = async (request: Request): Promise<Answer> => {
    const begun = clock.monotonic();
    const thread =
      request.chat === undefined ? { draft: undefined, lang: undefined } : conversations.recall(request.chat);
    if (!LETTERS.test(request.text)) {
      const lang = request.lang ?? thread.lang ?? "en";
      return finish(
        {
          via: "clarify",
          frame: null,
          blocks: [{ type: "say", words: { key: "errors.no_words" } }, { type: "examples" }],
        },
        lang,
        {},
      );
    }
    const { question, thread: now } = understand(request, thread);
    const understood = clock.monotonic();
    const said = replyTo(question);
    // an answer from the tables waits for nothing
    const reply = said instanceof Promise ? await said : said;
    const looked = clock.monotonic();
    const timings: Record<string, number> = {
      understand: round(understood - begun),
      lookup: round(looked - understood),
    };
    const done = finish(reply, question.lang, timings);
    if (request.chat !== undefined)
      conversations.keep(request.chat, { thread: now, question: request.text, answer: done });
    timings["first_text"] = timings["total"] = round(clock.monotonic() - begun);
    return done;
  };

  return {
    async *ask(request, signal): AsyncGenerator<AnswerEvent> {
      signal?.throwIfAborted();
      const done = await answer(request);
      yield { type: "text-delta", text: done.text };
      yield { type: "answer-end", answer: done };
    },
  };
};

const round = (ms: number): number => Math.round(ms * 1000) / 1000;
