import { describe, expect, test } from "vitest";
import { openEntry, sealEntry, type Entry } from "../../../src/cache/entry.ts";
import { agesOf, isFresh } from "../../../src/cache/freshness.ts";
import { exactText } from "../../../src/cache/keys.ts";

const entry: Entry = {
  id: "e_1",
  scope: "s",
  passages: [{ id: "litter.wet", version: "v1" }],
  evidence: [],
  prose: {},
  model: null,
  rules: [],
  class: "management",
  created: 0,
  soft: 10,
  hard: 20,
  downs: [],
  lang: "en",
};

describe("a stored entry", () => {
  test("opens as it was sealed", () => {
    expect(openEntry(sealEntry(entry, "key"), "key")).toEqual(entry);
  });
  test.each([
    ["changed", (stored: string) => stored.replace("litter.wet", "litter.dry")],
    ["unsigned", (stored: string) => stored.slice(stored.indexOf(".") + 1)],
    ["cut off", (stored: string) => stored.slice(0, -5)],
    ["empty", () => ""],
  ])("does not open when it is %s", (_, change) => {
    expect(openEntry(change(sealEntry(entry, "key")), "key")).toBeUndefined();
  });
  test("does not open with another key", () => {
    expect(openEntry(sealEntry(entry, "key"), "other")).toBeUndefined();
  });
});

describe("freshness", () => {
  test("ends with its hard age", () => {
    expect(isFresh(entry, 19, () => "v1")).toBe(true);
    expect(isFresh(entry, 20, () => "v1")).toBe(false);
  });
  test("ends when a source has another version, or is gone", () => {
    expect(isFresh(entry, 1, () => "v2")).toBe(false);
    expect(isFresh(entry, 1, () => undefined)).toBe(false);
  });
  test("CACHE_TTL_MS bounds every class, with a tenth of jitter either way", () => {
    for (const random of [0, 0.5, 1]) {
      const { soft, hard } = agesOf("disease", 0, random, 1000);
      expect(hard).toBeGreaterThanOrEqual(900);
      expect(hard).toBeLessThanOrEqual(1100);
      expect(soft).toBeLessThanOrEqual(hard);
    }
  });
});

describe("the text of the exact tier", () => {
  test.each([
    ["  How much WATER? ", "how much water"],
    ["湿度は６０％？", "湿度は60%"],
    ["٢١ يوم؟", "21 يوم"],
    ["a ,b", "a, b"],
  ])("%j is %j", (text, same) => {
    expect(exactText(text)).toBe(same);
  });
  test("numbers, negation and order stay", () => {
    for (const [a, b] of [
      ["ross 21", "ross 12"],
      ["is it not wet", "is it wet"],
      ["from 20 to 30", "from 30 to 20"],
      ["-5 °C", "5 °C"],
    ] as const)
      expect(exactText(a)).not.toBe(exactText(b));
  });
});
