import type { Lang } from "../core/types.ts";
import { readingsAt, type Hit, type Lexicon } from "../language/lexicon.ts";
import { BY_CONCEPT, GENERAL, KINDS, UNITS } from "./axes.ts";
import { inUnit, kindOf } from "./measures.ts";
import type { Placed } from "./quantity.ts";
import { tokenAt, type Sheet } from "./sheet.ts";
import { spanOf, type Span } from "./times.ts";

/** Values of one axis: labels, and spans of age on the axis of life. */
export interface Values {
  labels: ReadonlySet<string>;
  spans: readonly Span[];
}
/** What a number is told to be a number of. */
export interface Subject {
  /** The axes that its sentence speaks of, whether or not this number is tied to them. */
  axes(): ReadonlySet<string>;
  on(axis: string): Values | undefined;
}

/** One mention of a value, at a segment. */
export interface Mention {
  axis: string;
  at: number;
  labels: readonly string[];
  span?: Span;
}

const LINE = "line";
const LIFE = "life";

/** A family stands for its lines, and parents for the line of their offspring. */
const lineLabels = (id: string, { lines }: Lexicon): string[] => [id, ...(lines[id]?.oneOf ?? [])];

const conceptMentions = (hits: readonly Hit[], at: number): Mention[] => {
  const found = new Map<string, string[]>();
  for (const hit of hits) {
    if (hit.is !== "concept" || GENERAL.has(hit.id)) continue;
    const kind = KINDS[hit.kind];
    const labels =
      kind === undefined
        ? [...(BY_CONCEPT.get(hit.id) ?? []), ...(BY_CONCEPT.get(hit.broader ?? "") ?? [])]
        : [hit.id, hit.broader ?? hit.id].map((id) => [kind, id] as const);
    for (const [axis, label] of labels) found.set(axis, [...(found.get(axis) ?? []), label]);
  }
  return Array.from(found, ([axis, labels]) => ({ axis, at, labels }));
};

/** Languages that write "broiler house" as one word. */
const COMPOUNDING: ReadonlySet<Lang> = new Set(["de", "nl"]);
const SHORTEST_HEAD = 6;
const SHORTEST_REST = 3;

/** What the first part of a long word tells: "Masthähnchenstall" is a house of broilers. */
const inHead = (sheet: Sheet, at: number): Mention[] => {
  const token = tokenAt(sheet, at);
  if (token?.kind !== "word" || !COMPOUNDING.has(sheet.words.lang)) return [];
  for (let end = token.fold.length - SHORTEST_REST; end >= SHORTEST_HEAD; end -= 1) {
    const found = sheet.words.phrases.get(token.fold.slice(0, end));
    const mentions = found
      ? conceptMentions(
          readingsAt(found).map(({ hit }) => hit),
          at,
        )
      : [];
    if (mentions.length > 0) return mentions;
  }
  return [];
};

/** Vietnamese "chuồng gà thịt" is read as "chuồng gà" and "thịt": a bird that begins in one phrase and ends in the next. */
const across = ({ segments, tokens, words }: Sheet, at: number): readonly Hit[] => {
  const part = segments[at];
  const [last, next] = [
    tokens[(part?.at ?? 0) + (part?.length ?? 0) - 1],
    tokenAt({ segments, tokens, words }, at + 1),
  ];
  if (words.lang !== "vi" || !part || part.length < 2 || !last || !next || next.stop) return [];
  const found = words.phrases.get(`${last.fold} ${next.fold}`);
  const hits = found ? readingsAt(found).map(({ hit }) => hit) : [];
  return hits.filter((hit) => hit.is === "concept" && hit.kind === "product");
};

/** One unit of each kind, in which conditions are compared. */
const BASES = ["gram", "celsius", "percent", "millilitre", "millimetre", "ppm", "lux", "hour"];
/** Conversions agree to so many digits. */
const FIGURES = 3;

/** A number is a condition of those of another kind beside it: "32 °C at 30 % humidity". */
const conditionOf = ({ readings, units, shared, inPhrase, from }: Placed): Mention[] => {
  const own = [...units, ...shared];
  if (inPhrase) return [];
  const base = BASES.find((one) => comparable([one], own));
  if (base === undefined) return [];
  const unit = own.find((one) => inUnit(1, one, base) !== undefined) ?? base;
  const labels = readings.map(({ value }) =>
    String(Number((inUnit(value, unit, base) ?? value).toPrecision(FIGURES))),
  );
  return [{ axis: `at ${base}`, at: from, labels }];
};

/** True for the axis of conditions in these units: a number is no condition of itself. */
export const isOfUnits = (axis: string, units: readonly string[]): boolean =>
  axis.startsWith("at ") && comparable([axis.slice(3)], units);

/** Every mention of a value in a text, in order; ages are those that its numbers tell. */
export const mentionsOf = (sheet: Sheet, quantities: readonly Placed[], lexicon: Lexicon): Mention[] => {
  const found: Mention[] = [];
  for (const [at, { hits }] of sheet.segments.entries()) {
    const lines = hits.flatMap((hit) => (hit.is === "line" ? lineLabels(hit.id, lexicon) : []));
    if (lines.length > 0) found.push({ axis: LINE, at, labels: lines });
    else {
      const own = conceptMentions(hits.length === 0 ? hits : [...hits, ...across(sheet, at)], at);
      found.push(...(own.length > 0 ? own : inHead(sheet, at)));
    }
    if (hits.length === 0) continue;
    const span = firstSpan(sheet, at);
    if (span) found.push({ axis: LIFE, at, labels: [], span });
  }
  for (const quantity of quantities) {
    const span = spanOf(quantity);
    if (span) found.push({ axis: LIFE, at: quantity.from, labels: [], span });
    else found.push(...conditionOf(quantity));
  }
  return found.toSorted((a, b) => a.at - b.at);
};

/** "The first week", "erste Woche", "semana primera": an age without a number. */
const firstSpan = ({ segments, tokens }: Sheet, at: number): Span | undefined => {
  const is = (place: number, id: string): boolean =>
    segments[place]?.hits.some((hit) => hit.is === "concept" && hit.id === id) ?? false;
  // "first" is a number word too, which tells its own span
  if (!is(at, "first") || segments[at]?.hits.some((hit) => hit.is === "number")) return undefined;
  for (const place of [at + 1, at - 1, at + 2]) {
    const token = tokenAt({ segments, tokens } as Sheet, place);
    if (place > at && token?.stop === true) break;
    if (is(place, "week")) return { from: 1, to: 7, unit: "week" };
    if (is(place, "day")) return { from: 0, to: 1, unit: "day" };
  }
  return undefined;
};

/** Equal, or one of a family: Ross and Ross 308. */
const sameLabel = (a: string, b: string): boolean =>
  a === b || a.startsWith(`${b}_`) || b.startsWith(`${a}_`);

const overlap = (a: Span, b: Span): boolean => {
  // "3 weeks" and "day 22" may be told of the same moment
  const slack = a.unit === b.unit ? 0 : 1;
  return a.from <= b.to + slack && b.from <= a.to + slack;
};

/** The two speak of a common value. */
export const meet = (a: Values, b: Values): boolean =>
  [...a.labels].some((one) => [...b.labels].some((other) => sameLabel(one, other))) ||
  a.spans.some((one) => b.spans.some((other) => overlap(one, other)));

/** False for a mention of what is never told in such units: a uniformity in grams. */
export const fits = ({ labels }: Mention, units: readonly string[]): boolean =>
  units.length === 0 ||
  labels.length === 0 ||
  labels.some((label) => {
    const own = UNITS[label];
    return own === undefined || comparable(own, units);
  });

/** Units that tell the same kind of thing, so that one number may stand for the other. */
export const comparable = (a: readonly string[], b: readonly string[]): boolean =>
  (a.length === 0 && b.length === 0) || a.some((one) => b.some((other) => kindOf(one) === kindOf(other)));
