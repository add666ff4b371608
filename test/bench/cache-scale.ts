import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { composeCache } from "../../src/compose-cache.ts";
import { openShared } from "../../src/compose-stores.ts";
import { openVectors } from "../../src/compose-vectors.ts";
import { loadConfig } from "../../src/config.ts";
import { loadPassages } from "../../src/knowledge/passages.ts";
import { indexLexicon } from "../../src/language/index-lexicon.ts";
import { reader } from "../../src/language/read.ts";
import { standards } from "../../src/standards/look-up.ts";
import { loadVocabulary } from "../../src/vocabulary.ts";
import { residentMb } from "./service.ts";

/** Prints, as JSON, how long look-ups take in a store of 100,000 entries, and what the process weighs (its own process). */
const ENTRIES = 100_000;
const LOOKS = 2_000;

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), "flockwise-bench-"));
const config = loadConfig({ DATA_DIR: dataDir });
const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const log = { info: () => {}, warn: () => {}, error: () => {} };
const tables = standards(`${ROOT}data/standards`);
const lexicon = indexLexicon(loadVocabulary(ROOT, new Set(tables.tables.map(({ stem }) => stem))));
const read = reader(lexicon);
const vectors = openVectors(config, read, clock);
const shared = openShared(config, clock, log);
const [passage] = loadPassages(ROOT, new Set(Object.keys(lexicon.concepts)));
if (!passage) throw new Error("there are no passages");
const cache = composeCache(config.cache, ROOT, {
  shared: shared.port,
  vectors: vectors.store(),
  embedder: vectors.embedder,
  lexicon,
  reader: read,
  retriever: { search: () => Promise.resolve([]), passage: () => passage },
  writer: "quotes",
  translate: undefined,
  dataDir,
  adminToken: undefined,
  clock,
  log,
});
if (!cache) throw new Error("there is no cache");

const SUBJECTS =
  "water litter ammonia humidity temperature feed light vaccine coccidiosis newcastle marek gumboro mites worms flies rats eggs shell yolk brooding chicks pullets hens broilers crop legs pecking moulting nest perch drinker feeder fan inlet curtain dust disease cough diarrhoea stress".split(
    " ",
  );
const ACTIONS =
  "increase decrease control prevent clean check store vaccinate ventilate heat cool transport".split(" ");
const textOf = (n: number): string =>
  `how to ${ACTIONS[n % ACTIONS.length] ?? ""} ${SUBJECTS[n % SUBJECTS.length] ?? ""} with ${SUBJECTS[Math.floor(n / 41) % SUBJECTS.length] ?? ""} and ${String(n)} ${SUBJECTS[Math.floor(n / 1681) % SUBJECTS.length] ?? ""}`;
const questionOf = (n: number) => {
  const text = textOf(n);
  return {
    text,
    lang: "en" as const,
    meaning: cache.meaningOf(text, "en"),
    tenant: "default",
    asker: `a${String(n % 4000)}:${String(Math.floor(n / 200_000))}`,
  };
};
const evidence = [{ id: passage.id, score: 0.9 }];
for (let n = 0; n < ENTRIES; n += 1)
  await cache.answers.keep(questionOf(n), {
    passages: [{ id: passage.id, version: passage.version }],
    prose: undefined,
    model: null,
    rules: [],
    evidence,
  });

const timed = async (look: (n: number) => Promise<unknown>): Promise<number[]> => {
  const times: number[] = [];
  for (let n = 0; n < LOOKS; n += 1) {
    const from = performance.now();
    await look(n);
    times.push(performance.now() - from);
  }
  return times.slice(LOOKS / 4).sort((a, b) => a - b);
};
// reading a question is the engine's work, not the look-up's
const known = Array.from({ length: LOOKS }, (_, n) => questionOf((n * 47) % ENTRIES));
const fresh = Array.from({ length: LOOKS }, (_, n) => questionOf(ENTRIES + n));
const pick = (list: typeof known, n: number) => list[n] ?? questionOf(n);
const exact = await timed((n) => cache.answers.same(pick(known, n)));
const near = await timed((n) => cache.answers.near(pick(fresh, n), evidence));
await sleep(2000);
const at = (times: number[], q: number): number => times[Math.floor(q * times.length)] ?? NaN;
process.stdout.write(
  JSON.stringify({
    exact50: at(exact, 0.5),
    exact99: at(exact, 0.99),
    near50: at(near, 0.5),
    near99: at(near, 0.99),
    mb: residentMb(process.pid),
  }),
);
await shared.port.close();
vectors.close();
rmSync(dataDir, { recursive: true, force: true });
