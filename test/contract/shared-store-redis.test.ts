import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openShared } from "../../src/compose-stores.ts";
import { loadConfig } from "../../src/config.ts";
import { FlockError } from "../../src/core/errors.ts";
import type { Log, SharedStore } from "../../src/core/ports.ts";
import { openRedis } from "../../src/drivers/redis.ts";
import { HOUR } from "../fixtures/fake-clock.ts";
import { noRedis, redisServer, type RedisServer } from "../fixtures/redis.ts";
import { collect, keysOf, never, realClock as clock } from "../fixtures/shared-stores.ts";
import { needs } from "../servers.ts";

const lines: string[] = [];
const say = (fields: Record<string, unknown>, message: string): void =>
  void lines.push(`${message} ${JSON.stringify(fields)}`);
const log: Log = { info: say, warn: say, error: say };
const row = (key: string, value = key, expiresAt = Date.now() + HOUR) => ({ key, value, expiresAt });

/** Fails as a store does, and soon; returns the error. */
const failsSoon = async (use: Promise<unknown>): Promise<FlockError> => {
  const began = performance.now();
  const error = await use.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FlockError);
  expect(error).toHaveProperty("code", "store");
  expect(performance.now() - began).toBeLessThan(1000);
  return error as FlockError;
};
const untilWorks = async (store: SharedStore): Promise<void> => {
  for (const began = performance.now(); ; await sleep(20))
    try {
      await store.get(["a"]);
      return;
    } catch (error) {
      if (performance.now() - began > 10_000) throw error;
    }
};

needs("redis", noRedis())("redis, when it fails", () => {
  let server: RedisServer;
  let store: SharedStore;
  let up: () => boolean;
  beforeEach(async () => {
    lines.length = 0;
    server = await redisServer();
    ({ port: store, up } = openRedis(server.url, { clock, log }));
    await store.put([row("a")]);
  });
  afterEach(async () => {
    server.thaw();
    await store.close();
    await server.stop();
  });

  test("killed: calls and followers fail soon, the log says so once, and all works when it is back", async () => {
    await store.append("s", "one", 5000);
    const token = await store.lease("l", 5000);
    expect(token).toBeDefined();
    const following = failsSoonAfter(store);
    await sleep(150);
    await expect.poll(up, { timeout: 10_000 }).toBe(true);
    await server.kill();
    for (let call = 0; call < 20; call += 1) await failsSoon(store.get(["a"]));
    for (const use of [
      () => store.put([row("b")]),
      () => store.bump("c"),
      () => store.lease("l", 1000),
      () => store.append("s", "x", 1000),
      () => collect(store.follow("s", 5000, never)),
      () => keysOf(store.scan("")),
    ])
      await failsSoon(use());
    await following;
    await expect.poll(up).toBe(false);
    const told = (): number =>
      lines.filter((line) => line.includes("cannot be reached") && line.includes("commands")).length;
    await expect.poll(told).toBe(1);

    await server.start();
    await untilWorks(store);
    await expect.poll(up, { timeout: 10_000 }).toBe(true);
    // what was never acknowledged is not sent after all
    expect(await store.counters(["c"])).toEqual([0]);
    expect(await store.get(["a", "b"])).toEqual([undefined, undefined]);
    expect(await store.put([row("a", "again")])).toBe(true);
    expect(await store.get(["a"])).toEqual(["again"]);
    // the server forgot its last token, and tokens grow nevertheless
    expect(await store.lease("l", 5000)).toBeGreaterThan(token ?? Infinity);
    await store.append("s", "anew", 5000);
    const read = store.follow("s", 3000, never)[Symbol.asyncIterator]();
    await untilWorks(store);
    expect((await read.next()).value).toBe("anew");
    await read.return?.();
    expect(lines.some((line) => line.includes("reached again"))).toBe(true);
    expect(told()).toBe(1);
  });

  const failsSoonAfter = async (of: SharedStore): Promise<void> => {
    const error: unknown = await collect(of.follow("s", 8000, never)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FlockError);
  };

  test("silent: calls fail soon, and all works when it answers again", async () => {
    const following = failsSoonAfter(store);
    await sleep(50);
    server.freeze();
    await Promise.all(Array.from({ length: 50 }, () => failsSoon(store.get(["a"]))));
    await following;
    server.thaw();
    await untilWorks(store);
    expect(await store.get(["a"])).toEqual(["a"]);
  });

  test("out of memory: a group is refused whole, by its kind of error", async () => {
    const { Redis } = await import("ioredis");
    const admin = new Redis(server.url);
    await admin.config("SET", "maxmemory", "1mb", "maxmemory-policy", "noeviction");
    const error = await failsSoon(store.put([row("b", "secret-text"), row("c", "x".repeat(3_000_000))]));
    expect(error.message).toContain("OOM");
    expect(await store.get(["a", "b", "c"])).toEqual(["a", undefined, undefined]);
    await admin.config("SET", "maxmemory", "0");
    expect(await store.put([row("b")])).toBe(true);
    await admin.quit();
  });

  test("a stream that is begun anew under its readers ends them: two texts are never one", async () => {
    const { Redis } = await import("ioredis");
    const admin = new Redis(server.url);
    await store.append("s", "one", 5000);
    await store.append("s", "two", 5000);
    const read = store.follow("s", 3000, never)[Symbol.asyncIterator]();
    expect([(await read.next()).value, (await read.next()).value]).toEqual(["one", "two"]);
    await admin.del("flockwise:stream:s");
    for (const chunk of ["uno", "dos", "tres"]) await store.append("s", chunk, 5000);
    await failsSoon(read.next());
    await admin.quit();
  });

  test("every key begins with the product's name, and only counters and the last token have no end", async () => {
    const { Redis } = await import("ioredis");
    const admin = new Redis(server.url);
    await store.bump("c");
    await store.lease("l", 5000);
    await store.append("s", "x", 5000);
    const keys = await admin.keys("*");
    expect(keys.filter((key) => !key.startsWith("flockwise:"))).toEqual([]);
    const endless = [];
    for (const key of keys) if ((await admin.pttl(key)) < 0) endless.push(key);
    expect(endless.toSorted()).toEqual(["flockwise:counter:c", "flockwise:last-token"]);
    await admin.quit();
  });
});

needs("redis", noRedis())("redis with a password", () => {
  test("signs of every kind are taken; a wrong one fails soon and shows nowhere", async () => {
    const server = await redisServer({ password: "p@ss:w/rd %é" });
    lines.length = 0;
    const right = openRedis(server.url, { clock, log });
    const wrong = openRedis(server.url.replace("p%40ss", "n%40ss"), { clock, log });
    expect(await right.port.put([row("a")])).toBe(true);
    const error = await failsSoon(wrong.port.get(["a"]));
    await sleep(300);
    const told = JSON.stringify([error, error.message, error.stack, error.cause ?? null, lines]);
    expect(told).toContain("WRONGPASS");
    for (const secret of ["p@ss", "n@ss", "p%40ss", "n%40ss"]) expect(told).not.toContain(secret);
    await Promise.all([right.port.close(), wrong.port.close()]);
    await server.stop();
  });
});

describe("openShared", () => {
  test("no server: the embedded store", async () => {
    const folder = mkdtempSync(join(tmpdir(), "flockwise-shared-"));
    const { port, name, up } = openShared(loadConfig({ DATA_DIR: folder }), clock, log);
    expect([name, up()]).toEqual(["libsql", true]);
    await port.put([row("a")]);
    await port.close();
    expect(readdirSync(folder)).toContain("shared.db");
    rmSync(folder, { recursive: true });
  });

  test("a server that is not there stops no start: it is told, and calls fail soon", async () => {
    const free = createServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const address = free.address() as { port: number };
    free.close();
    lines.length = 0;
    const REDIS_URL = `redis://:a-password@127.0.0.1:${address.port}`;
    const { port, name, up } = openShared(loadConfig({ REDIS_URL }), clock, log);
    await failsSoon(port.get(["a"]));
    expect([name, up()]).toEqual(["redis", false]);
    expect(lines.join("\n")).toContain("ECONNREFUSED");
    expect(lines.join("\n")).not.toContain("a-password");
    await port.close();
  });
});
