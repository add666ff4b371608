import { expect, test } from "vitest";
import { sharedEngine } from "../../fixtures/asking.ts";
import { json } from "../../repo/tree.ts";

const engine = sharedEngine();

test.each(["en", "th"] as const)("%s: /safety lists every rule with its sentence", async (lang) => {
  const { text, via } = await engine.ask("/safety", { lang });
  expect(via).toBe("safety");
  for (const [id, sentence] of Object.entries(
    json(`locales/${lang}/safety.json`) as Record<string, string>,
  )) {
    expect(text).toContain(`**${id}**`);
    expect(text).toContain(sentence);
  }
});
