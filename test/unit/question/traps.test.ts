import { describe, expect, test } from "vitest";
import { frameOf } from "../../fixtures/understanding.ts";

describe("halves after a space", () => {
  test.each([
    ["Ross 308 at 5 ½ weeks weight", 38.5],
    ["weight of Cobb 500 at 3 1/2 weeks", 24.5],
    ["peso Cobb 500 a las 4 1/2 semanas", 31.5],
  ])("%s", (text, days) => {
    expect(frameOf(text)).toMatchObject({ metric: "body_weight", age_days: days });
  });
});

describe("a date is neither an age nor a number of birds", () => {
  test.each([
    "My birds hatched on November 3, 2026, what should Ross 308 weigh today?",
    "Ross 308 placed on 21.11.2026, what should they weigh?",
  ])("%s", (text) => {
    const frame = frameOf(text);
    expect(frame?.birds).toBe(undefined);
    expect(frame?.age_days ?? null).toBe(null);
  });
});

test.each(["Ross 308 weight at 28 days, not for males", "Ross 308 Gewicht Tag 28, nicht Hähne"])(
  "the sex that is denied is not the one asked for: %s",
  (text) => {
    expect(frameOf(text)).toMatchObject({ sex: "female", age_days: 28 });
  },
);

test("water of a week is not that of a day", () => {
  expect(frameOf("total water for 1000 Hy-Line Brown at 30 weeks per week")?.metric).toBe("weekly_water");
});

test("the time from one weight to another is no row of a table", () => {
  expect(frameOf("how long from 1 kg to 2 kg Ross 308")).toBe(null);
});
