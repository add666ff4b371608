import { assert, array, constantFrom, integer, property, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { cutter, type Piece } from "../../../src/model/pieces.ts";
import { senses } from "../../../src/model/sensitive.ts";
import { gistsIn } from "../../fixtures/prompting.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const pieces = (text: string, lang: Lang, chunk = text.length || 1): Piece[] => {
  const cut = cutter(lang, senses(lexicon, lang));
  const out: Piece[] = [];
  for (let at = 0; at < text.length; at += chunk) out.push(...cut.push(text.slice(at, at + chunk)));
  return [...out, ...cut.end()];
};
const cuts = (text: string, lang: Lang): string[] => pieces(text, lang).map((piece) => piece.text);

describe("a text is cut", () => {
  test("at the ends of clauses, sentences and lines", () => {
    expect(cuts("Keep it dry, and warm. Is it so? Yes!\nOpen the inlets: slowly; then wait", "en")).toEqual([
      "Keep it dry, ",
      "and warm. ",
      "Is it so? ",
      "Yes!\n",
      "Open the inlets: ",
      "slowly; ",
      "then wait",
    ]);
  });

  test("at the edge of a word after 60 characters", () => {
    const text =
      "The litter under the drinkers must never be allowed to become wet or caked because birds suffer";
    const [first = ""] = cuts(text, "en");
    expect(first.endsWith(" ")).toBe(true);
    expect(first.length).toBeGreaterThanOrEqual(60);
    expect(first.length).toBeLessThan(75);
  });

  test("not in a number, an abbreviation, an initial, an ordinal or a list mark", () => {
    expect(cuts("It is 1,012 g or 2.5 kg. E. coli harms. Feed approx. 100 g.", "en")).toEqual([
      "It is 1,012 g or 2.5 kg. ",
      "E. coli harms. ",
      "Feed approx. 100 g.",
    ]);
    expect(cuts("Am 21. Tag wird gewogen. Dann ruhen.", "de")).toEqual([
      "Am 21. Tag wird gewogen. ",
      "Dann ruhen.",
    ]);
    expect(cuts("1. Clean the house.\n2) Dry it. 3 kg", "en")).toEqual([
      "1. Clean the house.\n",
      "2) Dry it. 3 kg",
    ]);
    expect(cuts("Die Luft hat 24 °C. Gut so.", "de")).toEqual(["Die Luft hat 24 °C. ", "Gut so."]);
  });

  test("after the citations of a sentence", () => {
    expect(cuts("Keep it dry. [1, 2] [3] Then wait.[1] End", "en")).toEqual([
      "Keep it dry. [1, 2] [3] ",
      "Then wait.[1] ",
      "End",
    ]);
    expect(cuts("Keep it dry. [Note] Then wait.", "en")).toEqual(["Keep it dry. ", "[Note] Then wait."]);
  });

  test.each([
    ["zh", "保持垫料干燥，通风良好。观察鸡群！", ["保持垫料干燥，", "通风良好。", "观察鸡群！"]],
    ["ja", "敷料を乾燥させます。換気を良くします。", ["敷料を乾燥させます。", "換気を良くします。"]],
    ["hi", "बिछावन सूखा रखें। हवा आने दें।", ["बिछावन सूखा रखें। ", "हवा आने दें।"]],
    [
      "ar",
      "حافظ على الفرشة جافة، وهوّ العنبر. هل هي جافة؟ نعم",
      ["حافظ على الفرشة جافة، ", "وهوّ العنبر. ", "هل هي جافة؟ ", "نعم"],
    ],
    ["th", "รักษาวัสดุรองพื้น ระบายอากาศให้ดี", ["รักษาวัสดุรองพื้น ", "ระบายอากาศให้ดี"]],
  ] as const)("in %s by its own marks", (lang, text, expected) => {
    expect(cuts(text, lang)).toEqual(expected);
  });
});

describe("a piece is held to its sentence's end", () => {
  test.each([
    ["en", "Once warm, the chicks need 30 °C, no more. "],
    ["en", "If so, give them twenty-five grams, slowly. "],
    ["en", "If so, enrofloxacin is used, by a vet. "],
    ["en", "If so, avian influenza is likely, call. "],
    ["fr", "Si oui, on donne vingt-cinq grammes, lentement. "],
    ["de", "Dann zweitausendsechshundert Gramm, langsam. "],
    ["pl", "Wtedy podać enrofloksacynę, ostrożnie. "],
    ["tr", "Sonra enrofloksasini verin, dikkatle. "],
    ["ar", "ثم خمسة وعشرون غراما، ببطء. "],
    ["hi", "फिर पच्चीस ग्राम दें, धीरे। "],
    ["zh", "然后二十五克，慢慢来。"],
    ["ja", "それから二十五グラム、ゆっくり。"],
    ["vi", "Sau đó hai mươi lăm gam, từ từ. "],
    ["id", "Lalu dua puluh lima gram, pelan. "],
    ["it", "Poi duemilacinquecento grammi, piano. "],
    ["nl", "Dan vijfentwintig gram, rustig. "],
    ["pt", "Depois vinte e cinco gramas, devagar. "],
    ["es", "Luego veinticinco gramos, despacio. "],
  ] as const)("%s: %s", (lang, text) => {
    const last = pieces(text, lang).at(-1);
    expect(last?.held).toBe(true);
    expect(last?.ends).toBe(true);
    // all of it from the clause with the number on
    expect(pieces(text, lang).filter(({ held }) => held)).toHaveLength(1);
  });

  test("in Thai to the line's end or a space that parts no number from its unit", () => {
    expect(cuts("ให้ความอบอุ่น 32 องศาเซลเซียส ในสัปดาห์แรก ยี่สิบห้า กรัม ต่อวัน\nจบ", "th")).toEqual([
      "ให้ความอบอุ่น 32 องศาเซลเซียส ",
      "ในสัปดาห์แรก ",
      "ยี่สิบห้า กรัม ",
      "ต่อวัน\n",
      "จบ",
    ]);
  });

  test("without one a clause is given at once, articles and citations count as none", () => {
    for (const [text, lang] of [
      ["Gardez une litière sèche, de l'eau, [1] et un abri", "fr"],
      ["Keep one bird apart, as said, [2]", "en"],
    ] as const)
      expect(pieces(text, lang).filter(({ held }) => held)).toEqual([]);
  });

  test("drugs and numbers are held alike", () => {
    for (const text of ["Give enrofloxacin.", "Give 30 g."]) expect(pieces(text, "en")[0]?.held).toBe(true);
  });
});

const isWhole = (text: string): boolean => !/\p{Surrogate}/u.test(text);
const prose = (lang: Lang): string => gistsIn(lang).slice(0, 60).join(" ");
const anything = tuple(
  array(
    tuple(
      constantFrom(...LANGS).chain((lang) => constantFrom(...gistsIn(lang).slice(0, 80))),
      constantFrom("", " ", "\n", ". ", "。", " [1] ", "… ", "\u200d", "1. ", "👩‍🌾", "["),
    ).map((parts) => parts.join("")),
    { maxLength: 6 },
  ),
  string({ unit: "binary", maxLength: 40 }),
).map(([parts, noise]) => parts.join(noise));

describe("whatever the text and however it arrives", () => {
  test("the pieces are the same and together the text", () => {
    assert(
      property(
        anything,
        constantFrom(...LANGS),
        array(integer({ min: 1, max: 90 }), { minLength: 1 }),
        (text, lang, sizes) => {
          const whole = pieces(text, lang);
          const cut = cutter(lang, senses(lexicon, lang));
          const parts: Piece[] = [];
          for (let at = 0, turn = 0; at < text.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            parts.push(...cut.push(text.slice(at, at + size)));
            at += size;
          }
          parts.push(...cut.end());
          expect(parts).toEqual(whole);
          expect(parts.map((piece) => piece.text).join("")).toBe(text);
        },
      ),
      { numRuns: 100 },
    );
  });

  test.each(LANGS)("%s: sign by sign is the same as at once", (lang) => {
    const text = prose(lang).slice(0, 2000);
    expect(pieces(text, lang, 1)).toEqual(pieces(text, lang));
  });

  test("no piece is longer than a held sentence may be, nor ends inside a sign", () => {
    assert(
      property(anything, integer({ min: 1, max: 40 }), constantFrom(...LANGS), (text, times, lang) => {
        const long = text.repeat(times).slice(0, 20_000);
        for (const piece of pieces(long, lang)) {
          expect(piece.text.length).toBeLessThanOrEqual(500);
          expect(isWhole(piece.text) || !isWhole(long)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  const endless: [name: string, unit: string][] = [
    ["one letter", "a"],
    ["spaces", " "],
    ["digits", "7"],
    ["marks", ". , "],
    ["brackets", "[1"],
    ["a Thai number word", "สิบ "],
    ["Thai letters", "ก"],
    ["Han digits", "二"],
    ["Han signs", "鸡"],
    ["open phrases", "body "],
    ["number words", "twenty "],
    ["combining marks", "\u0301"],
    ["lines", "\n"],
    ["list marks", "1."],
  ];
  test.each(endless)("work grows with the length alone: %s", (_, unit) => {
    for (const lang of ["en", "th", "zh", "de", "ar"] as const) {
      const steps = (length: number): number => {
        const cut = cutter(lang, senses(lexicon, lang));
        cut.push(unit.repeat(Math.ceil(length / unit.length)));
        cut.end();
        return cut.steps() / length;
      };
      expect(steps(20_000)).toBeLessThan(120);
      expect(steps(40_000)).toBeLessThan(steps(10_000) * 1.2 + 1);
    }
  });
});
