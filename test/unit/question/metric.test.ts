import { describe, expect, test } from "vitest";
import type { Lang } from "../../../src/core/types.ts";
import { metricOf, modified } from "../../../src/question/metric.ts";
import { frameOf } from "../../fixtures/understanding.ts";

describe("concepts add up to a metric", () => {
  test.each([
    [["feed"], "daily_feed"],
    [["feed", "total"], "cum_feed"],
    [["feed_intake", "daily"], "daily_feed"],
    [["cum_feed", "daily"], "cum_feed"],
    [["gain"], "daily_gain"],
    [["gain", "average"], "avg_daily_gain"],
    [["daily_gain", "average"], "avg_daily_gain"],
    [["avg_daily_gain"], "avg_daily_gain"],
    [["feed", "gain"], "fcr"],
    [["fcr", "feed"], "fcr"],
    [["water", "daily"], "water"],
    [["water", "water_line"], undefined],
    [["egg", "body_weight"], "egg_weight"],
    [["egg", "how_many"], "eggs_per_hen_housed"],
    [["egg", "rate"], "hen_day"],
    [["lay"], "hen_day"],
    [["egg_mass", "total"], "cum_egg_mass"],
    [["breast", "yield"], "breast_yield"],
    [["leg_part", "meat", "yield"], "leg_meat_yield"],
    [["yield"], "carcass_yield"],
    [["protein", "feed"], "crude_protein"],
    [["energy"], "metabolizable_energy"],
    [["die", "rate"], "mortality"],
    [["die"], undefined],
    [["livability", "mortality"], "livability"],
    [["body_weight"], "body_weight"],
    [[], undefined],
  ] as [string[], string | undefined][])("%j is %s", (concepts, metric) => {
    expect(metricOf(new Set(concepts), false)).toBe(metric);
  });

  test("feed up to an age is cumulative, unless a day's feed is named", () => {
    expect(metricOf(new Set(["feed"]), true)).toBe("cum_feed");
    expect(metricOf(new Set(["feed", "daily"]), true)).toBe("daily_feed");
  });

  test("a word of its own changes the metric of the question before", () => {
    expect(modified("daily_feed", new Set(["total"]))).toBe("cum_feed");
    expect(modified("cum_feed", new Set(["daily"]))).toBe("daily_feed");
    expect(modified("daily_gain", new Set(["average"]))).toBe("avg_daily_gain");
    expect(modified("avg_daily_gain", new Set(["daily"]))).toBe("daily_gain");
    expect(modified("body_weight", new Set(["total"]))).toBeUndefined();
  });
});

/** Where a question asks: what stands beside the metric's name. */
const BROILER: Record<Lang, string> = {
  ar: "روس 308 عمر 35 يوم",
  de: "Ross 308 Tag 35",
  en: "Ross 308 day 35",
  es: "Ross 308 a los 35 días",
  fr: "Ross 308 à 35 jours",
  hi: "रॉस 308 35 दिन",
  id: "Ross 308 umur 35 hari",
  it: "Ross 308 a 35 giorni",
  ja: "ロス308 35日齢",
  nl: "Ross 308 dag 35",
  pl: "Ross 308 w 35 dniu",
  pt: "Ross 308 aos 35 dias",
  th: "รอส 308 อายุ 35 วัน",
  tr: "Ross 308 35 günlük",
  vi: "Ross 308 35 ngày tuổi",
  zh: "罗斯308 35日龄",
};
const LAYER: Record<Lang, string> = {
  ar: "هاي لاين براون عمر 30 اسبوع",
  de: "Hy-Line Brown Woche 30",
  en: "Hy-Line Brown week 30",
  es: "Hy-Line Brown a las 30 semanas",
  fr: "Hy-Line Brown à 30 semaines",
  hi: "हाई-लाइन ब्राउन 30 हफ्ते",
  id: "Hy-Line Brown umur 30 minggu",
  it: "Hy-Line Brown a 30 settimane",
  ja: "ハイラインブラウン 30週齢",
  nl: "Hy-Line Brown week 30",
  pl: "Hy-Line Brown w 30 tygodniu",
  pt: "Hy-Line Brown às 30 semanas",
  th: "ไฮไลน์บราวน์ อายุ 30 สัปดาห์",
  tr: "Hy-Line Brown 30 haftalık",
  vi: "Hy-Line Brown 30 tuần tuổi",
  zh: "海兰褐 30周龄",
};

type Wordings = Record<Lang, string[]>;

const BROILER_WORDS: Record<string, Wordings> = {
  water: {
    ar: ["استهلاك الماء", "كم يشرب"],
    de: ["Wasserverbrauch", "wie viel trinkt ein"],
    en: ["water intake", "how much does it drink"],
    es: ["consumo de agua", "cuánta agua bebe"],
    fr: ["consommation d'eau", "combien boit un"],
    hi: ["पानी की खपत", "कितना पानी पीता है"],
    id: ["konsumsi air minum", "minum berapa"],
    it: ["consumo d'acqua", "quanto beve"],
    ja: ["飲水量", "どれくらい水を飲む"],
    nl: ["waterverbruik", "hoeveel drinkt een"],
    pl: ["spożycie wody", "ile pije"],
    pt: ["consumo de água", "quanta água bebe"],
    th: ["ปริมาณน้ำดื่ม", "กินน้ำเท่าไร"],
    tr: ["su tüketimi", "ne kadar su içer"],
    vi: ["lượng nước uống", "uống bao nhiêu nước"],
    zh: ["饮水量", "每天喝多少水"],
  },
  daily_feed: {
    ar: ["استهلاك العلف اليومي", "كم ياكل علف في اليوم"],
    de: ["täglicher Futterverzehr", "wie viel frisst pro Tag ein"],
    en: ["daily feed intake", "how much feed per day"],
    es: ["consumo diario de alimento", "cuánto come por día"],
    fr: ["consommation journalière d'aliment", "combien mange par jour un"],
    hi: ["रोज का दाना", "प्रतिदिन फीड"],
    id: ["konsumsi pakan harian", "makan pakan per hari"],
    it: ["consumo giornaliero di mangime", "quanto mangia al giorno"],
    ja: ["1日の飼料摂取量", "日別飼料摂取量"],
    nl: ["dagelijkse voeropname", "hoeveel eet per dag een"],
    pl: ["dzienne spożycie paszy", "ile je dziennie"],
    pt: ["consumo diário de ração", "quanto come por dia"],
    th: ["กินอาหารต่อวัน", "ปริมาณอาหารที่กินต่อวัน"],
    tr: ["günlük yem tüketimi", "günde ne kadar yem yer"],
    vi: ["lượng ăn hàng ngày", "mỗi ngày ăn bao nhiêu cám"],
    zh: ["日采食量", "每天吃多少料"],
  },
  mortality: {
    ar: ["نسبة النفوق"],
    de: ["Mortalität", "Sterblichkeit"],
    en: ["mortality", "mortality rate"],
    es: ["mortalidad", "porcentaje de mortalidad"],
    fr: ["mortalité", "taux de mortalité"],
    hi: ["मृत्यु दर", "मोर्टेलिटी"],
    id: ["mortalitas", "tingkat kematian"],
    it: ["mortalità", "tasso di mortalità"],
    ja: ["死亡率", "へい死率"],
    nl: ["uitval", "sterfte"],
    pl: ["śmiertelność", "upadki"],
    pt: ["mortalidade", "taxa de mortalidade"],
    th: ["อัตราการตาย", "เปอร์เซ็นต์ตาย"],
    tr: ["ölüm oranı", "mortalite"],
    vi: ["tỷ lệ chết", "tỉ lệ hao hụt"],
    zh: ["死亡率", "死淘率"],
  },
  livability: {
    ar: ["نسبة الحيوية"],
    de: ["Lebensfähigkeit", "Überlebensrate"],
    en: ["livability", "survival rate"],
    es: ["viabilidad", "supervivencia"],
    fr: ["viabilité", "taux de survie"],
    hi: ["जीवितता", "लिवेबिलिटी"],
    id: ["daya hidup"],
    it: ["vitalità", "sopravvivenza"],
    ja: ["生存率", "育成率"],
    nl: ["leefbaarheid", "overleving"],
    pl: ["przeżywalność"],
    pt: ["viabilidade"],
    th: ["อัตราการเลี้ยงรอด", "อัตรารอด"],
    tr: ["yaşama gücü", "yaşama oranı"],
    vi: ["tỷ lệ sống", "tỷ lệ nuôi sống"],
    zh: ["成活率", "存活率"],
  },
};
const LAYER_WORDS: Record<string, Wordings> = {
  egg_weight: {
    ar: ["وزن البيضة"],
    de: ["Eigewicht"],
    en: ["egg weight", "egg size"],
    es: ["peso del huevo"],
    fr: ["poids de l'œuf"],
    hi: ["अंडे का वजन"],
    id: ["berat telur"],
    it: ["peso dell'uovo"],
    ja: ["卵重"],
    nl: ["eigewicht"],
    pl: ["masa jaja"],
    pt: ["peso do ovo"],
    th: ["น้ำหนักไข่"],
    tr: ["yumurta ağırlığı"],
    vi: ["trọng lượng trứng"],
    zh: ["蛋重"],
  },
  eggs_per_hen_housed: {
    ar: ["عدد البيض لكل دجاجة مسكنة"],
    de: ["Eier je Anfangshenne"],
    en: ["eggs per hen housed"],
    es: ["huevos por ave alojada"],
    fr: ["œufs par poule départ"],
    hi: ["हेन हाउस्ड अंडे"],
    id: ["telur per hen housed"],
    it: ["uova per gallina accasata"],
    ja: ["ヘンハウス産卵個数"],
    nl: ["eieren per opgehokte hen"],
    pl: ["jaj na nioskę wstawioną"],
    pt: ["ovos por ave alojada"],
    th: ["ไข่สะสมต่อแม่ไก่เริ่มต้น", "จำนวนไข่ต่อตัว"],
    tr: ["koyulan tavuk başına yumurta"],
    vi: ["số trứng trên mái đầu kỳ"],
    zh: ["入舍鸡产蛋数"],
  },
  hen_day: {
    ar: ["نسبة انتاج البيض"],
    de: ["Legeleistung"],
    en: ["laying rate", "hen-day production"],
    es: ["porcentaje de postura", "puesta"],
    fr: ["taux de ponte"],
    hi: ["अंडा उत्पादन"],
    id: ["produksi telur hen day"],
    it: ["tasso di deposizione"],
    ja: ["産卵率"],
    nl: ["legpercentage"],
    pl: ["nieśność"],
    pt: ["taxa de postura"],
    th: ["เปอร์เซ็นต์ไข่"],
    tr: ["yumurta verimi"],
    vi: ["tỷ lệ đẻ"],
    zh: ["产蛋率"],
  },
};

const cases = (words: Record<string, Wordings>, where: Record<Lang, string>): [string, string, string][] =>
  Object.entries(words).flatMap(([metric, byLang]) =>
    Object.entries(byLang).flatMap(([lang, wordings]) =>
      wordings.map((wording): [string, string, string] => [
        lang,
        `${wording} ${where[lang as Lang]}`,
        metric,
      ]),
    ),
  );

test.each(cases(BROILER_WORDS, BROILER))("%s: «%s» asks for %s", (_, text, metric) => {
  expect(frameOf(text)).toEqual({ line: "ross_308", metric, age_days: 35, sex: "as_hatched", unit: null });
});

test.each(cases(LAYER_WORDS, LAYER))("%s: «%s» asks for %s", (_, text, metric) => {
  expect(frameOf(text)).toEqual({
    line: "hy_line_brown",
    metric,
    age_weeks: 30,
    sex: "as_hatched",
    unit: null,
  });
});
