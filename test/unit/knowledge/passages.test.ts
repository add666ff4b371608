import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { loadPassages } from "../../../src/knowledge/passages.ts";
import { gateFor } from "../../../src/safety/gate.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CONCEPTS = new Set(Object.keys(lexicon.concepts));
const passages = loadPassages(ROOT, CONCEPTS);

/** The figures of a sentence: digits, with a point for the decimal sign. */
const figures = (text: string): string[] =>
  Array.from(text.matchAll(/\d+(?:[.,]\d+)?/g), ([found]) => found.replace(",", ".")).toSorted();

describe("our passages", () => {
  test("there are enough, each with text, a title, a source with its page, and concepts", () => {
    expect(passages.length).toBeGreaterThanOrEqual(220);
    for (const { id, text, title, sources, concepts } of passages) {
      expect([id, text.split(/\s+/).length >= 50 && text.split(/\s+/).length <= 190]).toEqual([id, true]);
      expect([id, title !== "" && concepts.length >= 3]).toEqual([id, true]);
      for (const source of sources) expect([id, source.page !== ""]).toEqual([id, true]);
    }
  });

  test.each(LANGS)("%s: every main sentence has the figures of the English one", (lang) => {
    const differing = passages
      .filter(({ gist }) => figures(gist?.[lang] ?? "").join() !== figures(gist?.en ?? "").join())
      .map(({ id }) => id);
    expect(differing).toEqual([]);
  });

  test("the figures of a main sentence stand in its passage", () => {
    const missing = passages.flatMap(({ id, text, gist }) => {
      const body = new Set(figures(text.replace(/(?<=\d),(?=\d{3})/g, "")));
      return figures(gist?.en ?? "").every((figure) => body.has(figure)) ? [] : [id];
    });
    expect(missing).toEqual([]);
  });

  test("none gives a dose or other unsafe advice", () => {
    const gate = gateFor(lexicon);
    const unsafe = passages.filter(({ text }) => !gate(text, "en").ok).map(({ id }) => id);
    expect(unsafe).toEqual([]);
  });
});

describe("a bad file is refused with its name, line and reason", () => {
  const GOOD =
    "## litter.x\ntitle: T\napplies: all\nconcepts: litter\nsource: Guide (Maker, 2020) | p.1\n\nBody.\n";
  const load = (text: string, langs: readonly Lang[] = LANGS): (() => unknown) => {
    const root = mkdtempSync(join(tmpdir(), "flockwise-passages-"));
    mkdirSync(join(root, "data/knowledge"), { recursive: true });
    writeFileSync(join(root, "data/knowledge/litter.md"), text);
    for (const lang of LANGS) {
      mkdirSync(join(root, "locales", lang), { recursive: true });
      const gists = langs.includes(lang) ? { "litter.x": "Gist." } : {};
      writeFileSync(join(root, "locales", lang, "gists.json"), JSON.stringify(gists));
    }
    return () => {
      try {
        return loadPassages(root, CONCEPTS);
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    };
  };

  test("a sound one is read", () => {
    expect(load(GOOD)()).toMatchObject([
      { id: "litter.x", sources: [{ title: "Guide (Maker, 2020)", page: "p.1", url: null }], text: "Body." },
    ]);
  });

  test.each([
    [
      "an unknown concept",
      GOOD.replace("concepts: litter", "concepts: nonsense"),
      /litter\.md, line 4: no such concept: nonsense/,
    ],
    ["a source without a page", GOOD.replace(" | p.1", ""), /line 5: a source has a title and a page/],
    ["no source", GOOD.replace(/source: .*\n/, ""), /line 1: litter\.x has no source/],
    ["an unknown field", GOOD.replace("title:", "headline:"), /line 2: a passage begins with/],
    ["an id twice", GOOD + GOOD, /line 8: litter\.x is there twice/],
    ["no text", GOOD.replace("Body.\n", ""), /has no text/],
  ])("%s", (_, text, reason) => {
    expect(load(text)).toThrow(reason);
  });

  test("a language without the main sentence", () => {
    expect(load(GOOD, ["en"])).toThrow(/has no gist in ar, de/);
  });
});
