import { afterEach, describe, expect, test, vi } from "vitest";
import type { Model } from "../../src/core/ports.ts";
import { hfModel } from "../../src/drivers/hf-inference.ts";
import { answering, type ModelEmulator, modelEmulator, type Script, type Step } from "../emulators/model.ts";
import {
  expectFailure,
  failing,
  KEY,
  never,
  prompt,
  QUESTION,
  read,
  shown,
} from "../fixtures/model-stream.ts";

interface Subject {
  readonly name: string;
  /** A model at an OpenAI-compatible address. */
  open(baseUrl: string, over?: { token?: string }): Model;
}
/** Quick waits: what is tested is how often, not how long. */
const quick = { tries: 3, baseMs: 2, maxWaitMs: 8, deadlineMs: 2_000 };
const subjects: Subject[] = [
  {
    name: "Hugging Face client",
    open: (baseUrl, { token = KEY } = {}) => hfModel({ id: "test/model-8b", baseUrl, token, retry: quick }),
  },
];

for (const { name, open } of subjects)
  describe(`model: ${name}`, () => {
    let server: ModelEmulator | undefined;
    const serve = async (script: Script | ((nth: number) => Script)): Promise<Model> => {
      server = await modelEmulator((_model, nth) => (typeof script === "function" ? script(nth) : script), {
        key: KEY,
      });
      return open(server.url);
    };
    const emulator = (): ModelEmulator => {
      if (server === undefined) throw new Error("no server");
      return server;
    };
    const idle = (): Promise<void> => vi.waitFor(() => expect(emulator().open()).toBe(0), { timeout: 5_000 });
    afterEach(async () => {
      await server?.close();
      server = undefined;
    });

    test("the words come as they are, then one end with the server's own counts", async () => {
      const model = await serve(answering(["Pecking ", "has ", "causes: 光, प्रकाश 🐔."]));
      const { text, ends } = await read(model.stream(prompt, never()));
      expect(text).toBe("Pecking has causes: 光, प्रकाश 🐔.");
      expect(ends).toEqual([{ end: "stop", promptTokens: 7, completionTokens: 3 }]);
      expect(emulator().faults).toEqual([]);
      expect(emulator().heard).toMatchObject([
        { model: "test/model-8b", system: prompt.system, user: QUESTION, maxTokens: 60 },
      ]);
      expect(emulator().heard[0]?.authorization).toBe(`Bearer ${KEY}`);
    });

    test("the first word is handed on before the last is made", async () => {
      const model = await serve({ steps: [{ say: "At once" }, { hang: true }] });
      const pieces = model.stream(prompt, never())[Symbol.asyncIterator]();
      expect(await pieces.next()).toEqual({ done: false, value: { text: "At once" } });
      await pieces.return?.();
      await idle();
    });

    test("no system message is sent when there is nothing to say in it", async () => {
      const model = await serve(answering(["ok"]));
      await read(model.stream({ ...prompt, system: "" }, never()));
      expect(emulator().faults).toEqual([]);
      expect(emulator().heard[0]?.system).toBe(undefined);
    });

    test("answers one after another share connections, and none is cut off", async () => {
      const model = await serve(answering(["one"]));
      for (let take = 0; take < 4; take += 1) {
        await read(model.stream(prompt, never()));
        await idle();
      }
      expect(emulator().heard).toHaveLength(4);
      // the server may end one a moment before the client has read it to its end: that one takes a new connection
      expect(emulator().connections()).toBeLessThan(4);
      expect(emulator().hungUp()).toBe(0);
    });

    test("an answer cut at the limit says so", async () => {
      const model = await serve({ steps: [{ say: "and so" }, { finish: "length" }, { done: true }] });
      const { ends } = await read(model.stream(prompt, never()));
      expect(ends).toEqual([{ end: "length", promptTokens: null, completionTokens: null }]);
    });

    test("without counts and without [DONE] an answer with a reason to end is whole", async () => {
      const model = await serve({ steps: [{ say: "whole" }, { finish: "stop" }] });
      const { text, ends } = await read(model.stream(prompt, never()));
      expect(text).toBe("whole");
      expect(ends).toEqual([{ end: "stop", promptTokens: null, completionTokens: null }]);
    });

    test.each<[string, Step]>([
      ["goes silent", { hang: true }],
      ["is cut off", { reset: true }],
      ["turns into garbage", { raw: "data: {]\n\n" }],
    ])("after its reason to end an answer is whole, although the connection %s", async (_how, step) => {
      const model = await serve({ steps: [{ say: "whole" }, { finish: "stop" }, { wait: 5 }, step] });
      const { text, ends } = await read(model.stream(prompt, never()));
      expect(text).toBe("whole");
      expect(ends).toHaveLength(1);
      await idle();
    });

    test.each<[string, Step[]]>([
      ["ends without a reason", []],
      ["ends with [DONE] and no reason", [{ done: true }]],
      ["is cut off", [{ wait: 5 }, { reset: true }]],
      ["sends what is no JSON", [{ raw: `data: {"choices": [${QUESTION}\n\n` }]],
      ["sends what is no completion", [{ raw: 'data: {"choices":"none"}\n\n' }]],
      ["reports an error", [{ raw: `data: {"error":{"message":"overloaded: ${QUESTION} ${KEY}"}}\n\n` }]],
      ["is stopped by a filter", [{ finish: "content_filter" }, { done: true }]],
      ["calls a tool that it was not given", [{ finish: "tool_calls" }, { done: true }]],
    ])("a stream that %s after some words fails, and the words stay", async (_how, steps) => {
      const model = await serve({ steps: [{ say: "Half a " }, { say: "sentence" }, ...steps] });
      const { said, error } = await failing(model.stream(prompt, never()));
      expect(said).toBe("Half a sentence");
      expectFailure(error);
      expect(emulator().heard, "no second request after the first word").toHaveLength(1);
      await idle();
    });

    test.each([400, 401, 403, 404, 413, 422])("HTTP %i is final", async (status) => {
      const model = await serve({ refuse: status });
      const { error } = await failing(model.stream(prompt, never()));
      expect(expectFailure(error).message).toContain(String(status));
      expect(expectFailure(error).retryAfterMs).toBe(undefined);
      expect(emulator().heard).toHaveLength(1);
    });

    test.each([429, 500, 502, 503, 504])("HTTP %i is tried again, not for ever", async (status) => {
      const model = await serve({
        refuse: status,
        body: "<html>bad gateway</html>",
        contentType: "text/html",
      });
      const { error } = await failing(model.stream(prompt, never()));
      expect(expectFailure(error).message).toContain(String(status));
      expect(expectFailure(error).retryAfterMs).toBe(0);
      expect(emulator().heard).toHaveLength(3);
    });

    test("a failure that passes is not seen", async () => {
      const model = await serve((nth) => (nth < 2 ? { refuse: 503 } : answering(["back"])));
      expect((await read(model.stream(prompt, never()))).text).toBe("back");
      expect(emulator().heard).toHaveLength(3);
    });

    test("a connection that is lost before the first word is tried again", async () => {
      const model = await serve((nth) => (nth === 0 ? { steps: [{ reset: true }] } : answering(["back"])));
      expect((await read(model.stream(prompt, never()))).text).toBe("back");
      expect(emulator().heard).toHaveLength(2);
    });

    test("Retry-After is kept to: the next request comes no earlier", async () => {
      const model = await serve((nth) =>
        nth === 0 ? { refuse: 429, headers: { "retry-after-ms": "60" } } : answering(["served"]),
      );
      expect((await read(model.stream(prompt, never()))).text).toBe("served");
      const [first, second] = emulator().heard.map(({ at }) => at);
      expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(59);
    });

    test.each([
      ["in seconds", "30", 30_000],
      ["as a date", new Date(Date.now() + 90_000).toUTCString(), 90_000],
    ])("a Retry-After %s that is too long to wait for is handed on", async (_how, header, ms) => {
      const model = await serve({ refuse: 429, headers: { "retry-after": header } });
      const { error } = await failing(model.stream(prompt, never()));
      expect(Math.abs((expectFailure(error).retryAfterMs ?? 0) - ms)).toBeLessThan(5_000);
      expect(emulator().heard).toHaveLength(1);
    });

    test("a server that is not there fails with its reason", async () => {
      const model = await serve(answering(["never"]));
      await emulator().close();
      const { error } = await failing(model.stream(prompt, never()));
      expect(expectFailure(error).message).toContain("ECONNREFUSED");
    });

    test("a wrong key is refused without being shown", async () => {
      await serve(answering(["never"]));
      const { error } = await failing(open(emulator().url, { token: "wrong" }).stream(prompt, never()));
      expect(expectFailure(error).message).toContain("401");
      expect(shown(error)).not.toContain("Bearer");
    });

    test("a key with a line end in it fails without being shown", async () => {
      await serve(answering(["never"]));
      const model = open(emulator().url, { token: `${KEY}\nx` });
      expectFailure((await failing(model.stream(prompt, never()))).error);
    });

    test("what is no event stream fails", async () => {
      const model = await serve({ steps: [{ raw: "<html>login</html>" }], contentType: "text/html" });
      expectFailure((await failing(model.stream(prompt, never()))).error);
      await idle();
    });

    test("endless text ends at the limit of tokens, and the server is hung up on", async () => {
      const model = await serve({ steps: [{ endless: "cluck " }] });
      const { text, ends } = await read(model.stream(prompt, never()));
      expect(text).toBe("cluck ".repeat(60));
      expect(ends).toEqual([{ end: "length", promptTokens: null, completionTokens: null }]);
      await idle();
      expect(emulator().hungUp()).toBe(1);
    });

    test("few but huge pieces end at a length too", async () => {
      const model = await serve({ steps: [{ endless: "x".repeat(500) }] });
      const { text, ends } = await read(model.stream(prompt, never()));
      expect(text.length).toBeLessThanOrEqual(60 * 16);
      expect(ends).toHaveLength(1);
    });

    test("a line without an end is given up", async () => {
      const flood: Step[] = Array.from({ length: 40 }, () => ({ raw: "x".repeat(64_000) }));
      const model = await serve({ steps: [{ raw: "data: " }, ...flood, { hang: true }] });
      expectFailure((await failing(model.stream(prompt, never()))).error);
      await idle();
    });

    test.each<[string, Script]>([
      ["before the first word", { steps: [{ hang: true }] }],
      ["between two words", { steps: [{ say: "Well, " }, { hang: true }] }],
    ])("an abort %s passes untouched and reaches the server", async (_when, script) => {
      const model = await serve(script);
      const leaving = new AbortController();
      const reading = failing(model.stream(prompt, leaving.signal));
      await vi.waitFor(() => expect(emulator().open()).toBe(1));
      const reason = new Error("the reader has left");
      leaving.abort(reason);
      expect((await reading).error).toBe(reason);
      await idle();
      expect(emulator().hungUp()).toBe(1);
      expect(emulator().heard).toHaveLength(1);
    });

    test("an abort during the wait for another try ends the wait", async () => {
      const model = await serve({ refuse: 503, headers: { "retry-after": "1.5" } });
      const leaving = new AbortController();
      const reading = failing(model.stream(prompt, leaving.signal));
      await vi.waitFor(() => expect(emulator().heard).toHaveLength(1));
      leaving.abort();
      expect((await reading).error).toBe(leaving.signal.reason);
      expect(emulator().heard).toHaveLength(1);
    });

    test("a signal that is aborted already asks nobody", async () => {
      const model = await serve(answering(["never"]));
      const { error } = await failing(model.stream(prompt, AbortSignal.abort()));
      expect(error).toHaveProperty("name", "AbortError");
      expect(emulator().heard).toEqual([]);
    });

    test("leaving the loop hangs up", async () => {
      const model = await serve({ steps: [{ endless: "cluck " }] });
      for await (const piece of model.stream(prompt, never())) {
        expect(piece).toEqual({ text: "cluck " });
        break;
      }
      await idle();
      expect(emulator().hungUp()).toBe(1);
    });

    test("many at once keep their words apart", async () => {
      const model = await serve((nth) => answering([`answer ${nth}`, ".", ` ${nth}`], { between: 3 }));
      const all = await Promise.all(Array.from({ length: 20 }, () => read(model.stream(prompt, never()))));
      const expected = Array.from({ length: 20 }, (_, nth) => `answer ${nth}. ${nth}`);
      expect(all.map(({ text }) => text).toSorted()).toEqual(expected.toSorted());
    });
  });
