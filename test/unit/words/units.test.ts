import { describe, expect, test } from "vitest";
import type { Unit } from "../../../src/core/types.ts";
import { comfortable, convert } from "../../../src/words/units.ts";

describe("convert", () => {
  test.each<[number, string, Unit, number]>([
    [1012, "g", "kg", 1.012],
    [1012, "g", "lb", 2.231],
    [1012, "g", "oz", 35.7],
    [2268, "g", "lb", 5.0],
    [16_055_000, "g", "t", 16.055],
    [738, "mg", "g", 0.738],
    [1.04, "kg", "g", 1040],
    [198.5, "ml", "l", 0.1985],
    [1_985_000, "ml", "gal", 524.382],
    [460, "kcal", "MJ", 1.925],
    [1.925, "MJ", "kcal", 460],
  ])("%d %s in %s", (amount, unit, asked, expected) => {
    const told = convert({ amount, unit, digits: 0 }, asked);
    expect(told.unit).toBe(asked);
    expect(Math.abs(told.amount / expected - 1)).toBeLessThan(0.003);
    // the digits that are shown are the amount's own
    expect(Number(told.amount.toFixed(told.digits))).toBe(told.amount);
  });

  test.each<[string, Unit | null]>([
    ["g", null],
    ["g", "g"],
    ["g", "l"],
    ["%", "kg"],
    ["eggs", "kg"],
    ["ml", "kcal"],
  ])("%s in %s stays as it is", (unit, asked) => {
    const from = { amount: 12.5, unit, digits: 1 };
    expect(convert(from, asked)).toEqual(from);
  });

  test("nothing that is there becomes nothing", () => {
    for (const [unit, asked] of [
      ["g", "t"],
      ["ml", "gal"],
    ] as const)
      expect(convert({ amount: 12, unit, digits: 0 }, asked).amount).toBeGreaterThan(0);
  });
});

test("comfortable: kilograms and litres from a thousand on", () => {
  expect(comfortable({ amount: 999, unit: "g", digits: 0 })).toMatchObject({ amount: 999, unit: "g" });
  expect(comfortable({ amount: 16_055_000, unit: "g", digits: 0 })).toMatchObject({
    amount: 16_055,
    unit: "kg",
  });
  expect(comfortable({ amount: 1_985_000, unit: "ml", digits: 1 })).toMatchObject({
    amount: 1985,
    unit: "l",
  });
  expect(comfortable({ amount: 330_500, unit: "eggs", digits: 1 })).toMatchObject({
    amount: 330_500,
    unit: "eggs",
  });
});
