import { describe, expect, test } from "vitest";
import type { DocumentBlock } from "../../../src/core/documents.ts";
import { csvBlocks } from "../../../src/drivers/documents/csv.ts";
import { htmlBlocks, htmlText } from "../../../src/drivers/documents/html.ts";
import { markdownBlocks, textBlocks } from "../../../src/drivers/documents/text.ts";
import { allOf, documentFiles, short } from "../../fixtures/blocks.ts";

const { file } = documentFiles();

describe("text", () => {
  test("empty lines part paragraphs, each with its line", async () => {
    const blocks = await allOf(textBlocks(file("txt", "\ufeffone\r\ntwo\r\n\r\n\r\nthree")));
    expect(blocks).toEqual([
      { type: "paragraph", text: "one\ntwo", at: { line: 1 } },
      { type: "paragraph", text: "three", at: { line: 5 } },
    ]);
  });

  test("UTF-16 is read by its mark; other encodings and bytes are refused, never guessed", async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Trống và mái", "utf16le")]);
    expect(short(await allOf(textBlocks(file("txt", utf16))))).toEqual(["Trống và mái"]);
    await expect(allOf(textBlocks(file("txt", Buffer.from("Âge", "latin1"))))).rejects.toThrow(
      "not in UTF-8",
    );
    await expect(allOf(textBlocks(file("txt", "a\0b")))).rejects.toThrow("not a text");
  });

  test("Markdown: headings of both kinds, items, tables, marks taken off, comments and markup left out", async () => {
    const source = [
      "---",
      "secret: front matter",
      "---",
      "# Brooding *guide*",
      "",
      "The **litter** is [warm](http://x/y) and `dry`.",
      "Second line.",
      "<!-- ignore",
      "all of this -->",
      "- first item",
      "- second item",
      "",
      "Water",
      "-----",
      "| Age (days) | Water (ml) |",
      "|---|---:|",
      "| 1 | 20 |",
      "| 2 | 24 \\| 25 |",
      "```",
      "# no heading",
      "```",
    ].join("\n");
    expect(short(await allOf(markdownBlocks(file("md", source))))).toEqual([
      "title: Brooding guide",
      "# Brooding guide",
      "The litter is warm and dry.\nSecond line.",
      "first item",
      "second item",
      "## Water",
      [
        ["Age (days)", "Water (ml)"],
        ["1", "20"],
        ["2", "24 | 25"],
      ],
      "# no heading",
    ]);
  });
});

describe("CSV", () => {
  test("quotes, marks inside them, line ends inside them, and the number of the row", async () => {
    const source = 'Name,"Weight, g"\r\n"Ross ""308""",1012\n"two\nlines",7\n';
    const [block] = await allOf(csvBlocks(file("csv", source)));
    expect(short([block as DocumentBlock])).toEqual([
      [
        ["Name", "Weight, g"],
        ['Ross "308"', "1012"],
        ["two\nlines", "7"],
      ],
    ]);
    expect(block?.type === "table" && block.rows.map(({ at }) => at)).toEqual([{ row: 2 }, { row: 3 }]);
  });

  test.each([";", "\t", "|"])("cells parted by %j, with decimal commas", async (mark) => {
    const source = ["Alter,Tage;FVW", "21;1,25", "28;1,39"].join("\n").replaceAll(";", mark);
    expect(short(await allOf(csvBlocks(file("csv", source))))).toEqual([
      [
        ["Alter,Tage", "FVW"],
        ["21", "1,25"],
        ["28", "1,39"],
      ],
    ]);
  });

  test("a title above, an empty row between two tables, and a row with too few cells", async () => {
    const source = "Farm report,,\nAge,Weight,Feed\n1,2,3\n4,5\n,,\nPen,Birds,Dead\nA,10,1\n";
    const blocks = await allOf(csvBlocks(file("csv", source)));
    expect(short(blocks)).toEqual([
      "Farm report",
      [
        ["Age", "Weight", "Feed"],
        ["1", "2", "3"],
        ["4", "5", null],
      ],
      [
        ["Pen", "Birds", "Dead"],
        ["A", "10", "1"],
      ],
    ]);
    const [, table] = blocks;
    expect(table?.type === "table" && table.rows.map(({ ragged }) => ragged)).toEqual([
      undefined,
      { cells: 2, header: 3 },
    ]);
  });

  test("more than 100,000 cells are refused", async () => {
    const path = file("csv", "a,b,c,d,e,f,g,h,i,j\n".repeat(10_001));
    await expect(allOf(csvBlocks(path))).rejects.toThrow("it has more than 100,000 cells");
  });
});

describe("HTML", () => {
  test("headings, paragraphs, entities, tables; nothing that a reader of the page does not see", () => {
    const source = `<!doctype html><title>Eau &amp; aliments</title><style>p{}</style>
      <script>document.write("<p>script</p>")</script><!-- <p>comment</p> --><nav>menu</nav>
      <h1>L&rsquo;eau</h1><p>Fra&icirc;che &lt; 20 &#176;C&nbsp;!<br>Toujours.
      <p hidden>hidden paragraph<p style="display:none">hidden too<p>Seen <span style="font-size:0">not</span>again.
      <div>One <b>two</b></div>three<footer>foot</footer>`;
    expect(short([...htmlBlocks(source)])).toEqual([
      "title: Eau & aliments",
      "# L’eau",
      "Fraîche < 20 °C !\nToujours.",
      "Seen again.",
      "One two",
      "three",
    ]);
    const seen = short([...htmlBlocks(source)]).join(" ");
    for (const unseen of ["script", "comment", "menu", "hidden", "not", "foot", "p{}"])
      expect(seen).not.toContain(unseen);
  });

  test("cells over several rows and columns are repeated, and their rows marked", () => {
    const [block] = htmlBlocks(
      "<table><tr><th rowspan=2>Age<th colspan=2>Males<tr><th>Weight<th>FCR<tr><td>21<td rowspan=2>1100<td>1.2<tr><td>28<td>1.3</table>",
    );
    expect(short([block as DocumentBlock])).toEqual([
      [
        ["Age", "Males Weight", "Males FCR"],
        ["21", "1100", "1.2"],
        ["28", "1100", "1.3"],
      ],
    ]);
    expect(block?.type === "table" && block.rows.every(({ merged }) => merged === true)).toBe(true);
  });

  test("a table that only lays out a page is read as text", () => {
    const source =
      "<table><tr><td>Menu<td><table><tr><th>Age<th>Weight<tr><td>21<td>1012</table>After</table>";
    expect(short([...htmlBlocks(source)])).toContainEqual([
      ["Age", "Weight"],
      ["21", "1012"],
    ]);
  });

  test.each([
    ["a tag that never ends", "<p>seen</p><a href='"],
    ["a quote that never ends", `<p>seen</p><a title="x>y</a>`],
    ["a comment that never ends", "<p>seen</p><!-- x"],
    ["tags that are never closed", `<p>seen</p>${"<div>".repeat(50_000)}`],
    ["tables in tables", `<p>seen</p>${"<table><tr><td>".repeat(2000)}`],
    ["signs that open nothing", `<p>seen</p>${"<".repeat(200_000)}`],
    ["comments that open in comments", `<p>seen</p>${"<!--".repeat(100_000)}`],
    ["scripts that are never closed", `<p>seen</p>${"<script>".repeat(50_000)}`],
    ["quotes in every tag", `<p>seen</p>${`<a b="`.repeat(100_000)}`],
  ])("%s: what came before is read, at once", (_what, source) => {
    const begun = performance.now();
    expect(short([...htmlBlocks(source)])[0]).toBe("seen");
    expect(performance.now() - begun).toBeLessThan(2000);
  });

  test("a page is read in the encoding that it declares, and refused when it is not in it", () => {
    const page = Buffer.from('<meta charset="windows-1252"><p>\u00c4ge \u0080', "latin1");
    expect(htmlText(page)).toContain("Äge €");
    expect(() => htmlText(Buffer.from("<p>\u00c4ge", "latin1"))).toThrow("not in UTF-8");
    expect(() => htmlText(Buffer.from('<meta charset="klingon"><p>x'))).toThrow("encoding that nobody knows");
  });
});
