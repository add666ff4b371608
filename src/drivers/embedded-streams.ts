import { checkNames, LIMITS, refused, wholeMs } from "./shared-limits.ts";
import { openTail, type Tail } from "./tail.ts";

interface Stream {
  tail: Tail;
  readers: number;
  /** Ends the stream; there is none before the first chunk. */
  timer?: NodeJS.Timeout;
}

/** Streams within this process; each is let go when its time is over. */
export const embeddedStreams = () => {
  const streams = new Map<string, Stream>();
  let held = 0;
  const open = (name: string): Stream => {
    checkNames([name]);
    const known = streams.get(name);
    if (known) return known;
    if (streams.size >= LIMITS.streams) throw refused("too many streams are open");
    const fresh: Stream = { tail: openTail(), readers: 0 };
    streams.set(name, fresh);
    return fresh;
  };
  const end = (name: string): void => {
    held -= streams.get(name)?.tail.bytes ?? 0;
    streams.delete(name);
  };
  return {
    append(name: string, chunk: string, ms: number): void {
      const time = wholeMs(ms);
      const stream = open(name);
      const bytes = Buffer.byteLength(chunk);
      if (stream.tail.size >= LIMITS.streamChunks || stream.tail.bytes + bytes > LIMITS.streamBytes)
        throw refused("the stream is full");
      if (held + bytes > LIMITS.heldBytes) throw refused("the streams are full");
      clearTimeout(stream.timer);
      stream.timer = setTimeout(() => end(name), time).unref();
      held += bytes;
      stream.tail.push(chunk);
    },
    async *follow(
      name: string,
      idleMs: number,
      signal: AbortSignal,
    ): AsyncGenerator<string, void, undefined> {
      const idle = wholeMs(idleMs);
      const stream = open(name);
      stream.readers += 1;
      try {
        yield* stream.tail.follow(idle, signal);
      } finally {
        stream.readers -= 1;
        // nothing was ever written to it, so no timer will end it
        if (stream.readers === 0 && stream.timer === undefined) end(name);
      }
    },
    close(): void {
      for (const { tail, timer } of streams.values()) {
        clearTimeout(timer);
        tail.fail(refused("closed"));
      }
      streams.clear();
      held = 0;
    },
  };
};
