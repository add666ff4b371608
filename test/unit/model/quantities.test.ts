import { describe, expect, test } from "vitest";
import type { Lang } from "../../../src/core/types.ts";
import { quantitiesIn } from "../../../src/model/quantities.ts";
import { lexicon } from "../../fixtures/understanding.ts";

/** "30 celsius", "20 (celsius)" for a unit that it shares, "12" for a number alone. */
const told = (text: string, lang: Lang): string[] =>
  quantitiesIn(text, lang, lexicon).map(({ readings, units, shared }) => {
    const values = readings.map(({ value }) => value).join("/");
    return [values, ...units, ...(shared.length > 0 ? [`(${shared.join(",")})`] : [])].join(" ");
  });

describe("numbers of a text with their units", () => {
  test.each<[Lang, string, string[]]>([
    [
      "en",
      "30 °C, 86°F, 5 m, 4 cm, 3 mm and 12 inches",
      ["30 celsius", "86 fahrenheit", "5 metre", "4 centimetre", "3 millimetre", "12 inch"],
    ],
    ["en", "60–70 % or between 20 and 25 °C", ["60 (percent)", "70 percent", "20 (celsius)", "25 celsius"]],
    ["en", "day 21: 900 g, days 1–7", ["21 day", "900 gram", "1 day", "7 (day)"]],
    ["en", "12 000 birds, 3 thousand, 2.5 million, 5k", ["12000", "3000", "2500000", "5000"]],
    ["en", "2 kg 300 g and 5 feet 2 inches", ["2300 gram", "62 inch"]],
    ["en", "| 21 | 900 g |", ["21", "900 gram"]],
    ["en", "Ross 308, Hy-Line W-36, H5N1, CO2, vitamin B12 [1] [2, 3]", []],
    ["en", "thirsty birds weighed forty grams", ["40 gram"]],
    [
      "de",
      "1.012 g, 1,5 kg am 21. Tag, zweitausendsechshundert Gramm",
      ["1012/1.012 gram", "1.5 kilogram", "21 day", "2600 gram"],
    ],
    ["fr", "2 à 3 semaines, 12 pouces, quatre-vingts grammes", ["2 (week)", "3 week", "12 inch", "80 gram"]],
    ["es", "3 libras, 2 pies, el día 35", ["3 pound", "2 foot", "35 day"]],
    ["it", "duemilacinquecento grammi secondo l'umidità", ["2500 gram", "2"]],
    ["ar", "يومين و٣٠ °C وخمسة وعشرون غراما في اليوم ٢١", ["2 day", "30 celsius", "25 gram", "21 day"]],
    ["hi", "२१ दिन, पच्चीस ग्राम, 30 °C", ["21 day", "25 gram", "30 celsius"]],
    ["th", "อายุ ๒๑ วัน น้ำหนัก ยี่สิบห้า กรัม 12 นิ้ว", ["21 day", "25 gram", "12 inch"]],
    [
      "zh",
      "第21天，二十五克，百分之三十，12 英寸，3千克，1万2千只",
      ["21 day", "25 gram", "30 percent", "12 inch", "3 kilogram", "12000"],
    ],
    ["ja", "1日50g、2週齢、二十日、30℃", ["1 day", "50 gram", "2 week", "20 day", "30 celsius"]],
    ["tr", "%25, yüzde 30, iki hafta", ["25 percent", "30 percent", "2 week"]],
    ["pl", "dwadzieścia pięć gramów w 3. tygodniu", ["25 gram", "3 week"]],
    ["vi", "hai mươi lăm gam, tuần thứ 3", ["25 gram", "3 week"]],
    ["nl", "tweeduizendvijfhonderd gram, week 3", ["2500 gram", "3 week"]],
    ["id", "dua puluh lima gram, hari ke-7", ["25 gram", "7 day"]],
    ["pt", "vinte e cinco gramas, 2 polegadas", ["25 gram", "2 inch"]],
    ["en", "nine out of ten hens, one in four chicks, 9 of 10", ["90 percent", "25 percent", "90 percent"]],
    ["en", "five-hundred birds, three thousand, nine hundred hens", ["500", "3900"]],
    ["de", "9 von 10 Hennen, siebenhundertdreiunddreißig Gramm", ["90 percent", "733 gram"]],
    ["fr", "neuf poules sur dix, un poussin sur quatre", ["90 percent", "25 percent"]],
    ["es", "nueve de cada diez gallinas, 9 de 10 pollos", ["90 percent", "90 percent"]],
    ["pt", "nove em cada dez aves", ["90 percent"]],
    ["it", "nove galline su dieci, quattrocentottantuno grammi", ["90 percent", "481 gram"]],
    ["nl", "negen van de tien hennen, drieduizendnegenhonderd gram", ["90 percent", "3900 gram"]],
    ["pl", "dziewięć na dziesięć kur, 9 z 10 kur", ["90 percent", "90 percent"]],
    [
      "tr",
      "her 10 tavuktan 9'u, üçyüzaltmışiki gram, on tavuktan dokuzu",
      ["90 percent", "362 gram", "90 percent"],
    ],
    ["id", "sembilan dari sepuluh ayam", ["90 percent"]],
    ["vi", "chín trên mười con gà", ["90 percent"]],
    ["ar", "تسعة من كل عشرة دجاجات", ["90 percent"]],
    ["hi", "10 में से 9 मुर्गियां, तीन सौ इक्कीस ग्राम", ["90 percent", "321 gram"]],
    ["th", "เก้าในสิบตัว", ["90 percent"]],
    ["ja", "10羽のうち9羽", ["90 percent"]],
    ["zh", "十只鸡中有九只，九成，十分之九", ["90 percent", "90 percent", "90 percent"]],
    ["zh", "三千九百七十七克成鸡", ["3977 gram"]],
  ])("%s: %s", (lang, text, expected) => {
    expect(told(text, lang)).toEqual(expected);
  });
});
