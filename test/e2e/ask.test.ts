import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);

describe("npm run ask", () => {
  let dataDir = "";
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), "flockwise-ask-"));
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  const env = () => ({ ...process.env, DATA_DIR: dataDir });
  const ask = async (...args: string[]) =>
    (await run(process.execPath, ["--import", "tsx", "src/cli/ask.ts", ...args], { env: env() })).stdout;
  const json = async (...args: string[]) =>
    JSON.parse(await ask(...args, "--json")) as Record<string, unknown>;

  test("prints an answer, number first, without markup when nobody looks", async () => {
    const text = await ask("Weight of a Ross 308 at 21 days?");
    expect(text).toMatch(/^1,012/);
    expect(text).not.toContain("**");
    expect(text).not.toContain("\u001B");
  });

  test("--json prints the flockwise object and the text, as one line", async () => {
    const answer = await json("Weight of a Ross 308 at 21 days?");
    expect(Object.keys(answer).sort()).toEqual([
      "cache",
      "chart",
      "entry",
      "frame",
      "lang",
      "model",
      "receipt",
      "rules",
      "sources",
      "suggestions",
      "text",
      "timings_ms",
      "values",
      "via",
    ]);
    expect(answer).toMatchObject({ via: "standard", frame: { line: "ross_308", age_days: 21 } });
  });

  test("--chat remembers over two runs, --lang overrides", async () => {
    await ask("Weight of a Ross 308 at 21 days?", "--chat", "t1");
    expect(await json("and at 28 days?", "--chat", "t1", "--lang", "fr")).toMatchObject({
      lang: "fr",
      frame: { line: "ross_308", metric: "body_weight", age_days: 28 },
    });
  });

  test("reads the question from a pipe", async () => {
    const child = spawn(process.execPath, ["--import", "tsx", "src/cli/ask.ts"], { env: env() });
    let out = "";
    child.stdout.on("data", (chunk) => (out += String(chunk)));
    child.stdin.end("Weight of a Ross 308 at 21 days?\n");
    await new Promise((resolve) => child.once("close", resolve));
    expect(out).toMatch(/^1,012/);
  });

  test("a wrong option is told in one line, and the exit code says so", async () => {
    const failure = (await ask("x", "--lang", "xx").catch((error: unknown) => error)) as {
      code: number;
      stderr: string;
    };
    expect(failure.code).toBe(1);
    expect(failure.stderr).toMatch(/--lang.*one of ar de en/);
    expect(failure.stderr).not.toMatch(/\n\s+at /);
  });
});
