import {
  countCall,
  countText,
  type Figures,
  type JudgedText,
  noFigures,
  together,
  WINDOW,
} from "./figures.ts";
import { difference, type Estimate, quantile, wilson } from "./intervals.ts";
import type { Arm, ModelCall, Outcome } from "./run.ts";
import { type Shelf, shelfInMemory } from "./shelf.ts";

export type Rating = "up" | "down";

export interface ArmReport {
  arm: Arm;
  /** The model of this arm: the configured one, or the one that last spoke on it. */
  model: string | null;
  /** Calls that ended, failed or lost; those that the reader gave up or that were not needed are in no other figure. */
  calls: number;
  outcomes: Record<Outcome, number>;
  /** Share of the calls that failed, with its 95 % interval. */
  failing: Estimate | null;
  firstTokenMs: { p50: Estimate; p95: Estimate } | null;
  totalMs: { p50: Estimate; p95: Estimate } | null;
  promptTokens: number;
  completionTokens: number;
  /** Whole answers whose server did not tell their tokens. */
  untold: number;
  /** Whole texts that the guards judged, and those of which nothing was held back. */
  texts: number;
  cleanTexts: number;
  pieces: number;
  passedPieces: number;
  /** Share of the texts of which nothing was held back, with its 95 % interval. */
  quality: Estimate | null;
  up: number;
  down: number;
  /** Share of thumbs up among the ratings, with its 95 % interval. */
  liked: Estimate | null;
}

export interface Verdict {
  decision: "roll_out" | "keep_main" | "undecided";
  reasons: VerdictReason[];
  /** The candidate's shares less the main model's, with their 95 % intervals. */
  differences: { quality: Estimate | null; liked: Estimate | null; failing: Estimate | null };
}
export type VerdictReason =
  | "quality_high_enough"
  | "quality_too_low"
  | "quality_worse_than_main"
  | "too_few_answers"
  | "too_few_ratings"
  | "fails_more_often"
  | "slower_to_speak";

export interface Arms {
  record(call: ModelCall): void;
  /** What the guards said of a whole text. */
  judged(text: JudgedText): void;
  /** One thumb; a changed mind names the rating that it replaces. */
  rated(arm: Arm, rating: Rating, replaces?: Rating): void;
  report(): { arms: ArmReport[]; verdict: Verdict | null };
  /** Puts away what was counted lately; later calls are counted no more. */
  close(): void;
}

export interface ArmsOptions {
  /** Latencies kept of an arm. */
  window?: number;
  /** The configured model of each arm. */
  models?: Partial<Record<Arm, string>>;
  shelf?: Shelf;
  /** Hears why figures could not be kept; they are kept with the next ones. */
  failed?: (error: unknown) => void;
}

/** What was counted is put away this much later: no answer waits for it, and a crash loses no more. */
const LATER_MS = 2_000;
/** A candidate is good enough when its share of good answers is surely above this … */
const QUALITY = 0.9;
/** … and surely no further than this below the main model's. */
const MARGIN = 0.05;
/** A first word this many times later than the main model's is felt. */
const SLOWER = 1.25;

const spread = (sample: readonly number[]): { p50: Estimate; p95: Estimate } | null => {
  const [p50, p95] = [quantile(sample, 0.5), quantile(sample, 0.95)];
  return p50 === undefined || p95 === undefined ? null : { p50, p95 };
};

const reportOf = (
  arm: Arm,
  model: string | null,
  { firstTokenMs, totalMs, ...counts }: Figures,
): ArmReport => {
  const [up, down] = [Math.max(0, counts.up), Math.max(0, counts.down)];
  const { ok, failed, late, lost } = counts.outcomes;
  const calls = ok + failed + late + lost;
  return {
    arm,
    model,
    calls,
    ...counts,
    failing: wilson(failed + late, calls) ?? null,
    firstTokenMs: spread(firstTokenMs),
    totalMs: spread(totalMs),
    quality: wilson(counts.cleanTexts, counts.texts) ?? null,
    up,
    down,
    liked: wilson(up, up + down) ?? null,
  };
};

const less = (ours: Estimate | null, theirs: Estimate | null): Estimate | null =>
  ours !== null && theirs !== null ? difference(ours, theirs) : null;

/** What the figures allow to say, no more: every reason holds with 95 % certainty of its own. */
const verdictOf = (main: ArmReport, candidate: ArmReport): Verdict => {
  const differences = {
    quality: less(candidate.quality, main.quality),
    liked: less(candidate.liked, main.liked),
    failing: less(candidate.failing, main.failing),
  };
  const against = new Set<VerdictReason>();
  for (const measure of ["quality", "liked"] as const) {
    const [ours, better] = [candidate[measure], differences[measure]];
    if (ours !== null && ours.high < QUALITY) against.add("quality_too_low");
    if (better !== null && better.high < 0) against.add("quality_worse_than_main");
  }
  if (differences.failing !== null && differences.failing.low > 0) against.add("fails_more_often");
  const [first, usualFirst] = [candidate.firstTokenMs?.p50, main.firstTokenMs?.p50];
  if (first !== undefined && usualFirst !== undefined && first.low > usualFirst.high * SLOWER)
    against.add("slower_to_speak");
  if (against.size > 0) return { decision: "keep_main", reasons: [...against], differences };
  // people know better than guards what a good answer is: once they say it of both models, their word decides
  const by = differences.liked === null ? "quality" : "liked";
  const [ours, better] = [candidate[by], differences[by]];
  if (ours !== null && ours.low > QUALITY && better !== null && better.low > -MARGIN)
    return { decision: "roll_out", reasons: ["quality_high_enough"], differences };
  const few = by === "liked" ? "too_few_ratings" : "too_few_answers";
  return { decision: "undecided", reasons: [few], differences };
};

const ARMS: readonly Arm[] = ["main", "fast", "candidate"];

/** Figures of each arm in bounded memory, kept on a shelf, and what they say of the candidate. */
export const createArms = (options: ArmsOptions = {}): Arms => {
  const { window = WINDOW, models = {}, shelf = shelfInMemory(), failed } = options;
  const names = new Map<Arm, string>(
    ARMS.flatMap((arm): [Arm, string][] => (models[arm] === undefined ? [] : [[arm, models[arm]]])),
  );
  /** What was counted and is not on the shelf yet. */
  const counted = new Map<Arm, Figures>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const putAway = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const [arm, figures] of counted) {
      try {
        shelf.add(arm, names.get(arm) ?? "", figures);
        counted.delete(arm);
      } catch (error) {
        failed?.(error);
      }
    }
  };
  const figuresOf = (arm: Arm, model: string | undefined): Figures => {
    if (model !== undefined && names.get(arm) !== model) {
      if (counted.has(arm)) putAway();
      counted.delete(arm);
      names.set(arm, model);
    }
    let figures = counted.get(arm);
    if (!figures) counted.set(arm, (figures = noFigures()));
    if (!closed) timer ??= setTimeout(putAway, LATER_MS).unref();
    return figures;
  };

  return {
    record(call) {
      countCall(figuresOf(call.arm, call.model), call, window);
    },
    judged(text) {
      countText(figuresOf(text.arm, text.model), text);
    },
    rated(arm, rating, replaces) {
      const figures = figuresOf(arm, undefined);
      if (replaces !== undefined) figures[replaces] -= 1;
      figures[rating] += 1;
    },
    report() {
      const arms = ARMS.map((arm) => {
        const model = names.get(arm);
        const kept = shelf.read(arm, model ?? "");
        return reportOf(arm, model ?? null, together(kept, counted.get(arm) ?? noFigures(), window));
      });
      const [main, , candidate] = arms;
      const tried = main !== undefined && candidate !== undefined && candidate.calls > 0;
      return { arms, verdict: tried ? verdictOf(main, candidate) : null };
    },
    close() {
      putAway();
      closed = true;
    },
  };
};
