import { expect, test } from "vitest";
import type { AnswerEvent } from "../../../src/core/types.ts";
import { createMetrics, observed } from "../../../src/observe/metrics.ts";
import { atOnce, stubAnswer, stubEngine } from "../../fixtures/stub-engine.ts";

const NAMES = [
  ["flockwise_answers_total", "counter"],
  ["flockwise_answer_seconds", "histogram"],
  ["flockwise_first_text_seconds", "histogram"],
  ["flockwise_cache_lookups_total", "counter"],
  ["flockwise_cache_lookup_seconds", "histogram"],
  ["flockwise_model_calls_total", "counter"],
  ["flockwise_model_first_token_seconds", "histogram"],
  ["flockwise_prompt_tokens", "histogram"],
  ["flockwise_platform_calls_total", "counter"],
  ["flockwise_platform_edits_per_answer", "histogram"],
  ["flockwise_single_flight_waiters", "gauge"],
  ["flockwise_feedback_total", "counter"],
] as const;

const clockOf = (...times: number[]) => ({ now: () => 0, monotonic: () => times.shift() ?? 0 });
const drain = async (events: AsyncIterable<AnswerEvent>) => {
  const seen: AnswerEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
};

test("every metric has its type before anything happened, beside those of the process", async () => {
  const text = await createMetrics().render();
  for (const [name, type] of NAMES) expect(text).toContain(`# TYPE ${name} ${type}`);
  expect(text).toContain("process_resident_memory_bytes");
});

test("an answer is counted and timed once, and its events pass untouched", async () => {
  const metrics = createMetrics({ process: false });
  const answer = stubAnswer({ via: "calculator", lang: "th" });
  const engine = observed(
    stubEngine(() => atOnce(answer)),
    metrics,
    clockOf(1000, 1002, 1004),
  );
  const seen = await drain(engine.ask({ text: "x", channel: "web" }));
  expect(seen).toEqual(await drain(atOnce(answer)));
  const text = await metrics.render();
  expect(text).toContain('flockwise_answers_total{via="calculator",lang="th",channel="web"} 1');
  expect(text).toContain('flockwise_first_text_seconds_sum{channel="web"} 0.002');
  expect(text).toContain('flockwise_answer_seconds_sum{via="calculator"} 0.004');
});

test("leaving the loop ends the engine's work", async () => {
  let ended = false;
  const engine = stubEngine(async function* () {
    try {
      for (;;) yield { type: "text-delta", text: "word " } as AnswerEvent;
    } finally {
      ended = true;
    }
  });
  for await (const _event of observed(engine, createMetrics({ process: false }), clockOf()).ask({
    text: "x",
    channel: "http",
  }))
    break;
  expect(ended).toBe(true);
});
