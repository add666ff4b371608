import { afterEach, expect, test, vi } from "vitest";
import { FlockError } from "../../src/core/errors.ts";
import type { Prompt } from "../../src/core/ports.ts";
import { hfModel } from "../../src/drivers/hf-inference.ts";
import { circuitBreaker } from "../../src/model/breaker.ts";
import { type CallOptions, callModels, type Said } from "../../src/model/call.ts";
import type { CallLimits, ModelCall } from "../../src/model/run.ts";
import { answering, type ModelEmulator, modelEmulator, type Script } from "../emulators/model.ts";
import { realClock } from "../fixtures/door.ts";

const prompt: Prompt = { system: "You advise farmers.", user: "why do hens moult", maxTokens: 50 };
/** Wide, so that a busy machine is no fault: a test of a limit makes that one narrow. */
const limits: CallLimits = { firstTokenMs: 10_000, gapMs: 10_000, hedgeMs: 10_000, totalMs: 15_000 };

let server: ModelEmulator | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Both models behind one server, through the real client. */
const house = async (
  main: Script | ((nth: number) => Script),
  fast: Script,
  over: Partial<CallLimits> = {},
) => {
  const emulator = await modelEmulator((model, nth) => {
    if (model === "fast") return fast;
    return typeof main === "function" ? main(nth) : main;
  });
  server = emulator;
  const open = (id: string) =>
    hfModel({ id, baseUrl: emulator.url, retry: { tries: 2, baseMs: 2, maxWaitMs: 8, deadlineMs: 200 } });
  const calls: ModelCall[] = [];
  const breaker = circuitBreaker(realClock);
  const call = callModels({
    main: open("main"),
    fast: open("fast"),
    breaker,
    clock: realClock,
    limits: { ...limits, ...over },
    report: (heard) => calls.push(heard),
  });
  const asked = (model: string): number => emulator.heard.filter((heard) => heard.model === model).length;
  return { emulator, call, calls, breaker, asked };
};
const read = async (said: AsyncIterable<Said>) => {
  const out = { text: "", arms: new Set<string>(), ends: 0, error: undefined as unknown };
  try {
    for await (const { arm, piece } of said) {
      out.arms.add(arm);
      if ("text" in piece) out.text += piece.text;
      else out.ends += 1;
    }
  } catch (error) {
    out.error = error;
  }
  return { ...out, arms: [...out.arms] };
};
const route = (over: Partial<CallOptions> = {}): CallOptions => ({ route: "main", ...over });
const idle = (emulator: ModelEmulator): Promise<void> =>
  vi.waitFor(() => expect(emulator.open()).toBe(0), { timeout: 5_000 });

const quick = answering(["the fast ", "answer"]);

test("the main model answers, and the fast one is not asked", async () => {
  const at = await house(answering(["the main ", "answer"]), quick);
  expect(await read(at.call(prompt, route()))).toMatchObject({
    text: "the main answer",
    arms: ["main"],
    ends: 1,
  });
  expect(at.asked("fast")).toBe(0);
  expect(at.calls).toMatchObject([{ outcome: "ok", promptTokens: 7, completionTokens: 2 }]);
});

test("a slow first word is hedged: the fast model is heard, and the main one's connection is cut", async () => {
  const at = await house({ steps: [{ hang: true }] }, quick, { hedgeMs: 50 });
  const { text, arms, error } = await read(at.call(prompt, route()));
  expect({ text, arms, error }).toEqual({ text: "the fast answer", arms: ["fast"], error: undefined });
  await idle(at.emulator);
  expect(at.emulator.hungUp()).toBe(1);
});

test("a stall between words ends the answer with what was said", async () => {
  const at = await house({ steps: [{ say: "Hens moult " }, { hang: true }] }, quick, { gapMs: 200 });
  const { text, arms, error } = await read(at.call(prompt, route()));
  expect({ text, arms }).toEqual({ text: "Hens moult ", arms: ["main"] });
  expect(error).toBeInstanceOf(FlockError);
  expect(at.asked("fast")).toBe(0);
  await idle(at.emulator);
});

test("a death in the middle of a sentence is never patched with another model's words", async () => {
  const at = await house(
    { steps: [{ say: "Hens moult " }, { say: "because" }, { wait: 5 }, { reset: true }] },
    quick,
  );
  const { text, error } = await read(at.call(prompt, route()));
  expect(text).toBe("Hens moult because");
  expect(error).toHaveProperty("code", "model");
});

test.each<[string, Script]>([
  ["HTTP 500", { refuse: 500 }],
  ["429 with a long Retry-After", { refuse: 429, headers: { "retry-after": "20" } }],
  ["a reset before the first word", { steps: [{ reset: true }] }],
  ["a malformed chunk first", { steps: [{ raw: "data: {oops\n\n" }] }],
  ["nothing said", { steps: [{ finish: "stop" }, { done: true }] }],
  ["an error in the stream", { steps: [{ raw: 'data: {"error":"overloaded"}\n\n' }] }],
])("%s is made good by the fast model", async (_what, main) => {
  const at = await house(main, quick);
  const { text, arms, ends, error } = await read(at.call(prompt, route()));
  expect({ text, arms, ends, error }).toEqual({
    text: "the fast answer",
    arms: ["fast"],
    ends: 1,
    error: undefined,
  });
});

test("after a 429 nobody asks before the time that the server named", async () => {
  const at = await house({ refuse: 429, headers: { "retry-after": "20" } }, quick);
  for (let take = 0; take < 5; take += 1)
    expect((await read(at.call(prompt, route()))).text).toBe("the fast answer");
  expect(at.asked("main")).toBe(1);
  expect(at.breaker.state("main")).toBe("open");
});

test("both down: the answer fails within its time, after a bounded number of requests", async () => {
  const at = await house({ refuse: 503 }, { refuse: 503 });
  const { text, error } = await read(at.call(prompt, route()));
  expect(text).toBe("");
  expect(error).toHaveProperty("code", "model");
  expect([at.asked("main"), at.asked("fast")]).toEqual([2, 2]);
});

test("both silent: the answer fails within its time and nothing is left open", async () => {
  const at = await house(
    { steps: [{ hang: true }] },
    { steps: [{ hang: true }] },
    { hedgeMs: 50, firstTokenMs: 500 },
  );
  const { error } = await read(at.call(prompt, route()));
  expect(error).toHaveProperty("code", "model");
  await idle(at.emulator);
  expect(at.emulator.hungUp()).toBe(2);
});

test("a talk without end is bounded by the tokens that were asked for", async () => {
  const at = await house({ steps: [{ endless: "cluck " }] }, quick);
  const { text, ends, error } = await read(at.call(prompt, route()));
  expect({ text, ends, error }).toEqual({ text: "cluck ".repeat(50), ends: 1, error: undefined });
  await idle(at.emulator);
});

test("a talk that is too slow is bounded by the time of the whole answer", async () => {
  const slow = Array.from({ length: 200 }, () => [{ say: "w" }, { wait: 100 }]).flat();
  const at = await house({ steps: slow }, quick, { totalMs: 1_000 });
  const { text, error } = await read(at.call(prompt, route()));
  expect(text).toMatch(/^w+$/);
  expect(text.length).toBeLessThan(20);
  expect(error).toHaveProperty("message", "no whole answer within 1000 ms");
  await idle(at.emulator);
});

test("a reader who leaves, waiting or reading, cuts the connection", async () => {
  const at = await house({ steps: [{ say: "one" }, { hang: true }] }, { steps: [{ hang: true }] });
  for await (const { piece } of at.call(prompt, route())) {
    expect(piece).toEqual({ text: "one" });
    break;
  }
  await idle(at.emulator);
  const pieces = at.call(prompt, route({ route: "fast" }))[Symbol.asyncIterator]();
  const waiting = pieces.next();
  await vi.waitFor(() => expect(at.asked("fast")).toBe(1));
  await pieces.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  await idle(at.emulator);
});

test("a model that comes back is heard again", async () => {
  const at = await house((nth) => (nth < 2 ? { refuse: 500 } : answering(["back"])), quick);
  expect((await read(at.call(prompt, route()))).arms).toEqual(["fast"]);
  expect(await read(at.call(prompt, route()))).toMatchObject({ text: "back", arms: ["main"] });
});
