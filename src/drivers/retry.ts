import { FlockError } from "../core/errors.ts";
import type { Clock } from "../core/ports.ts";

export interface RetryPolicy {
  /** Most attempts, the first one counted. */
  tries: number;
  /** Longest wait before the second attempt; doubled before each further one. */
  baseMs: number;
  /** Most that a wait grows to, unless the server asks for more. */
  maxWaitMs: number;
  /** No attempt begins later than this after the first one did. */
  deadlineMs: number;
}

export interface RetryTools {
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** 0 to 1. */
  random?: () => number;
  wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

const sleepFor = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const leave = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", leave);
      resolve();
    }, ms);
    signal?.addEventListener("abort", leave, { once: true });
  });

/**
 * The one retry policy. A driver marks a failure that may pass by itself with `retryAfterMs` (0 where the server
 * names no time); every other failure, and an abort, is final. Waits are spread at random over their upper half,
 * so that callers that failed together do not come back together.
 */
export const retrying = async <T>(
  attempt: () => Promise<T>,
  { tries, baseMs, maxWaitMs, deadlineMs }: RetryPolicy,
  { clock, signal, random = Math.random, wait = sleepFor }: RetryTools,
): Promise<T> => {
  const startedAt = clock.monotonic();
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      const asked = error instanceof FlockError ? error.retryAfterMs : undefined;
      if (asked === undefined || tried >= tries || signal?.aborted) throw error;
      const longest = Math.min(maxWaitMs, baseMs * 2 ** (tried - 1));
      const waitMs = Math.max(asked, (longest * (1 + random())) / 2);
      if (clock.monotonic() - startedAt + waitMs > deadlineMs) throw error;
      await wait(waitMs, signal);
    }
  }
};
