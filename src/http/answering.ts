import type { AnswerEvent } from "../core/types.ts";

/** Events that came at once, and what is still to come (`undefined` when the answer is complete). */
export interface Started {
  events: AnswerEvent[];
  rest: AsyncIterator<AnswerEvent> | undefined;
}

const LATER = Symbol("later");

/**
 * Takes all events that come without waiting for anything outside the process. An answer from the tables is
 * then whole before its first byte is sent; a model's answer goes on in `rest`.
 */
export const takeReady = async (source: AsyncIterable<AnswerEvent>): Promise<Started> => {
  const iterator = source[Symbol.asyncIterator]();
  const events: AnswerEvent[] = [];
  let turn: NodeJS.Immediate | undefined;
  const nextTurn = new Promise<typeof LATER>((resolve) => {
    turn = setImmediate(resolve, LATER);
  });
  try {
    for (;;) {
      const pending = iterator.next();
      const step = await Promise.race([pending, nextTurn]);
      if (step === LATER) return { events, rest: resumed(iterator, pending) };
      if (step.done === true) return { events, rest: undefined };
      events.push(step.value);
    }
  } finally {
    clearImmediate(turn);
  }
};

/** The iterator again, beginning with a step that was already asked for. */
const resumed = (
  iterator: AsyncIterator<AnswerEvent>,
  pending: Promise<IteratorResult<AnswerEvent>>,
): AsyncIterator<AnswerEvent> => {
  let first: Promise<IteratorResult<AnswerEvent>> | undefined = pending;
  // The step may fail before its reader comes; the reader then still sees it.
  pending.catch(() => {});
  return {
    next() {
      const step = first ?? iterator.next();
      first = undefined;
      return step;
    },
    return: () => iterator.return?.() ?? Promise.resolve({ done: true, value: undefined }),
  };
};

/** Counts the answers that are being made; `enter` gives the way out, or nothing when the house is full. */
export interface Gate {
  enter(): (() => void) | undefined;
  readonly inside: number;
}

export const gate = (limit: number): Gate => {
  let inside = 0;
  return {
    enter() {
      if (inside >= limit) return undefined;
      inside += 1;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        inside -= 1;
      };
    },
    get inside() {
      return inside;
    },
  };
};
