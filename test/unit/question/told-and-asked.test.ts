import { describe, expect, test } from "vitest";
import { frameOf } from "../../fixtures/understanding.ts";

/** [language, question, line, metric, age]: days of broilers, weeks of layers. */
type Case = [string, string, string, string, number];

const expectFrame = (text: string, line: string, metric: string, age: number): void => {
  const frame = frameOf(text);
  expect(frame).toMatchObject({ line, metric });
  expect(frame?.age_days ?? frame?.age_weeks).toBe(age);
  expect(frame?.about ?? frame?.housing).toBe(undefined);
};

describe("what is weighed may be named in the sentence before", () => {
  test.each<Case>([
    ["ar", "البيض صغير جدا، لوهمان 21 أسبوع، كم الوزن الطبيعي؟", "lohmann_brown", "egg_weight", 21],
    [
      "de",
      "Die Eier sind noch so klein, Lohmann 21 Wochen, welches Gewicht ist normal?",
      "lohmann_brown",
      "egg_weight",
      21,
    ],
    [
      "en",
      "my pullets have started and the eggs look tiny; Lohmann at 21 weeks, how heavy should an egg be?",
      "lohmann_brown",
      "egg_weight",
      21,
    ],
    [
      "es",
      "los huevos me salen chiquitos, Lohmann de 21 semanas, ¿qué peso es el normal?",
      "lohmann_brown",
      "egg_weight",
      21,
    ],
    [
      "fr",
      "mes œufs sont tout petits, Lohmann de 21 semaines, quel poids est normal ?",
      "lohmann_brown",
      "egg_weight",
      21,
    ],
    ["hi", "अंडे बहुत छोटे हैं, लोहमैन 21 हफ्ते, सही वजन कितना?", "lohmann_brown", "egg_weight", 21],
    [
      "id",
      "telurnya kecil-kecil, Lohmann 21 minggu, berat normalnya berapa?",
      "lohmann_brown",
      "egg_weight",
      21,
    ],
    [
      "it",
      "le uova sono piccoline, Lohmann 21 settimane, che peso è normale?",
      "lohmann_brown",
      "egg_weight",
      21,
    ],
    ["ja", "卵が小さい、ローマン21週、標準の重さは？", "lohmann_brown", "egg_weight", 21],
    [
      "nl",
      "de eieren zijn nog klein, Lohmann 21 weken, welk gewicht is normaal?",
      "lohmann_brown",
      "egg_weight",
      21,
    ],
    [
      "pl",
      "jajka są małe, Lohmann 21 tygodni, jaka masa jest prawidłowa?",
      "lohmann_brown",
      "egg_weight",
      21,
    ],
    [
      "pt",
      "os ovos estão pequenos, Lohmann de 21 semanas, qual o peso normal?",
      "lohmann_brown",
      "egg_weight",
      21,
    ],
    ["th", "ไข่ฟองเล็กมาก โลมันน์ 21 สัปดาห์ น้ำหนักมาตรฐานเท่าไหร่", "lohmann_brown", "egg_weight", 21],
    [
      "tr",
      "yumurtalar çok küçük, Lohmann 21 haftalık, normal ağırlık ne?",
      "lohmann_brown",
      "egg_weight",
      21,
    ],
    ["vi", "trứng nhỏ quá, Lohmann 21 tuần, nặng bao nhiêu là chuẩn?", "lohmann_brown", "egg_weight", 21],
    ["zh", "蛋太小了，罗曼褐21周，标准重量多少", "lohmann_brown", "egg_weight", 21],
  ])("%s: %s", (_, text, line, metric, age) => {
    expectFrame(text, line, metric, age);
  });
});

describe("a cage that they move to is no housing of a table", () => {
  test.each<Case>([
    [
      "ar",
      "عند النقل إلى الأقفاص بعمر 17 أسبوع كم يجب أن تزن هاي لاين براون؟",
      "hy_line_brown",
      "body_weight",
      17,
    ],
    [
      "de",
      "Mit 17 Wochen kommen sie in den Käfig, was soll eine Hy-Line Brown dann wiegen?",
      "hy_line_brown",
      "body_weight",
      17,
    ],
    [
      "en",
      "pullets go into the cages at 17 weeks, what should a Hy-Line Brown weigh?",
      "hy_line_brown",
      "body_weight",
      17,
    ],
    [
      "es",
      "a las 17 semanas las paso a jaula, ¿cuánto debe pesar la Hy-Line Brown?",
      "hy_line_brown",
      "body_weight",
      17,
    ],
    [
      "fr",
      "On les met en cage à 17 semaines, combien doit peser une Hy-Line Brown ?",
      "hy_line_brown",
      "body_weight",
      17,
    ],
    [
      "hi",
      "17 हफ्ते पर पिंजरे में शिफ्ट करना है, हाई-लाइन ब्राउन का वजन कितना हो?",
      "hy_line_brown",
      "body_weight",
      17,
    ],
    [
      "id",
      "umur 17 minggu dipindah ke kandang baterai, Hy-Line Brown harus berat berapa?",
      "hy_line_brown",
      "body_weight",
      17,
    ],
    [
      "it",
      "a 17 settimane passano in gabbia, quanto deve pesare una Hy-Line Brown?",
      "hy_line_brown",
      "body_weight",
      17,
    ],
    ["ja", "17週でケージに移す、ハイラインブラウンの体重はいくら必要？", "hy_line_brown", "body_weight", 17],
    [
      "nl",
      "met 17 weken gaan ze naar de kooien, wat moet een Hy-Line Bruin dan wegen?",
      "hy_line_brown",
      "body_weight",
      17,
    ],
    ["pl", "w 17 tygodniu idą do klatek, ile ma ważyć Hy-Line Brown?", "hy_line_brown", "body_weight", 17],
    [
      "pt",
      "com 17 semanas vão para as gaiolas, quanto deve pesar uma Hy-Line Brown?",
      "hy_line_brown",
      "body_weight",
      17,
    ],
    ["th", "17 สัปดาห์ย้ายขึ้นกรงตับ ไฮไลน์บราวน์ต้องหนักเท่าไหร่", "hy_line_brown", "body_weight", 17],
    ["tr", "17. haftada kafese alınıyor, Hy-Line Brown kaç kilo olmalı?", "hy_line_brown", "body_weight", 17],
    ["vi", "17 tuần chuyển lên lồng, Hy-Line Brown phải nặng bao nhiêu?", "hy_line_brown", "body_weight", 17],
    ["zh", "17周上笼，海兰褐应该多重", "hy_line_brown", "body_weight", 17],
  ])("%s: %s", (_, text, line, metric, age) => {
    expectFrame(text, line, metric, age);
  });
});

describe("weather that sets the scene leaves the normal amount", () => {
  test.each<Case>([
    ["ar", "الجو حار، كم يشرب الكوب عمر 30 يوم عادة في اليوم؟", "cobb_500", "water", 30],
    [
      "de",
      "Das Wetter ist heiß, was trinkt ein Cobb mit 30 Tagen normalerweise am Tag?",
      "cobb_500",
      "water",
      30,
    ],
    [
      "en",
      "it's hot weather here, how much would Cobb at 30 days normally drink a day?",
      "cobb_500",
      "water",
      30,
    ],
    ["es", "hace calor, ¿cuánta agua toma normalmente al día un Cobb de 30 días?", "cobb_500", "water", 30],
    [
      "fr",
      "Il fait chaud dehors, combien boit normalement un Cobb de 30 jours par jour ?",
      "cobb_500",
      "water",
      30,
    ],
    ["hi", "मौसम गरम है, सामान्यतः 30 दिन का कॉब रोज कितना पानी पीता है?", "cobb_500", "water", 30],
    ["id", "cuaca lagi panas, biasanya Cobb umur 30 hari minum berapa sehari?", "cobb_500", "water", 30],
    ["it", "fa un caldo boia, un Cobb di 30 giorni quanto beve di norma al giorno?", "cobb_500", "water", 30],
    ["ja", "暑い日が続くが、コッブ30日齢は普通1日どれだけ水を飲む？", "cobb_500", "water", 30],
    [
      "nl",
      "het is warm weer, hoeveel drinkt een Cobb van 30 dagen normaal per dag?",
      "cobb_500",
      "water",
      30,
    ],
    ["pl", "pogoda upalna, ile normalnie wypija dziennie Cobb 30-dniowy?", "cobb_500", "water", 30],
    [
      "pt",
      "está um tempo quente, quanto bebe normalmente por dia um Cobb de 30 dias?",
      "cobb_500",
      "water",
      30,
    ],
    ["th", "อากาศร้อน ปกติคอบบ์ 30 วันกินน้ำวันละเท่าไหร่", "cobb_500", "water", 30],
    ["tr", "havalar sıcak, normalde 30 günlük Cobb günde ne kadar su içer?", "cobb_500", "water", 30],
    ["vi", "thời tiết nóng, bình thường Cobb 30 ngày uống bao nhiêu nước mỗi ngày?", "cobb_500", "water", 30],
    ["zh", "天气热，正常情况下30天的科宝一天喝多少水", "cobb_500", "water", 30],
  ])("%s: %s", (_, text, line, metric, age) => {
    expectFrame(text, line, metric, age);
  });
});

describe("the metric of the clause that asks", () => {
  test.each<Case>([
    [
      "en",
      "my hens eat a lot of feed, Lohmann 22 weeks, what should they weigh?",
      "lohmann_brown",
      "body_weight",
      22,
    ],
    ["en", "FCR is 1.6, Cobb 35 days, what should they weigh?", "cobb_500", "body_weight", 35],
    [
      "en",
      "egg weight is 55 g, isa brown 30 weeks, what laying rate should I have?",
      "isa_brown",
      "hen_day",
      30,
    ],
    [
      "de",
      "meine Ross fressen viel Futter, 21 Tage, wie schwer sollen sie sein?",
      "ross_308",
      "body_weight",
      21,
    ],
    [
      "it",
      "le mangime lo finiscono tutto, Lohmann 22 settimane, quanto devono pesare?",
      "lohmann_brown",
      "body_weight",
      22,
    ],
  ])("%s: %s", (_, text, line, metric, age) => {
    expectFrame(text, line, metric, age);
  });
});

test("hens that live in cages are asked about with their housing", () => {
  expect(frameOf("my layers are in cages at 30 weeks, what should a Hy-Line Brown weigh?")?.housing).toBe(
    "cage",
  );
});

test.each([
  ["nl", "Hy-Line Bruin 20wkn % leg", "%"],
  ["pl", "w-36 Hy-Line % nieśności tydz. 38", "%"],
  ["tr", "isa brown 28. haftada yüzde kaç yumurta verir?", "%"],
  ["tr", "ross 308 26. günde o gün kaç gram alır", "g"],
])("%s: «%s» asks for its unit", (_, text, unit) => {
  expect(frameOf(text)?.unit).toBe(unit);
});

test("Indonesian writes a doubled word with a figure, which is no number", () => {
  expect(frameOf("Telurnya kecil2, Lohmann 22 minggu standar berat telurnya berapa?")?.birds).toBe(undefined);
});

test("kilos in all are not what a bird weighs", () => {
  expect(frameOf("Ross 308 kg in total, day 35")?.metric).toBe(null);
});

test("a brand as a language spells it goes on as its names do", () => {
  expect(frameOf("hayline brown 22 haftalık yumurta verimi")?.line).toBe("hy_line_brown");
});
