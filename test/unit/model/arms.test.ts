import { describe, expect, test } from "vitest";
import { createArms, type Arms } from "../../../src/model/arms.ts";
import { difference, quantile, wilson } from "../../../src/model/intervals.ts";
import type { Arm, ModelCall } from "../../../src/model/run.ts";

const call = (over: Partial<ModelCall> = {}): ModelCall => ({
  model: "m",
  arm: "main",
  outcome: "ok",
  firstTokenMs: 200,
  totalMs: 1_000,
  promptTokens: 100,
  completionTokens: 20,
  ...over,
});
const rate = (arms: Arms, arm: Arm, up: number, down: number): void => {
  for (let take = 0; take < up; take += 1) arms.rated(arm, "up");
  for (let take = 0; take < down; take += 1) arms.rated(arm, "down");
};
const armOf = (arms: Arms, arm: Arm) => arms.report().arms.find((report) => report.arm === arm);

describe("intervals", () => {
  // published values: Wilson 1927 by Newcombe 1998a (81 of 263), Newcombe 1998b (56/70 and 48/80)
  test("Wilson's interval is the published one", () => {
    const { low, high } = wilson(81, 263) ?? { low: 0, high: 0 };
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
    expect(wilson(0, 0)).toBe(undefined);
    expect(wilson(20, 20)).toMatchObject({ value: 1, high: 1 });
  });

  test("Newcombe's interval of a difference is the published one", () => {
    const [a, b] = [wilson(56, 70), wilson(48, 80)];
    if (a === undefined || b === undefined) throw new Error("no interval");
    const { value, low, high } = difference(a, b);
    expect(value).toBeCloseTo(0.2, 10);
    expect(low).toBeCloseTo(0.0524, 4);
    expect(high).toBeCloseTo(0.3339, 4);
  });

  test("a quantile's interval holds the true one about 95 times in 100", () => {
    let seed = 1;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    for (const p of [0.5, 0.95]) {
      let held = 0;
      for (let take = 0; take < 1_000; take += 1) {
        const found = quantile(
          Array.from({ length: 200 }, () => random()),
          p,
        );
        if (found !== undefined && found.low <= p && p <= found.high) held += 1;
      }
      expect(held).toBeGreaterThan(930);
      expect(held).toBeLessThan(995);
    }
    expect(quantile([], 0.5)).toBe(undefined);
    expect(quantile([3], 0.95)).toEqual({ value: 3, low: 3, high: 3 });
  });
});

describe("figures of an arm", () => {
  test("calls, latencies, tokens and thumbs are counted by arm", () => {
    const arms = createArms();
    for (let nth = 1; nth <= 100; nth += 1) arms.record(call({ firstTokenMs: nth, totalMs: nth * 10 }));
    arms.record(call({ arm: "fast", model: "small" }));
    rate(arms, "main", 9, 1);
    const main = armOf(arms, "main");
    expect(main).toMatchObject({
      model: "m",
      calls: 100,
      outcomes: { ok: 100, failed: 0 },
      promptTokens: 10_000,
      completionTokens: 2_000,
    });
    expect(main?.firstTokenMs).toMatchObject({ p50: { value: 50 }, p95: { value: 95 } });
    expect(main?.totalMs).toMatchObject({ p50: { value: 500 }, p95: { value: 950 } });
    expect(main?.liked?.value).toBeCloseTo(0.9);
    expect(armOf(arms, "fast")).toMatchObject({
      model: "small",
      calls: 1,
      up: 0,
      liked: null,
      quality: null,
    });
  });

  test("what the reader gave up, and what was not needed, is in no figure", () => {
    const arms = createArms();
    arms.record(call({ outcome: "left" }));
    arms.record(call({ outcome: "spare", firstTokenMs: null, totalMs: 1 }));
    expect(armOf(arms, "main")).toMatchObject({
      calls: 0,
      outcomes: { left: 1, spare: 1 },
      promptTokens: 0,
      firstTokenMs: null,
    });
  });

  test("a call that was too late counts with the time that it had", () => {
    const arms = createArms();
    arms.record(call({ outcome: "lost", firstTokenMs: null, totalMs: 1_800 }));
    expect(armOf(arms, "main")).toMatchObject({
      calls: 1,
      outcomes: { lost: 1 },
      firstTokenMs: { p50: { value: 1_800 } },
    });
  });

  test("failures count, and their length is no latency of an answer", () => {
    const arms = createArms();
    arms.record(call({ outcome: "failed", firstTokenMs: null, totalMs: 3 }));
    arms.record(call({ outcome: "late", firstTokenMs: null, totalMs: 8_000 }));
    expect(armOf(arms, "main")).toMatchObject({
      calls: 2,
      outcomes: { failed: 1, late: 1 },
      totalMs: null,
      failing: { value: 1 },
    });
  });

  test("a changed mind replaces the first rating", () => {
    const arms = createArms();
    arms.rated("main", "up");
    arms.rated("main", "down", "up");
    expect(armOf(arms, "main")).toMatchObject({ up: 0, down: 1 });
  });

  test("only the newest latencies are kept, while the counts go on", () => {
    const arms = createArms({ window: 50 });
    for (let nth = 0; nth < 500; nth += 1) arms.record(call({ firstTokenMs: nth < 450 ? 9_999 : 100 }));
    const main = armOf(arms, "main");
    expect(main?.calls).toBe(500);
    expect(main?.firstTokenMs?.p95.high).toBe(100);
  });
});

describe("verdict on the candidate", () => {
  const trial = ({ up = 0, down = 0, fails = 0, first = 200 } = {}): Arms => {
    const arms = createArms();
    for (let nth = 0; nth < 300; nth += 1) {
      const outcome = nth < fails ? "failed" : "ok";
      arms.record(call({ firstTokenMs: 200 + (nth % 20) }));
      arms.record(call({ arm: "candidate", outcome, firstTokenMs: first + (nth % 20) }));
    }
    rate(arms, "main", 460, 40);
    rate(arms, "candidate", up, down);
    return arms;
  };

  test("there is none without a candidate", () => {
    const arms = createArms();
    arms.record(call());
    expect(arms.report().verdict).toBe(null);
  });

  test("surely above 90 % and no worse than the main model: roll out", () => {
    expect(trial({ up: 480, down: 20 }).report().verdict).toMatchObject({
      decision: "roll_out",
      reasons: ["quality_high_enough"],
    });
  });

  test("few ratings decide nothing, however good they are", () => {
    expect(trial({ up: 20 }).report().verdict).toMatchObject({
      decision: "undecided",
      reasons: ["too_few_ratings"],
    });
    expect(trial().report().verdict?.decision).toBe("undecided");
  });

  test.each([
    ["a low quality", { up: 400, down: 100 }, ["quality_too_low", "quality_worse_than_main"]],
    ["more failures", { up: 480, down: 20, fails: 30 }, ["fails_more_often"]],
    ["a later first word", { up: 480, down: 20, first: 400 }, ["slower_to_speak"]],
  ])("%s keeps the main model", (_what, figures, reasons) => {
    expect(trial(figures).report().verdict).toMatchObject({ decision: "keep_main", reasons });
  });

  /** A trial without thumbs: clean texts of 500 a model. */
  const judged = (main: number, candidate: number): Arms => {
    const arms = createArms();
    for (const { arm, clean } of [
      { arm: "main", clean: main },
      { arm: "candidate", clean: candidate },
    ] as const)
      for (let nth = 0; nth < 500; nth += 1) {
        arms.record(call({ arm }));
        arms.judged({ model: "m", arm, pieces: 5, passed: nth < clean ? 5 : 4, clean: nth < clean });
      }
    return arms;
  };

  test("without thumbs the share of texts of which nothing was held back decides", () => {
    expect(judged(485, 482).report().verdict).toMatchObject({ decision: "roll_out" });
    expect(judged(495, 460).report().verdict).toMatchObject({
      decision: "keep_main",
      reasons: ["quality_worse_than_main"],
      differences: { quality: { value: expect.closeTo(-0.07) as number }, liked: null },
    });
    expect(judged(400, 400).report().verdict).toMatchObject({ reasons: ["quality_too_low"] });
  });

  test("once both have thumbs, those decide: the guards alone are then not enough", () => {
    const arms = judged(485, 482);
    rate(arms, "main", 3, 0);
    rate(arms, "candidate", 3, 0);
    expect(arms.report().verdict).toMatchObject({ decision: "undecided", reasons: ["too_few_ratings"] });
  });

  test("a first word that is hardly later is no reason against it", () => {
    expect(trial({ up: 480, down: 20, first: 225 }).report().verdict?.decision).toBe("roll_out");
  });
});
