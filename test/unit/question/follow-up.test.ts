import { describe, expect, test } from "vitest";
import type { Frame, Lang } from "../../../src/core/types.ts";
import { isFollowUp, isFragment } from "../../../src/question/follow-up.ts";
import { conversations } from "../../fixtures/dev-sets.ts";
import { frameAfter, frameOf, parsed } from "../../fixtures/understanding.ts";

const WEIGHT: Record<Lang, string> = {
  ar: "وزن روس 308 عمر 35 يوم",
  de: "Gewicht Ross 308 Tag 35",
  en: "weight of Ross 308 at 35 days",
  es: "peso Ross 308 35 días",
  fr: "poids Ross 308 35 jours",
  hi: "रॉस 308 35 दिन वजन",
  id: "berat Ross 308 35 hari",
  it: "peso Ross 308 35 giorni",
  ja: "ロス308 35日齢 体重は？",
  nl: "gewicht Ross 308 dag 35",
  pl: "waga Ross 308 35 dzień",
  pt: "peso Ross 308 35 dias",
  th: "น้ำหนัก รอส 308 35 วัน",
  tr: "Ross 308 35 günlük ağırlık",
  vi: "cân nặng Ross 308 35 ngày",
  zh: "罗斯308 35日龄体重",
};
const FIRST: Frame = { line: "ross_308", metric: "body_weight", age_days: 35, sex: "as_hatched", unit: null };

/** Age, sex, unit, line, a bare number, another metric, a sum: one of each in a language. */
const CHANGES: Partial<Frame>[] = [
  { age_days: 28 },
  { sex: "female" },
  { unit: "lb" },
  { line: "cobb_500" },
  { age_days: 28 },
  { metric: "fcr" },
  { metric: "cum_feed" },
];
const ELLIPSES: Record<Lang, string[]> = {
  ar: ["وعند 28 يوم؟", "والاناث؟", "بالرطل؟", "وماذا عن كوب؟", "28", "ومعامل التحويل؟", "والعلف التراكمي؟"],
  de: [
    "und mit 28 Tagen?",
    "und die Hennen?",
    "in Pfund?",
    "und Cobb?",
    "28",
    "und die Futterverwertung?",
    "und der Futterverbrauch insgesamt?",
  ],
  en: [
    "and at 28 days?",
    "and the females?",
    "in pounds?",
    "what about Cobb?",
    "28",
    "and FCR?",
    "and cumulative feed?",
  ],
  es: [
    "¿y a los 28 días?",
    "¿y las hembras?",
    "¿en libras?",
    "¿y Cobb?",
    "28",
    "¿y la conversión?",
    "¿y el consumo acumulado?",
  ],
  fr: [
    "et à 28 jours ?",
    "et pour les femelles ?",
    "en livres ?",
    "et Cobb ?",
    "28",
    "et l'indice de consommation ?",
    "et la consommation cumulée ?",
  ],
  hi: ["और 28 दिन पर?", "और मादा?", "पाउंड में?", "और कॉब?", "28", "और एफसीआर?", "और कुल दाना?"],
  id: [
    "kalau 28 hari?",
    "kalau betina?",
    "dalam pon?",
    "kalau Cobb?",
    "28",
    "kalau FCR?",
    "kalau pakan kumulatif?",
  ],
  it: [
    "e a 28 giorni?",
    "e le femmine?",
    "in libbre?",
    "e Cobb?",
    "28",
    "e l'indice di conversione?",
    "e il mangime cumulativo?",
  ],
  ja: ["28日齢では？", "雌は？", "ポンドで？", "コッブは？", "28", "飼料要求率は？", "累積飼料は？"],
  nl: [
    "en op 28 dagen?",
    "en de hennen?",
    "in ponden?",
    "en Cobb?",
    "28",
    "en de voederconversie?",
    "en cumulatieve voeropname?",
  ],
  pl: ["a w 28 dniu?", "a kurki?", "w funtach?", "a Cobb?", "28", "a FCR?", "a spożycie paszy łącznie?"],
  pt: [
    "e aos 28 dias?",
    "e as fêmeas?",
    "em libras?",
    "e o Cobb?",
    "28",
    "e a conversão?",
    "e o consumo acumulado?",
  ],
  th: ["แล้ว 28 วันล่ะ", "แล้วตัวเมียล่ะ", "เป็นปอนด์", "แล้วคอบล่ะ", "28", "แล้ว FCR ล่ะ", "แล้วอาหารสะสมล่ะ"],
  tr: ["peki 28 günde?", "ya dişiler?", "pound olarak?", "peki Cobb?", "28", "peki FCR?", "peki toplam yem?"],
  vi: ["còn 28 ngày?", "còn con mái?", "theo pound?", "còn Cobb?", "28", "còn FCR?", "còn tổng cám?"],
  zh: ["28日龄呢？", "母鸡呢？", "换成磅？", "科宝呢？", "28", "料肉比呢？", "累计耗料呢？"],
};
const cases = Object.entries(ELLIPSES).flatMap(([lang, texts]) =>
  texts.map((text, at): [string, string, Partial<Frame>] => [lang, text, CHANGES[at] ?? {}]),
);

test.each(conversations.filter(({ frame }) => frame))(
  "$lang $id: $turns ends in its frame",
  ({ turns, frame }) => {
    expect(frameAfter(turns)).toEqual(frame);
  },
);
test.each(conversations.filter(({ frame }) => !frame))(
  "$lang $id: $turns asks what `expect` asks alone",
  ({ turns, expect: alone }) => {
    expect(frameAfter(turns)).toEqual(frameOf(alone));
  },
);

test.each(cases)("%s: «%s» changes one slot of the question before", (lang, text, change) => {
  expect(frameAfter([WEIGHT[lang as Lang], text])).toEqual({ ...FIRST, ...change });
});
test.each(cases)("%s: «%s» completes a question that was asked in English", (_, text, change) => {
  expect(frameAfter([WEIGHT.en, text])).toEqual({ ...FIRST, ...change });
});
test.each(Object.entries(ELLIPSES))("%s: changes add up over turns", (lang, texts) => {
  expect(frameAfter([WEIGHT[lang as Lang], ...texts.slice(0, 4)])).toEqual({
    line: "cobb_500",
    metric: "body_weight",
    age_days: 28,
    sex: "female",
    unit: "lb",
  });
});

describe("layers", () => {
  const LAYING = ["laying rate Hy-Line Brown week 30"];
  const LAID: Frame = {
    line: "hy_line_brown",
    metric: "hen_day",
    age_weeks: 30,
    sex: "as_hatched",
    unit: null,
  };

  test.each<[string, Partial<Frame>]>([
    ["and 60?", { age_weeks: 60 }],
    ["60", { age_weeks: 60 }],
    ["and egg weight?", { metric: "egg_weight" }],
    ["free range?", { housing: "alternative" }],
    ["and Lohmann Brown?", { line: "lohmann_brown" }],
    ["and the W-36?", { line: "hy_line_w36" }],
  ])("«%s» changes one slot", (text, change) => {
    expect(frameAfter([...LAYING, text])).toEqual({ ...LAID, ...change });
  });

  test("a line of another kind takes its age in its own unit", () => {
    expect(frameAfter(["Lohmann Brown weight week 20", "and Cobb 500 at 20 days?"])).toEqual({
      line: "cobb_500",
      metric: "body_weight",
      age_days: 20,
      sex: "as_hatched",
      unit: null,
    });
  });
});

describe("what follows changes only what it names", () => {
  test("a unit does not survive another metric, an age and a sex do", () => {
    expect(frameAfter(["weight in lb Ross 308 males at 35 days", "and FCR?"])).toEqual({
      ...FIRST,
      metric: "fcr",
      sex: "male",
    });
  });

  test("a complete question takes nothing from the one before", () => {
    expect(frameAfter(["weight in kg Ross 308 males at 35 days", "FCR of Cobb 500 at 21 days"])).toEqual({
      line: "cobb_500",
      metric: "fcr",
      age_days: 21,
      sex: "as_hatched",
      unit: null,
    });
  });

  test.each([
    ["how do I treat coccidiosis?", "a disease"],
    ["why are they coughing?", "a sign"],
    ["who is the prime minister?", "nothing of ours"],
    ["thanks!", "no question"],
  ])("«%s» is %s, not a follow-up", (text) => {
    expect(frameAfter([WEIGHT.en, text])).toBeNull();
  });

  test("small talk between two turns does not lose the question", () => {
    expect(frameAfter([WEIGHT.en, "thanks!", "and at 28 days?"])).toEqual({ ...FIRST, age_days: 28 });
  });

  test("the missing slot is filled by a bare answer", () => {
    expect(frameAfter(["weight of a Ross 308 male?", "28"])).toEqual({ ...FIRST, age_days: 28, sex: "male" });
    expect(frameAfter(["weight at 35 days?", "Ross 308"])).toEqual(FIRST);
    expect(frameAfter(["Ross 308 at 35 days?", "weight"])).toEqual(FIRST);
  });
});

describe("an ellipsis without a question before it", () => {
  test.each([
    "and at 28 days?",
    "and the females?",
    "in pounds?",
    "28",
    "et à 28 jours ?",
    "母鸡呢？",
    "ya dişiler?",
  ])("«%s» is a fragment: no frame is made up for it", (text) => {
    expect(isFragment(parsed(text))).toBe(true);
    expect(frameOf(text)).toBeNull();
  });

  test.each(["weight of Ross 308 at 35 days", "what FCR is good?", "and Cobb 500 weight?"])(
    "«%s» is none",
    (text) => {
      expect(isFragment(parsed(text))).toBe(false);
    },
  );

  test("a full question is no follow-up", () => {
    expect(isFollowUp(parsed("weight of Ross 308 at 35 days"))).toBe(false);
    expect(isFollowUp(parsed("and at 28 days?"))).toBe(true);
  });
});
