import { describe, expect, test } from "vitest";
import type { AnswerEvent } from "../../../src/core/types.ts";
import { ask, door, json, post } from "../../fixtures/door.ts";
import { stubEngine } from "../../fixtures/stub-engine.ts";

const PATH = "/v1/chat/completions";
const { app } = door();
const errorOf = async (response: Response) => {
  expect(response.headers.get("content-type")).toContain("application/json");
  const { error } = await json<{ error: { code: string; type: string } }>(response);
  expect(Object.keys(error).sort()).toEqual(["code", "message", "param", "type"]);
  return { status: response.status, code: error.code, type: error.type };
};

describe("a request that cannot be answered", () => {
  test.each<[string, string | Record<string, unknown> | unknown[], string]>([
    ["malformed JSON", "{", "invalid_json"],
    ["no body", "", "invalid_json"],
    ["an array", [], "invalid_body"],
    ["null", "null", "invalid_body"],
    ["no messages", {}, "missing_messages"],
    ["empty messages", { messages: [] }, "missing_messages"],
    ["messages of another type", { messages: "hello" }, "missing_messages"],
    ["no user message", { messages: [{ role: "system", content: "x" }] }, "missing_messages"],
    ["a message that is a text", { messages: ["hello"] }, "invalid_messages"],
    ["a message without a role", { messages: [{ content: "x" }] }, "invalid_messages"],
    ["a content that is a number", { messages: [{ role: "user", content: 3 }] }, "invalid_messages"],
    ["an empty text", { messages: [{ role: "user", content: "" }] }, "empty"],
    ["white space", { messages: [{ role: "user", content: " \n\t\u3000" }] }, "empty"],
    ["a picture only", { messages: [{ role: "user", content: [{ type: "image_url" }] }] }, "empty"],
    ["null as content", { messages: [{ role: "user", content: null }] }, "empty"],
    ["a user that is a number", { messages: [{ role: "user", content: "x" }], user: 7 }, "invalid_user"],
    [
      "a user without end",
      { messages: [{ role: "user", content: "x" }], user: "u".repeat(300) },
      "invalid_user",
    ],
  ])("%s: 400", async (_name, body, code) => {
    const error = await errorOf(await app.request(PATH, post(body as string)));
    expect(error).toEqual({ status: 400, code, type: "invalid_request_error" });
  });

  test("binary: 400", async () => {
    const body = new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x00, 0x80]);
    expect(await errorOf(await app.request(PATH, { method: "POST", body }))).toMatchObject({
      status: 400,
      code: "invalid_utf8",
    });
  });

  test("deeply nested JSON neither crashes nor hangs", async () => {
    const response = await app.request(PATH, post("[".repeat(100_000)));
    expect((await errorOf(response)).status).toBe(400);
  });

  test("over 256 KB: 413, whether announced or not", async () => {
    const big = JSON.stringify({ messages: [{ role: "user", content: "x".repeat(256 * 1024) }] });
    expect(await errorOf(await app.request(PATH, post(big)))).toMatchObject({
      status: 413,
      code: "too_large",
    });
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let i = 0; i < 40; i++) controller.enqueue(new Uint8Array(8 * 1024).fill(32));
        controller.close();
      },
    });
    const unannounced = await app.request(PATH, {
      method: "POST",
      body: pieces,
      duplex: "half",
    } as RequestInit);
    expect(await errorOf(unannounced)).toMatchObject({ status: 413 });
  });

  test("just under 256 KB: answered", async () => {
    expect((await app.request(PATH, ask("x".repeat(255 * 1024)))).status).toBe(200);
  });

  test.each([
    [PATH, "GET", "POST"],
    [PATH, "DELETE", "POST"],
    ["/v1/models", "POST", "GET, HEAD"],
    ["/healthz", "PUT", "GET, HEAD"],
    ["/metrics", "POST", "GET, HEAD"],
    ["/v1/export", "POST", "GET, HEAD"],
    ["/v1/forget", "GET", "POST"],
  ])("%s with %s: 405 and Allow", async (path, method, allow) => {
    const response = await app.request(path, { method });
    expect(response.headers.get("allow")).toBe(allow);
    expect(await errorOf(response)).toMatchObject({ status: 405, code: "method_not_allowed" });
  });

  test.each(["/v1/nothing", "/admin", "/v1/feedback", "/charts/x.png", "/%00", "/v1/chat/completions/"])(
    "%s: 404",
    async (path) => {
      expect(await errorOf(await app.request(path))).toMatchObject({ status: 404, code: "not_found" });
    },
  );

  test("a fault of our own: 500 that tells nothing of the inside", async () => {
    const engine = stubEngine(async function* (): AsyncGenerator<AnswerEvent> {
      throw new TypeError("cannot read /etc/secret of undefined");
    });
    const logged: unknown[] = [];
    const log = { info: () => {}, warn: () => {}, error: (fields: unknown) => void logged.push(fields) };
    const response = await door({ engine, log }).app.request(PATH, ask("x"));
    const text = await response.clone().text();
    expect(await errorOf(response)).toEqual({ status: 500, code: "bug", type: "server_error" });
    expect(text).not.toMatch(/secret|TypeError|at /);
    expect(logged).toHaveLength(1);
  });
});

describe("what the house says of itself", () => {
  test("healthz, readyz and models", async () => {
    expect(await (await app.request("/healthz")).json()).toEqual({ status: "ok" });
    expect(await (await app.request("/readyz")).json()).toEqual({ ready: true });
    expect(await (await app.request("/v1/models")).json()).toMatchObject({ data: [{ id: "flockwise" }] });
    expect(await (await app.request("/v1/models/flockwise")).json()).toMatchObject({
      id: "flockwise",
      object: "model",
    });
  });

  test("readyz is 503 while a part is missing, and names it", async () => {
    const response = await door({ readiness: () => ({ ready: false, store: "closed" }) }).app.request(
      "/readyz",
    );
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, store: "closed" });
  });
});
