import { describe, expect, test } from "vitest";
import { fit, lowerBound, type Observation } from "../../../src/cache/curve.ts";
import { threshold } from "../../../src/cache/threshold.ts";

/** A small generator of its own: the same numbers every run. */
const random = (seed: number) => () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const PAIRS = ["en>fr", "en>de", "fr>en", "de>th", "th>en", "ar>fr"];
/** In this world an answer shared at a similarity is right with this chance. */
const truth = (score: number): number => 1 / (1 + Math.exp(-(score - 0.6) * 25));
const world = (count: number, next: () => number): Observation[] =>
  Array.from({ length: count }, () => {
    const score = next();
    return { score, right: next() < truth(score), weight: 1 };
  });

describe("the curve of being right against similarity", () => {
  test("follows what was seen, and its lower bound stays below it", () => {
    const curve = fit(world(4000, random(1)), undefined);
    for (const score of [0.5, 0.6, 0.7, 0.8]) {
      expect(lowerBound(curve, score)).toBeLessThan(truth(score) + 0.02);
      expect(lowerBound(curve, score)).toBeGreaterThan(truth(score) - 0.12);
    }
  });
  test("stays finite where right and wrong are parted cleanly", () => {
    const clean = world(200, random(2)).map((one) => ({ ...one, right: one.score > 0.6 }));
    const { at, slope } = fit(clean, undefined);
    expect(Number.isFinite(at)).toBe(true);
    expect(slope).toBeLessThan(1000);
  });
});

describe("the rule of serving", () => {
  test.each([0.005, 0.01, 0.02])(
    "keeps wrong answers under %d of all requests in 95 of 100 worlds",
    (bound) => {
      let kept = 0;
      for (let seed = 1; seed <= 100; seed += 1) {
        const next = random(seed);
        const rule = threshold(bound, Object.fromEntries(PAIRS.map((pair) => [pair, world(150, next)])));
        let wrong = 0;
        const requests = 20_000;
        for (let at = 0; at < requests; at += 1) {
          const score = next();
          // the chance of being wrong, not the luck of one draw
          const pair = PAIRS[at % PAIRS.length] ?? "";
          if (rule.decide(pair, "water", score, next()).serve) wrong += 1 - truth(score);
        }
        if (wrong / requests <= bound) kept += 1;
      }
      expect(kept).toBeGreaterThanOrEqual(95);
    },
  );

  test("serves nothing on similarity before there is anything to go by", () => {
    expect(threshold(0.01, {}).decide("en>fr", "water", 1, 0.99)).toMatchObject({ serve: false, why: "few" });
  });
  test("answers one in a hundred anew, however sure", () => {
    const rule = threshold(0.01, { "en>fr": world(2000, random(3)) });
    expect(rule.decide("en>fr", "water", 1, 0.5).serve).toBe(true);
    expect(rule.decide("en>fr", "water", 1, 0.005)).toMatchObject({ serve: false, why: "audit" });
  });
  test("turns a topic off when its answers prove wrong, and no other", () => {
    const rule = threshold(0.01, { "en>fr": world(2000, random(4)) });
    for (let at = 0; at < 10; at += 1) rule.judged("water", at > 2);
    expect(rule.decide("en>fr", "water", 1, 0.5)).toMatchObject({ serve: false, why: "off" });
    expect(rule.decide("en>fr", "lighting", 1, 0.5).serve).toBe(true);
    expect(rule.off()).toEqual(["water"]);
  });
  test("learns from wrong answers of a pair of languages", () => {
    const rule = threshold(0.01, { "en>fr": world(500, random(5)), "en>de": world(500, random(6)) });
    expect(rule.decide("en>fr", "water", 0.95, 0.5).serve).toBe(true);
    for (let at = 0; at < 60; at += 1) rule.learn("en>fr", { score: 0.95, right: false, weight: 1 });
    expect(rule.decide("en>fr", "water", 0.95, 0.5).serve).toBe(false);
    expect(rule.decide("en>de", "water", 0.95, 0.5).serve).toBe(true);
  });
});
