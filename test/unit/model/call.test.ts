import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FlockError } from "../../../src/core/errors.ts";
import type { Prompt } from "../../../src/core/ports.ts";
import { circuitBreaker } from "../../../src/model/breaker.ts";
import { type CallOptions, callModels, type Models, type Said } from "../../../src/model/call.ts";
import type { ModelCall } from "../../../src/model/run.ts";
import { realClock } from "../../fixtures/door.ts";
import { type Act, scripted } from "../../fixtures/models.ts";

const prompt: Prompt = { system: "s", user: "u", maxTokens: 10 };
const limits = { firstTokenMs: 8_000, gapMs: 10_000, hedgeMs: 1_500, totalMs: 60_000 };
const down = (retryAfterMs?: number): Act => ({
  fail: new FlockError("model", "down", retryAfterMs === undefined ? {} : { retryAfterMs }),
});

interface House {
  main?: readonly Act[];
  fast?: readonly Act[];
  candidate?: readonly Act[];
  over?: Partial<Models>;
}
const house = ({ main = ["main ", "says"], fast = ["fast ", "says"], candidate, over }: House = {}) => {
  const calls: ModelCall[] = [];
  const models = {
    main: scripted("main-8b", () => main),
    fast: scripted("fast-3b", () => fast),
    candidate: scripted("new-7b", () => candidate ?? []),
  };
  const breaker = circuitBreaker(realClock);
  const call = callModels({
    main: models.main,
    fast: models.fast,
    candidate: candidate === undefined ? undefined : { model: models.candidate, share: 1 },
    breaker,
    clock: realClock,
    limits,
    report: (heard) => calls.push(heard),
    ...over,
  });
  return { ...models, breaker, calls, call };
};

interface Read {
  text: string;
  /** Arms that spoke, in order, each once. */
  arms: string[];
  ends: number;
  error: unknown;
  ms: number;
}
/** Reads to the end while the test's own time passes. */
const read = async (said: AsyncIterable<Said>): Promise<Read> => {
  const startedAt = performance.now();
  const out: Read = { text: "", arms: [], ends: 0, error: undefined, ms: 0 };
  let over = false;
  const reading = (async () => {
    try {
      for await (const { arm, piece } of said) {
        if ("text" in piece) out.text += piece.text;
        else out.ends += 1;
        if (!out.arms.includes(arm)) out.arms.push(arm);
      }
    } catch (error) {
      out.error = error;
    } finally {
      over = true;
      out.ms = performance.now() - startedAt;
    }
  })();
  while (!over) await vi.advanceTimersByTimeAsync(50);
  await reading;
  return out;
};
const ask = (at: ReturnType<typeof house>, options: CallOptions = { route: "main" }): Promise<Read> =>
  read(at.call(prompt, options));
const expectFailure = (error: unknown): FlockError => {
  expect(error).toBeInstanceOf(FlockError);
  expect(error).toHaveProperty("code", "model");
  return error as FlockError;
};

describe("calling models", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    expect(vi.getTimerCount(), "a timer was left behind").toBe(0);
    vi.useRealTimers();
  });

  test("the main model answers alone when it is quick", async () => {
    const at = house();
    expect(await ask(at)).toMatchObject({ text: "main says", arms: ["main"], ends: 1, error: undefined });
    expect(at.fast.asked).toEqual([]);
    expect(at.calls).toMatchObject([
      { model: "main-8b", arm: "main", outcome: "ok", promptTokens: 10, completionTokens: 2 },
    ]);
  });

  test("an easy question goes to the fast model alone", async () => {
    const at = house();
    expect(await ask(at, { route: "fast" })).toMatchObject({ text: "fast says", arms: ["fast"], ends: 1 });
    expect(at.main.asked).toEqual([]);
  });

  describe("hedge", () => {
    test("a late main model loses to the fast one, and is given up", async () => {
      const at = house({ main: [{ wait: 5_000 }, "main"], fast: [{ wait: 300 }, "fast"] });
      const { text, arms, ms } = await ask(at);
      expect({ text, arms }).toEqual({ text: "fast", arms: ["fast"] });
      expect(ms).toBeGreaterThanOrEqual(1_800);
      expect(ms).toBeLessThan(2_000);
      expect(at.main).toMatchObject({ running: 0, aborted: 1 });
      expect(at.calls.map(({ arm, outcome }) => `${arm} ${outcome}`)).toEqual(["main lost", "fast ok"]);
    });

    test("a main model that speaks first after all is heard, and the fast one given up", async () => {
      const at = house({ main: [{ wait: 1_700 }, "main"], fast: [{ wait: 1_000 }, "fast"] });
      expect(await ask(at)).toMatchObject({ text: "main", arms: ["main"] });
      expect(at.fast).toMatchObject({ running: 0, aborted: 1 });
      expect(at.calls.map(({ arm, outcome }) => `${arm} ${outcome}`)).toEqual(["fast spare", "main ok"]);
    });

    test("no second model is asked before its time", async () => {
      const at = house({ main: [{ wait: 1_400 }, "main"] });
      expect(await ask(at)).toMatchObject({ text: "main" });
      expect(at.fast.asked).toEqual([]);
    });

    test("a hedge that fails leaves the main model its time", async () => {
      const at = house({ main: [{ wait: 4_000 }, "main"], fast: [down()] });
      expect(await ask(at)).toMatchObject({ text: "main", arms: ["main"], error: undefined });
    });

    test("a model that hangs each time is left alone after a few questions", async () => {
      const at = house({ main: [{ deaf: true }] });
      for (let take = 0; take < 5; take += 1) expect((await ask(at)).ms).toBeGreaterThanOrEqual(1_500);
      expect(at.breaker.state("main-8b")).toBe("open");
      const { text, ms } = await ask(at);
      expect(text).toBe("fast says");
      expect(ms).toBeLessThan(1_000);
      expect(at.main.asked).toHaveLength(5);
    });

    test("where both names are one model, it is asked once", async () => {
      const only = scripted("only", () => [{ wait: 3_000 }, "late"]);
      const at = house({ over: { main: only, fast: only } });
      expect(await ask(at)).toMatchObject({ text: "late" });
      expect(only.asked).toHaveLength(1);
    });
  });

  describe("fall-back", () => {
    test("a failure before the first word is made good by the fast model, at once", async () => {
      const at = house({ main: [{ wait: 100 }, down()] });
      const { text, arms, ms } = await ask(at);
      expect({ text, arms }).toEqual({ text: "fast says", arms: ["fast"] });
      expect(ms).toBeLessThan(1_000);
    });

    test("the main model stands in for a failing fast one", async () => {
      const at = house({ fast: [down()] });
      expect(await ask(at, { route: "fast" })).toMatchObject({ text: "main says", arms: ["main"] });
    });

    test("an answer without a word is a failure", async () => {
      const at = house({ main: ["", "\n", { end: "stop" }] });
      expect(await ask(at)).toMatchObject({ text: "fast says", ends: 1 });
    });

    test("a stream that just stops is a failure", async () => {
      const silent = { id: "silent", async *stream() {} };
      expect(await ask(house({ over: { main: silent } }))).toMatchObject({ text: "fast says" });
    });

    test("when all fail the last failure is told, and nobody is asked twice", async () => {
      const at = house({ main: [down()], fast: [down(2_000)] });
      const { error, text } = await ask(at);
      expect(text).toBe("");
      expect(expectFailure(error).retryAfterMs).toBe(2_000);
      expect([at.main.asked.length, at.fast.asked.length]).toEqual([1, 1]);
    });

    test("models that neither speak nor stop end in a failure", async () => {
      const at = house({ main: [{ deaf: true }], fast: [{ deaf: true }] });
      const { error, ms } = await ask(at);
      expectFailure(error);
      expect(ms).toBeGreaterThanOrEqual(8_000);
      expect(ms).toBeLessThan(9_700);
      expect(at.calls.map(({ outcome }) => outcome)).toEqual(["late", "late"]);
    });

    test("an error of another kind is told as one of the model", async () => {
      const broken: Act = { fail: new RangeError("out of bounds") };
      const { error } = await ask(house({ main: [broken], fast: [broken] }));
      expect(expectFailure(error).cause).toBeInstanceOf(RangeError);
    });

    test("with every model left alone the answer fails at once and says when to come back", async () => {
      const at = house({ main: [down(20_000)], fast: [down(30_000)] });
      await ask(at);
      const { error, ms } = await ask(at);
      expect(ms).toBeLessThan(100);
      const { retryAfterMs = 0 } = expectFailure(error);
      expect(retryAfterMs).toBeGreaterThan(19_000);
      expect(retryAfterMs).toBeLessThanOrEqual(20_000);
      expect(at.main.asked).toHaveLength(1);
    });
  });

  describe("after the first word", () => {
    test.each<[string, Act, string]>([
      ["a failure", down(), "failed"],
      ["a silence", { deaf: true }, "late"],
    ])("%s ends the answer; no other model goes on with it", async (_what, act, outcome) => {
      const at = house({ main: ["Half a ", "sentence", act] });
      const { text, arms, ends, error } = await ask(at);
      expect({ text, arms, ends }).toEqual({ text: "Half a sentence", arms: ["main"], ends: 0 });
      expectFailure(error);
      expect(at.fast.asked).toEqual([]);
      expect(at.calls).toMatchObject([{ outcome }]);
    });

    test("slow words are waited for as long as they come", async () => {
      const slow = Array.from({ length: 5 }, (): Act[] => [{ wait: 9_000 }, "w"]).flat();
      expect(await ask(house({ main: ["w", ...slow] }))).toMatchObject({ text: "wwwwww", ends: 1 });
    });

    test("the whole answer has an end in time", async () => {
      const endless = Array.from({ length: 1_000 }, (): Act[] => [{ wait: 1_000 }, "w"]).flat();
      const at = house({ main: ["w", ...endless] });
      const { error, ms, text } = await ask(at);
      expectFailure(error);
      expect(text.length).toBeGreaterThan(50);
      expect(ms).toBeGreaterThanOrEqual(60_000);
      expect(ms).toBeLessThan(60_500);
      expect(at.main).toMatchObject({ running: 0, aborted: 1 });
      expect(at.calls).toMatchObject([{ outcome: "late" }]);
    });

    test("the time of the whole answer goes on while the reader is away", async () => {
      const said = house({ main: ["one", { wait: 1_000 }, "two"] }).call(prompt, { route: "main" });
      const pieces = said[Symbol.asyncIterator]();
      expect(await pieces.next()).toMatchObject({ value: { piece: { text: "one" } } });
      await vi.advanceTimersByTimeAsync(61_000);
      await expect(pieces.next()).rejects.toThrow("no whole answer");
    });
  });

  describe("leaving", () => {
    test("a reader who breaks off stops the model", async () => {
      const at = house({ main: ["one", { wait: 5_000 }, "two"] });
      for await (const { piece } of at.call(prompt, { route: "main" })) {
        expect(piece).toEqual({ text: "one" });
        break;
      }
      await vi.advanceTimersByTimeAsync(0);
      expect(at.main).toMatchObject({ running: 0, aborted: 1 });
      expect(at.calls).toMatchObject([{ outcome: "left" }]);
    });

    test("a reader who leaves while waiting for the first word stops every model", async () => {
      const at = house({ main: [{ wait: 7_000 }, "one"], fast: [{ wait: 7_000 }, "two"] });
      const pieces = at.call(prompt, { route: "main" })[Symbol.asyncIterator]();
      const waiting = pieces.next();
      await vi.advanceTimersByTimeAsync(2_000);
      expect([at.main.running, at.fast.running]).toEqual([1, 1]);
      const left = pieces.return?.();
      expect(await waiting).toEqual({ done: true, value: undefined });
      expect(await left).toEqual({ done: true, value: undefined });
      expect(at.main).toMatchObject({ running: 0, aborted: 1 });
      expect(at.fast).toMatchObject({ running: 0, aborted: 1 });
      expect(at.breaker.state("main-8b")).toBe("closed");
    });

    test.each([0, 2_000])("an abort after %i ms passes untouched", async (after) => {
      const at = house({ main: [{ deaf: true }], fast: [{ deaf: true }] });
      const leaving = new AbortController();
      const reason = new Error("gone");
      setTimeout(() => leaving.abort(reason), after);
      const { error } = await ask(at, { route: "main", signal: leaving.signal });
      expect(error).toBe(reason);
      expect(at.main.aborted).toBe(1);
    });

    test("a signal that is aborted already asks nobody", async () => {
      const at = house();
      const { error } = await ask(at, { route: "main", signal: AbortSignal.abort() });
      expect(error).toHaveProperty("name", "AbortError");
      expect(at.main.asked).toEqual([]);
    });

    test("an answer that nobody reads asks nobody", async () => {
      const at = house();
      await at.call(prompt, { route: "main" })[Symbol.asyncIterator]().return?.();
      expect(at.main.asked).toEqual([]);
    });
  });

  describe("candidate", () => {
    test("answers its share of the chats in place of the main model", async () => {
      const at = house({ candidate: ["new ", "says"] });
      const said = await ask(at, { route: "main", chat: "telegram:7" });
      expect(said).toMatchObject({ text: "new says", arms: ["candidate"] });
      expect(at.main.asked).toEqual([]);
    });

    test("is not asked easy questions, nor by callers without a conversation", async () => {
      const at = house({ candidate: ["new"] });
      expect((await ask(at, { route: "fast", chat: "telegram:7" })).arms).toEqual(["fast"]);
      expect((await ask(at, { route: "main" })).arms).toEqual(["main"]);
      expect(at.candidate.asked).toEqual([]);
    });

    test("has the fast model behind it, and then the main one", async () => {
      const first = house({ candidate: [down()] });
      expect((await ask(first, { route: "main", chat: "c" })).arms).toEqual(["fast"]);
      const second = house({ candidate: [down()], fast: [down()] });
      expect((await ask(second, { route: "main", chat: "c" })).arms).toEqual(["main"]);
    });
  });
});
