import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Block, Lang, Source, Term } from "../../../src/core/types.ts";
import { phrasebook } from "../../../src/words/i18n.ts";
import { renderer } from "../../../src/words/render.ts";
import { root } from "../../repo/tree.ts";

const render = renderer(phrasebook(join(root, "locales")), (concept, lang) => `${concept} in ${lang}`);
const shown = (blocks: Block[], lang: Lang = "en", sources: Source[] = []): string[] =>
  render.markdown(blocks, sources, lang);
const grams = (amount: number, digits = 0): Term => ({ amount, unit: "g", digits });
const source: Source = {
  title: "Ross Performance Objectives",
  publisher: "Aviagen",
  edition: "2022",
  locator: "as hatched, day 21, p. 3",
  url: null,
  version: "abc",
};

describe("blocks", () => {
  test("value: the number first, then what it is", () => {
    const block: Block = { type: "value", amount: grams(1012), parts: ["Ross 308", { key: "sex.male" }] };
    expect(shown([block])).toEqual(["**1,012\u00a0g** — Ross 308 · males"]);
  });

  test("say and formula: a message with its variables", () => {
    const words = { key: "note.by_sex", vars: { male: grams(1046), female: grams(978) } };
    expect(shown([{ type: "say", words }])).toEqual(["Males: 1,046\u00a0g · Females: 978\u00a0g"]);
    const [formula] = shown([{ type: "formula", words }]);
    expect(formula).toMatch(/^Formula: Males/);
  });

  test("say: a text that stands as it is", () => {
    expect(shown([{ type: "say", words: { text: "As it is {{n}} $t(bye)" } }])).toEqual([
      "As it is {{n}} $t(bye)",
    ]);
  });

  test("list: a line each", () => {
    expect(shown([{ type: "list", items: [{ key: "metric.fcr" }, { text: "B" }] }])[0]).toMatch(
      /^- feed conversion \(FCR\)\n- B$/i,
    );
  });

  test("table: a head, a rule and rows of equal width", () => {
    const [table = ""] = shown([
      {
        type: "table",
        head: ["Day", "Weight"],
        rows: [
          ["7", grams(213)],
          ["14", grams(533)],
        ],
      },
    ]);
    expect(table.split("\n")).toEqual([
      "| Day | Weight |",
      "| --- | --- |",
      "| 7 | 213\u00a0g |",
      "| 14 | 533\u00a0g |",
    ]);
  });

  test("table: what is in a cell cannot open another", () => {
    const [table = ""] = shown([
      {
        type: "table",
        head: ["a|b", "c"],
        rows: [
          ["x|y|z", "|"],
          ["two", "d"],
        ],
      },
    ]);
    const lines = table.split("\n");
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line.replaceAll("\\|", "").match(/\|/g)).toHaveLength(3);
  });

  test("source: title, edition, table, row and page", () => {
    const block = (page: string | null): Block => ({
      type: "source",
      index: 0,
      table: "as hatched",
      row: ["day 21"],
      page,
    });
    const [line = ""] = shown([block("3")], "en", [source]);
    for (const part of ["Source", source.title, "edition 2022", "as hatched", "day 21", "p. 3"])
      expect(line).toContain(part);
    expect(shown([block("pdf p.7")], "en", [source])[0]).toMatch(/; pdf p\.7$/);
    expect(shown([block(null)], "en", [source])[0]).not.toContain("p. ");
  });

  test("examples: three lines", () => {
    const [lines = ""] = shown([{ type: "examples" }]);
    expect(lines.split("\n")).toHaveLength(3);
    expect(lines).toMatch(/^- /);
  });
});

describe("terms", () => {
  test.each<[string, Term, string]>([
    ["a text", "Ross 308", "Ross 308"],
    ["an amount without a unit", { amount: 1.39, unit: "", digits: 3 }, "1.390"],
    ["an amount with a sign", { amount: 12.4, unit: "MJ/kg", digits: 1 }, "12.4\u00a0MJ/kg"],
    ["an amount of things", { amount: 330.5, unit: "eggs", digits: 1 }, "330.5 eggs"],
    ["a range", { low: 110, high: 120, unit: "g", digits: 0 }, "110–120\u00a0g"],
    ["a range without a unit", { low: 1.1, high: 1.25, unit: "", digits: 2 }, "1.10–1.25"],
    ["a message", { key: "age.day", vars: { n: "21" } }, "day 21"],
    ["a concept", { concept: "vitamin_c" }, "vitamin_c in en"],
    ["a list", { list: ["a", grams(5), { key: "sex.male" }] }, "a, 5\u00a0g, males"],
  ])("%s", (_name, term, text) => {
    expect(render.term(term, "en")).toBe(text);
  });

  test("a range of things keeps their word", () => {
    expect(render.term({ low: 1.1, high: 7.7, unit: "eggs", digits: 1 }, "en")).toMatch(/^1\.1–7\.7.eggs$/);
    expect(render.term({ low: 1.1, high: 7.7, unit: "eggs", digits: 1 }, "de")).toMatch(/^1,1–7,7.Eier$/);
  });

  test("a list is joined as its language does", () => {
    const list: Term = { list: ["a", "b"] };
    expect(["en", "zh", "ja"].map((lang) => render.term(list, lang as Lang))).toEqual([
      "a, b",
      "a、b",
      "a、b",
    ]);
    expect(render.term(list, "ar")).toContain("،");
  });

  test("nothing in a name is escaped or read as a variable", () => {
    expect(
      render.term({ key: "unknown.no_table", vars: { line: "A & <B> {{n}} $t(bye)", lines: "c" } }, "en"),
    ).toContain("A & <B> {{n}} $t(bye)");
  });
});
