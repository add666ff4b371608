import { describe, expect, test } from "vitest";
import { LANGS } from "../../../src/core/types.ts";
import { reader } from "../../../src/language/read.ts";
import { compressor } from "../../../src/prompt/compress.ts";
import { sentencesOf } from "../../../src/prompt/sentences.ts";
import { gistsIn, knowledge } from "../../fixtures/prompting.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const short = compressor(lexicon, reader(lexicon));
const passage = {
  lang: "en" as const,
  text: "Chicks are placed on dry litter. The house is kept at 30 °C. Ammonia from wet litter harms the eyes. Doors are locked at night. Ventilation removes moisture from the house.",
};

describe("a passage shortened for a question", () => {
  test("keeps its first sentence, those on the question's subject and those with a figure", () => {
    expect(short.compress(passage, short.asked("why does ammonia build up?", "en"))).toBe(
      "Chicks are placed on dry litter. The house is kept at 30 °C. Ammonia from wet litter harms the eyes.",
    );
  });

  test.each([
    ["fr", "pourquoi de l'ammoniac ?"],
    ["hi", "अमोनिया क्यों बनता है?"],
    ["th", "ทำไมมีแอมโมเนีย"],
    ["zh", "为什么有氨气？"],
    ["ar", "لماذا الأمونيا؟"],
  ] as const)("is shortened alike for a question in %s", (lang, question) => {
    const kept = short.compress(passage, short.asked(question, lang));
    expect(kept).toContain("Ammonia");
    expect(kept).not.toContain("Doors");
  });

  test("keeps what shares only a word that no lexicon knows", () => {
    const text = "Birds drink more in heat. The Plasson bell is cleaned daily. Doors are shut.";
    expect(short.compress({ text, lang: "en" }, short.asked("plasson bells?", "en"))).toBe(
      "Birds drink more in heat. The Plasson bell is cleaned daily.",
    );
  });

  test("stays whole when nothing of it is asked about", () => {
    expect(short.compress(passage, short.asked("insurance?", "en"))).toBe(passage.text);
  });

  test("never loses a figure, in any passage and language of question", () => {
    const digits = (text: string): string[] => text.match(/\d+(?:[.,]\d+)?/g) ?? [];
    for (const [at, { text }] of knowledge().entries()) {
      const lang = LANGS[at % LANGS.length] ?? "en";
      const kept = short.compress({ text, lang: "en" }, short.asked(gistsIn(lang)[at] ?? "", lang));
      expect(digits(kept)).toEqual(digits(text));
      expect(kept.length).toBeLessThanOrEqual(text.length);
    }
  });
});

describe("sentences", () => {
  test.each([
    ["One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]],
    [
      "At 1.5 kg (approx. 3 lb) it stops. E. coli and z. B. too. End",
      ["At 1.5 kg (approx. 3 lb) it stops.", "E. coli and z. B. too.", "End"],
    ],
    ["一。二！三？四", ["一。", "二！", "三？", "四"]],
    ["पहला। दूसरा।", ["पहला।", "दूसरा।"]],
    ["هل هذا؟ نعم.", ["هل هذا؟", "نعم."]],
    ["ให้น้ำสะอาด อุณหภูมิ 32 องศา ระบายอากาศ", ["ให้น้ำสะอาด", "อุณหภูมิ 32 องศา", "ระบายอากาศ"]],
    ["a\nb\n\nc", ["a", "b", "c"]],
    ['He said "stop." Then (it ended.) Good', ['He said "stop."', "Then (it ended.)", "Good"]],
    ["", []],
  ])("%j", (text, expected) => {
    expect(sentencesOf(text)).toEqual(expected);
  });
});
