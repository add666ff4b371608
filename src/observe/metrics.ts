import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Clock, Engine, ModelWatch } from "../core/ports.ts";
import type { Answer, AnswerEvent, LookUpReport, Request } from "../core/types.ts";

const FAST = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];
const COUNTS = [1, 2, 3, 5, 8, 13, 21, 34, 55];
const TOKENS = [0, 10, 25, 50, 100, 200, 400, 800, 1200, 2400, 4800];

/** Every metric of docs/door.md, there from the start. */
const metricsOf = (registry: Registry) => {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter<L>({ name, help, labelNames, registers });
  const histogram = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    buckets = FAST,
  ) => new Histogram<L>({ name, help, labelNames, buckets, registers });
  return {
    answers: counter("flockwise_answers_total", "Answers given", ["via", "lang", "channel"]),
    answerSeconds: histogram("flockwise_answer_seconds", "From the question to the end of the answer", [
      "via",
    ]),
    firstTextSeconds: histogram("flockwise_first_text_seconds", "From the question to its first text", [
      "channel",
    ]),
    cacheLookups: counter("flockwise_cache_lookups_total", "Lookups in the answer cache", ["tier", "result"]),
    cacheLookupSeconds: histogram("flockwise_cache_lookup_seconds", "Time of a cache lookup", ["tier"]),
    modelCalls: counter("flockwise_model_calls_total", "Calls to language models", [
      "model",
      "arm",
      "outcome",
    ]),
    modelFirstTokenSeconds: histogram("flockwise_model_first_token_seconds", "To a model's first token", [
      "model",
    ]),
    promptTokens: histogram("flockwise_prompt_tokens", "Tokens of a prompt, by its part", ["part"], TOKENS),
    platformCalls: counter("flockwise_platform_calls_total", "Calls to chat platforms", [
      "channel",
      "method",
      "outcome",
    ]),
    platformEdits: histogram(
      "flockwise_platform_edits_per_answer",
      "Edits that an answer took",
      ["channel"],
      COUNTS,
    ),
    singleFlightWaiters: new Gauge({
      name: "flockwise_single_flight_waiters",
      help: "Questions that wait for another's answer",
      registers,
    }),
    feedback: counter("flockwise_feedback_total", "Thumbs given", ["rating"]),
  };
};

export type Metrics = ReturnType<typeof metricsOf> & {
  readonly contentType: string;
  /** All metrics in Prometheus' text format. */
  render(): Promise<string>;
};

/** A registry of its own with every metric in it; `process` adds those of Node (a timer runs then). */
export const createMetrics = (options: { process?: boolean } = {}): Metrics => {
  const registry = new Registry();
  if (options.process !== false) collectDefaultMetrics({ register: registry });
  return {
    ...metricsOf(registry),
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
};

/** Counts thumbs: a changed mind takes its first rating back. */
export const feedbackCounter = (metrics: Metrics): ((rating: string, before: string | undefined) => void) => {
  const given = new Map<string, number>();
  return (rating, before) => {
    given.set(rating, (given.get(rating) ?? 0) + 1);
    if (before !== undefined) given.set(before, Math.max(0, (given.get(before) ?? 0) - 1));
    // a counter cannot go down: it is set anew
    metrics.feedback.reset();
    for (const [name, count] of given) metrics.feedback.inc({ rating: name }, count);
  };
};

/** Counts the calls of models and weighs their prompts; the names are those of the configuration, so they are few. */
export const watched = (metrics: Metrics): ModelWatch => ({
  called({ model, arm, outcome, firstTokenMs }) {
    metrics.modelCalls.inc({ model, arm, outcome });
    if (firstTokenMs !== null) metrics.modelFirstTokenSeconds.observe({ model }, firstTokenMs / 1000);
  },
  prompted(tokens) {
    for (const [part, count] of Object.entries(tokens)) metrics.promptTokens.observe({ part }, count);
  },
});

/** Counts and times the answers of an engine from outside, without touching the events. */
export const observed = (engine: Engine, metrics: Metrics, clock: Clock): Engine => {
  const seconds = (start: number): number => (clock.monotonic() - start) / 1000;
  const lookedUp = ({ stage, tier, ms }: LookUpReport): void => {
    const named = tier ?? (stage === "same" ? "exact" : "semantic");
    metrics.cacheLookups.inc({ tier: named, result: tier === undefined ? "miss" : "hit" });
    metrics.cacheLookupSeconds.observe({ tier: named }, ms / 1000);
  };
  const ended = (answer: Answer, channel: string, start: number): void => {
    metrics.answers.inc({ via: answer.via, lang: answer.lang, channel });
    metrics.answerSeconds.observe({ via: answer.via }, seconds(start));
  };
  // An iterator by hand: a generator around the engine's would cost two more turns an event.
  const watch = (
    events: AsyncIterator<AnswerEvent>,
    channel: string,
    start: number,
  ): AsyncIterator<AnswerEvent> => {
    let spoken = false;
    const see = (step: IteratorResult<AnswerEvent>): IteratorResult<AnswerEvent> => {
      if (step.done === true) return step;
      if (step.value.type === "text-delta" && !spoken) {
        spoken = true;
        metrics.firstTextSeconds.observe({ channel }, seconds(start));
      } else if (step.value.type === "answer-end") {
        ended(step.value.answer, channel, start);
        step.value.lookUps?.forEach(lookedUp);
      }
      return step;
    };
    return {
      next: () => events.next().then(see),
      return: () => events.return?.() ?? Promise.resolve({ done: true, value: undefined }),
    };
  };
  return {
    ask: (request: Request, signal?: AbortSignal) => {
      const start = clock.monotonic();
      const events = engine.ask(request, signal);
      return { [Symbol.asyncIterator]: () => watch(events[Symbol.asyncIterator](), request.channel, start) };
    },
  };
};
