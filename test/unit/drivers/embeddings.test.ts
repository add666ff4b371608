import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FlockError } from "../../../src/core/errors.ts";
import type { Embedder } from "../../../src/core/ports.ts";
import { hfEmbedder } from "../../../src/drivers/embeddings-hf.ts";
import { openaiEmbedder } from "../../../src/drivers/embeddings-openai.ts";
import type { EmbeddingsOptions } from "../../../src/drivers/embeddings-wire.ts";
import { questionVectors } from "../../../src/drivers/question-vectors.ts";
import { fakeClock } from "../../fixtures/fake-clock.ts";

interface Heard {
  path: string;
  headers: IncomingHttpHeaders;
  model: string | undefined;
  inputs: string[];
}
type Reply = { status: number; body?: string; headers?: Record<string, string> } | "hang" | "vectors";

/** What a text is embedded as: where "cow" stands in for another dimension, and the rest by its length. */
const vectorOf = (text: string): number[] => (text.includes("cow") ? [1, 2] : [text.length, 1, 0]);

let server: Server;
let heard: Heard[] = [];
let replies: Reply[] = [];
let url = "";

beforeEach(async () => {
  heard = [];
  replies = [];
  server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => (text += part));
    request.on("end", () => {
      const body = JSON.parse(text) as { model?: string; input?: string[]; inputs?: string[] };
      const inputs = body.input ?? body.inputs ?? [];
      heard.push({ path: request.url ?? "", headers: request.headers, model: body.model, inputs });
      const reply = replies.shift() ?? "vectors";
      if (reply === "hang") return;
      if (reply !== "vectors") {
        response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
        response.end(reply.body ?? JSON.stringify({ error: `refused: ${text}` }));
        return;
      }
      const vectors = inputs.map(vectorOf);
      // told out of order, as a server may
      const data = vectors
        .map((embedding, index) => ({ object: "embedding", index, embedding }))
        .toReversed();
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(body.input ? { object: "list", data } : vectors));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const retry = { tries: 3, baseMs: 1, maxWaitMs: 2, deadlineMs: 1_000 };
const options = (also: Partial<EmbeddingsOptions> = {}): EmbeddingsOptions => ({
  model: "test-model",
  token: "embed-key",
  retry: { question: retry, passage: retry },
  timeoutMs: { question: 100, passage: 100 },
  ...also,
});
const subjects: [string, (also?: Partial<EmbeddingsOptions>) => Embedder][] = [
  ["openai", (also) => openaiEmbedder({ ...options(also), baseUrl: url })],
  ["hf", (also) => hfEmbedder({ ...options(also), baseUrl: url })],
];
const texts = (...all: string[]) => all.map((text) => ({ text, lang: "en" as const }));
const failure = async (promise: Promise<unknown>): Promise<FlockError> => {
  const error = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(FlockError);
  expect(error).toHaveProperty("code", "embedder");
  return error as FlockError;
};

describe.each(subjects)("embedder behind a server: %s", (name, open) => {
  test("gives unit vectors in the order of the texts, and learns their dimensions", async () => {
    const embedder = open();
    expect(embedder.id).toBe(`${name}:test-model`);
    expect(embedder.dimensions).toBe(undefined);
    const [short, long] = await embedder.embed(texts("ab", "abcd"), "question");
    expect(Array.from(short ?? [])).toEqual([2, 1, 0].map((value) => Math.fround(value / Math.sqrt(5))));
    expect((long?.[0] ?? 0) / (long?.[1] ?? 1)).toBeCloseTo(4, 5);
    expect(embedder.dimensions).toBe(3);
    expect(heard[0]?.headers.authorization).toBe("Bearer embed-key");
  });

  test("asks for at most 32 at a time", async () => {
    const all = Array.from({ length: 70 }, (_, at) => "x".repeat(at + 1));
    const vectors = await open().embed(texts(...all), "passage");
    expect(heard.map(({ inputs }) => inputs.length)).toEqual([32, 32, 6]);
    expect(vectors.map((vector) => Math.round((vector[0] ?? 0) / (vector[1] ?? 1)))).toEqual(
      all.map(({ length }) => length),
    );
    expect(await open().embed([], "passage")).toEqual([]);
  });

  test.each([
    ["intfloat/multilingual-e5-small", "query: dust", "passage: dust"],
    ["intfloat/multilingual-e5-large-instruct", /^Instruct: .+\nQuery: dust$/, "dust"],
    ["BAAI/bge-m3", "dust", "dust"],
    ["sage5-mini", "dust", "dust"],
  ])("%s is asked with the words that it was trained on", async (model, question, passage) => {
    await open({ model }).embed(texts("dust"), "question");
    await open({ model }).embed(texts("dust"), "passage");
    expect(heard[0]?.inputs[0]).toMatch(question);
    expect(heard[1]?.inputs).toEqual([passage]);
  });

  test("sends no more of a text than a small model reads", async () => {
    await open().embed(texts("word ".repeat(2000), "鸡".repeat(2000)), "passage");
    const [latin = "", han = ""] = heard[0]?.inputs ?? [];
    expect(latin.length).toBeLessThan(2000);
    expect(han.length).toBeLessThan(600);
    expect(han.length).toBeGreaterThan(400);
  });

  test("a failure that may pass is tried again, at the time that the server names", async () => {
    replies = [{ status: 503 }, { status: 429, headers: { "retry-after": "0.01" } }];
    expect(await open().embed(texts("dust"), "question")).toHaveLength(1);
    expect(heard).toHaveLength(3);
  });

  test("a refusal is final and quotes neither the text nor the key", async () => {
    replies = [{ status: 401 }];
    const error = await failure(open().embed(texts("a farmer's own words"), "question"));
    expect(error.message).toBe(`embedder ${name}:test-model: HTTP 401, the token is refused`);
    expect(error.cause).toBe(undefined);
    expect(heard).toHaveLength(1);
  });

  test("a server that hangs is given up", async () => {
    replies = ["hang", "hang", "hang"];
    expect((await failure(open().embed(texts("dust"), "question"))).message).toMatch(
      /no answer within 100 ms/,
    );
  });

  test("a server that is gone is told", async () => {
    const embedder = open();
    server.close();
    expect((await failure(embedder.embed(texts("dust"), "question"))).message).toMatch(/no connection/);
  });

  test("an abort ends it with its own reason", async () => {
    replies = ["hang"];
    const leave = new AbortController();
    const asked = open().embed(texts("dust"), "question", leave.signal);
    const reason = new Error("left");
    setTimeout(() => leave.abort(reason), 10);
    await expect(asked).rejects.toBe(reason);
  });

  test("other dimensions than before are refused", async () => {
    const embedder = open();
    await embedder.embed(texts("hen"), "question");
    expect((await failure(embedder.embed(texts("cow"), "question"))).message).toMatch(/2 dimensions after 3/);
  });

  test.each(['{"data":[]}', "[]", "[[]]", "[[[1,2],[3,4]]]", '[["x"]]', "no json", '{"error":"busy"}'])(
    "what is no list of vectors is refused: %s",
    async (body) => {
      replies = [{ status: 200, body }];
      await failure(open().embed(texts("dust"), "question"));
    },
  );
});

test.each(["", "/", "/v1", "/v1/"])("the address of a server may end in %j", async (end) => {
  await openaiEmbedder({ ...options(), baseUrl: `${url}${end}` }).embed(texts("dust"), "question");
  expect(heard[0]).toMatchObject({ path: "/v1/embeddings", model: "test-model" });
});

describe("questions", () => {
  test("are embedded once, however often they are asked for", async () => {
    const clock = fakeClock();
    const embedder = questionVectors(openaiEmbedder({ ...options(), baseUrl: url }), clock);
    const first = await embedder.embed(texts("dust"), "question");
    expect(await embedder.embed(texts("dust"), "question")).toEqual(first);
    await embedder.embed(texts("dust"), "passage");
    await embedder.embed(texts("mites"), "question");
    expect(heard.map(({ inputs }) => inputs[0])).toEqual(["dust", "dust", "mites"]);
  });

  test("fail at once for a while after one failed", async () => {
    const clock = fakeClock();
    const embedder = questionVectors(openaiEmbedder({ ...options(), baseUrl: url }), clock);
    replies = [{ status: 400 }];
    const error = await failure(embedder.embed(texts("dust"), "question"));
    expect((await failure(embedder.embed(texts("mites"), "question"))).message).toBe(error.message);
    expect(heard).toHaveLength(1);
    clock.pass(10_000);
    expect(await embedder.embed(texts("mites"), "question")).toHaveLength(1);
  });
});
