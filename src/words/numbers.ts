import type { Lang } from "../core/types.ts";

const RTL: ReadonlySet<Lang> = new Set(["ar"]);
export const isRightToLeft = (lang: Lang): boolean => RTL.has(lang);

const formats = new Map<string, Intl.NumberFormat>();
/** Numbers written lately: the tables' figures are few, and formatting one costs more than finding it again. */
const written = new Map<string, string>();
const MOST_WRITTEN = 8000;

/** A number in the reader's format, with that many digits after the decimal sign; digits stay 0-9 in every language. */
export const formatNumber = (amount: number, digits: number, lang: Lang): string => {
  // below the first group sign a whole number is written alike everywhere
  if (digits === 0 && Number.isInteger(amount) && amount >= 0 && amount < 1000) return String(amount);
  const exact = `${lang}${digits} ${amount}`;
  const known = written.get(exact);
  if (known !== undefined) return known;
  const text = formatOf(lang, digits).format(amount);
  if (written.size >= MOST_WRITTEN) written.clear();
  written.set(exact, text);
  return text;
};

const formatOf = (lang: Lang, digits: number): Intl.NumberFormat => {
  const key = `${lang} ${digits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(`${lang}-u-nu-latn`, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formats.set(key, format);
  }
  return format;
};

/** Keeps a run of Latin letters or digits in its own order inside right-to-left text. */
export const isolate = (text: string, lang: Lang): string => (RTL.has(lang) ? `\u2068${text}\u2069` : text);

const ISOLATED = /(\u2068[^\u2069]*\u2069)/;
const LEFT_TO_RIGHT_RUN = /[A-Za-z0-9][A-Za-z0-9_.,:%/+–-]*(?:[ \u00a0][A-Za-z0-9][A-Za-z0-9_.,:%/+–-]*)*/g;

/** Isolates every run of Latin letters or digits of a right-to-left text that no isolate holds yet. */
export const isolateRuns = (text: string): string =>
  text
    .split(ISOLATED)
    .map((part) => (part.startsWith("\u2068") ? part : part.replace(LEFT_TO_RIGHT_RUN, "\u2068$&\u2069")))
    .join("");
