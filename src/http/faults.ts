import { FlockError } from "../core/errors.ts";

/** What went wrong, as the caller is told it; `code` is stable, `message` is for people. */
export interface Fault {
  status: number;
  code: string;
  message: string;
  headers?: Record<string, string>;
}

export const fault = (
  status: number,
  code: string,
  message: string,
  headers?: Record<string, string>,
): Fault => (headers === undefined ? { status, code, message } : { status, code, message, headers });

export const overloaded = (retryAfterMs = 1000): Fault =>
  fault(503, "overloaded", "Too many questions at this moment. Please ask again in a few seconds.", {
    "retry-after": String(Math.max(1, Math.ceil(retryAfterMs / 1000))),
  });

const BUG = fault(500, "bug", "Something went wrong on our side. Please ask again.");
// Nobody reads this one: the client has left. 499 is what proxies log for that.
const GONE = fault(499, "client_closed_request", "The client closed the request.");

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

/** Translates a throw of the engine; only codes meant for callers show, anything else is "bug". */
export const faultOf = (error: unknown, clientLeft: boolean): Fault => {
  if (clientLeft || isAbort(error)) return GONE;
  if (!(error instanceof FlockError)) return BUG;
  switch (error.code) {
    case "empty":
      return fault(400, "empty", "The last user message has no text.");
    case "no_words":
      return fault(400, "no_words", "No question was found in the text. Please ask it in words.");
    case "too_large":
      return fault(413, "too_large", "The text is too long.");
    case "overloaded":
      return overloaded(error.retryAfterMs);
    case "bug":
    case "bad_config":
    case "bad_data":
    case "store":
    case "model":
    case "embedder":
    case "document":
      return BUG;
  }
};

const typeOf = (status: number): string => {
  if (status >= 500) return "server_error";
  return status === 401 ? "authentication_error" : "invalid_request_error";
};

/** The error in OpenAI's shape, as a JSON text. */
export const errorJson = ({ status, code, message }: Fault): string =>
  JSON.stringify({ error: { message, type: typeOf(status), param: null, code } });

/** The error in OpenAI's shape, as a response. */
export const errorResponse = (problem: Fault): Response =>
  new Response(errorJson(problem), {
    status: problem.status,
    headers: { "content-type": "application/json", ...problem.headers },
  });
