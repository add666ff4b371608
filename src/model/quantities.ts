import type { Lang } from "../core/types.ts";
import { itemsOf } from "../language/items.ts";
import type { Hit, Lexicon } from "../language/lexicon.ts";
import { tokenise, type Token } from "../language/normalise.ts";
import { numberIn, wholeOf } from "../language/numbers.ts";
import { segment, type Segment } from "../language/segment.ts";
import { inUnit } from "./measures.ts";
import { tokenAt, type Sheet } from "./sheet.ts";
import { withNumberWords } from "./number-words.ts";
import { isTime, unitsAfter, unitsBefore } from "./unit-beside.ts";

/** A number of a text as it may be meant, with the unit that it stands in. */
export interface Quantity {
  /** "1.012" is 1.012 and 1012: a model copies an English figure into a text of another language as it is. */
  readings: { value: number; decimals: number }[];
  /** Units that its sign or word may mean; none: it stands alone. */
  units: string[];
  /** Unit of the number that it makes a range or a list with ("20 to 25 °C"). */
  shared: string[];
  /** In words, not digits. */
  spoken: boolean;
  /** Part of a phrase that is more than its number ("in 24 hours" is daily): no fact of its own. */
  inPhrase: boolean;
  /** Only words like "hundred" or "thousand", which are also told of no certain number. */
  round: boolean;
  /** The numbers that it is put together from, should they be meant each on its own ("12 000", "2 kg 300 g"). */
  apart?: Quantity[];
}

/** A quantity with its place among the segments: first, end of the number, end of its unit. */
export interface Placed extends Quantity {
  from: number;
  to: number;
  end: number;
}

const CITATIONS = /[[【［]\s*\p{Nd}{1,2}(?:\s*[,;–-]\s*\p{Nd}{1,2})*\s*[\]】］]/gu;
/** "و93.5": a particle that is written as one with its number. */
const GLUED_ARABIC = /(?<=\p{Script=Arabic})(?<!\p{Nd})(?=\p{Nd})/gu;
const HIDDEN_IN_NUMBERS = /(?<=\p{Nd})[\u200b-\u200f\u2060\ufeff]+(?=[\p{Nd}.,])/gu;
/** What stands on the two sides of these is no list and no number of one: cells, clauses, lines. */
const PARTS = /[|;؛；\n]/g;
/** Digits of scripts that no language of ours writes; nobody checks what they say. */
const FOREIGN_DIGIT = /(?![0-9٠-٩۰-۹०-९๐-๙])\p{Nd}/u;
/** What a letter and digits are one name of: influenza types, gases, vitamins. */
const NAMED = /^(?:h\d{1,2}(?:n\d{1,2})?|n\d{1,2}|[cs]?o[23]|nh[34]|h2[os]|n2o|ch4|[abdek]\d{1,2}|e\d{3})$/;

export const hasForeignDigit = (text: string): boolean => FOREIGN_DIGIT.test(text.normalize("NFKC"));

const readingsOf = (raw: string, lang: Lang): Quantity["readings"] => {
  const last = /[.,\u066b](\d+)$/.exec(raw)?.[1]?.length ?? 0;
  const values = new Set([numberIn(raw, lang), numberIn(raw, "en")]);
  const whole = wholeOf(raw);
  if (whole !== undefined) values.add(whole);
  return [...values].map((value) => ({ value, decimals: value === whole ? 0 : last }));
};

const isSpoken = (segmentOf: Segment | undefined, tokens: readonly Token[]): boolean =>
  segmentOf !== undefined &&
  tokens[segmentOf.at]?.kind !== "number" &&
  segmentOf.hits.some((hit) => hit.is === "number" || hit.is === "scale") &&
  !segmentOf.hits.some((hit) => hit.is === "line" || hit.is === "dual");

const placed = (readings: Quantity["readings"], from: number, to: number): Placed => ({
  readings,
  units: [],
  shared: [],
  spoken: false,
  inPhrase: false,
  round: false,
  from,
  to,
  end: to,
});

const isLatin = (token: Token | undefined): boolean =>
  token?.kind === "number" || (token?.kind === "word" && /^[a-z]+$/.test(token.fold));

/** "H5N1", "CO2", "B12": letters and digits without a gap that are one name; or the number of a breed ("Ross 308"). */
const isNamed = (sheet: Sheet, at: number, lexicon: Lexicon): boolean => {
  const { tokens } = sheet;
  const place = sheet.segments[at]?.at ?? 0;
  const dash = tokens[place - 1]?.fold === "-" ? 1 : 0;
  const before = tokens[place - 1 - dash];
  if (before && lexicon.names.get(`${before.fold} ${tokens[place]?.fold ?? ""}`)) return true;
  let from = place;
  while (tokens[from]?.gap === false && isLatin(tokens[from - 1]) && place - from < 4) from -= 1;
  let end = place + 1;
  while (tokens[end]?.gap === false && isLatin(tokens[end]) && end - place < 4) end += 1;
  const word = tokens
    .slice(from, end)
    .map(({ raw }) => raw)
    .join("");
  return from < place && NAMED.test(word);
};

/** Numbers inside a phrase of the lexicon, each on its own. */
const inPhrases = ({ tokens, segments }: Sheet, at: number, lang: Lang): Placed[] => {
  const part = segments[at];
  if (!part || part.length < 2 || !part.hits.some((hit) => hit.is === "concept")) return [];
  return tokens
    .slice(part.at, part.at + part.length)
    .filter(({ kind, gap }, place) => kind === "number" && (gap || place === 0))
    .map(({ raw }) => ({ ...placed(readingsOf(raw, lang), at, at + 1), inPhrase: true }));
};

const scaleOf = (sheet: Sheet, at: number): number | undefined => {
  const part = sheet.segments[at];
  const hit = part?.hits.find((one) => one.is === "scale");
  const token = tokenAt(sheet, at);
  if (!part || hit?.is !== "scale" || !token || token.stop) return undefined;
  // "3000 K" are kelvins, "3k" thousands
  if (token.fold === "k" && token.gap) return undefined;
  return part.hits.some((one) => one.is === "concept" && one.kind === "unit") ? undefined : hit.value;
};

const isDigits = (sheet: Sheet, at: number): boolean =>
  tokenAt(sheet, at)?.kind === "number" && sheet.segments[at]?.hits.length === 0;

/** A number in digits that begins at a segment, with what multiplies it ("20 mil", "1万2千", "5k"). */
const inDigits = (sheet: Sheet, at: number): Placed => {
  const raw = tokenAt(sheet, at)?.raw ?? "";
  const quantity = placed(readingsOf(raw, sheet.words.lang), at, at + 1);
  const rows = [raw];
  for (;;) {
    const next = tokenAt(sheet, quantity.to);
    const grouped = isDigits(sheet, quantity.to) && next?.gap && !next.stop && /^\d{3}$/.test(next.raw);
    if (!next || !grouped || !/^\d{1,3}$/.test(raw) || rows.length > 3) break;
    rows.push(next.raw);
    quantity.to += 1;
  }
  if (rows.length > 1) {
    // "001" is no number of its own
    if (!rows.some((row) => row.startsWith("0")))
      quantity.apart = rows.map((row) => ({ ...quantity, readings: readingsOf(row, sheet.words.lang) }));
    quantity.readings = [{ value: Number(rows.join("")), decimals: 0 }];
  }
  let scale = scaleOf(sheet, quantity.to);
  while (scale !== undefined) {
    const times = scale;
    quantity.readings = quantity.readings.map(({ value, decimals }) => ({
      value: value * times,
      decimals: decimals - Math.log10(times),
    }));
    quantity.to += 1;
    const more = isDigits(sheet, quantity.to) && tokenAt(sheet, quantity.to)?.gap === false;
    scale = more ? scaleOf(sheet, quantity.to + 1) : scaleOf(sheet, quantity.to);
    if (!more) continue;
    const added = numberIn(tokenAt(sheet, quantity.to)?.raw ?? "", sheet.words.lang) * (scale ?? 1);
    quantity.readings = quantity.readings.map(({ value }) => ({ value: value + added, decimals: 0 }));
    quantity.to += scale === undefined ? 1 : 2;
    break;
  }
  const half = sheet.words.ands.has(tokenAt(sheet, quantity.to)?.fold ?? "") ? quantity.to + 1 : quantity.to;
  if (sheet.segments[half]?.hits.some((hit) => hit.is === "half") && !tokenAt(sheet, half)?.stop) {
    quantity.readings = quantity.readings.map(({ value }) => ({ value: value + 0.5, decimals: 1 }));
    quantity.to = half + 1;
  }
  return quantity;
};

/** Numbers in words that begin at a segment; nearly always one. */
const inWords = (sheet: Sheet, at: number): Placed[] => {
  const { tokens, segments, words } = sheet;
  let to = at;
  while (
    (isSpoken(segments[to], tokens) && (to === at || tokenAt(sheet, to)?.stop === false)) ||
    (to > at && words.ands.has(tokenAt(sheet, to)?.fold ?? "") && isSpoken(segments[to + 1], tokens))
  )
    to += 1;
  const run = segments.slice(at, to);
  const round = !run.some(({ hits }) => hits.some((hit) => hit.is === "number"));
  return itemsOf(tokens, run, words).flatMap((item) =>
    item.is === "number"
      ? [
          {
            ...placed([{ value: item.value, decimals: decimalsOf(item.value) }], at, to),
            spoken: true,
            round,
          },
        ]
      : [],
  );
};

const decimalsOf = (value: number): number => /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;

const dualOf = (hits: readonly Hit[], at: number): Placed | undefined => {
  const dual = hits.find((hit) => hit.is === "dual");
  if (dual?.is !== "dual") return undefined;
  return {
    ...placed([{ value: dual.value, decimals: 0 }], at, at + 1),
    units: [dual.unit],
    spoken: true,
  };
};

const JOINERS = new Set(["until", "and_then", "between", "from_time"]);
/** What may stand between two numbers of a range or a list: a dash, "to", "and", "or", a comma. */
const isJoined = (sheet: Sheet, from: number, to: number): boolean => {
  if (to - from > 2) return false;
  if (from === to) return tokenAt(sheet, to)?.stop ?? false;
  return sheet.segments.slice(from, to).every(({ at, hits }) => {
    const token = sheet.tokens[at];
    if (token?.kind === "symbol") return token.fold === "-" || token.fold === "~" || token.fold === "/";
    if (sheet.words.ands.has(token?.fold ?? "")) return true;
    return hits.some((hit) => hit.is === "function" || (hit.is === "concept" && JOINERS.has(hit.id)));
  });
};

/**
 * The units of numbers that have none after them: the day, week or percent right before, else that of the next number
 * in a range or a list, else a day or week a little before, else that of the number before in the same range.
 */
const shareUnits = (sheet: Sheet, found: readonly Placed[]): void => {
  for (const [at, one] of found.entries()) {
    if (one.units.length > 0) continue;
    const before = found[at - 1];
    const units = unitsBefore(sheet, one.from, Math.max(one.from - 1, before?.end ?? 0));
    // "80 weeks 360": the week may be that of the number before it
    if (before?.shared.some((unit) => units.includes(unit))) one.shared = units;
    else one.units = units;
  }
  for (let at = found.length - 2; at >= 0; at -= 1) {
    const [one, next] = [found[at], found[at + 1]];
    if (one && next && one.units.length + one.shared.length === 0 && isJoined(sheet, one.end, next.from))
      one.shared = next.units.length > 0 ? next.units : next.shared;
  }
  for (const [at, one] of found.entries()) {
    const before = found[at - 1];
    if (one.units.length + one.shared.length > 0) continue;
    one.units = unitsBefore(sheet, one.from, before?.end ?? 0);
    if (one.units.length === 0 && before && isJoined(sheet, before.end, one.from))
      one.shared = [...before.units, ...before.shared].filter((unit) => isTime([unit]));
  }
};

/** "2 kg 300 g", "5 ft 2 in": one amount told in two units. */
const putTogether = (sheet: Sheet, found: readonly Placed[]): Placed[] => {
  const out: Placed[] = [];
  for (const one of found) {
    const before = out.at(-1);
    const [unit, greater] = [one.units[0], before?.units[0]];
    const [last, first] = [one.readings[0], before?.readings[0]];
    const ands = before && sheet.words.ands.has(tokenAt(sheet, before.end)?.fold ?? "") ? 1 : 0;
    const aged = isTime([unit ?? ""]) && !(unit === "day" && greater === "week");
    const rest =
      !aged && unit !== undefined && greater !== undefined && unit !== greater && first
        ? inUnit(first.value, greater, unit)
        : undefined;
    if (!before || !last || !first || rest === undefined || unit === undefined) out.push(one);
    else if (before.end + ands !== one.from || tokenAt(sheet, one.from)?.stop || rest <= last.value)
      out.push(one);
    else
      out[out.length - 1] = {
        ...one,
        from: before.from,
        readings: [{ value: rest + last.value, decimals: last.decimals }],
        apart: [before, one],
      };
  }
  return out;
};

/** Every number of a text, in digits of any script or in words, with its unit; citations and breed names hold none. */
export const quantitiesIn = (text: string, lang: Lang, lexicon: Lexicon): Quantity[] => {
  const words = lexicon.languages[lang];
  const plain = text
    .replace(CITATIONS, " ")
    .replace(HIDDEN_IN_NUMBERS, "")
    .replace(GLUED_ARABIC, " ")
    .replace(PARTS, " = ");
  const tokens = withNumberWords(tokenise(plain), lexicon, lang);
  const maps = lang === "en" ? [words.phrases] : [words.phrases, lexicon.languages.en.phrases];
  const segments = segment(tokens, lexicon, maps, { count: 0 });
  const sheet: Sheet = { tokens, segments, words };
  const found: Placed[] = [];
  for (let at = 0; at < segments.length;) {
    const hits = segments[at]?.hits ?? [];
    const dual = dualOf(hits, at);
    const numbers = isDigits(sheet, at)
      ? isNamed(sheet, at, lexicon)
        ? []
        : [inDigits(sheet, at)]
      : isSpoken(segments[at], tokens)
        ? inWords(sheet, at)
        : dual
          ? [dual]
          : inPhrases(sheet, at, lang);
    const last = numbers.at(-1);
    if (last) last.end = last.to;
    const beside = last && !dual && !last.inPhrase ? unitsAfter(sheet, last.to, last.spoken) : undefined;
    if (last && beside?.loose) last.shared = beside.units;
    else if (last && beside) {
      const own = isTime(beside.units)
        ? unitsBefore(sheet, at, Math.max(at - 1, found.at(-1)?.end ?? 0))
        : [];
      Object.assign(last, { units: [...beside.units, ...own], end: beside.end });
    }
    found.push(...numbers);
    at = Math.max(at + 1, last?.end ?? 0);
  }
  shareUnits(sheet, found);
  return putTogether(sheet, found);
};
