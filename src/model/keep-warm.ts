import { FlockError } from "../core/errors.ts";
import type { Clock, Model, Prompt } from "../core/ports.ts";
import type { Breaker } from "./breaker.ts";
import { within } from "./within.ts";

export interface KeepWarm {
  /** A model was just asked by someone: its next ping is put off. */
  used(model: string): void;
  /** No ping begins after this, and the ones under way have been given up when it resolves. */
  stop(): Promise<void>;
}

export interface KeepWarmOptions {
  models: readonly Model[];
  /** 0 is off. */
  everyMs: number;
  breaker: Breaker;
  clock: Clock;
  /** Most time of one ping: a cold start loads a whole model. */
  pingMs?: number;
}

const PING: Prompt = { system: "Reply with one word.", user: "ping", maxTokens: 1 };

/**
 * Asks an idle model for one token now and then, so that its server keeps it loaded. The breaker hears how it
 * went: a model that came back is known to be back before a person asks.
 */
export const keepWarm = (options: KeepWarmOptions): KeepWarm => {
  const { everyMs, breaker, clock, pingMs = 60_000 } = options;
  const models = [...new Map(options.models.map((model) => [model.id, model])).values()];
  const lastUse = new Map(models.map(({ id }) => [id, clock.monotonic()]));
  const timers = new Map<string, NodeJS.Timeout>();
  const pings = new Set<Promise<void>>();
  const stopped = new AbortController();

  const ping = async (model: Model): Promise<void> => {
    const pass = breaker.enter(model.id);
    if (pass === undefined) return;
    const hangUp = new AbortController();
    const leave = (): void => hangUp.abort(stopped.signal.reason);
    stopped.signal.addEventListener("abort", leave, { once: true });
    const heard = async (): Promise<void> => {
      for await (const piece of model.stream(PING, hangUp.signal)) if ("end" in piece) return;
    };
    try {
      await within(heard(), pingMs, stopped.signal, () => new FlockError("model", `model ${model.id}: cold`));
      pass.succeeded();
    } catch (error) {
      if (stopped.signal.aborted) pass.released();
      else pass.failed(error instanceof FlockError ? error.retryAfterMs : undefined);
    } finally {
      stopped.signal.removeEventListener("abort", leave);
      hangUp.abort();
    }
  };
  const plan = (model: Model): void => {
    if (stopped.signal.aborted) return;
    const due = (lastUse.get(model.id) ?? 0) + everyMs - clock.monotonic();
    const timer = setTimeout(() => tick(model), Math.max(1, due));
    timer.unref();
    timers.set(model.id, timer);
  };
  const tick = (model: Model): void => {
    if (clock.monotonic() - (lastUse.get(model.id) ?? 0) < everyMs) return plan(model);
    const pinged = ping(model).then(() => {
      lastUse.set(model.id, clock.monotonic());
      pings.delete(pinged);
      plan(model);
    });
    pings.add(pinged);
  };
  if (everyMs > 0) for (const model of models) plan(model);

  return {
    used(model) {
      if (lastUse.has(model)) lastUse.set(model, clock.monotonic());
    },
    async stop() {
      stopped.abort();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(pings);
    },
  };
};
