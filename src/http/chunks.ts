import type { Answer } from "../core/types.ts";

/** The `flockwise` object of an answer (docs/door.md). */
const flockwiseOf = (answer: Answer) => ({
  receipt: answer.receipt,
  via: answer.via,
  lang: answer.lang,
  frame: answer.frame,
  values: answer.values,
  sources: answer.sources,
  cache: answer.cache,
  entry: answer.entry,
  model: answer.model,
  rules: answer.rules,
  suggestions: answer.suggestions,
  chart: answer.chart,
  timings_ms: answer.timings_ms,
});

// No model writes yet, so no token is spent: zero is the honest count.
const USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/** What all objects of one completion have in common. */
export interface Head {
  id: string;
  /** Seconds since 1970. */
  created: number;
}

const MODEL = "flockwise";

/** The JSON text of a whole completion. */
export const completionJson = ({ id, created }: Head, answer: Answer): string =>
  JSON.stringify({
    id,
    object: "chat.completion",
    created,
    model: MODEL,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: answer.text, refusal: null },
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    usage: USAGE,
    flockwise: flockwiseOf(answer),
  });

/** Writes the server-sent events of one completion, as text. */
export interface Chunks {
  role(): string;
  text(delta: string): string;
  /** The last chunk with its `flockwise` object, the usage where it was asked for, and the end mark. */
  end(answer: Answer): string;
  error(json: string): string;
}

const DONE = "data: [DONE]\n\n";

export const chunks = ({ id, created }: Head, usage: boolean): Chunks => {
  const before = `data: {"id":${JSON.stringify(id)},"object":"chat.completion.chunk","created":${created},"model":"${MODEL}"`;
  const noUsage = usage ? `,"usage":null` : "";
  const piece = (delta: string): string =>
    `${before},"choices":[{"index":0,"delta":${delta},"logprobs":null,"finish_reason":null}]${noUsage}}\n\n`;
  return {
    role: () => piece(`{"role":"assistant","content":""}`),
    text: (delta) => piece(`{"content":${JSON.stringify(delta)}}`),
    end: (answer) => {
      const flockwise = JSON.stringify(flockwiseOf(answer));
      const last = `${before},"choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]${noUsage},"flockwise":${flockwise}}\n\n`;
      const spent = usage ? `${before},"choices":[],"usage":${JSON.stringify(USAGE)}}\n\n` : "";
      return last + spent + DONE;
    },
    error: (json) => `data: ${json}\n\n`,
  };
};
