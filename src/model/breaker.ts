import type { Clock } from "../core/ports.ts";

/** Leave to call a model once; settled exactly once, later calls are ignored. */
export interface Pass {
  succeeded(): void;
  /** `retryAfterMs` above 0: the server said when to come back, so nobody comes earlier. */
  failed(retryAfterMs?: number): void;
  /** The call was given up for a reason that says nothing about the model. */
  released(): void;
}

export type BreakerState = "closed" | "open" | "half-open";

export interface Breaker {
  /** Undefined while the model is left alone. */
  enter(model: string): Pass | undefined;
  state(model: string): BreakerState;
  /** Milliseconds until the model may be tried again; 0 when it may be now. */
  waitMs(model: string): number;
}

export interface BreakerOptions {
  /** Failures in a row that open the breaker. */
  failures: number;
  /** How long it stays open the first time; doubled each time that the trial fails. */
  openMs: number;
  maxOpenMs: number;
  /** A trial that has not been settled by then is forgotten, and another may be made. */
  trialMs: number;
}
const defaults: BreakerOptions = { failures: 5, openMs: 5_000, maxOpenMs: 60_000, trialMs: 120_000 };

interface Circuit {
  failures: number;
  /** Openings since it was last closed. */
  openings: number;
  openUntil: number | undefined;
  trialUntil: number;
  /** Rises with each opening and closing: a pass of an earlier time changes nothing. */
  epoch: number;
}

/**
 * Leaves a failing model alone: closed, then open for a while, then half-open with one trial call at a time. One
 * circuit a model; models are the few of the configuration.
 */
export const circuitBreaker = (clock: Clock, options: Partial<BreakerOptions> = {}): Breaker => {
  const { failures, openMs, maxOpenMs, trialMs } = { ...defaults, ...options };
  const circuits = new Map<string, Circuit>();
  const circuitOf = (model: string): Circuit => {
    const known = circuits.get(model);
    if (known !== undefined) return known;
    const fresh = { failures: 0, openings: 0, openUntil: undefined, trialUntil: 0, epoch: 0 };
    circuits.set(model, fresh);
    return fresh;
  };
  const open = (circuit: Circuit, forMs: number): void => {
    circuit.openUntil = clock.monotonic() + Math.min(maxOpenMs, forMs);
    circuit.trialUntil = 0;
    circuit.epoch += 1;
  };
  const close = (circuit: Circuit): void => {
    circuit.failures = 0;
    circuit.openings = 0;
    circuit.openUntil = undefined;
    circuit.epoch += 1;
  };
  const passOf = (circuit: Circuit, trial: boolean): Pass => {
    const { epoch } = circuit;
    let settled = false;
    const settle = (change: () => void) => {
      if (settled) return;
      settled = true;
      if (circuit.epoch === epoch) change();
    };
    return {
      succeeded: () =>
        settle(() => {
          if (trial) close(circuit);
          else circuit.failures = 0;
        }),
      failed: (retryAfterMs = 0) =>
        settle(() => {
          circuit.failures += 1;
          if (retryAfterMs > 0) return open(circuit, retryAfterMs);
          if (!trial && circuit.failures < failures) return;
          open(circuit, openMs * 2 ** circuit.openings);
          circuit.openings += 1;
        }),
      released: () =>
        settle(() => {
          if (trial) circuit.trialUntil = 0;
        }),
    };
  };
  return {
    enter(model) {
      const circuit = circuitOf(model);
      if (circuit.openUntil === undefined) return passOf(circuit, false);
      const now = clock.monotonic();
      if (now < circuit.openUntil || now < circuit.trialUntil) return undefined;
      circuit.trialUntil = now + trialMs;
      return passOf(circuit, true);
    },
    state(model) {
      const openUntil = circuits.get(model)?.openUntil;
      if (openUntil === undefined) return "closed";
      return clock.monotonic() < openUntil ? "open" : "half-open";
    },
    waitMs(model) {
      const circuit = circuits.get(model);
      if (circuit?.openUntil === undefined) return 0;
      return Math.max(0, Math.max(circuit.openUntil, circuit.trialUntil) - clock.monotonic());
    },
  };
};
