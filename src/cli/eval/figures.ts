import type { Lang } from "../../core/types.ts";

/** A number of a folded text: its value and where it stands. */
export interface Figure {
  value: number;
  from: number;
  to: number;
}

/** Languages that write a decimal point; the others write a comma. */
const POINT: ReadonlySet<Lang> = new Set(["ar", "en", "hi", "ja", "th", "zh"]);
/** Zeros of the scripts whose digits people type; full-width ones are among them. */
const ZEROS = [0x660, 0x6f0, 0x966, 0xe50, 0xff10];
const NATIVE_DIGIT = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59\uff10-\uff19]/g;

/** Native digits as 0-9. */
export const plainDigits = (text: string): string =>
  text.replace(NATIVE_DIGIT, (digit) => {
    const code = digit.charCodeAt(0);
    return String(code - Math.max(...ZEROS.filter((zero) => zero <= code)));
  });

/** The value of digits with separators, as a writer of the language means them. */
const valueOf = (digits: string, lang: Lang): number => {
  const text = digits.replace(/['’٬]/g, "").replaceAll("٫", ".");
  const parts = text.split(/[.,]/);
  const signs = text.replace(/\d/g, "");
  const [head = "", last = ""] = [parts[0], parts.at(-1)];
  const joined = Number(parts.join(""));
  const withDecimals = Number(`${parts.slice(0, -1).join("")}.${last}`);
  if (parts.length === 1) return joined;
  // 12,34,567 of Hindi ends in a group of three too
  if (parts.length > 2) return new Set(signs).size === 1 && last.length === 3 ? joined : withDecimals;
  const isGroup = last.length === 3 && head.length <= 3 && !head.startsWith("0");
  return signs !== (POINT.has(lang) ? "." : ",") && isGroup ? joined : withDecimals;
};

const DIGITS = /\d+(?:[.,٫٬'’]\d+)*/g;

/**
 * Every number in digits, by value, whatever the script and the signs of the language. Its own reading, not the
 * engine's: a fault there must not hide itself from the judge.
 */
export const figuresIn = (text: string, lang: Lang): Figure[] => {
  const found: Figure[] = [];
  let before: { digits: string; from: number; to: number } | undefined;
  for (const match of text.matchAll(DIGITS)) {
    const [digits, from, to] = [match[0], match.index, match.index + match[0].length];
    found.push({ value: valueOf(digits, lang), from, to });
    // "12 000": a space may part thousands, or two numbers
    const spaced = before && /^[ \u00a0\u202f]$/.test(text.slice(before.to, from)) && /^\d{3}\b/.test(digits);
    const grouped: string | undefined =
      spaced && /^\d{1,3}(?: \d{3})*$/.test(before?.digits ?? "")
        ? `${before?.digits ?? ""} ${digits}`
        : undefined;
    if (grouped !== undefined)
      found.push({ value: valueOf(grouped.replaceAll(" ", ""), lang), from: before?.from ?? from, to });
    before =
      grouped === undefined ? { digits, from, to } : { digits: grouped, from: before?.from ?? from, to };
  }
  return found;
};

/** What a letter or a breed makes a name of: T-2, H5N1, m2, Ross 308. */
const NAME_BEFORE = /(?:[a-z]-?|\b(?:ross|cobb|hubbard|isa|lohmann|arbor acres)\s)$/;

/** The numbers of a text that say something: those of names say nothing. */
export const claimsIn = (text: string, lang: Lang): number[] =>
  figuresIn(text, lang)
    .filter(({ from }) => !NAME_BEFORE.test(text.slice(Math.max(0, from - 12), from)))
    .map(({ value }) => value);
