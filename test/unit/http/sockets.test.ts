import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { HttpOptions } from "../../../src/http/server.ts";
import { door } from "../../fixtures/door.ts";
import { inPieces, stubAnswer, stubEngine } from "../../fixtures/stub-engine.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const listen = async (over: Partial<HttpOptions> = {}) => {
  const server = door({ ...over, limits: { closeMs: 50, ...over.limits } });
  const { port } = await server.listen();
  open.unshift(() => server.close());
  return { port, server };
};

const raw = (port: number): { socket: Socket; heard: () => string; closed: Promise<void> } => {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk) => (text += String(chunk)));
  socket.on("error", () => {});
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  open.unshift(() => socket.destroy());
  return { socket, heard: () => text, closed };
};

const head = (length: number | "chunked", path = "/v1/chat/completions"): string =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n` +
  (length === "chunked" ? "transfer-encoding: chunked\r\n\r\n" : `content-length: ${length}\r\n\r\n`);
const body = (more: object = {}): string =>
  JSON.stringify({ messages: [{ role: "user", content: "weight" }], ...more });

describe("over a socket", () => {
  test("a body that comes in pieces is put together", async () => {
    const { port } = await listen();
    const { socket, heard } = raw(port);
    const text = body();
    socket.write(head(Buffer.byteLength(text)));
    for (const piece of text.match(/.{1,20}/g) ?? []) {
      socket.write(piece);
      await sleep(1);
    }
    await expect.poll(heard).toContain('"flockwise":{"receipt"');
  });

  test("an endless chunked body is cut off at the limit with 413", async () => {
    const { port } = await listen();
    const { socket, heard, closed } = raw(port);
    socket.write(head("chunked"));
    const chunk = `4000\r\n${" ".repeat(0x4000)}\r\n`;
    for (let i = 0; i < 40 && socket.writable; i++) socket.write(chunk);
    await expect.poll(heard).toContain("413");
    await closed;
  });

  test("what is no HTTP gets a JSON error", async () => {
    const { port } = await listen();
    const { socket, heard, closed } = raw(port);
    socket.write("hello there\r\n\r\n");
    await closed;
    expect(heard()).toMatch(/^HTTP\/1.1 400 [\s\S]*"code":"bad_request"/);
  });

  test("a request that never ends is given up with 408", async () => {
    const { port } = await listen({ limits: { requestMs: 60 } });
    const { socket, heard, closed } = raw(port);
    socket.write(`${head(500)}{"messages":`);
    await closed;
    expect(heard()).toMatch(/^HTTP\/1.1 408 /);
  });

  test("a client that leaves stops the answer", async () => {
    const engine = stubEngine((_r, signal) =>
      inPieces(stubAnswer({ text: "word ".repeat(5000) }), () => sleep(2, undefined, { signal })),
    );
    const { port } = await listen({ engine });
    const { socket, heard } = raw(port);
    const text = body({ stream: true });
    socket.write(head(Buffer.byteLength(text)) + text);
    await expect.poll(heard).toContain("word");
    socket.destroy();
    await expect.poll(() => engine.aborted).toBe(true);
  });

  test("a client that stops reading is cut off, and its place is free again", async () => {
    const big = stubAnswer({ text: `${"x".repeat(60_000)} `.repeat(400) });
    const engine = stubEngine((_r, signal) => inPieces(big, () => sleep(0, undefined, { signal })));
    const { port } = await listen({ engine, limits: { answers: 1, stallMs: 60 } });
    const { socket, closed } = raw(port);
    socket.pause();
    const text = body({ stream: true });
    socket.write(head(Buffer.byteLength(text)) + text);
    await expect.poll(() => engine.aborted, { timeout: 5000 }).toBe(true);
    socket.resume();
    await closed;
    const next = raw(port);
    next.socket.write(head(Buffer.byteLength(text)) + text);
    await expect.poll(next.heard).toContain("200 OK");
  });

  test("a thousand connections at once are all answered", async () => {
    const { port } = await listen();
    const text = body();
    const one = () =>
      new Promise<number>((resolve, reject) => {
        const sent = request(
          { port, host: "127.0.0.1", path: "/v1/chat/completions", method: "POST", agent: false },
          (response) => {
            response.resume().on("end", () => resolve(response.statusCode ?? 0));
          },
        );
        sent.on("error", reject);
        sent.end(text);
      });
    const codes = await Promise.all(Array.from({ length: 1000 }, one));
    expect(codes.filter((code) => code !== 200)).toEqual([]);
  });

  test("closing lets an answer in the making end", async () => {
    const engine = stubEngine(() => inPieces(stubAnswer(), () => sleep(2)));
    const { port, server } = await listen({ engine, limits: { closeMs: 5000 } });
    const { socket, heard, closed } = raw(port);
    const text = body({ stream: true });
    socket.write(head(Buffer.byteLength(text)) + text);
    await expect.poll(heard).toContain("200 OK");
    await server.close();
    await closed;
    expect(heard()).toContain("[DONE]");
  });
});
