import { LANGS, type Lang, type Product } from "../core/types.ts";
import { shapesOf, type Shapes } from "./shape.ts";
import { inPhrase, tokenise, type Token } from "./normalise.ts";

export interface Concept {
  kind: string;
  antonym?: string | undefined;
  means: string;
}

/** A breed line or a family of lines by its names. */
export interface LineEntry {
  name: string;
  kind: Product;
  /** Names in Latin script, understood in every language. */
  aliases: string[];
  /** Spellings of a language's own script or usage. */
  local: Partial<Record<Lang, string[]>>;
  /** Stems of the tables in data/standards that hold this line's numbers; none: known, but no table. */
  tables: string[];
  /** Set on a family name that does not say which line is meant. */
  oneOf?: string[] | undefined;
  /** Parent stock: the line whose parents they are. */
  parentOf?: string | undefined;
  /** Parent stock that is told apart by sex or feathering. */
  only?: { sex?: "male" | "female" | undefined; feathering?: "fast" | "slow" | undefined } | undefined;
}

export interface NumberWords {
  words: Record<string, number>;
  and: string[];
  hundred: string[];
  thousand: string[];
  ten_thousand: string[];
  /** Other multipliers: lakh 100000, million … */
  scales: Record<string, number>;
  /** Words for a half: "two and a half kilos". */
  half: string[];
  ordinal_prefix: string[];
  ordinal_suffix: string[];
  duals: Record<string, [number, string]>;
}

/** All words of the product as read from data/ and locales/. */
export interface Vocabulary {
  concepts: Record<string, Concept>;
  lines: Record<string, LineEntry>;
  terms: Record<Lang, Record<string, string[]>>;
  numbers: Record<Lang, NumberWords>;
  functionWords: Record<Lang, string[]>;
}

export type Hit =
  | { is: "concept"; id: string; kind: string }
  | { is: "line"; id: string }
  | { is: "number"; value: number }
  | { is: "scale"; value: number }
  | { is: "half" }
  | { is: "dual"; value: number; unit: string }
  | { is: "function" };

export interface Reading {
  /** Spelling with its accents; undefined where it is the key itself. */
  raw: string | undefined;
  hit: Hit;
}
/** Readings by folded phrase; `null` marks a key that only begins longer ones. */
export type Phrases = Map<string, Reading | Reading[] | null>;

export interface LanguageWords {
  lang: Lang;
  /** The language's place in the masks of `words`. */
  bit: number;
  phrases: Phrases;
  ands: Set<string>;
  ordinals: Set<string>;
  /** A concept's first form: its name to people. */
  firstForms: Map<string, string>;
}

/** Which languages know a single word, as bits in the order of LANGS. */
export interface WordMasks {
  /** Folded word → languages that have it in a phrase: nothing in them is a typing mistake. */
  folded: Map<string, number>;
  /** Spelling → languages, only where it says more than its folded form. */
  exact: Map<string, number>;
  /** Words of grammar alone, as spelt. */
  grammatical: Map<string, number>;
  /** Words of number questions, which an unknown word may be a mistyping of. */
  core: Map<string, number>;
}

export interface Lexicon {
  concepts: Record<string, Concept>;
  lines: Record<string, LineEntry>;
  languages: Record<Lang, LanguageWords>;
  /** Breed names, understood in every language. */
  names: Phrases;
  /** Single words of breed names. */
  nameWords: Set<string>;
  /** Those that say nothing about the language of a text: names in Latin script that are no ordinary words. */
  foreignWords: Set<string>;
  words: WordMasks;
  /** Spelling habits, in the order of LANGS. */
  shapes: Shapes;
}

export const readingsAt = (found: Reading | Reading[]): readonly Reading[] =>
  Array.isArray(found) ? found : [found];

const CORE_KINDS = new Set(["metric", "nutrient", "qualifier", "unit", "sex", "product", "housing", "phase"]);
const CORE = new Set([
  "feed",
  "water",
  "egg",
  "lay",
  "yield",
  "bird",
  "breast",
  "carcass",
  "how_much",
  "how_many",
  "what_age",
  "grow",
]);

/** One string for equal words, and the one reading for all plain forms of a hit: the lexicon is most of the memory. */
interface Pool {
  words: Map<string, string>;
  readings: Map<Hit, Reading>;
}

const pooled = (pool: Pool, word: string): string => {
  const known = pool.words.get(word);
  if (known !== undefined) return known;
  pool.words.set(word, word);
  return word;
};

const plainReading = (pool: Pool, hit: Hit): Reading => {
  let reading = pool.readings.get(hit);
  if (!reading) pool.readings.set(hit, (reading = { raw: undefined, hit }));
  return reading;
};

const add = (phrases: Phrases, form: string, hit: Hit, pool: Pool): Token[] => {
  const tokens = tokenise(form).filter(inPhrase);
  const folds = tokens.map((token) => pooled(pool, token.fold));
  const [only] = folds;
  if (only === undefined) return tokens;
  for (let length = 1; length < folds.length; length += 1) {
    const prefix = length === 1 ? only : folds.slice(0, length).join(" ");
    if (!phrases.has(prefix)) phrases.set(prefix, null);
  }
  const key = folds.length === 1 ? only : folds.join(" ");
  const raw = tokens.length === 1 ? (tokens[0]?.raw ?? key) : tokens.map((token) => token.raw).join(" ");
  const reading = raw === key ? plainReading(pool, hit) : { raw, hit };
  const before = phrases.get(key);
  if (!before) phrases.set(key, reading);
  else if (Array.isArray(before)) before.push(reading);
  else if (before.hit !== hit || before.raw !== reading.raw) phrases.set(key, [before, reading]);
  return tokens;
};

const vote = (masks: Map<string, number>, word: string, bit: number): void =>
  void masks.set(word, (masks.get(word) ?? 0) | bit);

const languageWords = (lang: Lang, vocabulary: Vocabulary, words: WordMasks, pool: Pool): LanguageWords => {
  const phrases: Phrases = new Map();
  const bit = 1 << LANGS.indexOf(lang);
  const put = (form: string, hit: Hit, use: "core" | "plain" | "grammar"): void => {
    for (const token of add(phrases, form, hit, pool)) {
      if (token.kind !== "word") continue;
      const fold = pooled(pool, token.fold);
      vote(words.folded, fold, bit);
      vote(words.exact, pooled(pool, token.raw), bit);
      if (use === "core") vote(words.core, fold, bit);
      if (use === "grammar") vote(words.grammatical, pooled(pool, token.raw), bit);
    }
  };
  for (const [id, forms] of Object.entries(vocabulary.terms[lang])) {
    const kind = vocabulary.concepts[id]?.kind ?? "";
    const hit: Hit = { is: "concept", id, kind };
    const use = CORE_KINDS.has(kind) || CORE.has(id) ? "core" : "plain";
    for (const form of forms) put(form, hit, use);
  }
  const numbers = vocabulary.numbers[lang];
  for (const [form, value] of Object.entries(numbers.scales)) put(form, { is: "scale", value }, "core");
  const half: Hit = { is: "half" };
  for (const [form, value] of Object.entries(numbers.words))
    put(form, value === 0.5 ? half : { is: "number", value }, "core");
  const scales = [
    [numbers.hundred, 100],
    [numbers.thousand, 1000],
    [numbers.ten_thousand, 10_000],
  ] as const;
  for (const [forms, value] of scales) for (const form of forms) put(form, { is: "scale", value }, "core");
  for (const form of numbers.half) put(form, half, "core");
  for (const [form, [value, unit]] of Object.entries(numbers.duals))
    put(form, { is: "dual", value, unit }, "plain");
  const grammar: Hit = { is: "function" };
  for (const form of vocabulary.functionWords[lang]) put(form, grammar, "grammar");
  const folds = (forms: readonly string[]): Set<string> =>
    new Set(forms.flatMap((form) => tokenise(form).map((token) => token.fold)));
  return {
    lang,
    bit,
    phrases,
    ands: folds(numbers.and),
    ordinals: folds([...numbers.ordinal_suffix, ...numbers.ordinal_prefix]),
    firstForms: new Map(Object.entries(vocabulary.terms[lang]).map(([id, forms]) => [id, forms[0] ?? id])),
  };
};

/** Words of breed names that are ordinary English words too. */
const ORDINARY = new Set([
  "male",
  "female",
  "breeder",
  "parent",
  "fast",
  "slow",
  "feather",
  "feathering",
  "meat",
  "broiler",
  "chicken",
  "white",
  "light",
  "plus",
]);

/** Indexes the vocabulary once, at the start. */
export const indexLexicon = (vocabulary: Vocabulary): Lexicon => {
  const pool: Pool = { words: new Map(), readings: new Map() };
  const names: Phrases = new Map();
  const nameWords = new Set<string>();
  const latin = new Set<string>();
  for (const [id, line] of Object.entries(vocabulary.lines)) {
    const hit: Hit = { is: "line", id };
    const put = (form: string, into: Set<string>): void => {
      for (const token of add(names, form, hit, pool))
        if (token.kind === "word") into.add(pooled(pool, token.fold));
    };
    for (const form of Object.values(line.local).flat()) put(form, nameWords);
    for (const form of [line.name, ...line.aliases]) put(form, latin);
  }
  const words: WordMasks = { folded: new Map(), exact: new Map(), grammatical: new Map(), core: new Map() };
  const languages = Object.fromEntries(
    LANGS.map((lang) => [lang, languageWords(lang, vocabulary, words, pool)]),
  );
  for (const word of latin) nameWords.add(word);
  for (const word of ORDINARY) latin.delete(word);
  const shapes = shapesOf(words.exact, LANGS.length);
  for (const [word, mask] of words.exact) if (words.folded.get(word) === mask) words.exact.delete(word);
  return {
    concepts: vocabulary.concepts,
    lines: vocabulary.lines,
    languages: languages as Lexicon["languages"],
    names,
    nameWords,
    foreignWords: latin,
    words,
    shapes,
  };
};
