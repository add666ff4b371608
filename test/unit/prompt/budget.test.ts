import { assert, array, constantFrom, integer, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGS, type Lang, type Passage } from "../../../src/core/types.ts";
import { reader } from "../../../src/language/read.ts";
import { CEILING_TOKENS, GOAL_TOKENS, QUESTION_TOKENS } from "../../../src/prompt/budget.ts";
import { buildPrompt, type PromptRequest } from "../../../src/prompt/build.ts";
import { compressor } from "../../../src/prompt/compress.ts";
import { terminology } from "../../../src/prompt/terminology.ts";
import { gistsIn, knowledge, questions, texts, tokenizer } from "../../fixtures/prompting.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const count = await tokenizer();
const reading = reader(lexicon);
const short = compressor(lexicon, reading);

/** What a server counts: both messages and the template around them. */
const weigh = (request: PromptRequest): { tokens: number; built: ReturnType<typeof buildPrompt> } => {
  const built = buildPrompt(request, count, texts);
  const tokens = count(built.prompt.system, "en") + 36 + count(built.prompt.user, request.lang);
  return { tokens, built };
};
const prose = (lang: Lang, characters: number): string => gistsIn(lang).join(" ").slice(0, characters);
/** The three passages that share most concepts with a question. */
const nearest = (asked: ReadonlySet<string>): Passage[] =>
  knowledge()
    .map((passage) => ({ passage, shared: passage.concepts.filter((id) => asked.has(id)).length }))
    .sort((a, b) => b.shared - a.shared)
    .slice(0, 3)
    .map(({ passage }) => passage);
const turns = (lang: Lang): PromptRequest["turns"] =>
  [0, 1, 2, 3].flatMap((at) => [
    { role: "user" as const, text: `${gistsIn(lang)[at] ?? ""} ${at}?` },
    {
      role: "assistant" as const,
      text: gistsIn(lang)
        .slice(at, at + 4)
        .join(" "),
    },
  ]);

describe("a request's size", () => {
  test("farmers' questions with three passages stay below the goal in the mean, in every language", () => {
    const sizes = new Map<Lang, number[]>();
    for (const { lang, text } of questions()) {
      const asked = short.asked(text, lang);
      const found = nearest(asked.concepts);
      const { tokens, built } = weigh({
        question: text,
        lang,
        kind: "how-to",
        passages: found.map((passage, at) => ({ ...passage, n: at + 1 })),
        terms: terminology(
          lexicon,
          lang,
          asked.concepts,
          found.map(({ concepts }) => concepts),
        ),
        turns: turns(lang).slice(-2),
        shorten: (passage) => short.compress({ text: passage.text, lang: "en" }, asked),
      });
      expect(built.passages.length).toBe(found.length);
      expect(tokens).toBeLessThanOrEqual(CEILING_TOKENS);
      sizes.set(lang, [...(sizes.get(lang) ?? []), tokens]);
    }
    expect(sizes.size).toBe(LANGS.length);
    for (const [lang, all] of sizes)
      expect(all.reduce((sum, one) => sum + one, 0) / all.length, lang).toBeLessThanOrEqual(GOAL_TOKENS);
  });

  test.each(LANGS)("%s: long passages, question and conversation stay below the ceiling", (lang) => {
    for (const characters of [900, 4000, 40_000]) {
      const { tokens, built } = weigh({
        question: `${prose(lang, characters)}?`,
        lang,
        kind: "disease",
        passages: [1, 2, 3, 4, 5].map((n) => ({
          n,
          title: `P${n}`,
          applies: "all",
          text: prose(lang, characters),
        })),
        terms: Array.from({ length: 30 }, (_, at) => `${gistsIn(lang)[at]?.slice(0, 20) ?? ""} (term ${at})`),
        turns: turns(lang),
      });
      expect(tokens).toBeLessThanOrEqual(CEILING_TOKENS);
      expect(built.receipt.parts.question).toBeLessThanOrEqual(QUESTION_TOKENS + 30);
      expect(built.receipt.trimmed.length).toBeGreaterThan(1);
      expect(built.passages[0]?.n).toBe(1);
      expect(built.passages[0]?.text).not.toBe("");
    }
  });

  test("one endless sentence is cut, never inside a sign", () => {
    for (const text of ["ไก่เนื้อ".repeat(2000), "👨‍👩‍👧".repeat(3000), "a".repeat(50_000), "क्षि".repeat(4000)]) {
      const { tokens, built } = weigh({
        question: text,
        lang: "th",
        kind: "why",
        passages: [{ n: 1, title: text, applies: text, text }],
        terms: [text],
        turns: [{ role: "user", text }],
      });
      expect(tokens).toBeLessThanOrEqual(CEILING_TOKENS);
      expect(built.prompt.user).not.toMatch(
        /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/,
      );
    }
  });

  test("no text whatever exceeds the ceiling", () => {
    const text = string({ unit: "grapheme", maxLength: 60 }).chain((part) =>
      integer({ min: 1, max: 60 }).map((times) => part.repeat(times)),
    );
    assert(
      property(
        record({
          question: text,
          lang: constantFrom(...LANGS),
          passages: array(record({ n: integer({ min: 1, max: 9 }), title: text, applies: text, text }), {
            maxLength: 5,
          }),
          terms: array(text, { maxLength: 20 }),
          turns: array(record({ role: constantFrom("user" as const, "assistant" as const), text }), {
            maxLength: 8,
          }),
        }),
        (parts) => weigh({ ...parts, kind: "compare" }).tokens <= CEILING_TOKENS,
      ),
      { numRuns: 60 },
    );
  }, 30_000);
});

describe("what is trimmed", () => {
  const sentence = (n: number, at: number): string =>
    `Sentence ${at} of passage ${n} says something of some length about the birds and the house that they live in.`;
  const passage = (n: number, length: number) => ({
    n,
    title: `Passage ${n}`,
    applies: "",
    text: Array.from({ length }, (_, at) => sentence(n, at)).join(" "),
  });
  const base: PromptRequest = {
    question: "What about the house?",
    lang: "de",
    kind: "general",
    passages: [passage(1, 11), passage(2, 11), passage(3, 11)],
    terms: Array.from(
      { length: 15 },
      (_, at) => `ein recht langes Fachwort ${at} (a rather long term ${at})`,
    ),
    turns: turns("de"),
  };

  test("the oldest turns go first, and nothing else when that is enough", () => {
    const { built } = weigh({ ...base, passages: [passage(1, 18)], terms: base.terms.slice(0, 6) });
    expect(built.receipt.trimmed).toEqual([expect.stringMatching(/^conversation turns: \d left out$/)]);
    expect(built.prompt.user).toContain(`${gistsIn("de")[3] ?? "?"} 3?`);
    expect(built.prompt.user).not.toContain(`${gistsIn("de")[1] ?? "?"} 1?`);
  });

  test("then the last terms, then the last sentences of the least relevant passage", () => {
    const { built, tokens } = weigh(base);
    expect(built.receipt.trimmed.map((line) => line.replace(/\d+ left/, "N left"))).toEqual([
      "conversation turns: N left out",
      "terms: N left out",
      "sentences of passage 3: N left out",
      "sentences of passage 2: N left out",
    ]);
    expect(tokens).toBeLessThanOrEqual(GOAL_TOKENS);
    expect(built.passages[0]?.text).toBe(base.passages[0]?.text);
    expect(built.passages[2]?.text).toBe(sentence(3, 0));
    for (const { text } of built.passages) expect(text.endsWith(".")).toBe(true);
    expect(built.prompt.user).toContain("Fachwort 4 ");
    expect(built.prompt.user).not.toContain("Fachwort 14");
  });

  test("sentences that have nothing to do with the question go before those that have", () => {
    const kept = [0, 7, 8].map((at) => sentence(3, at)).join(" ");
    const { built } = weigh({
      ...base,
      terms: [],
      turns: [],
      passages: [passage(1, 11), passage(2, 11), passage(3, 9)],
      shorten: ({ n, text }) => (n === 3 ? kept : text),
    });
    expect(built.passages[1]?.text).toContain(sentence(2, 10));
    expect(built.passages[2]?.text).toContain(sentence(3, 8));
    expect(built.passages[2]?.text).not.toContain(sentence(3, 6));
  });

  test("a short request is left as it is, and nothing is shortened for it", () => {
    const { built } = weigh({
      ...base,
      passages: [passage(1, 3)],
      terms: [],
      turns: [],
      shorten: () => {
        throw new Error("asked for");
      },
    });
    expect(built.receipt.trimmed).toEqual([]);
    expect(built.passages).toEqual([passage(1, 3)]);
  });
});

describe("a long question", () => {
  const asking: Record<Lang, string> = {
    ar: "كم تبلغ درجة حرارة الكتاكيت؟",
    de: "Wie warm brauchen es die Küken?",
    en: "How warm should the chicks be kept?",
    es: "¿Qué temperatura necesitan los pollitos?",
    fr: "Quelle température faut-il aux poussins ?",
    hi: "चूज़ों को कितना तापमान चाहिए?",
    id: "Berapa suhu untuk anak ayam?",
    it: "Che temperatura serve ai pulcini?",
    ja: "ひよこに必要な温度は何度ですか？",
    nl: "Hoe warm moeten de kuikens het hebben?",
    pl: "Jakiej temperatury potrzebują pisklęta?",
    pt: "Que temperatura precisam os pintinhos?",
    th: "ลูกไก่ต้องการอุณหภูมิเท่าไร?",
    tr: "Civcivlere kaç derece gerekir?",
    vi: "Gà con cần nhiệt độ bao nhiêu?",
    zh: "雏鸡需要多少度？",
  };

  test.each(LANGS)(
    "%s: goes in as its asking sentence and its neighbours, and the receipt says so",
    (lang) => {
      const gists = gistsIn(lang);
      const question = [...gists.slice(0, 20), asking[lang], ...gists.slice(20, 24)].join(" ");
      const { built } = weigh({ question, lang, kind: "general", passages: [], terms: [], turns: [] });
      expect(built.prompt.user).toContain(asking[lang]);
      expect(built.receipt.parts.question).toBeLessThanOrEqual(QUESTION_TOKENS + 30);
      expect(built.receipt.parts.question).toBeGreaterThan(QUESTION_TOKENS / 2);
      expect(built.receipt.trimmed).toEqual([
        expect.stringMatching(/^question: its asking sentence and neighbours, \d+ tokens$/),
      ]);
    },
  );

  test("of 300 tokens or fewer goes in whole", () => {
    const question = gistsIn("en").slice(0, 6).join(" ");
    const { built } = weigh({ question, lang: "en", kind: "general", passages: [], terms: [], turns: [] });
    expect(built.prompt.user).toContain(question);
    expect(built.receipt.trimmed).toEqual([]);
  });

  test("without a question mark goes in by its end", () => {
    const question = `${gistsIn("en").slice(0, 30).join(" ")} Tell me the weight now`;
    const { built } = weigh({ question, lang: "en", kind: "general", passages: [], terms: [], turns: [] });
    expect(built.prompt.user).toContain("Tell me the weight now\n</question>");
  });
});
