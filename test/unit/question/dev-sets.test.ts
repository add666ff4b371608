import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { keyOf } from "../../../src/question/key.ts";
import { nearMisses, templates, type TemplateLine } from "../../fixtures/dev-sets.ts";
import { frameOf } from "../../fixtures/understanding.ts";

const lost = (lines: readonly TemplateLine[], change: (text: string, lang: Lang) => string): unknown[] =>
  lines.flatMap(({ text, lang, frame }) => {
    const asked = change(text, lang);
    const got = frameOf(asked);
    return got !== null && keyOf(got) === keyOf(frame) ? [] : [{ lang, asked, want: frame, got }];
  });

test.each(LANGS)("%s: the whole frame of every template question is exact", (lang) => {
  const own = templates.filter((line) => line.lang === lang);
  expect(own.length).toBeGreaterThanOrEqual(13);
  expect(lost(own, (text) => text)).toEqual([]);
});

test("no near miss shares a frame", () => {
  const faults = nearMisses.filter(({ a, b }) => {
    const [one, two] = [frameOf(a), frameOf(b)];
    return one !== null && two !== null && keyOf(one) === keyOf(two);
  });
  expect(nearMisses.length).toBeGreaterThan(150);
  expect(faults).toEqual([]);
});

const NATIVE_ZERO: Partial<Record<Lang, number>> = { ar: 0x660, hi: 0x966, th: 0xe50 };
const ACCENTLESS: Record<string, string> = { đ: "d", Đ: "D", ł: "l", Ł: "L", ı: "i", ß: "ss" };
const MARKED_SCRIPTS: Lang[] = ["ar", "hi", "ja", "th", "zh"];

describe("the frame of every template question stays the same", () => {
  test.each<[string, (text: string, lang: Lang) => string]>([
    ["in capitals", (text) => text.toUpperCase()],
    ["in small letters", (text) => text.toLowerCase()],
    ["with its accents as signs of their own", (text) => text.normalize("NFD")],
    [
      "in full-width signs",
      (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    ],
    [
      "with native digits",
      (text, lang) =>
        text.replace(/[0-9]/g, (digit) => String.fromCharCode((NATIVE_ZERO[lang] ?? 0x30) + Number(digit))),
    ],
    ["with other spaces and line breaks", (text) => text.replaceAll(" ", "\u00a0\n")],
    ["between marks, emoji and direction signs", (text) => `\u200f« ${text} » ?!.. 🙏🐔\u200e`],
    ["with Arabic letters drawn out", (text) => text.replace(/([سلع])(?=[\u0621-\u064a])/g, "$1\u0640")],
  ])("%s", (_, change) => {
    expect(lost(templates, change)).toEqual([]);
  });

  test("without accents, where that leaves no other word", () => {
    const plain = (text: string, lang: Lang): string =>
      MARKED_SCRIPTS.includes(lang)
        ? text
        : text
            .normalize("NFD")
            .replace(/[\u0300-\u036f]/g, "")
            .replace(/[đĐłŁıß]/g, (sign) => ACCENTLESS[sign] ?? sign);
    // without its accent "trống" (male) is "trong" (within), as any reader would take it
    const sure = templates.filter(({ lang, text }) => !(lang === "vi" && text.includes("trống")));
    expect(lost(sure, plain)).toEqual([]);
  });
});
