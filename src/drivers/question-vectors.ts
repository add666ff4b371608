import { FlockError } from "../core/errors.ts";
import type { Clock, Embedder } from "../core/ports.ts";

/** Questions whose vectors are remembered: one answer asks for the same vector two or three times. */
const MOST = 256;
/** Nobody waits for an embedder that failed so short a time ago. */
const PAUSE_MS = 10_000;

/** An embedder that embeds a question once, and fails at once for a while after it failed. */
export const questionVectors = (embedder: Embedder, clock: Clock): Embedder => {
  const known = new Map<string, Float32Array>();
  let pausedUntil = -Infinity;
  let reason = "";
  return {
    id: embedder.id,
    get dimensions() {
      return embedder.dimensions;
    },
    async embed(texts, kind, signal) {
      const [first, ...others] = texts;
      if (kind === "passage" || !first || others.length > 0) return embedder.embed(texts, kind, signal);
      const remembered = known.get(first.text);
      if (remembered) return [remembered];
      if (clock.monotonic() < pausedUntil) throw new FlockError("embedder", reason);
      try {
        const vectors = await embedder.embed(texts, kind, signal);
        const [vector] = vectors;
        if (vector) known.set(first.text, vector);
        for (const oldest of known.keys()) {
          if (known.size <= MOST) break;
          known.delete(oldest);
        }
        return vectors;
      } catch (error) {
        if (error instanceof FlockError) {
          pausedUntil = clock.monotonic() + PAUSE_MS;
          reason = error.message;
        }
        throw error;
      }
    },
  };
};
