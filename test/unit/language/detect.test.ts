import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { reader } from "../../../src/language/read.ts";
import { others, paraphrases, templates } from "../../fixtures/dev-sets.ts";
import { lexicon, read } from "../../fixtures/understanding.ts";

const missed = (lines: readonly { lang: Lang; text: string }[]): string[] =>
  lines.flatMap(({ lang, text }) => {
    const found = read(text).lang;
    return found === lang ? [] : [`${lang} read as ${found}: ${text}`];
  });

describe("the language of short texts", () => {
  test("is found in 97 % of the number questions and paraphrases of the development sets", () => {
    const lines = [...templates, ...paraphrases];
    const wrong = missed(lines);
    const byLang = LANGS.map((lang) => {
      const all = lines.filter((line) => line.lang === lang).length;
      const bad = wrong.filter((line) => line.startsWith(`${lang} `)).length;
      return `${lang} ${all - bad}/${all}`;
    });
    const right = 1 - wrong.length / lines.length;
    expect(right, `${byLang.join(", ")}\n${wrong.join("\n")}`).toBeGreaterThanOrEqual(0.97);
  });

  test("is found in 90 % of off-topic lines, most of whose words no lexicon of poultry has", () => {
    const lines = others.filter(({ kind }) => kind !== "empty_like" && kind !== "gibberish");
    const wrong = missed(lines);
    expect(1 - wrong.length / lines.length, wrong.join("\n")).toBeGreaterThanOrEqual(0.9);
  });

  const SHORT: [Lang, string][] = [
    ["ar", "وزن روس 308 عمر 35 يوم"],
    ["de", "Gewicht Ross 308 Tag 35"],
    ["en", "Ross 308 weight day 35"],
    ["en", "Ross 308 ten days weight"],
    ["es", "peso del Ross 308 a los 35 días"],
    ["fr", "poids Ross 308 à 35 jours"],
    ["hi", "रॉस 308 35 दिन वजन"],
    ["id", "berat Ross 308 umur 35 hari"],
    ["it", "peso Ross 308 a 35 giorni"],
    ["ja", "ロス308 35日齢 体重"],
    ["nl", "gewicht Ross 308 dag 35 hanen"],
    ["pl", "waga Ross 308 w 35 dniu"],
    ["pt", "peso do Ross 308 aos 35 dias"],
    ["th", "น้ำหนัก รอส 308 35 วัน"],
    ["tr", "Ross 308 35 günlük ağırlık"],
    ["vi", "cân nặng Ross 308 35 ngày"],
    ["zh", "罗斯308 35日龄体重"],
  ];

  test.each(SHORT)("%s: %s", (lang, text) => {
    expect(read(text)).toMatchObject({ lang, sure: true });
  });

  test.each(SHORT)("%s is found in capitals too: %s", (lang, text) => {
    expect(read(text.toUpperCase()).lang).toBe(lang);
  });

  test.each([
    ["ja", "産卵率 30週齢", "kanji that only Japanese writes"],
    ["ja", "Ross 308 35日齢 体重", "no kana at all"],
    ["ja", "Cobb 500 飼料要求率 35日齢", "no kana at all"],
    ["ja", "Hy-Line Brown 30週齢 卵重", "no kana at all"],
    ["zh", "蛋重 30周龄", "simplified signs"],
    ["zh", "蛋重 30週", "traditional signs"],
    ["ja", "体重は", "kana"],
  ] as [Lang, string, string][])("%s is told apart from its neighbour in «%s»: %s", (lang, text) => {
    expect(read(text).lang).toBe(lang);
  });
});

describe("a text that speaks for no language", () => {
  const reading = reader(lexicon);

  test.each(["Ross 308", "308 21", "Cobb 500 35"])("%s is answered in English, unsurely", (text) => {
    expect(read(text)).toMatchObject({ lang: "en", sure: false });
  });

  test.each(LANGS)("28 stays in the conversation's language (%s)", (lang) => {
    expect(reading.read("28", undefined, lang).lang).toBe(lang);
    expect(reading.read("Cobb 500?", undefined, lang).lang).toBe(lang);
  });

  test("a clear text changes the language of a conversation", () => {
    expect(reading.read("et pour les femelles ?", undefined, "en").lang).toBe("fr");
    expect(reading.read("and the females at 28 days?", undefined, "tr").lang).toBe("en");
  });

  test("a language that the caller names overrides what the text seems to be in", () => {
    expect(reading.read("Ross 308 weight day 35", "fr", undefined).lang).toBe("fr");
  });
});
