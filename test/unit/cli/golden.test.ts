import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { NOTHING, type Given } from "../../../src/cli/eval/asking.ts";
import { Fact, stands } from "../../../src/cli/eval/facts.ts";
import { claimsIn, figuresIn } from "../../../src/cli/eval/figures.ts";
import { floorBeside, readFloor } from "../../../src/cli/eval/floors.ts";
import { Golden, golden, judgeGolden, said } from "../../../src/cli/eval/golden.ts";
import { shareOf } from "../../../src/cli/eval/interval.ts";
import { fold, wordsOf } from "../../../src/cli/eval/words.ts";
import type { Lang } from "../../../src/core/types.ts";
import { wilson } from "../../../src/model/intervals.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const words = wordsOf(`${ROOT}locales`);

describe("numbers of an answer are read as its language writes them", () => {
  test.each<[Lang, string, number[]]>([
    ["en", "3,000 ppm, 2.5 g", [3000, 2.5]],
    ["de", "3.000 ppm, 2,5 g", [3000, 2.5]],
    ["fr", "2,5 g/l", [2.5]],
    ["es", "2.5 g, 1.200 aves", [2.5, 1200]],
    ["hi", "३,००० या १.५, 12,34,567", [3000, 1.5, 1_234_567]],
    ["ar", "٢٫٥ و١٬٢٠٠ و93.5", [2.5, 1200, 93.5]],
    ["th", "๓๐–๖๐ นาที", [30, 60]],
    ["zh", "１８～２１℃", [18, 21]],
    ["it", "0,25–0,40 %", [0.25, 0.4]],
    ["de", "0.300 kg", [0.3]],
    ["en", "1,234,567.5", [1_234_567.5]],
  ])("%s: %s", (lang, text, values) => {
    expect(figuresIn(fold(text), lang).map(({ value }) => value)).toEqual(values);
  });

  test("a space may part thousands", () => {
    expect(figuresIn("12\u202f000 kurcząt", "pl").map(({ value }) => value)).toContain(12_000);
    expect(figuresIn("1 000 000", "fr").map(({ value }) => value)).toContain(1_000_000);
  });

  test("numbers of names claim nothing", () => {
    expect(claimsIn(fold("Ross 308, Cobb 500, W-36, T-2, H5N1: 30 °C, 33 kg/m², 7 kg/m2"), "en")).toEqual([
      30, 33, 7,
    ]);
  });
});

describe("a fact stands in an answer", () => {
  const fact = (numbers: string, unit?: string, ...must: string[]) =>
    Fact.parse({ numbers: numbers.split(" "), unit, must });
  test.each<[boolean, Lang, string, ReturnType<typeof fact>]>([
    [true, "en", "Keep it at 28–30 °C for chicks.", fact("28 30", "°C", "chick")],
    [true, "en", "Keep it at 28 to 30 °C.", fact("28 30", "°C")],
    [false, "en", "Keep it at 28–31 °C.", fact("28 30", "°C")],
    [false, "en", "Keep it at 30 °F.", fact("30", "°C")],
    [false, "en", "At 30 weeks it is 24 °C.", fact("30", "°C")],
    [false, "en", "Give 5 gallons.", fact("5", "g")],
    [true, "en", "Give 5 grams.", fact("5", "g")],
    [false, "en", "Turkeys need 30 °C.", fact("30", "°C", "ammonia")],
    [false, "en", `Ammonia.${" And so on.".repeat(20)} Below 10 ppm.`, fact("10", "ppm", "ammonia")],
    [false, "en", "Ammonia harms.\nBelow 10 ppm.", fact("10", "ppm", "ammonia")],
    [true, "en", "three of up to 100 birds", fact("3|three", undefined, "100")],
    [true, "tr", "üniformite %75 üzerinde olmalı", fact("75", "%", "uniformity")],
    [true, "fr", "L'**ammoniac** reste sous 10 ppm.", fact("10", "ppm", "ammonia")],
    [true, "ar", "حرارة \u206830\u2069 °\u2068C\u2069 للكتاكيت", fact("30", "°C", "chick")],
    [true, "ar", "حرارة ٣٠ °م", fact("30", "°C")],
    [true, "de", "Stalltemperatur 30 Grad Celsius", fact("30", "°C", "temperature")],
    [true, "vi", "từ 12 đến 24 tuần", fact("12 24", "week")],
    [true, "ja", "25 ppm未満", fact("25", "ppm")],
  ])("%s %s: %s", (expected, lang, text, one) => {
    expect(stands(one, fold(text), lang, words(lang))).toBe(expected);
  });
});

describe("an answer of a golden question", () => {
  const question = Golden.parse({
    id: "a",
    kind: "golden",
    lang: "en",
    text: "how much ammonia for 5000 Ross 308?",
    facts: [{ numbers: ["10"], unit: "ppm", must: ["ammonia"] }],
    contradictions: [{ numbers: ["60"], unit: "ppm" }],
    answerable: true,
  });
  const unanswerable = Golden.parse({ ...question, facts: [], contradictions: [], answerable: false });
  const given = (via: string, text: string, more: Partial<Given> = {}): Given => ({
    ...NOTHING,
    via,
    lang: "en",
    text,
    ...more,
  });
  const sources = "\n\nSource: [1] Handbook; 2025; p.10, 10 ppm ammonia\n- [2] Guide; 2021; p.78";
  const RIGHT = "1. Keep ammonia below 10 ppm. [1]";

  test.each<[string, typeof question, Given]>([
    ["right", question, given("extract", RIGHT + sources)],
    ["right", question, given("safety", RIGHT)],
    ["wrong", question, given("extract", `${RIGHT} Up to 60 ppm is fine.`)],
    ["wrong", question, given("extract", "Keep litter dry." + sources)],
    ["wrong", question, given("extract", RIGHT, { lang: "fr" })],
    ["unanswered", question, given("clarify", "Of which house?")],
    ["unanswered", question, given("unknown", "Not in my sources. 10 g?")],
    ["unanswered", question, given("error:overloaded", "")],
    ["right", unanswerable, given("unknown", "Not in my sources: 5,000 Cobb 500 up to day 35?")],
    ["wrong", unanswerable, given("extract", RIGHT + sources)],
    ["wrong", unanswerable, given("standard", "**3,197 g** — Ross 308")],
    ["wrong", unanswerable, given("safety", `Tell the vet.\n${RIGHT}`, { quotes: true })],
    ["right", unanswerable, given("safety", "Call within 24 hours.")],
    ["unanswered", unanswerable, given("extract", `1. 5000 birds of Ross 308 do well. [1]${sources}`)],
  ])("%s", (verdict, line, answer) => {
    expect(judgeGolden(line, answer, words("en"))).toMatchObject({ verdict });
  });

  test("says nothing in its sources and citations", () => {
    expect(said(`${RIGHT}${sources}\n\nMore.`, words("en"))).toBe("keep ammonia below 10 ppm. \n\n\nmore.");
  });

  test("is asked in chats of its own and is as right as its worst answer", async () => {
    const chats: (string | undefined)[] = [];
    const answers = [RIGHT, "60 ppm of ammonia", RIGHT];
    const judged = await golden(question, "chat", {
      repeats: 3,
      wordsOf: words,
      ask: async (_, chat) => {
        chats.push(chat);
        return given("model", answers[chats.length - 1] ?? "", { model: { id: "m", arm: "fast" } });
      },
    });
    expect(new Set(chats).size).toBe(3);
    expect(judged).toMatchObject({ verdict: "wrong", equal: false });
    expect(judged.askings?.map(({ verdict }) => verdict)).toEqual(["right", "wrong", "right"]);
  });

  test("needs a fact when it can be answered", () => {
    expect(Golden.safeParse({ ...question, facts: [] }).success).toBe(false);
    expect(Golden.safeParse({ ...question, facts: [{ unit: "g" }] }).success).toBe(false);
  });
});

describe("floors and intervals", () => {
  test("are shares or percentages", () => {
    expect([readFloor("0.6"), readFloor("60%"), readFloor("60 %"), readFloor("0")]).toEqual([
      0.6, 0.6, 0.6, 0,
    ]);
    for (const text of ["60", "", "half", "-1", "120%", "."]) expect(readFloor(text)).toBeUndefined();
  });

  test("the README beside the golden questions holds them to one", () => {
    expect(floorBeside(`${ROOT}test/fixtures/questions/golden.jsonl`)).toBeGreaterThanOrEqual(0.5);
    expect(floorBeside(`${ROOT}test/fixtures/questions/conversations.jsonl`)).toBeUndefined();
  });

  test("are Wilson's, as those of the trial of a candidate", () => {
    for (const [hits, trials] of [
      [0, 8],
      [5, 8],
      [8, 8],
      [100, 128],
    ] as const) {
      const [own, other] = [shareOf(hits, trials), wilson(hits, trials)];
      expect(own?.low).toBeCloseTo(other?.low ?? Number.NaN, 12);
      expect(own?.high).toBeCloseTo(other?.high ?? Number.NaN, 12);
    }
    expect(shareOf(0, 0)).toBeNull();
  });
});
