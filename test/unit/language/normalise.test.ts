import { describe, expect, test } from "vitest";
import { foldWord, tokenise } from "../../../src/language/normalise.ts";

const folds = (text: string): string[] => tokenise(text).map((token) => token.fold);
const numbers = (text: string): string[] =>
  tokenise(text).flatMap((token) => (token.kind === "number" ? [token.raw] : []));

describe("digits", () => {
  test.each([
    ["Arabic", "٣٥ يوم"],
    ["Persian", "۳۵ روز"],
    ["Devanagari", "३५ दिन"],
    ["Thai", "๓๕ วัน"],
    ["full-width", "３５日"],
    ["circled or mixed scripts", "3٥"],
  ])("%s digits read as 35", (_, text) => {
    expect(numbers(text)).toEqual(["35"]);
  });

  test.each([
    ["r308", ["r", "308"]],
    ["j21", ["j", "21"]],
    ["21d", ["21", "d"]],
    ["Cobb500", ["cobb", "500"]],
    ["روس308", ["روس", "308"]],
    ["35日目", ["35", "日", "目"]],
    ["18gg", ["18", "gg"]],
  ])("letters and digits of %s part", (text, tokens) => {
    expect(folds(text)).toEqual(tokens);
  });

  test.each(["2,5", "2.5", "10.000", "1,234.5", "12'000", "12’000"])("%s is one number", (text) => {
    expect(tokenise(text).map((token) => token.kind)).toEqual(["number"]);
  });

  test("a comma that nothing follows, or a space after it, ends the number", () => {
    expect(numbers("308, 21")).toEqual(["308", "21"]);
    expect(numbers("day 21.")).toEqual(["21"]);
  });

  test.each(["罗斯308，2周体重", "ロス308、2週の体重", "罗斯308；2周", "罗斯308：2周"])(
    "the full-width mark in %s parts two numbers",
    (text) => {
      expect(numbers(text)).toEqual(["308", "2"]);
    },
  );
});

describe("letters", () => {
  test.each([
    ["é → e", "Fémelles", "femelles"],
    ["ß → ss", "weiß", "weiss"],
    ["ø, å", "Øl å", "ol a"],
    ["ł", "MAŁE", "male"],
    ["đ and two marks on one letter", "Để", "de"],
    ["Turkish dotless and dotted i", "AĞIRLIK İlk ağırlık", "agirlik ilk agirlik"],
    ["a combining accent", "e\u0301te", "ete"],
    ["full-width letters", "Ｒｏｓｓ", "ross"],
  ])("fold to plain lower case: %s", (_, text, folded) => {
    expect(folds(text).join(" ")).toBe(folded);
  });

  test("accents are kept beside the folded form, for words that differ by them alone", () => {
    expect(tokenise("Trống trong").map(({ raw, fold }) => [raw, fold])).toEqual([
      ["trống", "trong"],
      ["trong", "trong"],
    ]);
  });

  test.each([
    ["the hamza", "إناث", "اناث"],
    ["taa marbuta", "دجاجة", "دجاجه"],
    ["alef maqsura", "على", "علي"],
    ["vowel marks", "وَزْنُ", "وزن"],
    ["tatweel", "وزـــن", "وزن"],
    ["the article", "الوزن", "وزن"],
    ["Persian letters", "گرم کیلو", "كرم كيلو"],
  ])("Arabic words are equal without %s", (_, one, other) => {
    expect(folds(one)).toEqual(folds(other));
  });

  test("a short Arabic word that only begins like the article keeps its letters", () => {
    expect(foldWord("الف")).toBe("الف");
    expect(foldWord("الا")).toBe("الا");
  });

  test.each([
    ["nukta as a sign of its own", "मुर्ग\u093cी", "मुर्गी"],
    ["nukta in one code point", "\u095bरूरी", "जरूरी"],
    ["chandrabindu and anusvara", "कहाँ", "कहां"],
  ])("Hindi words are equal with and without %s", (_, one, other) => {
    expect(folds(one)).toEqual(folds(other));
  });
});

describe("scripts without spaces", () => {
  test("Han and kana give a token a sign, Thai keeps its hanging vowels and loses its tones", () => {
    expect(folds("体重はコ")).toEqual(["体", "重", "は", "コ"]);
    expect(folds("ที่กี่")).toEqual(["ที", "กี"]);
  });

  test("a doubled small tsu is left out", () => {
    expect(folds("コッッブ")).toEqual(folds("コッブ"));
  });

  test("a gap is known, so that a space can part two words", () => {
    expect(tokenise("体重 日").map((token) => token.gap)).toEqual([false, false, true]);
  });
});

describe("abbreviations and endings", () => {
  test("the dots of an abbreviation are left out", () => {
    expect(folds("G.M.Q. j32")).toEqual(["gmq", "j", "32"]);
  });

  test("an ending on a number by an apostrophe is left out", () => {
    expect(folds("Ross 308'lerim")).toEqual(["ross", "308"]);
  });

  test("a comma after a number of a name parts it from the next number", () => {
    expect(folds("W36,57周龄")).toEqual(["w", "36", "57", "周", "龄"]);
    expect(folds("2,5 kg")).toEqual(["2,5", "kg"]);
  });
});

describe("marks", () => {
  test.each(["–", "—", "-", "−", "‑"])("%s is a hyphen", (dash) => {
    expect(folds(`3${dash}5`)).toEqual(["3", "-", "5"]);
  });

  test("what is neither letter, digit nor sign of a question is a gap", () => {
    expect(folds("🐔 (Ross) \u200f«308»?!\n\t")).toEqual(["ross", "308"]);
    expect(tokenise(" \u0000\ud800 ")).toEqual([]);
  });
});
