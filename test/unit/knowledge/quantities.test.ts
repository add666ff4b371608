import { describe, expect, test } from "vitest";
import type { Lang } from "../../../src/core/types.ts";
import { quantitiesAsked, quantitiesStated, spansStated } from "../../../src/knowledge/quantities.ts";
import { reader } from "../../../src/language/read.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const read = reader(lexicon);
const asked = (text: string, lang: Lang): string[] => [
  ...quantitiesAsked(read.read(text, lang, undefined).items),
];

describe("what a question asks an amount of", () => {
  test.each<[Lang, string, string]>([
    ["en", "how many hours before the chicks come do I heat the house", "hours"],
    ["de", "wie viel Lux brauchen Masthähnchen", "light"],
    ["vi", "gà thịt nhịn ăn mấy tiếng", "hours"],
    ["zh", "肉鸡舍要多少勒克斯", "light"],
    ["fr", "combien de ppm d'ammoniac au plus", "ppm"],
  ])("%s: %s", (lang, text, name) => {
    expect(asked(text, lang)).toContain(name);
  });

  test("an amount that is told is a condition, and not asked for", () => {
    expect(asked("how much air does a broiler of 2 kg need", "en")).not.toContain("mass");
  });
});

test("what a sentence of ours gives amounts of", () => {
  expect(quantitiesStated("Place bait stations 15–23 m apart, never more than 30 m.")).toEqual(["length"]);
  expect(quantitiesStated("Keep 30 kg/m² at most, 0.86 m³/h at 1 kg.").sort()).toEqual([
    "air",
    "area",
    "mass",
  ]);
  expect(quantitiesStated("Visit from youngest to oldest.")).toEqual([]);
});

test("a span has its two ends, smaller first", () => {
  expect(spansStated("4.2 g (34–48), 4.4 g (49–62), day 9–3")).toEqual([
    [34, 48],
    [49, 62],
  ]);
});
