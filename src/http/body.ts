import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { type Fault, fault, overloaded } from "./faults.ts";

/** Bytes of one request body. */
const BODY_LIMIT = 256 * 1024;
/** Bytes of all half-read bodies together, so that a thousand slow uploads cannot fill the memory. */
const BUFFER_LIMIT = 64 * 1024 * 1024;

export type Read = { json: unknown } | { fault: Fault };
export interface Bodies {
  /** Reads a JSON body, counting the bytes that come and not those that were announced. */
  read(request: Request, incoming: IncomingMessage | undefined): Promise<Read>;
}

// The rest of the body is not read, so the connection cannot serve another request.
const tooLarge = (): Fault =>
  fault(413, "too_large", `The body is larger than ${BODY_LIMIT} bytes.`, { connection: "close" });
const cut = (): Fault => fault(400, "incomplete_body", "The body ended early.");

const BYTE_ORDER_MARK = 0xfeff;

const parse = (bytes: Buffer): Read => {
  if (!isUtf8(bytes)) return { fault: fault(400, "invalid_utf8", "The body is not valid UTF-8.") };
  try {
    const text = bytes.toString("utf8");
    return { json: JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text) };
  } catch {
    // The parser's own message quotes the body: people's words stay out of errors.
    return { fault: fault(400, "invalid_json", "The body is not valid JSON.") };
  }
};

/** A reader whose half-read bodies share one memory budget. */
export const bodies = (limit = BODY_LIMIT, budget = BUFFER_LIMIT): Bodies => {
  let buffered = 0;

  const fromSocket = (incoming: IncomingMessage): Promise<Read> =>
    new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = (result: Read): void => {
        incoming.off("data", onData).off("end", onEnd).off("close", onCut).off("error", onCut);
        buffered -= size;
        resolve(result);
      };
      const onData = (chunk: Buffer): void => {
        size += chunk.length;
        buffered += chunk.length;
        chunks.push(chunk);
        if (size > limit) finish({ fault: tooLarge() });
        else if (buffered > budget) finish({ fault: overloaded() });
      };
      const onEnd = (): void => {
        const [first] = chunks;
        finish(parse(chunks.length === 1 && first ? first : Buffer.concat(chunks, size)));
      };
      const onCut = (): void => finish({ fault: cut() });
      incoming.on("data", onData).on("end", onEnd).on("close", onCut).on("error", onCut);
    });

  const fromStream = async (request: Request): Promise<Read> => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    if (request.body) {
      for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (size > limit) return { fault: tooLarge() };
        chunks.push(chunk);
      }
    }
    return parse(Buffer.concat(chunks, size));
  };

  return {
    async read(request, incoming) {
      if (!incoming) return fromStream(request);
      return Number(incoming.headers["content-length"] ?? 0) > limit
        ? { fault: tooLarge() }
        : fromSocket(incoming);
    },
  };
};
