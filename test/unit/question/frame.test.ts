import { describe, expect, test } from "vitest";
import type { Frame, Lang, Unit } from "../../../src/core/types.ts";
import { bareAge, unitFits } from "../../../src/question/frame.ts";
import { frameOf } from "../../fixtures/understanding.ts";

const BASE: Frame = { line: "ross_308", metric: "body_weight", age_days: 35, sex: "as_hatched", unit: null };

/** «Weight of a Ross 308 at 35 days», to which a word is added. */
const WEIGHT: Record<Lang, string> = {
  ar: "وزن روس 308 عمر 35 يوم",
  de: "Gewicht Ross 308 Tag 35",
  en: "weight of Ross 308 at 35 days",
  es: "peso Ross 308 35 días",
  fr: "poids Ross 308 35 jours",
  hi: "रॉस 308 35 दिन वजन",
  id: "berat Ross 308 35 hari",
  it: "peso Ross 308 35 giorni",
  ja: "ロス308 35日齢 体重",
  nl: "gewicht Ross 308 dag 35",
  pl: "waga Ross 308 35 dzień",
  pt: "peso Ross 308 35 dias",
  th: "น้ำหนัก รอส 308 35 วัน",
  tr: "Ross 308 35 günlük ağırlık",
  vi: "cân nặng Ross 308 35 ngày",
  zh: "罗斯308 35日龄体重",
};

const UNITS: Record<Lang, [string, Unit][]> = {
  ar: [
    ["بالكيلو", "kg"],
    ["بالرطل", "lb"],
    ["بالغرام", "g"],
  ],
  de: [
    ["in Kilo", "kg"],
    ["in Pfund", "lb"],
    ["in Gramm", "g"],
  ],
  en: [
    ["in kg", "kg"],
    ["in pounds", "lb"],
    ["in ounces", "oz"],
    ["in grams", "g"],
  ],
  es: [
    ["en kilos", "kg"],
    ["en libras", "lb"],
    ["en onzas", "oz"],
  ],
  fr: [
    ["en kilos", "kg"],
    ["en livres", "lb"],
    ["en onces", "oz"],
  ],
  hi: [
    ["किलो में", "kg"],
    ["पाउंड में", "lb"],
    ["ग्राम में", "g"],
  ],
  id: [
    ["dalam kg", "kg"],
    ["dalam pon", "lb"],
    ["dalam gram", "g"],
  ],
  it: [
    ["in chili", "kg"],
    ["in libbre", "lb"],
    ["in grammi", "g"],
  ],
  ja: [
    ["何キロ", "kg"],
    ["ポンドで", "lb"],
    ["グラムで", "g"],
  ],
  nl: [
    ["in kilo", "kg"],
    ["in ponden", "lb"],
    ["in gram", "g"],
  ],
  pl: [
    ["w kilogramach", "kg"],
    ["w funtach", "lb"],
    ["w gramach", "g"],
  ],
  pt: [
    ["em quilos", "kg"],
    ["em libras", "lb"],
    ["em gramas", "g"],
  ],
  th: [
    ["กี่กิโล", "kg"],
    ["กี่ปอนด์", "lb"],
    ["กี่กรัม", "g"],
  ],
  tr: [
    ["kaç kilo", "kg"],
    ["kaç pound", "lb"],
    ["kaç g", "g"],
  ],
  vi: [
    ["bao nhiêu ký", "kg"],
    ["bao nhiêu pound", "lb"],
    ["bao nhiêu gam", "g"],
  ],
  zh: [
    ["多少公斤", "kg"],
    ["多少磅", "lb"],
    ["多少克", "g"],
  ],
};
const SEXES: Record<Lang, [string, Frame["sex"]][]> = {
  ar: [
    ["ذكور", "male"],
    ["اناث", "female"],
    ["مختلط", "as_hatched"],
  ],
  de: [
    ["Hähne", "male"],
    ["Hennen", "female"],
    ["gemischt", "as_hatched"],
  ],
  en: [
    ["cockerels", "male"],
    ["pullets", "female"],
    ["hens", "female"],
    ["straight run", "as_hatched"],
  ],
  es: [
    ["machos", "male"],
    ["hembras", "female"],
    ["mixto", "as_hatched"],
  ],
  fr: [
    ["mâles", "male"],
    ["femelles", "female"],
    ["mixte", "as_hatched"],
  ],
  hi: [
    ["नर", "male"],
    ["मादा", "female"],
    ["मिश्रित", "as_hatched"],
  ],
  id: [
    ["jantan", "male"],
    ["betina", "female"],
    ["campur", "as_hatched"],
  ],
  it: [
    ["maschi", "male"],
    ["femmine", "female"],
    ["misto", "as_hatched"],
  ],
  ja: [
    ["雄", "male"],
    ["メス", "female"],
    ["混合", "as_hatched"],
  ],
  nl: [
    ["hanen", "male"],
    ["hennen", "female"],
    ["gemengd", "as_hatched"],
  ],
  pl: [
    ["kogutki", "male"],
    ["kurki", "female"],
  ],
  pt: [
    ["machos", "male"],
    ["fêmeas", "female"],
    ["misto", "as_hatched"],
  ],
  th: [
    ["ตัวผู้", "male"],
    ["ตัวเมีย", "female"],
    ["คละเพศ", "as_hatched"],
  ],
  tr: [
    ["erkek", "male"],
    ["dişi", "female"],
    ["karışık", "as_hatched"],
  ],
  vi: [
    ["trống", "male"],
    ["mái", "female"],
    ["trống mái lẫn lộn", "as_hatched"],
  ],
  zh: [
    ["公鸡", "male"],
    ["母鸡", "female"],
    ["混养", "as_hatched"],
  ],
};

const rows = <T>(words: Record<Lang, [string, T][]>): [string, string, T][] =>
  Object.entries(words).flatMap(([lang, all]) =>
    all.map(([word, value]): [string, string, T] => [lang, `${WEIGHT[lang as Lang]} ${word}`, value]),
  );

test.each(Object.entries(WEIGHT))("%s: «%s» has every default written in", (_, text) => {
  expect(frameOf(text)).toEqual(BASE);
});
test.each(rows(UNITS))("%s: «%s» wants the answer in %s", (_, text, unit) => {
  expect(frameOf(text)).toEqual({ ...BASE, unit });
});
test.each(rows(SEXES))("%s: «%s» is about %s", (_, text, sex) => {
  expect(frameOf(text)).toEqual({ ...BASE, sex });
});

describe("layers", () => {
  test("are told in weeks, and a hen is no sex there", () => {
    expect(frameOf("body weight of Hy-Line Brown hens at 30 weeks")).toEqual({
      line: "hy_line_brown",
      metric: "body_weight",
      age_weeks: 30,
      sex: "as_hatched",
      unit: null,
    });
  });

  test("days of a layer are weeks, in fractions too", () => {
    expect(frameOf("egg weight Hy-Line Brown 210 days")).toMatchObject({ age_weeks: 30 });
    expect(frameOf("egg weight Hy-Line Brown 213 days")?.age_weeks).toBeCloseTo(30.429, 3);
  });

  test("housing is a slot of layers alone", () => {
    expect(frameOf("laying rate Hy-Line Brown week 30 free range")).toMatchObject({ housing: "alternative" });
    expect(frameOf("laying rate Hy-Line Brown week 30 in cages")).toMatchObject({ housing: "cage" });
    expect(frameOf("laying rate Hy-Line Brown week 30")).not.toHaveProperty("housing");
  });
});

describe("what is missing stays open", () => {
  test.each([
    ["weight of a Ross 308 male?", { line: "ross_308", metric: "body_weight", age_days: null, sex: "male" }],
    ["FCR at 35 days?", { line: null, metric: "fcr", age_days: 35 }],
    ["Ross 308 at 35 days", { line: "ross_308", metric: null, age_days: 35 }],
    ["laying rate Hy-Line Brown", { line: "hy_line_brown", metric: "hen_day", age_weeks: null }],
  ])("«%s»", (text, slots) => {
    expect(frameOf(text)).toMatchObject(slots);
  });

  test("a unit alone says what is measured", () => {
    expect(frameOf("Ross 308 at 35 days in kg")).toMatchObject({ metric: "body_weight", unit: "kg" });
  });

  test("a unit that the metric cannot be told in is not asked for", () => {
    expect(frameOf("FCR of Ross 308 at 35 days in kg")).toMatchObject({ metric: "fcr", unit: null });
  });
});

test.each([
  ["body_weight", "kg", true],
  ["body_weight", "ml", false],
  ["water", "ml", true],
  ["water", "g", false],
  ["hen_day", "%", true],
  ["fcr", "g", false],
  ["metabolizable_energy", "MJ", true],
  ["crude_protein", "%", true],
  [null, "kg", true],
] as const)("%s can be told in %s: %s", (metric, unit, fits) => {
  expect(unitFits(metric, unit)).toBe(fits);
});

test("a bare number is an age where it can be one", () => {
  expect(bareAge(28, "broiler")).toEqual([{ days: 28, unit: "day", amount: 28 }]);
  expect(bareAge(28, "layer")).toEqual([{ days: 196, unit: "week", amount: 28 }]);
  expect(bareAge(308, "broiler")).toEqual([]);
  expect(bareAge(0, "layer")).toEqual([]);
});

describe("a percent that belongs to the metric's name is no unit asked for", () => {
  test.each([
    ["percent production Hy-Line Brown 65 weeks", null],
    ["persen produksi ISA Brown 41 minggu", null],
    ["procent produkcji Hy-Line Brown w 41 tygodniu", null],
    ["phần trăm đẻ ISA Brown 41 tuần tuổi", null],
    ["what percent production Hy-Line Brown 65 weeks", "%"],
    ["Lohmann Brown 33 haftalık yüzde kaç yumurtlar?", "%"],
    ["Lohmann Brown usia 24 minggu bertelurnya berapa persen?", "%"],
  ])("%s", (text, unit) => {
    expect(frameOf(text)).toMatchObject({ metric: "hen_day", unit });
  });
});

test("one day before a question word is a rate, not a day more", () => {
  expect(frameOf("ローマンLSLライト、40週で1日何グラム食べますか")).toMatchObject({
    metric: "daily_feed",
    age_weeks: 40,
  });
  expect(frameOf("weight of Ross 308 at 3 weeks 1 day")).toMatchObject({ age_days: 22 });
});
