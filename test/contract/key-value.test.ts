import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Clock, KeyValue } from "../../src/core/ports.ts";
import { openEmbeddedStore } from "../../src/drivers/embedded-store.ts";
import { DAY, fakeClock, HOUR } from "../fixtures/fake-clock.ts";
import { root } from "../repo/tree.ts";
import { needs } from "../servers.ts";

interface Subject {
  readonly name: string;
  /** Why it cannot be tested here. */
  readonly absent?: string;
  /** Opens the store of a folder; the same folder is the same store. */
  open(folder: string, clock: Clock): { port: KeyValue; close(): void };
}

const subjects: Subject[] = [{ name: "embedded store", open: openEmbeddedStore }];

/** Keys that a store must take as they are: letters of every script, signs that query languages give a meaning to. */
const strange = [
  "%",
  "_",
  "*",
  "?",
  "[a-z]",
  "'",
  '"',
  "\\",
  "a\u0000b",
  " ",
  "\n",
  "ключ",
  "مزرعة",
  "农场",
  "🐔",
  "é",
  "e\u0301",
  "x".repeat(500),
];

for (const { name, absent, open } of subjects)
  needs(name, absent)(`key-value: ${name}`, () => {
    let folder = "";
    let clock = fakeClock();
    let store = { port: undefined as unknown as KeyValue, close: () => {} };
    const later = (ms = DAY): number => clock.now() + ms;
    const put = (key: string, value = key, space = "s"): void => store.port.put(space, key, value, later());
    const keys = (prefix: string, limit = 1000): string[] =>
      store.port.list("s", prefix, limit).map(({ key }) => key);

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "flockwise-kv-"));
      clock = fakeClock();
      store = open(folder, clock);
    });
    afterEach(() => {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test("many rows are put at once, all or none, and replace those with their keys", () => {
      put("a", "old");
      const rows = ["a", "b", ...strange].map((key) => ({ space: "s", key, value: `new ${key}` }));
      store.port.putAll(rows, later());
      for (const { key, value } of rows) expect(store.port.get("s", key)).toBe(value);
      const broken = [
        { space: "s", key: "c", value: "c" },
        { space: "s", key: "d" } as (typeof rows)[number],
      ];
      expect(() => store.port.putAll(broken, later())).toThrow();
      expect(store.port.get("s", "c")).toBeUndefined();
      put("e");
      expect(store.port.get("s", "e")).toBe("e");
    });
    test("what is put is got, and what is not is undefined", () => {
      put("a", "one");
      expect(store.port.get("s", "a")).toBe("one");
      expect(store.port.get("s", "b")).toBe(undefined);
      expect(store.port.get("other", "a")).toBe(undefined);
    });

    test("a later value takes the place of an earlier one", () => {
      put("a", "one");
      put("a", "two");
      expect(store.port.get("s", "a")).toBe("two");
      expect(keys("")).toEqual(["a"]);
    });

    test.each([
      "",
      "x".repeat(1_000_000),
      "🐔 دجاجة 鸡\n\"'",
      "zero \u0000 inside",
      JSON.stringify({ a: [1, null] }),
    ])("a value comes back as it was (%#)", (value) => {
      put("a", value);
      expect(store.port.get("s", "a")).toBe(value);
      expect(store.port.list("s", "a", 1)).toEqual([{ key: "a", value }]);
    });

    describe("expiry", () => {
      test("a row is there until its time and gone from then on", () => {
        store.port.put("s", "a", "one", later(HOUR));
        clock.pass(HOUR - 1);
        expect(store.port.get("s", "a")).toBe("one");
        expect(keys("a")).toEqual(["a"]);
        clock.pass(1);
        expect(store.port.get("s", "a")).toBe(undefined);
        expect(keys("a")).toEqual([]);
      });

      test("a new value has its own time", () => {
        store.port.put("s", "a", "one", later(HOUR));
        clock.pass(HOUR / 2);
        store.port.put("s", "a", "two", later(HOUR));
        clock.pass(HOUR - 1);
        expect(store.port.get("s", "a")).toBe("two");
        store.port.put("s", "a", "three", later(1));
        clock.pass(1);
        expect(store.port.get("s", "a")).toBe(undefined);
      });

      test("a row that is put after its time is not there", () => {
        store.port.put("s", "a", "one", clock.now() - 1);
        expect(store.port.get("s", "a")).toBe(undefined);
      });

      test("expired rows do not use up the limit of a list", () => {
        store.port.put("s", "a1", "old", later(1));
        put("a2");
        put("a3");
        clock.pass(2);
        expect(keys("a", 2)).toEqual(["a2", "a3"]);
      });

      test("expired rows go away by and by, the others stay", () => {
        for (let row = 0; row < 50; row += 1) store.port.put("old", `k${row}`, "expired-value", later(1));
        clock.pass(2);
        for (let row = 0; row < 2000; row += 1) store.port.put("s", `k${row % 100}`, "v", later());
        clock.pass(-2);
        expect(store.port.list("old", "", 100)).toEqual([]);
        expect(keys("")).toHaveLength(100);
      });
    });

    describe("prefixes", () => {
      test("a list holds the keys that begin with the prefix, in order, up to the limit", () => {
        for (const key of ["b1", "a3", "a1", "a2", "ab", "a"]) put(key);
        expect(keys("a")).toEqual(["a", "a1", "a2", "a3", "ab"]);
        expect(keys("a", 3)).toEqual(["a", "a1", "a2"]);
        expect(keys("")).toEqual(["a", "a1", "a2", "a3", "ab", "b1"]);
        expect(keys("c")).toEqual([]);
      });

      test("a prefix that ends its id keeps “a” and “ab” apart", () => {
        for (const key of ["a:1", "a:2", "ab:1"]) put(key);
        expect(keys("a:")).toEqual(["a:1", "a:2"]);
        expect(store.port.drop("s", "a:", { prefix: true })).toBe(2);
        expect(keys("")).toEqual(["ab:1"]);
      });

      test("without the option only the very key is dropped", () => {
        for (const key of ["a", "ab", "abc"]) put(key);
        expect(store.port.drop("s", "ab")).toBe(1);
        expect(keys("")).toEqual(["a", "abc"]);
        expect(store.port.drop("s", "ab")).toBe(0);
      });

      test.each(strange.map((key) => [key.slice(0, 9), key] as const))(
        "a key is taken as it is: %j",
        (_name, key) => {
          for (const one of ["A", "zz", "aXb", "ab"]) put(one);
          put(key, "own");
          put(`${key}-tail`, "tail");
          expect(store.port.get("s", key)).toBe("own");
          expect(keys(key)).toEqual([key, `${key}-tail`]);
          expect(store.port.drop("s", key, { prefix: true })).toBe(2);
          expect(keys("").toSorted()).toEqual(["A", "aXb", "ab", "zz"]);
        },
      );

      test("what follows a prefix may be any sign, also one beyond the first 65,536", () => {
        const all = ["a", "a\uffff", "a🐔", "a𠮷"];
        for (const key of all) put(key);
        expect(keys("a").toSorted()).toEqual(all.toSorted());
        expect(store.port.drop("s", "a", { prefix: true })).toBe(4);
      });

      test("a space is no prefix of another", () => {
        put("k", "one", "s");
        put("k", "two", "sp");
        store.port.drop("s", "", { prefix: true });
        expect(store.port.get("sp", "k")).toBe("two");
      });
    });

    test("rows survive closing and opening again", () => {
      put("a", "one");
      store.close();
      store = open(folder, clock);
      expect(store.port.get("s", "a")).toBe("one");
    });

    test("two that have it open see each other's rows", () => {
      const other = open(folder, clock);
      put("a", "one");
      expect(other.port.get("s", "a")).toBe("one");
      other.port.put("s", "a", "two", later());
      expect(store.port.get("s", "a")).toBe("two");
      expect(other.port.drop("s", "a")).toBe(1);
      expect(store.port.get("s", "a")).toBe(undefined);
      other.close();
    });

    test("what is dropped leaves no trace in the files", () => {
      const secret = "Kükenfarm-9c1f";
      for (let take = 0; take < 30; take += 1)
        put(`${secret}:${take}`, `${secret} said ${"padding ".repeat(take * 40)}${take}`);
      put(`${secret}:3`, "overwritten");
      put("other", "stays");
      const bytes = (): Buffer[] => readdirSync(folder).map((file) => readFileSync(join(folder, file)));
      expect(bytes().some((file) => file.includes(secret))).toBe(true);
      expect(store.port.drop("s", `${secret}:`, { prefix: true })).toBe(30);
      expect(bytes().some((file) => file.includes(secret))).toBe(false);
      expect(store.port.get("s", "other")).toBe("stays");
    });

    test("a kill in the middle of writing loses no acknowledged row", { timeout: 20_000 }, async () => {
      store.close();
      const writer = spawn(
        process.execPath,
        [
          "--import",
          "tsx",
          fileURLToPath(new URL("../fixtures/kv-writer.ts", import.meta.url)),
          folder,
          String(clock.now()),
        ],
        {
          cwd: root,
          stdio: ["ignore", "pipe", "inherit"],
        },
      );
      let acknowledged = -1;
      const lines = createInterface({ input: writer.stdout });
      lines.on("line", (line) => {
        acknowledged = Number(line);
        if (acknowledged > 600) writer.kill("SIGKILL");
      });
      const [[, signal]] = await Promise.all([once(writer, "exit"), once(lines, "close")]);
      expect(signal).toBe("SIGKILL");
      expect(acknowledged).toBeGreaterThan(600);
      store = open(folder, clock);
      const lost: number[] = [];
      for (let row = 0; row <= acknowledged; row += 1) {
        const value = store.port.get("crash", `row-${row}`);
        const dropped = row % 50 === 0 && row + 49 <= acknowledged;
        if (
          dropped
            ? value !== undefined
            : (JSON.parse(value ?? "{}") as { take?: number }).take !== (row % 3 === 0 ? 2 : 1)
        )
          lost.push(row);
      }
      expect(lost).toEqual([]);
      put("after", "still writes");
      expect(store.port.get("s", "after")).toBe("still writes");
    });
  });
