import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import excel from "exceljs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DocumentBlock } from "../../../src/core/documents.ts";
import { csvBlocks } from "../../../src/drivers/documents/csv.ts";
import { docxBlocks } from "../../../src/drivers/documents/docx.ts";
import { htmlBlocks, htmlText } from "../../../src/drivers/documents/html.ts";
import { pdfBlocks } from "../../../src/drivers/documents/pdf.ts";
import { readApart } from "../../../src/drivers/documents/read-apart.ts";
import { markdownBlocks, textBlocks } from "../../../src/drivers/documents/text.ts";
import { walk } from "../../../src/drivers/documents/walk.ts";
import { xlsxBlocks } from "../../../src/drivers/documents/xlsx.ts";
import { docxEntries, docxOf, gridAt, pdfOf, proseAt, zipOf } from "../../fixtures/documents.ts";

let folder = "";
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "flockwise-documents-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
const file = (ending: string, content: string | Uint8Array): string => {
  files += 1;
  const path = join(folder, `file-${files}.${ending}`);
  writeFileSync(path, content);
  return path;
};
const all = async (
  blocks: AsyncIterable<DocumentBlock> | Iterable<DocumentBlock>,
): Promise<DocumentBlock[]> => {
  const out: DocumentBlock[] = [];
  for await (const block of blocks) out.push(block);
  return out;
};
/** Blocks in short: "# heading", text, or the rows of a table. */
const short = (blocks: readonly DocumentBlock[]) =>
  blocks.map((block) =>
    block.type === "table"
      ? [block.header, ...block.rows.map(({ cells }) => cells)]
      : block.type === "heading"
        ? `${"#".repeat(block.level)} ${block.text}`
        : block.type === "title"
          ? `title: ${block.text}`
          : block.text,
  );

describe("text", () => {
  test("empty lines part paragraphs, each with its line", async () => {
    const blocks = await all(textBlocks(file("txt", "\ufeffone\r\ntwo\r\n\r\n\r\nthree")));
    expect(blocks).toEqual([
      { type: "paragraph", text: "one\ntwo", at: { line: 1 } },
      { type: "paragraph", text: "three", at: { line: 5 } },
    ]);
  });

  test("UTF-16 is read by its mark; other encodings and bytes are refused, never guessed", async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Trống và mái", "utf16le")]);
    expect(short(await all(textBlocks(file("txt", utf16))))).toEqual(["Trống và mái"]);
    await expect(all(textBlocks(file("txt", Buffer.from("Âge", "latin1"))))).rejects.toThrow("not in UTF-8");
    await expect(all(textBlocks(file("txt", "a\0b")))).rejects.toThrow("not a text");
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
    expect(short(await all(markdownBlocks(file("md", source))))).toEqual([
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
    const [block] = await all(csvBlocks(file("csv", source)));
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
    expect(short(await all(csvBlocks(file("csv", source))))).toEqual([
      [
        ["Alter,Tage", "FVW"],
        ["21", "1,25"],
        ["28", "1,39"],
      ],
    ]);
  });

  test("a title above, an empty row between two tables, and a row with too few cells", async () => {
    const source = "Farm report,,\nAge,Weight,Feed\n1,2,3\n4,5\n,,\nPen,Birds,Dead\nA,10,1\n";
    const blocks = await all(csvBlocks(file("csv", source)));
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
    await expect(all(csvBlocks(path))).rejects.toThrow("it has more than 100,000 cells");
  });
});

describe("XLSX", () => {
  const book = async (fill: (book: excel.Workbook) => void): Promise<string> => {
    const made = new excel.Workbook();
    fill(made);
    return file("xlsx", Buffer.from(await made.xlsx.writeBuffer()));
  };

  test("each sheet under its name; numbers stay numbers; formulas, percents, dates and rich text as they are seen", async () => {
    const path = await book((made) => {
      const sheet = made.addWorksheet("Weights");
      sheet.addRow(["Age (days)", "Weight (g)", "Laid", "On", "Note"]);
      const row = sheet.addRow([
        21,
        { formula: "2*506", result: 1012 },
        0.955,
        new Date(Date.UTC(2026, 4, 3)),
        null,
      ]);
      row.getCell(3).numFmt = "0.0%";
      row.getCell(5).value = { richText: [{ text: "go" }, { font: { bold: true }, text: "od" }] };
      made.addWorksheet("Empty");
      made.addWorksheet("Hidden", { state: "hidden" }).addRow(["no", "body"]);
    });
    const blocks = await all(xlsxBlocks(path));
    expect(short(blocks)).toEqual([
      "# Weights",
      [
        ["Age (days)", "Weight (g)", "Laid", "On", "Note"],
        [21, 1012, "95.5 %", "2026-05-03", "good"],
      ],
    ]);
    expect(blocks[1]?.type === "table" && blocks[1].rows[0]?.at).toEqual({ sheet: "Weights", row: 2 });
  });

  test("merged names go to each column below them, merged values to each row, which is marked", async () => {
    const path = await book((made) => {
      const sheet = made.addWorksheet("S");
      sheet.addRow(["Age", "Males", null]);
      sheet.addRow([null, "Weight (g)", "FCR"]);
      sheet.addRow([21, 1100, 1.2]);
      sheet.addRow([28, 1100, 1.3]);
      sheet.mergeCells("B1:C1");
      sheet.mergeCells("B3:B4");
    });
    const [, block] = await all(xlsxBlocks(path));
    expect(short([block as DocumentBlock])).toEqual([
      [
        ["Age", "Males Weight (g)", "Males FCR"],
        [21, 1100, 1.2],
        [28, 1100, 1.3],
      ],
    ]);
    expect(block?.type === "table" && block.rows.map(({ merged }) => merged)).toEqual([true, true]);
  });

  test("two tables of a sheet are parted by an empty row, and keep their own row numbers", async () => {
    const path = await book((made) => {
      const sheet = made.addWorksheet("S");
      sheet.getCell("B2").value = "Pen";
      sheet.getCell("C2").value = "Birds";
      sheet.getCell("B3").value = "A";
      sheet.getCell("C3").value = 10;
      sheet.getCell("B6").value = "House";
      sheet.getCell("C6").value = "Dead";
      sheet.getCell("B7").value = "1";
      sheet.getCell("C7").value = 2;
    });
    const blocks = await all(xlsxBlocks(path));
    const tables = blocks.filter((block) => block.type === "table");
    expect(tables.map(({ header, rows }) => [header, rows[0]?.at.row])).toEqual([
      [["Pen", "Birds"], 3],
      [["House", "Dead"], 7],
    ]);
  });

  test("more than 100,000 cells in a sheet are refused before the library sees them", async () => {
    const path = await book((made) => {
      const sheet = made.addWorksheet("Big");
      for (let row = 0; row < 1001; row += 1) sheet.addRow(Array.from({ length: 100 }, (_, at) => at));
    });
    await expect(all(xlsxBlocks(path))).rejects.toThrow("a sheet has more than 100,000 cells");
  });
});

describe("DOCX", () => {
  test("headings by their styles, paragraphs and tables", async () => {
    const path = file(
      "docx",
      docxOf([
        { heading: "Litter" },
        { text: "Keep <it> dry & warm." },
        { heading: "Weights", level: 2 },
        {
          table: [
            ["Age (days)", "Weight (g)"],
            ["21", "1012"],
          ],
        },
      ]),
    );
    expect(short(await all(docxBlocks(path)))).toEqual([
      "# Litter",
      "Keep <it> dry & warm.",
      "## Weights",
      [
        ["Age (days)", "Weight (g)"],
        ["21", "1012"],
      ],
    ]);
  });

  test("pictures and whatever else is in the archive are left out of what is read", async () => {
    const parts = docxEntries([{ text: "Only this." }]);
    const path = file("docx", zipOf([...parts, { name: "word/media/p.png", content: randomBytes(5000) }]));
    expect(short(await all(docxBlocks(path)))).toEqual(["Only this."]);
  });

  test.each([
    [
      "declares too much",
      [{ name: "x", content: Buffer.alloc(1000), declared: 300_000_000 }],
      "more than 200 MB",
    ],
    ["inflates too often", [{ name: "x", content: Buffer.alloc(1_000_000) }], "more than 100 times"],
    [
      "declares less than it is",
      [{ name: "x", content: Buffer.alloc(1_000_000), declared: 2000 }],
      "inflates to more than it declares",
    ],
    [
      "adds up in many parts",
      Array.from({ length: 3 }, (_, at) => ({
        name: `${at}`,
        content: "ab".repeat(20),
        declared: 90_000_000,
      })),
      "zip bomb",
    ],
  ])("an archive that %s is refused as a zip bomb", async (_what, extra, reason) => {
    const path = file("docx", zipOf([...docxEntries([{ text: "x" }]), ...extra]));
    await expect(all(docxBlocks(path))).rejects.toThrow(reason);
    await expect(all(xlsxBlocks(path))).rejects.toThrow("zip bomb");
  });

  test.each([
    ["cut off", (bytes: Buffer) => bytes.subarray(0, bytes.length - 30)],
    [
      "with a wrong directory",
      (bytes: Buffer) => Buffer.from(bytes).fill(0xff, bytes.length - 10, bytes.length - 4),
    ],
    ["of noise", (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 4), randomBytes(500)])],
  ])("an archive %s is refused", async (_what, spoil) => {
    const path = file("docx", spoil(docxOf([{ text: "x" }])));
    await expect(all(docxBlocks(path))).rejects.toThrow("it is damaged");
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

describe("PDF", () => {
  const foot = (page: number) => [{ text: `Guide, page ${page}`, x: 60, y: 30, size: 8 }];
  const rows = [
    ["Age (days)", "Weight", "Feed", "FCR"],
    ["", "(g)", "(g)", ""],
    ["7", "213", "170", "0.80"],
    ["14", "533", "570", "1.07"],
    ["21", "1,012", "1,270", "1.25"],
    ["28", "1,621", "2,250", "1.39"],
  ];
  const pages = [1, 2, 3].map((page) => [
    { text: `Chapter ${"ABC"[page - 1]}`, x: 60, y: 740, size: 18 },
    ...proseAt(
      [`Page ${page} says that the litter has to be warm and dry be-`, "fore the chicks are placed on it."],
      700,
    ),
    ...(page === 2 ? gridAt(rows, 600) : []),
    ...(page === 2 ? proseAt(["What stands below the table."], 450) : []),
    ...foot(page),
  ]);

  test("headings, paragraphs and tables with their page; the foot of the pages is left out", async () => {
    const blocks = await all(pdfBlocks(file("pdf", pdfOf(pages, { title: "Broiler Guide" }))));
    expect(short(blocks)).toEqual([
      "title: Broiler Guide",
      "# Chapter A",
      "Page 1 says that the litter has to be warm and dry before the chicks are placed on it.",
      "# Chapter B",
      "Page 2 says that the litter has to be warm and dry before the chicks are placed on it.",
      [["Age (days)", "Weight (g)", "Feed (g)", "FCR"], ...rows.slice(2)],
      "What stands below the table.",
      "# Chapter C",
      "Page 3 says that the litter has to be warm and dry before the chicks are placed on it.",
    ]);
    const page = blocks.map((block) => (block.type === "title" ? undefined : block.at.page));
    expect(page).toEqual([undefined, 1, 1, 2, 2, 2, 2, 3, 3]);
  });

  test("two columns of prose are read one after the other", async () => {
    const left = ["The litter is spread when", "the floor of the house is", "warm and dry all over."];
    const right = ["Water lines are flushed a", "day before the chicks are", "placed in the house."];
    const page = [...proseAt(left, 700), ...proseAt(right, 700).map((text) => ({ ...text, x: 320 }))];
    expect(short(await all(pdfBlocks(file("pdf", pdfOf([page])))))).toEqual([
      left.join(" "),
      right.join(" "),
    ]);
  });

  test("an encrypted one and a damaged one are refused", async () => {
    await expect(all(pdfBlocks(file("pdf", pdfOf(pages, { encrypted: true }))))).rejects.toThrow(
      "it is encrypted",
    );
    await expect(all(pdfBlocks(file("pdf", "%PDF-1.7\nnonsense")))).rejects.toThrow("it is damaged");
  });
});

describe("apart", () => {
  const open = async (reader: ReturnType<typeof readApart>, path: string): Promise<DocumentBlock[]> =>
    all((await reader.open(path)).blocks());

  test(
    "what takes too long or too much memory ends its reader, and the next document is read",
    { timeout: 60_000 },
    async () => {
      const small = file("txt", "small");
      const long = file("txt", "word ".repeat(2_000_000));
      const hurried = readApart({ mostMs: 40 });
      await expect(open(hurried, long)).rejects.toThrow("takes more than 0.04 seconds");
      hurried.close();
      const heavy = file(
        "docx",
        docxOf(Array.from({ length: 60_000 }, (_, at) => ({ text: `Paragraph ${at} ${at * 7919} of many` }))),
      );
      const reader = readApart({ mostMb: 130 });
      await expect(open(reader, heavy)).rejects.toThrow("takes more than 130 MB of memory");
      expect(short(await open(reader, small))).toEqual(["small"]);
      reader.close();
    },
  );

  test("refusals are sentences, and the same reader goes on", async () => {
    const reader = readApart();
    const refused = async (path: string, reason: string): Promise<void> => {
      await expect(open(reader, path)).rejects.toMatchObject({
        code: "document",
        message: expect.stringContaining(reason),
      });
    };
    await refused(file("txt", ""), "it is empty");
    await refused(join(folder, "missing.txt"), "it is not there");
    await refused(file("pdf", "just words"), "does not begin as a PDF does");
    await refused(
      file("docx", Buffer.from("d0cf11e0a1b11ae1", "hex")),
      "encrypted, or of an old Office format",
    );
    await refused(file("txt", Buffer.alloc(50 * 1024 * 1024 + 1, 0x61)), "larger than 50 MB");
    const { hash, blocks } = await reader.open(file("txt", "fine"));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(short(await all(blocks()))).toEqual(["fine"]);
    reader.close();
  });
});

test("folders are walked in order; links, hidden files and other formats are passed over", () => {
  const root = join(folder, "walked");
  mkdirSync(join(root, "sub", ".git"), { recursive: true });
  mkdirSync(join(folder, "outside"));
  writeFileSync(join(folder, "outside", "secret.txt"), "x");
  for (const name of [
    "b.md",
    "a.PDF",
    "sub/c.csv",
    ".hidden.md",
    "~$lock.docx",
    "photo.jpg",
    "sub/.git/d.txt",
  ])
    writeFileSync(join(root, name), "x");
  symlinkSync(join(folder, "outside"), join(root, "link"));
  symlinkSync(join(folder, "outside", "secret.txt"), join(root, "link.txt"));
  symlinkSync(root, join(root, "sub", "loop"));
  const found = walk([root, join(root, "b.md"), join(root, "photo.jpg"), join(root, "gone.pdf")]);
  expect(found.files).toEqual([join(root, "a.PDF"), join(root, "b.md"), join(root, "sub", "c.csv")]);
  expect(found.passedOver).toBe(4);
  expect(found.faults).toEqual([
    {
      path: join(root, "photo.jpg"),
      reason: expect.stringContaining("its format is not one that can be read"),
    },
    { path: join(root, "gone.pdf"), reason: "it is not there" },
  ]);
});
