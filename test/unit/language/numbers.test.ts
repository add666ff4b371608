import { describe, expect, test } from "vitest";
import type { Lang } from "../../../src/core/types.ts";
import { combine, combineHan, numberIn } from "../../../src/language/numbers.ts";
import { read } from "../../fixtures/understanding.ts";

const numbersOf = (lang: Lang, text: string): number[] =>
  read(text, lang).items.flatMap((item) => (item.is === "number" ? [item.value] : []));

const POINT: Lang[] = ["en", "zh", "ja", "th", "hi", "ar"];
const COMMA: Lang[] = ["de", "es", "fr", "id", "it", "nl", "pl", "pt", "tr", "vi"];

describe("digits as the writer's language means them", () => {
  test.each(COMMA)("%s writes a decimal comma and groups with points", (lang) => {
    expect(numberIn("2,5", lang)).toBe(2.5);
    expect(numberIn("1.250", lang)).toBe(1250);
    expect(numberIn("10.000", lang)).toBe(10_000);
    expect(numberIn("1.234.567", lang)).toBe(1_234_567);
    expect(numberIn("1.234,5", lang)).toBe(1234.5);
  });

  test.each(POINT)("%s writes a decimal point and groups with commas", (lang) => {
    expect(numberIn("2.5", lang)).toBe(2.5);
    expect(numberIn("1,250", lang)).toBe(1250);
    expect(numberIn("10,000", lang)).toBe(10_000);
    expect(numberIn("1,234,567", lang)).toBe(1_234_567);
    expect(numberIn("1,234.5", lang)).toBe(1234.5);
  });

  test.each([...POINT, ...COMMA])("%s: what can be meant only one way is read that way", (lang) => {
    expect(numberIn("2,5", lang)).toBe(2.5);
    expect(numberIn("2.5", lang)).toBe(2.5);
    expect(numberIn("0,250", lang)).toBe(0.25);
    expect(numberIn("0.250", lang)).toBe(0.25);
    expect(numberIn("1,234.5", lang)).toBe(1234.5);
    expect(numberIn("1.234,5", lang)).toBe(1234.5);
    expect(numberIn("12'000", lang)).toBe(12_000);
    expect(numberIn("12\u202f000", lang)).toBe(12_000);
  });

  test("Arabic has decimal and group signs of its own", () => {
    expect(numbersOf("ar", "١٫٥ كيلو")).toEqual([1.5]);
    expect(numbersOf("ar", "١٬٢٥٠ غرام")).toEqual([1250]);
  });

  test.each([
    ["fr", "12 000 poulets", 12_000],
    ["pl", "12 000 kur", 12_000],
    ["en", "5 500 birds", 5500],
  ] as const)("%s: a space may part the thousands of %s", (lang, text, value) => {
    expect(numbersOf(lang, text)).toEqual([value]);
  });

  test("a strain and an age that stand side by side are two numbers", () => {
    expect(numbersOf("en", "308 21 days")).toEqual([308, 21]);
  });
});

const SPOKEN: [Lang, string, number][] = [
  ["en", "twenty-one days", 21],
  ["en", "thirty five days", 35],
  ["en", "twenty eighth day", 28],
  ["en", "one hundred and twenty birds", 120],
  ["de", "einundzwanzig Tage", 21],
  ["de", "fünfunddreißig Tage", 35],
  ["fr", "vingt et un jours", 21],
  ["fr", "soixante-dix semaines", 70],
  ["fr", "quatre-vingt-dix semaines", 90],
  ["es", "veintiún días", 21],
  ["es", "treinta y cinco días", 35],
  ["it", "ventuno giorni", 21],
  ["it", "quarantadue giorni", 42],
  ["nl", "eenentwintig dagen", 21],
  ["nl", "vijfendertig dagen", 35],
  ["pl", "dwadzieścia jeden dni", 21],
  ["pl", "w dwudziestym pierwszym dniu", 21],
  ["pt", "vinte e um dias", 21],
  ["pt", "trinta e cinco dias", 35],
  ["tr", "yirmi bir günlük", 21],
  ["tr", "otuzbeş günlük", 35],
  ["id", "dua puluh satu hari", 21],
  ["id", "dua belas hari", 12],
  ["vi", "hai mươi mốt ngày", 21],
  ["vi", "ba mươi lăm ngày", 35],
  ["hi", "इक्कीस दिन", 21],
  ["hi", "पैंतीस दिन", 35],
  ["ar", "واحد وعشرين يوم", 21],
  ["ar", "خمسة وثلاثين يوم", 35],
  ["zh", "二十一天", 21],
  ["zh", "四十二天", 42],
  ["ja", "三十五日齢", 35],
  ["th", "ยี่สิบเอ็ดวัน", 21],
  ["th", "สามสิบห้าวัน", 35],
];

test.each(SPOKEN)("%s: %s is a number in words", (lang, text, value) => {
  expect(numbersOf(lang, text)).toEqual([value]);
});

const SCALED: [Lang, string, number][] = [
  ["es", "20 mil pollos", 20_000],
  ["pt", "20 mil aves", 20_000],
  ["pt", "1,5 mil aves", 1500],
  ["en", "3 thousand birds", 3000],
  ["en", "5k birds", 5000],
  ["en", "two thousand five hundred birds", 2500],
  ["de", "10 tausend Tiere", 10_000],
  ["fr", "deux mille cinq cents poulets", 2500],
  ["it", "10 mila polli", 10_000],
  ["nl", "10 duizend kippen", 10_000],
  ["pl", "10 tys kur", 10_000],
  ["tr", "10 bin tavuk", 10_000],
  ["id", "10 ribu ekor", 10_000],
  ["vi", "10 nghìn con", 10_000],
  ["hi", "10 हजार मुर्गी", 10_000],
  ["ar", "10 آلاف طير", 10_000],
  ["zh", "1万只", 10_000],
  ["zh", "1.5万只", 15_000],
  ["zh", "一万两千只", 12_000],
  ["zh", "1万2千只", 12_000],
  ["zh", "3千5百只", 3500],
  ["ja", "1万羽", 10_000],
  ["ja", "1万2千羽", 12_000],
  ["ja", "二千羽", 2000],
  ["th", "หนึ่งหมื่นตัว", 10_000],
  ["th", "สองพันตัว", 2000],
];

test.each(SCALED)("%s: %s multiplies by its scale", (lang, text, value) => {
  expect(numbersOf(lang, text)).toEqual([value]);
});

const HALVES: [Lang, string, number][] = [
  ["en", "two and a half kilos", 2.5],
  ["fr", "deux kilos et demi", 2.5],
  ["es", "dos kilos y medio", 2.5],
  ["it", "due chili e mezzo", 2.5],
  ["nl", "twee en een halve kilo", 2.5],
  ["pl", "dwa i pół kilo", 2.5],
  ["pl", "półtora kilo", 1.5],
  ["pt", "um quilo e meio", 1.5],
  ["tr", "iki buçuk kilo", 2.5],
  ["vi", "hai ký rưỡi", 2.5],
  ["id", "dua setengah kilo", 2.5],
  ["hi", "साढ़े तीन किलो", 3.5],
  ["ar", "2 كيلو ونص", 2.5],
  ["zh", "两公斤半", 2.5],
  ["ja", "2キロ半", 2.5],
];

test.each(HALVES)("%s: the half in %s belongs to its number", (lang, text, value) => {
  expect(numbersOf(lang, text)).toEqual([value]);
});

test.each([
  ["ar", "أسبوعين", 2, "week"],
  ["ar", "يومين", 2, "day"],
  ["en", "a fortnight", 14, "day"],
] as const)("%s: %s holds number and unit at once", (lang, text, value, unit) => {
  expect(read(text, lang).items).toContainEqual({ is: "dual", value, unit });
});

describe("combining", () => {
  const plain = (...values: number[]) => values.map((value) => ({ value, scale: false }));
  const scale = (value: number) => ({ value, scale: true });

  test("tens take ones, hundreds take tens; two ones are two numbers", () => {
    expect(combine(plain(20, 1), false)).toEqual([21]);
    expect(combine(plain(5, 3), false)).toEqual([5, 3]);
    expect(combine([...plain(2), scale(100), ...plain(35)], false)).toEqual([235]);
    expect(combine([...plain(12), scale(1000), ...plain(5), scale(100)], false)).toEqual([12_500]);
    expect(combine([scale(1000)], false)).toEqual([1000]);
    expect(combine([], false)).toEqual([]);
  });

  test("a last one after a scale is of the scale below, where a language shortens so", () => {
    expect(combineHan([3, 1000, 5], true)).toBe(3500);
    expect(combineHan([3, 1000, 5], false)).toBe(3005);
  });

  test.each([
    [[2, 10, 1], 21],
    [[10], 10],
    [[3, 5], 35],
    [[3, 100, 5], 305],
    [[1, 10_000, 2, 1000], 12_000],
    [[10, 2, 10_000], 120_000],
    [[], undefined],
  ])("the Han digits %j are %s", (signs, value) => {
    expect(combineHan(signs, false)).toBe(value);
  });
});
