/** Each code has a sentence in every language: `errors.<code>` of locales/<lang>/answers.json. */
export type Code = "empty" | "no_words" | "too_large" | "overloaded" | "bug";
/** Faults of the start and of drivers, shown to operators only. */
export type OperatorCode = "bad_config" | "bad_data" | "store" | "model" | "embedder" | "document";

export interface Details {
  cause?: unknown;
  /** Milliseconds after which the same call may succeed. */
  retryAfterMs?: number;
}

/** The one error class: who failed, what to do. Never carries a token or a text of a user. */
export class FlockError extends Error {
  override readonly name = "FlockError";
  readonly code: Code | OperatorCode;
  readonly retryAfterMs: number | undefined;
  constructor(code: Code | OperatorCode, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryAfterMs = details.retryAfterMs;
  }
}
