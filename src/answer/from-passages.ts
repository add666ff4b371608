import type { Clock, Log, Retriever } from "../core/ports.ts";
import { isLang, type Lang, type LookUpReport, type Reply, type Turn } from "../core/types.ts";
import type { AnswerCache, CacheQuestion, Hit, Kept, LookUp } from "../cache/cache.ts";
import type { Flight } from "../cache/flight.ts";
import type { Meaning } from "../cache/meaning.ts";
import type { Evidence } from "../cache/similarity.ts";
import type { Gate } from "../safety/gate.ts";
import { extract, quotes, type Quoted } from "./extract.ts";
import { generate } from "./generate.ts";
import type { Translate } from "./translator.ts";
import type { Understood } from "./understand.ts";
import type { Writer } from "./writer.ts";

/** Answers that were given before; undefined with CACHE_MODE=off. */
export interface CacheHouse {
  answers: AnswerCache;
  flight: Flight;
  meaningOf(text: string, lang: Lang): Meaning;
  flightKey(question: CacheQuestion): string;
  /** Undefined without a model: a model's text is then served in its own language alone. */
  translate: Translate | undefined;
}

export interface Shelves {
  library: { retriever: Retriever; gate: Gate };
  writer: Writer | undefined;
  cache: CacheHouse | undefined;
  clock: Clock;
  log: Log;
}

export interface Asking {
  tenant: string;
  chat: string | undefined;
  turns: readonly Turn[];
  signal: AbortSignal | undefined;
}

/** An answer from the passages, and what the cache had to say. */
export interface Shelved {
  reply: Reply | undefined;
  lookUps: readonly LookUpReport[];
}

/** What stands in a conversation alone is nobody else's: only a question that is whole in itself is looked up. */
const standing = (
  question: Understood,
  { chat, tenant }: Asking,
  cache: CacheHouse,
): CacheQuestion | undefined => {
  const { text, search, lang, fragment } = question;
  if (fragment || search !== text) return undefined;
  return { text, lang, meaning: cache.meaningOf(text, lang), tenant, asker: chat };
};

/**
 * Answers from passages: what was answered before, else quotes, or a model's prose about them, which is kept for the
 * next who asks. Yields text as it is written; `reply` is undefined when no passage is about the question.
 */
export async function* fromPassages(
  question: Understood,
  least: number,
  shelves: Shelves,
  asking: Asking,
): AsyncGenerator<string, Shelved> {
  const { library, writer, cache, clock, log } = shelves;
  const lookUps: LookUpReport[] = [];
  const asked = cache && standing(question, asking, cache);
  const tried = async (stage: LookUpReport["stage"], look: Promise<LookUp>): Promise<Hit | undefined> => {
    try {
      const begun = clock.monotonic();
      const found = await look;
      lookUps.push(reportOf(stage, found, clock.monotonic() - begun));
      return found.hit;
    } catch (error) {
      // a cache that fails is a slower answer, never a failed one
      log.warn({ err: error }, "the answer cache failed");
      return undefined;
    }
  };
  const same = cache && asked && (await tried("same", cache.answers.same(asked)));
  const served = same && (await fromEntry(question, same, shelves, asking.signal));
  if (served) return { reply: served, lookUps };

  const quoted = await extract(question, library, least);
  if (!quoted) return { reply: undefined, lookUps };
  const evidence = quoted.shown.map(({ passage, score }): Evidence => ({ id: passage.id, score }));
  const near = cache && asked && (await tried("near", cache.answers.near(asked, evidence)));
  const shared = near && (await fromEntry(question, near, shelves, asking.signal));
  if (shared) return { reply: shared, lookUps };

  let reply = quoted.reply;
  if (writer) {
    const context = {
      chat: asking.chat,
      log,
      // a question that is whole in itself is answered alike for all: its conversation is not told
      turns: asked ? [] : asking.turns,
    };
    const make = (signal: AbortSignal | undefined) =>
      generate(question, quoted, writer, { ...context, signal });
    if (cache && asked) {
      const { end } = yield* cache.flight.join(cache.flightKey(asked), make, asking.signal);
      reply = end;
    } else reply = yield* make(asking.signal);
  }
  if (cache && asked) reply = await kept(asked, reply, quoted, evidence, { ...shelves, cache });
  return { reply, lookUps };
}

const reportOf = (
  stage: LookUpReport["stage"],
  { hit, miss, candidates }: LookUp,
  ms: number,
): LookUpReport => ({
  stage,
  tier: hit?.tier,
  entry: hit?.entry.id,
  miss,
  ms: Math.round(ms * 1000) / 1000,
  candidates: candidates.map(({ entry, score, pair, refused, decision }) => ({
    entry,
    score: Math.round(score * 1000) / 1000,
    pair,
    refused: refused ?? (decision?.serve === false ? decision.why : undefined),
    lower: decision?.lower,
  })),
});

/** A model's text in the asker's language; it is kept once it is translated. */
const proseOf = async (
  { entry }: Hit,
  lang: Lang,
  { cache, log }: Shelves,
  signal: AbortSignal | undefined,
): Promise<string | undefined> => {
  const own = entry.prose[lang];
  if (own !== undefined || !cache?.translate) return own;
  const [from, prose] = Object.entries(entry.prose)[0] ?? [];
  if (!isLang(from) || prose === undefined) return undefined;
  const translated = await cache.translate(prose, from, lang, signal);
  if (translated !== undefined)
    await cache.answers.translated(entry, lang, translated).catch((error: unknown) => {
      log.warn({ err: error }, "a translation could not be kept");
    });
  return translated;
};

/** The answer of an entry in the asker's language; undefined when a passage is gone or the text may not be shown. */
const fromEntry = async (
  question: Understood,
  hit: Hit,
  shelves: Shelves,
  signal: AbortSignal | undefined,
): Promise<Reply | undefined> => {
  const { entry, tier, score } = hit;
  const { retriever, gate } = shelves.library;
  const passages = entry.passages.flatMap(({ id }) => retriever.passage(id) ?? []);
  if (passages.length < entry.passages.length) return undefined;
  const written = Object.keys(entry.prose).length > 0;
  const prose = written ? await proseOf(hit, question.lang, shelves, signal) : undefined;
  // rules may have grown stricter since it was written
  if (written && (prose === undefined || !gate(prose, question.lang).ok)) return undefined;
  const reply = quotes(question, passages);
  const [first] = reply.blocks;
  return {
    ...reply,
    via: "cache",
    blocks: prose !== undefined && first?.type === "passages" ? [{ ...first, prose }] : reply.blocks,
    model: null,
    rules: [...entry.rules],
    cache: { tier, entry: entry.id, score, age_ms: hit.ageMs },
    entry: entry.id,
  };
};

/** Keeps a whole answer; half a text, or quotes where a model failed, are not kept. */
const kept = async (
  asked: CacheQuestion,
  reply: Reply,
  { shown }: Quoted,
  evidence: readonly Evidence[],
  { cache, writer, log }: Shelves & { cache: CacheHouse },
): Promise<Reply> => {
  const [first] = reply.blocks;
  const prose = first?.type === "passages" ? first.prose : undefined;
  const whole = writer ? reply.via === "model" && prose !== undefined && reply.blocks.length === 1 : true;
  if (!whole) return reply;
  try {
    const what: Kept = {
      passages: shown.map(({ passage }) => ({ id: passage.id, version: passage.version })),
      prose,
      model: reply.model ?? null,
      rules: reply.rules ?? [],
      evidence,
    };
    const entry = await cache.answers.keep(asked, what);
    return entry ? { ...reply, entry: entry.id } : reply;
  } catch (error) {
    log.warn({ err: error }, "the answer could not be kept");
    return reply;
  }
};
