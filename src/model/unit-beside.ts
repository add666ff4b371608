import type { Hit } from "../language/lexicon.ts";
import { LONGEST_SIGN, unitOfSign } from "./measures.ts";
import type { Sheet } from "./sheet.ts";

const TIME = new Set(["day", "week", "month", "year", "hour", "minute"]);
/** Units that stand before their number too. */
const AGES = new Set(["day", "week", "month"]);
export const isTime = (units: readonly string[]): boolean => units.some((unit) => TIME.has(unit));

const unitsOf = (hits: readonly Hit[]): string[] =>
  hits.flatMap((hit) => (hit.is === "concept" && hit.kind === "unit" ? [hit.id] : []));

const DEGREES: Readonly<Record<string, string>> = { c: "celsius", f: "fahrenheit" };
const DEGREE_MARKS = new Set(["°", "º"]);

/** "°C", "° F"; "°" alone is a degree of the house's own scale. */
const degrees = ({ tokens, segments }: Sheet, at: number): { units: string[]; end: number } | undefined => {
  const place = segments[at]?.at ?? -1;
  if (!DEGREE_MARKS.has(tokens[place]?.fold ?? "")) return undefined;
  const scale = DEGREES[tokens[place + 1]?.fold ?? ""];
  if (scale === undefined) return { units: ["celsius", "fahrenheit"], end: at + 1 };
  const covered = (segments[at]?.length ?? 1) > 1;
  return { units: [scale], end: covered ? at + 1 : at + 2 };
};

/** A unit that no word of the lexicon names: an international sign, or signs of a script without spaces. */
const signed = ({ tokens, segments }: Sheet, at: number): { unit: string; end: number } | undefined => {
  const first = segments[at];
  const token = tokens[first?.at ?? -1];
  if (!first || !token) return undefined;
  if (token.kind === "word") {
    const unit = unitOfSign(token.fold) ?? unitOfSign(token.raw);
    if (unit !== undefined) return { unit, end: at + 1 };
    // "20 in" is a length only where nothing follows that it could be "in"
    const next = tokens[first.at + 1];
    return token.fold === "in" && (!next || next.stop) ? { unit: "inch", end: at + 1 } : undefined;
  }
  if (token.kind !== "sign") return undefined;
  let sign = "";
  for (let end = at; end < segments.length && sign.length < LONGEST_SIGN; end += 1) {
    const part = segments[end];
    for (let place = part?.at ?? 0; place < (part?.at ?? 0) + (part?.length ?? 0); place += 1)
      sign += tokens[place]?.raw ?? "";
    const unit = unitOfSign(sign);
    if (unit !== undefined) return { unit, end: end + 1 };
  }
  return undefined;
};

/** "20–30 day 3–6": the day is that of the number after it, which has no unit of its own. */
const opensNext = (sheet: Sheet, at: number): boolean => {
  const { tokens, segments } = sheet;
  const token = tokens[segments[at]?.at ?? -1];
  if (token?.kind !== "number" || token.stop || segments[at]?.hits.length !== 0) return false;
  return unitsAfter(sheet, at + 1, false) === undefined;
};

interface Beside {
  units: string[];
  end: number;
  /** The unit may be that of the number after it. */
  loose?: boolean;
}

/** The unit that stands after a number, past a hyphen or an ordinal ending ("21-day", "21st day", "第21天"). */
export const unitsAfter = (sheet: Sheet, from: number, spoken: boolean): Beside | undefined => {
  const { tokens, segments, words } = sheet;
  for (let at = from; at <= from + 2; at += 1) {
    const part = segments[at];
    const token = tokens[part?.at ?? -1];
    if (!part || !token || token.stop) return undefined;
    const scale = degrees(sheet, at);
    if (scale) return scale;
    if (token.fold === "%") return { units: ["percent"], end: at + 1 };
    // "secondo l'umidità": nobody writes a number in words and its unit as one letter
    if (spoken && /^[a-z]$/.test(token.fold)) return undefined;
    const known = unitsOf(part.hits);
    const sign = signed(sheet, at);
    if (isTime(known) && opensNext(sheet, at + 1)) return { units: known, end: at, loose: true };
    if (known.length > 0 || sign)
      return { units: [...new Set([...known, ...(sign ? [sign.unit] : [])])], end: sign?.end ?? at + 1 };
    const ordinal = !token.gap && part.length === 1 && words.ordinals.has(token.fold);
    if (!(token.fold === "-" || token.fold === "ª" || ordinal)) return undefined;
  }
  return undefined;
};

/** Arabic "in the day" is "daily" too: before a number it is its day. */
const inPrefixed = (hits: readonly Hit[]): string[] =>
  hits.flatMap((hit) => {
    if (hit.is !== "concept") return [];
    return hit.id === "daily" ? ["day"] : hit.id === "weekly" ? ["week"] : [];
  });

/** The day or week that stands before a number ("day 21", "hari ke-7", "S48"), or a percent ("yüzde 25"). */
export const unitsBefore = ({ tokens, segments, words }: Sheet, at: number, taken: number): string[] => {
  for (let before = at - 1; before >= Math.max(taken, at - 3); before -= 1) {
    const part = segments[before];
    const token = tokens[part?.at ?? -1];
    if (!part || !token || tokens[segments[before + 1]?.at ?? -1]?.stop) return [];
    const units = [...unitsOf(part.hits), ...(words.lang === "ar" ? inPrefixed(part.hits) : [])];
    if (before === at - 1 && (token.fold === "%" || units.includes("percent"))) return ["percent"];
    if (units.some((unit) => AGES.has(unit))) return units.filter((unit) => AGES.has(unit));
    const glued = tokens[segments[at]?.at ?? -1]?.gap === false;
    const prefix = before === at - 1 && glued ? words.agePrefixes.get(token.fold) : undefined;
    if (prefix !== undefined) return [prefix];
    const filler =
      part.hits.some((hit) => hit.is === "function") ||
      words.ordinals.has(token.fold) ||
      (token.kind === "symbol" && token.fold !== "%");
    if (!filler) return [];
  }
  return [];
};
