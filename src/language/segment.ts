import { readingsAt, type Hit, type Lexicon, type Phrases, type Reading } from "./lexicon.ts";
import { suffixAt, variantOf } from "./suffixes.ts";
import { ORDINARY_KINDS } from "./ordinary.ts";
import { foldWord, inPhrase, THAI_TONES, type Token } from "./normalise.ts";

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
  if (foldWord(typed) === typed) return true;
  let at = 0;
  for (const sign of meant) {
    if (typed[at] === sign || typed[at] === foldWord(sign)) at += 1;
    else if (sign.search(THAI_TONES) < 0) return false;
  }
  return at === typed.length;
};

const MARKED = /[\u00c0-\u024f\u1e00-\u1eff\u0e00-\u0e7f]/;
/** Shorter words differ by a wrong accent too often. */
const LEAST_MISMARKED = 5;

/** What a farmer asks about: only these words are looked for behind wrong accents and lost tones. */
const LIKELY = new Set(["metric", "qualifier", "unit", "feed", "product"]);

/** A wrong accent ("lưọng") is a slip of the hand only where every reading means the same and no word is spelt so. */
const agreed = (all: readonly Reading[], key: string, raw: string, { accented }: Lexicon): Hit[] => {
  const [first] = all;
  if (first?.hit.is !== "concept" || !LIKELY.has(first.hit.kind) || key.length < LEAST_MISMARKED) return [];
  const meant = (first.raw ?? key).split(" ");
  const wrong = raw.split(" ").filter((word, at) => word !== meant[at]);
  // "hệ số chuyển đôi thức ăn": of a long phrase one word may be spelt as another is
  const sure = wrong.length === 1 && meant.length >= LEAST_LONG;
  if (!sure && wrong.some((word) => accented.has(word))) return [];
  return all.every(({ hit }) => JSON.stringify(hit) === JSON.stringify(first.hit)) ? [first.hit] : [];
};

const LEAST_LONG = 4;

const isThai = (raw: string): boolean => {
  const code = raw.charCodeAt(0);
  return code >= 0xe01 && code <= 0xe46;
};
/** Thai words have no gaps: shorter ones without their tones are found inside other words. */
const LEAST_TONELESS = 5;

/** Readings of a phrase as typed: the exact spelling first, another one only where accents were left out. */
const readingsOf = (found: Reading | Reading[], key: string, raw: string, lexicon: Lexicon): Hit[] => {
  // nearly always one reading, spelt as it is typed
  if (!Array.isArray(found) && (found.raw ?? key) === raw) return [found.hit];
  const all = readingsAt(found);
  const exact = all.filter((reading) => (reading.raw ?? key) === raw);
  if (exact.length > 0) return exact.map(({ hit }) => hit);
  if (isThai(raw) && key.length < 2 * LEAST_TONELESS - 1) return [];
  if (!MARKED.test(raw)) return all.map(({ hit }) => hit);
  const near = all.filter((reading) => accentsLeftOut(raw, reading.raw ?? key));
  return near.length > 0 ? near.map(({ hit }) => hit) : agreed(all, key, raw, lexicon);
};

/** What every stretch of one text is judged with. */
interface Sheet {
  tokens: readonly Token[];
  /** Phrases of the text's own language. */
  own: Phrases | undefined;
  /** Which tokens are numbers, in digits or as a word. */
  numeral: readonly boolean[];
}

/** True for a phrase that cannot stand there, because a number beside it claims a part of it. */
const refused = (
  { tokens, own, numeral }: Sheet,
  at: number,
  end: number,
  key: string,
  found: Reading | Reading[],
  isName: boolean,
): boolean => {
  const last = tokens[end];
  if (isName) {
    // Polish "w 36 tygodniu" is "in week 36", not a line called W-36
    if (isInWeek(tokens, end, own)) return true;
    // a name that ends in a numeral sign is another one's beginning: 科宝五百 + 零一
    return (
      last?.kind === "sign" &&
      tokens[end + 1]?.kind === "sign" &&
      numeral[end] === true &&
      numeral[end + 1] === true
    );
  }
  // 四周 is "four weeks" before it is "all around"
  if (end > at && numeral[at] === true && isOrdinary(found) && startsUnit(tokens[at + 1], own)) return true;
  if (!numeral[at - 1]) return false;
  // a number before a word that holds its own number ("2 สัปดาห์ครึ่ง") belongs to its unit
  if (readingsAt(found).every(({ hit }) => hit.is === "dual")) return true;
  const first = tokens[at];
  const glued = !(first?.kind === "sign" && first.gap);
  return glued && end > at && splitsQuantity(key, found, own);
};

const isOrdinary = (found: Reading | Reading[]): boolean =>
  readingsAt(found).every(({ hit }) => hit.is === "concept" && ORDINARY_KINDS.has(hit.kind));

const startsUnit = (token: Token | undefined, own: Phrases | undefined): boolean =>
  token !== undefined &&
  readingsIn(own, token.fold).some(({ hit }) => hit.is === "concept" && hit.kind === "unit");

/** A breed name from `at` to `end` and the suffix after it, which makes it another line ("Cobb 500 XL"). */
const withSuffix = (
  { tokens, own }: Sheet,
  at: number,
  end: number,
  key: string,
  found: Reading | Reading[],
  { lines, names }: Lexicon,
  best: readonly Step[],
): Step | undefined => {
  const after = suffixAt(tokens, end + 1);
  // "Cobb 500 pro Tier": per bird, not a line called Pro
  if (!after || (after.suffix === "pro" && own?.get("pro"))) return undefined;
  // "Lohmann Brown Classic": a name of its own
  if (names.get(`${key} ${after.key}`)) return undefined;
  const hits = readingsAt(found).flatMap(({ hit }): Hit[] =>
    hit.is === "line" && (lines[hit.id]?.tables.length ?? 0) > 0
      ? [{ is: "line", id: variantOf(hit.id, after.suffix, lines) }]
      : [],
  );
  if (hits.length === 0) return undefined;
  return { cost: COST.name + (best[after.end + 1]?.cost ?? 0), length: after.end + 1 - at, hits };
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
  const own = maps[0];
  // each token is looked up once on its own: most of the work is in finding words
  const single = tokens.map(({ fold }) => own?.get(fold));
  const numeral = tokens.map((token, at) => token.kind === "number" || isCounting(single[at]));
  const sheet: Sheet = { tokens, own, numeral };
  const best: Step[] = [];
  best[tokens.length] = { cost: 0, length: 1, hits: NO_HITS };
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    const token = tokens[at];
    if (!token) continue;
    let choice: Step = { cost: singleCost(token) + (best[at + 1]?.cost ?? 0), length: 1, hits: NO_HITS };
    // other languages are asked only for the words that the first does not know on their own
    const ranks = single[at] ? 2 : maps.length + 1;
    for (let rank = 0; rank < ranks; rank += 1) {
      const phrases = rank === 0 ? lexicon.names : maps[rank - 1];
      if (!phrases) continue;
      const price = rank === 0 ? COST.name : rank === 1 ? COST.phrase : COST.other;
      let key = "";
      // a phrase typed as it is folded needs no second spelling
      let isPlain = true;
      for (let end = at, words = 0; end < tokens.length && words < LONGEST; end += 1) {
        const next = tokens[end];
        if (!next) break;
        steps.count += 1;
        if (!inPhrase(next)) {
          // "hy-line": a hyphen inside a phrase is passed over, a space before it is not needed
          if (end === at || (next.fold !== "-" && next.fold !== "&")) break;
          continue;
        }
        // Thai parts clauses by spaces: "สัปดาห์ ไข่หนัก" is a week, and the weight of an egg
        if (rank > 0 && words > 0 && next.gap && isThai(next.raw)) break;
        // a comma parts: "出栏，料比"; a name goes over it, but not to a number ("hyline, 36. week")
        if (next.stop && words > 0 && (rank > 0 || next.kind === "number")) break;
        key = words === 0 ? next.fold : `${key} ${next.fold}`;
        words += 1;
        isPlain &&= next.raw === next.fold;
        const found = words === 1 && rank === 1 ? single[at] : phrases.get(key);
        if (found === undefined) break;
        const cost = price + (best[end + 1]?.cost ?? 0);
        const length = end + 1 - at;
        const longer =
          rank === 0 && found ? withSuffix(sheet, at, end, key, found, lexicon, best) : undefined;
        if (longer && longer.cost <= choice.cost) choice = longer;
        if (found === null || cost > choice.cost || (cost === choice.cost && length <= choice.length))
          continue;
        if (rank > 1 && words === 1 && next.kind === "word" && next.fold.length < 3) continue;
        if (refused(sheet, at, end, key, found, rank === 0)) continue;
        const typed = isPlain ? key : words === 1 ? next.raw : rawOf(tokens, at, end);
        const hits = readingsOf(found, key, typed, lexicon);
        if (hits.length > 0) choice = { cost, length, hits };
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

const NO_HITS: Hit[] = [];

/** A phrase as it was typed. */
const rawOf = (tokens: readonly Token[], at: number, end: number): string =>
  tokens
    .slice(at, end + 1)
    .filter(inPhrase)
    .map(({ raw }) => raw)
    .join(" ");

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

const isCounting = (found: Reading | Reading[] | null | undefined): boolean => {
  if (!found) return false;
  return Array.isArray(found) ? found.some(isCount) : isCount(found);
};
const isCount = ({ hit }: Reading): boolean => hit.is === "number" || hit.is === "scale";

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

const SEXES = new Set(["♂", "♀"]);

const singleCost = (token: Token): number => {
  if (token.kind === "number") return COST.number;
  if (token.kind === "symbol") return SEXES.has(token.fold) ? COST.unknown : COST.symbol;
  return COST.unknown;
};
