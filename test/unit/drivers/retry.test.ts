import { expect, test } from "vitest";
import { FlockError } from "../../../src/core/errors.ts";
import { retrying } from "../../../src/drivers/retry.ts";
import { fakeClock } from "../../fixtures/fake-clock.ts";

const policy = { tries: 5, baseMs: 100, maxWaitMs: 1_000, deadlineMs: 10_000 };
const passing = (retryAfterMs = 0): FlockError => new FlockError("model", "busy", { retryAfterMs });

/** Runs an attempt that fails with each of `failures` in turn and then succeeds; time is the waits alone. */
const attempt = async (failures: readonly unknown[], over: Partial<typeof policy> = {}, random = 0) => {
  const clock = fakeClock();
  const waits: number[] = [];
  let tries = 0;
  const result = await retrying(
    () => {
      const failure = failures[tries];
      tries += 1;
      return failure === undefined ? Promise.resolve("done") : Promise.reject(failure as Error);
    },
    { ...policy, ...over },
    {
      clock,
      random: () => random,
      wait: (ms) => {
        waits.push(ms);
        clock.pass(ms);
        return Promise.resolve();
      },
    },
  ).catch((error: unknown) => error);
  return { result, tries, waits };
};

test("waits double from their base to their bound", async () => {
  const failures = Array.from({ length: 6 }, () => passing());
  const { waits, result } = await attempt(failures, { tries: 7 });
  expect(waits).toEqual([50, 100, 200, 400, 500, 500]);
  expect(result).toBe("done");
});

test("chance spreads a wait over its upper half", async () => {
  expect((await attempt([passing()], {}, 0)).waits).toEqual([50]);
  expect((await attempt([passing()], {}, 0.5)).waits).toEqual([75]);
  expect((await attempt([passing()], {}, 1)).waits).toEqual([100]);
});

test("the time that a server names is kept to, also beyond the bound of a wait", async () => {
  expect((await attempt([passing(3_000)])).waits).toEqual([3_000]);
  expect((await attempt([passing(1)])).waits).toEqual([50]);
});

test("a time that is too long to wait for fails at once", async () => {
  const error = passing(10_001);
  expect(await attempt([error])).toEqual({ result: error, tries: 1, waits: [] });
});

test("it gives up after so many tries with the last failure", async () => {
  const failures = Array.from({ length: 9 }, () => passing());
  const { result, tries } = await attempt(failures);
  expect(tries).toBe(5);
  expect(result).toBe(failures[4]);
});

test("it gives up at the deadline, however many tries are left", async () => {
  const failures = Array.from({ length: 99 }, () => passing(900));
  const { tries, waits } = await attempt(failures, { tries: 99 });
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(10_000);
  expect(tries).toBe(12);
});

test.each([
  ["a failure that will not pass", new FlockError("model", "no such model")],
  ["an error of another kind", new TypeError("a bug")],
  ["an abort", new DOMException("gone", "AbortError")],
])("%s is not tried again", async (_what, error) => {
  expect(await attempt([error])).toEqual({ result: error, tries: 1, waits: [] });
});

test("an abort ends the wait", async () => {
  const leaving = new AbortController();
  const reading = retrying(
    () => Promise.reject(passing(60_000)),
    { ...policy, deadlineMs: 100_000 },
    {
      clock: fakeClock(),
      signal: leaving.signal,
    },
  );
  leaving.abort();
  await expect(reading).rejects.toBeDefined();
});
