import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { stands } from "../../../src/cli/eval/facts.ts";
import { Golden } from "../../../src/cli/eval/golden.ts";
import { fold, wordsOf } from "../../../src/cli/eval/words.ts";
import { LANGS } from "../../../src/core/types.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const words = wordsOf(`${ROOT}locales`);
const Line = Golden.and(z.object({ passage: z.string().optional() }));
const lines = readFileSync(`${ROOT}test/fixtures/questions/golden.jsonl`, "utf8")
  .trim()
  .split("\n")
  .map((line) => Line.parse(JSON.parse(line)));
const answerable = lines.filter((line) => line.answerable);

const gistsOf = (lang: string): Map<string, string> =>
  new Map(
    Object.entries(
      z
        .record(z.string(), z.string())
        .parse(JSON.parse(readFileSync(`${ROOT}locales/${lang}/gists.json`, "utf8"))),
    ).map(([id, gist]) => [id, fold(gist)]),
  );

describe("the golden questions", () => {
  test("are 8 a language, 6 of which have an answer", () => {
    const counts = LANGS.map((lang) => {
      const own = lines.filter((line) => line.lang === lang);
      return [lang, own.length, own.filter((line) => line.answerable).length];
    });
    expect(counts).toEqual(LANGS.map((lang) => [lang, 8, 6]));
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    expect(new Set(lines.map(({ text }) => text)).size).toBe(lines.length);
  });

  test("ask of a different passage each, from every file of the knowledge", () => {
    const passages = answerable.map(({ passage = "" }) => passage);
    expect(new Set(passages).size).toBe(answerable.length);
    const files = readdirSync(`${ROOT}data/knowledge`).map((name) => name.replace(/\.md$/, ""));
    expect(new Set(passages.map((id) => id.split(".")[0]))).toEqual(new Set(files));
  });

  test.each(LANGS)("%s: the facts stand in the passage, contradictions in none", (lang) => {
    const gists = gistsOf(lang);
    for (const { id, facts, contradictions, passage = "" } of answerable.filter(
      (line) => line.lang === lang,
    )) {
      const gist = gists.get(passage) ?? "";
      expect([id, facts.filter((fact) => !stands(fact, gist, lang, words(lang)))]).toEqual([id, []]);
      expect(contradictions.length).toBeGreaterThan(0);
      const all = [...gists.values()].join("\n");
      expect([id, contradictions.filter((fact) => stands(fact, all, lang, words(lang)))]).toEqual([id, []]);
    }
  });
});
