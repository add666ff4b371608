import type { Lang } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { quantitiesOf, sheetOf } from "./quantities.ts";
import type { Placed, Quantity } from "./quantity.ts";
import { tokenAt, type Sheet } from "./sheet.ts";
import {
  comparable,
  fits,
  isOfUnits,
  mentionsOf,
  type Mention,
  type Subject,
  type Values,
} from "./subjects.ts";
import { hull } from "./times.ts";

/** A number with what its sentence says it is a number of. */
export interface Statement {
  quantity: Quantity;
  subject: Subject;
  /** Its sentence tells days and weeks alone: they are spans, not the ages of what else it tells. */
  timesOnly: boolean;
}

/** A mention or a number, in the order of the text. */
interface Mark {
  at: number;
  clause: number;
  /** Which part between "and"s. */
  part: number;
  mention?: Mention;
  /** The first number of "20 to 25 °C". */
  opensRange?: boolean;
}

interface Place {
  clause: number;
  part: number;
}
const ANDS = new Set(["and_then"]);

/** Clause and part of every segment. */
const placesOf = (sheet: Sheet): Place[] => {
  let [clause, part] = [0, 0];
  return sheet.segments.map(({ hits }, at) => {
    const token = tokenAt(sheet, at);
    if (token?.stop === true || token?.fold === "=") [clause, part] = [clause + 1, part + 1];
    else if (
      sheet.words.ands.has(token?.fold ?? "") ||
      hits.some((hit) => hit.is === "concept" && ANDS.has(hit.id))
    )
      part += 1;
    return { clause, part };
  });
};

const valuesOf = (mentions: readonly Mention[]): Values => {
  const span = hull(mentions.flatMap((mention) => (mention.span ? [mention.span] : [])));
  return { labels: new Set(mentions.flatMap(({ labels }) => labels)), spans: span ? [span] : [] };
};

/** Runs of mentions and of numbers, which follow each other in turn. */
const runsOf = (marks: readonly Mark[]): { mentions: Mention[]; numbers: Mark[] }[] => {
  const runs: { mentions: Mention[]; numbers: Mark[] }[] = [];
  for (const mark of marks) {
    const { mention } = mark;
    let last = runs.at(-1);
    const other = mention ? (last?.numbers.length ?? 0) > 0 : (last?.mentions.length ?? 0) > 0;
    if (!last || other) runs.push((last = { mentions: [], numbers: [] }));
    if (mention) last.mentions.push(mention);
    else last.numbers.push(mark);
  }
  return runs;
};

const labelOf = ({ labels, span }: Mention): string =>
  `${labels.join()} ${span?.from ?? ""} ${span?.to ?? ""}`;

/**
 * "Broilers 20, layers 25" and "20 for broilers, 25 for layers": each number goes with the mention beside it. Where
 * mentions or numbers stand in rows, or one at both ends, nobody can say which goes with which.
 */
const inTurn = (marks: readonly Mark[], own: Mark): readonly Mention[] => {
  const runs = runsOf(marks);
  const opens = (runs[0]?.mentions.length ?? 0) > 0;
  const closes = (runs.at(-1)?.mentions.length ?? 0) > 0;
  const clear = runs.every(
    ({ mentions, numbers }) =>
      new Set(mentions.map(labelOf)).size <= 1 && numbers.filter(({ opensRange }) => !opensRange).length <= 1,
  );
  if (opens === closes || !clear) return [];
  const at = runs.findIndex(({ numbers }) => numbers.includes(own));
  return runs[opens ? at - 1 : at + 1]?.mentions ?? [];
};

const mentionsAmong = (marks: readonly Mark[]): Mention[] => marks.flatMap(({ mention }) => mention ?? []);
const agree = (mentions: readonly Mention[]): boolean => new Set(mentions.map(labelOf)).size === 1;

const count = (among: readonly Mark[]): number =>
  among.filter(({ mention, opensRange }) => !mention && opensRange !== true).length;

/** "Brood at 33 °C and go down to 21 °C by week 4": every part between "and"s has its own mention and number. */
const inParts = (marks: readonly Mark[], own: Mark): readonly Mention[] => {
  const of = (part: number): Mark[] => marks.filter((mark) => mark.part === part);
  const clear = [...new Set(marks.map(({ part }) => part))].every(
    (part) => agree(mentionsAmong(of(part))) && count(of(part)) === 1,
  );
  return clear ? mentionsAmong(of(own.part)) : [];
};

/** Axes on which what a sentence begins with holds for all of it: "For broilers: 33 °C on day 1, 21 °C on day 28". */
const OF_SENTENCES = new Set(["bird", "sex", "line", "strain", "feathering"]);

/** The mentions of one axis that a number goes with: those of its clause, else all, where that leaves no choice. */
const tiedTo = (axis: string, marks: readonly Mark[], at: number): readonly Mention[] => {
  const own = marks.find((mark) => mark.at === at && !mark.mention);
  if (!own) return [];
  const clause = marks.filter((mark) => mark.clause === own.clause);
  const beside = mentionsAmong(clause);
  if (agree(beside) && count(clause) <= 1) return beside;
  const all = mentionsAmong(marks);
  if (!agree(all)) {
    const turn = inTurn(marks, own);
    return turn.length > 0 ? turn : inParts(marks, own);
  }
  if (count(marks) <= 1) return all;
  if (!OF_SENTENCES.has(axis)) return [];
  const opens = marks.findLastIndex(({ mention }) => mention) < marks.findIndex(({ mention }) => !mention);
  const [first] = marks;
  // "pullets 10 lux and … 30 lux": the second may be another bird's, by a word that nobody knows
  const announces = opens && count(marks.filter(({ clause: of }) => of === first?.clause)) === 0;
  return announces || (opens && own.part === first?.part) ? all : [];
};

export const isOfTime = ({ units, shared }: Pick<Quantity, "units" | "shared">): boolean =>
  [...units, ...shared].some((unit) => unit === "day" || unit === "week");

const isBare = ({ units, shared, spoken, inPhrase }: Quantity): boolean =>
  units.length + shared.length === 0 && !spoken && !inPhrase;

/** A sentence, read once; what each of its numbers goes with is worked out when it is asked for. */
interface Sentence {
  quantities: readonly Placed[];
  mentions(): readonly Mention[];
  places(): readonly Place[];
}

const once = <T>(make: () => T): (() => T) => {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

const tiedValues = (axis: string, quantity: Placed, sentence: Sentence): Values | undefined => {
  const units = [...quantity.units, ...quantity.shared];
  // a number of days is no value of the days that it may be mistaken for; "7 h at 21 days, 6 h at 28" leaves out units
  if (axis === "life" && (isOfTime(quantity) || sentence.quantities.some(isBare))) return undefined;
  if (isOfUnits(axis, units)) return undefined;
  const mentions = sentence.mentions().filter((mention) => mention.axis === axis && fits(mention, units));
  if (mentions.length === 0) return undefined;
  const places = sentence.places();
  const placeOf = (at: number): Place => places[at] ?? { clause: 0, part: 0 };
  const marks: Mark[] = [
    ...mentions.map((mention) => ({ ...placeOf(mention.at), at: mention.at, mention })),
    ...sentence.quantities
      .filter((one) => comparable([...one.units, ...one.shared], units))
      .map(({ from, units: own }) => ({ ...placeOf(from), at: from, opensRange: own.length === 0 })),
  ].toSorted((one, other) => one.at - other.at);
  const tied = tiedTo(axis, marks, quantity.from);
  return tied.length > 0 ? valuesOf(tied) : undefined;
};

const lazily = (axes: () => ReadonlySet<string>, read: (axis: string) => Values | undefined): Subject => {
  const known = new Map<string, Values | undefined>();
  return {
    axes,
    on(axis) {
      if (!known.has(axis)) known.set(axis, axes().has(axis) ? read(axis) : undefined);
      return known.get(axis);
    },
  };
};

const axesOf = (mentions: readonly Mention[]): ReadonlySet<string> =>
  new Set(mentions.map(({ axis }) => axis));

/** What a heading or a title speaks of: every mention in it. */
export const aboutOf = (text: string, lang: Lang, lexicon: Lexicon): Subject => {
  const mentions = once(() => {
    const sheet = sheetOf(text, lang, lexicon);
    return mentionsOf(sheet, quantitiesOf(sheet, lexicon), lexicon);
  });
  return lazily(
    once(() => axesOf(mentions())),
    (axis) => valuesOf(mentions().filter((mention) => mention.axis === axis)),
  );
};

/** The numbers of one sentence, each with its subject; those of `before`, its beginning, are not told again. */
export const statementsIn = (text: string, lang: Lang, lexicon: Lexicon, before = ""): Statement[] => {
  const opening = before.trim() === "" ? 0 : sheetOf(before, lang, lexicon).tokens.length;
  const sheet = sheetOf(opening === 0 ? text : `${before} ${text}`, lang, lexicon);
  const quantities = quantitiesOf(sheet, lexicon);
  const sentence: Sentence = {
    quantities,
    mentions: once(() => mentionsOf(sheet, quantities, lexicon)),
    places: once(() => placesOf(sheet)),
  };
  const axes = once(() => axesOf(sentence.mentions()));
  const timesOnly = quantities.every(isOfTime);
  return quantities
    .filter(({ from }) => (sheet.segments[from]?.at ?? 0) >= opening)
    .map((quantity) => ({
      quantity,
      subject: lazily(axes, (axis) => tiedValues(axis, quantity, sentence)),
      timesOnly,
    }));
};
