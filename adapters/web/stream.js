// Speaks to POST /v1/chat/completions and reads its server-sent events.

/**
 * @typedef {{ title: string, publisher: string, edition: string, locator: string, url: string | null, quote?: string }} Source
 * @typedef {{ receipt: string, via: string, lang: string, sources: Source[], suggestions: string[] }} Flockwise
 * @typedef {{ text: string } | { flockwise: Flockwise }} Piece
 */

/** The server refused; `code` names a sentence of the strings. */
export class Refused extends Error {
  /** @param {string} code */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** The connection ended before the answer did. */
export class Cut extends Error {}

/** @param {Response} response */
const refusal = async (response) => {
  try {
    const { error } = await response.json();
    return new Refused(String(error.code));
  } catch {
    return new Refused("bug");
  }
};

/** The data of each event, as it arrives. @param {ReadableStream<Uint8Array>} body */
async function* eventsOf(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let pending = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      pending += decoder.decode(value, { stream: true });
      const events = pending.split("\n\n");
      pending = events.pop() ?? "";
      for (const event of events) if (event.startsWith("data: ")) yield event.slice(6);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/** @param {string} data @returns {Generator<Piece>} */
function* piecesOf(data) {
  const chunk = JSON.parse(data);
  if (chunk.error) throw new Refused(String(chunk.error.code));
  const text = chunk.choices?.[0]?.delta?.content;
  if (text) yield { text };
  if (chunk.flockwise) yield { flockwise: chunk.flockwise };
}

/**
 * Asks one question; yields its text piece by piece, then the flockwise object.
 * Throws Refused, Cut, or an AbortError when `signal` stopped it.
 * @param {{ text: string, user: string, lang: string | undefined, signal: AbortSignal }} question
 * @returns {AsyncGenerator<Piece>}
 */
export async function* ask({ text, user, lang, signal }) {
  const metadata = lang ? { channel: "web", lang } : { channel: "web" };
  const body = {
    model: "flockwise",
    stream: true,
    user,
    metadata,
    messages: [{ role: "user", content: text }],
  };
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch("/v1/chat/completions", {
      method: "POST",
      headers,
      body: JSON.stringify(body),
      signal,
    });
    if (!response.ok || !response.body) throw await refusal(response);
    for await (const data of eventsOf(response.body)) {
      if (data === "[DONE]") return;
      yield* piecesOf(data);
    }
  } catch (error) {
    if (error instanceof Refused || signal.aborted) throw error;
    throw new Cut("the connection failed", { cause: error });
  }
  throw new Cut("the answer was cut off");
}
