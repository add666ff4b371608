import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { formatNumber, isolate, isRightToLeft } from "../../../src/words/numbers.ts";
import { sharedEngine } from "../../fixtures/asking.ts";
import { json } from "../../repo/tree.ts";

const engine = sharedEngine();

/** 12345.6, 1012 and 0.25 as each language writes them. */
const written: Record<Lang, [string, string, string]> = {
  ar: ["12,345.6", "1,012", "0.25"],
  de: ["12.345,6", "1.012", "0,25"],
  en: ["12,345.6", "1,012", "0.25"],
  es: ["12.345,6", "1012", "0,25"],
  fr: ["12\u202f345,6", "1\u202f012", "0,25"],
  hi: ["12,345.6", "1,012", "0.25"],
  id: ["12.345,6", "1.012", "0,25"],
  it: ["12.345,6", "1012", "0,25"],
  ja: ["12,345.6", "1,012", "0.25"],
  nl: ["12.345,6", "1.012", "0,25"],
  pl: ["12\u00a0345,6", "1012", "0,25"],
  pt: ["12.345,6", "1.012", "0,25"],
  th: ["12,345.6", "1,012", "0.25"],
  tr: ["12.345,6", "1.012", "0,25"],
  vi: ["12.345,6", "1.012", "0,25"],
  zh: ["12,345.6", "1,012", "0.25"],
};

test.each(LANGS)("%s writes numbers its own way", (lang) => {
  const [thousands, grams, share] = written[lang];
  expect(formatNumber(12_345.6, 1, lang)).toBe(thousands);
  expect(formatNumber(1012, 0, lang)).toBe(grams);
  expect(formatNumber(0.25, 2, lang)).toBe(share);
});

test("Hindi groups a hundred thousand as a lakh", () => {
  expect(formatNumber(1_234_567, 0, "hi")).toBe("12,34,567");
});

test.each(LANGS)("%s keeps the digits that are printed, and 0 to 9 for digits", (lang) => {
  expect(formatNumber(1.39, 3, lang).replace(",", ".")).toBe("1.390");
  expect(formatNumber(74, 2, lang).replace(",", ".")).toBe("74.00");
  expect(formatNumber(1_234_567.89, 2, lang)).toMatch(/^[0-9.,\u00a0\u202f]+$/);
});

const examples = (lang: Lang): string[] => {
  const { examples: found } = json(`locales/${lang}/answers.json`) as { examples: string[] };
  return found;
};

test.each(LANGS)(
  "an answer in %s tells the table's number in that format, sign and number on one line",
  async (lang) => {
    const { text } = await engine.ask(examples(lang)[0] ?? "");
    expect(text).toContain(`${written[lang][1]}\u00a0g`);
  },
);

describe("isolation", () => {
  test("only Arabic runs from right to left", () => {
    expect(LANGS.filter(isRightToLeft)).toEqual(["ar"]);
    expect(isolate("Ross 308", "ar")).toBe("\u2068Ross 308\u2069");
    for (const lang of LANGS.filter((one) => one !== "ar"))
      expect(isolate("Ross 308", lang)).toBe("Ross 308");
  });
});
