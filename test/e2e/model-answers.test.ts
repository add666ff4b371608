import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { compose, type Service } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import type { Answer } from "../../src/core/types.ts";
import { modelEmulator, type ModelEmulator, type Script, type Step } from "../emulators/model.ts";

const dataDir = mkdtempSync(join(tmpdir(), "flockwise-model-"));
let service: Service | undefined;
let server: ModelEmulator | undefined;

afterEach(async () => {
  await service?.close();
  await server?.close();
});
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Asks the whole house with a model behind it that follows a script; what was streamed, and the answer. */
const asking = async (script: Script, text: string, env: Record<string, string> = {}) => {
  server = await modelEmulator(() => script);
  service = compose(
    loadConfig({
      DATA_DIR: dataDir,
      LLM_BASE_URL: server.url,
      LLM_TIMEOUT_MS: "3000",
      CACHE_MODE: "off",
      ...env,
    }),
  );
  let streamed = "";
  let answer: Answer | undefined;
  for await (const event of service.engine.ask({ text, channel: "test" })) {
    if (event.type === "text-delta") streamed += event.text;
    if (event.type === "answer-end") ({ answer } = event);
  }
  if (!answer) throw new Error("no answer-end");
  return { streamed, answer };
};

const says = (...words: string[]): Script => ({
  steps: [
    ...words.map((say): Step => ({ say })),
    { finish: "stop", usage: { prompt_tokens: 700, completion_tokens: 40 } },
    { done: true },
  ],
});

const QUESTION = "How much ammonia is allowed in a broiler house?";

describe("a model that keeps to its passages", () => {
  test("writes the answer, with its sources under it", async () => {
    const { answer, streamed } = await asking(
      says(
        "Keep ammonia below 10 ppm ",
        "in the broiler house [1]. Above 20 ppm birds fall ill more easily [1].",
      ),
      QUESTION,
    );
    expect(answer.via).toBe("model");
    expect(answer.text).toContain("10 ppm");
    expect(answer.text).toContain("Source: [1]");
    expect(answer.model).toMatchObject({ arm: expect.any(String) as string, prompt_tokens: 700 });
    expect(streamed).toBe(answer.text);
  });

  test("is told little", async () => {
    await asking(says("Below 10 ppm [1]."), QUESTION);
    const [heard] = server?.heard ?? [];
    expect(heard?.system).toContain("passages");
    expect(heard?.user).toContain("ammonia");
    expect((heard?.system?.length ?? 0) + (heard?.user.length ?? 0)).toBeLessThan(7000);
  });

  test.each([
    [
      "fr",
      "Quel taux d'ammoniac maximum dans un poulailler de chair ?",
      "Gardez l'ammoniac sous 10 ppm dans le bâtiment [1].",
    ],
    [
      "tr",
      "Etlik piliç kümesinde amonyak en fazla kaç ppm olmalı?",
      "Kümeste amonyak 10 ppm altında tutulmalıdır [1].",
    ],
    ["ar", "كم الحد الأقصى للأمونيا في عنبر دجاج اللحم؟", "أبقِ الأمونيا دون 10 ppm في العنبر [1]."],
  ])("%s: is answered in the language of the question", async (lang, text, said) => {
    const { answer, streamed } = await asking(says(said), text);
    expect(answer.lang).toBe(lang);
    expect(answer.via).toBe("model");
    expect(answer.text).toContain(said.slice(0, 12));
    expect(streamed).toBe(answer.text);
  });
});

describe("a hostile or broken model: nothing wrong reaches the reader, and the answer still comes", () => {
  const hostile: [string, Script, Record<string, string>?][] = [
    ["a wrong number", says("Ammonia may reach 85 ppm in a broiler house.")],
    ["a dose", says("Give 20 mg/kg amoxicillin in the water against the ammonia.")],
    [
      "another language",
      says("La amoniaca en el gallinero debe ser muy baja, como dicen los libros de los granjeros."),
    ],
    ["a medicine of its own", says("Give Baytril in the water against the ammonia until they are well.")],
    ["a sale of its own", says("You can go on selling the eggs of the sick birds at once.")],
    ["nothing at all", says("")],
    ["a refusal", { refuse: 500 }],
    ["too many requests", { refuse: 429, headers: { "retry-after": "30" } }],
    ["a cut connection", { steps: [{ reset: true }] }],
    ["silence", { steps: [{ hang: true }] }, { LLM_TIMEOUT_MS: "600" }],
    ["bytes that are no JSON", { steps: [{ raw: "data: {nonsense\n\n" }, { done: true }] }],
  ];
  test.each(hostile)("%s", async (_, script, env) => {
    const { answer, streamed } = await asking(script, QUESTION, env);
    expect(answer.text).toContain("10 ppm");
    expect(answer.text).not.toMatch(/85|mg\/kg|amoniaca|Baytril|selling/);
    expect(streamed).toBe(answer.text);
  });

  test("text without end is ended", async () => {
    const { answer } = await asking({ steps: [{ endless: "Ammonia harms the birds. " }] }, QUESTION);
    expect(answer.text.length).toBeLessThan(8000);
  });

  test("a model that dies in the middle keeps what it said, and the passages stand under it", async () => {
    const { answer, streamed } = await asking(
      {
        steps: [
          { say: "Ammonia harms the lungs of the birds, so keep it low. And then " },
          { wait: 300 },
          { reset: true },
        ],
      },
      QUESTION,
    );
    expect(answer.text).toContain("Ammonia harms the lungs");
    expect(answer.text).toContain("10 ppm");
    expect(streamed).toBe(answer.text);
  });
});
