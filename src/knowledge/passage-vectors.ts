import { createHash } from "node:crypto";
import { FlockError } from "../core/errors.ts";
import type { Clock, Embedder, KeyValue, Log, VectorCollection, VectorStore } from "../core/ports.ts";
import { LANGS, type Lang, type Passage } from "../core/types.ts";
import type { Nearness } from "./fuse.ts";
import { learnNearness, SAMPLES, samplesOf } from "./nearness.ts";

/** A passage near a question, by id. */
export interface NearPassage {
  id: string;
  cosine: number;
  nearness: Nearness | undefined;
}

export interface PassageVectors {
  /** Passages whose vectors are near, best first; none while there are no vectors, or the embedder is away. */
  near(text: string, lang: Lang): Promise<NearPassage[]>;
}

export interface PassageVectorsParts {
  ours: readonly Passage[];
  /** Passages of ingested documents; the same map as long as nothing changes. */
  documents: () => ReadonlyMap<string, Passage>;
  embedder: Embedder;
  store: VectorStore;
  /** The store belongs to other processes too, which may have other documents. */
  isShared: boolean;
  /** Keeps what was learnt. */
  kept: KeyValue;
  clock: Clock;
  log: Log;
  batch?: number;
}

/** Our main sentences stand apart by language, and documents apart from them: sentences are nearer to sentences. */
const DOCUMENTS = "documents";
const MOST_POINTS = 100_000;
/** Few at a time: a question that comes meanwhile waits for one batch. */
const BATCH = 8;
const NEAREST = 20;
/** An embedder that failed is left alone so long; questions do not wait for it meanwhile. */
const PAUSE_MS = 10_000;
const AGAIN_MS = 30_000;

interface Text {
  id: string;
  passage: string;
  text: string;
  lang: Lang;
  version: string;
}

const beyond = ({ cosine, nearness }: NearPassage): number => cosine - (nearness?.least ?? 1);
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);
const textOf = (id: string, passage: string, text: string, lang: Lang): Text => ({
  id,
  passage,
  text,
  lang,
  version: hashOf(text),
});
/** Changes when any text of a shelf does. */
const versionOf = (texts: readonly Text[]): string => hashOf(texts.map(({ version }) => version).join());

/**
 * Passages as vectors: embedded once, in the background, and only what changed since; learns how near is near for
 * each language. Whatever fails costs the second opinion, never an answer, and is told once.
 */
export const passageVectors = (
  parts: PassageVectorsParts,
): { port: PassageVectors; start(): void; sync(): Promise<void>; stop(): Promise<void> } => {
  const { ours, documents, embedder, store, isShared, kept, clock, log, batch = BATCH } = parts;
  const stopped = new AbortController();
  const { signal } = stopped;
  let collection: VectorCollection | undefined;
  const ready = new Set<string>();
  const nearness = new Map<string, Nearness>();
  let embedded: ReadonlyMap<string, Passage> | undefined;
  let seen: ReadonlySet<string> = new Set();
  let pausedUntil = -Infinity;
  let isDown = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  const failed = (error: unknown): void => {
    if (signal.aborted) return;
    pausedUntil = clock.monotonic() + PAUSE_MS;
    if (isDown) return;
    isDown = true;
    const reason = error instanceof FlockError ? error.message : "a fault of its own";
    log.warn({ embedder: embedder.id, reason }, "no vectors: passages are found by words alone");
  };
  const succeeded = (): void => {
    if (isDown) log.info({ embedder: embedder.id }, "vectors are back");
    isDown = false;
  };

  const shelfOf = (lang: Lang): Text[] =>
    ours.flatMap(({ id, gist }) => (gist ? [textOf(`${id}:${lang}`, id, gist[lang], lang)] : []));
  const documentTexts = (all: ReadonlyMap<string, Passage>): Text[] =>
    [...all.values()].map(({ id, title, text, lang }) => textOf(id, id, `${title}. ${text}`, lang));

  const opened = async (): Promise<VectorCollection> => {
    if (collection) return collection;
    // some servers tell their dimensions by the first vector only
    const known = embedder.dimensions;
    const [first] = known ? [] : await embedder.embed([{ text: "chicken", lang: "en" }], "passage", signal);
    collection = {
      name: "passages",
      embedder: embedder.id,
      dimensions: known ?? first?.length ?? 0,
      filters: { shelf: "text" },
      partitions: ["shelf"],
      most: MOST_POINTS,
    };
    return collection;
  };

  const embedMissing = async (
    into: VectorCollection,
    shelf: string,
    texts: readonly Text[],
    held: ReadonlyMap<string, string>,
  ): Promise<number> => {
    const missing = texts.filter(({ id, version }) => held.get(id) !== version);
    for (let from = 0; from < missing.length; from += batch) {
      signal.throwIfAborted();
      const some = missing.slice(from, from + batch);
      const vectors = await embedder.embed(some, "passage", signal);
      const points = some.flatMap(({ id, passage, version }, at) => {
        const vector = vectors[at];
        return vector ? [{ id, vector, payload: { shelf, passage, version } }] : [];
      });
      await store.put(into, points);
    }
    return missing.length;
  };

  /** Learns a language's bounds on a shelf, or finds what was learnt of the same texts before. */
  const learn = async (into: VectorCollection, lang: Lang, shelf: string, version: string): Promise<void> => {
    const key = [embedder.id, lang, shelf, version, SAMPLES].join(" ");
    const known = kept.get("nearness", key);
    const own = nearness.get(lang);
    const found =
      known === undefined
        ? await learnNearness({
            samples: samplesOf(ours),
            lang,
            embed: (texts) => embedder.embed(texts, "question", signal),
            nearest: async (vector) => {
              const points = await store.search(into, vector, { shelf }, 2);
              return points.map(({ score, payload }) => ({ id: String(payload.passage), cosine: score }));
            },
            isOwn: shelf === lang,
            span: own && own.sure - own.least,
          })
        : (JSON.parse(known) as Nearness);
    if (!found) return;
    nearness.set(shelf === lang ? lang : `${lang} ${shelf}`, found);
    if (known === undefined) kept.put("nearness", key, JSON.stringify(found), Number.MAX_SAFE_INTEGER);
  };

  const syncAll = async (): Promise<void> => {
    const all = documents();
    if (all === embedded) return;
    const began = clock.monotonic();
    const into = await opened();
    const held = new Map<string, string>();
    for await (const { id, payload } of store.list(into)) held.set(id, String(payload.version));
    const wanted = new Set<string>();
    let count = 0;
    const shelves: [string, Text[]][] = [
      ...LANGS.map((lang): [string, Text[]] => [lang, shelfOf(lang)]),
      [DOCUMENTS, documentTexts(all).slice(0, MOST_POINTS - ours.length * LANGS.length)],
    ];
    for (const [shelf, texts] of shelves) {
      count += await embedMissing(into, shelf, texts, held);
      for (const { id } of texts) wanted.add(id);
      const version = versionOf(texts);
      const langs = shelf === DOCUMENTS ? LANGS : LANGS.filter((lang) => lang === shelf);
      if (texts.length > 0) for (const lang of langs) await learn(into, lang, shelf, version);
      if (texts.length > 0) ready.add(shelf);
      else ready.delete(shelf);
    }
    // what another process put there is its own to drop
    const gone = [...(isShared ? seen : held.keys())].filter((id) => !wanted.has(id));
    if (gone.length > 0) await store.drop(into, { ids: gone });
    seen = wanted;
    embedded = all;
    succeeded();
    const ms = Math.round(clock.monotonic() - began);
    if (count > 0) log.info({ embedder: embedder.id, count, ms }, "passages embedded");
  };
  const sync = (): Promise<void> => {
    running ??= syncAll()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  const tick = (): void => {
    void sync().then(() => {
      if (signal.aborted) return;
      timer = setTimeout(tick, AGAIN_MS);
      timer.unref();
    });
  };

  return {
    port: {
      async near(text, lang) {
        const shelves = [lang, DOCUMENTS].filter((shelf) => ready.has(shelf));
        if (!collection || shelves.length === 0 || clock.monotonic() < pausedUntil) return [];
        const from = collection;
        try {
          const [vector] = await embedder.embed([{ text, lang }], "question", signal);
          if (!vector) return [];
          const found = await Promise.all(
            shelves.map(async (shelf) => {
              const bounds = nearness.get(shelf === lang ? lang : `${lang} ${shelf}`);
              const points = await store.search(from, vector, { shelf }, NEAREST);
              return points.map(({ score, payload }): NearPassage => ({
                id: String(payload.passage),
                cosine: score,
                nearness: bounds,
              }));
            }),
          );
          succeeded();
          // sentences and documents have scales of their own: what counts is how far beyond the least
          return found.flat().toSorted((a, b) => beyond(b) - beyond(a));
        } catch (error) {
          failed(error);
          return [];
        }
      },
    },
    start: tick,
    sync,
    async stop() {
      stopped.abort();
      clearTimeout(timer);
      await running;
    },
  };
};
