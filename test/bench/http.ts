import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Part } from "./http-server.ts";
import { load, type Measured } from "./load.ts";
import { benchQuestion } from "./questions.ts";

export interface HttpFigures {
  one: Measured;
  fifty: Measured;
  bareOne: Measured;
  bareFifty: Measured;
  /** Answers a second of flockwise over those of the bare server, medians of alternating rounds. */
  ratio: number;
}

export interface HttpBench {
  rounds?: number;
  requests?: number;
  /** "door" measures the door alone, over an engine that answers without thinking. */
  part?: "flockwise" | "door";
}

const PATH = "/v1/chat/completions";
const SERVER = fileURLToPath(new URL("./http-server.ts", import.meta.url));

const bodyOf = (n: number): string =>
  JSON.stringify({ model: "flockwise", messages: [{ role: "user", content: benchQuestion(n) }] });

/** A server in a process of its own, as it would run. */
const server = (part: Part): Promise<{ port: number; stop: () => void }> =>
  new Promise((resolve, reject) => {
    const child = fork(SERVER, { execArgv: ["--import", "tsx"] });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the server of the bench ended with ${code}`)));
    child.once("message", (message: { port: number }) =>
      resolve({ port: message.port, stop: () => child.kill() }),
    );
    child.send(part);
  });

const sample = async (port: number): Promise<unknown> => {
  const response = await fetch(`http://127.0.0.1:${port}${PATH}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ messages: [{ role: "user", content: "Weight of a Ross 308 at 21 days?" }] }),
  });
  if (!response.ok) throw new Error(`the sample question got ${response.status}`);
  return response.json();
};

const byRate = (rounds: readonly Measured[]): Measured => {
  const sorted = rounds.toSorted((a, b) => a.rate - b.rate);
  const middle = sorted[sorted.length >> 1];
  if (!middle) throw new Error("no rounds");
  return middle;
};

/** Measures the door at 1 and 50 connections, all questions distinct, beside a bare hono server in the same run. */
export const benchHttp = async ({
  rounds = 5,
  requests = 12_000,
  part = "flockwise",
}: HttpBench = {}): Promise<HttpFigures> => {
  const ours = await server({ serve: part });
  const bare = await server({ serve: "bare", json: await sample(ours.port) });
  let asked = 0;
  const run = async (port: number, connections: number, count: number): Promise<Measured> => {
    const from = asked;
    asked += count;
    return load({ port, path: PATH, connections, requests: count, body: (n) => bodyOf(from + n) });
  };
  try {
    for (const { port } of [ours, bare]) await run(port, 50, requests / 2);
    const results = { one: [], fifty: [], bareOne: [], bareFifty: [] } as Record<string, Measured[]>;
    for (let round = 0; round < rounds; round++) {
      results["fifty"]?.push(await run(ours.port, 50, requests));
      results["bareFifty"]?.push(await run(bare.port, 50, requests));
      results["one"]?.push(await run(ours.port, 1, requests / 6));
      results["bareOne"]?.push(await run(bare.port, 1, requests / 6));
    }
    const of = (name: string): Measured => byRate(results[name] ?? []);
    const fifty = of("fifty");
    const bareFifty = of("bareFifty");
    return { one: of("one"), fifty, bareOne: of("bareOne"), bareFifty, ratio: fifty.rate / bareFifty.rate };
  } finally {
    ours.stop();
    bare.stop();
  }
};
