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

/** Ways of saying a thing that words alone do not settle: where it stands, what stands beside it. */
const SETTLED: [string, string, Partial<Frame>][] = [
  [
    "a verb whose parts stand apart",
    "wie viel g nimmt ein Ross 308 am 22. Tag zu",
    { metric: "daily_gain", age_days: 22, unit: "g" },
  ],
  [
    "the gain from one day to the next",
    "from day 29 to day 30 a cobb 500 should add how many grams?",
    { metric: "daily_gain", age_days: 30, unit: "g" },
  ],
  [
    "millilitres are drunk",
    "how many millilitres would a ross chick take in daily at two weeks?",
    { metric: "water", unit: "ml" },
  ],
  [
    "grams a day of a hen are feed",
    "g/ave/día de alimento, ISA Brown, 68 semanas",
    { metric: "daily_feed", unit: "g" },
  ],
  [
    "eggs a day from a hundred hens",
    "out of 100 lohmanns how many eggs a day at 50 weeks old?",
    { line: "lohmann_brown", metric: "hen_day", age_weeks: 50 },
  ],
  ["feed and meat", "rốt 308 33 ngày thì mấy cám ra một thịt", { metric: "fcr", age_days: 33 }],
  ["an age beside the peak", "海兰褐产蛋高峰后43周,日耗料标准", { metric: "daily_feed", age_weeks: 43 }],
  [
    "the comma after a name",
    "海兰W36,57周龄,日产蛋率参考",
    { line: "hy_line_w36", metric: "hen_day", age_weeks: 57 },
  ],
  [
    "the strain before the brand",
    "hembras 708 de ross, día treinta y seis, ganancia del día",
    { line: "ross_708", metric: "daily_gain", age_days: 36 },
  ],
  [
    "a preposition is no suffix of a line",
    "Wasserbedarf Cobb 500 pro Tier täglich in ml, 28. Tag",
    { line: "cobb_500", metric: "water" },
  ],
  [
    "an age in one Polish word",
    "ross 308 dwudziestoośmiodniowy ile powinien ważyć",
    { metric: "body_weight", age_days: 28 },
  ],
  [
    "two digits said one after the other",
    "hai bảy ngày rồi, gà ross 308 cân nặng bao nhiêu",
    { metric: "body_weight", age_days: 27 },
  ],
  [
    "a Thai vowel that was not struck",
    "น้ำหนกตัว ross308 เพศเมีย 24 วัน",
    { metric: "body_weight", sex: "female", age_days: 24 },
  ],
  [
    "a letter glued before a number",
    "pds oeuf lohmann brown S48 (g)",
    { metric: "egg_weight", age_weeks: 48, unit: "g" },
  ],
  [
    "an ordinal of one letter",
    "acqua consumata dalle femmine ross alla 3a settimana",
    { metric: "water", age_days: 21, sex: "female" },
  ],
  [
    "a dose of feed is no drug",
    "dose di mangime giornaliera isa brown 24 sett.",
    { metric: "daily_feed", age_weeks: 24 },
  ],
];

test.each(SETTLED)("%s: %s", (_, text, expected) => {
  expect(frameOf(text)).toMatchObject(expected);
});

test("grams a day of a broiler may be eaten or gained: the question goes back", () => {
  expect(frameOf("how many grams a day for Ross 308 at 21 days")).toMatchObject({ metric: null, unit: "g" });
});

test("a number before a word that nobody knows is not taken for an age", () => {
  expect(frameOf("weight of Ross 308 at 6 qwxzj")).toMatchObject({ age_days: null });
});
