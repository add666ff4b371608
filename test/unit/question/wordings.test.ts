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

describe("kilos of feed per kilo of bird are the feed conversion", () => {
  test.each<Case>([
    ["ar", "كم كيلو علف لكل كيلو وزن حي، روس 708 عمر 41 يوم حسب الجدول", "ross_708", "fcr", 41],
    ["de", "Kilo Futter je Kilo Lebendgewicht, Ross 708, 41 Tage, laut Tabelle", "ross_708", "fcr", 41],
    ["en", "kg of feed for every kg of live bird, Ross 708, 41 days, book value", "ross_708", "fcr", 41],
    ["es", "kg de pienso por cada kg de peso vivo, Ross 708, 41 días, según tabla", "ross_708", "fcr", 41],
    [
      "fr",
      "kilos d'aliment pour un kilo de poids vif, Ross 708 à 41 jours, valeur de la table",
      "ross_708",
      "fcr",
      41,
    ],
    ["hi", "एक किलो जिंदा वजन पर कितने किलो फीड, रॉस 708, 41 दिन, टेबल के हिसाब से", "ross_708", "fcr", 41],
    ["id", "kilo pakan per kilo bobot hidup, Ross 708, 41 hari, menurut tabel", "ross_708", "fcr", 41],
    [
      "it",
      "chili di mangime per un chilo di peso vivo, Ross 708, 41 giorni, da tabella",
      "ross_708",
      "fcr",
      41,
    ],
    ["ja", "生体1kgあたりの飼料は何kg、ロス708 41日齢、表の値", "ross_708", "fcr", 41],
    ["nl", "kilo voer per kilo levend gewicht, Ross 708, 41 dagen, volgens de tabel", "ross_708", "fcr", 41],
    ["pl", "kilogramów paszy na kilogram żywej wagi, Ross 708, 41 dni, wg tabeli", "ross_708", "fcr", 41],
    ["pt", "quilos de ração por quilo de peso vivo, Ross 708, 41 dias, pela tabela", "ross_708", "fcr", 41],
    ["th", "อาหารกี่กิโลต่อน้ำหนักเป็นหนึ่งกิโล รอส 708 อายุ 41 วัน ตามตาราง", "ross_708", "fcr", 41],
    ["tr", "bir kilo canlı ağırlık için kaç kilo yem, Ross 708, 41 gün, tabloya göre", "ross_708", "fcr", 41],
    ["vi", "mấy kg thức ăn cho 1 kg gà hơi, Ross 708, 41 ngày, theo bảng", "ross_708", "fcr", 41],
    ["zh", "罗斯708 41日龄 长一公斤活重要多少公斤料，标准值", "ross_708", "fcr", 41],
  ])("%s: %s", (_, text, line, metric, age) => {
    expectFrame(text, line, metric, age);
  });
});

describe("letters glued to a number say the week", () => {
  test.each<Case>([
    ["ar", "isa brown 44w وزن البيضة", "isa_brown", "egg_weight", 44],
    ["de", "isa brown 44w eigewicht", "isa_brown", "egg_weight", 44],
    ["en", "isa brown 44w egg weight", "isa_brown", "egg_weight", 44],
    ["es", "isa brown 44s peso del huevo", "isa_brown", "egg_weight", 44],
    ["fr", "isa brown 44s poids d'oeuf", "isa_brown", "egg_weight", 44],
    ["hi", "isa brown 44w अंडे का वजन", "isa_brown", "egg_weight", 44],
    ["id", "isa brown 44w berat telur", "isa_brown", "egg_weight", 44],
    ["it", "isa brown 44s peso uovo", "isa_brown", "egg_weight", 44],
    ["ja", "イサブラウン44w 卵重", "isa_brown", "egg_weight", 44],
    ["nl", "isa brown 44w eigewicht", "isa_brown", "egg_weight", 44],
    ["pl", "isa brown 44t masa jaja", "isa_brown", "egg_weight", 44],
    ["pt", "isa brown 44s peso do ovo", "isa_brown", "egg_weight", 44],
    ["th", "isa brown 44w น้ำหนักไข่", "isa_brown", "egg_weight", 44],
    ["tr", "isa brown 44w yumurta ağırlığı", "isa_brown", "egg_weight", 44],
    ["vi", "isa brown 44w khối lượng trứng", "isa_brown", "egg_weight", 44],
    ["zh", "伊莎褐44w蛋重", "isa_brown", "egg_weight", 44],
  ])("%s: %s", (_, text, line, metric, age) => {
    expectFrame(text, line, metric, age);
  });
});

describe("the first weeks end at the number that counts them", () => {
  test.each<Case>([
    ["ar", "كم علف يأكل الروس إجمالا في الأسابيع الثلاثة الأولى؟", "ross_308", "cum_feed", 21],
    [
      "de",
      "Wie viel Futter frisst ein Ross in den ersten drei Wochen insgesamt?",
      "ross_308",
      "cum_feed",
      21,
    ],
    ["en", "total feed a Ross gets through in the first three weeks", "ross_308", "cum_feed", 21],
    [
      "es",
      "¿Cuánto alimento come en total un Ross en las tres primeras semanas?",
      "ross_308",
      "cum_feed",
      21,
    ],
    [
      "fr",
      "Combien d'aliment mange au total un Ross les trois premières semaines ?",
      "ross_308",
      "cum_feed",
      21,
    ],
    ["hi", "पहले तीन हफ्ते में रॉस कुल कितना दाना खाता है?", "ross_308", "cum_feed", 21],
    ["id", "tiga minggu pertama Ross habis pakan total berapa?", "ross_308", "cum_feed", 21],
    ["it", "Quanto mangime mangia in totale un Ross nelle prime tre settimane?", "ross_308", "cum_feed", 21],
    ["ja", "ロスは最初の3週間で合計どれだけ餌を食べる？", "ross_308", "cum_feed", 21],
    ["nl", "Hoeveel voer eet een Ross in totaal in de eerste drie weken?", "ross_308", "cum_feed", 21],
    ["pl", "Ile paszy łącznie zjada Ross przez pierwsze trzy tygodnie?", "ross_308", "cum_feed", 21],
    ["pt", "Quanta ração come no total um Ross nas três primeiras semanas?", "ross_308", "cum_feed", 21],
    ["th", "สามสัปดาห์แรกไก่รอสกินอาหารรวมเท่าไหร่", "ross_308", "cum_feed", 21],
    ["tr", "Ross ilk üç haftada toplam ne kadar yem yer?", "ross_308", "cum_feed", 21],
    ["vi", "ba tuần đầu một con Ross ăn hết tổng cộng bao nhiêu cám?", "ross_308", "cum_feed", 21],
    ["zh", "罗斯前三周一共吃多少料", "ross_308", "cum_feed", 21],
  ])("%s: %s", (_, text, line, metric, age) => {
    expectFrame(text, line, metric, age);
  });
});
