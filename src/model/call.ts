import { FlockError } from "../core/errors.ts";
import type { Clock, Model, ModelPiece, Prompt } from "../core/ports.ts";
import type { Breaker } from "./breaker.ts";
import { inShare } from "./candidate.ts";
import { type Arm, type CallLimits, type Lane, type ModelCall, type Run, run } from "./run.ts";
import { alarm } from "./within.ts";

export interface Models {
  fast: Model;
  main: Model;
  candidate?: { model: Model; share: number } | undefined;
  breaker: Breaker;
  clock: Clock;
  limits: CallLimits;
  /** Hears of every call of a model, also of those that lost or failed. */
  report?: ((call: ModelCall) => void) | undefined;
}

export interface CallOptions {
  route: "main" | "fast";
  /** Conversation that is asked in; without one the candidate is never asked. */
  chat?: string | undefined;
  signal?: AbortSignal | undefined;
}

export interface Said {
  model: string;
  arm: Arm;
  piece: ModelPiece;
}

/** Reason of an abort by a reader who left: an end, no failure. */
const LEFT = Symbol("left");

/**
 * Asks the models: one by the route, another when the first is late or fails, and the first to speak is heard to
 * its end. Two texts are never mixed: what fails after its first word fails the answer, as a FlockError "model",
 * and the reader keeps what was said.
 */
export const callModels = (
  models: Models,
): ((prompt: Prompt, options: CallOptions) => AsyncIterable<Said>) => {
  const { fast, main, candidate, breaker, clock, limits, report } = models;

  /** Who is asked, in this order; each model once. */
  const lanesOf = (route: "main" | "fast", chat: string | undefined): Lane[] => {
    const lanes: Lane[] = [
      { model: main, arm: "main" },
      { model: fast, arm: "fast" },
    ];
    if (route === "fast") lanes.reverse();
    else if (
      candidate !== undefined &&
      chat !== undefined &&
      inShare(chat, candidate.model.id, candidate.share)
    )
      // the candidate takes the place of the main model, which stands in last
      lanes.reverse().unshift({ model: candidate.model, arm: "candidate" });
    return lanes.filter(({ model }, at) => lanes.findIndex((lane) => lane.model.id === model.id) === at);
  };

  const allLeftAlone = (lanes: readonly Lane[]): FlockError =>
    new FlockError("model", "every model is left alone after failures", {
      retryAfterMs: Math.min(...lanes.map(({ model }) => breaker.waitMs(model.id))),
    });

  async function* conversation(
    prompt: Prompt,
    { route, chat, signal }: CallOptions,
    stop: AbortController,
  ): AsyncGenerator<Said, undefined> {
    signal?.throwIfAborted();
    const leave = (): void => stop.abort(signal?.reason);
    signal?.addEventListener("abort", leave, { once: true });
    const tooLong = new FlockError("model", `no whole answer within ${limits.totalMs} ms`);
    const deadline = setTimeout(() => stop.abort(tooLong), limits.totalMs);
    const hedge = alarm(limits.hedgeMs);
    const lanes = lanesOf(route, chat);
    const waiting = [...lanes];
    const running = new Set<Run>();

    const startNext = (): boolean => {
      for (let lane = waiting.shift(); lane !== undefined; lane = waiting.shift()) {
        const pass = breaker.enter(lane.model.id);
        if (pass === undefined) continue;
        running.add(run({ lane, pass, prompt, limits, clock, signal: stop.signal, report }));
        return true;
      }
      return false;
    };
    /** Waits until one has spoken; starts others when it is late or has failed. */
    const contest = async (): Promise<{ run: Run; text: string }> => {
      if (!startNext()) throw allLeftAlone(lanes);
      let hedged = false;
      for (;;) {
        const openings = [...running].map(({ opening }) => opening);
        const heard = await Promise.race(hedged ? openings : [...openings, hedge.rings]);
        stop.signal.throwIfAborted();
        if (heard === "alarm") {
          hedged = true;
          startNext();
        } else if ("text" in heard) {
          return heard;
        } else {
          running.delete(heard.run);
          if (running.size === 0 && !startNext()) throw heard.error;
        }
      }
    };

    try {
      const { run: winner, text } = await contest();
      for (const loser of running) if (loser !== winner) loser.giveUp("lost");
      const { model, arm } = winner.lane;
      for await (const piece of winner.pieces(text)) yield { model: model.id, arm, piece };
    } catch (error) {
      if (stop.signal.reason !== LEFT) throw error;
    } finally {
      clearTimeout(deadline);
      hedge.stop();
      signal?.removeEventListener("abort", leave);
      for (const each of running) each.giveUp(stop.signal.reason === tooLong ? "late" : "left");
    }
  }

  return (prompt, options) => {
    const stop = new AbortController();
    const said = conversation(prompt, options, stop);
    return {
      [Symbol.asyncIterator]: () => ({
        next: () => said.next(),
        // a generator that waits for a word hears of its reader's leaving only after the word
        return: () => {
          stop.abort(LEFT);
          return said.return(undefined);
        },
      }),
    };
  };
};
