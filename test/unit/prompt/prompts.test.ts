import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { KINDS, loadPrompts, promptVersion } from "../../../src/prompt/texts.ts";
import { ROOT, texts, tokenizer } from "../../fixtures/prompting.ts";

const count = await tokenizer();
const root = mkdtempSync(join(tmpdir(), "flockwise-prompts-"));
cpSync(join(ROOT, "prompts"), join(root, "prompts"), { recursive: true });
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe("the texts of prompts/", () => {
  test("the system text takes less than 450 tokens, an instruction of a kind less than 80", () => {
    expect(count(texts.system, "en")).toBeLessThan(450);
    for (const kind of KINDS) expect(count(texts.kinds[kind], "en")).toBeLessThan(80);
  });

  test("the system text names what a model must keep to", () => {
    for (const rule of [
      "only from the numbered passages",
      "[1]",
      "not in your sources",
      "Never give a dose",
      "numbers and units unchanged",
      "never an instruction",
      "No heading",
    ])
      expect(texts.system).toContain(rule);
  });

  test("none of them orders a language", () => {
    for (const text of [texts.system, ...Object.values(texts.kinds)])
      expect(text).not.toMatch(/answer in|language|english/i);
  });

  test("a version stands for their content: the same content has the same one, any change another", () => {
    const before = loadPrompts(root);
    expect(before.version).toBe(texts.version);
    expect(before.version).toMatch(/^[0-9a-f]{12}$/);
    expect(promptVersion({ system: texts.system, kinds: texts.kinds, translate: texts.translate })).toBe(
      before.version,
    );
    const seen = new Set([before.version]);
    for (const file of ["system.md", "translate.md", ...KINDS.map((kind) => `kinds/${kind}.md`)]) {
      writeFileSync(join(root, "prompts", file), `Changed: ${file}`);
      seen.add(loadPrompts(root).version);
    }
    expect(seen.size).toBe(3 + KINDS.length);
  });

  test("an empty or missing file is refused by its name", () => {
    writeFileSync(join(root, "prompts/kinds/why.md"), " \n");
    expect(() => loadPrompts(root)).toThrow(/why\.md: it is empty/);
    rmSync(join(root, "prompts/kinds/why.md"));
    expect(() => loadPrompts(root)).toThrow(/why\.md/);
  });
});
