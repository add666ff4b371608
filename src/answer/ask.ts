import { randomUUID } from "node:crypto";
import { FlockError } from "../core/errors.ts";
import type { Clock, Engine, Log, Retriever } from "../core/ports.ts";
import type { Answer, AnswerEvent, Lang, LookUpReport, Reply, Request } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { reader } from "../language/read.ts";
import type { Conversations } from "../memory/conversation.ts";
import { gateFor } from "../safety/gate.ts";
import type { Standards } from "../standards/look-up.ts";
import type { Phrasebook } from "../words/i18n.ts";
import { renderer } from "../words/render.ts";
import { clarify } from "./clarify.ts";
import { extract, leastEvidence, SUBJECT_NAMED } from "./extract.ts";
import { fromPassages, type CacheHouse, type Shelves } from "./from-passages.ts";
import type { Answering, House, ModelsSoFar } from "./house.ts";
import { modelsReport } from "./models-report.ts";
import { elsewhere, offTopic } from "./off-topic.ts";
import { roosters } from "./roosters.ts";
import { rulesList } from "./rules-list.ts";
import { asksAboutDisease, safety, vetNotice } from "./safety.ts";
import { standard } from "./standards.ts";
import { smalltalk } from "./talk.ts";
import { understanding, type Thread, type Understood } from "./understand.ts";
import { unknown } from "./unknown.ts";
import type { Writer } from "./writer.ts";

export interface Parts {
  lexicon: Lexicon;
  standards: Standards;
  book: Phrasebook;
  conversations: Conversations;
  retriever: Retriever;
  /** Undefined without a model: passages are then quoted. */
  writer: Writer | undefined;
  /** What the models did so far; undefined without one. */
  models?: (() => ModelsSoFar) | undefined;
  /** Answers that were given before; undefined with CACHE_MODE=off. */
  cache?: CacheHouse | undefined;
  clock: Clock;
  log: Log;
}

/** What answers from rules and tables, cheapest first; what none of them answers goes to the passages. */
const RESPONDERS: readonly Answering[] = [
  rulesList,
  safety,
  smalltalk,
  elsewhere,
  roosters,
  clarify,
  standard,
];

/** The HTTP door is one tenant. */
const TENANT = "default";
const LETTERS = /[\p{L}\p{N}]/u;
const NO_WORDS: Reply = {
  via: "clarify",
  frame: null,
  blocks: [{ type: "say", words: { key: "errors.no_words" } }, { type: "examples" }],
};

/** An answer that is whole, or how surely passages must be about the question, and what is said where none is. */
type Found = { reply: Reply } | { least: number; otherwise: (question: Understood) => Reply };

/** The engine: one question walks through understanding and the responders once, front to back. */
export const engine = (parts: Parts): Engine => {
  const { lexicon, clock, conversations, log, writer } = parts;
  const house: House = {
    lines: lexicon.lines,
    standards: parts.standards,
    book: parts.book,
    models: parts.models,
  };
  const understand = understanding(lexicon, reader(lexicon));
  const library = { retriever: parts.retriever, gate: gateFor(lexicon) };
  const shelves: Shelves = { library, writer, cache: parts.cache, clock, log };
  const render = renderer(
    parts.book,
    (concept, lang) => lexicon.languages[lang].firstForms.get(concept) ?? concept,
  );

  const find = (question: Understood): Found | Promise<Found> => {
    for (const answering of RESPONDERS) {
      const reply = answering(question, house);
      // before anything is asked back: the passages may know the answer ("litter moisture for broilers?")
      if (reply?.via === "clarify")
        return { least: leastEvidence(question, house, true), otherwise: () => reply };
      if (reply?.via === "safety" && asksAboutDisease(question)) return withPassages(question, reply);
      if (reply) return { reply };
    }
    return { least: leastEvidence(question, house), otherwise: nothingFound };
  };

  /** What is to be done comes first; what was asked about the disease stands under it. */
  const withPassages = async (question: Understood, first: Reply): Promise<Found> => {
    const found = (await extract(question, library, SUBJECT_NAMED))?.reply;
    if (!found) return { reply: first };
    return { reply: { ...first, blocks: [...first.blocks, ...found.blocks], sources: found.sources ?? [] } };
  };

  /** No rule and no table answers: the passages may. */
  const nothingFound = (question: Understood): Reply => {
    const reply = offTopic(question, house) ?? unknown(question, house);
    if (!reply) throw new FlockError("bug", "no responder answered");
    return reply;
  };

  const finish = (reply: Reply, lang: Lang, timings: Record<string, number>): Answer => {
    const sources = reply.sources ?? [];
    return {
      // in the order of time, so that the store appends them; the rest cannot be guessed
      receipt: `r_${clock.now().toString(36)}${randomUUID().slice(9)}`,
      via: reply.via,
      lang,
      frame: reply.frame,
      blocks: reply.blocks,
      text: render.markdown(reply.blocks, sources, lang).join("\n\n"),
      values: reply.values ?? [],
      sources,
      cache: reply.cache ?? null,
      entry: reply.entry ?? null,
      model: reply.model ?? null,
      rules: reply.rules ?? [],
      suggestions: (reply.suggestions ?? []).map((term) => render.plain(term, lang)),
      chart: null,
      timings_ms: timings,
      ...(reply.report && { report: reply.report }),
    };
  };

  const recall = (chat: string | undefined): Thread =>
    chat === undefined ? { draft: undefined, lang: undefined } : conversations.recall(chat);

  return {
    async *ask(request: Request, signal): AsyncGenerator<AnswerEvent> {
      signal?.throwIfAborted();
      const begun = clock.monotonic();
      const since = (): number => round(clock.monotonic() - begun);
      const before = recall(request.chat);
      if (!LETTERS.test(request.text)) {
        const done = finish(NO_WORDS, request.lang ?? before.lang ?? "en", {});
        yield { type: "text-delta", text: done.text };
        yield { type: "answer-end", answer: done };
        return;
      }
      // a command is in no language
      const lang = request.lang ?? (request.text.startsWith("/") ? (before.lang ?? "en") : undefined);
      const { question, thread } = understand({ ...request, lang }, before);
      const timings: Record<string, number> = { understand: since() };
      // what the models cost is for whoever has the machine, not for whoever asks a question
      const told = request.channel === "terminal" ? modelsReport(question, house) : undefined;
      const searching = told ? { reply: told } : find(question);
      // an answer from the tables waits for nothing
      const found = searching instanceof Promise ? await searching : searching;
      let streamed = "";
      let lookUps: readonly LookUpReport[] | undefined;
      let reply: Reply;
      if ("reply" in found) ({ reply } = found);
      else {
        const asking = {
          tenant: TENANT,
          chat: request.chat,
          turns: request.history ?? [],
          signal,
        };
        const shelved = fromPassages(question, found.least, shelves, asking);
        for (;;) {
          const step = await shelved.next();
          if (step.done === true) {
            ({ lookUps } = step.value);
            reply = step.value.reply ?? found.otherwise(question);
            break;
          }
          timings["first_text"] ??= since();
          streamed += step.value;
          yield { type: "text-delta", text: step.value };
        }
      }
      timings["lookup"] = round(since() - (timings["understand"] ?? 0));
      const noticed = vetNotice(question, reply, before.noticed === true);
      const done = finish(noticed ?? reply, question.lang, timings);
      if (request.chat !== undefined) {
        const kept = { ...thread, noticed: before.noticed === true || noticed !== undefined };
        conversations.keep(request.chat, { thread: kept, question: request.text, answer: done });
      }
      timings["total"] = since();
      timings["first_text"] ??= timings["total"];
      yield { type: "text-delta", text: done.text.slice(streamed.length) };
      yield { type: "answer-end", answer: done, ...(lookUps && { lookUps }) };
    },
  };
};

const round = (ms: number): number => Math.round(ms * 1000) / 1000;
