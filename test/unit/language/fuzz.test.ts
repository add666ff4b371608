import { assert, array, constantFrom, integer, oneof, property, string, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGS } from "../../../src/core/types.ts";
import { tokenise } from "../../../src/language/normalise.ts";
import { LONGEST_TEXT } from "../../../src/language/read.ts";
import { frameOf, lexicon, read } from "../../fixtures/understanding.ts";

/** More look-ups a token than this would be another order of work. */
const MOST_STEPS = 40;

const languages: ReadonlySet<string> = new Set(LANGS);

const holds = (text: string): void => {
  const reading = read(text);
  if (!languages.has(reading.lang)) throw new Error(`lang ${reading.lang}`);
  const tokens = tokenise(text.slice(-LONGEST_TEXT)).length;
  if (reading.steps > MOST_STEPS * tokens) throw new Error(`${reading.steps} steps for ${tokens} tokens`);
  for (const item of reading.items)
    if (item.is === "number" && Number.isNaN(item.value)) throw new Error("a number that is none");
};

const words = [...LANGS.map((lang) => lexicon.languages[lang].phrases), lexicon.names].flatMap((phrases) => [
  ...phrases.keys(),
]);
const digits = string({
  unit: constantFrom(...Array.from("0123456789٣٥३५๓๕３５.,'٫٬ \u00a0½²%°-–/")),
  maxLength: 60,
});
const unicode = string({ unit: "binary", maxLength: 400 });
const graphemes = string({ unit: "grapheme", maxLength: 400 });
/** Known words of all languages in a row, glued or parted: the dearest texts for the segmenter. */
const known = tuple(
  array(
    integer({ min: 0, max: words.length - 1 }).map((at) => words[at] ?? ""),
    { maxLength: 200 },
  ),
  constantFrom(" ", "", "-", ", ", " 5 "),
).map(([parts, joint]) => parts.join(joint));
const mixed = array(oneof(known, digits, unicode, graphemes), { maxLength: 6 }).map((parts) =>
  parts.join(""),
);
const long = tuple(oneof(digits, unicode, known), integer({ min: 1, max: 400 })).map(([part, times]) =>
  part.repeat(times).slice(0, 100_000),
);

describe("any text", () => {
  test.each([
    ["of any code units", unicode],
    ["of any signs as people see them", graphemes],
    ["of digits, separators and marks in every script", digits],
    ["of known words in any order", known],
    ["of all of these", mixed],
  ])("%s is read in bounded steps, in one of the 16 languages", (_, texts) => {
    assert(property(texts, holds), { numRuns: 300 });
  });

  test("of up to 100,000 characters is read in bounded steps", () => {
    assert(property(long, holds), { numRuns: 60 });
  });

  test("makes a frame or none, and never an error", () => {
    const isFrame = (text: string): boolean => {
      const frame = frameOf(text);
      return frame === null || (typeof frame.sex === "string" && "line" in frame && "metric" in frame);
    };
    assert(property(mixed, isFrame), { numRuns: 300 });
  });
});

test("the steps of a text grow as its length: the same number a token at 500 and at 4,000 characters", () => {
  const stepsPerToken = (piece: string, length: number): number => {
    const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
    return read(text).steps / tokenise(text).length;
  };
  const pieces = ["罗斯308体重 ", "weight of a Ross 308 at 21 days? ", "1 2d ", "กี่วัน", "qwx zzkqw "];
  for (const piece of pieces)
    expect(stepsPerToken(piece, 4000), piece).toBeLessThanOrEqual(1.2 * stepsPerToken(piece, 500));
});
