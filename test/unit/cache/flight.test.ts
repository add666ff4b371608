import { describe, expect, test } from "vitest";
import { flight } from "../../../src/cache/flight.ts";
import type { SharedStore } from "../../../src/core/ports.ts";
import { FlockError } from "../../../src/core/errors.ts";
import { sharedStores } from "../../fixtures/shared-stores.ts";
import { silentLog } from "../../fixtures/door.ts";

const sleep = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));
const all = async (
  source: AsyncGenerator<string, { end: string; made: boolean }>,
): Promise<{ text: string; end: string; made: boolean }> => {
  let text = "";
  for (;;) {
    const step = await source.next();
    if (step.done === true) return { text, ...step.value };
    text += step.value;
  }
};

/** A maker that counts how often it is called, and writes one piece every few milliseconds. */
const maker = (pieces = 12, eachMs = 5) => {
  let calls = 0;
  let left = 0;
  return {
    calls: () => calls,
    left: () => left,
    async *make(signal: AbortSignal): AsyncGenerator<string, string> {
      calls += 1;
      for (let at = 0; at < pieces; at += 1) {
        if (signal.aborted) {
          left += 1;
          throw new Error("left");
        }
        await sleep(eachMs);
        yield `${String(at)} `;
      }
      return "end";
    },
  };
};

describe("one flight in one process", () => {
  test("100 equal questions make one answer; the late get it from the beginning", async () => {
    const { make, calls } = maker();
    const air = flight(undefined, silentLog);
    const first = all(air.join("k", make, undefined));
    await sleep(20);
    const late = await Promise.all(Array.from({ length: 99 }, () => all(air.join("k", make, undefined))));
    const one = await first;
    expect(calls()).toBe(1);
    expect(one.made).toBe(true);
    expect(new Set(late.map(({ text }) => text))).toEqual(new Set([one.text]));
    expect(late.every(({ made }) => !made)).toBe(true);
    expect(air.waiters()).toBe(0);
  });
  test("another question is another answer, and the next asker makes a new one", async () => {
    const { make, calls } = maker(2);
    const air = flight(undefined, silentLog);
    await Promise.all([all(air.join("a", make, undefined)), all(air.join("b", make, undefined))]);
    await all(air.join("a", make, undefined));
    expect(calls()).toBe(3);
  });
  test("whoever leaves early stops the maker only when nobody else waits", async () => {
    const { make, left, calls } = maker();
    const air = flight(undefined, silentLog);
    const leaving = new AbortController();
    const gone = all(air.join("k", make, leaving.signal)).catch(() => "gone");
    const stays = all(air.join("k", make, undefined));
    await sleep(12);
    leaving.abort();
    expect(await gone).toBe("gone");
    expect((await stays).end).toBe("end");
    expect([calls(), left()]).toEqual([1, 0]);
    const alone = new AbortController();
    const last = all(air.join("k2", make, alone.signal)).catch(() => "gone");
    await sleep(12);
    alone.abort();
    await last;
    await sleep(30);
    expect(left()).toBe(1);
  });
  test("a maker that fails fails for all, and is forgotten", async () => {
    const air = flight(undefined, silentLog);
    // eslint-disable-next-line require-yield
    const broken = async function* (): AsyncGenerator<string, string> {
      await sleep(5);
      throw new FlockError("model", "down");
    };
    const results = await Promise.allSettled([1, 2].map(() => all(air.join("k", broken, undefined))));
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect((await all(air.join("k", maker(1).make, undefined))).end).toBe("end");
  });
});

for (const subject of sharedStores)
  describe.skipIf(subject.absent !== undefined)(`one flight across replicas: ${subject.name}`, () => {
    test("100 equal questions over three replicas make one answer, the same for all", async () => {
      const place = await subject.place();
      try {
        const { make, calls } = maker(20, 10);
        const replicas = [1, 2, 3].map(() => flight(place.open(), silentLog));
        const asked = Array.from({ length: 100 }, async (_, at) => {
          await sleep(at);
          const replica = replicas[at % 3];
          if (!replica) throw new Error("no replica");
          return all(replica.join("k", make, undefined));
        });
        const texts = (await Promise.all(asked)).map(({ text, end }) => text + end);
        expect(calls()).toBe(1);
        expect(new Set(texts).size).toBe(1);
      } finally {
        await place.remove();
      }
    });
  });

describe("a store that fails", () => {
  test("makes the flight one of this process alone", async () => {
    const down = (): never => {
      throw new FlockError("store", "down");
    };
    const store: SharedStore = {
      get: down,
      put: down,
      drop: down,
      scan: down,
      bump: down,
      counters: down,
      lease: () => Promise.reject(new FlockError("store", "down")),
      holder: down,
      renew: down,
      release: down,
      append: down,
      follow: down,
      close: () => Promise.resolve(),
    };
    const { make, calls } = maker(3);
    const air = flight(store, silentLog);
    const both = await Promise.all([
      all(air.join("k", make, undefined)),
      all(air.join("k", make, undefined)),
    ]);
    expect(calls()).toBe(1);
    expect(both.map(({ end }) => end)).toEqual(["end", "end"]);
  });
});
