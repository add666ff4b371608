import { assert, constantFrom, integer, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import type { Evidence } from "../../../src/model/evidence.ts";
import { numberGuard } from "../../../src/model/number-guard.ts";
import { knowledge } from "../../fixtures/prompting.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const PASSAGE =
  "Broilers weigh 1,012 g at day 21. The house is kept at 30 °C with 60–70% humidity. Allow 5 cm of trough, 2 litres of water and 25 grams of grit a bird. The house stands empty for 3 weeks. Feed conversion is 1.399.";
const guardOf = (lang: Lang, changed: Partial<Evidence> = {}) =>
  numberGuard(lexicon, lang, {
    passages: [{ text: PASSAGE, lang: "en" }],
    values: [],
    question: { text: "", lang },
    ...changed,
  });
const unsupported = (lang: Lang, text: string): number[] => guardOf(lang).unsupported(text);

/** Phrases of a language: right as printed, right after conversion, right and wrong in words, wrong in digits. */
const SAID: Record<Lang, { right: string[]; wrong: string[] }> = {
  ar: {
    right: [
      "1012 g",
      "٣٠ °م عند ٦٠–٧٠ %",
      "1.012 كيلوغرام",
      "3 أسابيع",
      "21 يوما",
      "خمسة وعشرون غراما",
      "2 بوصة",
    ],
    wrong: ["1013 g", "٣١ °C", "1.1 كيلوغرام", "4 أسابيع", "22 يوما", "خمسة وثلاثون غراما", "3 بوصة"],
  },
  de: {
    right: [
      "1012 g",
      "30 °C bei 60–70 %",
      "1,012 kg",
      "3 Wochen",
      "21 Tage",
      "am 21. Tag",
      "fünfundzwanzig Gramm",
      "2 Zoll",
    ],
    wrong: [
      "1013 g",
      "31 °C",
      "1,1 kg",
      "4 Wochen",
      "22 Tage",
      "am 22. Tag",
      "fünfunddreißig Gramm",
      "3 Zoll",
    ],
  },
  en: {
    right: [
      "1,012 g",
      "30 °C at 60–70 %",
      "1.012 kg",
      "2.23 lb",
      "86 °F",
      "3 weeks",
      "21 days",
      "twenty-five grams",
      "2 inches",
    ],
    wrong: [
      "1,013 g",
      "31 °C",
      "1.1 kg",
      "2.4 lb",
      "88 °F",
      "4 weeks",
      "22 days",
      "thirty-five grams",
      "3 inches",
    ],
  },
  es: {
    right: [
      "1012 g",
      "30 °C con 60–70 %",
      "1,012 kg",
      "3 semanas",
      "21 días",
      "veinticinco gramos",
      "2 pulgadas",
    ],
    wrong: ["1013 g", "31 °C", "1,1 kg", "4 semanas", "22 días", "treinta y cinco gramos", "3 pulgadas"],
  },
  fr: {
    right: [
      "1 012 g",
      "30 °C à 60–70 %",
      "1,012 kg",
      "3 semaines",
      "21 jours",
      "vingt-cinq grammes",
      "2 pouces",
    ],
    wrong: ["1 013 g", "31 °C", "1,1 kg", "4 semaines", "22 jours", "trente-cinq grammes", "3 pouces"],
  },
  hi: {
    right: ["1012 g", "३० °C और ६०–७० %", "1.012 किलो", "3 हफ्ते", "21 दिन", "पच्चीस ग्राम", "2 इंच"],
    wrong: ["1013 g", "३१ °C", "1.1 किलो", "4 हफ्ते", "22 दिन", "पैंतीस ग्राम", "3 इंच"],
  },
  id: {
    right: [
      "1012 g",
      "30 °C dan 60–70 %",
      "1,012 kg",
      "3 minggu",
      "21 hari",
      "dua puluh lima gram",
      "2 inci",
    ],
    wrong: ["1013 g", "31 °C", "1,1 kg", "4 minggu", "22 hari", "tiga puluh lima gram", "3 inci"],
  },
  it: {
    right: [
      "1012 g",
      "30 °C con 60–70 %",
      "1,012 kg",
      "3 settimane",
      "21 giorni",
      "venticinque grammi",
      "2 pollici",
    ],
    wrong: ["1013 g", "31 °C", "1,1 kg", "4 settimane", "22 giorni", "trentacinque grammi", "3 pollici"],
  },
  ja: {
    right: ["1012 g", "３０℃で60–70 %", "1.012 kg", "3週間", "21日", "二十五グラム", "2インチ"],
    wrong: ["1013 g", "３１℃", "1.1 kg", "4週間", "22日", "三十五グラム", "3インチ"],
  },
  nl: {
    right: ["1012 g", "30 °C bij 60–70 %", "1,012 kg", "3 weken", "21 dagen", "vijfentwintig gram", "2 inch"],
    wrong: ["1013 g", "31 °C", "1,1 kg", "4 weken", "22 dagen", "vijfendertig gram", "3 inch"],
  },
  pl: {
    right: [
      "1012 g",
      "30 °C przy 60–70 %",
      "1,012 kg",
      "3 tygodnie",
      "21 dni",
      "dwadzieścia pięć gramów",
      "2 cale",
    ],
    wrong: ["1013 g", "31 °C", "1,1 kg", "4 tygodnie", "22 dni", "trzydzieści pięć gramów", "3 cale"],
  },
  pt: {
    right: [
      "1012 g",
      "30 °C com 60–70 %",
      "1,012 kg",
      "3 semanas",
      "21 dias",
      "vinte e cinco gramas",
      "2 polegadas",
    ],
    wrong: ["1013 g", "31 °C", "1,1 kg", "4 semanas", "22 dias", "trinta e cinco gramas", "3 polegadas"],
  },
  th: {
    right: ["1012 กรัม", "๓๐ °C ที่ ๖๐–๗๐ %", "1.012 กก.", "3 สัปดาห์", "21 วัน", "ยี่สิบห้ากรัม", "2 นิ้ว"],
    wrong: ["1013 กรัม", "๓๑ °C", "1.1 กก.", "4 สัปดาห์", "22 วัน", "สามสิบห้ากรัม", "3 นิ้ว"],
  },
  tr: {
    right: ["1012 g", "30 °C, %60–70", "1,012 kg", "3 hafta", "21 gün", "yirmi beş gram", "2 inç"],
    wrong: ["1013 g", "31 °C", "1,1 kg", "4 hafta", "22 gün", "otuz beş gram", "3 inç"],
  },
  vi: {
    right: ["1012 g", "30 °C với 60–70 %", "1,012 kg", "3 tuần", "21 ngày", "hai mươi lăm gam", "2 inch"],
    wrong: ["1013 g", "31 °C", "1,1 kg", "4 tuần", "22 ngày", "ba mươi lăm gam", "3 inch"],
  },
  zh: {
    right: ["1012克", "30℃，60–70 %", "1.012公斤", "3周", "第21天", "二十五克", "2英寸"],
    wrong: ["1013克", "31℃", "1.1公斤", "4周", "第22天", "三十五克", "3英寸"],
  },
};

describe.each(LANGS)("%s", (lang) => {
  test.each(SAID[lang].right)("supports %s", (text) => {
    expect(unsupported(lang, text)).toEqual([]);
  });

  test.each(SAID[lang].wrong)("does not support %s", (text) => {
    expect(unsupported(lang, text)).toHaveLength(1);
  });

  test("supports the true figures of what our passages say, with few exceptions", () => {
    const wrong = knowledge().filter(({ title, applies, text, gist }) => {
      const evidence = { passages: [{ text: `${title}\n${applies}\n${text}`, lang: "en" as const }] };
      return guardOf(lang, evidence).unsupported(gist?.[lang] ?? "").length > 0;
    });
    expect(wrong.length / knowledge().length).toBeLessThan(0.025);
  });

  test("finds a figure of them that was changed", () => {
    let [changed, passed] = [0, 0];
    for (const { title, text, gist } of knowledge()) {
      const said = gist?.[lang] ?? "";
      const wrong = said.replace(/(?<![A-Za-z\d.,–-])\d{1,4}(?=\s?[%°gm])/u, (digits) =>
        String(Number(digits) * 7 + 1913),
      );
      if (wrong === said) continue;
      changed += 1;
      if (
        guardOf(lang, { passages: [{ text: `${title}\n${text}`, lang: "en" }] }).unsupported(wrong).length ===
        0
      )
        passed += 1;
    }
    expect(changed).toBeGreaterThan(60);
    expect(passed).toBe(0);
  });
});

describe("a number", () => {
  test("of the same value in another unit is another number", () => {
    for (const text of ["1012 ml", "30 %", "25 °C", "21 weeks", "3 days", "60 g", "5 kg"])
      expect(unsupported("en", text), text).toHaveLength(1);
  });

  test("may be rounded as printed, not further", () => {
    expect(unsupported("en", "1.4, 1.40, 1.01 kg, 2.2 lb, 35.7 oz, 30.0 °C")).toEqual([]);
    expect(unsupported("en", "1.38")).toEqual([1.38]);
    expect(unsupported("en", "1.41")).toEqual([1.41]);
    expect(unsupported("en", "2 lb")).toEqual([2]);
    expect(unsupported("en", "1 lb")).toEqual([1]);
  });

  test("of the question is no fact of ours", () => {
    const guard = guardOf("fr", {
      question: { text: "j'ai 5000 poulets de 35 jours et 2,5 kg", lang: "fr" },
    });
    expect(guard.unsupported("Vos 5 000 poulets de 35 jours, 5 semaines, pèsent 2,5 kg")).toEqual([]);
    expect(guard.unsupported("Vos 5 001 poulets")).toEqual([5001]);
  });

  test("of a table is supported with its unit, its range and its age", () => {
    const guard = guardOf("es", {
      values: [{ amount: 2296, unit: "g", low: 2200, high: 2400, age_days: 35 }],
    });
    expect(guard.unsupported("2296 g, 2,296 kg, 2200–2400 g, a los 35 días, 5 semanas")).toEqual([]);
    expect(guard.unsupported("2296 ml")).toEqual([2296]);
  });

  test("of a citation, a breed or a name is none", () => {
    expect(
      unsupported("en", "Ross 308 and Cobb 500 [1][2] [3, 4] need CO2 below limits; H5N1 and vitamin B12."),
    ).toEqual([]);
  });

  test("in words is a fact with its unit or from a dozen on", () => {
    expect(
      unsupported("en", "There are two reasons, seven signs and one cure; hundreds of birds died."),
    ).toEqual([]);
    expect(unsupported("en", "two kilograms")).toEqual([2]);
    expect(unsupported("en", "seventeen birds")).toEqual([17]);
    expect(unsupported("fr", "une semaine, un gramme")).toEqual([]);
    expect(unsupported("zh", "千万不要，十分重要，一般来说")).toEqual([]);
  });

  test("written by an ordinary word is none", () => {
    expect(unsupported("en", "Thirsty birds drink more in the weightiest hour of heat.")).toEqual([]);
  });

  test("in digits that nobody reads, hidden signs or a table's cell is found", () => {
    expect(unsupported("en", "Give ৪৫ g")).toHaveLength(1);
    expect(unsupported("en", "9\u200b9 °C")).toEqual([99]);
    expect(unsupported("en", "| 21 | 1,012 g |")).toEqual([]);
    expect(unsupported("en", "| 21 | 1,015 g |")).toEqual([1015]);
    expect(unsupported("en", "⁴⁵ °C and 𝟒𝟓 °C")).toEqual([45, 45]);
  });

  test("keeps its sense whatever the decimal sign a model copies", () => {
    expect(unsupported("de", "1,399 oder 1.399")).toEqual([]);
    expect(unsupported("de", "1.012 g und 1,012 g")).toEqual([]);
  });

  test("told in two units is one amount", () => {
    const guard = guardOf("en", { passages: [{ text: "It weighs 2,300 g.", lang: "en" }] });
    expect(guard.unsupported("2 kg 300 g")).toEqual([]);
    expect(guard.unsupported("2 kg 400 g")).toHaveLength(1);
  });

  test("that no passage has is found in any language", () => {
    assert(
      property(
        integer({ min: 4000, max: 9999 }),
        constantFrom(...LANGS),
        constantFrom("g", "kg", "%", "°C", ""),
        (n, lang, unit) => {
          expect(unsupported(lang, `${n} ${unit}`)).toEqual([n]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
