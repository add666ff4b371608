import { readingsAt, type Hit, type LanguageWords } from "./lexicon.ts";
import { ORDINARY_KINDS } from "./ordinary.ts";
import type { Token } from "./normalise.ts";
import { combine, combineHan, numberIn, place, wholeOf, type Spoken } from "./numbers.ts";
import type { Segment } from "./segment.ts";

/** One understood piece of a text, in the order of the text. */
export type Item = (
  | {
      is: "concept";
      id: string;
      kind: string;
      /** The wider concept that it is a kind of. */
      broader?: string | undefined;
      /** One letter, which many words begin with: d, j, g. */ size: number;
      /** How an ordinary word was typed: it may be a slip of one of the trade. */ text?: string;
    }
  | { is: "line"; ids: string[] }
  | {
      is: "number";
      value: number;
      digits: boolean;
      /** Read as a count, where the separators allow it. */ whole?: number;
    }
  | { is: "dual"; value: number; unit: string }
  | { is: "ordinal" }
  | { is: "symbol"; sign: string }
  | { is: "function" }
  | { is: "unknown"; text: string }
) & {
  /** A comma or another mark that parts clauses stands before it. */ stop?: true;
};

const LATIN = /^[a-z]+$/;
/** Size of a form that is more than one word, or written in another script, where two letters are a whole word. */
const LONG = 9;

const ORDINAL_MARKS = new Set(["°", "º", "ª"]);
/** "-5 days": a sign that stands on its number and apart from what is before it. */
const isMinus = (tokens: readonly Token[], at: number): boolean => {
  const sign = tokens[at - 1];
  return sign?.kind === "symbol" && sign.fold === "-" && sign.gap && tokens[at]?.gap === false;
};

/** A number right after a letter: "d17", "r308". */
const isGluedToWord = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.kind === "word" && tokens[at]?.gap === false;

/** Languages in which one digit after a thousand means hundreds. */
const SHORTENED = new Set(["vi", "th", "zh"]);
const DAY_OR_WEEK = new Set(["day", "week"]);

/** The number items being built: words of a spoken number, and digits that more may follow. */
const collector = (words: LanguageWords) => {
  const items: Item[] = [];
  let spoken: Spoken[] = [];
  let signs: number[] = [];
  const scaled = new Set<Item>();
  /** Places at which a clause begins. */
  const parts: number[] = [];
  const push = (value: number, digits: boolean): void => void items.push({ is: "number", value, digits });
  const lastNumber = (back: number): Extract<Item, { is: "number" }> | undefined => {
    const item = items.at(-back);
    return item?.is === "number" ? item : undefined;
  };
  const flush = (): void => {
    for (const value of combine(spoken, SHORTENED.has(words.lang), words.lang === "vi")) push(value, false);
    const value = combineHan(signs, SHORTENED.has(words.lang));
    if (value !== undefined) push(value, false);
    spoken = [];
    signs = [];
  };
  /** "1万2千": a scaled number and a smaller one after it are one. */
  const joinScaled = (): void => {
    const last = lastNumber(1);
    const previous = lastNumber(2);
    if (!last || !previous || !scaled.has(previous) || last.value >= place(previous.value)) return;
    previous.value += last.value;
    items.pop();
  };
  return {
    items,
    flush,
    joinScaled,
    part: () => void parts.push(items.length + (spoken.length + signs.length > 0 ? 1 : 0)),
    partItems(): void {
      for (const place of parts) {
        const item = items[place];
        if (item) item.stop = true;
      }
    },
    open: () => spoken.length + signs.length > 0,
    speaking: () => spoken.length > 0,
    afterNumber: () => spoken.length + signs.length > 0 || lastNumber(1) !== undefined,
    word(token: Token, value: number, scale: boolean): void {
      const before = lastNumber(1);
      // "20 mil", "3 thousand", "1万": digits times a word
      if (scale && spoken.length + signs.length === 0 && before?.digits) {
        before.value *= value;
        scaled.add(before);
        joinScaled();
      } else if (token.kind === "sign" && words.lang !== "th") signs.push(value);
      else spoken.push({ value, scale });
    },
    digits(token: Token, previous: Token | undefined, negative: boolean, named: boolean): void {
      const before = lastNumber(1);
      const value = numberIn(token.raw, words.lang) * (negative ? -1 : 1);
      // "12 000": thousands parted by a space; "d17 708" are two numbers
      if (
        !named &&
        before?.digits &&
        previous?.kind === "number" &&
        /^\d{3}$/.test(token.raw) &&
        before.value < 1000 &&
        Number.isInteger(before.value)
      )
        before.value = before.value * 1000 + value;
      else {
        const whole = wholeOf(token.raw);
        items.push(
          whole === undefined
            ? { is: "number", value, digits: true }
            : { is: "number", value, digits: true, whole },
        );
      }
    },
    /** "two and a half kilos", "un quilo e meio", "half a kilo". */
    half(unitNext: boolean): void {
      const scaled = spoken.at(-1)?.scale ? (spoken.at(-1)?.value ?? 0) : 0;
      const counted = spoken.length + signs.length > 0;
      flush();
      const unit = items.at(-1);
      if (unit?.is === "dual") {
        unit.value += 0.5;
        return;
      }
      const isUnit = unit?.is === "concept" && unit.kind === "unit";
      const number = lastNumber(1) ?? (isUnit ? lastNumber(2) : undefined);
      // "một ngàn rưỡi": half of the thousand
      if (number && (counted || Number.isInteger(number.value)))
        number.value += scaled >= 100 ? scaled / 2 : 0.5;
      // "kilo y medio": one and a half
      else if (isUnit) items.splice(-1, 0, { is: "number", value: 1.5, digits: true });
      else if (unitNext) push(0.5, true);
      else items.push({ is: "function" });
    },
    thousandfold(): void {
      const before = lastNumber(1);
      if (before) before.value *= 1000;
    },
  };
};

/** Segments of a text to items: numbers put together, every other piece as the lexicon reads it. */
export const itemsOf = (
  tokens: readonly Token[],
  segments: readonly Segment[],
  words: LanguageWords,
): Item[] => {
  const found = collector(words);
  for (const [index, { hits, at, length }] of segments.entries()) {
    const token = tokens[at];
    if (!token) continue;
    if (token.stop || (words.lang === "th" && token.gap && token.kind === "sign")) found.part();
    const hit = preferred(hits, found.afterNumber());
    if (hit?.is === "number" || hit?.is === "scale") {
      found.word(token, hit.value, hit.is === "scale");
      continue;
    }
    // "17 days, media de …": after a comma it is another word
    if (hit?.is === "half" && !token.stop) {
      found.half(startsUnit(segments, index + 1));
      continue;
    }
    // "twenty and one", "veinte y uno", "un quilo e meio"
    if (
      words.ands.has(token.fold) &&
      (found.speaking() ? isNumber(segments[index + 1]) : isHalf(segments[index + 1]))
    )
      continue;
    found.flush();
    const before = tokens[at - 1];
    const glued = before?.kind === "number" && !token.gap;
    if (token.kind !== "number") found.joinScaled();
    const suffix = glued && length === 1 ? ageSuffix(tokens, at, words.lang) : undefined;
    if (isDoubling(tokens, at, found.items.at(-1), words.lang)) continue;
    if (token.kind === "number" && hits.length === 0)
      found.digits(token, before, isMinus(tokens, at), isGluedToWord(tokens, at - 1));
    else if (glued && token.fold === "k" && length === 1) found.thousandfold();
    else if (suffix !== undefined)
      found.items.push({ is: "concept", id: suffix, kind: "unit", size: token.fold.length });
    else if (length === 1 && isAgePrefix(tokens, at, words))
      found.items.push({
        is: "concept",
        id: words.agePrefixes.get(token.fold) ?? "day",
        kind: "unit",
        size: 1,
      });
    else if (
      ORDINAL_MARKS.has(token.fold) ||
      (glued &&
        length === 1 &&
        (ENGLISH_ORDINALS.has(token.fold) || (words.ordinals.has(token.fold) && !isDayOrWeek(hit))))
    )
      found.items.push({ is: "ordinal" });
    else pushOther(found.items, hits, hit, token, length, words);
  }
  found.flush();
  found.joinScaled();
  found.partItems();
  return words.lang === "ar" ? found.items.map(dayBeforeNumber) : found.items;
};

/** Arabic "in the day" is "daily" too: before a number without a unit of its own it is the day ("باليوم الرابع"). */
const dayBeforeNumber = (item: Item, at: number, items: readonly Item[]): Item => {
  if (item.is !== "concept" || (item.id !== "daily" && item.id !== "weekly")) return item;
  const after = items[at + 2];
  const explained = after?.is === "concept" && TIMES.has(after.id);
  if (items[at + 1]?.is !== "number" || explained) return item;
  return { ...item, id: item.id === "daily" ? "day" : "week", kind: "unit" };
};

/**
 * A letter glued to the number after it, which says week or day before a number: "S48", "g30"; or after an article or
 * a comma ("al g. 40", "Ross 308, g 36").
 */
const isAgePrefix = (tokens: readonly Token[], at: number, words: LanguageWords): boolean => {
  const next = tokens[at + 1];
  if (next?.kind !== "number" || !words.agePrefixes.has(tokens[at]?.fold ?? "")) return false;
  return !next.gap || tokens[at]?.stop === true || ARTICLES.has(tokens[at - 1]?.fold ?? "");
};
const ARTICLES = new Set(["al", "del", "alla", "à", "a", "en", "la"]);

/** "Kaç gram alır": the verb means a gain only beside its grams, which are the unit of the answer too. */
const GAINS = new Set(["gain", "daily_gain"]);
const isGram = (words: LanguageWords, word: string): boolean => {
  const found = words.phrases.get(word);
  const hit = found ? readingsAt(found)[0]?.hit : undefined;
  return hit?.is === "concept" && hit.id === "gram";
};

const pushOther = (
  items: Item[],
  hits: readonly Hit[],
  hit: Hit | undefined,
  token: Token,
  length: number,
  words: LanguageWords,
): void => {
  if (hit?.is === "concept") {
    const unit = length > 1 && token.kind === "word" && GAINS.has(hit.id) && isGram(words, token.fold);
    if (unit) items.push({ is: "concept", id: "gram", kind: "unit", size: LONG });
    const short =
      length === 1 && (LATIN.test(token.fold) || (words.lang === "th" && token.fold.length === 1));
    const size = short ? token.fold.length : LONG;
    const wide = hit.broader === undefined ? {} : { broader: hit.broader };
    const typed = length === 1 && ORDINARY_KINDS.has(hit.kind) ? { text: token.raw } : {};
    items.push({ is: "concept", id: hit.id, kind: hit.kind, ...wide, ...typed, size });
  } else if (hit?.is === "line")
    items.push({ is: "line", ids: hits.flatMap((one) => (one.is === "line" ? [one.id] : [])) });
  else if (hit?.is === "dual") items.push({ is: "dual", value: hit.value, unit: hit.unit });
  else if (hit?.is === "function") items.push({ is: "function" });
  else if (token.fold === "%") items.push({ is: "concept", id: "percent", kind: "unit", size: LONG });
  else if (token.kind === "symbol") items.push({ is: "symbol", sign: token.fold });
  else {
    const last = items.at(-1);
    if (token.kind === "sign" && last?.is === "unknown") last.text += token.raw;
    else items.push({ is: "unknown", text: token.raw });
  }
};

/** Letters that say week or day when they are glued to the number before them, whatever else they stand for. */
const AGE_SUFFIXES: ReadonlyMap<string, "day" | "week"> = new Map([
  ["w", "week"],
  ["wk", "week"],
  ["wks", "week"],
  ["d", "day"],
  ["es:s", "week"],
  ["fr:s", "week"],
  ["it:s", "week"],
  ["pt:s", "week"],
  ["pl:t", "week"],
  ["de:t", "day"],
]);
/** Nobody asks about so old a bird in such letters: "100 t" are tonnes. */
const OLDEST_GLUED = 99;

const ageSuffix = (tokens: readonly Token[], at: number, lang: string): "day" | "week" | undefined => {
  const letters = tokens[at]?.fold ?? "";
  const found = AGE_SUFFIXES.get(letters) ?? AGE_SUFFIXES.get(`${lang}:${letters}`);
  return Number(tokens[at - 1]?.fold) <= OLDEST_GLUED ? found : undefined;
};

/** English writes "24th" in every farmer's language. */
const ENGLISH_ORDINALS = new Set(["st", "nd", "rd", "th"]);

/** Indonesian "kecil2" is "kecil-kecil": the figure says the word twice. */
const isDoubling = (tokens: readonly Token[], at: number, last: Item | undefined, lang: string): boolean =>
  lang === "id" &&
  tokens[at]?.fold === "2" &&
  isGluedToWord(tokens, at) &&
  !(last?.is === "concept" && (last.kind === "unit" || last.kind === "function"));

const TIMES = new Set(["day", "week", "month"]);
const isDayOrWeek = (hit: Hit | undefined): boolean => hit?.is === "concept" && DAY_OR_WEEK.has(hit.id);

/** A breed name before a number before a concept before a word without content; after a number its unit. */
const preferred = (hits: readonly Hit[], counted: boolean): Hit | undefined => {
  if (hits.length < 2) return hits[0];
  const unit = counted ? hits.find((one) => one.is === "concept" && one.kind === "unit") : undefined;
  if (unit) return unit;
  for (const kind of ["line", "dual", "half", "number", "scale", "concept", "function"] as const) {
    // a unit counts something: without a number the same letters are another word ("sem água")
    const other =
      kind === "concept" ? hits.find((one) => one.is === "concept" && one.kind !== "unit") : undefined;
    const hit = (counted ? undefined : other) ?? hits.find((one) => one.is === kind);
    if (hit) return hit;
  }
  return undefined;
};

const isNumber = (next: Segment | undefined): boolean =>
  next?.hits.some((hit) => hit.is === "number" || hit.is === "scale" || hit.is === "half") ?? false;
/** A unit within the next two pieces: "half a kilo". */
const startsUnit = (segments: readonly Segment[], at: number): boolean =>
  segments
    .slice(at, at + 2)
    .some(({ hits }) => hits.some((hit) => hit.is === "concept" && hit.kind === "unit"));
const isHalf = (next: Segment | undefined): boolean => next?.hits.some((hit) => hit.is === "half") ?? false;
