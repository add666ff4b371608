import { describe, expect, test } from "vitest";
import { LANGS } from "../../../src/core/types.ts";
import { terminology } from "../../../src/prompt/terminology.ts";
import { knowledge } from "../../fixtures/prompting.ts";
import { lexicon } from "../../fixtures/understanding.ts";

describe("terms of the trade for a request", () => {
  test("each is the asker's word with the English one of the passages", () => {
    expect(terminology(lexicon, "fr", ["litter"], [["ammonia"]])).toEqual([
      `${lexicon.languages.fr.firstForms.get("litter") ?? ""} (litter)`,
      `${lexicon.languages.fr.firstForms.get("ammonia") ?? ""} (ammonia)`,
    ]);
  });

  test("the question's terms that a passage has come first, then its others, then the passages'", () => {
    const [first, second, third, fourth] = terminology(
      lexicon,
      "pl",
      ["litter", "ventilation"],
      [
        ["heater", "ventilation"],
        ["heater", "drinker"],
      ],
    );
    expect([first, second, third, fourth].map((term) => /\((.+)\)/.exec(term ?? "")?.[1])).toEqual(
      ["ventilation", "litter", "heater", "drinker"].map((id) => lexicon.languages.en.firstForms.get(id)),
    );
  });

  test.each(LANGS.filter((lang) => lang !== "en"))(
    "%s: at most 15, each once, none of them a grammar word",
    (lang) => {
      const all = knowledge().map(({ concepts }) => concepts);
      for (let at = 0; at + 12 < all.length; at += 12) {
        const terms = terminology(lexicon, lang, all[at] ?? [], all.slice(at, at + 12));
        expect(terms.length).toBeGreaterThan(5);
        expect(terms.length).toBeLessThanOrEqual(15);
        expect(new Set(terms).size).toBe(terms.length);
        for (const term of terms) expect(term).toMatch(/^.+ \(.+\)$/);
      }
      expect(terminology(lexicon, lang, ["how", "why", "not", "day", "gram"], [])).toEqual([]);
    },
  );

  test("English needs none", () => {
    expect(terminology(lexicon, "en", ["litter"], [["ammonia"]])).toEqual([]);
  });
});
