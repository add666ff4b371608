import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Lang } from "../../../src/core/types.ts";
import { documentSearch } from "../../../src/knowledge/documents.ts";
import { loadPassages } from "../../../src/knowledge/passages.ts";
import { passageRetriever } from "../../../src/knowledge/retrieve.ts";
import { reader } from "../../../src/language/read.ts";
import { lexicon } from "../../fixtures/understanding.ts";
import { fakeClock } from "../../fixtures/fake-clock.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const passages = loadPassages(ROOT, new Set(Object.keys(lexicon.concepts)));
const none = documentSearch(() => undefined, lexicon, fakeClock());
const retriever = passageRetriever(passages, lexicon, reader(lexicon), none);
const search = (text: string, lang: Lang) => retriever.search({ text, lang, concepts: new Set() }, 3);

/** "How much ammonia may there be in a broiler house", as it is asked in each language. */
const AMMONIA: [Lang, string][] = [
  ["ar", "كم الحد الأقصى للأمونيا في عنبر دجاج اللحم؟"],
  ["de", "Wie viel Ammoniak darf im Masthühnerstall sein?"],
  ["en", "how much ammonia is too much in a broiler house"],
  ["es", "¿cuánto amoníaco se permite en la nave de pollos?"],
  ["fr", "combien d'ammoniac au maximum dans un poulailler de chair ?"],
  ["hi", "ब्रॉयलर शेड में अमोनिया कितना होना चाहिए"],
  ["id", "berapa batas amonia di kandang broiler"],
  ["it", "quanta ammoniaca al massimo nel capannone dei broiler"],
  ["ja", "ブロイラー鶏舎のアンモニアはどのくらいまで大丈夫ですか"],
  ["nl", "hoeveel ammoniak mag er in een vleeskuikenstal zijn"],
  ["pl", "ile amoniaku może być w kurniku brojlerów"],
  ["pt", "quanto de amônia pode ter no galpão de frangos"],
  ["th", "แอมโมเนียในโรงเรือนไก่เนื้อไม่ควรเกินเท่าไร"],
  ["tr", "etlik piliç kümesinde amonyak en fazla kaç olmalı"],
  ["vi", "amoniac trong chuồng gà thịt tối đa bao nhiêu"],
  ["zh", "肉鸡舍氨气最多允许多少"],
];

describe("a question in any language finds the passage", () => {
  test.each(AMMONIA)("%s: %s", async (lang, text) => {
    const found = await search(text, lang);
    expect(found.map(({ passage }) => passage.id).join()).toMatch(/ammonia/);
    expect(found[0]?.score).toBeGreaterThan(0.5);
  });
});

test("another breeder's figure is never given for the one asked about", async () => {
  const found = await search("how long should Lohmann Brown hens have light in week 17", "en");
  expect(found.length).toBeGreaterThan(0);
  for (const { passage } of found) {
    const named = `${passage.title} ${passage.applies} ${passage.gist?.en ?? ""}`;
    if (/Hy-Line|Ross|Cobb/.test(named)) expect(named).toMatch(/Lohmann/);
  }
});

test("a broiler's figures are none for a layer", async () => {
  const found = await search("lighting programme for layers", "en");
  expect(found.length).toBeGreaterThan(0);
  for (const { passage } of found)
    if (/broiler/i.test(passage.applies)) expect(passage.applies).toMatch(/layer|all|chicken|hen|pullet/i);
});

test("what no passage is about is found with little certainty", async () => {
  const found = await search("what does the dealer in town pay for point of lay pullets this month", "en");
  expect(found[0]?.score ?? 0).toBeLessThan(0.5);
});

describe("ingested documents", () => {
  const chunk = {
    id: "d1",
    title: "Farm rules",
    applies: "",
    concepts: ["generator", "check"],
    sources: [{ title: "Farm rules", page: "p.2", url: null }],
    text: "The generator of house 7 is tested on the first Monday of the month by the foreman.",
    lang: "en" as const,
    gist: undefined,
    version: "v1",
  };
  const matches: string[] = [];
  const documents = {
    all: () => [chunk],
    search: (match: string) => {
      matches.push(match);
      return [{ id: "d1", rank: -1 }];
    },
    sources: () => [{ source: "farm.md", version: "v1" }],
  };
  const both = passageRetriever(
    passages,
    lexicon,
    reader(lexicon),
    documentSearch(() => documents, lexicon, fakeClock()),
  );

  test("are found beside our own passages", async () => {
    const found = await both.search(
      { text: "when is the generator of house 7 tested?", lang: "en", concepts: new Set() },
      3,
    );
    expect(found.map(({ passage }) => passage.id)).toContain("d1");
  });

  test("are searched by the names that the question's concepts have in their language", async () => {
    await both.search({ text: "Wann wird der Generator geprüft?", lang: "de", concepts: new Set() }, 3);
    expect(matches.at(-1)).toContain("generator");
  });
});
