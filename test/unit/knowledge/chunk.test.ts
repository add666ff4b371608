import { describe, expect, test } from "vitest";
import type { DocumentBlock, TableRow } from "../../../src/core/documents.ts";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { chunker, LEAST, MOST, type Chunk } from "../../../src/knowledge/chunk.ts";
import { countWords } from "../../../src/knowledge/words.ts";
import { tagger } from "../../../src/knowledge/tag.ts";
import { reader } from "../../../src/language/read.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const cut = (blocks: readonly DocumentBlock[]): Chunk[] => {
  const chunks = chunker();
  return [...blocks.flatMap((block) => chunks.add(block)), ...chunks.end()];
};
const heading = (level: number, text: string): DocumentBlock => ({ type: "heading", level, text, at: {} });
const text = (words: string, at = {}): DocumentBlock => ({ type: "paragraph", text: words, at });
/** Prose of about so many words, every sentence another one. */
const prose = (words: number, about = "litter"): string =>
  Array.from(
    { length: Math.ceil(words / 10) },
    (_, at) => `Sentence ${at} says that the ${about} is kept dry enough.`,
  ).join(" ");

const table = (header: string[], rows: (string | number | null)[][]): DocumentBlock => ({
  type: "table",
  header,
  at: { sheet: "S", row: 1 },
  rows: rows.map((cells, at): TableRow => ({ cells, at: { sheet: "S", row: at + 2 } })),
});

describe("texts", () => {
  test("a long section is cut into parts of 60 to 180 words, nothing lost and nothing twice", () => {
    const source = prose(1234);
    const chunks = cut([heading(1, "Litter"), text(source)]);
    expect(chunks.length).toBeGreaterThan(5);
    for (const { words, text: own } of chunks) {
      expect(words).toBeGreaterThanOrEqual(LEAST);
      expect(words).toBeLessThanOrEqual(MOST);
      expect(countWords(own)).toBe(words);
      expect(own).toMatch(/^Sentence .*enough\.$/s);
    }
    expect(chunks.map((chunk) => chunk.text).join(" ")).toBe(source);
  });

  test("a chunk keeps the path of its headings, and a heading is never parted from its text", () => {
    const chunks = cut([
      heading(1, "Brooding"),
      heading(2, "Litter"),
      text(prose(100)),
      heading(2, "Water"),
      text(prose(100, "line")),
      heading(1, "Feed"),
      text(prose(100, "pan")),
    ]);
    expect(chunks.map(({ paths }) => paths)).toEqual([
      [["Brooding", "Litter"]],
      [["Brooding", "Water"]],
      [["Feed"]],
    ]);
    expect(chunks.every((chunk) => chunk.text.startsWith("Sentence 0"))).toBe(true);
  });

  test("short sections share a chunk, which shows each heading above its text", () => {
    const [chunk, ...others] = cut([
      heading(1, "Brooding"),
      heading(2, "Litter"),
      text("Keep it dry."),
      heading(2, "Water"),
      text("Keep it clean."),
    ]);
    expect(others).toEqual([]);
    expect(chunk?.text).toBe("Brooding\n\nLitter\n\nKeep it dry.\n\nWater\n\nKeep it clean.");
    expect(chunk?.paths).toEqual([
      ["Brooding", "Litter"],
      ["Brooding", "Water"],
    ]);
  });

  test("a chunk is of one page, but for a sentence that goes over to the next", () => {
    const chunks = cut([
      text(`${prose(80)} The pans are`, { page: 4 }),
      text(`filled twice a day. ${prose(80, "pan")}`, { page: 5 }),
      text(prose(70, "line"), { page: 6 }),
    ]);
    expect(chunks.map(({ first, last }) => [first.page, last.page])).toEqual([
      [4, 4],
      [4, 5],
      [6, 6],
    ]);
    expect(chunks[1]?.text).toMatch(/^The pans are filled twice a day\./);
  });

  test("what is short on one page or sheet is never cited with another's table", () => {
    const rows = [1, 2].map((age): TableRow => ({ cells: [age, age], at: { page: 2, line: age } }));
    const chunks = cut([
      text("Nothing here is about weights.", { page: 1 }),
      text("Table 1. Weights", { page: 2 }),
      { type: "table", header: ["Age", "Weight"], rows, at: { page: 2 } },
      text("Nor is this.", { page: 3 }),
    ]);
    expect(chunks.map(({ first, last }) => [first.page, last.page])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(chunks[1]?.text).toMatch(/^Table 1\. Weights\n\n\| Age \| Weight \|/);
  });

  test("a text without an end of a sentence, or without a space, is cut all the same", () => {
    for (const endless of [
      "word ".repeat(5000),
      "x".repeat(200_000),
      "ไก่กินน้ำ".repeat(3000),
      "鸡舍温度".repeat(5000),
    ]) {
      const chunks = cut([text(endless)]);
      expect(chunks.length).toBeGreaterThan(3);
      expect(Math.max(...chunks.map(({ words }) => words))).toBeLessThanOrEqual(MOST);
      const joined = chunks
        .map((chunk) => chunk.text)
        .join("")
        .replaceAll(/\s/g, "");
      expect(joined).toBe(endless.replaceAll(" ", ""));
    }
  });
});

describe("tables", () => {
  const header = ["Age (days)", "Body weight (g)", "FCR"];
  const rows = Array.from({ length: 200 }, (_, day) => [day, 40 + day * 60, 1.1]);

  test("every group of rows has the names of the columns and the caption; no row is lost or twice", () => {
    const chunks = cut([
      heading(1, "Males"),
      text("Table 3. Ross, as hatched", { sheet: "S", row: 1 }),
      table(header, rows),
    ]);
    expect(chunks.length).toBeGreaterThan(3);
    let next = 0;
    for (const chunk of chunks) {
      expect(chunk.isTable).toBe(true);
      expect(chunk.paths).toEqual([["Males"]]);
      expect(chunk.words).toBeLessThanOrEqual(MOST);
      expect(chunk.words).toBeGreaterThanOrEqual(LEAST);
      expect(chunk.text).toContain(
        "Table 3. Ross, as hatched\n\n| Age (days) | Body weight (g) | FCR |\n|---|---|---|\n",
      );
      const own = chunk.text.split("\n").slice(4);
      expect(chunk.first.row).toBe(next + 2);
      for (const line of own) {
        expect(line).toBe(`| ${next} | ${40 + next * 60} | 1.1 |`);
        next += 1;
      }
      expect(chunk.last.row).toBe(next + 1);
    }
    expect(next).toBe(200);
  });

  test("a label row stands above the rows that it names, in every group", () => {
    const chunks = cut([
      table(header, [
        ["Males", null, null],
        ...rows.slice(0, 80),
        ["Females", null, null],
        ...rows.slice(0, 80),
      ]),
    ]);
    const labels = chunks.map((chunk) => chunk.text.split("\n")[0]);
    expect(new Set(labels)).toEqual(new Set(["Males", "Females"]));
    expect(labels.indexOf("Females")).toBe(labels.lastIndexOf("Males") + 1);
  });

  test("a wide table is parted by columns, and the first column stays with each part", () => {
    const wide = Array.from({ length: 90 }, (_, at) => `Column ${at}`);
    const chunks = cut([table(["Age", ...wide], [[21, ...wide.map((_, at) => at)]])]);
    expect(chunks.length).toBeGreaterThan(1);
    for (const { text: own, words } of chunks) {
      expect(own).toMatch(/^\| Age \| /);
      expect(own).toMatch(/\n\| 21 \| /);
      expect(words).toBeLessThanOrEqual(MOST);
    }
  });

  test("rows of prose are read as text, each cell with the name of its column", () => {
    const [chunk] = cut([table(["Fault", "Remedy"], [["Wet litter", prose(130)]])]);
    expect(chunk?.text).toMatch(/^Fault: Wet litter; Remedy: Sentence 0/);
  });

  test("a sign that parts cells is escaped", () => {
    const [chunk] = cut([table(["a", "b"], [["x | y", 1]])]);
    expect(chunk?.text).toContain("| x \\| y | 1 |");
  });
});

const SAYS: Readonly<Record<Lang, string>> = {
  ar: "يجب أن تبقى الفرشة جافة وأن تشرب الطيور ماء نظيفا كل يوم.",
  de: "Die Einstreu muss trocken bleiben und die Vögel trinken jeden Tag sauberes Wasser.",
  en: "The litter has to stay dry and the birds drink clean water every day.",
  es: "La cama tiene que estar seca y las aves beben agua limpia todos los días.",
  fr: "La litière doit rester sèche et les oiseaux boivent de l'eau propre chaque jour.",
  hi: "बिछावन सूखा रहना चाहिए और मुर्गियां हर दिन साफ पानी पीती हैं।",
  id: "Alas kandang harus tetap kering dan ayam minum air bersih setiap hari.",
  it: "La lettiera deve restare asciutta e gli animali bevono acqua pulita ogni giorno.",
  ja: "敷料は乾いていなければならず、鶏は毎日きれいな水を飲みます。",
  nl: "Het strooisel moet droog blijven en de vogels drinken elke dag schoon water.",
  pl: "Ściółka musi być sucha, a ptaki piją codziennie czystą wodę.",
  pt: "A cama deve permanecer seca e as aves bebem água limpa todos os dias.",
  th: "วัสดุรองพื้นต้องแห้งและไก่ดื่มน้ำสะอาดทุกวัน",
  tr: "Altlık kuru kalmalı ve kuşlar her gün temiz su içmelidir.",
  vi: "Chất độn chuồng phải khô và gà uống nước sạch mỗi ngày.",
  zh: "垫料必须保持干燥，鸡每天都要喝干净的水。",
};

describe.each(LANGS)("%s", (lang) => {
  const tag = tagger(reader(lexicon), lexicon);
  test("a long text is cut into 60 to 180 words, in its language, with what it is about", () => {
    const chunks = cut([text(Array.from({ length: 60 }, (_, at) => `${at + 1}. ${SAYS[lang]}`).join(" "))]);
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) {
      expect(chunk.words).toBeGreaterThanOrEqual(LEAST);
      expect(chunk.words).toBeLessThanOrEqual(MOST);
      const { lang: own, sure, concepts } = tag(chunk.text, undefined);
      expect([own, sure]).toEqual([lang, true]);
      expect(concepts).toEqual(expect.arrayContaining(["litter", "dry"]));
      expect(concepts.some((concept) => concept === "water" || concept === "water_intake")).toBe(true);
    }
  });
});
