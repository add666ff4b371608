import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openEmbeddedStore } from "../../../src/drivers/embedded-store.ts";
import { createArms } from "../../../src/model/arms.ts";
import { countCall, noFigures, WINDOW } from "../../../src/model/figures.ts";
import type { ModelCall } from "../../../src/model/run.ts";
import { shelfIn } from "../../../src/model/shelf.ts";
import { fakeClock } from "../../fixtures/fake-clock.ts";

let folder = "";
let store: ReturnType<typeof openEmbeddedStore>;
const clock = fakeClock();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flockwise-shelf-"));
  store = openEmbeddedStore(folder, clock);
});
afterEach(() => {
  vi.useRealTimers();
  store.close();
  rmSync(folder, { recursive: true, force: true });
});

const call = (over: Partial<ModelCall> = {}): ModelCall => ({
  model: "m",
  arm: "main",
  outcome: "ok",
  firstTokenMs: 200.4,
  totalMs: 1_000,
  promptTokens: 100,
  completionTokens: 20,
  ...over,
});
const shelf = () => shelfIn(store.port, clock);
const models = { main: "m", fast: "f" };
const mainOf = (arms: ReturnType<typeof createArms>) => arms.report().arms[0];

test("figures go on after a restart, and another process of the folder adds its own", () => {
  for (let process = 0; process < 3; process += 1) {
    const arms = createArms({ models, shelf: shelf() });
    arms.record(call());
    arms.judged({ model: "m", arm: "main", pieces: 4, passed: 3, clean: false });
    arms.close();
  }
  expect(mainOf(createArms({ models, shelf: shelf() }))).toMatchObject({
    model: "m",
    calls: 3,
    promptTokens: 300,
    texts: 3,
    cleanTexts: 0,
    pieces: 12,
    passedPieces: 9,
    firstTokenMs: { p50: { value: 200 } },
  });
});

test("another model on an arm begins anew, and the earlier one is there again when it comes back", () => {
  const first = createArms({ models, shelf: shelf() });
  first.record(call());
  first.close();
  expect(mainOf(createArms({ models: { main: "other" }, shelf: shelf() }))).toMatchObject({ calls: 0 });
  expect(mainOf(createArms({ models, shelf: shelf() }))).toMatchObject({ calls: 1 });
});

test("what was counted is put away two seconds later, not within the answer; a crash loses no more", () => {
  vi.useFakeTimers();
  const arms = createArms({ models, shelf: shelf() });
  arms.record(call());
  expect(shelf().read("main", "m")).toEqual(noFigures());
  vi.advanceTimersByTime(2_000);
  expect(shelf().read("main", "m").outcomes.ok).toBe(1);
  expect(mainOf(arms)).toMatchObject({ calls: 1 });
});

test("a store that fails costs no answer: the figures are kept with the next ones", () => {
  vi.useFakeTimers();
  const failed = vi.fn();
  const real = shelf();
  let broken = true;
  const arms = createArms({
    models,
    failed,
    shelf: {
      ...real,
      add: (...figures) => {
        if (broken) throw new Error("disk full");
        real.add(...figures);
      },
    },
  });
  arms.record(call());
  vi.advanceTimersByTime(2_000);
  expect(failed).toHaveBeenCalledOnce();
  broken = false;
  arms.record(call());
  vi.advanceTimersByTime(2_000);
  expect(real.read("main", "m").outcomes.ok).toBe(2);
});

test("a row stays small however many calls there are, and a row of another layout begins anew", () => {
  const many = noFigures();
  for (let nth = 0; nth < WINDOW + 500; nth += 1) countCall(many, call());
  shelf().add("main", "m", many);
  shelf().add("main", "m", many);
  const row = store.port.list("model-figures", "", 10)[0];
  expect(row?.value.length).toBeLessThan(20_000);
  expect(shelf().read("main", "m").outcomes.ok).toBe(2 * (WINDOW + 500));
  store.port.put("model-figures", row?.key ?? "", '{"calls":7}', clock.now() + 1_000);
  expect(shelf().read("main", "m")).toEqual(noFigures());
});
