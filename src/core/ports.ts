import type { AnswerEvent, Request } from "./types.ts";

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
