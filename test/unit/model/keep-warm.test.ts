import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FlockError } from "../../../src/core/errors.ts";
import { circuitBreaker } from "../../../src/model/breaker.ts";
import { keepWarm } from "../../../src/model/keep-warm.ts";
import { realClock } from "../../fixtures/door.ts";
import { type Act, scripted } from "../../fixtures/models.ts";

const MINUTE = 60_000;
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount(), "a timer was left behind").toBe(0);
  vi.useRealTimers();
});

const warm = (acts: readonly Act[] = ["ok"], everyMs = 5 * MINUTE) => {
  const model = scripted("m", () => acts);
  const breaker = circuitBreaker(realClock, { failures: 1, openMs: MINUTE });
  return { model, breaker, keeper: keepWarm({ models: [model, model], everyMs, breaker, clock: realClock }) };
};

test("an idle model is asked for one token, again and again", async () => {
  const { model, keeper } = warm();
  await vi.advanceTimersByTimeAsync(5 * MINUTE - 1);
  expect(model.asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(10 * MINUTE + 100);
  expect(model.asked).toHaveLength(3);
  expect(model.asked.every(({ maxTokens }) => maxTokens === 1)).toBe(true);
  await keeper.stop();
});

test("a model in use is not asked", async () => {
  const { model, keeper } = warm();
  for (let minute = 0; minute < 20; minute += 1) {
    keeper.used("m");
    await vi.advanceTimersByTimeAsync(MINUTE);
  }
  expect(model.asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(4 * MINUTE + 10);
  expect(model.asked).toHaveLength(1);
  await keeper.stop();
});

test("after the stop nothing is asked, and a ping under way is given up", async () => {
  const { model, keeper, breaker } = warm([{ wait: 30_000 }, "ok"]);
  await vi.advanceTimersByTimeAsync(5 * MINUTE + 10);
  expect(model.running).toBe(1);
  await keeper.stop();
  await vi.advanceTimersByTimeAsync(0);
  expect(model).toMatchObject({ running: 0, aborted: 1 });
  expect(breaker.state("m")).toBe("closed");
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(model.asked).toHaveLength(1);
});

test("a model that never answers does not hold up the stop, nor the next ping", async () => {
  const { model, keeper } = warm([{ deaf: true }]);
  await vi.advanceTimersByTimeAsync(13 * MINUTE);
  expect(model.asked).toHaveLength(2);
  await keeper.stop();
});

test("the breaker hears of a failure, and a model that is left alone is not asked", async () => {
  const { model, keeper, breaker } = warm(
    [{ fail: new FlockError("model", "down", { retryAfterMs: 1 }) }],
    1_000,
  );
  await vi.advanceTimersByTimeAsync(1_100);
  expect(model.asked).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(500);
  expect(breaker.state("m")).toBe("half-open");
  await keeper.stop();
});

test("a ping that is answered closes the breaker", async () => {
  const { keeper, breaker } = warm();
  breaker.enter("m")?.failed();
  expect(breaker.state("m")).toBe("open");
  await vi.advanceTimersByTimeAsync(5 * MINUTE + 10);
  expect(breaker.state("m")).toBe("closed");
  await keeper.stop();
});

test("0 is off", async () => {
  const { model, keeper } = warm(["ok"], 0);
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(model.asked).toHaveLength(0);
  await keeper.stop();
});
