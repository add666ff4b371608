import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { phrasebook } from "../../../src/words/i18n.ts";
import { root } from "../../repo/tree.ts";

const book = phrasebook(join(root, "locales"));
const say = (lang: Lang, key: "days" | "weeks", count: number): string =>
  book.say(lang, `age.${key}`, { count, n: String(count) });

/** Counts with the days and weeks that a speaker says beside them. */
const spoken: Record<Lang, [count: number, days: string, weeks: string][]> = {
  ar: [
    [1, "يوم", "أسبوع"],
    [2, "يومان", "أسبوعان"],
    [3, "3 أيام", "3 أسابيع"],
    [10, "10 أيام", "10 أسابيع"],
    [11, "11 يومًا", "11 أسبوعًا"],
    [99, "99 يومًا", "99 أسبوعًا"],
    [100, "100 يوم", "100 أسبوع"],
    [103, "103 أيام", "103 أسابيع"],
  ],
  de: [
    [1, "1 Tag", "1 Woche"],
    [2, "2 Tage", "2 Wochen"],
    [0, "0 Tage", "0 Wochen"],
  ],
  en: [
    [1, "1 day", "1 week"],
    [2, "2 days", "2 weeks"],
    [0, "0 days", "0 weeks"],
    [1.5, "1.5 days", "1.5 weeks"],
  ],
  es: [
    [1, "1 día", "1 semana"],
    [2, "2 días", "2 semanas"],
  ],
  fr: [
    [0, "0 jour", "0 semaine"],
    [1, "1 jour", "1 semaine"],
    [1.5, "1.5 jour", "1.5 semaine"],
    [2, "2 jours", "2 semaines"],
  ],
  hi: [
    [1, "1 दिन", "1 हफ्ता"],
    [2, "2 दिन", "2 हफ्ते"],
  ],
  id: [
    [1, "1 hari", "1 minggu"],
    [2, "2 hari", "2 minggu"],
  ],
  it: [
    [1, "1 giorno", "1 settimana"],
    [2, "2 giorni", "2 settimane"],
  ],
  ja: [
    [1, "1日", "1週"],
    [2, "2日", "2週"],
  ],
  nl: [
    [1, "1 dag", "1 week"],
    [2, "2 dagen", "2 weken"],
  ],
  pl: [
    [1, "1 dzień", "1 tydzień"],
    [2, "2 dni", "2 tygodnie"],
    [4, "4 dni", "4 tygodnie"],
    [5, "5 dni", "5 tygodni"],
    [12, "12 dni", "12 tygodni"],
    [21, "21 dni", "21 tygodni"],
    [22, "22 dni", "22 tygodnie"],
    [1.5, "1.5 dnia", "1.5 tygodnia"],
  ],
  pt: [
    [1, "1 dia", "1 semana"],
    [2, "2 dias", "2 semanas"],
  ],
  th: [
    [1, "1 วัน", "1 สัปดาห์"],
    [2, "2 วัน", "2 สัปดาห์"],
  ],
  tr: [
    [1, "1 gün", "1 hafta"],
    [5, "5 gün", "5 hafta"],
  ],
  vi: [
    [1, "1 ngày", "1 tuần"],
    [2, "2 ngày", "2 tuần"],
  ],
  zh: [
    [1, "1天", "1周"],
    [2, "2天", "2周"],
  ],
};

describe.each(LANGS)("%s", (lang) => {
  test.each(spoken[lang])("%d", (count, days, weeks) => {
    // Arabic says one without a number or with a word for it
    const plain = (text: string): string => (lang === "ar" ? text.replace(/^1 | واحدة?$/g, "") : text);
    expect(plain(say(lang, "days", count))).toBe(days);
    expect(plain(say(lang, "weeks", count))).toBe(weeks);
  });

  test("has a form for every category that its numbers fall into", () => {
    for (const category of new Intl.PluralRules(lang).resolvedOptions().pluralCategories)
      for (const key of ["days", "weeks"])
        expect([key, category, book.has(lang, `age.${key}_${category}`)]).toEqual([key, category, true]);
  });
});
