import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import { numberGuard } from "../../../src/model/number-guard.ts";
import { EXCHANGES, told } from "../../fixtures/number-subjects.ts";
import { knowledge } from "../../fixtures/prompting.ts";
import { lexicon } from "../../fixtures/understanding.ts";
import { run } from "../../fixtures/guarding.ts";

const guardOf = (lang: Lang, text: string, changed: Partial<Evidence> = {}) =>
  numberGuard(lexicon, lang, {
    passages: [{ text, lang: "en" }],
    values: [],
    question: { text: "", lang },
    ...changed,
  });

describe.each(LANGS)("%s", (lang) => {
  test.each(Object.entries(EXCHANGES))("%s: the right numbers are supported", (_, { evidence, said }) => {
    expect(guardOf(lang, evidence).unsupported(told(said[lang], false))).toEqual([]);
  });

  test("numbers that are exchanged are found, but for a few", () => {
    const passed = Object.entries(EXCHANGES).filter(
      ([, { evidence, said }]) => guardOf(lang, evidence).unsupported(told(said[lang], true)).length === 0,
    );
    expect(passed.length).toBeLessThanOrEqual(2);
  });

  test("one number for the other bird is found as well as two", () => {
    const { evidence, said } = EXCHANGES["broilers and layers"] ?? { evidence: "", said: undefined };
    const wrong = (said?.[lang] ?? "").replace(/\{20\|25\}/, "25").replace(/\{25\|20\}/, "25");
    expect(guardOf(lang, evidence).unsupported(wrong)).toEqual([25]);
  });
});

test("a third and more of the figures of our passages that are exchanged at random are found", () => {
  let [exchanged, found] = [0, 0];
  for (const { title, applies, text, gist } of knowledge()) {
    const said = gist?.en ?? "";
    const figures = [...said.matchAll(/(?<![A-Za-z\d.,–-])(\d+(?:\.\d+)?)(?=\s?(%|°C|cm|g\b|ppm|kg|ml))/gu)];
    const [first] = figures;
    const other = figures.find((one) => one[2] === first?.[2] && one[1] !== first?.[1]);
    if (!first || !other) continue;
    const wrong = `${said.slice(0, first.index)}${other[1]}${said.slice(first.index + (first[1] ?? "").length, other.index)}${first[1]}${said.slice(other.index + (other[1] ?? "").length)}`;
    const guard = numberGuard(lexicon, "en", {
      passages: [{ text: `${title}\n${applies}\n${text}`, about: `${title}\n${applies}`, lang: "en" }],
      values: [],
      question: { text: "", lang: "en" },
    });
    if (guard.unsupported(said).length > 0) continue;
    exchanged += 1;
    if (guard.unsupported(wrong).length > 0) found += 1;
  }
  expect(exchanged).toBeGreaterThan(50);
  expect(found / exchanged).toBeGreaterThan(1 / 3);
});

describe("what a number goes with", () => {
  const AMMONIA = "Keep ammonia below 20 ppm in broiler houses. In layer houses the limit is 25 ppm.";

  test("is told by the beginning of the sentence and by the heading above", () => {
    const guard = guardOf("en", AMMONIA);
    expect(guard.unsupported("keep ammonia below 25 ppm.", "For layers, ")).toEqual([]);
    expect(guard.unsupported("keep ammonia below 20 ppm.", "For layers, ")).toEqual([20]);
    expect(guard.unsupported("- ammonia: below 20 ppm", undefined, "Layers:")).toEqual([20]);
    expect(guard.unsupported("- broilers: below 20 ppm", undefined, "Layers:")).toEqual([]);
  });

  test("may be told by another passage's title", () => {
    const guard = guardOf("en", "", {
      passages: [
        { text: "Keep ammonia below 20 ppm.", about: "Ammonia, broilers", lang: "en" },
        { text: "Keep ammonia below 25 ppm.", about: "Ammonia, layers", lang: "en" },
      ],
    });
    expect(guard.unsupported("Layers need ammonia below 25 ppm.")).toEqual([]);
    expect(guard.unsupported("Layers need ammonia below 20 ppm.")).toEqual([20]);
  });

  test("is not guessed where nobody can say it", () => {
    const guard = guardOf("en", AMMONIA);
    for (const text of [
      "Broilers and layers stay below 20 and 25 ppm.",
      "Ammonia is limited to 20 ppm, and to 25 ppm for some.",
      "Pullets stay below 20 ppm.",
    ])
      expect(guard.unsupported(text), text).toEqual([]);
  });

  test("is a condition too: another number beside it", () => {
    const guard = guardOf("en", "Chicks need 32 °C at 30 % humidity and 28 °C at 70 %.");
    expect(guard.unsupported("At 70 % humidity 28 °C are enough.")).toEqual([]);
    expect(guard.unsupported("At 70 % humidity 32 °C are enough.")).toContain(32);
  });

  test("is the age, the line and the sex of a table's value", () => {
    const values = [
      {
        amount: 1012,
        unit: "g",
        low: null,
        high: null,
        age_days: 21,
        line: "ross_308",
        sex: "male" as const,
      },
      {
        amount: 1500,
        unit: "g",
        low: null,
        high: null,
        age_days: 28,
        line: "ross_308",
        sex: "male" as const,
      },
    ];
    const guard = guardOf("en", "", { values });
    expect(guard.unsupported("At 28 days it weighs 1,500 g.")).toEqual([]);
    expect(guard.unsupported("At 28 days it weighs 1,012 g.")).toEqual([1012]);
    expect(guard.unsupported("In week 4 it weighs 1,500 g.")).toEqual([]);
  });

  test("is seen through the whole guard", () => {
    const sources = {
      passages: [{ n: 1, title: "Ammonia", applies: "all", text: AMMONIA, lang: "en" as const }],
    };
    const text =
      "Keep the litter dry in the whole house. **Layers:**\n- Ammonia below 20 ppm [1]\n- Dry litter.\n";
    expect(run(text, "en", { sources }).shown).not.toContain("20 ppm");
  });
});

describe("a share told as a part of a whole", () => {
  const guard = guardOf("en", "At least 90 % of the chicks have full crops.");

  test("is a number, in words and digits", () => {
    for (const text of ["nine out of ten chicks", "9 of 10 chicks", "nine in every ten", "nine-out-of-ten"])
      expect(guard.unsupported(text), text).toEqual([]);
    for (const text of ["eight out of ten chicks", "8 of 10 chicks", "three in four chicks"])
      expect(guard.unsupported(text), text).toHaveLength(1);
  });

  test("of two ways is none", () => {
    expect(guard.unsupported("one of two ways, one of three reasons")).toEqual([]);
  });
});
