import { assert, array, constantFrom, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { guard, type Gate } from "../../../src/model/guard.ts";
import { answer, open, PASSAGES, run, sourcesOf } from "../../fixtures/guarding.ts";
import { gistsIn, knowledge } from "../../fixtures/prompting.ts";
import { lexicon } from "../../fixtures/understanding.ts";

/** A gate as strict as the real one on what these tests say. */
const noDose: Gate = (text) =>
  /(?:enrofloxacin|amoxicillin)[^]*(?:per litre|daily|in water)/i.test(text)
    ? { ok: false, rule: "dose" }
    : { ok: true };

describe("a true answer", () => {
  test.each(LANGS)("%s: is shown as it was written, nearly always", (lang) => {
    let whole = 0;
    const all = Math.floor(knowledge().length / 3);
    for (let at = 0; at < all; at += 1) {
      const text = answer(lang, at * 3);
      if (run(text, lang, { sources: { passages: sourcesOf(at * 3) } }).shown === text) whole += 1;
    }
    expect(whole / all).toBeGreaterThan(0.94);
  });

  test("keeps its steps, tables, citations and lines", () => {
    const text =
      "Keep the litter dry and the chicks warm: [2]\n\n1. Heat the house to 30 °C. [1]\n2. Spread 5 cm of shavings. [2]\n3. Wait.\n\n| day | weight |\n|---|---|\n| 21 | 1,012 g |\n";
    expect(run(text, "en")).toEqual({ shown: text, drops: [] });
  });
});

describe("what is left out", () => {
  test("a sentence with a number that nothing supports, and its citation with it", () => {
    const { shown, drops } = run(
      "Keep the chicks warm in the first days of life. [1] They need 34 °C. [1] Keep the litter dry. [2]",
      "en",
    );
    expect(shown).toBe("Keep the chicks warm in the first days of life. [1] Keep the litter dry. [2]");
    expect(drops).toEqual([{ why: "number", text: "They need 34 °C. [1] " }]);
  });

  test("the rest of a sentence whose beginning is shown, marked by three dots", () => {
    expect(
      run("Keep the litter dry and loose. As long as they are small, chicks need 34 °C. Then less.", "en")
        .shown,
    ).toBe("Keep the litter dry and loose. As long as they are small, … Then less.");
  });

  test("a line of a list or table, the lines around it whole", () => {
    const { shown } = run(
      "The chicks and the litter need this:\n1. Heat to 34 °C.\n2. Spread 5 cm of shavings.\nDone.",
      "en",
    );
    expect(shown).toBe("The chicks and the litter need this:\n2. Spread 5 cm of shavings.\nDone.");
    expect(run("The broilers of the table weigh:\n| 21 | 1,012 g |\n| 28 | 1,500 g |\n", "en").shown).toBe(
      "The broilers of the table weigh:\n| 21 | 1,012 g |\n",
    );
  });

  test("a figure that only looks like a step", () => {
    expect(run("Keep the litter dry in the whole house, always.\n34. Grad Celsius\n", "en").shown).toBe(
      "Keep the litter dry in the whole house, always.\n",
    );
  });

  test("a citation of a passage that there is not", () => {
    const { shown, drops } = run(
      "Keep the litter dry in the whole house. [7] Chicks need 30 °C [1, 9]【2】.",
      "en",
    );
    expect(shown).toBe("Keep the litter dry in the whole house. Chicks need 30 °C [1][2].");
    expect(drops.map(({ why }) => why)).toEqual(["citation", "citation"]);
  });

  test("what breaks a safety rule, with the rule's name, also when it takes several sentences", () => {
    const text =
      "Keep the litter dry in the whole house. Call the vet, who may use enrofloxacin in water. Open the inlets. A vet may use amoxicillin. Keep it cool. Give it daily. Wait.";
    const { shown, drops } = run(text, "en", { gate: noDose });
    expect(shown).toBe(
      "Keep the litter dry in the whole house. Call the vet, … Open the inlets. A vet may use amoxicillin. Keep it cool. Wait.",
    );
    expect(drops.map(({ why, rule }) => [why, rule])).toEqual([
      ["safety", "dose"],
      ["safety", "dose"],
    ]);
  });

  test("the gate is asked of every piece, with its sentence so far, and with the sentences before it", () => {
    const asked: string[] = [];
    run("Keep it dry, and warm. Open the inlets.", "en", {
      gate: (text) => {
        asked.push(text);
        return { ok: true };
      },
    });
    expect(asked).toEqual([
      "Keep it dry,",
      "Keep it dry, and warm.",
      "Open the inlets.",
      "Keep it dry, and warm.\nOpen the inlets.",
    ]);
  });

  test.each(LANGS)("%s: an answer in another language, from its beginning", (lang) => {
    for (const other of LANGS) {
      if (other === lang) continue;
      const { shown, drops } = run(answer(other, 30).replaceAll(/\[\d\]/g, ""), lang, {
        sources: { passages: sourcesOf(30) },
      });
      expect(shown.replace(/…|\s/g, "").length, `${other}: ${shown}`).toBeLessThan(40);
      expect(drops.length).toBeGreaterThan(0);
      expect(new Set(drops.map(({ why }) => why)).has("language")).toBe(true);
    }
  });

  test("a sentence that slips into another language, nothing else", () => {
    const { shown, drops } = run(
      "Gardez la litière sèche dans tout le bâtiment. Keep the litter dry in the whole house. Ouvrez les trappes d'air.",
      "fr",
    );
    expect(shown).toBe("Gardez la litière sèche dans tout le bâtiment. Ouvrez les trappes d'air.");
    expect(drops.map(({ why }) => why)).toEqual(["language"]);
  });

  test("nothing is shown before the language of the beginning is known", () => {
    const judge = guard({
      lang: "fr",
      lexicon,
      sources: { passages: PASSAGES },
      questionText: "",
      gate: open,
    });
    expect(judge.push("Gardez la litière, ")).toBe("");
    expect(judge.push("sèche dans tout le bâtiment, et ")).toBe(
      "Gardez la litière, sèche dans tout le bâtiment, ",
    );
    const short = guard({
      lang: "fr",
      lexicon,
      sources: { passages: PASSAGES },
      questionText: "",
      gate: open,
    });
    expect(short.push("Oui.")).toBe("");
    expect(short.end()).toBe("Oui.");
  });
});

describe("however a text arrives", () => {
  const hostile = [
    "Give them 34 °C now. ",
    "Use enrofloxacin daily. ",
    "Keep the litter dry in the house. ",
    "Chicks need 30 °C. [1] ",
    "[9] ",
    "Gardez la litière sèche, toujours et partout. ",
    "1. Heat.\n",
    "2. Spread 5 cm.\n",
    "| 21 | 1,012 g |\n",
    "保持垫料干燥，通风良好。",
    "so, in short, ",
    "👩‍🌾 ",
    "\n\n",
  ];

  test("the same is shown and the same left out", () => {
    assert(
      property(
        array(constantFrom(...hostile), { maxLength: 14 }),
        array(integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 8 }),
        constantFrom<Lang>("en", "fr", "de", "zh"),
        (parts, sizes, lang) => {
          const text = parts.join("");
          const whole = run(text, lang, { gate: noDose });
          expect(run(text, lang, { gate: noDose }, sizes)).toEqual(whole);
          expect(whole.shown).not.toMatch(/34 °C|enrofloxacin|\[9\]/);
        },
      ),
      { numRuns: 100 },
    );
  });

  test.each(LANGS)("%s: sign by sign is as at once", (lang) => {
    for (const from of [0, 90, 300]) {
      const sources = { passages: sourcesOf(from) };
      const text = `${answer(lang, from)}\n\n${gistsIn(lang)[200] ?? ""}`;
      expect(run(text, lang, { sources }, [1])).toEqual(run(text, lang, { sources }));
    }
  });
});
