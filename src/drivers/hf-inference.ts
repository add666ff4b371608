import type { InferenceClient } from "@huggingface/inference";
import { z } from "zod";
import { FlockError } from "../core/errors.ts";
import type { Clock, Model, ModelPiece, Prompt } from "../core/ports.ts";
import { bounded, drained, failureOf, refusal } from "./model-wire.ts";
import { type RetryPolicy, retrying } from "./retry.ts";

export interface HfModelOptions {
  id: string;
  /** An OpenAI-compatible server, with or without `/v1` at its end; the Hugging Face router without it. */
  baseUrl?: string | undefined;
  token?: string | undefined;
  temperature?: number;
  retry?: RetryPolicy;
  clock?: Clock;
  random?: () => number;
}

const ROUTER = "https://router.huggingface.co/v1";
/** Retelling of passages, no invention. */
const TEMPERATURE = 0.2;
/** Short: another model stands by, and a reader waits. */
const RETRY: RetryPolicy = { tries: 3, baseMs: 200, maxWaitMs: 1_000, deadlineMs: 2_500 };
/** The token counts come in a chunk of their own after the last word, from servers that send them. */
const USAGE_MS = 500;
/** No token is longer than this on average: a server that ignores `max_tokens` is cut off by length as well. */
const LETTERS_PER_TOKEN = 16;
/** Reasons to end that leave an answer which must not be shown as whole. */
const BROKEN = new Set(["content_filter", "tool_calls", "function_call", "error", "abort"]);

const Chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z.object({ content: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish().catch(null),
});

interface Opened {
  first: IteratorResult<unknown>;
  rest: AsyncIterator<unknown>;
  /** Reads what the server still sends, so that its connection can be used again. */
  drain(): Promise<void>;
}

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/**
 * A chat model behind an OpenAI-compatible server, through the Hugging Face client. The client loses Retry-After,
 * repeats a 503 for ever and leaves the socket open when its reader goes: refusals are read before it sees them,
 * its own retries are off, and every stream has an abort signal of its own.
 */
export const hfModel = (options: HfModelOptions): Model => {
  const { id, baseUrl = ROUTER, token = "", temperature = TEMPERATURE } = options;
  const { retry = RETRY, clock = systemClock, random } = options;
  let loading: Promise<InferenceClient> | undefined;
  // loaded with the first call: a service without a model never pays for it
  const client = (): Promise<InferenceClient> => {
    loading ??= import("@huggingface/inference").then(
      (sdk) => new sdk.InferenceClient(token, { endpointUrl: baseUrl, retry_on_error: false }),
    );
    return loading;
  };

  const open = async ({ system, user, maxTokens }: Prompt, hangUp: AbortController): Promise<Opened> => {
    let body: ReadableStream<Uint8Array> | undefined;
    const chunks = (await client()).chatCompletionStream(
      {
        model: id,
        messages: [
          ...(system === "" ? [] : [{ role: "system", content: system }]),
          { role: "user", content: user },
        ],
        max_tokens: maxTokens,
        temperature,
        stream_options: { include_usage: true },
      },
      {
        signal: hangUp.signal,
        fetch: async (url, init) => {
          // a redirect would carry a question to a host that nobody named
          const response = await fetch(url, { ...init, redirect: "error" });
          if (!response.ok) {
            void response.body?.cancel().catch(() => undefined);
            throw refusal(id, response, clock.now());
          }
          body = response.body === null ? undefined : bounded(id, response.body, maxTokens);
          return new Response(body ?? null, { status: response.status, headers: response.headers });
        },
      },
    );
    const rest = chunks[Symbol.asyncIterator]();
    try {
      const first = await rest.next();
      const drain = async (): Promise<void> => {
        // the client lets go of the body only when it is left
        await rest.return?.(undefined);
        await drained(body, hangUp);
      };
      return { first, rest, drain };
    } catch (error) {
      throw failureOf(id, error);
    }
  };

  async function* pieces(
    opened: Opened,
    maxTokens: number,
    hangUp: AbortController,
  ): AsyncGenerator<ModelPiece> {
    let end: "stop" | "length" | undefined;
    let usage: { prompt_tokens: number; completion_tokens: number } | null | undefined;
    let tokens = 0;
    let letters = 0;
    let grace: NodeJS.Timeout | undefined;
    try {
      for (let read = opened.first; read.done !== true; read = await opened.rest.next()) {
        const parsed = Chunk.safeParse(read.value);
        if (!parsed.success) throw new FlockError("model", `model ${id}: sent what is no chat completion`);
        const [choice] = parsed.data.choices ?? [];
        const text = choice?.delta?.content ?? "";
        usage = parsed.data.usage ?? usage;
        if (text !== "" && end === undefined) {
          tokens += 1;
          letters += text.length;
          if (tokens > maxTokens || letters > maxTokens * LETTERS_PER_TOKEN) {
            end = "length";
            hangUp.abort();
            break;
          }
          yield { text };
        }
        const reason = choice?.finish_reason ?? undefined;
        if (reason !== undefined && end === undefined) {
          if (BROKEN.has(reason)) throw new FlockError("model", `model ${id}: ended with ${reason}`);
          end = reason === "length" ? "length" : "stop";
          grace = setTimeout(() => hangUp.abort(), USAGE_MS);
        }
        if (end !== undefined && usage) break;
      }
    } catch (error) {
      // all that was to be said has been said: only the counts are missing
      if (end === undefined) throw error;
    } finally {
      clearTimeout(grace);
    }
    if (end === undefined) throw new FlockError("model", `model ${id}: the stream ended without a reason to`);
    yield {
      end,
      promptTokens: usage?.prompt_tokens ?? null,
      completionTokens: usage?.completion_tokens ?? null,
    };
  }

  return {
    id,
    async *stream(prompt, signal) {
      signal.throwIfAborted();
      const hangUp = new AbortController();
      const leave = (): void => hangUp.abort(signal.reason);
      signal.addEventListener("abort", leave, { once: true });
      let opened: Opened | undefined;
      let whole = false;
      try {
        opened = await retrying(() => open(prompt, hangUp), retry, {
          clock,
          signal: hangUp.signal,
          ...(random === undefined ? {} : { random }),
        });
        for await (const piece of pieces(opened, prompt.maxTokens, hangUp)) {
          whole = "end" in piece;
          yield piece;
        }
      } catch (error) {
        signal.throwIfAborted();
        throw failureOf(id, error);
      } finally {
        signal.removeEventListener("abort", leave);
        if (whole && opened !== undefined && !hangUp.signal.aborted) void opened.drain();
        else hangUp.abort();
      }
    },
  };
};
