import { describe, expect, test } from "vitest";
import { modelsReport } from "../../../src/answer/models-report.ts";
import type { House, ModelsSoFar } from "../../../src/answer/house.ts";
import type { Understood } from "../../../src/answer/understand.ts";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { createArms } from "../../../src/model/arms.ts";
import type { Arm, Outcome } from "../../../src/model/run.ts";
import { phrasebook } from "../../../src/words/i18n.ts";
import { renderer } from "../../../src/words/render.ts";
import { ROOT } from "../../fixtures/prompting.ts";

const book = phrasebook(`${ROOT}locales`);
const render = renderer(book, (concept) => concept);

const PRICES = new Map([["main-model", { input: 0.5, output: 2 }]]);

const soFar = ({ share = 0.1 as number | null, calls = 40, told = true } = {}): ModelsSoFar => {
  const arms = createArms({ models: { main: "main-model", fast: "fast-model", candidate: "new-model" } });
  const call = (arm: Arm, outcome: Outcome): void =>
    arms.record({
      model: `${arm === "candidate" ? "new" : arm}-model`,
      arm,
      outcome,
      firstTokenMs: outcome === "ok" ? 210 : null,
      totalMs: 1_900,
      promptTokens: outcome === "ok" && told ? 1_000 : null,
      completionTokens: outcome === "ok" && told ? 100 : null,
    });
  for (let nth = 0; nth < calls; nth += 1) {
    for (const arm of ["main", "candidate"] as const) {
      call(arm, nth % 10 === 9 ? "failed" : "ok");
      arms.judged({
        model: `${arm === "main" ? "main" : "new"}-model`,
        arm,
        pieces: 5,
        passed: 5,
        clean: true,
      });
    }
  }
  call("main", "left");
  return { ...arms.report(), share, prices: PRICES };
};
const told = (models: ModelsSoFar | undefined, lang: Lang = "en"): string => {
  const house = { models: models && (() => models) } as House;
  const reply = modelsReport({ text: " /AB " } as Understood, house);
  return reply ? render.markdown(reply.blocks, [], lang).join("\n\n") : "";
};
const row = (text: string, name: string): string[] =>
  (text.split("\n").find((line) => line.startsWith(`| ${name} |`)) ?? "")
    .split("|")
    .map((cell) => cell.trim());

describe("/ab", () => {
  test("any other question is not its", () => {
    const house = { models: undefined } as unknown as House;
    expect(modelsReport({ text: "/abc" } as Understood, house)).toBe(undefined);
  });

  test("tells outcomes, quality, latency, tokens and cost of each arm, and the verdict with its intervals", () => {
    const text = told(soFar());
    expect(row(text, "model")).toEqual(["", "model", "main-model", "fast-model", "new-model", ""]);
    expect(row(text, "answered to the end").slice(2, 5)).toEqual(["36", "0", "36"]);
    expect(row(text, "failed").slice(2, 5)).toEqual(["4", "0", "4"]);
    expect(row(text, "reader left").slice(2, 5)).toEqual(["1", "0", "0"]);
    expect(text).not.toContain("timed out");
    expect(row(text, "answers with nothing held back")[2]).toMatch(/^100\.0\u00a0% \[9\d\.\d\u00a0%; 100/);
    expect(row(text, "pieces let through")[2]).toBe("200 / 200");
    expect(row(text, "first word, median")[2]).toBe("210\u00a0ms [210\u00a0ms; 210\u00a0ms]");
    expect(row(text, "prompt tokens").slice(2, 5)).toEqual(["36,000", "0", "36,000"]);
    expect(text).toContain("On trial: new-model in place of main-model, in 10\u00a0% of the chats.");
    expect(text).toContain("**Verdict: undecided.**");
    expect(text).toMatch(/Answers with nothing held back: 0\.0 \[-\d+\.\d; \d+\.\d\]/);
  });

  test("a cost needs a price and every count of tokens; else it is not known", () => {
    // 36 answers of 1,000 tokens at 0.5 and of 100 tokens at 2 USD a million
    expect(row(told(soFar()), "cost in USD").slice(2, 5)).toEqual(["0.0252", "not known", "not known"]);
    expect(row(told(soFar({ told: false })), "cost in USD")[2]).toBe("not known");
  });

  test("without a candidate it says that no trial is on, and gives no verdict", () => {
    const text = told(soFar({ share: null }));
    expect(text).toContain("No trial is on");
    expect(text).not.toMatch(/Verdict|new-model/);
  });

  test("a candidate that nobody asked has no verdict", () => {
    expect(told(soFar({ calls: 0 }))).toContain("has not been asked yet");
  });

  test.each(LANGS)("%s: without a model one sentence; with one every word is of the language", (lang) => {
    const none = told(undefined, lang);
    expect(none.split("\n")).toHaveLength(1);
    expect(none.replace(/[\u2066-\u2069]/g, "")).toContain("HF_TOKEN");
    const text = told(soFar(), lang);
    // a key that has no message would be told as it is
    expect(text).not.toMatch(/ab\.[a-z]|\{\{/);
    expect(text).toContain("new-model");
    if (lang !== "en")
      for (const english of ["answered", "held back", "of calls"]) expect(text).not.toContain(english);
  });
});
