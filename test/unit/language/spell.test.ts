import { describe, expect, test } from "vitest";
import type { Lang } from "../../../src/core/types.ts";
import { tokenise } from "../../../src/language/normalise.ts";
import { oneLetterApart, speller } from "../../../src/language/spell.ts";
import { keyOf } from "../../../src/question/key.ts";
import { templates } from "../../fixtures/dev-sets.ts";
import { frameOf, lexicon } from "../../fixtures/understanding.ts";

test.each([
  ["weight", "wieght", "two neighbours the wrong way round"],
  ["weight", "weght", "a letter left out"],
  ["weight", "weighht", "a letter too many"],
  ["weight", "waight", "a wrong letter"],
  ["weight", "eight", "the first letter lost"],
  ["weight", "weigh", "the last letter lost"],
])("%s and %s are one letter apart: %s", (a, b) => {
  expect(oneLetterApart(a, b)).toBe(true);
  expect(oneLetterApart(b, a)).toBe(true);
});

test.each([
  ["weight", "weight"],
  ["weight", "whight2"],
  ["weight", "hgieW"],
  ["weight", "wiehgt"],
  ["weight", ""],
])("%s and %s are not one letter apart", (a, b) => {
  expect(oneLetterApart(a, b)).toBe(false);
});

describe("repair of one word", () => {
  const repaired = (lang: Lang, word: string): string[] | undefined => {
    const [token] = tokenise(word);
    if (!token) throw new Error("no token");
    return speller(lexicon.languages[lang], lexicon)
      .repair(token)
      ?.map(({ fold }) => fold);
  };

  test.each([
    ["en", "wieght", ["weight"]],
    ["en", "femals", ["females"]],
    ["de", "gewciht", ["gewicht"]],
    ["fr", "femmelles", ["femelles"]],
    ["es", "hembars", ["hembras"]],
    ["pt", "femeass", ["femeas"]],
    ["en", "arbro", ["arbor"]],
  ] as const)("%s: %s is read as a word of number questions", (lang, typed, words) => {
    expect(repaired(lang, typed)).toEqual(words);
  });

  test.each([
    ["en", "xqzzt"],
    ["en", "abc"],
    ["fr", "ordinateur"],
    ["en", "q".repeat(41)],
  ] as const)("%s: %s is like nothing known and stays as it is", (lang, typed) => {
    expect(repaired(lang, typed)).toBeUndefined();
  });

  test.each([
    ["وبالوزن", ["وزن"]],
    ["للاناث", ["اناث"]],
    ["والعلف", ["علف"]],
  ] as const)("ar: the particles written as one with %s are taken off", (typed, words) => {
    expect(repaired("ar", typed)).toEqual(words);
  });

  test("de: umlauts written as two letters, and compounds, are understood", () => {
    expect(repaired("de", "maennlich")).toEqual(["mannlich"]);
    expect(repaired("de", "broilergewicht")).toEqual(["broiler", "gewicht"]);
  });
});

const MISTYPED: [Lang, string][] = [
  ["ar", "وزن روس 308 عمر 5 اسابيه"],
  ["de", "Gewciht Ross 308 am 35. Tag"],
  ["en", "body wieght of ross 308 at 35 dyas"],
  ["es", "pesso corporal ross 308 a los 35 dias"],
  ["fr", "piods vif ross 308 a 35 jours"],
  ["id", "berrat badan ross 308 umur 35 hari"],
  ["it", "pesso vivo ross 308 a 35 giorni"],
  ["nl", "lichaamsgewcht ross 308 op 35 dagen"],
  ["pl", "masa cialla ross 308 w 35 dniu"],
  ["pt", "pesso vivo ross 308 aos 35 dias"],
  ["tr", "ross 308 35 gunluk canli agirlk"],
  ["vi", "trong luongg ross 308 35 ngay tuoi"],
];

test.each(MISTYPED)("%s: %s is understood in spite of the slip", (_, text) => {
  expect(frameOf(text)).toEqual({
    line: "ross_308",
    metric: "body_weight",
    age_days: 35,
    sex: "as_hatched",
    unit: null,
  });
});

/** One slip in the middle of each long word of a question, one word at a time. */
const slips = (text: string, slip: (word: string, at: number) => string): string[] =>
  [...text.matchAll(/\p{L}{6,}/gu)].map(({ 0: word, index }) => {
    const at = word.length >> 1;
    return `${text.slice(0, index)}${slip(word, at)}${text.slice(index + word.length)}`;
  });

test.each<[string, (word: string, at: number) => string]>([
  [
    "swapped with its neighbour",
    (word, at) => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2),
  ],
  ["left out", (word, at) => word.slice(0, at) + word.slice(at + 1)],
  ["typed twice", (word, at) => word.slice(0, at) + word[at] + word.slice(at)],
  ["wrong", (word, at) => `${word.slice(0, at)}x${word.slice(at + 1)}`],
])("a letter %s in a long word keeps the whole frame in 95 of 100 development questions", (_, slip) => {
  const spaced = templates.filter(({ lang }) => !["ja", "zh", "th", "hi"].includes(lang));
  const cases = spaced.flatMap(({ text, frame }) => slips(text, slip).map((typed) => ({ typed, frame })));
  const lost = cases.filter(({ typed, frame }) => {
    const got = frameOf(typed);
    return got === null || keyOf(got) !== keyOf(frame);
  });
  expect(cases.length).toBeGreaterThan(200);
  expect(1 - lost.length / cases.length, lost.map(({ typed }) => typed).join("\n")).toBeGreaterThanOrEqual(
    0.95,
  );
});

test("a known word is never repaired into its neighbour", () => {
  // "hens" and "tens", "day" and "lay" are one letter apart
  expect(frameOf("weight of a Ross 308 at ten days")).toMatchObject({ age_days: 10, sex: "as_hatched" });
  expect(frameOf("weight of Ross 308 hens at 10 days")).toMatchObject({ age_days: 10, sex: "female" });
});
