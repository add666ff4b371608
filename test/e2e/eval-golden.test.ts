import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { evaluate, type Evaluated, type Options } from "../../src/cli/eval/run.ts";
import type { Report } from "../../src/cli/eval/report.ts";
import type { Engine, Retriever } from "../../src/core/ports.ts";
import type { Passage } from "../../src/core/types.ts";
import { modelEmulator } from "../emulators/model.ts";
import { engineWithRetriever } from "../fixtures/with-retriever.ts";

const GOLDEN = "test/fixtures/questions/golden.jsonl";

const scored = async (house: Evaluated, files: string[], options: Partial<Options> = {}) => {
  let [out, err] = ["", ""];
  const code = await evaluate(
    house,
    files,
    { json: true, repeats: 3, ...options },
    { out: (text) => (out += text), err: (text) => (err += text) },
  );
  return { code, err, report: JSON.parse(out) as Report };
};

/** As sure as the own retriever, of other passages. */
const wrongPassages = (own: Retriever, passages: readonly Passage[]): Retriever => ({
  ...own,
  async search(query, limit) {
    const found = await own.search(query, limit);
    return found.map((one) => {
      const at = passages.findIndex(({ id }) => id === one.passage.id);
      const other = passages[(at + Math.floor(passages.length / 2)) % passages.length];
      return { ...one, passage: other ?? one.passage };
    });
  },
});
const nothing = (own: Retriever): Retriever => ({ ...own, search: async () => [] });

describe("the golden questions hold the retriever to its floor", () => {
  test("a sound one passes, and without a model every asking gets the same answer", async () => {
    const house = engineWithRetriever((own) => own);
    const { code, err, report } = await scored(house, [GOLDEN]);
    house.close();
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(report.floors).toMatchObject([{ file: GOLDEN, passed: true }]);
    expect(report.golden).toMatchObject({ model: null, repeats: 3, changed: 0, unequal: [] });
    expect(Object.keys(report.golden?.by_lang ?? {})).toHaveLength(16);
    const { right = 0, wrong = 0, unanswered = 0 } = report.golden?.all ?? {};
    expect(right + wrong + unanswered).toBe(128);
  });

  test.each([
    ["wrong passages", wrongPassages],
    ["nothing", nothing],
  ])("one that returns %s fails", async (_, broken) => {
    const house = engineWithRetriever(broken);
    const { code, err, report } = await scored(house, [GOLDEN], { repeats: 1 });
    house.close();
    expect(code).toBe(1);
    expect(err).toMatch(/golden\.jsonl: \d+\.\d % right, below the floor of/);
    expect(report.floors).toMatchObject([{ passed: false }]);
    // what is left is what needs no passage
    expect(report.golden?.all.share?.value).toBeLessThan(0.5);
  });
});

describe("npm run eval on golden questions", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "flockwise-golden-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, lines: readonly object[]): string => {
    const path = join(folder, name);
    writeFileSync(path, lines.map((line) => JSON.stringify(line)).join("\n"));
    return path;
  };
  const ammonia = {
    id: "a",
    kind: "golden",
    lang: "en",
    text: "How much ammonia is allowed in a broiler house?",
    facts: [{ numbers: ["10"], unit: "ppm", must: ["ammonia"] }],
    contradictions: [],
    answerable: true,
  };
  const price = { ...ammonia, id: "b", text: "price of pullets today?", facts: [], answerable: false };
  const falsely = { ...ammonia, id: "c", facts: [{ numbers: ["77"], unit: "ppm" }] };

  const run = (
    args: string[],
    env: Record<string, string> = {},
  ): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        ["--import", "tsx", "src/cli/eval.ts", ...args],
        { env: { ...process.env, TMPDIR: folder, HF_TOKEN: "", LLM_BASE_URL: "", ...env } },
        (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });

  test("tells right, wrong and unanswered with intervals, and fails below --floor", async () => {
    const path = file("three.jsonl", [ammonia, price, falsely]);
    const held = await run([path, "--floor", "60%"]);
    expect(held.code).toBe(0);
    const rows = held.stdout.split("\n").slice(0, 3);
    expect(rows).toEqual([
      "golden  questions  right  wrong  unanswered  right %  95 % from    to",
      "en              3      2      1           0     66.7       20.8  93.9",
      "all             3      2      1           0     66.7       20.8  93.9",
    ]);
    expect(held.stdout).toContain("model none; each question asked 3 times: right 66.7 / 66.7 / 66.7 %");
    const missed = await run([path, "--floor", "0.7", "--repeats", "1"]);
    expect(missed.code).toBe(1);
    expect(missed.stderr).toBe("all files: 66.7 % right, below the floor of 70.0 %\n");
  });

  test("a floor over no golden question is not held, and what is no share is refused", async () => {
    const other = file("other.jsonl", [{ lang: "fr", text: "salut", kind: "smalltalk" }]);
    const none = await run([other, "--floor", "0.1"]);
    expect([none.code, none.stderr]).toEqual([
      1,
      "all files: no golden question to hold against the floor of 10.0 %\n",
    ]);
    expect((await run([other, "--floor", "60"])).stderr).toContain("a share such as");
    expect((await run([other, "--repeats", "0"])).code).toBe(1);
  });

  test("the floor of a README beside the file counts", async () => {
    const path = file("held.jsonl", [falsely]);
    writeFileSync(join(folder, "README.md"), "Floor of held.jsonl: 50 %\n");
    const { code, stderr } = await run([path]);
    expect(code).toBe(1);
    expect(stderr).toContain("held.jsonl: 0.0 % right, below the floor of 50.0 %");
    rmSync(join(folder, "README.md"));
  });

  test("an engine without a model that answers differently fails", async () => {
    let nth = 0;
    const house = engineWithRetriever((own) => own);
    const fickle: Engine = {
      async *ask(request, signal) {
        for await (const event of house.engine.ask(request, signal))
          yield event.type === "answer-end"
            ? { ...event, answer: { ...event.answer, text: `${event.answer.text}\n${"!".repeat(nth++)}` } }
            : event;
      },
    };
    const { code, err, report } = await scored({ ...house, forgetful: () => fickle }, [
      file("one.jsonl", [ammonia]),
    ]);
    house.close();
    expect(code).toBe(1);
    expect(err).toMatch(/one\.jsonl:1: the same question, another answer/);
    expect(report.golden).toMatchObject({ changed: 0, all: { right: 1 } });
  });

  test("with a model the arm and the spread of the rounds are told", async () => {
    const says = (say: string) => ({
      steps: [
        { say },
        { finish: "stop", usage: { prompt_tokens: 7, completion_tokens: 9 } },
        { done: true as const },
      ],
    });
    let asked = 0;
    const server = await modelEmulator(() =>
      asked++ === 1
        ? says("Above 20 ppm respiratory disease strikes more easily [1].")
        : says("Keep ammonia below 10 ppm in the broiler house [1]."),
    );
    const { code, stdout } = await run([file("model.jsonl", [ammonia])], { LLM_BASE_URL: server.url });
    await server.close();
    expect(code).toBe(0);
    expect(stdout).toMatch(/model \S+; each question asked 3 times: right 100\.0 \/ 0\.0 \/ 100\.0 %/);
    expect(stdout).toContain("(spread 100.0 points), 1 judged differently, 1 answered differently");
    expect(stdout).toMatch(/^(?:main|fast) \S+ +2 +1 +0$/m);
  });
});
