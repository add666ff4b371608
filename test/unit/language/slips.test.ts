import { describe, expect, test } from "vitest";
import { oneSlipApart } from "../../../src/language/slips.ts";
import { read } from "../../fixtures/understanding.ts";

const ids = (text: string): string[] =>
  read(text).items.flatMap((item) => (item.is === "concept" ? [item.id] : []));

test.each([
  ["oov", "ovo", true],
  ["pezo", "peso", true],
  ["eeg", "egg", true],
  ["peso", "peso", false],
  ["carne", "peso", false],
])("%s and %s: one slip apart %s", (typed, meant, is) => {
  expect(oneSlipApart(typed, meant)).toBe(is);
});

describe("a short word is read by the word beside it", () => {
  test.each([
    ["peso do oov hy-line brown 52 semanas", "egg"],
    ["लोहमैन ब्राउन 24वाँ हफ्ता अडे का वजन मानक", "egg"],
    ["gewicht van het eij, hyline w36, 40 wk", "egg"],
    ["مقنن العف اليومي سلالة اربورايكرز بلس إناث 42 يوم", "feed"],
  ])("%s", (text, id) => {
    expect(ids(text)).toContain(id);
  });

  test("away from such a word it stays unread", () => {
    expect(ids("oov hy-line brown 52 semanas")).not.toContain("egg");
  });
});
