import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FlockError } from "../../../src/core/errors.ts";
import type { Embedder, EmbedText, KeyValue, VectorStore } from "../../../src/core/ports.ts";
import type { Passage } from "../../../src/core/types.ts";
import { openEmbeddedStore } from "../../../src/drivers/embedded-store.ts";
import { openEmbeddedVectors } from "../../../src/drivers/embedded-vectors.ts";
import { documentSearch } from "../../../src/knowledge/documents.ts";
import { passageVectors, type PassageVectors } from "../../../src/knowledge/passage-vectors.ts";
import { loadPassages } from "../../../src/knowledge/passages.ts";
import { passageRetriever } from "../../../src/knowledge/retrieve.ts";
import { builtinEmbedder } from "../../../src/language/builtin-embedder.ts";
import { reader } from "../../../src/language/read.ts";
import { fakeClock } from "../../fixtures/fake-clock.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
/** A few of each topic. */
const OURS = loadPassages(ROOT, new Set(Object.keys(lexicon.concepts))).filter(
  ({ id }, at) => at % 40 === 0 || /ammonia/.test(id),
);
const words = builtinEmbedder(reader(lexicon));
/** Each text is read once for all tests. */
const readBefore = new Map<string, Promise<Float32Array[]>>();
const vectorOf = async (text: EmbedText): Promise<Float32Array> => {
  const key = `${text.lang} ${text.text}`;
  const known = readBefore.get(key) ?? words.embed([text], "passage");
  readBefore.set(key, known);
  return (await known)[0] ?? new Float32Array();
};

/** An embedder that counts, fails when it is told to, and takes a word of no lexicon for ammonia. */
const watched = () => {
  const counts = { passage: 0, question: 0 };
  const state = { isDown: false };
  const embedder: Embedder = {
    id: "test:words",
    dimensions: undefined,
    async embed(texts, kind) {
      // as a server would
      await new Promise((resolve) => void setImmediate(resolve));
      if (state.isDown) throw new FlockError("embedder", "embedder test: gone");
      counts[kind] += texts.length;
      return Promise.all(
        texts.map(({ text, lang }) => vectorOf({ text: text.replaceAll("stinkgas", "ammonia"), lang })),
      );
    },
  };
  return { embedder, counts, state };
};

const chunk = (id: string, text: string): Passage => ({
  id,
  title: "Farm rules",
  applies: "",
  concepts: [],
  sources: [{ title: "Farm rules", page: "p.2", url: null }],
  text,
  lang: "en",
  gist: undefined,
  version: id,
});

let folder = "";
let store: { port: VectorStore; close(): void };
let kept: { port: KeyValue; close(): void };
let clock = fakeClock();
let told: string[] = [];
const log = {
  info: (_: object, message: string) => void told.push(`info ${message}`),
  warn: (_: object, message: string) => void told.push(`warn ${message}`),
  error: () => {},
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flockwise-near-"));
  clock = fakeClock();
  told = [];
  store = openEmbeddedVectors(folder);
  kept = openEmbeddedStore(folder, clock);
});
afterEach(() => {
  store.close();
  kept.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (
  embedder: Embedder,
  { ours = OURS, documents = () => new Map<string, Passage>(), isShared = false, batch = 64 } = {},
) =>
  passageVectors({
    ours,
    documents,
    embedder,
    store: store.port,
    isShared,
    kept: kept.port,
    clock,
    log,
    batch,
  });
const same = (documents: Map<string, Passage>) => () => documents;
const idsNear = async (port: PassageVectors, text: string, lang: "en" | "fr" = "en"): Promise<string[]> =>
  (await port.near(text, lang)).map(({ id }) => id);
const pointIds = async (embedder: Embedder): Promise<string[]> => {
  const all: string[] = [];
  const collection = {
    name: "passages",
    embedder: embedder.id,
    dimensions: words.dimensions,
    filters: { shelf: "text" as const },
    partitions: ["shelf"],
    most: 100_000,
  };
  for await (const { id } of store.port.list(collection)) all.push(id);
  return all;
};

describe("passages as vectors", () => {
  test("are none before they have been embedded, and near ones afterwards", async () => {
    const { embedder } = watched();
    const { port, sync, stop } = open(embedder);
    expect(await port.near("ammonia in the broiler house", "en")).toEqual([]);
    await sync();
    const [en] = await port.near("what does ammonia do in a broiler house", "en");
    const [fr] = await port.near("l'ammoniac dans le poulailler de chair", "fr");
    expect(en?.id).toMatch(/ammonia/);
    expect(fr?.id).toMatch(/ammonia/);
    expect(en?.nearness?.least).toBeGreaterThan(0);
    expect(en?.nearness?.sure).toBeGreaterThanOrEqual(en?.nearness?.least ?? 1);
    expect(told).toEqual(["info passages embedded"]);
    await stop();
  });

  test("are embedded once: the next start embeds what changed and drops what is gone", async () => {
    const first = watched();
    await open(first.embedder).sync();
    expect(first.counts.passage).toBe(OURS.length * 16 + 1);
    const changed = OURS.slice(1).map((passage, at) =>
      at === 0 && passage.gist
        ? { ...passage, gist: { ...passage.gist, fr: "Une phrase nouvelle.", de: "Ein neuer Satz." } }
        : passage,
    );
    const second = watched();
    await open(second.embedder, { ours: changed }).sync();
    // one more to learn the dimensions
    expect(second.counts.passage).toBe(3);
    const left = await pointIds(second.embedder);
    expect(left).toHaveLength(changed.length * 16);
    expect(left).not.toContain(`${OURS[0]?.id}:en`);
  });

  test("what was learnt is kept as long as the texts stay", async () => {
    await open(watched().embedder).sync();
    const again = watched();
    await open(again.embedder).sync();
    expect(again.counts.question).toBe(0);
  });

  test("in a shared store nothing of another process is dropped, its own is", async () => {
    const { embedder } = watched();
    await open(embedder, {
      documents: same(new Map([["d9", chunk("d9", "The gate is shut at night.")]])),
    }).sync();
    let documents = new Map([["d1", chunk("d1", "The generator is tested on Mondays.")]]);
    const shared = open(embedder, { isShared: true, documents: () => documents });
    await shared.sync();
    expect(await pointIds(embedder)).toEqual(expect.arrayContaining(["d9", "d1"]));
    documents = new Map();
    await shared.sync();
    const left = await pointIds(embedder);
    expect(left).toContain("d9");
    expect(left).not.toContain("d1");
  });

  test("of documents are embedded when they come", async () => {
    const { embedder, counts } = watched();
    let documents = new Map<string, Passage>();
    const { port, sync } = open(embedder, { documents: () => documents });
    await sync();
    const before = counts.passage;
    await sync();
    expect(counts.passage).toBe(before);
    documents = new Map([["d1", chunk("d1", "The generator is tested on Mondays by the foreman.")]]);
    await sync();
    expect(counts.passage).toBe(before + 1);
    expect(await idsNear(port, "when is the generator tested by the foreman")).toContain("d1");
  });

  test("an embedder that is away costs one warning and no answer, and is not asked by every question", async () => {
    const { embedder, counts, state } = watched();
    const { port, sync } = open(embedder);
    await sync();
    told = [];
    state.isDown = true;
    for (let take = 0; take < 3; take += 1) expect(await port.near("ammonia", "en")).toEqual([]);
    state.isDown = false;
    const before = counts.question;
    expect(await port.near("ammonia", "en")).toEqual([]);
    expect(counts.question).toBe(before);
    clock.pass(30_000);
    expect(await idsNear(port, "ammonia")).not.toEqual([]);
    expect(told).toEqual(["warn no vectors: passages are found by words alone", "info vectors are back"]);
  });

  test("an embedder that is away at the start is asked again later", async () => {
    const { embedder, state } = watched();
    state.isDown = true;
    const { port, sync } = open(embedder);
    await sync();
    await sync();
    expect(told).toEqual(["warn no vectors: passages are found by words alone"]);
    state.isDown = false;
    await sync();
    clock.pass(30_000);
    expect(await idsNear(port, "ammonia")).not.toEqual([]);
  });

  test("are given up at once when the service stops", async () => {
    const { embedder, counts } = watched();
    const { start, stop } = open(embedder, { batch: 1 });
    start();
    await new Promise((resolve) => void setTimeout(resolve, 20));
    await stop();
    expect(counts.passage).toBeLessThan(OURS.length * 16);
    expect(told).toEqual([]);
  });
});

describe("retrieval with vectors", () => {
  const none = documentSearch(() => undefined, lexicon, fakeClock());
  const search = (retriever: ReturnType<typeof passageRetriever>, text: string) =>
    retriever.search({ text, lang: "en", concepts: new Set() }, 3);

  test("finds by meaning what shares no word, and never for another breeder", async () => {
    const { embedder } = watched();
    const { port, sync } = open(embedder);
    await sync();
    const byWords = passageRetriever(OURS, lexicon, reader(lexicon), none);
    const both = passageRetriever(OURS, lexicon, reader(lexicon), none, port);
    const asked = OURS.find(({ id }) => /ammonia/.test(id));
    if (!asked?.gist) throw new Error("a passage about ammonia");
    const question = asked.gist.en.replaceAll(/ammonia/gi, "stinkgas");
    expect((await search(both, question))[0]?.passage.id).toBe(asked.id);
    const before = (await search(byWords, "stinkgas"))[0]?.score ?? 0;
    const [found] = await search(both, "stinkgas stinkgas");
    expect(found?.score ?? 0).toBeGreaterThanOrEqual(before);
    for (const { passage } of await search(both, "Lohmann Brown light in week 17")) {
      const named = `${passage.title} ${passage.applies} ${passage.gist?.en}`;
      if (/Hy-Line|ISA|Ross|Cobb/.test(named)) expect(named).toMatch(/Lohmann/);
    }
  });

  test("is retrieval by words when there are no vectors", async () => {
    const { embedder, state } = watched();
    state.isDown = true;
    const { port, sync } = open(embedder);
    await sync();
    const byWords = passageRetriever(OURS, lexicon, reader(lexicon), none);
    const both = passageRetriever(OURS, lexicon, reader(lexicon), none, port);
    for (const text of ["ammonia in the broiler house", "lights for pullets", "who won the cup"])
      expect(await search(both, text)).toEqual(await search(byWords, text));
  });
});
