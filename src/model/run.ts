import { FlockError } from "../core/errors.ts";
import type { Clock, Model, ModelPiece, Prompt } from "../core/ports.ts";
import type { Pass } from "./breaker.ts";
import { within } from "./within.ts";

export type Arm = "main" | "fast" | "candidate";

export interface CallLimits {
  /** Most time to the first word of one model. */
  firstTokenMs: number;
  /** Most time between two pieces. */
  gapMs: number;
  /** A first word later than this: another model is asked too. */
  hedgeMs: number;
  /** Most time of a whole answer, fall-backs included. */
  totalMs: number;
}

/**
 * `late`: a time-out. `lost`: it had its time, and another model spoke first. `spare`: asked to be safe, and not
 * needed. `left`: nobody listened any more.
 */
export type Outcome = "ok" | "failed" | "late" | "lost" | "spare" | "left";

/** What became of one call of one model, for metrics and for the trial of a candidate. */
export interface ModelCall {
  model: string;
  arm: Arm;
  outcome: Outcome;
  /** Null when it never spoke. */
  firstTokenMs: number | null;
  totalMs: number;
  promptTokens: number | null;
  completionTokens: number | null;
}

export interface Lane {
  model: Model;
  arm: Arm;
}

export interface Run {
  lane: Lane;
  /** The first piece with a word in it, or why there is none; never rejects. */
  opening: Promise<{ run: Run; text: string } | { run: Run; error: unknown }>;
  /** The pieces from the first one on, up to the `end`. */
  pieces(first: string): AsyncGenerator<ModelPiece>;
  /** Gives the call up; nothing happens when it has ended already. */
  giveUp(outcome: "lost" | "left" | "late"): void;
}

interface RunOptions {
  lane: Lane;
  pass: Pass;
  prompt: Prompt;
  limits: CallLimits;
  clock: Clock;
  signal: AbortSignal;
  report: ((call: ModelCall) => void) | undefined;
}

/** Asks one model; every wait is bounded and every ending is told to the breaker and to `report`, once. */
export const run = ({ lane, pass, prompt, limits, clock, signal, report }: RunOptions): Run => {
  const { model, arm } = lane;
  const startedAt = clock.monotonic();
  const elapsed = (): number => clock.monotonic() - startedAt;
  const hangUp = new AbortController();
  const leave = (): void => hangUp.abort(signal.reason);
  signal.addEventListener("abort", leave, { once: true });
  const upstream = model.stream(prompt, hangUp.signal)[Symbol.asyncIterator]();
  let firstTokenMs: number | null = null;
  let ended = false;

  const finish = (outcome: Outcome, end?: Extract<ModelPiece, { end: string }>): void => {
    if (ended) return;
    ended = true;
    signal.removeEventListener("abort", leave);
    // a stream that came to its end closes itself, and keeps its connection
    if (outcome !== "ok") hangUp.abort();
    upstream.return?.().catch(() => undefined);
    report?.({
      model: model.id,
      arm,
      outcome,
      firstTokenMs,
      totalMs: elapsed(),
      promptTokens: end?.promptTokens ?? null,
      completionTokens: end?.completionTokens ?? null,
    });
  };
  const failed = (error: unknown): FlockError => {
    const fault =
      error instanceof FlockError
        ? error
        : new FlockError("model", `model ${model.id}: failed`, { cause: error });
    pass.failed(fault.retryAfterMs);
    finish("failed");
    return fault;
  };
  const next = async (ms: number, what: string): Promise<ModelPiece> => {
    try {
      hangUp.signal.throwIfAborted();
      const read = await within(upstream.next(), ms, hangUp.signal, () => {
        pass.failed();
        finish("late");
        return new FlockError("model", `model ${model.id}: ${what}`);
      });
      if (read.done !== true) return read.value;
    } catch (error) {
      throw ended || hangUp.signal.aborted ? error : failed(error);
    }
    throw failed(new FlockError("model", `model ${model.id}: ended without saying so`));
  };
  const firstText = async (): Promise<string> => {
    for (;;) {
      const piece = await next(limits.firstTokenMs - elapsed(), `no word within ${limits.firstTokenMs} ms`);
      if ("end" in piece) throw failed(new FlockError("model", `model ${model.id}: said nothing`));
      // white space before the first word is nothing to show
      if (piece.text.trim() === "") continue;
      firstTokenMs = elapsed();
      return piece.text;
    }
  };

  const self: Run = {
    lane,
    opening: firstText().then(
      (text) => ({ run: self, text }),
      (error: unknown) => ({ run: self, error }),
    ),
    async *pieces(first) {
      yield { text: first };
      for (;;) {
        const piece = await next(limits.gapMs, `no word for ${limits.gapMs} ms`);
        if ("end" in piece) {
          pass.succeeded();
          finish("ok", piece);
          yield piece;
          return;
        }
        if (piece.text !== "") yield piece;
      }
    },
    giveUp(outcome) {
      if (ended) return;
      const spare = outcome === "lost" && elapsed() < limits.hedgeMs;
      // a model that hangs is never seen to fail when another always speaks for it: losing counts as failing
      if (outcome === "left" || spare) pass.released();
      else pass.failed();
      finish(spare ? "spare" : outcome);
    },
  };
  return self;
};
