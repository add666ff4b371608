import { FlockError } from "../core/errors.ts";
import type { Clock, Embedder } from "../core/ports.ts";
import { failureOf } from "./model-wire.ts";
import { type RetryPolicy, retrying } from "./retry.ts";
import { unit } from "./vector-checks.ts";

export interface EmbeddingsOptions {
  model: string;
  baseUrl?: string | undefined;
  token?: string | undefined;
  /** Most time of one request, by what is embedded: somebody waits for the answer to a question. */
  timeoutMs?: Readonly<Record<Kind, number>>;
  retry?: Readonly<Record<Kind, RetryPolicy>>;
  clock?: Clock;
  random?: () => number;
}
export type Kind = "question" | "passage";

/** What servers take in one request. */
const BATCH = 32;
/** Small models read 512 tokens, and some servers refuse what is longer. */
const MOST_TOKENS = 460;
const TOKENS_PER_SIGN = 0.8;
const TOKENS_PER_LETTER = 0.35;
const TIMEOUT_MS = { question: 2_000, passage: 60_000 };
const RETRY = {
  question: { tries: 2, baseMs: 100, maxWaitMs: 300, deadlineMs: 1_000 },
  passage: { tries: 5, baseMs: 500, maxWaitMs: 10_000, deadlineMs: 120_000 },
};

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** Models of the E5 family are trained on texts that say which side they are on. */
const prefixOf = (model: string, kind: Kind): string => {
  if (!/(^|[^a-z0-9])e5([^a-z0-9]|$)/i.test(model)) return "";
  if (!/instruct/i.test(model)) return kind === "question" ? "query: " : "passage: ";
  return kind === "question"
    ? "Instruct: Given a question of a poultry farmer, retrieve passages that answer it\nQuery: "
    : "";
};

/** The beginning of a text, as much as a small model reads of it. */
const beginning = (text: string): string => {
  let tokens = 0;
  let end = 0;
  for (const sign of text) {
    tokens += (sign.codePointAt(0) ?? 0) >= 0x2e80 ? TOKENS_PER_SIGN : TOKENS_PER_LETTER;
    if (tokens > MOST_TOKENS) break;
    end += sign.length;
  }
  return text.slice(0, end);
};

const isVector = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => Number.isFinite(one));

/** An embedder behind a server: batches, prefixes, time-outs, retries, and a check of what comes back. */
export const remoteEmbedder = (
  provider: string,
  options: EmbeddingsOptions,
  /** One request; gives what the server sent, one value a text. */
  request: (inputs: string[], signal: AbortSignal) => Promise<readonly unknown[]>,
): Embedder => {
  const { model, timeoutMs = TIMEOUT_MS, retry = RETRY, clock = systemClock, random } = options;
  const id = `${provider}:${model}`;
  let dimensions: number | undefined;

  const attempt = async (inputs: string[], kind: Kind, signal: AbortSignal | undefined) => {
    const late = AbortSignal.timeout(timeoutMs[kind]);
    try {
      return await request(inputs, signal ? AbortSignal.any([signal, late]) : late);
    } catch (error) {
      signal?.throwIfAborted();
      if (late.aborted)
        throw new FlockError("embedder", `embedder ${id}: no answer within ${timeoutMs[kind]} ms`, {
          retryAfterMs: 0,
        });
      throw failureOf(id, error, "embedder");
    }
  };

  const checked = (values: readonly unknown[], count: number): Float32Array[] => {
    if (values.length !== count)
      throw new FlockError("embedder", `embedder ${id}: sent ${values.length} vectors for ${count} texts`);
    return values.map((value) => {
      if (!isVector(value))
        throw new FlockError("embedder", `embedder ${id}: sent what is no vector of one text`);
      dimensions ??= value.length;
      if (value.length !== dimensions)
        throw new FlockError(
          "embedder",
          `embedder ${id}: sent ${value.length} dimensions after ${dimensions}`,
        );
      return unit(Float32Array.from(value));
    });
  };

  return {
    id,
    get dimensions() {
      return dimensions;
    },
    async embed(texts, kind, signal) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < texts.length; from += BATCH) {
        signal?.throwIfAborted();
        const inputs = texts
          .slice(from, from + BATCH)
          .map(({ text }) => `${prefixOf(model, kind)}${beginning(text)}`);
        const values = await retrying(() => attempt(inputs, kind, signal), retry[kind], {
          clock,
          signal,
          ...(random === undefined ? {} : { random }),
        });
        vectors.push(...checked(values, inputs.length));
      }
      return vectors;
    },
  };
};
