import { describe, expect, test } from "vitest";
import type { Lang } from "../../../src/core/types.ts";
import { builtinEmbedder } from "../../../src/language/builtin-embedder.ts";
import { reader } from "../../../src/language/read.ts";
import { lexicon, read } from "../../fixtures/understanding.ts";

const embedder = builtinEmbedder(reader(lexicon));
const vectorOf = (text: string, lang: Lang): Float32Array => embedder.ofItems(read(text, lang).items);
const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/** The same question in each language. */
const AMMONIA: [Lang, string][] = [
  ["ar", "كم الحد الأقصى للأمونيا في عنبر دجاج اللحم؟"],
  ["de", "Wie viel Ammoniak darf höchstens im Masthühnerstall sein?"],
  ["es", "¿cuánto amoníaco como máximo en la nave de pollos de engorde?"],
  ["fr", "combien d'ammoniac au maximum dans un poulailler de chair ?"],
  ["hi", "ब्रॉयलर शेड में अमोनिया अधिकतम कितना होना चाहिए"],
  ["ja", "ブロイラー鶏舎のアンモニアは最大どのくらいですか"],
  ["th", "แอมโมเนียสูงสุดในโรงเรือนไก่เนื้อเท่าไร"],
  ["tr", "etlik piliç kümesinde amonyak en fazla kaç olmalı"],
  ["zh", "肉鸡舍氨气最多允许多少"],
];
const ammonia = vectorOf("how much ammonia at most in a broiler house", "en");

test("gives unit vectors, the same ones every time", async () => {
  const text = "Wasserverbrauch Ross 308 mit 21 Tagen, und was ist Xylquarz?";
  const [one, again] = await embedder.embed(
    [
      { text, lang: "de" },
      { text, lang: "de" },
    ],
    "question",
  );
  expect(one).toEqual(again);
  expect(one).toEqual(builtinEmbedder(reader(lexicon)).ofItems(read(text, "de").items));
  expect(one).toHaveLength(embedder.dimensions);
  expect(cosine(one ?? ammonia, again ?? ammonia)).toBeCloseTo(1, 5);
});

describe("is near for the same question in another language, and far for another one", () => {
  test.each(AMMONIA)("%s: %s", (lang, text) => {
    const near = cosine(ammonia, vectorOf(text, lang));
    expect(near).toBeGreaterThan(0.6);
    for (const [other, otherLang] of [
      ["how do I treat red mites in the nests", "en"],
      ["Wann bekommen Junghennen mehr Licht?", "de"],
      ["prix de l'aliment cette année", "fr"],
    ] as const)
      expect(cosine(vectorOf(text, lang), vectorOf(other, otherLang))).toBeLessThan(near - 0.3);
  });
});

test("another breeder or number makes a difference, a wording does not", () => {
  const asked = vectorOf("water intake of Ross 308 at 21 days", "en");
  const same = cosine(asked, vectorOf("at 21 days, what is the water intake of a Ross 308?", "en"));
  const breed = cosine(asked, vectorOf("water intake of Cobb 500 at 21 days", "en"));
  const number = cosine(asked, vectorOf("water intake of Ross 308 at 35 days", "en"));
  expect(same).toBeGreaterThan(0.99);
  expect(breed).toBeLessThan(0.9);
  expect(number).toBeLessThan(same - 0.01);
});

test("words that no lexicon has are compared by their letters", () => {
  const [brand, misspelt, other] = ["Zorblaxin", "Zorblaksin", "Quimberol"].map((word) =>
    vectorOf(word, "en"),
  );
  if (!brand || !misspelt || !other) throw new Error("three words");
  expect(cosine(brand, misspelt)).toBeGreaterThan(0.3);
  expect(Math.abs(cosine(brand, other))).toBeLessThan(0.2);
});

test("a text that says nothing is like nothing", async () => {
  const [nothing] = await embedder.embed([{ text: "?!", lang: "en" }], "question");
  expect(nothing?.every((value) => value === 0)).toBe(true);
});
