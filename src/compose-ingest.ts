import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Config } from "./config.ts";
import type { Clock } from "./core/ports.ts";
import { readApart, type ReadApartOptions } from "./drivers/documents/read-apart.ts";
import { walk } from "./drivers/documents/walk.ts";
import { hasPassages, KNOWLEDGE_FILE, openPassageStore, type PassageStore } from "./drivers/passage-store.ts";
import type { KnownMetric, KnownMetrics } from "./knowledge/doubts.ts";
import { ingestAll, type FileReport } from "./knowledge/ingest-all.ts";
import { tagger } from "./knowledge/tag.ts";
import { indexLexicon } from "./language/index-lexicon.ts";
import { reader } from "./language/read.ts";
import { COLUMNS } from "./standards/columns.ts";
import { standards } from "./standards/look-up.ts";
import type { Table } from "./standards/table.ts";
import { loadVocabulary } from "./vocabulary.ts";

export type { FileReport } from "./knowledge/ingest-all.ts";

export interface Ingestion {
  /** Documents to be taken, and what was passed over on the way to them. */
  files: readonly string[];
  passedOver: number;
  /** One report a document, in order; those that cannot be reached first. */
  run(): AsyncIterable<FileReport>;
  close(): void;
}

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** Least and greatest value of each metric over all tables, at all and by age in days. */
export const knownMetrics = (tables: readonly Table[]): KnownMetrics => {
  const known = new Map<string, KnownMetric & { byAge: Map<number, readonly [number, number]> }>();
  for (const { ageUnit, rows } of tables)
    for (const { age, cells } of rows)
      for (const [name, { amount }] of cells) {
        const column = COLUMNS.get(name);
        if (!column || column.metric === "nutrient") continue;
        const metric = known.get(column.metric) ?? {
          unit: column.unit,
          low: amount,
          high: amount,
          byAge: new Map(),
        };
        known.set(column.metric, metric);
        metric.low = Math.min(metric.low, amount);
        metric.high = Math.max(metric.high, amount);
        if (age === undefined || ageUnit === undefined) continue;
        const days = ageUnit === "weeks" ? age * 7 : age;
        const [low, high] = metric.byAge.get(days) ?? [amount, amount];
        metric.byAge.set(days, [Math.min(low, amount), Math.max(high, amount)]);
      }
  return known;
};

type Held = ReadonlyMap<string, { version: string; revision: number }>;
const heldBy = (store: PassageStore): Held =>
  new Map(store.sources().map((source) => [source.source, source]));

/** What a library holds, read from a copy: the database itself makes files of its own even when it is only read. */
const heldUntouched = (dataDir: string): Held => {
  if (!hasPassages(dataDir)) return new Map();
  const folder = mkdtempSync(join(tmpdir(), "flockwise-ingest-"));
  try {
    for (const name of [KNOWLEDGE_FILE, `${KNOWLEDGE_FILE}-wal`])
      if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(folder, name));
    const store = openPassageStore(folder);
    try {
      return heldBy(store.port);
    } finally {
      store.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Puts together what ingestion needs: words, what the standards know, the library under DATA_DIR, a reader apart. */
export const composeIngest = (
  config: Pick<Config, "dataDir">,
  paths: readonly string[],
  {
    dryRun = false,
    clock = systemClock,
    limits = {},
  }: { dryRun?: boolean; clock?: Clock; limits?: ReadApartOptions } = {},
): Ingestion => {
  const { files, faults, passedOver } = walk(paths);
  const { tables } = standards(`${ROOT}data/standards`);
  const lexicon = indexLexicon(loadVocabulary(ROOT, new Set(tables.map((table) => table.stem))));
  const words = reader(lexicon);
  const tools = { reader: words, tag: tagger(words, lexicon), known: knownMetrics(tables) };
  const store = dryRun ? undefined : openPassageStore(config.dataDir);
  const documents = readApart(limits);
  const held = store ? heldBy(store.port) : heldUntouched(config.dataDir);
  return {
    files,
    passedOver,
    async *run() {
      for (const { path, reason } of faults) yield unreachable(path, reason);
      yield* ingestAll(files, { documents, library: store?.port, held, tools, clock });
    },
    close() {
      documents.close();
      store?.close();
    },
  };
};

const unreachable = (path: string, reason: string): FileReport => ({
  path,
  outcome: "refused",
  reason,
  title: null,
  version: null,
  revision: null,
  passages: 0,
  words: 0,
  languages: {},
  doubts: [],
  doubtfulRows: 0,
  rowsLeftOut: 0,
  ms: 0,
});
