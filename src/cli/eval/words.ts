import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Lang } from "../../core/types.ts";
import { plainDigits } from "./figures.ts";

/** The product's words of a language, as far as the judge needs them. */
export interface Words {
  /** Folded forms of a concept; undefined when there is no such concept. */
  formsOf(concept: string): readonly string[] | undefined;
  /** Folded label that stands before the sources of an answer. */
  sourceLabel: string;
}

const SPECIAL: Record<string, string> = {
  ı: "i",
  ł: "l",
  đ: "d",
  ß: "ss",
  أ: "ا",
  إ: "ا",
  آ: "ا",
  ى: "ي",
  ة: "ه",
};

/** Lower case without accents, direction marks, emphasis, native digits: both sides of each comparison go through it. */
export const fold = (text: string): string =>
  plainDigits(text.replace(/[\u200b-\u200f\u2060-\u2069\ufeff*`]/g, ""))
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u093c\u064b-\u065f\u0670\u0640]/g, "")
    .normalize("NFC")
    .replace(/[ıłđßأإآىة]/g, (letter) => SPECIAL[letter] ?? letter)
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll("℃", "°c")
    .replace(/º|° (?=[cم])/g, "°")
    .replaceAll("٪", "%");

const Terms = z.record(z.string(), z.array(z.string()));
const Answers = z.looseObject({ source: z.looseObject({ label: z.string() }) });

/** Reads the words of each language once, when it is asked for. */
export const wordsOf = (locales: string): ((lang: Lang) => Words) => {
  const known = new Map<Lang, Words>();
  const read = (lang: Lang): Words => {
    const file = (name: string): unknown => JSON.parse(readFileSync(join(locales, lang, name), "utf8"));
    const terms = new Map(Object.entries(Terms.parse(file("terms.json"))));
    const folded = new Map<string, readonly string[]>();
    return {
      sourceLabel: fold(Answers.parse(file("answers.json")).source.label),
      formsOf(concept) {
        const forms = terms.get(concept);
        if (forms && !folded.has(concept)) folded.set(concept, forms.map(fold));
        return folded.get(concept);
      },
    };
  };
  return (lang) => {
    const words = known.get(lang) ?? read(lang);
    known.set(lang, words);
    return words;
  };
};

/** Forms this long may stand inside a compound word or have an ending; shorter ones are words of their own. */
const LONG = 5;
const LETTER = /[a-z]/;
const isLatin = (form: string): boolean => /^[a-z]/.test(form) && /[a-z]$/.test(form);

/** Places where a folded form stands in a folded text. */
export const placesOf = (form: string, text: string): number[] => {
  const places: number[] = [];
  if (form === "") return places;
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    const inside = LETTER.test(text[at - 1] ?? "") || LETTER.test(text[at + form.length] ?? "");
    if (form.length >= LONG || !isLatin(form) || !inside) places.push(at);
  }
  return places;
};
