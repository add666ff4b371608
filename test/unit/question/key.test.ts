import {
  assert,
  constantFrom,
  dictionary,
  integer,
  oneof,
  property,
  shuffledSubarray,
  string,
} from "fast-check";
import { describe, expect, test } from "vitest";
import type { Frame } from "../../../src/core/types.ts";
import { keyOf } from "../../../src/question/key.ts";
import { nearMisses, templates } from "../../fixtures/dev-sets.ts";
import { frameOf } from "../../fixtures/understanding.ts";

const FRAME: Frame = { line: "ross_308", metric: "body_weight", age_days: 35, sex: "as_hatched", unit: null };
const asFrame = (slots: object): Frame => slots as Frame;

test("the order of the slots does not matter", () => {
  const entries = Object.entries(FRAME);
  assert(
    property(shuffledSubarray(entries, { minLength: entries.length }), (mixed) => {
      return keyOf(asFrame(Object.fromEntries(mixed))) === keyOf(FRAME);
    }),
  );
});

describe("a frame that differs has another key", () => {
  const others: [string, Frame][] = [
    ["line", { ...FRAME, line: "ross_708" }],
    ["no line", { ...FRAME, line: null }],
    ["metric", { ...FRAME, metric: "cum_feed" }],
    ["age", { ...FRAME, age_days: 36 }],
    ["no age", { ...FRAME, age_days: null }],
    ["sex", { ...FRAME, sex: "male" }],
    ["unit", { ...FRAME, unit: "kg" }],
    ["end of a span", { ...FRAME, to_age: 42 }],
    ["housing", { ...FRAME, housing: "cage" }],
    ["phase", { ...FRAME, phase: "starter" }],
    ["market", { ...FRAME, market: "small_birds" }],
    ["live weight", { ...FRAME, live_weight_g: 2000 }],
    ["birds", { ...FRAME, birds: 5000 }],
    ["target", { ...FRAME, target: 2000 }],
    ["second line", { ...FRAME, versus: "cobb_500" }],
    ["what else it is about", { ...FRAME, about: ["summer"] }],
  ];

  test.each(others)("by its %s", (_, frame) => {
    expect(keyOf(frame)).not.toBe(keyOf(FRAME));
  });

  test("and all of them differ from one another", () => {
    expect(new Set(others.map(([, frame]) => keyOf(frame))).size).toBe(others.length);
  });

  test("weeks are not days, and a number is not its spelling", () => {
    const { age_days: _, ...rest } = FRAME;
    expect(keyOf({ ...rest, age_weeks: 35 })).not.toBe(keyOf(FRAME));
    expect(keyOf(asFrame({ ...FRAME, age_days: "35" }))).not.toBe(keyOf(FRAME));
    expect(keyOf(asFrame({ ...FRAME, unit: "null" }))).not.toBe(keyOf(FRAME));
  });

  test("whatever signs its values hold", () => {
    const values = oneof(
      string({ unit: constantFrom("a", "=", "&", '"', "\\", ",") }),
      integer(),
      constantFrom(null),
    );
    const slots = dictionary(constantFrom("a", "b", "a=1&b"), values, { maxKeys: 3 });
    const sorted = (frame: object): string =>
      JSON.stringify(Object.entries(frame).sort(([a], [b]) => (a < b ? -1 : 1)));
    assert(
      property(slots, slots, (one, two) => {
        return (keyOf(asFrame(one)) === keyOf(asFrame(two))) === (sorted(one) === sorted(two));
      }),
    );
  });
});

test("an absent slot and an undefined one are the same question", () => {
  expect(keyOf(asFrame({ ...FRAME, housing: undefined }))).toBe(keyOf(FRAME));
});

test("one question has one key in 16 languages", () => {
  const byFrame = new Map<string, Set<string>>();
  for (const { text, frame } of templates) {
    const key = keyOf(frame);
    byFrame.set(key, (byFrame.get(key) ?? new Set()).add(keyOf(frameOf(text) ?? asFrame({}))));
  }
  expect([...byFrame].filter(([key, got]) => got.size !== 1 || !got.has(key))).toEqual([]);
});

test("near misses never share a key", () => {
  const shared = nearMisses.filter(({ a, b }) => {
    const [one, two] = [frameOf(a), frameOf(b)];
    return one !== null && two !== null && keyOf(one) === keyOf(two);
  });
  expect(shared).toEqual([]);
});
