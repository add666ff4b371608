import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

/** One thing that the server does while it answers. */
export type Step =
  | { say: string }
  | { wait: number }
  /** Says nothing more and never ends. */
  | { hang: true }
  /** Words without end. */
  | { endless: string }
  /** Bytes as they are, for what no sound server sends. */
  | { raw: string }
  | { finish: string; usage?: { prompt_tokens: number; completion_tokens: number } }
  | { done: true }
  /** Cuts the connection. */
  | { reset: true };

export type Script =
  | { refuse: number; headers?: Record<string, string>; body?: string; contentType?: string }
  | { steps: Step[]; contentType?: string };

export interface Heard {
  model: string;
  system: string | undefined;
  user: string;
  maxTokens: number;
  authorization: string | undefined;
  /** Milliseconds of a monotonic clock. */
  at: number;
}

export interface ModelEmulator {
  url: string;
  /** Every sound request, in order. */
  heard: Heard[];
  /** What was wrong with requests that were refused as malformed. */
  faults: string[];
  /** Connections that were opened. */
  connections(): number;
  /** Answers that were cut off by the client before they had ended. */
  hungUp(): number;
  /** Answers under way. */
  open(): number;
  close(): Promise<void>;
}

const Body = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(["system", "user", "assistant"]), content: z.string().min(1) }))
    .min(1)
    .refine((all) => all.at(-1)?.role === "user", "the last message is the user's")
    .refine((all) => all.slice(1).every(({ role }) => role !== "system"), "a system message comes first"),
  max_tokens: z.number().int().positive(),
  temperature: z.number().min(0).max(2).optional(),
  stream: z.literal(true),
  stream_options: z.strictObject({ include_usage: z.boolean() }).optional(),
});

/** A plain answer: the words, a reason to end, the counts, [DONE]. */
export const answering = (words: readonly string[], { before = 0, between = 0 } = {}): Script => ({
  steps: [
    { wait: before },
    ...words.flatMap((say, at): Step[] => [{ wait: at === 0 ? 0 : between }, { say }]),
    { finish: "stop", usage: { prompt_tokens: 7, completion_tokens: words.length } },
    { done: true },
  ],
});

/**
 * A strict OpenAI-compatible server on a free loopback port: wrong requests get 400, 401 or 404, right ones get
 * what `script` says for the model and the number of its earlier requests.
 */
export const modelEmulator = async (
  script: (model: string, nth: number) => Script,
  { key }: { key?: string } = {},
): Promise<ModelEmulator> => {
  const heard: Heard[] = [];
  const faults: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let hungUp = 0;
  let open = 0;

  const refuse = (response: ServerResponse, status: number, message: string): void => {
    faults.push(message);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message, type: "invalid_request_error", code: null } }));
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url !== "/v1/chat/completions") return refuse(response, 404, `no such path: ${request.url}`);
    if (request.method !== "POST") return refuse(response, 405, `no such method: ${request.method}`);
    const { authorization } = request.headers;
    if (key !== undefined && authorization !== `Bearer ${key}`) return refuse(response, 401, "wrong key");
    let text = "";
    for await (const part of request.setEncoding("utf8")) text += part as string;
    const parsed = Body.safeParse(JSON.parse(text));
    if (!parsed.success) return refuse(response, 400, z.prettifyError(parsed.error));
    const { model, messages, max_tokens: maxTokens, stream_options: streamOptions } = parsed.data;
    const nth = heard.filter((earlier) => earlier.model === model).length;
    heard.push({
      model,
      system: messages.find(({ role }) => role === "system")?.content,
      user: messages.at(-1)?.content ?? "",
      maxTokens,
      authorization,
      at: performance.now(),
    });
    const act = script(model, nth);
    if ("refuse" in act) {
      response.writeHead(act.refuse, {
        "content-type": act.contentType ?? "application/json",
        ...act.headers,
      });
      // a server that quotes what it was asked
      response.end(act.body ?? JSON.stringify({ error: { message: `refused: ${text} ${authorization}` } }));
      return;
    }
    open += 1;
    const gone = new AbortController();
    response.on("close", () => {
      open -= 1;
      if (!response.writableFinished) hungUp += 1;
      gone.abort();
    });
    response.writeHead(200, { "content-type": act.contentType ?? "text/event-stream; charset=utf-8" });
    response.flushHeaders();
    const send = (data: unknown): void => {
      const line = {
        id: "chatcmpl-1",
        object: "chat.completion.chunk",
        created: 1,
        model,
        ...(data as object),
      };
      response.write(`data: ${JSON.stringify(line)}\n\n`);
    };
    const say = (content: string): void =>
      send({
        choices: [{ index: 0, delta: { role: "assistant", content }, finish_reason: null }],
        usage: null,
      });
    const steps = async (): Promise<void> => {
      for (const step of act.steps) {
        if (gone.signal.aborted) return;
        if ("say" in step) say(step.say);
        else if ("wait" in step) await sleep(step.wait, undefined, { signal: gone.signal });
        else if ("hang" in step) await sleep(600_000, undefined, { signal: gone.signal });
        else if ("raw" in step) response.write(step.raw);
        else if ("done" in step) response.write("data: [DONE]\n\n");
        else if ("reset" in step) response.destroy();
        else if ("endless" in step)
          for (;;) {
            say(step.endless);
            await sleep(1, undefined, { signal: gone.signal });
          }
        else {
          send({ choices: [{ index: 0, delta: {}, finish_reason: step.finish }], usage: null });
          if (step.usage && streamOptions?.include_usage) send({ choices: [], usage: step.usage });
        }
      }
      response.end();
    };
    await steps().catch(() => undefined);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, 400, String(error)));
  });
  server.on("connection", (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    heard,
    faults,
    connections: () => connections,
    hungUp: () => hungUp,
    open: () => open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};
