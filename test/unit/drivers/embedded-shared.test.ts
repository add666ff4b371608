import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmbeddedShared } from "../../../src/drivers/embedded-shared.ts";
import { fakeClock, HOUR } from "../../fixtures/fake-clock.ts";
import { keysOf, realClock as clock } from "../../fixtures/shared-stores.ts";
import { root } from "../../repo/tree.ts";

const row = (key: string, value = key, expiresAt = Date.now() + HOUR) => ({ key, value, expiresAt });

let folder = "";
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "flockwise-shared-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test(
  "a kill in the middle of writing loses no acknowledged group and shows no half one",
  { timeout: 20_000 },
  async () => {
    const script = fileURLToPath(new URL("../../fixtures/shared-writer.ts", import.meta.url));
    const writer = spawn(process.execPath, ["--import", "tsx", script, folder], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let acknowledged = -1;
    const said = createInterface({ input: writer.stdout });
    said.on("line", (line) => {
      acknowledged = Number(line);
      if (acknowledged > 500) writer.kill("SIGKILL");
    });
    const [[, signal]] = await Promise.all([once(writer, "exit"), once(said, "close")]);
    expect(signal).toBe("SIGKILL");
    expect(acknowledged).toBeGreaterThan(500);
    const store = openEmbeddedShared(folder, clock);
    const wrong: number[] = [];
    for (let group = 0; group < acknowledged + 50; group += 1) {
      const values = await store.get(["a", "b", "c"].map((key) => `${group}${key}`));
      const found = values.filter((value) => value?.startsWith(`{"group":${group},`)).length;
      if (found !== 3 && (group <= acknowledged || found !== 0)) wrong.push(group);
    }
    expect(wrong).toEqual([]);
    expect((await store.counters(["groups"]))[0]).toBeGreaterThan(acknowledged);
    expect(await store.put([row("after")])).toBe(true);
    await store.close();
  },
);

test("it stays within its bytes: expired rows go first, then those unused for longest", async () => {
  const time = fakeClock();
  const store = openEmbeddedShared(folder, time, { maxBytes: 1_000_000 });
  const value = "x".repeat(10_000);
  const later = time.now() + 100 * HOUR;
  await store.bump("epoch");
  await store.put([row("short", value, time.now() + HOUR)]);
  for (let at = 0; at < 90; at += 1) {
    await store.put([row(`k${at}`, value, later)]);
    time.pass(1000);
  }
  time.pass(HOUR);
  expect(await store.get(["k0", "k1"])).toEqual([value, value]);
  for (let at = 90; at < 130; at += 1) {
    await store.put([row(`k${at}`, value, later)]);
    time.pass(1000);
  }
  const kept = await keysOf(store.scan(""));
  expect(kept).toEqual(expect.arrayContaining(["k0", "k1", "k89", "k129"]));
  for (const key of ["short", "k2", "k3"]) expect(kept).not.toContain(key);
  expect(kept.length).toBeGreaterThan(85);
  expect(kept.length).toBeLessThanOrEqual(99);
  expect(await store.counters(["epoch"])).toEqual([1]);
  for (let at = 0; at < 400; at += 1) await store.put([row(`k${at}`, value, later)]);
  await store.close();
  const again = openEmbeddedShared(folder, time, { maxBytes: 1_000_000 });
  const bytes = readFileSync(join(folder, "shared.db")).length;
  expect(bytes).toBeLessThan(2_000_000);
  await again.close();
});

test("rows and counters outlive closing; another process sees them", async () => {
  const store = openEmbeddedShared(folder, clock);
  const other = openEmbeddedShared(folder, clock);
  await store.put([row("a")]);
  expect(await store.bump("c")).toBe(1);
  expect(await other.bump("c")).toBe(2);
  expect(await store.counters(["c"])).toEqual([2]);
  await store.close();
  await other.close();
  const again = openEmbeddedShared(folder, clock);
  expect(await again.get(["a"])).toEqual(["a"]);
  expect(await again.counters(["c"])).toEqual([2]);
  await again.close();
});

test("what is dropped leaves no trace in the files", async () => {
  const store = openEmbeddedShared(folder, clock);
  const keys = Array.from({ length: 30 }, (_, at) => `farm-9c1f:${at}`);
  for (const key of keys) await store.put([row(key, "Küken-9c1f ".repeat(500))]);
  await store.put([row("other")]);
  const traces = (): string[] =>
    readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes("9c1f"));
  expect(traces().length).toBeGreaterThan(0);
  expect(await store.drop(keys)).toBe(30);
  expect(traces()).toEqual([]);
  expect(await store.get(["other"])).toEqual(["other"]);
  await store.close();
});

test("a clock that jumps ends no lease", async () => {
  let wall = Date.now();
  let steady = 0;
  const store = openEmbeddedShared(folder, { now: () => wall, monotonic: () => steady });
  const first = (await store.lease("l", 1000)) ?? 0;
  wall += HOUR;
  expect(await store.holder("l")).toBe(first);
  wall -= 2 * HOUR;
  steady += 1001;
  expect(await store.lease("l", 1000)).toBeGreaterThan(first);
  await store.close();
});

test("a file that is none of ours is told by name", () => {
  writeFileSync(join(folder, "shared.db"), "no database ".repeat(1000));
  expect(() => openEmbeddedShared(folder, clock)).toThrow(/shared\.db cannot be opened/);
});
