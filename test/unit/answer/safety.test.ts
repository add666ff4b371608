import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { sharedEngine } from "../../fixtures/asking.ts";
import { alarms, noAlarm } from "../../fixtures/farmers-say.ts";
import { json } from "../../repo/tree.ts";

const engine = sharedEngine();

const sentences = (lang: Lang) => json(`locales/${lang}/safety.json`) as Record<string, string>;
const RULES = ["mass_death", "drugs", "human"] as const;
/** A question about drugs is one about a dose or about a withdrawal period. */
const saidFor = (rule: (typeof RULES)[number], lang: Lang): (string | undefined)[] =>
  (rule === "drugs" ? ["dose", "withdrawal"] : [rule]).map((id) => sentences(lang)[id]);

describe.each(RULES)("%s", (rule) => {
  test.each(LANGS.flatMap((lang) => alarms[rule][lang].map((text) => [lang, text] as const)))(
    "%s: %s",
    async (lang, text) => {
      const answer = await engine.ask(text);
      expect({ via: answer.via, lang: answer.lang }).toEqual({ via: "safety", lang });
      expect(saidFor(rule, lang)).toContain(answer.text);
      expect({ values: answer.values, sources: answer.sources }).toEqual({ values: [], sources: [] });
    },
  );
});

test.each(noAlarm)("no alarm: %s", async (text, via) => {
  expect(via).toContain((await engine.ask(text)).via);
});

test("an alarm in the middle of a conversation about numbers is answered first, and the numbers go on after it", async () => {
  const chat = "alarm";
  expect((await engine.ask("weight of Ross 308 at 21 days", { chat })).via).toBe("standard");
  expect((await engine.ask("is it bird flu?", { chat })).via).toBe("safety");
  expect(await engine.ask("and at 28 days?", { chat })).toMatchObject({
    via: "standard",
    frame: { line: "ross_308", metric: "body_weight", age_days: 28 },
  });
});

/** No word of death: the number of birds tells it. */
const lost: readonly [Lang, string][] = [
  ["en", "I lost 300 birds today"],
  ["fr", "J'ai perdu 300 poules aujourd'hui"],
  ["es", "Hoy perdí 300 pollos"],
  ["pt", "Perdi 300 frangos hoje"],
  ["it", "Ho perso 300 polli oggi"],
  ["de", "Ich habe heute 300 Hühner verloren"],
  ["nl", "Ik heb vandaag 300 kippen verloren"],
  ["pl", "Straciłem dzisiaj 300 kurczaków"],
  ["tr", "Bugün 300 tavuk kaybettim"],
  ["id", "Saya kehilangan 300 ayam hari ini"],
  ["vi", "Hôm nay tôi bị mất 300 con gà"],
  ["th", "วันนี้สูญเสียไก่ 300 ตัว"],
  ["zh", "今天损失了300只鸡"],
  ["ja", "今日、鶏を300羽失いました"],
  ["hi", "आज मैंने 300 मुर्गियां खो दीं"],
  ["ar", "خسرت اليوم 300 دجاجة"],
];

test.each(lost)("many lost birds are dead birds, %s: %s", async (lang, text) => {
  const answer = await engine.ask(text);
  expect({ via: answer.via, lang: answer.lang, text: answer.text }).toEqual({
    via: "safety",
    lang,
    text: sentences(lang).mass_death,
  });
});

test.each([
  "I lost my Ross 308 table, weight at 21 days?",
  "I lost 2 birds",
  "My birds lost 50 g",
  "how many grams do Ross 308 lose?",
  "Lost 300 dollars",
  "Feed for 5000 Ross 308 to day 35 if I lose 3 %?",
  "Weight of Ross 308 at 35 days without losing quality",
])("what is lost here are no birds: %s", async (text) => {
  expect((await engine.ask(text)).via).not.toBe("safety");
});
