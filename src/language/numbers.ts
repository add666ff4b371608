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
    // two digits or more before a group of three: a number of birds in every language ("24,500")
    if (grouped && (parts[0]?.length ?? 0) >= 2) return Number(parts.join(""));
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

/** Greatest power of ten that divides a value: what may be added to it is smaller. */
export const place = (value: number): number => {
  let power = 1;
  while (value > 0 && value % (power * 10) === 0) power *= 10;
  return power;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Vietnamese says 27 as "hai bảy", two seven; "năm sáu" (five or six) stays two numbers. */
const joinPairs = (words: readonly Spoken[]): Spoken[] => {
  const out: Spoken[] = [];
  for (const word of words) {
    const last = out.at(-1);
    const pair =
      last &&
      !last.scale &&
      !word.scale &&
      last.value >= 2 &&
      last.value <= 9 &&
      word.value >= 1 &&
      word.value <= 9;
    if (pair && word.value !== last.value + 1)
      out[out.length - 1] = { value: last.value * 10 + word.value, scale: false };
    else out.push(word);
  }
  return out;
};

/**
 * Adds and multiplies the words of one spoken number; returns the numbers found, left to right. `shortened`:
 * languages in which one digit after a thousand means hundreds ("một ngàn hai" is 1,200).
 */
export const combine = (spoken: readonly Spoken[], shortened: boolean, pairs = false): number[] => {
  const words = pairs ? joinPairs(spoken) : spoken;
  const numbers: number[] = [];
  let parts: number[] = [];
  let scaled = 0;
  const flush = (): void => {
    const last = parts.at(-1) ?? 0;
    if (shortened && scaled >= 1000 && parts.length > 1 && last < 10 && last > 0)
      parts[parts.length - 1] = (last * scaled) / 10;
    if (parts.length > 0) numbers.push(sum(parts));
    parts = [];
    scaled = 0;
  };
  for (const { value, scale } of words) {
    if (scale) {
      const smaller = parts.findIndex((part) => part < value);
      const times = smaller < 0 ? [] : parts.splice(smaller);
      parts.push((times.length > 0 ? sum(times) : 1) * value);
      scaled = value;
      continue;
    }
    const last = parts.at(-1);
    if (last !== undefined && value >= place(last)) flush();
    parts.push(value);
    if (value >= 1000) scaled = value;
  }
  flush();
  return numbers;
};

/** Reads a run of Han digits (十, 二十一, 三百五) from the values of its signs; undefined when it is not one. */
export const combineHan = (values: readonly number[], shortened: boolean): number | undefined => {
  if (values.length === 0) return undefined;
  // a row of digits: 二〇, 三五
  if (values.every((value) => value < 10)) return Number(values.join(""));
  let total = 0;
  let digit: number | undefined;
  let scaled = 0;
  for (const value of values) {
    if (value >= 10) scaled = value;
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
  // 三千五 is 3,500 and 一万三 is 13,000 to a Chinese reader
  if (shortened && scaled >= 1000 && digit !== undefined && values.at(-2) === scaled)
    return total + (digit * scaled) / 10;
  return total + (digit ?? 0);
};

/** The same digits as a whole number, where their separators can only part thousands: a count of birds. */
export const wholeOf = (digits: string): number | undefined =>
  /^\d{1,3}(?:[.,'’\u00a0\u202f\u066c]\d{3})+$/.test(digits) ? Number(digits.replace(/\D/g, "")) : undefined;
