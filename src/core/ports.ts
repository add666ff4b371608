import type { AnswerEvent, Lang, Passage, Request } from "./types.ts";

/** Time comes in as a port, so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds of a monotonic clock, for durations. */
  monotonic(): number;
}

export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** The front door of the engine: one question in, one stream of events out, ended by one `answer-end`. */
export interface Engine {
  ask(request: Request, signal?: AbortSignal): AsyncIterable<AnswerEvent>;
}

/** Rows under a space and a key, with an expiry in milliseconds since 1970. Crash-safe once `put` has returned. */
export interface KeyValue {
  get(space: string, key: string): string | undefined;
  put(space: string, key: string, value: string, expiresAt: number): void;
  /** Many rows at once, all or none: far cheaper than one by one. */
  putAll(rows: readonly { space: string; key: string; value: string }[], expiresAt: number): void;
  /** Deletes a key, or every key that begins with it when `prefix` is set. Returns the number of rows deleted. */
  drop(space: string, key: string, options?: { prefix?: boolean }): number;
  /** Rows of a space whose key begins with `prefix`, in key order, at most `limit`. */
  list(space: string, prefix: string, limit: number): { key: string; value: string }[];
}

/** What is kept of a person: exported and forgotten on request (docs/door.md: /v1/export, /v1/forget). */
export interface People {
  export(user: string): { user: string; messages: unknown[]; flocks: unknown[]; feedback: unknown[] };
  forget(user: string): void;
}

/** What a model is told: a static system part, identical for every request of a kind, and the question's own part. */
export interface Prompt {
  system: string;
  user: string;
  /** Most tokens of the answer. */
  maxTokens: number;
}

/** A piece of a model's text; the last one, without text, says why it ended. */
export type ModelPiece =
  | { text: string }
  | { end: "stop" | "length"; promptTokens: number | null; completionTokens: number | null };

/** One model behind a server. Ends with exactly one `end` piece; every failure is a FlockError with code "model". */
export interface Model {
  id: string;
  stream(prompt: Prompt, signal: AbortSignal): AsyncIterable<ModelPiece>;
}

/** Hears what happens around the models, for metrics. */
export interface ModelWatch {
  /** One call of one model has ended. */
  called(call: { model: string; arm: string; outcome: string; firstTokenMs: number | null }): void;
  /** Tokens of a prompt by its part. */
  prompted(tokens: Readonly<Record<string, number>>): void;
}

export interface Found {
  passage: Passage;
  /** 0 to 1: how surely the passage is about what is asked; calibrated, so that one bound serves every language. */
  score: number;
  /** How much of its subject the question names and the passage has: a bare "what temperature?" has little. */
  evidence: number;
}

/** Finds the passages that answer a question, best first. */
export interface Retriever {
  search(query: { text: string; lang: Lang; concepts: ReadonlySet<string> }, limit: number): Promise<Found[]>;
  /** The passage as it is now; undefined when it is gone. */
  passage(id: string): Passage | undefined;
}

/** Passages of ingested documents, replaced whole by their source; a crash half-way leaves the old version whole. */
export interface Library {
  /** Puts the passages of a source in place of those it had. `version` is a hash of the document's content. */
  replace(source: string, version: string, passages: readonly Passage[]): void;
  /** Every source with the version and the number of its passages. */
  sources(): { source: string; version: string; passages: number }[];
  drop(source: string): void;
}

/** A text to be made a vector, in its language. */
export interface EmbedText {
  text: string;
  lang: Lang;
}

/** Makes texts comparable across wordings and languages: unit vectors, all zeros for a text that says nothing. */
export interface Embedder {
  /** Names the model and the way it is asked: vectors of different ids are never compared. */
  id: string;
  /** Undefined until the first vectors have come, where only a server knows it. */
  readonly dimensions: number | undefined;
  /** One vector a text, in their order. Every failure is a FlockError with code "embedder", an abort the signal's reason. */
  embed(
    texts: readonly EmbedText[],
    kind: "question" | "passage",
    signal?: AbortSignal,
  ): Promise<Float32Array[]>;
}

/** Flat: what a filter may ask for, and little else. */
export type VectorPayload = Readonly<Record<string, string | number>>;
/** Fields that must all have these values; an empty one matches everything. */
export type VectorFilter = Readonly<Record<string, string | number>>;

export interface VectorPoint {
  id: string;
  vector: Float32Array;
  payload: VectorPayload;
}

export interface ScoredPoint {
  id: string;
  /** Cosine, -1 to 1, the same in every store. */
  score: number;
  payload: VectorPayload;
}

/** What a store must know of a collection before its first point. Points of two embedders never share one. */
export interface VectorCollection {
  name: string;
  /** Id of the embedder that its vectors are from. */
  embedder: string;
  dimensions: number;
  /** Fields that a filter may name, and what they hold. */
  filters: Readonly<Record<string, "text" | "integer">>;
  /** Those of them that nearly every search names: points are kept apart by them. */
  partitions: readonly string[];
  /** Most points; beyond it those that were put longest ago go. */
  most: number;
}

/** Vectors with their payloads. What `put` and `drop` returned from is found by the next search and survives a kill. */
export interface VectorStore {
  /** Puts points in place of those with their ids. */
  put(collection: VectorCollection, points: readonly VectorPoint[]): Promise<void>;
  /** The nearest points, best first. */
  search(
    collection: VectorCollection,
    vector: Float32Array,
    filter: VectorFilter,
    limit: number,
  ): Promise<ScoredPoint[]>;
  /** Ids and payloads of all points. */
  list(collection: VectorCollection): AsyncIterable<{ id: string; payload: VectorPayload }>;
  drop(
    collection: VectorCollection,
    which: { ids: readonly string[] } | { filter: VectorFilter },
  ): Promise<void>;
  count(collection: VectorCollection, filter?: VectorFilter): Promise<number>;
}

/** A row with the time it ends at, in milliseconds since 1970. */
export interface SharedRow {
  key: string;
  value: string;
  expiresAt: number;
}

/** A lease that must still be held for a write to count. */
export interface Fence {
  lease: string;
  token: number;
}

/**
 * Rows, counters, leases and streams that replicas share; the four have names of their own. Every failure is a
 * FlockError with code "store"; after one, a write may or may not have been made. Rows may be evicted at any time.
 */
export interface SharedStore {
  /** Values of the rows, in the order of their keys; undefined where there is none or it has expired. */
  get(keys: readonly string[]): Promise<(string | undefined)[]>;
  /** All or none. With a fence: only while the lease is held with that token, else false. */
  put(rows: readonly SharedRow[], fence?: Fence): Promise<boolean>;
  /** Returns how many rows were there. */
  drop(keys: readonly string[]): Promise<number>;
  /** Keys of the rows that begin with a prefix, by pages. What is put or dropped meanwhile may show or not; a key may show twice. */
  scan(prefix: string): AsyncIterable<string[]>;
  /** Adds one to a counter and returns it. Counters neither expire nor are evicted or dropped. */
  bump(counter: string): Promise<number>;
  /** Counters, in the order of their names; 0 where nothing was ever added. */
  counters(names: readonly string[]): Promise<number[]>;
  /** Takes a lease of so many ms: a token greater than every one before, or undefined while another holds it. */
  lease(name: string, ms: number): Promise<number | undefined>;
  /** Token of the lease's holder, if it is held: who loses a race learns whose stream to follow. */
  holder(name: string): Promise<number | undefined>;
  /** Whether the lease was still held with that token; if so, it now lasts so many ms. */
  renew(name: string, token: number, ms: number): Promise<boolean>;
  /** Whether the lease was still held with that token. */
  release(name: string, token: number): Promise<boolean>;
  /**
   * Appends to a stream, which then lasts `ms` more. A stream that is full refuses: a reader never meets a text
   * without its beginning. Name streams by the token of their writer, so that two writers never share one.
   */
  append(stream: string, chunk: string, ms: number): Promise<void>;
  /** Chunks of a stream from its beginning, then as they come, until the signal aborts or `idleMs` pass without one. */
  follow(stream: string, idleMs: number, signal: AbortSignal): AsyncIterable<string>;
  /** Ends every `follow` with a failure, and all use. */
  close(): Promise<void>;
}
