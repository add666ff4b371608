import { expect, test } from "vitest";
import { type Breaker, circuitBreaker } from "../../../src/model/breaker.ts";
import { fakeClock } from "../../fixtures/fake-clock.ts";

const options = { failures: 3, openMs: 1_000, maxOpenMs: 5_000, trialMs: 10_000 };
const at = () => {
  const clock = fakeClock();
  return { clock, breaker: circuitBreaker(clock, options) };
};
const fail = (breaker: Breaker, times: number, retryAfterMs?: number): void => {
  for (let take = 0; take < times; take += 1) breaker.enter("m")?.failed(retryAfterMs);
};

test("opens after so many failures in a row, and a success starts the count anew", () => {
  const { breaker } = at();
  fail(breaker, 2);
  breaker.enter("m")?.succeeded();
  fail(breaker, 2);
  expect(breaker.state("m")).toBe("closed");
  fail(breaker, 1);
  expect(breaker.state("m")).toBe("open");
  expect(breaker.enter("m")).toBe(undefined);
  expect(breaker.waitMs("m")).toBe(1_000);
});

test("one model's failures are not another's", () => {
  const { breaker } = at();
  fail(breaker, 3);
  expect(breaker.enter("other")).toBeDefined();
  expect(breaker.state("other")).toBe("closed");
});

test("half-open lets one trial through at a time, and a good one closes it", () => {
  const { breaker, clock } = at();
  fail(breaker, 3);
  clock.pass(1_000);
  expect(breaker.state("m")).toBe("half-open");
  const trial = breaker.enter("m");
  expect(trial).toBeDefined();
  expect(breaker.enter("m")).toBe(undefined);
  trial?.succeeded();
  expect(breaker.state("m")).toBe("closed");
  fail(breaker, 2);
  expect(breaker.state("m"), "the old failures are forgotten").toBe("closed");
});

test("a failed trial opens it for longer, up to a bound; closing starts anew", () => {
  const { breaker, clock } = at();
  fail(breaker, 3);
  const waits = [2_000, 4_000, 5_000, 5_000].map((expected) => {
    clock.pass(breaker.waitMs("m"));
    fail(breaker, 1);
    return [breaker.waitMs("m"), expected];
  });
  for (const [wait, expected] of waits) expect(wait).toBe(expected);
  clock.pass(5_000);
  breaker.enter("m")?.succeeded();
  fail(breaker, 3);
  expect(breaker.waitMs("m")).toBe(1_000);
});

test("a time that the server names opens it at once, for that time and no longer than the bound", () => {
  const { breaker, clock } = at();
  fail(breaker, 1, 300);
  expect(breaker.waitMs("m")).toBe(300);
  clock.pass(300);
  fail(breaker, 1, 600_000);
  expect(breaker.waitMs("m")).toBe(5_000);
});

test("a trial that was given up makes room for the next", () => {
  const { breaker, clock } = at();
  fail(breaker, 3);
  clock.pass(1_000);
  breaker.enter("m")?.released();
  expect(breaker.state("m")).toBe("half-open");
  expect(breaker.enter("m")).toBeDefined();
});

test("a trial that is never settled does not keep it shut for ever", () => {
  const { breaker, clock } = at();
  fail(breaker, 3);
  clock.pass(1_000);
  breaker.enter("m");
  expect(breaker.waitMs("m")).toBe(10_000);
  clock.pass(10_000);
  expect(breaker.enter("m")).toBeDefined();
});

test("calls that began before it opened change nothing when they end", () => {
  const { breaker, clock } = at();
  const early = [breaker.enter("m"), breaker.enter("m")];
  fail(breaker, 3);
  early[0]?.succeeded();
  expect(breaker.state("m")).toBe("open");
  clock.pass(500);
  early[1]?.failed(4_000);
  expect(breaker.waitMs("m")).toBe(500);
});

test("a pass counts once", () => {
  const { breaker } = at();
  const pass = breaker.enter("m");
  for (let take = 0; take < 5; take += 1) pass?.failed();
  expect(breaker.state("m")).toBe("closed");
});

test("a released call is neither a success nor a failure", () => {
  const { breaker } = at();
  fail(breaker, 2);
  breaker.enter("m")?.released();
  expect(breaker.state("m")).toBe("closed");
  fail(breaker, 1);
  expect(breaker.state("m")).toBe("open");
});
