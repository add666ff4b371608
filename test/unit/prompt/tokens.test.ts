import { describe, expect, test } from "vitest";
import { LANGS } from "../../../src/core/types.ts";
import { estimateTokens, tokenizerOf, TOKENS_OF_ENGLISH } from "../../../src/prompt/tokens.ts";
import { gistsIn, knowledge, tokenizer } from "../../fixtures/prompting.ts";

const count = await tokenizer();
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const tokensOf = new Map(LANGS.map((lang) => [lang, sum(gistsIn(lang).map((gist) => count(gist, lang)))]));

describe("the estimate without a tokenizer", () => {
  test.each(LANGS)("%s: the measured table holds", (lang) => {
    const tokens = tokensOf.get(lang) ?? 0;
    const estimated = sum(gistsIn(lang).map((gist) => estimateTokens(gist, lang)));
    expect(estimated / tokens).toBeGreaterThan(0.98);
    expect(estimated / tokens).toBeLessThan(1.05);
    expect(tokens / (tokensOf.get("en") ?? 0) / TOKENS_OF_ENGLISH[lang]).toBeCloseTo(1, 1);
  });

  test.each(LANGS)("%s: a paragraph is estimated within a fifth", (lang) => {
    const gists = gistsIn(lang);
    for (let at = 0; at + 20 <= gists.length; at += 20) {
      const text = gists.slice(at, at + 20).join(" ");
      const ratio = estimateTokens(text, lang) / count(text, lang);
      expect(ratio).toBeGreaterThan(0.8);
      expect(ratio).toBeLessThan(1.25);
    }
  });

  test("an English passage costs the same in a request of any language, and hardly less than it does", () => {
    for (const { text } of knowledge().slice(0, 40)) {
      const tokens = count(text, "en");
      for (const lang of ["hi", "th", "ar", "zh"] as const) {
        expect(estimateTokens(text, lang)).toBe(estimateTokens(text, "en"));
        expect(estimateTokens(text, lang) / tokens).toBeGreaterThan(0.95);
      }
    }
  });

  test("nothing is nothing", () => {
    expect(estimateTokens("", "en")).toBe(0);
    expect(count("", "en")).toBe(0);
  });
});

describe("the tokenizer", () => {
  test("is loaded at the first call, once", async () => {
    let loads = 0;
    const open = tokenizerOf(async () => {
      loads += 1;
      return (text) => text.length;
    });
    expect(loads).toBe(0);
    const [first, second] = await Promise.all([open(), open()]);
    expect(first).toBe(second);
    expect(loads).toBe(1);
  });

  test("is tried again after a failure", async () => {
    let fails = true;
    const open = tokenizerOf(async () => {
      if (fails) throw new Error("no memory");
      return () => 7;
    });
    await expect(open()).rejects.toThrow("no memory");
    fails = false;
    expect((await open())("x", "en")).toBe(7);
  });

  test("counts as Llama 3 does", () => {
    expect(count("Hello world", "en")).toBe(2);
    expect(count("मुर्गी", "hi")).toBeGreaterThan(3);
  });
});
