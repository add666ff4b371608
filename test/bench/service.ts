import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { load } from "./load.ts";
import { benchQuestion } from "./questions.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const STARTS = 5;
const QUESTIONS = 100_000;
/** Time for what is left of a start or of a burst to be collected. */
const SETTLE_MS = 2000;

interface Running {
  pid: number;
  port: number;
  readyMs: number;
  stop(): Promise<void>;
}

/** The command of a script of package.json, without npm's own process around it. */
export const commandOf = (script: string): string[] => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const [program, ...args] = scripts[script]?.split(" ") ?? [];
  if (program !== "node") throw new Error(`${script} runs ${program}, not node`);
  return args;
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });

/** Starts the service on a free port with a store of its own; resolves at its `ready` line. */
const start = async (dataDir: string): Promise<Running> => {
  const from = performance.now();
  const child = spawn(process.execPath, commandOf("start"), {
    cwd: ROOT,
    env: { ...process.env, PORT: "0", HOST: "127.0.0.1", DATA_DIR: dataDir, LOG_LEVEL: "error" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { msg?: string; url?: string };
    if (said.msg !== "ready" || said.url === undefined) continue;
    const stop = async (): Promise<void> => {
      child.kill("SIGTERM");
      await ended(child);
    };
    const { port } = new URL(said.url);
    return { pid: child.pid ?? 0, port: Number(port), readyMs: performance.now() - from, stop };
  }
  throw new Error("the service ended before it was ready");
};

/** Memory of a process in MB as Linux counts it (VmRSS); undefined where there is no /proc. */
export const residentMb = (pid: number): number | undefined => {
  try {
    const kb = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kb === undefined ? undefined : Number(kb) / 1024;
  } catch {
    return undefined;
  }
};

export interface ServiceFigures {
  /** Milliseconds from the start of the process to its `ready` line, the median of five. */
  readyMs: number;
  idleMb: number | undefined;
  afterMb: number | undefined;
}

/** Starts the service as `npm start` does, and weighs it idle and after 100,000 questions over HTTP. */
export const benchService = async (): Promise<ServiceFigures> => {
  const dataDir = mkdtempSync(join(tmpdir(), "flockwise-bench-"));
  try {
    const ready: number[] = [];
    for (let run = 1; run < STARTS; run += 1) {
      const service = await start(dataDir);
      ready.push(service.readyMs);
      await service.stop();
    }
    const service = await start(dataDir);
    ready.push(service.readyMs);
    await sleep(SETTLE_MS);
    const idleMb = residentMb(service.pid);
    const body = (n: number): string =>
      JSON.stringify({ model: "flockwise", messages: [{ role: "user", content: benchQuestion(n) }] });
    const path = "/v1/chat/completions";
    const { failures } = await load({ port: service.port, path, connections: 50, requests: QUESTIONS, body });
    if (failures > 0) throw new Error(`${failures} of ${QUESTIONS} questions were not answered`);
    await sleep(SETTLE_MS);
    const afterMb = residentMb(service.pid);
    await service.stop();
    const readyMs = ready.sort((a, b) => a - b)[STARTS >> 1] ?? Number.NaN;
    return { readyMs, idleMb, afterMb };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
};
