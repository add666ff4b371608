import { spawn } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { knowledge } from "../fixtures/prompting.ts";
import { atMost, beside, type Row } from "./rows.ts";
import { commandOf, residentMb } from "./service.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MB = 1024 * 1024;
const MOST_MB = 400;
const LOOK_MS = 50;

/** Files of a folder, 200 MB together. */
const FILES: readonly (readonly [name: string, mb: number])[] = [
  ["guide.txt", 49],
  ["manual.md", 49],
  ["page.html", 40],
  ["records.csv", 8],
  ["diary.txt", 5],
  ["notes.txt", 49],
];

/** Sentences without an end, each paragraph of a farm unlike all others. */
const paragraphs = function* (farm: string): Generator<string> {
  const texts = knowledge().map(({ text }) => text);
  for (let n = 0; ; n += 1) {
    const [a, b] = [texts[n % texts.length], texts[(n * 7 + Math.floor(n / texts.length)) % texts.length]];
    yield `${farm}, house ${n}: ${a} ${b}`;
  }
};

const WRAPS: Readonly<Record<string, (paragraph: string, n: number) => string>> = {
  txt: (paragraph) => `${paragraph}\n\n`,
  md: (paragraph, n) => (n % 20 === 0 ? `## Chapter ${n}\n\n${paragraph}\n\n` : `${paragraph}\n\n`),
  html: (paragraph) => `<p>${paragraph}</p>\n`,
  csv: (paragraph, n) => `house ${n},"${paragraph.replaceAll('"', '""')}"\n`,
};
const HEADS: Readonly<Record<string, string>> = {
  html: "<!doctype html><title>Handbook</title><body>\n",
  csv: "house,remark\n",
};

const write = (path: string, mb: number): void => {
  const kind = path.replace(/^.*\./, "");
  const wrap = WRAPS[kind];
  if (!wrap) throw new Error(`no generator for ${kind}`);
  const file = openSync(path, "w");
  try {
    let size = writeSync(file, HEADS[kind] ?? "");
    let n = 0;
    let waiting = "";
    for (const paragraph of paragraphs(basename(path))) {
      waiting += wrap(paragraph, n);
      n += 1;
      if (waiting.length < MB) continue;
      size += writeSync(file, waiting);
      waiting = "";
      if (size >= mb * MB - 2 * MB) break;
    }
  } finally {
    closeSync(file);
  }
};

/** The process and those that it started; empty where there is no /proc. */
const family = (pid: number): number[] => {
  try {
    const own = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
    return [pid, ...own.split(" ").filter(Boolean).map(Number).flatMap(family)];
  } catch {
    return [pid];
  }
};

const memoryOf = (pids: readonly number[]): number | undefined => {
  const each = pids.flatMap((pid) => residentMb(pid) ?? []);
  return each.length === 0 ? undefined : each.reduce((sum, mb) => sum + mb, 0);
};

interface Report {
  totals: { files: number; added: number; refused: number; passages: number };
  files: { path: string; outcome: string; reason: string | null }[];
}

const ingested = (
  folder: string,
  dataDir: string,
): Promise<{ report: Report; mainMb: number; allMb: number; seconds: number }> =>
  new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, [...commandOf("ingest"), folder, "--json"], {
      cwd: ROOT,
      env: { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: "error" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const most = { main: 0, all: 0 };
    const look = setInterval(() => {
      const pid = child.pid ?? 0;
      most.main = Math.max(most.main, residentMb(pid) ?? 0);
      most.all = Math.max(most.all, memoryOf(family(pid)) ?? 0);
    }, LOOK_MS);
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.once("error", reject);
    child.once("close", () => {
      clearInterval(look);
      const seconds = (performance.now() - begun) / 1000;
      try {
        const report = JSON.parse(said) as Report;
        resolve({ report, mainMb: most.main, allMb: most.all, seconds });
      } catch (cause) {
        reject(new Error("ingest printed no report", { cause }));
      }
    });
  });

/** Most memory of `npm run ingest`, its reader included, while a folder of 200 MB is taken. */
export const ingestRows = async (): Promise<Row[]> => {
  const temp = mkdtempSync(join(tmpdir(), "flockwise-bench-"));
  try {
    const folder = join(temp, "documents");
    mkdirSync(folder);
    for (const [name, mb] of FILES) write(join(folder, name), mb);
    const { report, mainMb, allMb, seconds } = await ingested(folder, join(temp, "data"));
    const refused = report.files.filter(({ outcome }) => outcome !== "added");
    const reasons = refused.map(({ path, reason }) => `${path.replace(/^.*\//, "")}: ${reason}`);
    const { added, files, passages } = report.totals;
    return [
      // 0: there is no /proc to read it from
      atMost("ingest of 200 MB: most memory, reader included", allMb || undefined, MOST_MB, "MB"),
      beside("ingest of 200 MB: most memory of the process that writes", `${mainMb.toFixed(0)} MB`),
      beside(
        "ingest of 200 MB: files taken, passages, time",
        `${added} of ${files}, ${passages.toLocaleString("en")}, ${seconds.toFixed(0)} s${reasons.length > 0 ? `; ${reasons.join("; ")}` : ""}`,
      ),
    ];
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
};
