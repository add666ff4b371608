import { z } from "zod";
import type { Arm, ModelCall, Outcome } from "./run.ts";

/** What the guards said of one whole text of a model. */
export interface JudgedText {
  model: string;
  arm: Arm;
  /** Pieces that were judged, and those of them that might be shown. */
  pieces: number;
  passed: number;
  /** Nothing of it was held back or taken out. */
  clean: boolean;
}

const count = z.number().int().nonnegative();
const sample = z.array(z.number().nonnegative());

/** Counts of one arm with the newest latencies: two of them add up to one, in whatever pieces they were counted. */
export const Figures = z.object({
  outcomes: z.object({ ok: count, failed: count, late: count, lost: count, spare: count, left: count }),
  firstTokenMs: sample,
  totalMs: sample,
  promptTokens: count,
  completionTokens: count,
  /** Whole answers whose server did not tell their tokens. */
  untold: count,
  texts: count,
  cleanTexts: count,
  pieces: count,
  passedPieces: count,
  /** May fall below zero in a part: a changed mind takes back what another part has counted. */
  up: z.number().int(),
  down: z.number().int(),
});
export type Figures = z.infer<typeof Figures>;

/** Latencies kept of an arm: the newest, so that the figures follow the server. */
export const WINDOW = 1_000;

export const noFigures = (): Figures => ({
  outcomes: { ok: 0, failed: 0, late: 0, lost: 0, spare: 0, left: 0 },
  firstTokenMs: [],
  totalMs: [],
  promptTokens: 0,
  completionTokens: 0,
  untold: 0,
  texts: 0,
  cleanTexts: 0,
  pieces: 0,
  passedPieces: 0,
  up: 0,
  down: 0,
});

const push = (values: number[], value: number, window: number): void => {
  values.push(Math.round(value));
  if (values.length > window) values.shift();
};

/** Counts a call; of those that the reader gave up or that were not needed, nothing but that. */
export const countCall = (figures: Figures, call: ModelCall, window = WINDOW): void => {
  const { outcome, firstTokenMs, totalMs, promptTokens, completionTokens } = call;
  figures.outcomes[outcome] += 1;
  if (outcome === "left" || outcome === "spare") return;
  // a loser would have spoken later still: the time that it had is the least that it needed
  if (outcome === "lost") push(figures.firstTokenMs, totalMs, window);
  if (firstTokenMs !== null) push(figures.firstTokenMs, firstTokenMs, window);
  if (outcome === "ok") {
    push(figures.totalMs, totalMs, window);
    if (promptTokens === null || completionTokens === null) figures.untold += 1;
  }
  figures.promptTokens += promptTokens ?? 0;
  figures.completionTokens += completionTokens ?? 0;
};

export const countText = (figures: Figures, { pieces, passed, clean }: JudgedText): void => {
  figures.texts += 1;
  figures.pieces += pieces;
  figures.passedPieces += passed;
  if (clean) figures.cleanTexts += 1;
};

const bothOf = (a: Figures["outcomes"], b: Figures["outcomes"]): Figures["outcomes"] => {
  const sum = { ...a };
  for (const outcome of Object.keys(sum) as Outcome[]) sum[outcome] += b[outcome];
  return sum;
};

/** Earlier figures and later ones as one. */
export const together = (earlier: Figures, later: Figures, window = WINDOW): Figures => ({
  outcomes: bothOf(earlier.outcomes, later.outcomes),
  firstTokenMs: [...earlier.firstTokenMs, ...later.firstTokenMs].slice(-window),
  totalMs: [...earlier.totalMs, ...later.totalMs].slice(-window),
  promptTokens: earlier.promptTokens + later.promptTokens,
  completionTokens: earlier.completionTokens + later.completionTokens,
  untold: earlier.untold + later.untold,
  texts: earlier.texts + later.texts,
  cleanTexts: earlier.cleanTexts + later.cleanTexts,
  pieces: earlier.pieces + later.pieces,
  passedPieces: earlier.passedPieces + later.passedPieces,
  up: earlier.up + later.up,
  down: earlier.down + later.down,
});
