import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { FlockError } from "../../../src/core/errors.ts";
import type { AnswerEvent } from "../../../src/core/types.ts";
import { ask, door, json, post } from "../../fixtures/door.ts";
import { atOnce, inPieces, stubAnswer, stubEngine } from "../../fixtures/stub-engine.ts";

const PATH = "/v1/chat/completions";
type ErrorBody = { error: { code: string } };
type Chunk = {
  choices: { delta: { role?: string; content?: string }; finish_reason: string | null }[];
  [key: string]: unknown;
};

const chunksOf = (text: string): { chunks: Chunk[]; last: string } => {
  const lines = text.split("\n\n").filter((line) => line !== "");
  const last = lines.pop() ?? "";
  return { chunks: lines.map((line) => JSON.parse(line.replace(/^data: /, "")) as Chunk), last };
};

describe("a whole answer", () => {
  test("carries the text, the flockwise object and both headers", async () => {
    const response = await door().app.request(PATH, ask("weight ross 308 21 days"));
    expect(response.status).toBe(200);
    expect(response.headers.get("x-flockwise-via")).toBe("standard");
    expect(response.headers.get("x-flockwise-receipt")).toBe("r_stub");
    const body = await json<{ id: string; choices: unknown[]; flockwise: unknown }>(response);
    expect(body).toMatchObject({ object: "chat.completion", model: "flockwise" });
    expect(body.choices[0]).toMatchObject({
      finish_reason: "stop",
      message: { role: "assistant", content: stubAnswer().text },
    });
    const { blocks: _blocks, text: _text, ...flockwise } = stubAnswer();
    expect(body.flockwise).toEqual(flockwise);
  });

  test("has an id of its own each time", async () => {
    const { app } = door();
    const ids = await Promise.all(
      [1, 2, 3].map(async () => (await json<{ id: string }>(await app.request(PATH, ask("x")))).id),
    );
    expect(new Set(ids).size).toBe(3);
  });
});

describe("a streamed answer", () => {
  test("is role, deltas, the finish with the flockwise object, and the end mark", async () => {
    const response = await door().app.request(PATH, ask("weight", { stream: true }));
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const { chunks, last } = chunksOf(await response.text());
    expect(last).toBe("data: [DONE]");
    expect(chunks[0]?.choices[0]?.delta).toEqual({ role: "assistant", content: "" });
    expect(chunks[1]?.choices[0]).toMatchObject({
      delta: { content: stubAnswer().text },
      finish_reason: null,
    });
    expect(chunks[2]).toMatchObject({
      choices: [{ delta: {}, finish_reason: "stop" }],
      flockwise: { receipt: "r_stub" },
    });
    expect(chunks).toHaveLength(3);
    expect(new Set(chunks.map((chunk) => chunk["id"])).size).toBe(1);
  });

  test("tells via and receipt in headers when it is complete at once", async () => {
    const response = await door().app.request(PATH, ask("weight", { stream: true }));
    expect(response.headers.get("x-flockwise-via")).toBe("standard");
    expect(response.headers.get("x-flockwise-receipt")).toBe("r_stub");
  });

  test("sends text as it comes when it takes time, and then has no via header", async () => {
    const engine = stubEngine(() => inPieces(stubAnswer(), () => sleep(2)));
    const response = await door({ engine }).app.request(PATH, ask("weight", { stream: true }));
    expect(response.headers.get("x-flockwise-via")).toBeNull();
    const parts: string[] = [];
    const decoder = new TextDecoder();
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>)
      parts.push(decoder.decode(part));
    expect(parts.length).toBeGreaterThan(5);
    const { chunks, last } = chunksOf(parts.join(""));
    expect(last).toBe("data: [DONE]");
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toBe(stubAnswer().text);
    expect(chunks.at(-1)).toMatchObject({ flockwise: { via: "standard" } });
  });

  test("ends with the usage when it is asked for", async () => {
    const response = await door().app.request(
      PATH,
      ask("weight", { stream: true, stream_options: { include_usage: true } }),
    );
    const { chunks } = chunksOf(await response.text());
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    });
    expect(chunks[0]?.["usage"]).toBeNull();
  });

  test("ends with an error event when the engine fails after its first words", async () => {
    const engine = stubEngine(async function* () {
      yield { type: "text-delta", text: "The weight is " } as AnswerEvent;
      await sleep(2);
      throw new Error("secret path /home/x");
    });
    const text = await (await door({ engine }).app.request(PATH, ask("weight", { stream: true }))).text();
    expect(text).toContain("The weight is ");
    expect(text).toContain('"code":"bug"');
    expect(text).not.toContain("secret path");
    expect(text).not.toContain("[DONE]");
  });

  test("is an ordinary error when the engine fails at once", async () => {
    const engine = stubEngine(async function* (): AsyncGenerator<AnswerEvent> {
      throw new FlockError("no_words", "only marks");
    });
    const response = await door({ engine }).app.request(PATH, ask("😀", { stream: true }));
    expect(response.status).toBe(400);
    expect((await json<ErrorBody>(response)).error.code).toBe("no_words");
  });
});

describe("what is asked", () => {
  const asked = async (body: Record<string, unknown>) => {
    const engine = stubEngine();
    expect((await door({ engine }).app.request(PATH, post(body))).status).toBe(200);
    return engine.asked[0];
  };
  const user = (content: unknown) => ({ role: "user", content });

  test("is the last user message, with earlier turns as history", async () => {
    const messages = [
      { role: "system", content: "You are a pirate" },
      user("weight ross 308"),
      { role: "assistant", content: "At what age?" },
      user("28"),
      { role: "assistant", content: "prefill" },
    ];
    expect(await asked({ messages })).toEqual({
      text: "28",
      lang: undefined,
      channel: "http",
      history: [
        { role: "user", text: "weight ross 308" },
        { role: "assistant", text: "At what age?" },
      ],
    });
  });

  test("is remembered under `user`, and the messages before it are then not history", async () => {
    const request = await asked({ messages: [user("a"), user("b")], user: "farm-7" });
    expect(request).toMatchObject({ text: "b", chat: "farm-7" });
    expect(request).not.toHaveProperty("history");
  });

  test("may come as text parts, with pictures passed over and unknown fields ignored", async () => {
    const content = [
      { type: "text", text: "weight" },
      { type: "image_url", image_url: { url: "data:" } },
      { type: "text", text: "ross 308" },
    ];
    expect(
      await asked({ messages: [user(content)], temperature: 3, tools: [], nonsense: true }),
    ).toMatchObject({ text: "weight\nross 308" });
  });

  test.each([
    ["fr", "fr"],
    ["fr-CA", "fr"],
    ["ZH", "zh"],
    ["xx", undefined],
    [7, undefined],
  ])("takes metadata.lang %j as %j", async (lang, expected) => {
    expect(await asked({ messages: [user("x")], metadata: { lang } })).toMatchObject({ lang: expected });
  });

  test("is handed on whole, however long", async () => {
    const text = `${"padding ".repeat(12_000)}weight ross 308 day 21`;
    expect((await asked({ messages: [user(text)] }))?.text).toBe(text);
  });

  test("is of the web channel only when the page says so", async () => {
    expect(await asked({ messages: [user("x")], metadata: { channel: "web" } })).toMatchObject({
      channel: "web",
    });
    expect(await asked({ messages: [user("x")], metadata: { channel: "made up" } })).toMatchObject({
      channel: "http",
    });
  });
});

describe("too much at once", () => {
  test("is refused with 503 and Retry-After, and the others are answered", async () => {
    let open = (): void => {};
    const opened = new Promise<void>((resolve) => (open = resolve));
    const engine = stubEngine(async function* () {
      await opened;
      yield* atOnce(stubAnswer());
    });
    const { app } = door({ engine, limits: { answers: 2 } });
    const send = async (init: RequestInit) => app.request(PATH, init);
    const inside = [send(ask("1")), send(ask("2", { stream: true }))];
    await sleep(5);
    const refused = await app.request(PATH, ask("3"));
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await json<ErrorBody>(refused)).error.code).toBe("overloaded");
    open();
    for (const response of await Promise.all(inside)) await response.text();
    expect((await app.request(PATH, ask("4"))).status).toBe(200);
  });

  test("carries the engine's own Retry-After", async () => {
    const engine = stubEngine(async function* (): AsyncGenerator<AnswerEvent> {
      throw new FlockError("overloaded", "full", { retryAfterMs: 6500 });
    });
    const response = await door({ engine }).app.request(PATH, ask("1"));
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "7"]);
  });
});
