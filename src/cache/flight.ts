import { FlockError } from "../core/errors.ts";
import type { Log, SharedStore } from "../core/ports.ts";
import { broadcast, type Broadcast } from "./broadcast.ts";

/** The replica that makes an answer holds its lease so long, and renews it this often. */
const LEASE_MS = 15_000;
const HEARTBEAT_MS = 5_000;
/** A stream outlives its last piece so long, for those who come late. */
const STREAM_MS = 60_000;
/** An answer whose only reader leaves is finished all the same once so much is written: it will be asked again. */
const WORTH_FINISHING = 200;
/** Equal questions under way in this process; beyond it each is answered alone. */
const MOST_FLIGHTS = 2_000;

export interface Flight {
  /**
   * Joins the answer that is being made under `key`, or makes it: pieces from the first on, then the end. An end must
   * survive JSON. A maker elsewhere that dies before its first piece is replaced; later, its readers get an error.
   */
  join<End>(
    key: string,
    make: (signal: AbortSignal) => AsyncGenerator<string, End>,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<string, { end: End; made: boolean }>;
  /** Readers that wait for an answer which another began. */
  waiters(): number;
}

type Chunk = { text: string } | { end: unknown } | { failed: string };

/** Equal questions at one time make one answer: in this process, and across replicas that share a store. */
export const flight = (store: SharedStore | undefined, log: Log): Flight => {
  const here = new Map<string, Broadcast<unknown>>();
  let waiting = 0;

  /** Makes the answer while holding the lease, and writes it down piece by piece for other replicas. */
  const lead = async function* <End>(
    shared: SharedStore,
    key: string,
    token: number,
    make: (signal: AbortSignal) => AsyncGenerator<string, End>,
    signal: AbortSignal,
  ): AsyncGenerator<string, End> {
    const stream = `${key}:${String(token)}`;
    let writable = true;
    // a store that fails makes this answer one of this process alone
    const write = async (chunk: Chunk): Promise<void> => {
      if (!writable) return;
      try {
        await shared.append(stream, JSON.stringify(chunk), STREAM_MS);
      } catch (error) {
        writable = false;
        log.warn({ err: error }, "one flight goes on in this process alone");
      }
    };
    const heart = setInterval(() => {
      shared.renew(key, token, LEASE_MS).catch(() => {});
    }, HEARTBEAT_MS);
    heart.unref();
    try {
      const source = make(signal);
      for (;;) {
        const step = await source.next();
        if (step.done === true) {
          await write({ end: step.value });
          return step.value;
        }
        await write({ text: step.value });
        yield step.value;
      }
    } catch (error) {
      await write({ failed: error instanceof Error ? error.name : "error" });
      throw error;
    } finally {
      clearInterval(heart);
      shared.release(key, token).catch(() => {});
    }
  };

  /** Follows the answer that another replica makes; undefined when its maker died before the first piece. */
  const follow = async function* <End>(
    shared: SharedStore,
    key: string,
    token: number,
    signal: AbortSignal,
  ): AsyncGenerator<string, { end: End } | undefined> {
    let begun = false;
    for await (const raw of shared.follow(`${key}:${String(token)}`, LEASE_MS, signal)) {
      const chunk = JSON.parse(raw) as Chunk;
      if ("end" in chunk) return { end: chunk.end as End };
      if ("failed" in chunk) break;
      begun = true;
      yield chunk.text;
    }
    signal.throwIfAborted();
    // half a text of one maker is never continued by another
    if (begun) throw new FlockError("model", "the replica that wrote this answer is gone");
    return undefined;
  };

  const across = async function* <End>(
    key: string,
    make: (signal: AbortSignal) => AsyncGenerator<string, End>,
    signal: AbortSignal,
  ): AsyncGenerator<string, { end: End; made: boolean }> {
    if (!store) return { end: yield* make(signal), made: true };
    let holder: number | undefined;
    let token: number | undefined;
    try {
      token = await store.lease(key, LEASE_MS);
      if (token === undefined) holder = await store.holder(key);
    } catch (error) {
      log.warn({ err: error }, "one flight goes on in this process alone");
      return { end: yield* make(signal), made: true };
    }
    if (token !== undefined) return { end: yield* lead(store, key, token, make, signal), made: true };
    if (holder !== undefined) {
      try {
        const followed = yield* follow<End>(store, key, holder, signal);
        if (followed) return { end: followed.end, made: false };
      } catch (error) {
        if (!(error instanceof FlockError) || error.code !== "store") throw error;
      }
    }
    return { end: yield* make(signal), made: true };
  };

  return {
    waiters: () => waiting,
    async *join<End>(
      key: string,
      make: (signal: AbortSignal) => AsyncGenerator<string, End>,
      signal: AbortSignal | undefined,
    ) {
      type Ending = { end: End; made: boolean };
      const known = here.get(key) as Broadcast<Ending> | undefined;
      if (known) {
        waiting += 1;
        try {
          return { ...(yield* known.read(signal)), made: false };
        } finally {
          waiting -= 1;
        }
      }
      const begun = broadcast<Ending>(
        (stop) => across(key, make, stop),
        (length) => length < WORTH_FINISHING,
      );
      if (here.size < MOST_FLIGHTS) {
        here.set(key, begun as Broadcast<unknown>);
        void begun.done.then(() => {
          if (here.get(key) === (begun as Broadcast<unknown>)) here.delete(key);
        });
      }
      return yield* begun.read(signal);
    },
  };
};
