import type { Lang } from "../core/types.ts";

/** Languages that write a decimal point and group thousands with commas; the others do it the other way round. */
const POINT_LANGUAGES: ReadonlySet<Lang> = new Set(["en", "zh", "ja", "th", "hi", "ar"]);

/**
 * Value of a number in digits, as a writer of that language means it: "10.000" is ten thousand in Spanish and ten
 * in English, "2,5" is two and a half where no group of three follows.
 */
export const numberIn = (digits: string, lang: Lang): number => {
  const text = digits.replace(/['’\u00a0\u202f\u066c]/g, "").replaceAll("\u066b", ".");
  const point = POINT_LANGUAGES.has(lang);
  const decimal = point ? "." : ",";
  const group = point ? "," : ".";
  const parts = text.split(/[.,]/);
  if (parts.length === 1) return Number(text);
  const grouped = parts.slice(1).every((part) => part.length === 3) && (parts[0]?.length ?? 0) <= 3;
  const signs = text.replace(/[^.,]/g, "");
  if (parts.length === 2) {
    // nobody writes three zeros after a decimal sign: a round thousand is one in every language
    if (grouped && parts[1] === "000" && parts[0] !== "0") return Number(parts.join(""));
    // one separator: the language's own decimal sign, unless it is the group sign before exactly three digits
    if (signs === group && grouped && parts[0] !== "0") return Number(parts.join(""));
    return Number(parts.join("."));
  }
  const last = signs.at(-1);
  if (signs.split("").every((sign) => sign === last) && grouped) return Number(parts.join(""));
  if (last === decimal || signs.indexOf(last ?? "") === signs.length - 1)
    return Number(`${parts.slice(0, -1).join("")}.${parts.at(-1) ?? ""}`);
  return Number(parts.join(""));
};

/** A number word's part in a spoken number: 20 + 1, 5 × 1000. */
export interface Spoken {
  value: number;
  scale: boolean;
}

/** Adds and multiplies the words of one spoken number; returns the numbers found, left to right. */
export const combine = (words: readonly Spoken[]): number[] => {
  const numbers: number[] = [];
  let total = 0;
  let current: number | undefined;
  const flush = (): void => {
    if (current !== undefined || total) numbers.push(total + (current ?? 0));
    total = 0;
    current = undefined;
  };
  for (const { value, scale } of words) {
    if (scale) {
      if (value === 100) current = (current ?? 1) * 100;
      else {
        total += (current ?? 1) * value;
        current = undefined;
      }
    } else if (current === undefined) current = value;
    else if (fits(current, value)) current = current >= 10 && value === 10 ? current : current + value;
    else {
      flush();
      current = value;
    }
  }
  flush();
  return numbers;
};

/** Twenty takes one, a hundred takes twenty-one; five does not take three. */
const fits = (sum: number, next: number): boolean => {
  if (sum >= 100 && sum % 100 === 0) return next < 100;
  return sum >= 20 && sum % 10 === 0 && next > 0 && next < 10;
};

/** Reads a run of Han digits (十, 二十一, 三百五) from the values of its signs; undefined when it is not one. */
export const combineHan = (values: readonly number[]): number | undefined => {
  if (values.length === 0) return undefined;
  // a row of digits: 二〇, 三五
  if (values.every((value) => value < 10)) return Number(values.join(""));
  let total = 0;
  let digit: number | undefined;
  for (const value of values) {
    if (value === 10 || value === 100 || value === 1000) {
      total += (digit ?? 1) * value;
      digit = undefined;
    } else if (value === 10_000) {
      total = (total + (digit ?? 0) || 1) * value;
      digit = undefined;
    } else if (value > 10) {
      total += value; // 廿, or tens read as one word
      digit = undefined;
    } else digit = value;
  }
  return total + (digit ?? 0);
};
