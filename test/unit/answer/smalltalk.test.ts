import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { sharedEngine } from "../../fixtures/asking.ts";
import { json } from "../../repo/tree.ts";

const engine = sharedEngine();

const examples = (lang: Lang): string[] =>
  (json(`locales/${lang}/answers.json`) as { examples: string[] }).examples;

/** Greeting and thanks as people write them. */
const talk: Record<Lang, [greeting: string, thanks: string]> = {
  ar: ["السلام عليكم", "شكرا جزيلا"],
  de: ["Guten Tag", "Vielen Dank!"],
  en: ["Hello there", "Thanks a lot!"],
  es: ["Buenos días", "Muchas gracias"],
  fr: ["Bonjour", "Merci beaucoup"],
  hi: ["नमस्ते", "बहुत धन्यवाद"],
  id: ["Selamat pagi", "Terima kasih"],
  it: ["Buongiorno", "Grazie mille"],
  ja: ["こんにちは", "ありがとうございます"],
  nl: ["Goedemorgen", "Dank je wel"],
  pl: ["Dzień dobry", "Dziękuję bardzo"],
  pt: ["Bom dia", "Muito obrigado"],
  th: ["สวัสดีครับ", "ขอบคุณมากครับ"],
  tr: ["Merhaba", "Teşekkür ederim"],
  vi: ["Xin chào", "Cảm ơn nhiều"],
  zh: ["你好", "谢谢"],
};

describe.each(LANGS)("%s", (lang) => {
  test("a greeting is answered with three examples", async () => {
    const answer = await engine.ask(talk[lang][0]);
    expect({ via: answer.via, lang: answer.lang, frame: answer.frame, values: answer.values }).toEqual({
      via: "smalltalk",
      lang,
      frame: null,
      values: [],
    });
    for (const example of examples(lang)) expect(answer.text).toContain(example);
  });

  test("thanks are returned", async () => {
    const answer = await engine.ask(talk[lang][1]);
    expect({ via: answer.via, lang: answer.lang }).toEqual({ via: "smalltalk", lang });
  });

  test("each of the three examples is answered with a number, in its language", async () => {
    expect(examples(lang)).toHaveLength(3);
    const frames = [
      { line: "ross_308", metric: "body_weight", age_days: 21 },
      { line: "hy_line_brown", metric: "hen_day", age_weeks: 30 },
      { line: "cobb_500", metric: "cum_feed", age_days: 35, birds: 5000 },
    ];
    for (const [index, example] of examples(lang).entries()) {
      const answer = await engine.ask(example);
      expect([example, answer.via, answer.lang]).toEqual([
        example,
        index === 2 ? "calculator" : "standard",
        lang,
      ]);
      expect(answer.frame).toMatchObject(frames[index] ?? {});
      expect(answer.values.length).toBeGreaterThan(0);
    }
  });
});

test("a greeting before a question does not stop the question", async () => {
  for (const text of [
    "Hello, what is the weight of Ross 308 at 21 days?",
    "Bonjour, poids du Ross 308 à 21 jours svp",
    "你好，罗斯308 21日龄体重是多少？谢谢",
  ])
    expect((await engine.ask(text)).values[0]?.amount).toBe(1012);
});
