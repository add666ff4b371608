import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exactText } from "../../src/cache/keys.ts";
import { compose } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import type { Answer, LookUpReport } from "../../src/core/types.ts";
import { builtinEmbedder } from "../../src/language/builtin-embedder.ts";
import { indexLexicon } from "../../src/language/index-lexicon.ts";
import { reader } from "../../src/language/read.ts";
import { standards } from "../../src/standards/look-up.ts";
import { loadVocabulary } from "../../src/vocabulary.ts";
import { random, workload, type Asked } from "./cache-workload.ts";
import { atLeast, atMost, beside, type Row } from "./rows.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const RESAMPLES = 1000;

/** What became of one request. */
interface Seen {
  asked: Asked;
  hit: boolean;
  /** Answered from the entry of another family. */
  wrong: boolean;
  /** Its family was asked before, so that a perfect cache would hit. */
  could: boolean;
  modelAvoided: boolean;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Upper 95 % bound of an error rate by Clopper and Pearson, by bisection of the binomial. */
const upperBound = (wrong: number, all: number): number => {
  if (all === 0) return 1;
  const atMostWrong = (p: number): number => {
    let term = (1 - p) ** all;
    let sum = term;
    for (let k = 1; k <= wrong; k += 1) {
      term *= ((all - k + 1) / k) * (p / (1 - p));
      sum += term;
    }
    return sum;
  };
  let [low, high] = [wrong / all, 1 - 1e-9];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (atMostWrong(middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
};

/** 95 % interval of a share by resampling whole families: hits of one family are not independent. */
const interval = (
  seen: readonly Seen[],
  of: (one: Seen) => boolean,
  among: (one: Seen) => boolean,
): string => {
  const groups = new Map<string, Seen[]>();
  for (const one of seen) {
    const key = one.asked.family ?? one.asked.text;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const sums = [...groups.values()].map((group) => [
    group.filter((one) => among(one) && of(one)).length,
    group.filter(among).length,
  ]);
  const next = random(42);
  const shares: number[] = [];
  for (let at = 0; at < RESAMPLES; at += 1) {
    let [have, all] = [0, 0];
    for (let n = 0; n < sums.length; n += 1) {
      const [x = 0, y = 0] = sums[Math.floor(next() * sums.length)] ?? [];
      have += x;
      all += y;
    }
    shares.push(all === 0 ? 0 : have / all);
  }
  shares.sort((a, b) => a - b);
  return `${percent(shares[25] ?? 0)} to ${percent(shares[975] ?? 0)}`;
};

const share = (
  seen: readonly Seen[],
  of: (one: Seen) => boolean,
  among: (one: Seen) => boolean = () => true,
): number => {
  const those = seen.filter(among);
  return those.length === 0 ? 0 : those.filter(of).length / those.length;
};

interface Timed {
  tier: string;
  ms: number;
}

/** Runs one seed of the workload through the whole engine with an empty cache. */
const run = async (seed: number, lookUps: Timed[]): Promise<Seen[]> => {
  const dataDir = mkdtempSync(join(tmpdir(), "flockwise-bench-"));
  const service = compose(loadConfig({ DATA_DIR: dataDir }));
  try {
    const owner = new Map<string, string>();
    const before = new Set<string>();
    const seen: Seen[] = [];
    for (const asked of workload(seed)) {
      let answer: Answer | undefined;
      let reports: readonly LookUpReport[] = [];
      for await (const event of service.engine.ask({ text: asked.text, channel: "bench" }))
        if (event.type === "answer-end") ({ answer, lookUps: reports = [] } = event);
      for (const { stage, tier, ms } of reports) lookUps.push({ tier: tier ?? `${stage} miss`, ms });
      const entry = answer?.cache?.entry;
      const family = asked.family;
      if (answer?.entry && !entry && family !== undefined) owner.set(answer.entry, family);
      seen.push({
        asked,
        hit: entry !== undefined,
        wrong: entry !== undefined && owner.get(entry) !== family,
        could: family !== undefined && before.has(family),
        modelAvoided: entry !== undefined || answer?.via === "standard" || answer?.via === "calculator",
      });
      if (family !== undefined) before.add(family);
    }
    return seen;
  } finally {
    await service.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

/** A cache that shares at a cosine of 0.8, and one that hashes the text: both see what ours sees. */
const baselines = async (seed: number): Promise<{ cosine: Seen[]; hash: Seen[] }> => {
  const tables = standards(`${ROOT}data/standards`);
  const lexicon = indexLexicon(loadVocabulary(ROOT, new Set(tables.tables.map(({ stem }) => stem))));
  const embedder = builtinEmbedder(reader(lexicon));
  const kept: { vector: Float32Array; family: string }[] = [];
  const texts = new Map<string, string>();
  const before = new Set<string>();
  const out: { cosine: Seen[]; hash: Seen[] } = { cosine: [], hash: [] };
  for (const asked of workload(seed)) {
    const family = asked.family ?? asked.text;
    const [vector] = await embedder.embed([{ text: asked.text, lang: asked.lang }], "question");
    if (!vector) continue;
    let best = { cosine: 0, family: "" };
    for (const one of kept) {
      let cosine = 0;
      for (let at = 0; at < vector.length; at += 1) cosine += (vector[at] ?? 0) * (one.vector[at] ?? 0);
      if (cosine > best.cosine) best = { cosine, family: one.family };
    }
    const could = asked.family !== undefined && before.has(family);
    const hit = best.cosine >= 0.8;
    out.cosine.push({ asked, hit, wrong: hit && best.family !== family, could, modelAvoided: hit });
    if (!hit) kept.push({ vector, family });
    const key = exactText(asked.text);
    const same = texts.get(key);
    out.hash.push({
      asked,
      hit: same !== undefined,
      wrong: same !== undefined && same !== family,
      could,
      modelAvoided: same !== undefined,
    });
    if (same === undefined) texts.set(key, family);
    before.add(family);
  }
  return out;
};

const quantile = (times: readonly Timed[], tier: string, q: number): number => {
  const sorted = times
    .filter((one) => one.tier === tier)
    .map(({ ms }) => ms)
    .sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
};

/** Look-ups in a store of 100,000 entries, and the memory of that process. */
const atScale = (): Row[] => {
  const script = fileURLToPath(new URL("./cache-scale.ts", import.meta.url));
  const { stdout, status, stderr } = spawnSync(
    process.execPath,
    ["--max-semi-space-size=2", "--max-heap-size=256", "--import", "tsx", script],
    { cwd: ROOT, encoding: "utf8", maxBuffer: 1e7 },
  );
  if (status !== 0) throw new Error(stderr);
  const { exact50, exact99, near50, near99, mb } = JSON.parse(stdout) as Record<string, number>;
  return [
    atMost("exact look-up p50, 100,000 entries", exact50 ?? NaN, 0.2, "ms", 3),
    atMost("exact look-up p99", exact99 ?? NaN, 1, "ms", 3),
    atMost("semantic look-up p50, 100,000 entries", near50 ?? NaN, 2, "ms", 3),
    atMost("semantic look-up p99", near99 ?? NaN, 5, "ms", 3),
    atMost("memory of the process with 100,000 entries", mb ?? NaN, 250, "MB"),
  ];
};

/** The answer cache on the seeded workload, beside two simpler caches that see the same requests. */
export const cacheRows = async (): Promise<Row[]> => {
  const times: Timed[] = [];
  const seen: Seen[] = [];
  const simple = { cosine: [] as Seen[], hash: [] as Seen[] };
  for (const seed of SEEDS) {
    seen.push(...(await run(seed, times)));
    const { cosine, hash } = await baselines(seed);
    simple.cosine.push(...cosine);
    simple.hash.push(...hash);
  }
  const hit = ({ hit: yes }: Seen): boolean => yes;
  const could = ({ could: yes }: Seen): boolean => yes;
  const right = (one: Seen): boolean => one.hit && !one.wrong;
  const hits = share(seen, hit);
  const oracle = share(seen, could);
  const wrong = seen.filter((one) => one.wrong).length;
  const all = seen.filter(hit).length;
  const reworded = (one: Seen): boolean => one.asked.kind === "reworded" && one.could;
  const repeated = (one: Seen): boolean => one.asked.kind === "repeat";
  const line = (name: string, those: readonly Seen[]): Row => {
    const errors = those.filter((one) => one.wrong).length;
    const found = those.filter(hit).length;
    return beside(
      name,
      `hits ${percent(share(those, hit))}, wrong ${String(errors)} of ${String(found)} hits`,
    );
  };
  return [
    beside(
      "requests of the workload",
      `${String(seen.length)} over ${String(SEEDS.length)} seeds, 16 languages`,
    ),
    beside("oracle share: asked before", percent(oracle)),
    atLeast(
      "hits, as a share of the oracle's",
      (100 * hits) / oracle,
      75,
      `${percent(hits / oracle)} (hits ${percent(hits)}: ${interval(seen, hit, () => true)})`,
    ),
    atLeast(
      "requests that needed no model",
      100 * share(seen, ({ modelAvoided }) => modelAvoided),
      68,
      `${percent(share(seen, ({ modelAvoided }) => modelAvoided))} (${interval(
        seen,
        ({ modelAvoided }) => modelAvoided,
        () => true,
      )})`,
    ),
    beside("exact repeats that hit", percent(share(seen, hit, repeated))),
    beside(
      "other wordings and languages that hit rightly",
      `${percent(share(seen, right, reworded))} (${interval(seen, right, reworded)})`,
    ),
    {
      name: "wrong hits",
      measured: `${String(wrong)} of ${String(all)}; upper 95 % bound ${percent(upperBound(wrong, all))}`,
      goal: "0 seen",
      met: wrong === 0,
    },
    line("baseline: cosine 0.8, same vectors", simple.cosine),
    line("baseline: hash of the text", simple.hash),
    ...["exact", "frame", "semantic"].map((tier) =>
      beside(
        `look-up on the workload, ${tier}, p50 and p99`,
        `${quantile(times, tier, 0.5).toFixed(3)} and ${quantile(times, tier, 0.99).toFixed(3)} ms`,
      ),
    ),
    ...atScale(),
  ];
};
