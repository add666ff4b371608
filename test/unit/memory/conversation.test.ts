import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openEmbeddedStore } from "../../../src/drivers/embedded-store.ts";
import { conversations, type KeptTurn } from "../../../src/memory/conversation.ts";
import { DAY, fakeClock, HOUR } from "../../fixtures/fake-clock.ts";

let folder = "";
let clock = fakeClock();
let store: ReturnType<typeof openEmbeddedStore>;
let memory: ReturnType<typeof conversations>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flockwise-memory-"));
  clock = fakeClock();
  store = openEmbeddedStore(folder, clock);
  memory = conversations(store.port, clock);
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const turn = (question: string): KeptTurn => ({
  thread: { draft: undefined, lang: "fr" },
  question,
  answer: { via: "standard", lang: "fr", frame: null, text: `answer to ${question}` },
});
const asked = (user: string): string[] =>
  memory.export(user).messages.map((message) => (message as { question: string }).question);

describe("a thread", () => {
  test("is empty for somebody who has said nothing", () => {
    expect(memory.recall("nobody")).toEqual({ draft: undefined, lang: undefined });
  });

  test("is what was kept last", () => {
    memory.keep("a", turn("one"));
    memory.keep("a", { ...turn("two"), thread: { draft: undefined, lang: "de" } });
    expect(memory.recall("a").lang).toBe("de");
  });

  test("expires in the course of a day, while the messages stay for the export", () => {
    memory.keep("a", turn("one"));
    clock.pass(6 * HOUR);
    expect(memory.recall("a").lang).toBe("fr");
    clock.pass(DAY);
    expect(memory.recall("a").lang).toBe(undefined);
    expect(asked("a")).toEqual(["one"]);
  });

  test("lives on from its last turn", () => {
    memory.keep("a", turn("one"));
    for (let hours = 0; hours < 40; hours += 8) {
      clock.pass(8 * HOUR);
      expect(memory.recall("a").lang).toBe("fr");
      memory.keep("a", turn("again"));
    }
  });
});

describe("export", () => {
  test("is one object with messages, flocks and feedback", () => {
    memory.keep("a", turn("one"));
    expect(memory.export("a")).toMatchObject({ user: "a", flocks: [], feedback: [] });
    expect(memory.export("a").messages).toMatchObject([
      { question: "one", answer: "answer to one", lang: "fr" },
    ]);
    expect(memory.export("nobody")).toEqual({ user: "nobody", messages: [], flocks: [], feedback: [] });
  });

  test("holds every message in its order", () => {
    const questions = Array.from({ length: 30 }, (_, index) => `question ${index}`);
    for (const question of questions) {
      memory.keep("a", turn(question));
      clock.pass(1000);
    }
    expect(asked("a")).toEqual(questions);
  });

  test("keeps the order of messages of the same millisecond", () => {
    const questions = Array.from({ length: 12 }, (_, index) => `question ${index}`);
    for (const question of questions) memory.keep("a", turn(question));
    expect(asked("a")).toEqual(questions);
  });

  test("loses nothing from one day to the next", () => {
    for (const question of ["monday 1", "monday 2", "monday 3"]) memory.keep("a", turn(question));
    clock.pass(DAY);
    memory.keep("a", turn("tuesday 1"));
    clock.pass(DAY);
    memory.keep("a", turn("wednesday 1"));
    expect(asked("a")).toEqual(["monday 1", "monday 2", "monday 3", "tuesday 1", "wednesday 1"]);
  });

  test("is bounded: of very many messages the newest remain, in order", () => {
    for (let index = 0; index < 450; index += 1) {
      memory.keep("a", turn(`question ${index}`));
      clock.pass(1);
    }
    const kept = asked("a");
    expect(kept.length).toBeGreaterThanOrEqual(100);
    expect(kept.length).toBeLessThan(450);
    expect(kept).toEqual(
      Array.from({ length: kept.length }, (_, index) => `question ${450 - kept.length + index}`),
    );
  });

  test("ends with the messages' time", () => {
    memory.keep("a", turn("one"));
    clock.pass(400 * DAY);
    expect(asked("a")).toEqual([]);
  });
});

/** Pairs of people of whom one's id begins the other's, or looks like it. */
const pairs: [string, string][] = [
  ["a", "ab"],
  ["a", "a\u0000b"],
  ["a", "a\u0000"],
  ["a", "a:1"],
  ["a", "A"],
  ["telegram:1", "telegram:12"],
  ["slack:T1:U1", "slack:T1:U11"],
  ["%", "x"],
  ["_", "x"],
  ["مزرعة", "مزرعة ٢"],
  ["🐔", "🐔🐔"],
  ["é", "e\u0301"],
  ["user", "user "],
];

test.each(pairs)("%j and %j are two people", (one, other) => {
  memory.keep(one, turn("of one"));
  memory.keep(other, { ...turn("of the other"), thread: { draft: undefined, lang: "pl" } });
  expect([memory.recall(one).lang, memory.recall(other).lang]).toEqual(["fr", "pl"]);
  expect([asked(one), asked(other)]).toEqual([["of one"], ["of the other"]]);
  memory.forget(one);
  expect(memory.recall(one).lang).toBe(undefined);
  expect([asked(one), asked(other)]).toEqual([[], ["of the other"]]);
  expect(memory.recall(other).lang).toBe("pl");
});

test("memory survives closing and opening the store", () => {
  memory.keep("a", turn("one"));
  store.close();
  store = openEmbeddedStore(folder, clock);
  memory = conversations(store.port, clock);
  expect(memory.recall("a").lang).toBe("fr");
  expect(asked("a")).toEqual(["one"]);
});
