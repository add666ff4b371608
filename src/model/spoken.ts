import { itemsOf } from "../language/items.ts";
import type { Hit } from "../language/lexicon.ts";
import type { Token } from "../language/normalise.ts";
import type { Segment } from "../language/segment.ts";
import { placed, type Placed } from "./quantity.ts";
import { tokenAt, type Sheet } from "./sheet.ts";

export const isSpoken = (segmentOf: Segment | undefined, tokens: readonly Token[]): boolean =>
  segmentOf !== undefined &&
  tokens[segmentOf.at]?.kind !== "number" &&
  segmentOf.hits.some((hit) => hit.is === "number" || hit.is === "scale") &&
  !segmentOf.hits.some((hit) => hit.is === "line" || hit.is === "dual");

const valueAt = (sheet: Sheet, at: number): { value: number; scale: boolean } | undefined => {
  const hit = sheet.segments[at]?.hits.find(({ is }) => is === "number" || is === "scale");
  return hit?.is === "number" || hit?.is === "scale"
    ? { value: hit.value, scale: hit.is === "scale" }
    : undefined;
};

const THOUSAND = 1000;
/** "three thousand, nine hundred": the comma after the thousands parts nothing. */
const goesOnAfterThousands = (sheet: Sheet, at: number): boolean => {
  const [before, next] = [valueAt(sheet, at - 1), valueAt(sheet, at)];
  return before !== undefined && next !== undefined && before.value >= THOUSAND && next.value < THOUSAND;
};

/** What may stand inside a number in words: a hyphen without gaps ("five-hundred"), the language's "and". */
const links = (sheet: Sheet, at: number): boolean => {
  const [token, next] = [tokenAt(sheet, at), tokenAt(sheet, at + 1)];
  if (!isSpoken(sheet.segments[at + 1], sheet.tokens)) return false;
  if (token?.fold === "-" && !token.gap && next?.gap === false) return true;
  return sheet.words.ands.has(token?.fold ?? "");
};

/** Numbers in words that begin at a segment; nearly always one. */
export const inWords = (sheet: Sheet, at: number): Placed[] => {
  const { tokens, segments, words } = sheet;
  let to = at;
  let thousands = -1;
  for (;;) {
    if (isSpoken(segments[to], tokens)) {
      if (to > at && tokenAt(sheet, to)?.stop !== false) {
        if (!goesOnAfterThousands(sheet, to)) break;
        thousands = to;
      }
    } else if (to === at || !links(sheet, to)) break;
    to += 1;
  }
  const run = segments.slice(at, to);
  const read = (part: readonly Segment[], from: number, end: number): Placed[] =>
    itemsOf(
      tokens,
      part.filter((one) => tokens[one.at]?.fold !== "-"),
      words,
    ).flatMap((item) =>
      item.is === "number"
        ? [
            {
              ...placed([{ value: item.value, decimals: decimalsOf(item.value) }], from, end),
              spoken: true,
              round: !part.some(({ hits }) => hits.some((hit) => hit.is === "number")),
            },
          ]
        : [],
    );
  const found = read(run, at, to);
  const [one] = found;
  if (thousands < 0 || !one) return found;
  const parts = [...read(run.slice(0, thousands - at), at, to), ...read(run.slice(thousands - at), at, to)];
  // "one thousand, two hundred": one number, or a list of two
  const total = parts.reduce((sum, { readings }) => sum + (readings[0]?.value ?? 0), 0);
  return [{ ...one, readings: [{ value: total, decimals: decimalsOf(total) }], round: false, apart: parts }];
};

const decimalsOf = (value: number): number => /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;

export const dualOf = (hits: readonly Hit[], at: number): Placed | undefined => {
  const dual = hits.find((hit) => hit.is === "dual");
  if (dual?.is !== "dual") return undefined;
  return {
    ...placed([{ value: dual.value, decimals: 0 }], at, at + 1),
    units: [dual.unit],
    spoken: true,
  };
};
