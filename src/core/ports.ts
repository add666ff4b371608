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
}

/** Passages of ingested documents, replaced whole by their source; a crash half-way leaves the old version whole. */
export interface Library {
  /** Puts the passages of a source in place of those it had. `version` is a hash of the document's content. */
  replace(source: string, version: string, passages: readonly Passage[]): void;
  /** Every source with the version and the number of its passages. */
  sources(): { source: string; version: string; passages: number }[];
  drop(source: string): void;
}
