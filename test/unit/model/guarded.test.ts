import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { guarded, MOST_CHARACTERS, type Dropped } from "../../../src/model/guard.ts";
import { answer, open, PASSAGES, run, sourcesOf } from "../../fixtures/guarding.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const stream = async function* (text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
};
const collect = async (deltas: AsyncIterable<string>, lang: Lang, drops: Dropped[] = []): Promise<string> => {
  let shown = "";
  const options = { lang, lexicon, sources: { passages: PASSAGES }, questionText: "", gate: open };
  for await (const part of guarded(deltas, { ...options, dropped: (drop) => drops.push(drop) }))
    shown += part;
  return shown;
};

describe("a stream", () => {
  test("ends at 4,000 characters, however much comes", async () => {
    let pulled = 0;
    let closed = false;
    const endless = async function* (): AsyncGenerator<string> {
      try {
        for (;;) {
          pulled += 1;
          yield "Keep the litter dry in the house. ";
        }
      } finally {
        closed = true;
      }
    };
    const drops: Dropped[] = [];
    const shown = await collect(endless(), "en", drops);
    expect(shown.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(shown.length).toBeGreaterThan(MOST_CHARACTERS - 40);
    expect(shown.endsWith("house. ")).toBe(true);
    expect(pulled).toBeLessThan(MOST_CHARACTERS / 30);
    expect(closed).toBe(true);
    expect(drops.map(({ why }) => why)).toEqual(["length"]);
  });

  test("ends so too when nothing of it may be shown, or all of it comes at once", async () => {
    expect(await collect(stream("Give 34 °C. ".repeat(2000), 7), "en")).toBe("");
    const all = await collect(stream("Keep the litter dry in the house. ".repeat(2000), 1e9), "en");
    expect(all.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  });

  test("that fails passes its fault on and shows nothing that was not judged", async () => {
    const failing = async function* (): AsyncGenerator<string> {
      yield "Keep the litter dry in the whole house. The chicks weigh 1,01";
      throw new Error("connection lost");
    };
    let shown = "";
    const reading = async (): Promise<void> => {
      const options = {
        lang: "en" as const,
        lexicon,
        sources: { passages: PASSAGES },
        questionText: "",
        gate: open,
      };
      for await (const part of guarded(failing(), options)) shown += part;
    };
    await expect(reading()).rejects.toThrow("connection lost");
    expect(shown).toBe("Keep the litter dry in the whole house. ");
  });

  test("that nobody reads on is closed", async () => {
    let closed = false;
    const model = async function* (): AsyncGenerator<string> {
      try {
        for (;;) yield "Keep the litter dry in the whole house. ";
      } finally {
        closed = true;
      }
    };
    const options = {
      lang: "en" as const,
      lexicon,
      sources: { passages: PASSAGES },
      questionText: "",
      gate: open,
    };
    for await (const part of guarded(model(), options)) {
      expect(part).not.toBe("");
      break;
    }
    expect(closed).toBe(true);
  });

  test("that is empty shows nothing", async () => {
    expect(await collect(stream("", 1), "en")).toBe("");
  });
});

test("judging takes less than two milliseconds a piece", () => {
  for (const lang of LANGS) {
    const texts = [0, 30, 60, 90, 120, 150].map((from) => [answer(lang, from), sourcesOf(from)] as const);
    const once = (): number => {
      let pieces = 0;
      for (const [text, passages] of texts)
        run(text, lang, {
          sources: { passages },
          gate: () => {
            pieces += 1;
            return { ok: true };
          },
        });
      return pieces;
    };
    once();
    const began = performance.now();
    const pieces = once();
    expect((performance.now() - began) / pieces, lang).toBeLessThan(2);
  }
});
