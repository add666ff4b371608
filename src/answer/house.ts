import type { Frame, Product, Reply, Sex, Term } from "../core/types.ts";
import type { LineEntry } from "../language/lexicon.ts";
import type { ArmReport, Verdict } from "../model/arms.ts";
import { lineName } from "../question/lines.ts";
import type { Standards } from "../standards/look-up.ts";
import type { Series } from "../standards/series.ts";
import type { Phrasebook } from "../words/i18n.ts";
import type { Understood } from "./understand.ts";

/** What the responders work with. */
export interface House {
  lines: Readonly<Record<string, LineEntry>>;
  standards: Standards;
  book: Phrasebook;
  /** What the models did so far; undefined without one. */
  models: (() => ModelsSoFar) | undefined;
}

export interface ModelsSoFar {
  arms: readonly ArmReport[];
  verdict: Verdict | null;
  /** Share of the chats that the candidate answers; null when none is on trial. */
  share: number | null;
  /** USD a million tokens, by model. */
  prices: ReadonlyMap<string, { input: number; output: number }>;
}

export type Answering = (question: Understood, house: House) => Reply | undefined;

export const nameOf = (house: House, line: string): string => lineName(house.lines, line);

export const stemsOf = (house: House, line: string | null): readonly string[] =>
  line === null ? [] : (house.lines[line]?.tables ?? []);

export const kindOf = (house: House, line: string | null): Product | undefined => {
  if (line === null) return undefined;
  return house.lines[line]?.kind ?? house.lines[line.replace(/(?:_\d+|_ps|~.+)$/, "")]?.kind;
};

/** Metric whose column is read for an asked one: livability is told from mortality. */
export const columnMetric = (metric: string): string => (metric === "livability" ? "mortality" : metric);

/** The sex whose column answers a frame; null when the table gives the metric for other sexes only. */
export const sexIn = (available: readonly Sex[], asked: Sex): Sex | null => {
  if (available.includes(asked)) return asked;
  // parent stock: a column for the whole flock answers a question about its hens
  if (asked === "female" && available.includes("as_hatched")) return "as_hatched";
  return null;
};

export const seriesFor = (house: House, frame: Frame, line: string, sex: Sex): Series | undefined =>
  house.standards.series(stemsOf(house, line), {
    metric: columnMetric(frame.metric ?? ""),
    sex,
    housing: frame.housing,
    rearing_house: frame.rearing_house,
    phase: frame.phase === "peak" ? undefined : frame.phase,
  });

export const metricTerm = (metric: string): Term => ({ key: `metric.${metric}` });

/** An age as a term: "day 21", "week 30". */
export const ageTerm = (by: Series["by"], at: number): Term => {
  if (by === "live_weight")
    return { key: "age.live_weight", vars: { weight: { amount: at, unit: "g", digits: 0 } } };
  return {
    key: by === "days" ? "age.day" : "age.week",
    vars: { n: { amount: at, unit: "", digits: decimals(at) } },
  };
};

export const decimals = (value: number): number => {
  for (const digits of [0, 1, 2]) if (Number(value.toFixed(digits)) === value) return digits;
  return 3;
};
