import type { Lang, Value } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { tableUnit } from "./measures.ts";
import type { Quantity } from "./quantity.ts";
import type { Subject, Values } from "./subjects.ts";
import { aboutOf, statementsIn } from "./ties.ts";
import { spanOfAge } from "./times.ts";

/** A number of a table that an answer may give. */
export type GivenValue = Pick<Value, "amount" | "unit" | "low" | "high"> &
  Partial<
    Pick<Value, "age_days" | "age_weeks" | "from_age" | "to_age" | "live_weight_g" | "birds" | "line" | "sex">
  >;

/** What a number may rest on. */
export interface Evidence {
  passages: readonly {
    text: string;
    lang: Lang;
    /** Title and range: what the whole passage speaks of. */
    about?: string;
  }[];
  values: readonly GivenValue[];
  /** The asker's own numbers are no facts of ours. */
  question: { text: string; lang: Lang };
}

/** One number that is known to be true, with what it may be a number of. */
export interface Fact {
  value: number;
  units: readonly string[];
  /** What its sentence says of it. */
  subject: Subject;
  /** What its passage speaks of. */
  about: Subject;
  /** Which passage it stands in. */
  source: number;
  /** Its sentence tells days and weeks alone. */
  timesOnly: boolean;
}

/** Unit of a number inside a phrase, whose words are not read one by one. */
export const ANY = "any";

/** A passage is read in pieces: the work for any text is bounded by its length alone. */
const PIECE = 3000;
const SENTENCE_END = /(?<=[.!?…][*_"')\]»”]*)\s+(?![\p{Ll}\p{N}])|(?<=[。！？])|(?<=[।؟])\s*|\n+/u;

type Where = Omit<Fact, "value" | "units">;
const NO_AXES: ReadonlySet<string> = new Set();
const NOTHING: Subject = { axes: () => NO_AXES, on: () => undefined };
const TABLES = -1;
const QUESTION = -2;

const factsOf = (quantity: Quantity, where: Where): Fact[] => [
  ...quantity.readings.map(({ value }) => ({
    ...where,
    value,
    units: quantity.inPhrase ? [ANY] : quantity.units.length > 0 ? quantity.units : quantity.shared,
  })),
  ...(quantity.apart ?? []).flatMap((part) => factsOf(part, where)),
];

const labelled = (label: string): Values => ({ labels: new Set([label]), spans: [] });

const subjectOfValue = ({ line, sex, age_days, age_weeks }: GivenValue): Subject => {
  const subject = new Map<string, Values>();
  if (line !== undefined) subject.set("line", labelled(line));
  if (sex === "male" || sex === "female") subject.set("sex", labelled(sex));
  const span = spanOfAge(age_days, age_weeks);
  if (span) subject.set("life", { labels: new Set(), spans: [span] });
  const axes = new Set(subject.keys());
  return { axes: () => axes, on: (axis) => subject.get(axis) };
};

const factsOfValue = (given: GivenValue): Fact[] => {
  const unit = tableUnit(given.unit);
  const own = unit === undefined ? [] : [unit];
  const where = { subject: subjectOfValue(given), about: NOTHING, source: TABLES, timesOnly: false };
  const facts: [number | null | undefined, readonly string[]][] = [
    [given.amount, own],
    [given.low, own],
    [given.high, own],
    [given.age_days, ["day"]],
    [given.age_weeks, ["week"]],
    [given.from_age, ["day", "week"]],
    [given.to_age, ["day", "week"]],
    [given.live_weight_g, ["gram"]],
    [given.birds, []],
  ];
  return facts.flatMap(([value, units]) => (typeof value === "number" ? [{ ...where, value, units }] : []));
};

const sentencesOf = (text: string): string[] => {
  const found: string[] = [];
  for (const sentence of text.split(SENTENCE_END))
    for (let at = 0; at < sentence.length; at += PIECE) found.push(sentence.slice(at, at + PIECE));
  return found;
};

/** Every number of the evidence, each with its subject. */
export const factsFrom = ({ passages, values, question }: Evidence, lexicon: Lexicon): Fact[] => {
  const read = (text: string, lang: Lang, about: Subject, source: number): Fact[] =>
    sentencesOf(text).flatMap((sentence) =>
      statementsIn(sentence, lang, lexicon).flatMap(({ quantity, subject, timesOnly }) =>
        factsOf(quantity, { subject: source === QUESTION ? NOTHING : subject, about, source, timesOnly }),
      ),
    );
  return [
    ...passages.flatMap(({ text, lang, about }, source) =>
      read(text, lang, about === undefined ? NOTHING : aboutOf(about, lang, lexicon), source),
    ),
    ...values.flatMap(factsOfValue),
    ...read(question.text, question.lang, NOTHING, QUESTION),
  ];
};
