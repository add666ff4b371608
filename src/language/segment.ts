import { readingsAt, type Hit, type Lexicon, type Phrases, type Reading } from "./lexicon.ts";
import { foldWord, inPhrase, type Token } from "./normalise.ts";

/** A stretch of the text that the lexicon knows, or one token that it does not. */
export interface Segment {
  hits: Hit[];
  /** First token and number of tokens. */
  at: number;
  length: number;
}

interface Step {
  cost: number;
  length: number;
  hits: Hit[];
}

/** Longest phrase of the lexicon, in tokens; bounds the work per token. */
const LONGEST = 40;
const COST = { phrase: 1, name: 0.8, other: 1.4, number: 1, symbol: 0.2, unknown: 3 };

/** Each letter as the reading spells it, or without its accent; "trống" (male) is never read as "trong" (within). */
const accentsLeftOut = (typed: string, meant: string): boolean => {
  if (typed.length !== meant.length) return foldWord(typed) === typed;
  for (let at = 0; at < typed.length; at += 1) {
    const sign = meant[at] ?? "";
    if (typed[at] !== sign && typed[at] !== foldWord(sign)) return false;
  }
  return true;
};

const MARKED = /[\u00c0-\u024f\u1e00-\u1eff]/;

/** Readings of a phrase as typed: the exact spelling first, another one only where accents were left out. */
const readingsOf = (found: Reading | Reading[], key: string, raw: string): Hit[] => {
  const all = readingsAt(found);
  const exact = all.filter((reading) => (reading.raw ?? key) === raw);
  if (exact.length > 0) return exact.map(({ hit }) => hit);
  const near = MARKED.test(raw) ? all.filter((reading) => accentsLeftOut(raw, reading.raw ?? key)) : all;
  return near.map(({ hit }) => hit);
};

/**
 * Covers the tokens with phrases of the lexicon at the least cost: what is known beats what is not, and one long
 * phrase beats two short ones. Work is linear in the number of tokens (at most LONGEST look-ups a token and map).
 */
export const segment = (
  tokens: readonly Token[],
  lexicon: Lexicon,
  maps: readonly Phrases[],
  steps: { count: number },
): Segment[] => {
  const best: Step[] = Array.from({ length: tokens.length + 1 }, () => ({ cost: 0, length: 1, hits: [] }));
  const sources = [lexicon.names, ...maps];
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (!token) continue;
    const previous = tokens[at - 1];
    const counted =
      previous !== undefined && !(token.kind === "sign" && token.gap) && isNumeral(previous, maps[0]);
    let choice: Step = { cost: singleCost(token) + (best[at + 1]?.cost ?? 0), length: 1, hits: [] };
    for (const [rank, phrases] of sources.entries()) {
      const price = rank === 0 ? COST.name : rank === 1 ? COST.phrase : COST.other;
      let key = "";
      let raw = "";
      for (let end = at, words = 0; end < tokens.length && words < LONGEST; end += 1) {
        const next = tokens[end];
        if (!next) break;
        steps.count += 1;
        if (!inPhrase(next)) {
          // "hy-line": a hyphen inside a phrase is passed over, a space before it is not needed
          if (end === at || (next.fold !== "-" && next.fold !== "&")) break;
          continue;
        }
        key = words === 0 ? next.fold : `${key} ${next.fold}`;
        raw = words === 0 ? next.raw : `${raw} ${next.raw}`;
        words += 1;
        const found = phrases.get(key);
        if (found === undefined) break;
        if (found === null) continue;
        if (rank > 1 && words === 1 && next.kind === "word" && next.fold.length < 3) continue;
        const after = tokens[end + 1];
        // Polish "w 36 tygodniu" is "in week 36", not a line called W-36
        if (rank === 0 && isInWeek(tokens, end, maps[0])) continue;
        // a name that ends in a numeral sign is another one's beginning: 科宝五百 + 零一
        if (
          rank === 0 &&
          after?.kind === "sign" &&
          next.kind === "sign" &&
          isNumeral(next, maps[0]) &&
          isNumeral(after, maps[0])
        )
          continue;
        if (counted && words > 1 && splitsQuantity(key, found, maps[0])) continue;
        const cost = price + (best[end + 1]?.cost ?? 0);
        if (cost > choice.cost || (cost === choice.cost && end + 1 - at <= choice.length)) continue;
        const hits = readingsOf(found, key, raw);
        if (hits.length > 0) choice = { cost, length: end + 1 - at, hits };
      }
    }
    best[at] = choice;
  }
  const segments: Segment[] = [];
  for (let at = 0; at < tokens.length;) {
    const step = best[at];
    if (!step) break;
    segments.push({ hits: step.hits, at, length: step.length });
    at += step.length;
  }
  return segments;
};

/** A preposition "w", a space, a number and its unit. */
const isInWeek = (tokens: readonly Token[], end: number, phrases: Phrases | undefined): boolean => {
  const number = tokens[end];
  if (number?.kind !== "number" || !number.gap || tokens[end - 1]?.fold !== "w") return false;
  const preposition = readingsIn(phrases, "w").some(({ hit }) => hit.is === "function");
  const unit = readingsIn(phrases, tokens[end + 1]?.fold ?? "").some(
    ({ hit }) => hit.is === "concept" && hit.kind === "unit",
  );
  return preposition && unit;
};

const isNumeral = (token: Token, phrases: Phrases | undefined): boolean =>
  token.kind === "number" ||
  readingsIn(phrases, token.fold).some(({ hit }) => hit.is === "number" || hit.is === "scale");

const readingsIn = (phrases: Phrases | undefined, key: string): readonly Reading[] => {
  const found = phrases?.get(key);
  return found ? readingsAt(found) : [];
};

/**
 * After a number the next word is its unit or the rest of the number, not the beginning of a phrase:
 * "四周 + 耗料", not "四 + 周耗料"; "21 day + old", not "21 + day old chick".
 */
const splitsQuantity = (key: string, found: Reading | Reading[], phrases: Phrases | undefined): boolean => {
  if (
    readingsAt(found).some(
      ({ hit }) =>
        hit.is === "number" ||
        hit.is === "scale" ||
        hit.is === "line" ||
        (hit.is === "concept" && hit.kind === "unit"),
    )
  )
    return false;
  const first = readingsIn(phrases, key.slice(0, key.indexOf(" ")));
  return first.some(({ hit }) => hit.is === "number" || (hit.is === "concept" && hit.kind === "unit"));
};

const singleCost = (token: Token): number => {
  if (token.kind === "number") return COST.number;
  if (token.kind === "symbol") return COST.symbol;
  return COST.unknown;
};
