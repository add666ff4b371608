import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compose, type Service } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import { httpServer } from "../../src/http/server.ts";
import { createMetrics, observed, watched } from "../../src/observe/metrics.ts";
import { modelEmulator, type ModelEmulator } from "../emulators/model.ts";
import { post, realClock, silentLog } from "../fixtures/door.ts";

const CANDIDATE = "new/model-7b";
const QUESTION = "Why is ammonia bad for broilers, and how do I keep it low?";
/** Every third answer of a model has a figure that no passage supports. */
const script = (_model: string, nth: number) => ({
  steps: [
    { say: "Keep ammonia below 10 ppm in the broiler house [1]. " },
    {
      say:
        nth % 3 === 2 ? "It may reach 85 ppm for an hour. " : "Above 20 ppm birds fall ill more easily [1].",
    },
    { finish: "stop", usage: { prompt_tokens: 700, completion_tokens: 40 } },
    { done: true as const },
  ],
});

interface Arm {
  arm: string;
  model: string;
  calls: number;
  texts: number;
  clean_texts: number;
  prompt_tokens: number;
  cost_usd: number | null;
}
interface Report {
  share: number | null;
  verdict: { decision: string } | null;
  arms: Arm[];
}

let dataDir = "";
let model: ModelEmulator;
let service: Service;
let url = "";
let stop: () => Promise<void>;
let env: Record<string, string> = {};

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "flockwise-ab-"));
  model = await modelEmulator(script);
  env = {
    DATA_DIR: dataDir,
    LLM_BASE_URL: model.url,
    LLM_CANDIDATE_MODEL: CANDIDATE,
    LLM_CANDIDATE_SHARE: "0.5",
    CACHE_MODE: "off",
    LLM_PRICES: `${CANDIDATE}=1/2`,
  };
  const metrics = createMetrics({ process: false });
  service = compose(loadConfig(env), { watch: watched(metrics) });
  const server = httpServer({
    engine: observed(service.engine, metrics, service.clock),
    people: service.people,
    config: { port: 0, host: "127.0.0.1" },
    clock: realClock,
    log: silentLog,
    metrics,
  });
  ({ url } = await server.listen());
  stop = () => server.close();
  for (let nth = 0; nth < 12; nth += 1) {
    const messages = [{ role: "user", content: QUESTION }];
    const response = await fetch(
      `${url}/v1/chat/completions`,
      post({ model: "flockwise", user: `farm ${nth}`, messages }),
    );
    expect(await response.json()).toMatchObject({ flockwise: { via: "model" } });
  }
});
afterAll(async () => {
  await stop();
  await service.close();
  await model.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const run = promisify(execFile);
/** Another process, over the folder of the service that runs. */
const ask = async (more: Record<string, string>, ...args: string[]): Promise<string> =>
  (
    await run(process.execPath, ["--import", "tsx", "src/cli/ask.ts", "/ab", ...args], {
      env: { PATH: process.env["PATH"], ...more },
    })
  ).stdout;
const heardOf = (name: string): number => model.heard.filter((heard) => heard.model === name).length;

test("`npm run ask -- /ab` sees what the running service has counted", async () => {
  // it is put away within two seconds
  await sleep(2_200);
  const { report } = JSON.parse(await ask(env, "--json")) as { report: Report };
  const byArm = Object.fromEntries(report.arms.map((arm) => [arm.arm, arm]));
  const tried = heardOf(CANDIDATE);
  expect(tried).toBeGreaterThan(0);
  expect(report.share).toBe(0.5);
  expect(report.verdict?.decision).toBe("undecided");
  expect(byArm["candidate"]).toMatchObject({
    model: CANDIDATE,
    calls: tried,
    texts: tried,
    clean_texts: tried - Math.floor(tried / 3),
    prompt_tokens: 700 * tried,
  });
  expect(byArm["candidate"]?.cost_usd).toBeCloseTo((tried * (700 + 2 * 40)) / 1e6, 9);
  expect(byArm["main"]).toMatchObject({ calls: 12 - tried, cost_usd: null });
  const text = await ask(env, "--lang", "nl");
  expect(text).toContain("Oordeel: onbeslist.");
});

test("without the model's variables it says so in one sentence, and without a candidate that no trial is on", async () => {
  expect(await ask({ DATA_DIR: dataDir })).toMatch(/^No model is connected here[^\n]*\n*$/);
  const { LLM_CANDIDATE_MODEL: _, ...rest } = env;
  const text = await ask(rest);
  expect(text).toContain("No trial is on");
  expect(text).not.toContain(CANDIDATE);
});

test("only a terminal is told: over HTTP nobody learns which models there are", async () => {
  const messages = [{ role: "user", content: "/ab" }];
  const response = await fetch(`${url}/v1/chat/completions`, post({ model: "flockwise", messages }));
  expect(await response.text()).not.toMatch(/Llama|model-7b/);
});

test("/metrics counts the calls by model, arm and outcome, and weighs each part of the prompts", async () => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const tried = heardOf(CANDIDATE);
  expect(text).toContain(
    `flockwise_model_calls_total{model="${CANDIDATE}",arm="candidate",outcome="ok"} ${tried}`,
  );
  expect(text).toContain(`flockwise_model_first_token_seconds_count{model="${CANDIDATE}"} ${tried}`);
  const parts = [...text.matchAll(/^flockwise_prompt_tokens_count\{part="(\w+)"\} (\d+)$/gm)];
  expect(Object.fromEntries(parts.map(([, part, count]) => [part, count]))).toEqual({
    system: "12",
    kind: "12",
    terms: "12",
    passages: "12",
    conversation: "12",
    question: "12",
    language: "12",
  });
  const system = Number(/^flockwise_prompt_tokens_sum\{part="system"\} (\d+)$/m.exec(text)?.[1]) / 12;
  expect(system).toBeGreaterThan(100);
  expect(system).toBeLessThan(1_100);
});
