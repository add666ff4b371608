import { describe, expect, test } from "vitest";
import { parsed } from "../../fixtures/understanding.ts";

const days = (text: string): number[] => parsed(text).ages.map((age) => age.days);

test.each([
  ["en", "Ross 308 weight at 21 days", 21],
  ["en", "Ross 308 weight 21-day", 21],
  ["en", "Ross 308 weight on day 21", 21],
  ["en", "Ross 308 weight d21", 21],
  ["en", "Ross 308 weight 21d", 21],
  ["en", "Ross 308 weight of 21-day-old birds", 21],
  ["en", "Ross 308 weight on the 21st day of life", 21],
  ["en", "Ross 308 weight week 5", 35],
  ["en", "Ross 308 weight 5wks", 35],
  ["en", "Ross 308 weight five weeks", 35],
  ["en", "Ross 308 weight 3 weeks 2 days", 23],
  ["en", "Ross 308 weight 3 weeks and 2 days", 23],
  ["en", "Ross 308 weight 3.5 weeks", 24.5],
  ["en", "Ross 308 weight half a week", 3.5],
  ["fr", "poids Ross 308 j21", 21],
  ["fr", "poids Ross 308 à J-21", 21],
  ["fr", "poids Ross 308 au 28ème jour", 28],
  ["fr", "poids Ross 308 3 sem", 21],
  ["de", "Gewicht Ross 308 am 21. Tag", 21],
  ["de", "Gewicht Ross 308 3,5 Wochen", 24.5],
  ["it", "peso Ross 308 al 21° giorno", 21],
  ["it", "peso Ross 308 18gg", 18],
  ["es", "peso Ross 308 5ª semana", 35],
  ["pt", "peso do Ross 308 no 21º dia", 21],
  ["nl", "gewicht Ross 308 21ste dag", 21],
  ["pl", "waga Ross 308 w 21 dniu", 21],
  ["tr", "Ross 308 21. günde ağırlık", 21],
  ["tr", "Ross 308 5 haftalık ağırlık", 35],
  ["id", "berat Ross 308 hari ke-21", 21],
  ["vi", "cân nặng Ross 308 ngày thứ 35", 35],
  ["vi", "cân nặng Ross 308 tuần thứ 5", 35],
  ["hi", "रॉस 308 35वें दिन वजन", 35],
  ["ar", "وزن روس 308 في اليوم 35", 35],
  ["ar", "وزن روس 308 عمر أسبوعين", 14],
  ["ja", "ロス308の35日目の体重", 35],
  ["ja", "ロス308の5週齢の体重", 35],
  ["zh", "罗斯308第35天体重", 35],
  ["zh", "罗斯308五周体重", 35],
  ["th", "น้ำหนัก รอส 308 วันที่ 35", 35],
  ["th", "น้ำหนัก รอส 308 อายุ 5 สัปดาห์", 35],
] as const)("%s: the age of «%s» is %s days", (_, text, age) => {
  expect(days(text)).toEqual([age]);
});

describe("spans of ages", () => {
  test.each([
    ["en", "feed of Ross 308 from 3 to 5 weeks"],
    ["en", "feed of Ross 308 between 3 and 5 weeks"],
    ["en", "feed of Ross 308 3-5 weeks"],
    ["en", "feed of Ross 308 week 3 to week 5"],
    ["en", "feed of Ross 308 days 21–35"],
    ["en", "feed of Ross 308 from day 21 to day 35"],
    ["en", "feed of Ross 308 from 5 weeks back to 3 weeks"],
    ["ar", "علف روس 308 من 3 الى 5 اسابيع"],
    ["de", "Futterverbrauch Ross 308 von der 3. bis zur 5. Woche"],
    ["es", "alimento Ross 308 de 3 a 5 semanas"],
    ["fr", "aliment Ross 308 de 3 à 5 semaines"],
    ["hi", "रॉस 308 3 से 5 हफ्ते तक दाना"],
    ["id", "pakan Ross 308 dari umur 3 sampai 5 minggu"],
    ["it", "mangime Ross 308 da 3 a 5 settimane"],
    ["ja", "ロス308の3週から5週までの飼料摂取量"],
    ["nl", "voerverbruik Ross 308 van 3 tot 5 weken"],
    ["pl", "spożycie paszy Ross 308 od 3 do 5 tygodnia"],
    ["pt", "consumo de ração Ross 308 de 3 a 5 semanas"],
    ["th", "รอส 308 กินอาหารตั้งแต่ 3 ถึง 5 สัปดาห์"],
    ["tr", "Ross 308 3-5 hafta arası yem tüketimi"],
    ["vi", "Ross 308 từ 3 đến 5 tuần ăn bao nhiêu cám"],
    ["zh", "罗斯308 3到5周耗料"],
  ])("%s: «%s» goes from 21 to 35 days", (_, text) => {
    expect(days(text)).toEqual([21, 35]);
    expect(parsed(text).span).toBe(true);
  });

  test("one age is no span", () => {
    expect(parsed("feed of Ross 308 up to 35 days").span).toBe(false);
  });
});

describe("numbers that are no ages", () => {
  test.each([
    ["feed for 5,000 birds Ross 308 to day 35", 5000],
    ["feed for 12k birds Ross 308 to day 35", 12_000],
    ["feed for a flock of 12,000 Ross 308 to day 35", 12_000],
    ["feed for 10000 Ross 308 to day 35", 10_000],
    ["agua para 20 mil pollos ross 308 día 35", 20_000],
    ["cám cho 5000 con gà Cobb 500 đến 35 ngày", 5000],
    ["5000只科宝500到35日龄需要多少饲料", 5000],
    ["コッブ500を5000羽、35日齢までの飼料量", 5000],
    ["अगर 5000 मुर्गियां हों तो 35 दिन तक रॉस 308 का दाना", 5000],
  ])("«%s» counts the birds", (text, birds) => {
    expect(parsed(text).birds).toBe(birds);
    expect(days(text)).toEqual([35]);
  });

  test.each([
    ["when does a Ross 308 reach 2 kg", 2000],
    ["when does a Ross 308 reach 2.5kg", 2500],
    ["when does a Ross 308 reach 1500 g", 1500],
    ["when does a Ross 308 reach 4 lb", 1814.369],
    ["quand un Ross 308 atteint-il deux kilos et demi", 2500],
    ["cuándo llega el Ross 308 a 4 libras", 1814.369],
  ])("«%s» names a weight in grams", (text, grams) => {
    expect(parsed(text)).toMatchObject({ mass: grams, ages: [], backwards: true });
  });

  test.each(["at what age does Hy-Line Brown reach 90 % lay", "Hy-Line Brown reaches 90% production when"])(
    "«%s» names a share",
    (text) => {
      expect(parsed(text)).toMatchObject({ percent: 90, ages: [], backwards: true });
    },
  );

  test("a strain is no age and no number of birds", () => {
    expect(parsed("Ross 308 weight")).toMatchObject({ ages: [], bare: [], birds: undefined });
    expect(parsed("Ross 409 weight")).toMatchObject({ ages: [], bare: [], birds: undefined });
  });

  test("a number that nothing explains stays bare", () => {
    expect(parsed("Ross 308 weight 28")).toMatchObject({ ages: [], bare: [28] });
  });
});

describe("units", () => {
  test.each(["Ross 308 day 35 g", "Ross 308 day 35 in g", "g Ross 308 on day 35"])(
    "in «%s» the number is the age and g the unit asked for",
    (text) => {
      expect(parsed(text)).toMatchObject({ unit: "g", mass: undefined });
      expect(days(text)).toEqual([35]);
    },
  );

  test("a unit that stands with a number is no wish for the answer", () => {
    expect(parsed("breast yield of Cobb 500 at 2.5 kg live weight")).toMatchObject({
      mass: 2500,
      unit: undefined,
    });
  });

  test("one day beside an age is a rate", () => {
    expect(days("how much does a Ross 308 drink in one day at 21 days")).toEqual([21]);
    expect(parsed("how much does a Ross 308 eat in one day at 21 days").metric).toBe("daily_feed");
  });
});
