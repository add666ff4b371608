import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { compose, type Service } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import type { Answer, Request } from "../../src/core/types.ts";
import { modelEmulator, type ModelEmulator, type Script, type Step } from "../emulators/model.ts";

const folders: string[] = [];
let service: Service;
let server: ModelEmulator | undefined;

const open = (env: Record<string, string> = {}, folder?: string): string => {
  const dataDir = folder ?? mkdtempSync(join(tmpdir(), "flockwise-cache-"));
  folders.push(dataDir);
  service = compose(loadConfig({ DATA_DIR: dataDir, ...env }));
  return dataDir;
};
const ask = async (text: string, more: Partial<Request> = {}): Promise<Answer> => {
  for await (const event of service.engine.ask({ text, channel: "test", ...more }))
    if (event.type === "answer-end") return event.answer;
  throw new Error("no answer-end");
};

afterEach(async () => {
  await service.close();
  await server?.close();
  server = undefined;
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const EN = "What litter moisture is good for broilers?";
const FR = "Quelle humidité de litière pour les poulets de chair ?";

describe("answers from passages", () => {
  beforeEach(() => void open());

  test("the same text is served as it was given, whatever its case and marks", async () => {
    const first = await ask(EN);
    expect(first).toMatchObject({ via: "extract", cache: null });
    expect(first.entry).toMatch(/^e_/);
    const again = await ask("  what litter moisture is good for broilers ");
    expect(again).toMatchObject({ via: "cache", entry: first.entry });
    expect(again.cache).toMatchObject({ tier: "exact", entry: first.entry, score: 1 });
    expect(again.text).toBe(first.text);
    expect(again.sources).toEqual(first.sources);
  });

  test("what was first asked in English is served in French, in French", async () => {
    const first = await ask(EN);
    const other = await ask(FR);
    expect(other.cache?.entry).toBe(first.entry);
    expect(other.lang).toBe("fr");
    expect(other.text).not.toBe(first.text);
    expect(other.sources).toEqual(first.sources);
  });

  test("an answer outlives the process that made it", async () => {
    const folder = open();
    const first = await ask(EN);
    await service.close();
    open({}, folder);
    expect((await ask(EN)).cache?.entry).toBe(first.entry);
  });

  test("near misses never share an answer, in any language", async () => {
    const pairs = [
      ["how to increase egg size", "how to reduce egg size"],
      ["quels vaccins avant le transfert des poulettes", "quels vaccins après le transfert des poulettes"],
      ["500 ekor butuh berapa brooder", "5000 ekor butuh berapa brooder"],
      ["呼吸音の原因は", "呼吸音の治療は"],
      ["how does ILT spread", "how does fowl cholera spread"],
      ["wie viel Lux mindestens für Broiler", "wie viel Lux höchstens für Broiler"],
    ] as const;
    let kept = 0;
    for (const [a, b] of pairs) {
      const first = await ask(a);
      const other = await ask(b);
      if (first.entry === null) continue;
      kept += 1;
      expect([b, other.entry]).not.toEqual([b, first.entry]);
    }
    // what was not kept proves nothing
    expect(kept).toBeGreaterThanOrEqual(4);
  });

  test("a follow-up, which stands in its conversation alone, is not kept", async () => {
    await ask(EN, { chat: "a" });
    const follow = await ask("and for layers?", { chat: "a" });
    expect(follow.entry).toBeNull();
  });

  test("an answer about a disease names the veterinarian, whether it is new or kept", async () => {
    const question = "How do I prevent coccidiosis in broilers?";
    const first = await ask(question, { chat: "one" });
    const kept = await ask(question, { chat: "two" });
    expect(kept.via).toBe("cache");
    expect(first.rules).not.toEqual([]);
    expect(kept.rules).toEqual(first.rules);
    expect(kept.text).toBe(first.text);
  });

  test("a table's number is no answer of the cache, however often it is asked", async () => {
    for (const _ of [1, 2])
      expect(await ask("Weight of a Ross 308 at 21 days?")).toMatchObject({
        via: "standard",
        cache: null,
        entry: null,
      });
  });

  test("purged by its entry, its source or altogether, it is gone", async () => {
    const first = await ask(EN);
    expect(await service.admin.purge({ entry: first.entry ?? "" })).toBe(1);
    const second = await ask(EN);
    expect(second).toMatchObject({ via: "extract", cache: null });
    expect(second.entry).not.toBe(first.entry);
    expect(await service.admin.purge({ all: true })).toBe(1);
    expect((await ask(EN)).cache).toBeNull();
  });

  test("judged wrong by one who asked, it is gone for them, and with a second for all", async () => {
    const first = await ask(EN, { chat: "a" });
    await service.feedback({ receipt: first.receipt, rating: "down", reason: undefined });
    expect((await ask(EN, { chat: "b" })).cache?.entry).toBe(first.entry);
    expect((await ask(EN, { chat: "a" })).cache).toBeNull();
    const theirs = await ask(EN, { chat: "c" });
    await service.feedback({ receipt: theirs.receipt, rating: "down", reason: "wrong" });
    await service.feedback({
      receipt: (await ask(EN, { chat: "d" })).receipt,
      rating: "down",
      reason: undefined,
    });
    expect((await ask(EN, { chat: "e" })).entry).not.toBe(theirs.entry);
  });

  test("a receipt says how an answer was found, and holds nothing of the asker", async () => {
    await ask(EN, { chat: "person-77" });
    const { receipt } = await ask(EN, { chat: "person-77" });
    const told = JSON.stringify(service.admin.receipt(receipt));
    expect(told).toContain('"tier":"exact"');
    expect(told).not.toContain("person-77");
    expect(told).not.toContain("moisture is good");
    expect(service.admin.receipt("r_none")).toBeUndefined();
  });

  test("feedback is exported, replaced by a changed mind, and forgotten", async () => {
    const { receipt } = await ask(EN, { chat: "p" });
    expect(await service.feedback({ receipt, rating: "up", reason: undefined })).toBe(true);
    expect(await service.feedback({ receipt, rating: "down", reason: "no" })).toBe(true);
    expect(service.people.export("p").feedback).toMatchObject([{ receipt, rating: "down", reason: "no" }]);
    service.people.forget("p");
    expect(service.people.export("p").feedback).toEqual([]);
    expect(await service.feedback({ receipt: "r_none", rating: "up", reason: undefined })).toBe(false);
  });
});

describe("CACHE_MODE", () => {
  test("off neither keeps nor serves", async () => {
    open({ CACHE_MODE: "off" });
    await ask(EN);
    expect(await ask(EN)).toMatchObject({ via: "extract", cache: null, entry: null });
  });
  test("read-only serves what is there, and keeps nothing", async () => {
    const folder = open();
    const first = await ask(EN);
    await service.close();
    open({ CACHE_MODE: "read-only" }, folder);
    expect((await ask(EN)).cache?.entry).toBe(first.entry);
    expect((await ask("How much ammonia is allowed in a broiler house?")).entry).toBeNull();
  });
});

describe("a model's answers", () => {
  const says = (...words: string[]): Script => ({
    steps: [
      ...words.map((say): Step => ({ say })),
      { finish: "stop", usage: { prompt_tokens: 700, completion_tokens: 40 } },
      { done: true },
    ],
  });
  const QUESTION = "How much ammonia is allowed in a broiler house?";
  const PROSE = [
    "Keep ammonia below 10 ppm ",
    "in the broiler house [1]. Above 20 ppm birds fall ill more easily [1].",
  ];

  test("are written once and served again", async () => {
    server = await modelEmulator(() => says(...PROSE));
    open({ LLM_BASE_URL: server.url, LLM_TIMEOUT_MS: "3000" });
    const first = await ask(QUESTION);
    expect(first.via).toBe("model");
    const again = await ask(QUESTION);
    expect(again).toMatchObject({ via: "cache", text: first.text, model: null, entry: first.entry });
  });

  test("equal questions at one time make one call", async () => {
    let calls = 0;
    server = await modelEmulator(() => {
      calls += 1;
      return says(...PROSE);
    });
    open({ LLM_BASE_URL: server.url, LLM_TIMEOUT_MS: "3000" });
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(QUESTION)));
    expect(calls).toBe(1);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  });

  test("a text that broke off is not kept", async () => {
    server = await modelEmulator(() => ({ steps: [{ say: PROSE[0] ?? "" }, { reset: true }] }));
    open({ LLM_BASE_URL: server.url, LLM_TIMEOUT_MS: "3000" });
    expect((await ask(QUESTION)).entry).toBeNull();
  });
});
