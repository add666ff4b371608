import { describe, expect, test } from "vitest";
import type { Frame } from "../../../src/core/types.ts";
import { frameOf } from "../../fixtures/understanding.ts";

const REVERSE: Frame = {
  line: "ross_308",
  metric: "body_weight",
  age_days: null,
  sex: "as_hatched",
  unit: null,
  target: 2000,
};

test.each([
  ["ar", "في أي عمر يصل روس 308 إلى 2 كغ؟"],
  ["de", "Mit welchem Alter erreicht Ross 308 2 kg?"],
  ["en", "at what age does a Ross 308 reach 2 kg?"],
  ["en", "when does a Ross 308 weigh 2000 g"],
  ["en", "how many days until Ross 308 is two kilos"],
  ["es", "¿A qué edad llega el Ross 308 a 2 kg?"],
  ["fr", "À quel âge un Ross 308 atteint-il 2 kg ?"],
  ["hi", "रॉस 308 कितने दिन में 2 किलो का होता है?"],
  ["id", "umur berapa Ross 308 mencapai 2 kg?"],
  ["it", "A che età il Ross 308 raggiunge i 2 kg?"],
  ["ja", "ロス308は何日齢で2kgになりますか"],
  ["nl", "op welke leeftijd haalt een Ross 308 2 kg?"],
  ["pl", "w jakim wieku Ross 308 osiąga 2 kg?"],
  ["pt", "com que idade o Ross 308 atinge 2 kg?"],
  ["th", "รอส 308 อายุกี่วันถึงจะหนัก 2 กิโล"],
  ["tr", "Ross 308 kaç günde 2 kg olur?"],
  ["vi", "gà Ross 308 bao nhiêu ngày thì đạt 2 kg?"],
  ["zh", "罗斯308几日龄达到2公斤?"],
  ["zh", "罗斯308多少天能长到2公斤?"],
])("%s: «%s» is the table read backwards", (_, text) => {
  expect(frameOf(text)).toEqual(REVERSE);
});

test.each([
  ["ar", "كم يوم يصل روس 308 الى كيلو ونصف", 1500],
  ["de", "ab wann wiegt Ross 308 zweieinhalb Kilo", 2500],
  ["en", "At what age does a Ross 308 reach half a kilo?", 500],
  ["hi", "रॉस 308 कितने दिन में ढाई किलो होता है", 2500],
  ["nl", "wanneer weegt Ross 308 anderhalve kilo", 1500],
  ["tr", "ross 308 kaç günde 1500 g olur", 1500],
])("%s: the weight in words of «%s» is a target of %s g", (_, text, target) => {
  expect(frameOf(text)).toEqual({ ...REVERSE, target });
});

test("a share of laying hens is a target too", () => {
  expect(frameOf("at what age does Hy-Line Brown reach 90 % lay")).toMatchObject({
    line: "hy_line_brown",
    metric: "hen_day",
    target: 90,
    age_weeks: null,
  });
});

const TOTAL: Frame = {
  line: "cobb_500",
  metric: "cum_feed",
  age_days: 35,
  sex: "as_hatched",
  unit: null,
  birds: 5000,
};

test.each([
  ["ar", "علف 5000 طير كوب 500 حتى اليوم 35"],
  ["de", "Futter für 5.000 Cobb 500 bis Tag 35"],
  ["en", "feed for 5,000 Cobb 500 birds to day 35"],
  ["en", "total feed 5000 cobb 500 35 days"],
  ["es", "alimento para 5.000 pollos Cobb 500 hasta el día 35"],
  ["fr", "aliment pour 5 000 poulets Cobb 500 jusqu'à 35 jours"],
  ["hi", "5000 कॉब 500 मुर्गियों के लिए 35 दिन तक कुल दाना"],
  ["id", "pakan untuk 5.000 ekor Cobb 500 sampai umur 35 hari"],
  ["it", "mangime per 5.000 polli Cobb 500 fino a 35 giorni"],
  ["ja", "コッブ500を5000羽、35日齢までの飼料量"],
  ["nl", "voer voor 5.000 Cobb 500 kuikens tot dag 35"],
  ["pl", "pasza dla 5000 sztuk Cobb 500 do 35 dnia"],
  ["pt", "ração para 5.000 aves Cobb 500 até 35 dias"],
  ["th", "อาหารสำหรับไก่คอบ 500 จำนวน 5000 ตัว ถึง 35 วัน"],
  ["tr", "5000 Cobb 500 için 35. güne kadar yem"],
  ["vi", "cám cho 5000 con gà Cobb 500 đến 35 ngày"],
  ["zh", "5000只科宝500到35日龄需要多少饲料"],
])("%s: «%s» is a total of the flock", (_, text) => {
  expect(frameOf(text)).toEqual(TOTAL);
});

test("the unit of a total is the one asked for", () => {
  expect(frameOf("feed in kg for 5,000 Cobb 500 birds to day 35")).toEqual({ ...TOTAL, unit: "kg" });
});

test.each([
  ["feed of Ross 308 from the first day to 5 weeks", { metric: "cum_feed", age_days: 35 }],
  ["total feed of Ross 308 from 3 to 5 weeks", { metric: "cum_feed", age_days: 21, to_age: 35 }],
  ["weight of Ross 308 from 21 to 35 days", { metric: "body_weight", age_days: 21, to_age: 35 }],
  ["laying rate Hy-Line Brown weeks 30 to 40", { metric: "hen_day", age_weeks: 30, to_age: 40 }],
])("«%s» is about a span", (text, slots) => {
  expect(frameOf(text)).toMatchObject(slots);
});

test.each([
  ["en", "how much feed does a Ross 308 eat from 3 to 5 weeks"],
  ["es", "alimento consumido por Ross 308 de 3 a 5 semanas"],
  ["fr", "aliment consommé par Ross 308 de 3 à 5 semaines"],
  ["hi", "रॉस 308 3 से 5 हफ्ते तक कितना दाना खाता है"],
  ["it", "mangime Ross 308 da 3 a 5 settimane"],
  ["pt", "consumo de ração Ross 308 de 3 a 5 semanas"],
  ["tr", "Ross 308 3-5 hafta arası yem tüketimi"],
])("%s: the feed of a span, «%s», is what is eaten in it", (_, text) => {
  expect(frameOf(text)).toMatchObject({ metric: "cum_feed", age_days: 21, to_age: 35 });
});

describe("feed specifications", () => {
  test.each([
    ["ar", "كم البروتين في علف البادي روس 308"],
    ["de", "Rohprotein im Starterfutter Ross 308"],
    ["en", "crude protein in Ross 308 starter feed"],
    ["es", "proteína cruda del iniciador Ross 308"],
    ["fr", "protéine brute du démarrage Ross 308"],
    ["hi", "रॉस 308 स्टार्टर फीड में प्रोटीन कितना"],
    ["id", "protein kasar pakan starter Ross 308"],
    ["it", "proteina grezza mangime starter Ross 308"],
    ["ja", "ロス308スターター飼料の粗タンパク質"],
    ["nl", "ruw eiwit startvoer Ross 308"],
    ["pl", "białko surowe w paszy starter Ross 308"],
    ["pt", "proteína bruta da ração inicial Ross 308"],
    ["th", "โปรตีนในอาหารสตาร์ทเตอร์ รอส 308"],
    ["tr", "Ross 308 başlangıç yemi ham protein"],
    ["vi", "đạm thô trong cám khởi động Ross 308"],
    ["zh", "罗斯308前期料粗蛋白"],
  ])("%s: «%s» names nutrient and phase", (_, text) => {
    expect(frameOf(text)).toMatchObject({ line: "ross_308", metric: "crude_protein", phase: "starter" });
  });

  test.each([
    [
      "metabolizable energy grower Cobb 500 in kcal",
      "metabolizable_energy",
      { phase: "grower", unit: "kcal" },
    ],
    ["digestible lysine finisher Cobb 500", "digestible_lysine", { phase: "finisher" }],
    ["calcium in Ross 308 grower feed", "calcium_total", { phase: "grower" }],
    ["available phosphorus Ross 308 starter", "phosphorus_available", { phase: "starter" }],
    ["sodium Ross 308 finisher 2 feed", "sodium", { phase: "finisher_2" }],
  ])("«%s» asks for %s", (text, metric, slots) => {
    expect(frameOf(text)).toMatchObject({ metric, ...slots });
  });
});

test.each([
  ["ar", "نسبة لحم الصدر كوب 500 وزن 2.5 كغ ذكور"],
  ["de", "Brustanteil Cobb 500 Hähne bei 2,5 kg Lebendgewicht"],
  ["en", "breast yield of Cobb 500 males at 2.5 kg live weight"],
  ["es", "rendimiento de pechuga Cobb 500 machos a 2,5 kg de peso vivo"],
  ["fr", "rendement filet Cobb 500 mâles à 2,5 kg vif"],
  ["hi", "कॉब 500 नर 2.5 किलो पर ब्रेस्ट यील्ड"],
  ["id", "persentase dada Cobb 500 jantan bobot 2,5 kg"],
  ["it", "resa petto Cobb 500 maschi a 2,5 kg di peso vivo"],
  ["ja", "コッブ500雄 体重2.5kgの胸肉歩留まり"],
  ["nl", "borstfilet rendement Cobb 500 hanen bij 2,5 kg"],
  ["pl", "wydajność mięśni piersiowych Cobb 500 kogutki przy 2,5 kg"],
  ["pt", "rendimento de peito Cobb 500 machos com 2,5 kg"],
  ["th", "เปอร์เซ็นต์เนื้ออก คอบ 500 ตัวผู้ น้ำหนัก 2.5 กก."],
  ["tr", "Cobb 500 erkek 2,5 kg göğüs eti randımanı"],
  ["vi", "tỷ lệ thịt ức Cobb 500 trống 2,5 kg"],
  ["zh", "科宝500公鸡2.5公斤胸肉率"],
])("%s: the weight in «%s» is the live weight of a yield, no target", (_, text) => {
  const frame = frameOf(text);
  expect(frame).toMatchObject({ line: "cobb_500", metric: "breast_yield", sex: "male", live_weight_g: 2500 });
  expect(frame).not.toHaveProperty("target");
});
