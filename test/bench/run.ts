import { mkdtempSync, rmSync } from "node:fs";
import { cpus, loadavg, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { compose } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import { cacheRows } from "./cache.ts";
import { frameAccuracy, longestText, questionTimes, stepsPerCharacter, type Times } from "./engine.ts";
import { generatedQuestions } from "./generated.ts";
import { benchHttp } from "./http.ts";
import { ingestRows } from "./ingest.ts";
import { promptRows } from "./prompts.ts";
import { retrievalRows } from "./retrieval.ts";
import { atLeast, atMost, type Row } from "./rows.ts";
import { benchService } from "./service.ts";
import { streamRows } from "./stream.ts";

const QUESTIONS = 20_000;
const LENGTHS = [500, 1000, 2000, 4000];
/** Few enough that no question of questions.ts comes twice. */
const HTTP = { rounds: 3, requests: 8400 };

const engineRows = async (): Promise<Row[]> => {
  const dataDir = mkdtempSync(join(tmpdir(), "flockwise-bench-"));
  const service = compose(loadConfig({ DATA_DIR: dataDir }));
  try {
    const times: Times = await questionTimes(service.engine, generatedQuestions(QUESTIONS));
    const longest = await longestText(service.engine);
    const count = QUESTIONS.toLocaleString("en");
    return [
      atMost(`engine p50 a question, ${count} distinct in 16 languages`, times.p50, 0.15, "ms", 3),
      atMost("engine p99", times.p99, 3, "ms", 3),
      atMost(`4,000 characters, the slowest text (${longest.name})`, longest.ms, 20, "ms", 1),
      stepRow(),
    ];
  } finally {
    await service.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

/** Work is linear when a character costs the same at every length. */
const MOST_GROWTH = 1.2;
const stepRow = (): Row => {
  const steps = stepsPerCharacter(LENGTHS);
  const growth = (steps.at(-1) ?? 0) / (steps[0] ?? 1);
  return {
    name: `parser steps a character at ${LENGTHS.map((length) => length.toLocaleString("en")).join(", ")}`,
    measured: steps.map((count) => count.toFixed(2)).join(", "),
    goal: `linear: growth ≤ ${MOST_GROWTH}`,
    met: growth <= MOST_GROWTH,
  };
};

const httpRows = async (): Promise<Row[]> => {
  const { one, fifty, ratio } = await benchHttp(HTTP);
  // a server that refuses is fast; its figures are none
  if (one.failures + fifty.failures > 0) throw new Error("the HTTP bench had answers that were not 200");
  return [
    atMost("HTTP p50, one connection", one.p50, 3, "ms", 2),
    atLeast(
      "HTTP at 50 connections, all distinct: rate against bare hono in the same run",
      ratio * 100,
      15,
      `${(ratio * 100).toFixed(0)} %`,
    ),
  ];
};

const serviceRows = async (): Promise<Row[]> => {
  const { readyMs, idleMb, afterMb } = await benchService();
  return [
    atMost("memory of the node process, idle", idleMb, 150, "MB"),
    atMost("memory after 100,000 questions", afterMb, 170, "MB"),
    atMost("npm start to ready, median of 5", readyMs, 2000, "ms"),
  ];
};

const accuracyRows = (): Row[] =>
  frameAccuracy().map(({ lang, exact, all }) => {
    const share = (100 * exact) / all;
    return atLeast(`whole frame exact, ${lang}`, share, 98, `${exact}/${all} = ${share.toFixed(1)} %`);
  });

const mark = (met: boolean | undefined): string => (met === undefined ? "–" : met ? "yes" : "NO");
const said = ({ name, measured, goal, met }: Row): string =>
  `| ${name} | ${measured} | ${goal} | ${mark(met)} |`;

const PARTS: Readonly<Record<string, () => Row[] | Promise<Row[]>>> = {
  service: serviceRows,
  http: httpRows,
  engine: engineRows,
  accuracy: accuracyRows,
  retrieval: retrievalRows,
  prompts: promptRows,
  stream: streamRows,
  ingest: ingestRows,
  cache: cacheRows,
};

/**
 * Prints the machine and one Markdown table: every figure of the README, beside its goal. With names
 * (`npm run bench -- prompts stream`) only those parts are measured.
 */
const main = async (): Promise<void> => {
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(PARTS);
  const unknown = names.filter((name) => !(name in PARTS));
  if (unknown.length > 0)
    throw new Error(`no part ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}`);
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  console.log(`${cpu?.model.trim()}, ${cpus().length} cores, ${memory} GB, node ${process.version}`);
  // a figure is one of a machine that does nothing else only when this is near nothing
  console.log(`load at the start: ${loadavg()[0]?.toFixed(1)}\n`);
  const rows: Row[] = [];
  for (const name of names) {
    process.stderr.write(`measuring ${name} …\n`);
    rows.push(...((await PARTS[name]?.()) ?? []));
  }
  console.log(["| figure | measured | goal | met |", "|---|---|---|---|", ...rows.map(said)].join("\n"));
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
