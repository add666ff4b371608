import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SharedStore } from "../../src/core/ports.ts";
import { LIMITS } from "../../src/drivers/shared-limits.ts";
import { keysOf, type Place, sharedStores } from "../fixtures/shared-stores.ts";
import { needs } from "../servers.ts";

/** Signs that query languages and patterns give a meaning to, and letters of several scripts. */
const strange = [
  "%",
  "_",
  "*",
  "?",
  "[a-z]",
  "\\",
  "'",
  "a\u0000b",
  "\n",
  "ключ",
  "مزرعة",
  "农场",
  "🐔",
  "é",
];

for (const { name, absent, place } of sharedStores)
  needs(name, absent)(`shared store: ${name}`, () => {
    let at: Place;
    let one: SharedStore;
    let two: SharedStore;
    let turn = 0;
    /** Names of this test's own: the place is the same for all. */
    const own = (key: string): string => `${turn}:${key}`;
    const row = (key: string, value = key, ms = 60_000) => ({
      key: own(key),
      value,
      expiresAt: Date.now() + ms,
    });
    const get = (...keys: string[]) => two.get(keys.map(own));

    beforeAll(async () => {
      at = await place();
      one = at.open();
      two = at.open();
    });
    beforeEach(() => void (turn += 1));
    afterAll(() => at.remove());

    describe("rows", () => {
      test("what one puts, the other gets, in the order asked for", async () => {
        expect(await one.put([row("a", "1"), row("b", "2")])).toBe(true);
        expect(await get("b", "none", "a", "b")).toEqual(["2", undefined, "1", "2"]);
        expect(await one.put([row("a", "3")])).toBe(true);
        expect(await get("a")).toEqual(["3"]);
        expect(await get()).toEqual([]);
        expect(await one.put([])).toBe(true);
      });

      test.each(["", "🐔 دجاجة 鸡\n\"'", "zero \u0000 inside", "x".repeat(1_000_000)])(
        "a value comes back as it was (%#)",
        async (value) => {
          await one.put([row("a", value)]);
          expect(await get("a")).toEqual([value]);
        },
      );

      test("a row ends at its time; one that is put after its time is not there, nor the one before it", async () => {
        await one.put([row("short", "s", 800), row("long"), row("late", "old")]);
        expect(await get("short", "long")).toEqual(["s", "long"]);
        await one.put([row("late", "new", -1)]);
        expect(await get("late")).toEqual([undefined]);
        await sleep(900);
        expect(await get("short", "long")).toEqual([undefined, "long"]);
      });

      test("a group that is refused leaves nothing", async () => {
        const most = "x".repeat(LIMITS.groupBytes / 2);
        const refused = [
          [row("a"), row("b", most), row("c", most)],
          [row("a"), { ...row("b"), expiresAt: Number.NaN }],
          [row("a"), { ...row("b"), key: "" }],
          [row("a"), row("k".repeat(LIMITS.nameBytes))],
          Array.from({ length: LIMITS.names + 1 }, (_, nth) => row(nth === 0 ? "a" : `k${nth}`)),
        ];
        for (const rows of refused) {
          await expect(one.put(rows)).rejects.toMatchObject({ name: "FlockError", code: "store" });
          expect(await get("a", "b", "k1")).toEqual([undefined, undefined, undefined]);
        }
      });

      test("readers see a group whole or not at all", async () => {
        const keys = ["a", "b", "c"];
        const write = async (): Promise<void> => {
          for (let take = 0; take < 150; take += 1) {
            await one.put(keys.map((key) => row(key, String(take))));
            await sleep(0);
          }
        };
        const seen: (string | undefined)[][] = [];
        let writing = true;
        const read = async (): Promise<void> => {
          while (writing) {
            seen.push(await get(...keys));
            await sleep(0);
          }
        };
        await Promise.all([write().finally(() => (writing = false)), read()]);
        expect(seen.filter((values) => new Set(values).size !== 1)).toEqual([]);
        expect(new Set(seen.map(([value]) => value)).size).toBeGreaterThan(3);
      });

      test("drop tells how many were there", async () => {
        await one.put([row("a"), row("b"), row("gone", "g", 20)]);
        await sleep(40);
        expect(await two.drop(["a", "none", "gone"].map(own))).toBe(1);
        expect(await get("a", "b")).toEqual([undefined, "b"]);
        expect(await one.drop([])).toBe(0);
      });
    });

    describe("scan", () => {
      test("5,000 keys come by pages, others do not", async () => {
        for (let from = 0; from < 5000; from += 1000)
          await one.put(Array.from({ length: 1000 }, (_, nth) => row(`s:${from + nth}`, "v")));
        await one.put([row("t:1"), row("s"), row("s:gone", "v", 1)]);
        await sleep(10);
        const pages: string[][] = [];
        for await (const page of two.scan(own("s:"))) pages.push(page);
        expect(new Set(pages.flat())).toEqual(
          new Set(Array.from({ length: 5000 }, (_, nth) => own(`s:${nth}`))),
        );
        expect(pages.length).toBeGreaterThan(4);
        expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(1000);
        let dropped = 0;
        for await (const page of two.scan(own("s:"))) dropped += await two.drop(page);
        expect(dropped).toBe(5000);
        expect(await keysOf(two.scan(own("s")))).toEqual([own("s")]);
      });

      test.each(strange)("a prefix is taken as it is: %j", async (sign) => {
        await one.put([row(`${sign}1`), row(sign), row("a"), row("aXb"), row("zz")]);
        expect(new Set(await keysOf(two.scan(own(sign))))).toEqual(new Set([own(sign), own(`${sign}1`)]));
        expect(await get(sign)).toEqual([sign]);
      });
    });

    test("counters begin at nothing, add up over clients, and are no rows", async () => {
      expect(await two.counters([own("a"), own("b")])).toEqual([0, 0]);
      const bumped = await Promise.all([one, two, one, two].map((store) => store.bump(own("a"))));
      expect(new Set(bumped)).toEqual(new Set([1, 2, 3, 4]));
      expect(await two.counters([own("b"), own("a")])).toEqual([0, 4]);
      await one.put([row("a", "row")]);
      expect(await one.drop([own("a")])).toBe(1);
      expect(await one.counters([own("a")])).toEqual([4]);
      expect(await one.counters([])).toEqual([]);
    });

    describe("leases", () => {
      test("of two that race, one wins, and the other learns who", async () => {
        for (let race = 0; race < 50; race += 1) {
          const tokens = await Promise.all(
            [one, two, one, two].map((store) => store.lease(own(`l${race}`), 5000)),
          );
          const won = tokens.filter((token) => token !== undefined);
          expect(won).toHaveLength(1);
          expect(await two.holder(own(`l${race}`))).toBe(won[0]);
        }
      });

      test("a lease ends by itself, is prolonged by its token alone, and tokens grow", async () => {
        const first = (await one.lease(own("l"), 1000)) ?? 0;
        expect(first).toBeGreaterThan(0);
        expect(await two.renew(own("l"), first + 1, 5000)).toBe(false);
        expect(await two.release(own("l"), first + 1)).toBe(false);
        expect(await one.renew(own("l"), first, 1500)).toBe(true);
        await sleep(1050);
        expect(await two.lease(own("l"), 200)).toBe(undefined);
        await sleep(550);
        expect(await two.holder(own("l"))).toBe(undefined);
        expect(await one.renew(own("l"), first, 400)).toBe(false);
        const second = (await two.lease(own("l"), 5000)) ?? 0;
        expect(second).toBeGreaterThan(first);
        expect(await one.release(own("l"), first)).toBe(false);
        expect(await two.release(own("l"), second)).toBe(true);
        expect(await one.lease(own("l"), 5000)).toBeGreaterThan(second);
        expect(await one.lease(own("other"), 5000)).toBeGreaterThan(second);
      });

      test("an old token cannot write", async () => {
        const lease = own("l");
        const old = (await one.lease(lease, 800)) ?? 0;
        expect(await one.put([row("a", "first")], { lease, token: old })).toBe(true);
        await sleep(900);
        expect(await one.put([row("a", "late"), row("b")], { lease, token: old })).toBe(false);
        const now = (await two.lease(lease, 5000)) ?? 0;
        expect(await one.put([row("a", "late"), row("b")], { lease, token: old })).toBe(false);
        expect(await get("a", "b")).toEqual(["first", undefined]);
        expect(await two.put([row("a", "second")], { lease, token: now })).toBe(true);
        expect(await get("a")).toEqual(["second"]);
      });

      test.each([0, -1, Number.NaN, Infinity])("a lease of %s ms is refused", async (ms) => {
        await expect(one.lease(own("l"), ms)).rejects.toMatchObject({ code: "store" });
      });
    });
  });
