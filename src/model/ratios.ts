import type { Lang } from "../core/types.ts";
import type { Hit } from "../language/lexicon.ts";
import { foldWord } from "../language/normalise.ts";
import { placed, type Placed } from "./quantity.ts";
import { tokenAt, type Sheet } from "./sheet.ts";
import { unitsBefore } from "./unit-beside.ts";

/**
 * What stands between a part and its whole ("nine out of ten"); the words of `weak` do so only beside a count of
 * birds or eggs or a figure: "one of two ways" is no ratio. `reversed`: the whole stands first ("दस में से नौ").
 */
interface Links {
  sure: readonly string[];
  weak?: readonly string[];
  reversed?: readonly string[];
}
const LINKS: Record<Lang, Links> = {
  ar: { sure: ["من كل", "من اصل", "من بين", "في كل", "من بين كل"], weak: ["من"] },
  de: { sure: ["von je", "aus je", "von jeweils", "unter"], weak: ["von", "aus", "von den", "der"] },
  en: { sure: ["out of", "out of every", "in every", "of every", "in each"], weak: ["in", "of", "of the"] },
  es: { sure: ["de cada", "por cada", "en cada", "de entre"], weak: ["de", "en", "sobre"] },
  fr: { sure: ["sur", "sur chaque"], weak: ["de", "des", "parmi"] },
  hi: { sure: [], reversed: ["में से", "मे से", "में"] },
  id: { sure: ["dari setiap", "dari tiap", "di antara"], weak: ["dari"] },
  it: { sure: ["su", "su ogni"], weak: ["di", "tra"] },
  ja: { sure: [], reversed: ["のうち", "の内", "中", "の中", "分の"] },
  nl: { sure: ["op de", "van de", "op elke", "van elke", "op"], weak: ["van"] },
  pl: { sure: ["na kazde", "z kazdych", "na"], weak: ["z", "sposrod"] },
  pt: { sure: ["em cada", "de cada", "a cada"], weak: ["de", "em"] },
  th: { sure: ["ใน", "จาก", "จากทุก"], reversed: ["มี", "ตาย"] },
  tr: { sure: [], reversed: ["dan", "den", "tan", "ten", "icinden", "icinde"] },
  vi: { sure: ["trên", "trong", "trong số", "trong mỗi", "trên mỗi", "trên tổng số"], weak: ["của"] },
  zh: { sure: [], reversed: ["中有", "里有", "中", "当中有", "之中有", "分之", "里"] },
};
const folded = (phrases: readonly string[] | undefined): ReadonlySet<string> =>
  new Set((phrases ?? []).map((phrase) => phrase.split(" ").map(foldWord).join(" ")));
const TABLE = new Map(
  Object.entries(LINKS).map(([lang, { sure, weak, reversed }]) => [
    lang,
    { sure: folded(sure), weak: folded(weak), reversed: folded(reversed) },
  ]),
);

const UNSPACED: ReadonlySet<Lang> = new Set(["ja", "th", "zh"]);
const COUNTED = new Set(["animal", "product", "sex"]);
const COUNTERS = new Set(Array.from("只隻羽匹个個枚头ตัว"));
const COUNTER_WORDS = new Set(["ekor", "con", "butir"]);
const ABLATIVE = /(?:[td][ae]n)$/;
const MOST_BETWEEN = 6;
/** "3 of 100 birds" may be a count in a small flock. */
const FLOCK = 50;

/** What stands between two numbers, without the birds that are counted. */
const between = (sheet: Sheet, from: number, to: number): { text: string; birds: boolean } | undefined => {
  const { lang } = sheet.words;
  const words: string[] = [];
  let birds = false;
  for (let at = from; at < to; at += 1) {
    const part = sheet.segments[at];
    const token = tokenAt(sheet, at);
    if (!part || !token || (token.stop && !UNSPACED.has(lang))) return undefined;
    const fold = sheet.tokens
      .slice(part.at, part.at + part.length)
      .map((one) => one.fold)
      .filter((one) => one !== "-")
      .join(UNSPACED.has(lang) ? "" : " ");
    if (isCounted(part.hits) || COUNTERS.has(fold) || COUNTER_WORDS.has(fold)) {
      birds = true;
      const ending = lang === "tr" ? ABLATIVE.exec(fold)?.[0] : undefined;
      if (ending !== undefined) words.push(ending);
    } else if (lang === "tr" && ABLATIVE.test(fold)) words.push(ABLATIVE.exec(fold)?.[0] ?? "");
    else if (fold !== "") words.push(fold);
  }
  return { text: words.join(UNSPACED.has(lang) ? "" : " "), birds };
};

const isCounted = (hits: readonly Hit[]): boolean =>
  hits.some((hit) => hit.is === "concept" && (COUNTED.has(hit.kind) || hit.id === "per_bird"));
const isBird = (sheet: Sheet, at: number): boolean => isCounted(sheet.segments[at]?.hits ?? []);

const isBare = ({ units, shared, readings, inPhrase, apart }: Placed): boolean =>
  units.length + shared.length === 0 && !inPhrase && !apart && Number.isInteger(readings[0]?.value);

/** The two numbers as one share in percent, if they tell one. */
const ratioOf = (sheet: Sheet, one: Placed, next: Placed): Placed | undefined => {
  if (!isBare(one) || !isBare(next) || unitsBefore(sheet, one.from, one.from - 1).length > 0)
    return undefined;
  const gap = next.from - one.end;
  if (gap < 1 || gap > MOST_BETWEEN) return undefined;
  const link = between(sheet, one.end, next.from);
  const known = TABLE.get(sheet.words.lang);
  if (!link || !known) return undefined;
  const counts = link.birds || isBird(sheet, next.end) || !one.spoken || !next.spoken;
  const reversed = known.reversed.has(link.text);
  if (!reversed && !known.sure.has(link.text) && !(known.weak.has(link.text) && counts)) return undefined;
  const [part, whole] = (reversed ? [next, one] : [one, next]).map(({ readings }) => readings[0]?.value ?? 0);
  if (part === undefined || whole === undefined || part < 1 || whole < 2 || part > whole) return undefined;
  return {
    ...placed([{ value: (100 * part) / whole, decimals: 0 }], one.from, next.to),
    end: next.end,
    units: ["percent"],
    ...(whole >= FLOCK ? { apart: [one, next] } : {}),
  };
};

/** Signs for tenths after a number; before most other signs they are part of a word ("成鸡" is an adult bird). */
const TENTHS: Partial<Record<Lang, ReadonlySet<string>>> = { zh: new Set(["成"]), ja: new Set(["割"]) };
const AFTER_TENTHS = /^[的以左上都是のがはをで、。]/u;
const tenthsOf = (sheet: Sheet, one: Placed): Placed | undefined => {
  const part = sheet.segments[one.to];
  const signs = TENTHS[sheet.words.lang];
  if (!part || !signs || !isBare(one) || !signs.has(sheet.tokens[part.at]?.raw ?? "")) return undefined;
  const next = sheet.tokens[part.at + 1];
  const value = one.readings[0]?.value ?? 0;
  if (value < 1 || value > 9 || (next && !next.gap && !AFTER_TENTHS.test(next.raw))) return undefined;
  return { ...one, readings: [{ value: value * 10, decimals: 0 }], units: ["percent"], spoken: false };
};

/** The numbers of a text, a part and its whole read as one share: "nine out of ten" is 90 %. */
export const withRatios = (sheet: Sheet, found: readonly Placed[]): Placed[] => {
  const out: Placed[] = [];
  for (const one of found) {
    const before = out.at(-1);
    const ratio = before && ratioOf(sheet, before, one);
    if (ratio) out[out.length - 1] = ratio;
    else out.push(tenthsOf(sheet, one) ?? one);
  }
  return out;
};
