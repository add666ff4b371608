import { describe, expect, test } from "vitest";
import type { Lang } from "../../../src/core/types.ts";
import { sharedEngine } from "../../fixtures/asking.ts";

const engine = sharedEngine();

/** Everyday questions of other fields of life, one in each language. */
const ELSEWHERE: [Lang, string][] = [
  ["ar", "مين هيكسب الانتخابات"],
  ["de", "Mein Handy lädt nicht mehr"],
  ["en", "how do I get over a breakup with my girlfriend"],
  ["es", "¿qué equipo va primero en la liga?"],
  ["fr", "quand récolter le maïs"],
  ["hi", "मेरा फोन चार्ज नहीं हो रहा"],
  ["id", "siapa presiden berikutnya"],
  ["it", "chi vince lo scudetto"],
  ["ja", "次の選挙は誰が勝つ"],
  ["nl", "wie wint de verkiezingen"],
  ["pl", "kto zostanie prezydentem"],
  ["pt", "meu celular não liga"],
  ["th", "ใครจะชนะเลือกตั้ง"],
  ["tr", "telefonum şarj olmuyor"],
  ["vi", "ai sẽ đắc cử tổng thống"],
  ["zh", "手机开不了机"],
];

describe("what is of another field of life is refused", () => {
  test.each(ELSEWHERE)("%s: %s", async (lang, text) => {
    expect((await engine.ask(text, { lang })).via).toBe("off_topic");
  });
});

/** Prices, makers, permits and breeds are asked of farms, and no source has them. */
const NOT_IN_SOURCES: [Lang, string][] = [
  ["ar", "أنهي ماركة فقاسة أحسن"],
  ["de", "Wie viele Eier legt ein Sundheimer Huhn"],
  ["en", "what does a tonne of layer pellets cost right now"],
  ["es", "¿cuál marca de incubadora sale mejor?"],
  ["hi", "किस कंपनी का दाना अच्छा है"],
  ["ja", "名古屋コーチンは年に何個産む"],
  ["pt", "que licença ambiental precisa pra granja de 20 mil aves"],
  ["tr", "hangi marka kuluçka makinesi iyi"],
  ["zh", "哪个牌子的孵化机好"],
];

describe("what no source has is said to be unknown, not refused and not answered by something else", () => {
  test.each(NOT_IN_SOURCES)("%s: %s", async (lang, text) => {
    expect((await engine.ask(text, { lang })).via).toBe("unknown");
  });
});

test("a bird's trouble in a house full of other things is on topic", async () => {
  for (const [text, lang] of [
    ["the dog killed my hen, why are the others off lay now", "en"],
    ["mon coq ne chante plus et reste dans son coin", "fr"],
    ["civcivler bütün gece ötüyor", "tr"],
  ] as const)
    expect((await engine.ask(text, { lang })).via).not.toBe("off_topic");
});

test("a poem or a dish about hens is neither", async () => {
  expect((await engine.ask("write me a poem about a hen", { lang: "en" })).via).toBe("off_topic");
  expect((await engine.ask("comment cuisiner un poulet rôti", { lang: "fr" })).via).toBe("off_topic");
});
