import { difference, type Estimate, quantile, wilson } from "./intervals.ts";
import type { Arm, ModelCall } from "./run.ts";

export type Rating = "up" | "down";

export interface ArmReport {
  arm: Arm;
  /** The model that last spoke on this arm. */
  model: string | null;
  /** Calls that ended, failed or lost; those that the reader gave up or that were not needed are in no figure. */
  calls: number;
  failures: number;
  /** Calls that had their time, and another model spoke first. */
  lost: number;
  firstTokenMs: { p50: Estimate; p95: Estimate } | null;
  totalMs: { p50: Estimate; p95: Estimate } | null;
  promptTokens: number;
  completionTokens: number;
  up: number;
  down: number;
  /** Share of thumbs up among the ratings, with its 95 % interval. */
  quality: Estimate | null;
}

export interface Verdict {
  decision: "roll_out" | "keep_main" | "undecided";
  reasons: VerdictReason[];
}
export type VerdictReason =
  | "quality_high_enough"
  | "quality_too_low"
  | "quality_worse_than_main"
  | "too_few_ratings"
  | "fails_more_often"
  | "slower_to_speak";

export interface Arms {
  record(call: ModelCall): void;
  /** One thumb; a changed mind names the rating that it replaces. */
  rated(arm: Arm, rating: Rating, replaces?: Rating): void;
  report(): { arms: ArmReport[]; verdict: Verdict | null };
}

/** Latencies kept of an arm: the newest, so that the figures follow the server. */
const WINDOW = 1_000;
/** A candidate is good enough when its share of thumbs up is surely above this … */
const QUALITY = 0.9;
/** … and surely no further than this below the main model's. */
const MARGIN = 0.05;
/** A first word this many times later than the main model's is felt. */
const SLOWER = 1.25;

/** The newest `size` numbers. */
const ring = (size: number) => {
  const values: number[] = [];
  let next = 0;
  return {
    values,
    add(value: number): void {
      values[next] = value;
      next = (next + 1) % size;
    },
  };
};

const armOf = (arm: Arm, window: number) => ({
  arm,
  model: null as string | null,
  calls: 0,
  failures: 0,
  lost: 0,
  first: ring(window),
  total: ring(window),
  promptTokens: 0,
  completionTokens: 0,
  up: 0,
  down: 0,
});
type State = ReturnType<typeof armOf>;

const spread = (sample: readonly number[]): { p50: Estimate; p95: Estimate } | null => {
  const [p50, p95] = [quantile(sample, 0.5), quantile(sample, 0.95)];
  return p50 === undefined || p95 === undefined ? null : { p50, p95 };
};

const reportOf = ({ first, total, ...state }: State): ArmReport => ({
  ...state,
  firstTokenMs: spread(first.values),
  totalMs: spread(total.values),
  quality: wilson(state.up, state.up + state.down) ?? null,
});

/** What the figures allow to say, no more: every reason holds with 95 % certainty of its own. */
const verdictOf = (main: ArmReport, candidate: ArmReport): Verdict => {
  const against: VerdictReason[] = [];
  const [ours, theirs] = [candidate.quality, main.quality];
  const better = ours !== null && theirs !== null ? difference(ours, theirs) : undefined;
  if (ours !== null && ours.high < QUALITY) against.push("quality_too_low");
  if (better !== undefined && better.high < 0) against.push("quality_worse_than_main");
  const [failing, usual] = [wilson(candidate.failures, candidate.calls), wilson(main.failures, main.calls)];
  if (failing !== undefined && usual !== undefined && difference(failing, usual).low > 0)
    against.push("fails_more_often");
  const [first, usualFirst] = [candidate.firstTokenMs?.p50, main.firstTokenMs?.p50];
  if (first !== undefined && usualFirst !== undefined && first.low > usualFirst.high * SLOWER)
    against.push("slower_to_speak");
  if (against.length > 0) return { decision: "keep_main", reasons: against };
  const sure = ours !== null && ours.low > QUALITY && better !== undefined && better.low > -MARGIN;
  return sure
    ? { decision: "roll_out", reasons: ["quality_high_enough"] }
    : { decision: "undecided", reasons: ["too_few_ratings"] };
};

/** Figures of each arm since the start, in bounded memory, and what they say of the candidate. */
export const createArms = (window = WINDOW): Arms => {
  const states: Record<Arm, State> = {
    main: armOf("main", window),
    fast: armOf("fast", window),
    candidate: armOf("candidate", window),
  };
  return {
    record({ model, arm, outcome, firstTokenMs, totalMs, promptTokens, completionTokens }) {
      if (outcome === "left" || outcome === "spare") return;
      const state = states[arm];
      state.model = model;
      state.calls += 1;
      if (outcome === "failed" || outcome === "late") state.failures += 1;
      // a loser would have spoken later still: the time that it had is the least that it needed
      if (outcome === "lost") {
        state.lost += 1;
        state.first.add(totalMs);
      }
      if (firstTokenMs !== null) state.first.add(firstTokenMs);
      if (outcome === "ok") state.total.add(totalMs);
      state.promptTokens += promptTokens ?? 0;
      state.completionTokens += completionTokens ?? 0;
    },
    rated(arm, rating, replaces) {
      const state = states[arm];
      if (replaces !== undefined) state[replaces] = Math.max(0, state[replaces] - 1);
      state[rating] += 1;
    },
    report() {
      const arms = Object.values(states).map(reportOf);
      const [main, , candidate] = arms;
      const tried = main !== undefined && candidate !== undefined && candidate.calls > 0;
      return { arms, verdict: tried ? verdictOf(main, candidate) : null };
    },
  };
};
