import { FlockError } from "../core/errors.ts";

/** Statuses below 500 that may pass by themselves. */
const PASSING = new Set([408, 425, 429]);
/** A server that asks for more is as good as gone. */
const LONGEST_WAIT_MS = 600_000;
/** After the last word a server gets this long to end its response. */
const DRAIN_MS = 1_000;
const BASE_BYTES = 1_000_000;
/** A chunk of one token is some 300 bytes of JSON. */
const BYTES_PER_TOKEN = 2_000;

/** Milliseconds that a response asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. */
const retryAfterOf = (headers: Headers, now: number): number | undefined => {
  const milliseconds = headers.get("retry-after-ms")?.trim() ?? "";
  const after = headers.get("retry-after")?.trim() ?? "";
  const asked = /^\d+(\.\d+)?$/.test(milliseconds)
    ? Number(milliseconds)
    : /^\d+(\.\d+)?$/.test(after)
      ? Number(after) * 1000
      : Date.parse(after) - now;
  return Number.isNaN(asked) ? undefined : Math.min(Math.max(0, asked), LONGEST_WAIT_MS);
};

const meaning = (status: number): string => {
  if (status === 401 || status === 403) return "the token is refused";
  if (status === 404) return "the server does not know this model or address";
  if (status === 429) return "too many requests";
  if (status >= 500) return "the server fails";
  return "the request is refused";
};

/** Whose failure it is: the code of the error, and the first word of its message. */
type Who = "model" | "embedder";

/** What a refusal says is left unread: servers quote the request, and with it a person's words. */
export const refusal = (id: string, response: Response, now: number, who: Who = "model"): FlockError => {
  const { status, headers } = response;
  const passing = status >= 500 || PASSING.has(status);
  const details = passing ? { retryAfterMs: retryAfterOf(headers, now) ?? 0 } : {};
  return new FlockError(who, `${who} ${id}: HTTP ${status}, ${meaning(status)}`, details);
};

const codeOf = (cause: Error): string =>
  "code" in cause && typeof cause.code === "string" ? cause.code : cause.name;

/** Errors of the client and of fetch hold the request, its words and its token: only their kind is kept. */
export const failureOf = (id: string, error: unknown, who: Who = "model"): FlockError => {
  if (error instanceof FlockError) return error;
  if (error instanceof SyntaxError) return new FlockError(who, `${who} ${id}: sent what is no JSON`);
  // fetch tells a lost connection as a TypeError with its cause
  if (error instanceof TypeError && error.cause instanceof Error)
    return new FlockError(who, `${who} ${id}: no connection, ${codeOf(error.cause)}`, { retryAfterMs: 0 });
  const name = error instanceof Error ? error.name : "unknown error";
  return new FlockError(
    who,
    `${who} ${id}: ${name === "ProviderApiError" ? "the server reports an error" : name}`,
  );
};

/** A body that ends in a failure when it is longer than any answer of so many tokens can be. */
export const bounded = (
  id: string,
  body: ReadableStream<Uint8Array>,
  maxTokens: number,
): ReadableStream<Uint8Array> => {
  let room = BASE_BYTES + maxTokens * BYTES_PER_TOKEN;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, out) {
        room -= bytes.byteLength;
        if (room < 0) out.error(new FlockError("model", `model ${id}: sent more than an answer can be`));
        else out.enqueue(bytes);
      },
    }),
  );
};

/** Reads the rest of a body; hangs up when there is no end to it. */
export const drained = async (
  body: ReadableStream<Uint8Array> | undefined,
  hangUp: AbortController,
): Promise<void> => {
  const timer = setTimeout(() => hangUp.abort(), DRAIN_MS);
  timer.unref();
  try {
    const reader = body?.getReader();
    while (reader !== undefined && !(await reader.read()).done);
  } catch {
    // the answer is whole; only its connection is lost
    hangUp.abort();
  } finally {
    clearTimeout(timer);
  }
};
