import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { SharedStore } from "../../src/core/ports.ts";
import { LIMITS } from "../../src/drivers/shared-limits.ts";
import { collect, never, type Place, sharedStores } from "../fixtures/shared-stores.ts";
import { needs } from "../servers.ts";

for (const { name, absent, place } of sharedStores)
  needs(name, absent)(`streams of a shared store: ${name}`, () => {
    let at: Place;
    let one: SharedStore;
    let two: SharedStore;
    let turn = 0;
    /** Names of this test's own: the place is the same for all. */
    const own = (key: string): string => `${turn}:${key}`;

    beforeAll(async () => {
      at = await place();
      one = at.open();
      two = at.open();
    });
    beforeEach(() => void (turn += 1));
    afterAll(() => at.remove());

    test("ten followers, early and late, on two clients, read the same text from its beginning", async () => {
      const chunks = Array.from({ length: 60 }, (_, nth) => `${nth} 🐔 é\n`);
      const followers: Promise<string[]>[] = [];
      const joinNow = (client: SharedStore): void =>
        void followers.push(collect(client.follow(own("s"), 3000, never), chunks.length));
      for (let early = 0; early < 5; early += 1) joinNow(early % 2 ? one : two);
      for (const [nth, chunk] of chunks.entries()) {
        await one.append(own("s"), chunk, 5000);
        if (nth % 15 === 14) joinNow(nth % 2 ? one : two);
        if (nth % 10 === 0) await sleep(5);
      }
      joinNow(two);
      expect(followers).toHaveLength(10);
      for (const text of await Promise.all(followers)) expect(text).toEqual(chunks);
    });

    test("who comes after the end still gets all of it, and ends on idle", async () => {
      for (const chunk of ["a", "", "b"]) await one.append(own("s"), chunk, 5000);
      const began = performance.now();
      expect(await collect(two.follow(own("s"), 300, never))).toEqual(["a", "", "b"]);
      expect(performance.now() - began).toBeGreaterThan(290);
      expect(await collect(two.follow(own("none"), 50, never))).toEqual([]);
    });

    test("a chunk ends the idle time that was running", async () => {
      const following = collect(two.follow(own("s"), 1000, never));
      for (const chunk of ["a", "b", "c"]) {
        await sleep(600);
        await one.append(own("s"), chunk, 5000);
      }
      expect(await following).toEqual(["a", "b", "c"]);
    });

    test("an abort ends it quietly, before and while it waits", async () => {
      await one.append(own("s"), "a", 5000);
      expect(await collect(two.follow(own("s"), 5000, AbortSignal.abort()))).toEqual([]);
      const began = performance.now();
      expect(await collect(two.follow(own("s"), 5000, AbortSignal.timeout(300)))).toEqual(["a"]);
      expect(performance.now() - began).toBeLessThan(3000);
    });

    test("a stream lasts its time after the last chunk", async () => {
      await one.append(own("s"), "a", 1000);
      await sleep(600);
      await one.append(own("s"), "b", 1000);
      await sleep(600);
      expect(await collect(two.follow(own("s"), 1000, never), 2)).toEqual(["a", "b"]);
      await sleep(600);
      expect(await collect(two.follow(own("s"), 200, never))).toEqual([]);
    });

    test("a full stream refuses, and what it has stays whole", async () => {
      const chunk = "é".repeat(LIMITS.streamBytes / 8);
      for (let part = 0; part < 4; part += 1) await one.append(own("s"), chunk, 5000);
      await expect(one.append(own("s"), "x", 5000)).rejects.toMatchObject({ code: "store" });
      expect(await collect(two.follow(own("s"), 1000, never), 4)).toEqual([chunk, chunk, chunk, chunk]);
    });

    test("close ends followers with a failure, and all use; closing twice is closing once", async () => {
      const at = await place();
      const store = at.open();
      await store.append("s", "a", 5000);
      const following = collect(store.follow("s", 5000, never));
      const failed = expect(following).rejects.toMatchObject({ name: "FlockError", code: "store" });
      await sleep(200);
      await store.close();
      await failed;
      await store.close();
      for (const use of [() => store.get(["a"]), () => store.bump("c"), () => store.lease("l", 10)])
        await expect(use()).rejects.toMatchObject({ name: "FlockError", code: "store" });
      await expect(collect(store.follow("s", 100, never))).rejects.toMatchObject({ code: "store" });
      await at.remove();
    });
  });
