import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { languageGuard } from "../../../src/model/language-guard.ts";
import { gistsIn } from "../../fixtures/prompting.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const fits = (lang: Lang, text: string): boolean => languageGuard(lexicon, lang).fits(text);

describe.each(LANGS)("%s", (lang) => {
  const guard = languageGuard(lexicon, lang);

  test("its own sentences fit", () => {
    const refused = gistsIn(lang).filter((text) => !guard.fits(text));
    expect(refused.length / gistsIn(lang).length).toBeLessThan(0.005);
  });

  test("those of the other languages do not", () => {
    for (const other of LANGS) {
      if (other === lang) continue;
      const taken = gistsIn(other).filter((text) => guard.fits(text));
      expect(taken.length / gistsIn(other).length, other).toBeLessThan(0.02);
    }
  });

  test("breed names, units, abbreviations and Latin names speak for no language", () => {
    for (const text of [
      "Ross 308, Cobb 500, Hy-Line W-36",
      "1012 g, 30 °C, 5 cm, 20 lux, 2 kg/m²",
      "Escherichia coli, Eimeria tenella, E. maxima",
      "FCR, EPEF, H5N1",
      "[1] [2, 3]",
      "| 21 | 1012 g |",
      "",
    ])
      expect(guard.fits(text), text).toBe(true);
  });
});

test("Chinese is told from Japanese by its signs alone", () => {
  expect(fits("ja", "鸡舍温度必须保持在适当的范围内并注意通风")).toBe(false);
  expect(fits("zh", "鶏舎の温度を適切に保ちます")).toBe(false);
  expect(fits("ja", "鶏舎温度管理")).toBe(true);
});

test("a sentence of another script is seen behind a word of the asked one", () => {
  expect(fits("hi", "हाँ, you should keep the litter dry and open the inlets")).toBe(false);
  expect(fits("hi", "Newcastle और Marek रोग का टीका")).toBe(true);
  expect(fits("en", "Yes: 保持垫料干燥，通风良好")).toBe(false);
});
