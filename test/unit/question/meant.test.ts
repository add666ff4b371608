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

describe("an egg's weight is never read as the bird's", () => {
  test.each<Case>([
    ["ar", "وزن البيظ هاي لاين w36 40 اسبوع", "hy_line_w36", "egg_weight", 40],
    ["de", "gewicht vom eii, hyline w36, 40 wo", "hy_line_w36", "egg_weight", 40],
    ["es", "peso del huebo, hyline w36, 40 sem", "hy_line_w36", "egg_weight", 40],
    ["fr", "poids de l'oeff hyline w36 40 sem", "hy_line_w36", "egg_weight", 40],
    ["hi", "अंड का वजन w36 40 हफ्ते", "hy_line_w36", "egg_weight", 40],
    ["id", "berat tleur hyline w36 40 mgg", "hy_line_w36", "egg_weight", 40],
    ["it", "peso dell'uvoo hyline w36 40 sett", "hy_line_w36", "egg_weight", 40],
    ["ja", "ハイラインw36 40週 らんじゅう", "hy_line_w36", "egg_weight", 40],
    ["nl", "gewicht van het eij, hyline w36, 40 wk", "hy_line_w36", "egg_weight", 40],
    ["pl", "masa jjaa hyline w36 40 tydz", "hy_line_w36", "egg_weight", 40],
    ["pt", "peso do oov hyline w36 40 sem", "hy_line_w36", "egg_weight", 40],
    ["th", "น้ำหนักไข่ w36 40 สับดาห์", "hy_line_w36", "egg_weight", 40],
    ["tr", "yumrta agirligi hyline w36 40 hft", "hy_line_w36", "egg_weight", 40],
    ["vi", "trọng lượng trưng hyline w36 40 tuần", "hy_line_w36", "egg_weight", 40],
    ["zh", "海兰w36 40周 蛋中", "hy_line_w36", "egg_weight", 40],
  ])("%s: %s", (_, text, line, metric, age) => {
    expectFrame(text, line, metric, age);
  });
});

describe("since placement says that an average is meant", () => {
  test.each<Case>([
    ["ar", "متوسط الزيادة في اليوم منذ التسكين، ذكور روس 308 عمر 36 يوم", "ross_308", "avg_daily_gain", 36],
    [
      "de",
      "mittlere Zunahme am Tag seit der Einstallung, Ross 308 Hähne 36 Tage",
      "ross_308",
      "avg_daily_gain",
      36,
    ],
    [
      "en",
      "mean gain per day since the chicks arrived, Ross 308 cocks, 36 days",
      "ross_308",
      "avg_daily_gain",
      36,
    ],
    [
      "es",
      "ganancia media por día desde la entrada, machos Ross 308, 36 días",
      "ross_308",
      "avg_daily_gain",
      36,
    ],
    ["fr", "gain moyen par jour depuis l'entrée, mâles Ross 308, 36 jours", "ross_308", "avg_daily_gain", 36],
    ["hi", "चूजे डालने से अब तक औसत रोज की बढ़त, रॉस 308 नर 36 दिन", "ross_308", "avg_daily_gain", 36],
    [
      "id",
      "rata-rata pertambahan per hari sejak chick in, Ross 308 jantan 36 hari",
      "ross_308",
      "avg_daily_gain",
      36,
    ],
    [
      "it",
      "incremento medio al giorno dall'accasamento, maschi Ross 308, g 36",
      "ross_308",
      "avg_daily_gain",
      36,
    ],
    ["ja", "入雛から1日平均の増体、ロス308雄36日", "ross_308", "avg_daily_gain", 36],
    [
      "nl",
      "gemiddelde groei per dag sinds opzet, Ross 308 haantjes, 36 dagen",
      "ross_308",
      "avg_daily_gain",
      36,
    ],
    [
      "pl",
      "średni przyrost na dzień od wstawienia, kogutki Ross 308, 36 dni",
      "ross_308",
      "avg_daily_gain",
      36,
    ],
    [
      "pt",
      "ganho médio por dia desde o alojamento, machos Ross 308, 36 dias",
      "ross_308",
      "avg_daily_gain",
      36,
    ],
    ["th", "เพิ่มน้ำหนักเฉลี่ยต่อวันตั้งแต่ลงไก่ รอส 308 ตัวผู้ 36 วัน", "ross_308", "avg_daily_gain", 36],
    ["tr", "girişten beri günlük ortalama artış, Ross 308 erkek, 36 gün", "ross_308", "avg_daily_gain", 36],
    [
      "vi",
      "tăng trọng trung bình mỗi ngày từ lúc nhập, Ross 308 trống 36 ngày",
      "ross_308",
      "avg_daily_gain",
      36,
    ],
    ["zh", "从进雏起平均每天增重，罗斯308公鸡36天", "ross_308", "avg_daily_gain", 36],
  ])("%s: %s", (_, text, line, metric, age) => {
    expectFrame(text, line, metric, age);
  });
});
