import type { Lang, Product } from "../core/types.ts";
import type { Shapes } from "./shape.ts";

export interface Concept {
  kind: string;
  antonym?: string | undefined;
  /** The concept that it is a kind of: what is said of the wide one is said of it too. */
  broader?: string | undefined;
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
  /** Letters that say "day" or "week" when a number is glued to them: "S48". */
  age_prefix?: Record<string, "day" | "week"> | undefined;
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
  | { is: "concept"; id: string; kind: string; broader?: string | undefined }
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
  /** First parts of verbs that part ("nimmt … zu"), with their last parts. */
  separable: ReadonlyMap<string, readonly string[]>;
  /** Letters that say day or week only when glued before a number. */
  agePrefixes: ReadonlyMap<string, string>;
  /** A concept's first form: its name to people. */
  firstForms: Map<string, string>;
}

/** What is known of a single word, by its folded form; masks have a bit for each language in the order of LANGS. */
export interface WordEntry {
  /** Languages that have it in a phrase, however it is spelt: nothing in them is a typing mistake. */
  known: number;
  /** Languages that spell it just so. */
  exact: number;
  /** Languages in which it is a word of grammar alone, spelt just so. */
  grammar: number;
  /** Languages in which it belongs to number questions: an unknown word may be a mistyping of it. */
  core: number;
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
  words: Map<string, WordEntry>;
  /** The same of spellings with accents. */
  accented: Map<string, WordEntry>;
  /** Spelling habits, in the order of LANGS. */
  shapes: Shapes;
}

export const readingsAt = (found: Reading | Reading[]): readonly Reading[] =>
  Array.isArray(found) ? found : [found];
