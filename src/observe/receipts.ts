import { createHash } from "node:crypto";
import type { Clock, Engine, KeyValue, Log } from "../core/ports.ts";
import type { Answer, AnswerEvent, LookUpReport, Request } from "../core/types.ts";

/** Why an answer was what it was, kept for a day. It holds no text of the asker. */
export interface Receipt {
  id: string;
  /** ISO 8601. */
  at: string;
  via: Answer["via"];
  lang: Answer["lang"];
  channel: string;
  frame: Answer["frame"];
  entry: string | null;
  lookups: readonly LookUpReport[];
  sources: { title: string; locator: string; version: string }[];
  rules: readonly string[];
  model: Answer["model"];
  timings_ms: Answer["timings_ms"];
}

export interface Receipts {
  /** The receipt, and whose it is: a hash of the conversation's name, see `ownerOf`. */
  get(id: string): { receipt: Receipt; owner: string | undefined } | undefined;
  /** The last receipt of a conversation. */
  last(chat: string): Receipt | undefined;
  /** A conversation's last receipt is no longer found by it; the receipts themselves name nobody. */
  forget(chat: string): void;
  /** Writes what is still in memory. */
  flush(): void;
}

const DAY_MS = 86_400_000;
/** Receipts are written off the answer's path, few at a time: no answer waits behind them for long. */
const WRITE_EVERY_MS = 25;
const WRITTEN_AT_ONCE = 50;
/** Under a flood the oldest unwritten receipts are lost, never memory. */
const MOST_WAITING = 2_000;

const RECEIPTS = "receipts";
const LAST = "receipts-last";

/** A conversation as receipts and feedback know it: its name cannot be read back. */
export const ownerOf = (chat: string): string => createHash("sha256").update(chat).digest("hex").slice(0, 32);

interface Stored {
  receipt: Receipt;
  owner: string | undefined;
}

/** Keeps a receipt of every answer that an engine gives, from outside. */
export const withReceipts = (
  engine: Engine,
  store: KeyValue,
  clock: Clock,
  log: Log,
): { engine: Engine; receipts: Receipts } => {
  const waiting = new Map<string, Stored>();
  let timer: NodeJS.Timeout | undefined;

  const write = (most: number): void => {
    const batch: [string, Stored][] = [];
    for (const one of waiting) {
      if (batch.length >= most) break;
      batch.push(one);
    }
    const rows = batch.flatMap(([id, stored]) => [
      { space: RECEIPTS, key: id, value: JSON.stringify(stored) },
      ...(stored.owner === undefined ? [] : [{ space: LAST, key: stored.owner, value: id }]),
    ]);
    try {
      if (rows.length > 0) store.putAll(rows, clock.now() + DAY_MS);
    } catch (error) {
      log.warn({ err: error }, "receipts could not be kept");
    }
    for (const [id] of batch) waiting.delete(id);
  };
  const tick = (): void => {
    write(WRITTEN_AT_ONCE);
    timer = waiting.size > 0 ? setTimeout(tick, WRITE_EVERY_MS).unref() : undefined;
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    write(Infinity);
  };
  const keep = (answer: Answer, lookUps: readonly LookUpReport[], { chat, channel }: Request): void => {
    const receipt: Receipt = {
      id: answer.receipt,
      at: new Date(clock.now()).toISOString(),
      via: answer.via,
      lang: answer.lang,
      channel,
      frame: answer.frame,
      entry: answer.entry,
      lookups: lookUps,
      sources: answer.sources.map(({ title, locator, version }) => ({ title, locator, version })),
      rules: answer.rules,
      model: answer.model,
      timings_ms: answer.timings_ms,
    };
    if (waiting.size >= MOST_WAITING) waiting.delete(waiting.keys().next().value ?? "");
    waiting.set(receipt.id, { receipt, owner: chat === undefined ? undefined : ownerOf(chat) });
    timer ??= setTimeout(tick, WRITE_EVERY_MS).unref();
  };
  const get = (id: string): Stored | undefined => {
    const held = waiting.get(id);
    if (held) return held;
    const stored = store.get(RECEIPTS, id);
    return stored === undefined ? undefined : (JSON.parse(stored) as Stored);
  };

  // an iterator by hand: a generator around the engine's would cost two more turns an event
  const watch = (events: AsyncIterator<AnswerEvent>, request: Request): AsyncIterator<AnswerEvent> => ({
    next: () =>
      events.next().then((step) => {
        if (step.done !== true && step.value.type === "answer-end")
          keep(step.value.answer, step.value.lookUps ?? [], request);
        return step;
      }),
    return: () => events.return?.() ?? Promise.resolve({ done: true, value: undefined }),
  });
  return {
    engine: {
      ask: (request, signal) => {
        const events = engine.ask(request, signal);
        return { [Symbol.asyncIterator]: () => watch(events[Symbol.asyncIterator](), request) };
      },
    },
    receipts: {
      get,
      last(chat) {
        const owner = ownerOf(chat);
        for (const stored of [...waiting.values()].reverse())
          if (stored.owner === owner) return stored.receipt;
        const id = store.get(LAST, owner);
        return id === undefined ? undefined : get(id)?.receipt;
      },
      forget(chat) {
        flush();
        store.drop(LAST, ownerOf(chat));
      },
      flush,
    },
  };
};
