/** The 16 languages, equals of one another (ISO 639-1). */
export const LANGS = [
  "ar",
  "de",
  "en",
  "es",
  "fr",
  "hi",
  "id",
  "it",
  "ja",
  "nl",
  "pl",
  "pt",
  "th",
  "tr",
  "vi",
  "zh",
] as const;
export type Lang = (typeof LANGS)[number];

export const isLang = (value: unknown): value is Lang => (LANGS as readonly unknown[]).includes(value);

/** Who or what answered (docs/door.md). */
export type Via =
  | "standard"
  | "calculator"
  | "cache"
  | "model"
  | "extract"
  | "clarify"
  | "unknown"
  | "safety"
  | "off_topic"
  | "smalltalk";

export type Sex = "as_hatched" | "male" | "female";
/** What kind of bird a line is; the age of a broiler is told in days, of the others in weeks. */
export type Product = "broiler" | "layer" | "parent";
/** A unit that a question can name; amounts are converted to it. */
export type Unit = "g" | "kg" | "lb" | "oz" | "ml" | "l" | "gal" | "%" | "kcal" | "MJ" | "mg" | "t";

/**
 * What a number question asks, the same in every language. Optional keys are present only when they carry
 * meaning; two questions that differ in any key are different questions.
 */
export interface Frame {
  line: string | null;
  metric: string | null;
  age_days?: number | null;
  age_weeks?: number | null;
  /** End of an age range that begins at age_days or age_weeks, in the same unit. */
  to_age?: number;
  /** A second age that is asked about too ("at 21 and 35 days"). */
  and_age?: number;
  sex: Sex;
  unit: Unit | null;
  /** Kind of bird, where the question names one and no line. */
  product?: Product;
  housing?: "cage" | "alternative";
  rearing_house?: "dark_out" | "open_sided";
  phase?: string;
  market?: string;
  live_weight_g?: number;
  /** Number of birds of a total ("feed for 5,000 birds to day 35"). */
  birds?: number;
  /** Reverse question: the amount to be reached, in the metric's own unit of the table. */
  target?: number;
  /** A second line to compare with. */
  versus?: string;
  /** Other things the question is about (a season, an equipment): they make it another question. */
  about?: string[];
}

/** One number that an answer gives as a fact (docs/door.md: values). */
export interface Value {
  metric: string;
  amount: number;
  unit: string;
  low: number | null;
  high: number | null;
  line: string;
  sex: Sex;
  age_days?: number;
  age_weeks?: number;
  phase?: string;
  market?: string;
  housing?: string;
  live_weight_g?: number;
  birds?: number;
  /** Ends of the span that a difference is taken over, instead of an age. */
  from_age?: number;
  to_age?: number;
  interpolated: boolean;
  /** Index into the answer's sources. */
  source: number;
}

export interface Source {
  title: string;
  publisher: string;
  edition: string;
  /** Table, row and printed page, e.g. "performance objectives, metric, as hatched; row as hatched, day 21; p. 3". */
  locator: string;
  url: string | null;
  /** Content hash of the table or passage: changes when it does. */
  version: string;
  /** The text of the passage that an answer quotes or is written from. */
  quote?: string;
}

/** A piece of a message in neutral form; a key is one of locales/<lang>/answers.json. */
export type Words = { key: string; vars?: Record<string, Term> } | { text: string };
/** A variable of a message: rendered in the reader's language and number format. */
export type Term =
  | string
  | { amount: number; unit: string; digits: number }
  /** A total of so many: "5,000 × cumulative feed per bird". */
  | { times: number; of: Term }
  /** A printed range: "110–120 g". */
  | { low: number; high: number; unit: string; digits: number }
  | { key: string; vars?: Record<string, Term> }
  /** A concept of the lexicon by its first word in the reader's language. */
  | { concept: string }
  | { list: Term[] };

/** What an answer shows, language-neutral: rendered from locales for each reader. */
export type Block =
  /** The number first, then what it is: parts are joined by a middle dot. */
  | { type: "value"; amount: Term; parts: Term[] }
  | { type: "say"; words: Words }
  | { type: "list"; items: Words[] }
  | { type: "table"; head: Term[]; rows: Term[][] }
  | { type: "formula"; words: Words }
  | { type: "source"; index: number; table: string; row: Term[]; page: string | null }
  /** Passages quoted: the main sentence in the reader's language, or the text in its own where there is none. */
  | {
      type: "passages";
      /** A model's prose about them, in the reader's language, that stands in their place. */
      prose?: string;
      items: {
        gist: Readonly<Record<Lang, string>> | undefined;
        quote: string;
        lang: Lang;
        /** Its sources, from the first to before the last index. */
        from: number;
        to: number;
      }[];
    }
  /** The three example questions of the reader's language. */
  | { type: "examples" };

/** Which model wrote an answer (docs/door.md: model). */
export interface ModelUse {
  id: string;
  arm: "main" | "fast" | "candidate";
  prompt_tokens: number | null;
  completion_tokens: number | null;
}

export interface Answer {
  receipt: string;
  via: Via;
  lang: Lang;
  frame: Frame | null;
  blocks: Block[];
  /** The blocks as Markdown in `lang`. */
  text: string;
  values: Value[];
  sources: Source[];
  /** The cache entry that the answer came from, and how it was found. */
  cache: { tier: "exact" | "frame" | "semantic"; entry: string; score: number; age_ms: number } | null;
  /** The cache entry that the answer came from or was kept as. */
  entry: string | null;
  model: ModelUse | null;
  rules: string[];
  /** Short follow-ups in `lang`, each of which can be sent back as it stands. */
  suggestions: string[];
  chart: null;
  timings_ms: Record<string, number>;
  /** Figures of an operator's report as data; absent from every other answer. */
  report?: object;
}

/** What a responder makes; the engine adds the rest (language, receipt, text, timings). */
export interface Reply {
  via: Via;
  frame: Frame | null;
  blocks: Block[];
  values?: Value[];
  sources?: Source[];
  /** Follow-ups as terms, rendered in the reader's language. */
  suggestions?: Term[];
  model?: ModelUse | null;
  /** Safety rules that shaped the answer. */
  rules?: string[];
  /** Figures of an operator's report as data. */
  report?: object;
  cache?: Answer["cache"];
  entry?: string | null;
}

/** Exactly one `answer-end`; a failure is a throw. */
export type AnswerEvent =
  | { type: "stage-start"; stage: string }
  | { type: "text-delta"; text: string }
  | { type: "answer-end"; answer: Answer; lookUps?: readonly LookUpReport[] };

/** A look-up in the answer cache, as a receipt tells it. No text of the asker is in it. */
export interface LookUpReport {
  /** By the same text, or by equal or similar meaning. */
  stage: "same" | "near";
  /** Tier that served; undefined when none did. */
  tier: "exact" | "frame" | "semantic" | undefined;
  entry: string | undefined;
  /** Why nothing was served. */
  miss: string | undefined;
  /** Milliseconds that it took. */
  ms: number;
  /** Stored questions that came near: similarity 0 to 1, languages, the guard or gate that refused, the bound that was learnt. */
  candidates: readonly {
    entry: string;
    score: number;
    pair: string;
    refused: string | undefined;
    lower: number | undefined;
  }[];
}

/** Where a passage comes from; `page` is a page, a table or a section as the document names it. */
export interface PassageSource {
  title: string;
  page: string;
  url: string | null;
}

/** A piece of knowledge: authored by us in English with its main sentence in 16 languages, or a chunk of an ingested document. */
export interface Passage {
  id: string;
  title: string;
  /** The birds that it holds for, in words: "broilers", "Hy-Line Brown pullets". */
  applies: string;
  /** Concepts that a question about it has. */
  concepts: readonly string[];
  sources: readonly PassageSource[];
  text: string;
  lang: Lang;
  /** Its main sentence in each language; absent for ingested documents. */
  gist: Readonly<Record<Lang, string>> | undefined;
  /** Content hash: changes when the passage does. */
  version: string;
}

export interface Turn {
  role: "user" | "assistant";
  text: string;
}

/** A line of text to be answered, from whichever door. */
export interface Request {
  text: string;
  /** Overrides language detection. */
  lang?: Lang | undefined;
  /** Conversation that is remembered: `user` of the HTTP door, chat id of a platform. */
  chat?: string | undefined;
  /** Earlier turns of a stateless caller; nothing is remembered then. */
  history?: readonly Turn[] | undefined;
  /** Door or platform, for the metrics: http, web, terminal, … */
  channel: string;
}
