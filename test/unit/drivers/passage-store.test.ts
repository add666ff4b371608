import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Lang, Passage } from "../../../src/core/types.ts";
import { hasPassages, openPassageStore } from "../../../src/drivers/passage-store.ts";

let folder = "";
let store: ReturnType<typeof openPassageStore>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flockwise-passages-"));
  store = openPassageStore(folder);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const passage = (id: string, text: string, lang: Lang = "en", title = "A guide"): Passage => ({
  id,
  title: `Head of ${id}`,
  applies: "broilers",
  concepts: ["water", "litter"],
  sources: [{ title, page: "p. 3", url: null }],
  text,
  lang,
  gist: undefined,
  version: `hash of ${text}`,
});
const found = (match: string, limit = 10): string[] => store.port.search(match, limit).map(({ id }) => id);

test("passages come back as they were put, also after the store is opened again", () => {
  const passages = [passage("a", "Water is clean."), passage("b", "มุ้งสะอาด 'quoted' | \"x\"", "th")];
  store.port.replace("guide.pdf", "1", passages);
  store.close();
  store = openPassageStore(folder);
  expect(store.port.all()).toEqual(passages);
  expect(hasPassages(folder)).toBe(true);
});

test("a source is replaced whole, and its revision counts how often", () => {
  store.port.replace("guide.pdf", "v1", [passage("a", "old words"), passage("b", "older words")]);
  store.port.replace("other.md", "w1", [passage("c", "other words")]);
  store.port.replace("guide.pdf", "v2", [passage("d", "new words", "en", "Second edition")]);
  expect(store.port.sources()).toEqual([
    { source: "guide.pdf", version: "v2", passages: 1, title: "Second edition", revision: 2 },
    { source: "other.md", version: "w1", passages: 1, title: "A guide", revision: 1 },
  ]);
  expect(store.port.all().map(({ id }) => id)).toEqual(["c", "d"]);
  expect(found("old older")).toEqual([]);
  expect(found("new")).toEqual(["d"]);
  store.port.drop("other.md");
  expect(store.port.sources().map(({ source }) => source)).toEqual(["guide.pdf"]);
  expect(found("other")).toEqual([]);
});

test("what two documents say in the same words is one passage, with both sources, until the first is gone", () => {
  store.port.replace("one.pdf", "1", [passage("a", "Same words.", "en", "One")]);
  store.port.replace("two.pdf", "2", [passage("b", "Same words.", "en", "Two")]);
  expect(store.port.all().map(({ id, sources }) => [id, sources.map(({ title }) => title)])).toEqual([
    ["a", ["One", "Two"]],
  ]);
  expect(found("same")).toEqual(["a"]);
  store.port.drop("one.pdf");
  expect(store.port.all().map(({ id }) => id)).toEqual(["b"]);
  expect(found("same")).toEqual(["b"]);
});

test("a replacement that is undone leaves the old version, also after it was written in part", () => {
  store.port.replace("guide.pdf", "v1", [passage("a", "old words")]);
  const replacement = store.port.replacing("guide.pdf");
  replacement.put(Array.from({ length: 2500 }, (_, at) => passage(`n${at}`, `new words ${at}`)));
  replacement.undo();
  expect(store.port.all().map(({ id }) => id)).toEqual(["a"]);
  expect(found("new")).toEqual([]);
  store.port.replace("guide.pdf", "v2", [passage("b", "newer words")]);
  expect(found("newer")).toEqual(["b"]);
});

test.each([
  ["ar", "نسبة الرطوبة في العنبر", "الرطوبة"],
  ["de", "Die Einstreu muß trocken bleiben.", "EINSTREU"],
  ["en", "Litter must stay dry.", "litter?"],
  ["es", "La cama debe seguir seca en otoño.", "otono"],
  ["fr", "La litière doit rester sèche.", "litiere"],
  ["hi", "मुर्गियों को साफ पानी दें", "पानी"],
  ["id", "Sekam harus tetap kering.", "sekam"],
  ["it", "La lettiera è umidità.", "umidita"],
  ["ja", "雛の飲水量を毎日記録する。", "飲水"],
  ["nl", "Het strooisel moet droog blijven.", "strooisel"],
  ["pl", "Ściółka musi być sucha.", "ściółka"],
  ["pt", "A ração deve ser fresca.", "racao"],
  ["th", "ไก่ต้องการน้ำสะอาดทุกวัน", "น้ำ"],
  ["tr", "Altlık kuru kalmalı.", "altlık"],
  ["vi", "Chất độn phải khô.", "độn"],
  ["zh", "鸡舍内的湿度不能太高。", "湿度"],
] as const)("a word of %s is found in the middle of its text", (lang, text, word) => {
  store.port.replace("x", "1", [passage("other", "zzz qqq"), passage("it", text, lang)]);
  expect(found(word)).toEqual(["it"]);
});

test.each(['"', "a AND", "NEAR(", "text:", "*", "^x", "-", "(", "'; DROP TABLE passages; --", "\0", ""])(
  "a search is plain text: %j is never a query language",
  (match) => {
    store.port.replace("x", "1", [passage("it", "litter")]);
    expect(() => store.port.search(match, 5)).not.toThrow();
    expect(found(`litter ${match}`)).toEqual(["it"]);
  },
);

test("the best comes first, and no more than asked for", () => {
  store.port.replace("x", "1", [
    passage("one", "water and many other words that say nothing of it at all"),
    passage("two", "water water litter"),
    passage("none", "feed"),
  ]);
  expect(found("water litter")).toEqual(["two", "one"]);
  expect(found("water", 1)).toHaveLength(1);
  const [first, second] = store.port.search("water litter", 2);
  expect(first?.rank).toBeLessThan(second?.rank ?? -Infinity);
});

test(
  "a process killed while it replaces a source leaves the old version or the new one, whole",
  { timeout: 60_000 },
  async () => {
    store.close();
    const script = fileURLToPath(new URL("../../fixtures/passage-writer.ts", import.meta.url));
    let interrupted = 0;
    for (let round = 0; round < 4; round += 1) {
      const writer = spawn(process.execPath, ["--import", "tsx", script, folder], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = once(writer, "exit");
      let last = "";
      let begun = 0;
      for await (const line of createInterface({ input: writer.stdout })) {
        last = line;
        begun += line.startsWith("begin") ? 1 : 0;
        // somewhere in the middle of a replacement
        if (begun === 3 + round) setTimeout(() => writer.kill("SIGKILL"), 3 + round * 4);
      }
      await ended;
      interrupted += last.startsWith("begin") ? 1 : 0;
      store = openPassageStore(folder);
      const [source] = store.port.sources();
      const passages = store.port.all();
      expect(passages.length).toBe(source?.passages);
      expect(passages.length).toBeGreaterThan(0);
      expect(new Set(passages.map(({ title }) => title))).toEqual(new Set([`take ${source?.version}`]));
      expect(store.port.search(`word${source?.version}`, 1000)).toHaveLength(passages.length);
      expect(store.port.search("filler", 1000)).toHaveLength(passages.length);
      store.close();
    }
    expect(interrupted).toBeGreaterThan(0);
    store = openPassageStore(folder);
  },
);

test("a folder that cannot be written is told by its name", () => {
  expect(() => openPassageStore("/proc/nothing/here")).toThrow(
    "DATA_DIR /proc/nothing/here cannot be written",
  );
  expect(existsSync("/proc/nothing")).toBe(false);
});
