import type { Clock, Log, SharedStore } from "../core/ports.ts";
import type { Observation } from "./curve.ts";
import { MOST_KEPT, type Threshold } from "./threshold.ts";

const LEARNT = "learnt:";
const KEPT_MS = 365 * 86_400_000;

/** What the curves learn in use is kept beside the entries, by embedder and pair of languages, and read at the start. */
export const learnt = (parts: {
  store: SharedStore;
  threshold: Threshold;
  embedder: string;
  clock: Clock;
  log: Log;
}): { ready: Promise<void>; learn(pair: string, seen: Observation): void } => {
  const { store, threshold, clock, log } = parts;
  const prefix = `${LEARNT}${parts.embedder}:`;
  const known = new Map<string, Observation[]>();
  const load = async (): Promise<void> => {
    for await (const page of store.scan(prefix)) {
      const rows = await store.get(page);
      for (const [at, key] of page.entries()) {
        const pair = key.slice(prefix.length);
        const seen = JSON.parse(rows[at] ?? "[]") as Observation[];
        known.set(pair, seen);
        for (const one of seen) threshold.learn(pair, one);
      }
    }
  };
  return {
    ready: load().catch((error: unknown) =>
      log.warn({ err: error }, "what the cache has learnt could not be read"),
    ),
    learn(pair, seen) {
      threshold.learn(pair, seen);
      const list = [...(known.get(pair) ?? []), seen].slice(-MOST_KEPT);
      known.set(pair, list);
      store
        .put([{ key: prefix + pair, value: JSON.stringify(list), expiresAt: clock.now() + KEPT_MS }])
        .catch((error: unknown) => log.warn({ err: error }, "what the cache has learnt could not be kept"));
    },
  };
};
