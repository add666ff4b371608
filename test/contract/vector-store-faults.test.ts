import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { VectorPayload, VectorStore } from "../../src/core/ports.ts";
import { openEmbeddedVectors } from "../../src/drivers/embedded-vectors.ts";
import { qdrantEmulator, type QdrantEmulator } from "../emulators/qdrant.ts";
import { collectionOf, failure, ids, overQdrant, point } from "../fixtures/vectors.ts";
import { writtenVectors } from "../fixtures/written-vectors.ts";
import { root } from "../repo/tree.ts";

describe("embedded vectors", () => {
  test("say so when they are closed or their folder cannot be written", async () => {
    const folder = mkdtempSync(join(tmpdir(), "flockwise-vectors-"));
    const { port, close } = openEmbeddedVectors(folder);
    const collection = collectionOf();
    await port.put(collection, [point("a", [1, 0, 0])]);
    close();
    await failure(port.search(collection, Float32Array.from([1, 0, 0]), {}, 1));
    await failure(port.count(collection));
    rmSync(folder, { recursive: true, force: true });
    expect(() => openEmbeddedVectors("/proc/nowhere")).toThrow(/DATA_DIR/);
  });
});

describe("embedded vectors after a kill", () => {
  test("no acknowledged step is lost or half done", { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "flockwise-vectors-"));
    const writer = spawn(
      process.execPath,
      ["--import", "tsx", fileURLToPath(new URL("../fixtures/vector-writer.ts", import.meta.url)), folder],
      { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
    );
    let acknowledged = -1;
    const lines = createInterface({ input: writer.stdout });
    lines.on("line", (line) => {
      acknowledged = Number(line);
      if (acknowledged > 300) writer.kill("SIGKILL");
    });
    await Promise.all([once(writer, "exit"), once(lines, "close")]);
    expect(acknowledged).toBeGreaterThan(300);
    const { port, close } = openEmbeddedVectors(folder);
    const found = new Map<string, VectorPayload>();
    for await (const { id, payload } of port.list(writtenVectors.collection)) found.set(id, payload);
    const expected = new Set<string>();
    for (let step = 0; step <= acknowledged; step += 1) {
      const { put, drop } = writtenVectors.step(step);
      for (const { id } of put) expected.add(id);
      for (const id of drop) expected.delete(id);
    }
    // the step after the last that was told may be there too, and its drop may have been made
    const unsure = writtenVectors.step(acknowledged + 1).drop;
    expect([...expected].filter((id) => !found.has(id) && !unsure.includes(id))).toEqual([]);
    expect(Number(found.get("again")?.step)).toBeGreaterThanOrEqual(acknowledged);
    expect(await port.count(writtenVectors.collection)).toBe(found.size);
    const [last] = writtenVectors.step(acknowledged).put;
    const near = await port.search(writtenVectors.collection, last?.vector ?? new Float32Array(8), {}, 3);
    expect(near[0]?.score).toBeCloseTo(1, 5);
    close();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe("Qdrant that fails", () => {
  let emulator: QdrantEmulator;
  let store: VectorStore;
  const collection = collectionOf();
  const search = () => store.search(collection, Float32Array.from([1, 0, 0]), {}, 1);
  beforeEach(async () => {
    emulator = await qdrantEmulator();
    store = overQdrant(emulator.url).port;
    await store.put(collection, [point("a", [1, 0, 0])]);
  });
  afterEach(() => emulator.close());

  test("a server that is gone is told, and found again when it is back", async () => {
    await emulator.stop();
    expect((await failure(search())).message).toMatch(/no connection/);
    await failure(store.put(collection, [point("b", [1, 0, 0])]));
    await emulator.start();
    expect(ids(await search())).toEqual(["a"]);
  });

  test("a server that hangs is given up, before and after its collection is known", async () => {
    const hasty = overQdrant(emulator.url, undefined, 300).port;
    const ask = () => hasty.search(collection, Float32Array.from([1, 0, 0]), {}, 1);
    emulator.fault(() => ({ hang: true }));
    const began = performance.now();
    expect((await failure(ask())).message).toMatch(/no answer in time/);
    emulator.fault(undefined);
    // on a busy machine an answer may take longer than that too
    await ask().catch(() => undefined);
    emulator.fault(() => ({ hang: true }));
    await failure(ask());
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test.each([429, 500, 503])("HTTP %i is tried once more", async (status) => {
    let asked = 0;
    emulator.fault((path) =>
      path.endsWith("/query") && (asked += 1) === 1
        ? {
            refuse: status,
            headers: status === 429 ? { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" } : {},
          }
        : undefined,
    );
    expect(ids(await search())).toEqual(["a"]);
    expect(asked).toBe(2);
  });

  test("a refusal is final and quotes nothing", async () => {
    emulator.fault((path) => (path.endsWith("/query") ? { refuse: 403 } : undefined));
    const from = emulator.heard.length;
    const error = await failure(search());
    expect(error.message).toBe("qdrant: HTTP 403, the key is refused");
    expect(emulator.heard.slice(from)).toHaveLength(1);
  });

  test("a collection that somebody dropped is made anew", async () => {
    for (const name of emulator.collections()) emulator.dropCollection(name);
    expect(await search()).toEqual([]);
    await store.put(collection, [point("b", [1, 0, 0])]);
    expect(ids(await search())).toEqual(["b"]);
  });

  test("another replica that makes the same collection is no fault", async () => {
    for (const name of emulator.collections()) emulator.dropCollection(name);
    const stores = Array.from({ length: 4 }, () => overQdrant(emulator.url).port);
    await Promise.all(stores.map((one, at) => one.put(collection, [point(`r${at}`, [1, 0, 0])])));
    expect(await store.count(collection)).toBe(4);
  });
});
