import { createHash } from "node:crypto";
import type { Embedder, VectorCollection, VectorStore } from "../core/ports.ts";
import type { Lang } from "../core/types.ts";
import type { Concept } from "../language/lexicon.ts";
import type { Guard } from "./guards.ts";
import type { Meaning } from "./meaning.ts";
import { similarity, type Asked, type Evidence } from "./similarity.ts";

/** A question of the store that came near, and what was made of it. */
export interface Candidate {
  entry: string;
  score: number;
  /** Languages of the stored question and of this one. */
  pair: string;
  /** Why it must not share the answer; undefined when every guard let it pass. */
  refused: string | undefined;
  /** What the entry was made for. */
  first: Meaning;
}

/** Nearest questions that are looked at. */
const NEAREST = 8;
/** Questions kept of one entry: its first and those that were let share its answer. */
const MOST_QUESTIONS = 20;
const placeOf = (text: string): number =>
  createHash("sha256").update(text).digest().readUInt32BE(0) % (MOST_QUESTIONS - 1);
const MOST_POINTS = 200_000;

/** A meaning without what can be looked up again. */
type Packed = Omit<Meaning, "concepts"> & { concepts: readonly string[] };
const pack = (meaning: Meaning): string =>
  JSON.stringify({ ...meaning, concepts: [...meaning.concepts.keys()] } satisfies Packed);

export interface SemanticTier {
  /** Questions that came near, best first. */
  near(question: { text: string; lang: Lang; asked: Asked; scope: string }): Promise<Candidate[]>;
  /** Keeps a question beside its entry; `first` is the question that the entry was made for. */
  add(question: {
    text: string;
    lang: Lang;
    asked: Asked;
    scope: string;
    entry: string;
    first: Meaning | undefined;
  }): Promise<void>;
  drop(entries: readonly string[]): Promise<void>;
}

/** Finds stored questions by vectors and compares them by meaning: vectors propose, guards and similarity decide. */
export const semanticTier = (parts: {
  vectors: VectorStore;
  embedder: Embedder;
  guard: Guard;
  concepts: Readonly<Record<string, Concept>>;
}): SemanticTier => {
  const { vectors, embedder, guard, concepts } = parts;
  const collectionOf = (dimensions: number): VectorCollection => ({
    name: "questions",
    embedder: embedder.id,
    dimensions,
    filters: { scope: "text", entry: "text" },
    partitions: ["scope"],
    most: MOST_POINTS,
  });
  const unpack = (packed: string): Meaning => {
    const { concepts: ids, ...rest } = JSON.parse(packed) as Packed;
    return { ...rest, concepts: new Map(ids.map((id) => [id, concepts[id]?.kind ?? ""])) };
  };
  const vectorOf = async (text: string, lang: Lang): Promise<Float32Array | undefined> => {
    const [vector] = await embedder.embed([{ text, lang }], "question");
    return vector?.some((value) => value !== 0) ? vector : undefined;
  };
  return {
    async near({ text, lang, asked, scope }) {
      const vector = await vectorOf(text, lang);
      if (!vector) return [];
      const found = await vectors.search(collectionOf(vector.length), vector, { scope }, NEAREST);
      return found
        .map(({ payload }): Candidate => {
          const meaning = unpack(String(payload["meaning"]));
          const first = payload["first"] === "" ? meaning : unpack(String(payload["first"]));
          const evidence = JSON.parse(String(payload["evidence"])) as Evidence[];
          return {
            entry: String(payload["entry"]),
            score: similarity({ meaning, evidence }, asked),
            pair: `${meaning.lang}>${lang}`,
            first,
            // the first question too: wordings must not drift away from it step by step
            refused:
              guard(meaning, asked.meaning) ?? (first === meaning ? undefined : guard(first, asked.meaning)),
          };
        })
        .sort((a, b) => b.score - a.score);
    },
    async add({ text, lang, asked, scope, entry, first }) {
      const vector = await vectorOf(text, lang);
      if (!vector) return;
      const payload = {
        scope,
        entry,
        meaning: pack(asked.meaning),
        first: first ? pack(first) : "",
        evidence: JSON.stringify(asked.evidence),
      };
      // a place for each of few wordings: the newest takes the place of an older one
      const id = first ? `${entry}#${String(placeOf(text))}` : entry;
      await vectors.put(collectionOf(vector.length), [{ id, vector, payload }]);
    },
    async drop(entries) {
      const { dimensions } = embedder;
      // nothing was ever embedded: nothing is there to be dropped
      if (dimensions === undefined) return;
      for (const entry of entries) await vectors.drop(collectionOf(dimensions), { filter: { entry } });
    },
  };
};
