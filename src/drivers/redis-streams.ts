import type { Connection } from "./redis-connection.ts";
import { checkNames, LIMITS, refused, wholeMs } from "./shared-limits.ts";
import { openTail, type Tail } from "./tail.ts";
import { FlockError } from "../core/errors.ts";

/** A read waits so long for news; streams that are followed meanwhile join the next one. */
export const BLOCK_MS = 100;
const CHUNKS_A_READ = 1000;

interface Followed {
  tail: Tail;
  readers: number;
  /** When the stream began, as its entries say. */
  began?: string;
}

/** Where a tail has come to, as the scripts number entries. */
const placeOf = ({ size, bytes }: Tail): string => `${size}-${bytes}`;

/**
 * Followers of streams. However many there are in this process, each stream is read once, from its beginning, and
 * all streams through one connection that blocks.
 */
export const redisStreams = (reader: Connection, keyOf: (stream: string) => string) => {
  const followed = new Map<string, Followed>();
  let reading = false;

  const failAll = (error: FlockError): void => {
    for (const { tail } of followed.values()) tail.fail(error);
    followed.clear();
  };
  const feed = (key: string, entries: readonly [id: string, fields: string[]][]): void => {
    const stream = followed.get(key);
    if (stream === undefined) return;
    const { tail } = stream;
    for (const [id, [began = "", chunk = ""]] of entries) {
      stream.began ??= began;
      if (began !== stream.began || id !== `${tail.size + 1}-${tail.bytes + Buffer.byteLength(chunk)}`) {
        tail.fail(refused("the stream was begun anew"));
        followed.delete(key);
        return;
      }
      tail.push(chunk);
    }
  };
  const readOnce = async (): Promise<void> => {
    const keys = [...followed.keys()];
    const places = [...followed.values()].map(({ tail }) => placeOf(tail));
    const news = await reader.call((redis) =>
      redis.xread("COUNT", CHUNKS_A_READ, "BLOCK", BLOCK_MS, "STREAMS", ...keys, ...places),
    );
    for (const [key, entries] of news ?? []) feed(key, entries);
  };
  /** Runs while anything is followed. */
  const read = async (): Promise<void> => {
    if (reading) return;
    reading = true;
    try {
      while (followed.size > 0) await readOnce();
    } catch (error) {
      failAll(error instanceof FlockError ? error : refused("a stream could not be read"));
    } finally {
      reading = false;
    }
  };

  const open = (key: string): Followed => {
    const known = followed.get(key);
    if (known) return known;
    if (followed.size >= LIMITS.streams) throw refused("too many streams are followed");
    const fresh: Followed = { tail: openTail(), readers: 0 };
    followed.set(key, fresh);
    void read();
    return fresh;
  };
  return {
    async *follow(
      stream: string,
      idleMs: number,
      signal: AbortSignal,
    ): AsyncGenerator<string, void, undefined> {
      checkNames([stream]);
      const idle = wholeMs(idleMs);
      const key = keyOf(stream);
      const joined = open(key);
      joined.readers += 1;
      try {
        yield* joined.tail.follow(idle, signal);
      } finally {
        joined.readers -= 1;
        if (joined.readers === 0 && followed.get(key) === joined) followed.delete(key);
      }
    },
    close: () => failAll(refused("closed")),
  };
};
