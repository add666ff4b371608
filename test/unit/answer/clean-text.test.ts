import { describe, expect, test } from "vitest";
import { LANGS, type Answer, type Lang } from "../../../src/core/types.ts";
import { sharedEngine } from "../../fixtures/asking.ts";
import { alarms } from "../../fixtures/farmers-say.ts";
import { incomplete } from "../../fixtures/incomplete.ts";
import { ASKED } from "../../fixtures/question-words.ts";
import { sampledCells } from "../../fixtures/sampled-cells.ts";
import { json } from "../../repo/tree.ts";

const engine = sharedEngine();

const answers = (lang: Lang) =>
  json(`locales/${lang}/answers.json`) as { examples: string[]; source: { label: string } };

/** English questions of every kind of answer; asked with `lang`, each is answered in that language. */
const kinds = [
  "Hy-Line Brown body weight at 30 weeks",
  "Hy-Line Brown body weight at 200 days",
  "Hy-Line Brown cumulative eggs per hen housed at 60 weeks",
  "Hy-Line Brown eggs per hen housed?",
  "Lohmann Brown body weight at 30 weeks",
  "Hy-Line Brown mortality at 40 weeks",
  "livability of Hy-Line Brown at 40 weeks",
  "Ross 308 weight at 21 days in lb",
  "when does Ross 308 reach 2 kg?",
  "at what age does Lohmann Brown reach 95 % laying rate?",
  "when does Ross 308 reach 20 kg?",
  "Feed for 5,000 Cobb 500 up to day 35?",
  "feed of Ross 308 from 21 to 35 days",
  "Ross 308 body weight from 21 to 35 days",
  "feed for 5000 Ross 308 from 21 to 35 days",
  "crude protein of Ross 308",
  "energy of Cobb 500 starter in MJ",
  "feed amount per bird of Cobb 500 starter",
  "breast yield of Cobb 500 at 2.5 kg",
  "breast yield of Ross 308 at 2.5 kg",
  "carcass yield of Ross 308",
  "weight of Cobb 500 fast feather breeder at 30 weeks",
  "Hy-Line Brown parent stock weight at 30 weeks",
  "feed of Cobb 500 fast feather breeder at 26 weeks",
  "Ross 308 weight at 70 days",
  "Ross 308 water at 21 days",
  "Ross 708 weight at 21 days",
  "uniformity of Hy-Line Brown at 20 weeks",
  "vitamin C of Ross 308 starter",
  "EPEF of Ross 308 at 35 days",
  "weight of a turkey at 10 weeks",
  "Ross 308 at 21 days?",
  "weight at 21 days?",
  "and at 28 days?",
  "hello",
  "thanks",
  "who won the world cup?",
  "amoxicillin dose",
];

const leftovers: [string, RegExp][] = [
  ["a template variable", /\{\{|\}\}|\$t\(/],
  [
    "a raw key",
    /\b(metric|note|unknown|clarify|smalltalk|safety|phase|market|sex|housing|rearing_house|table|quick|formula|source|unit|age|errors)\.[a-z_0-9]+/,
  ],
  ["an identifier", /\b[a-z0-9]+_[a-z0-9_]+\b/],
  ["a value that is none", /\b(undefined|null|NaN|Infinity)\b|\[object/],
  ["an empty pair of brackets or a doubled sign", /\(\s*\)|\*\*\*\*|—\s*$|;\s*;|::/m],
];

const faultsOf = (answer: Answer): string[] =>
  [answer.text, ...answer.suggestions].flatMap((text) =>
    leftovers.flatMap(([name, pattern]) => {
      const found = pattern.exec(text);
      return found ? [`${name}: ${found[0]}`] : [];
    }),
  );

test.each(LANGS)("no answer in %s shows what is behind the words", async (lang) => {
  const texts = [
    ...kinds,
    ...answers(lang).examples,
    ...incomplete[lang],
    ...Object.values(alarms).flatMap((rule) => rule[lang]),
  ];
  const faults: string[] = [];
  for (const text of texts) {
    const answer = await engine.ask(text, { lang });
    expect(answer.lang).toBe(lang);
    expect(answer.text.trim()).not.toBe("");
    for (const fault of faultsOf(answer)) faults.push(`${text}: ${fault}`);
  }
  expect(faults).toEqual([]);
});

test("nor do answers to cells of every table", async () => {
  const faults: string[] = [];
  for (const { text } of sampledCells(8, 4711))
    for (const fault of faultsOf(await engine.ask(text))) faults.push(`${text}: ${fault}`);
  expect(faults).toEqual([]);
});

/** Scripts that an answer is written in; Latin names and documents stand in every one. */
const scripts: Record<Lang, RegExp> = {
  ar: /\p{scx=Arabic}/u,
  hi: /\p{scx=Devanagari}/u,
  ja: /[\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Han}]/u,
  th: /\p{scx=Thai}/u,
  zh: /\p{scx=Han}/u,
  de: /\p{scx=Latin}/u,
  en: /\p{scx=Latin}/u,
  es: /\p{scx=Latin}/u,
  fr: /\p{scx=Latin}/u,
  id: /\p{scx=Latin}/u,
  it: /\p{scx=Latin}/u,
  nl: /\p{scx=Latin}/u,
  pl: /\p{scx=Latin}/u,
  pt: /\p{scx=Latin}/u,
  tr: /\p{scx=Latin}/u,
  vi: /\p{scx=Latin}/u,
};

/** Proper names and signs that are Latin in every language. */
const NAMES =
  /Hy-Line(?: Brown| W-36| W-80)?|Ross(?: \d+(?: FF)?| broiler \(as hatched\))?|Cobb(?: \d+| MX male| male)?|Lohmann(?: Brown(?:-Classic)?| LSL-Lite)?|LSL[- ]Lite|(?:fast|slow) feather|breeder|parent stock|FCR|EPEF|\bME\b|hen[- ]day|\bIC[A]?\b|kcal|MJ|ppm|cm|kg|mg|ml|lb|oz|gal|IU|AMEn|Turkey|vitamin [cC]|[Cc]ys(?:tine)?|\bg\b|\bl\b|\bt\b/g;

describe.each(LANGS)("%s", (lang) => {
  const others = Object.entries(scripts).filter(
    ([other]) => !["ja", "zh"].includes(other) && scripts[other as Lang].source !== scripts[lang].source,
  );

  test("the words of an answer are in its script", async () => {
    const faults: string[] = [];
    for (const text of [...kinds, ...incomplete[lang]]) {
      const answer = await engine.ask(text, { lang });
      const { label } = answers(lang).source;
      let cited = false;
      const said = answer.text
        .split("\n")
        // the titles of documents and their tables stay as they are printed
        .filter((line) => {
          cited = line.startsWith(label) || (cited && line.startsWith("- "));
          return !cited;
        })
        .join("\n")
        .replace(/[“"「『«][^”"」』»]*[”"」』»]/g, "")
        .replace(NAMES, "");
      const letters = said.match(/\p{L}/gu) ?? [];
      const own = letters.filter((letter) => scripts[lang].test(letter));
      if (own.length < letters.length * 0.97) {
        const strange = said.match(/[\p{L}]+/gu)?.filter((word) => !scripts[lang].test(word)) ?? [];
        faults.push(`${text}: ${[...new Set(strange)].join(" ")}`);
      }
      for (const [other, script] of others)
        if (scripts[lang].source === scripts.en.source && script.test(said))
          faults.push(`${text}: ${other} letters`);
    }
    expect(faults).toEqual([]);
  });

  test("each language says it differently", async () => {
    const own = (await engine.ask("Ross 308 weight at 21 days", { lang })).text;
    const { note } = json(`locales/${lang}/answers.json`) as { note: { sex_default: string } };
    expect(own.replace(/[\u2068\u2069]/g, "")).toContain(note.sex_default);
  });
});

test("an answer is in the language of its question, where that is one of the six sampled", async () => {
  const cells = sampledCells(8, 99);
  expect(new Set(cells.map(({ lang }) => lang))).toEqual(new Set(ASKED));
  const faults: string[] = [];
  for (const { lang, text } of cells) {
    const answer = await engine.ask(text);
    if (answer.lang !== lang) faults.push(`${text}: ${answer.lang}`);
  }
  expect(faults).toEqual([]);
});
