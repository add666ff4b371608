import { describe, expect, test } from "vitest";
import { LANGS } from "../../../src/core/types.ts";
import { sharedEngine } from "../../fixtures/asking.ts";
import { incomplete } from "../../fixtures/incomplete.ts";

const engine = sharedEngine();

const LACKS = ["the age of a broiler", "the age of a layer", "the line", "the metric"] as const;
const cases = LANGS.flatMap((lang) =>
  LACKS.map((lack, index) => [lang, lack, incomplete[lang][index] ?? ""] as const),
);
/** Thai asks without a question mark. */
const questions = (text: string): number => (text.match(/[?？؟]/g) ?? []).length;

describe("an incomplete question is asked back", () => {
  test.each(cases)("%s, %s: %s", async (lang, lack, text) => {
    const answer = await engine.ask(text);
    expect({ via: answer.via, lang: answer.lang }).toEqual({ via: "clarify", lang });
    expect(answer.suggestions.length).toBeGreaterThanOrEqual(2);
    expect(new Set(answer.suggestions).size).toBe(answer.suggestions.length);
    // one question, and only about what is missing
    if (lang !== "th") expect(questions(answer.text)).toBe(1);
    expect(answer.frame).not.toBe(null);
    if (lack !== "the metric") {
      // at once what can be given: a small table with its sources
      expect(answer.values.length).toBeGreaterThanOrEqual(2);
      expect(answer.values.every((value) => answer.sources[value.source] !== undefined)).toBe(true);
      expect(answer.text).toContain("| --- |");
    }
  });
});

describe("each quick reply completes the question when it is sent back", () => {
  test.each(cases)("%s, %s: %s", async (lang, _lack, text) => {
    const first = await engine.ask(text);
    const failed: string[] = [];
    for (const reply of first.suggestions) {
      const chat = `${text} ${reply}`;
      await engine.ask(text, { chat });
      const remembered = await engine.ask(reply, { chat });
      const history = [{ role: "user", text } as const, { role: "assistant", text: first.text } as const];
      const stateless = await engine.ask(reply, { history });
      if (remembered.via !== "standard" || remembered.lang !== lang)
        failed.push(`${reply}: ${remembered.via} ${remembered.lang} ${JSON.stringify(remembered.frame)}`);
      expect({ frame: stateless.frame, via: stateless.via }).toEqual({
        frame: remembered.frame,
        via: remembered.via,
      });
    }
    expect(failed).toEqual([]);
  });
});

describe("what is asked for next to a complete answer completes too", () => {
  test.each(LANGS)("%s", async (lang) => {
    const whole = `${incomplete[lang][0]}`;
    const chat = `next ${lang}`;
    await engine.ask(whole, { chat });
    const answer = await engine.ask("21", { chat, lang });
    expect(answer.frame).toMatchObject({ line: "ross_308", metric: "body_weight", age_days: 21 });
    expect(answer.suggestions.length).toBeGreaterThanOrEqual(2);
    for (const reply of answer.suggestions) {
      const own = `${chat} ${reply}`;
      await engine.ask(whole, { chat: own });
      await engine.ask("21", { chat: own, lang });
      const next = await engine.ask(reply, { chat: own });
      expect([reply, next.via, next.lang]).toEqual([reply, "standard", lang]);
      expect(next.frame).not.toEqual(answer.frame);
    }
  });
});

describe("an ellipsis without its question is asked back, and never borrows", () => {
  test.each([
    ["and at 28 days?"],
    ["et pour les femelles ?"],
    ["in pounds?"],
    ["28"],
    ["那母鸡呢？"],
    ["وفي عمر 28 يوم؟"],
  ])("%s", async (text) => {
    await engine.ask("weight of Ross 308 at 21 days", { chat: "somebody" });
    const answer = await engine.ask(text, { chat: `nobody ${text}` });
    expect({ via: answer.via, values: answer.values }).toEqual({ via: "clarify", values: [] });
    expect(answer.frame?.line ?? null).toBe(null);
  });
});

test("with no words at all it asks for a question", async () => {
  for (const text of ["???", "👍🐔", "…", "-- !!"]) {
    const answer = await engine.ask(text);
    expect({ via: answer.via, frame: answer.frame, values: answer.values }).toEqual({
      via: "clarify",
      frame: null,
      values: [],
    });
    expect(answer.text.length).toBeGreaterThan(10);
  }
});
