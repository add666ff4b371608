import { floorBeside, floorOf, type Floor } from "./floors.ts";
import { shareOf } from "./interval.ts";
import { type Judged, VERDICTS, type Verdict } from "./judged.ts";
import type { Scored } from "./lines.ts";

/** Rows under a key, the keys in order, each group made into one value. */
const grouped = <T, V>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  make: (rows: T[]) => V,
): Record<string, V> => {
  const keys = [...new Set(rows.map(keyOf))].sort();
  return Object.fromEntries(keys.map((key) => [key, make(rows.filter((row) => keyOf(row) === key))]));
};
const countsOf = (rows: readonly { verdict: Verdict }[]) =>
  Object.fromEntries(
    VERDICTS.map((verdict) => [verdict, rows.filter((row) => row.verdict === verdict).length]),
  ) as Record<Verdict, number>;

/** Questions, not askings: three askings of one question are no three trials. */
const withShare = (rows: readonly Judged[]) => {
  const counts = countsOf(rows);
  return { ...counts, share: shareOf(counts.right, rows.length) };
};

/** Who answered: the arm and the model, or the part of the engine. */
const answererOf = ({ via, model }: NonNullable<Judged["askings"]>[number]): string =>
  model === null ? via : `${model.arm} ${model.id}`;

export interface Terms {
  /** Name of the model in use. */
  model: string | null;
  repeats: number;
  /** Given on the command line, instead of those of the READMEs. */
  floor: number | undefined;
}

const floorsOf = (judged: Scored["judged"], files: readonly string[], given: number | undefined): Floor[] => {
  const golden = judged.filter(({ set }) => set === "golden");
  const count = (rows: typeof golden) => rows.filter(({ verdict }) => verdict === "right").length;
  if (given !== undefined) return [floorOf("all files", given, count(golden), golden.length)];
  return [...new Set(files)].flatMap((file) => {
    const floor = floorBeside(file);
    const rows = golden.filter((row) => row.file === file);
    return floor === undefined ? [] : [floorOf(file, floor, count(rows), rows.length)];
  });
};

const goldenOf = (judged: Scored["judged"], { model, repeats }: Terms) => {
  const rows = judged.filter(({ set }) => set === "golden");
  if (rows.length === 0) return null;
  const askings = rows.flatMap((row) => row.askings ?? []);
  const rounds = Array.from({ length: repeats }, (_, at) =>
    countsOf(rows.flatMap((row) => row.askings?.[at] ?? [])),
  );
  const shares = rounds.map(({ right }) => right / rows.length);
  return {
    model,
    repeats,
    all: withShare(rows),
    by_lang: grouped(rows, langOf, withShare),
    rounds,
    spread: { low: Math.min(...shares), high: Math.max(...shares) },
    /** Questions whose askings were not judged alike. */
    changed: rows.filter((row) => new Set(row.askings?.map(({ verdict }) => verdict)).size > 1).length,
    /** Questions whose askings did not get one answer; without a model that is a fault. */
    unequal: rows.filter(({ equal }) => equal === false).map(({ file, line }) => `${file}:${line}`),
    answered_by: grouped(askings, answererOf, (all) => countsOf(all)),
  };
};

/** Lines listed of each verdict. */
const MOST_LISTED = 50;

const setOf = ({ set }: Judged): string => set;
const langOf = (row: Judged): string => row.lang;
const kindOf = ({ kind }: Judged): string => kind ?? "";
/** Who answered a line of a kind. */
const viaOf = ({ got }: Judged): string => String(got);

export const reportOf = ({ judged, unread }: Scored, files: readonly string[], terms: Terms) => {
  const others = judged.filter(({ set }) => set === "other");
  const listed = (wanted: Verdict) =>
    judged.filter(({ verdict }) => verdict === wanted).slice(0, MOST_LISTED);
  return {
    sets: grouped(judged, setOf, (set) => ({ all: countsOf(set), by_lang: grouped(set, langOf, countsOf) })),
    kinds: grouped(others, kindOf, (kind) => grouped(kind, viaOf, (rows) => rows.length)),
    golden: goldenOf(judged, terms),
    floors: floorsOf(judged, files, terms.floor),
    wrong: listed("wrong"),
    unanswered: listed("unanswered"),
    unread,
  };
};
export type Report = ReturnType<typeof reportOf>;

/** What makes the command fail, each in a sentence. */
export const faultsOf = ({ golden, floors, unread }: Report): string[] => [
  ...unread.map(({ file, line, reason }) => `${line === 0 ? file : `${file}:${line}`}: ${reason}`),
  ...(golden?.model === null ? golden.unequal : []).map((at) => `${at}: the same question, another answer`),
  ...floors
    .filter(({ passed }) => !passed)
    .map(({ file, floor, share }) =>
      share === null
        ? `${file}: no golden question to hold against the floor of ${percent(floor)} %`
        : `${file}: ${percent(share)} % right, below the floor of ${percent(floor)} %`,
    ),
];

export const percent = (share: number): string => (100 * share).toFixed(1);
