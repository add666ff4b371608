import type { Lang } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import type { Token } from "../language/normalise.ts";
import { numberIn, wholeOf } from "../language/numbers.ts";
import { placed, type Placed, type Quantity } from "./quantity.ts";
import { tokenAt, type Sheet } from "./sheet.ts";

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

const isLatin = (token: Token | undefined): boolean =>
  token?.kind === "number" || (token?.kind === "word" && /^[a-z]+$/.test(token.fold));

/** "H5N1", "CO2", "B12": letters and digits without a gap that are one name; or the number of a breed ("Ross 308"). */
export const isNamed = (sheet: Sheet, at: number, lexicon: Lexicon): boolean => {
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
export const inPhrases = ({ tokens, segments }: Sheet, at: number, lang: Lang): Placed[] => {
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

export const isDigits = (sheet: Sheet, at: number): boolean =>
  tokenAt(sheet, at)?.kind === "number" && sheet.segments[at]?.hits.length === 0;

/** A number in digits that begins at a segment, with what multiplies it ("20 mil", "1万2千", "5k"). */
export const inDigits = (sheet: Sheet, at: number): Placed => {
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
