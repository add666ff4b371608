import { randomBytes } from "node:crypto";
import excel from "exceljs";
import { describe, expect, test } from "vitest";
import type { DocumentBlock } from "../../../src/core/documents.ts";
import { docxBlocks } from "../../../src/drivers/documents/docx.ts";
import { xlsxBlocks } from "../../../src/drivers/documents/xlsx.ts";
import { allOf, documentFiles, short } from "../../fixtures/blocks.ts";
import { docxEntries, docxOf, zipOf } from "../../fixtures/documents.ts";

const { file } = documentFiles();

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
    const blocks = await allOf(xlsxBlocks(path));
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
    const [, block] = await allOf(xlsxBlocks(path));
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
    const blocks = await allOf(xlsxBlocks(path));
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
    await expect(allOf(xlsxBlocks(path))).rejects.toThrow("a sheet has more than 100,000 cells");
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
    expect(short(await allOf(docxBlocks(path)))).toEqual([
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
    expect(short(await allOf(docxBlocks(path)))).toEqual(["Only this."]);
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
    await expect(allOf(docxBlocks(path))).rejects.toThrow(reason);
    await expect(allOf(xlsxBlocks(path))).rejects.toThrow("zip bomb");
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
    await expect(allOf(docxBlocks(path))).rejects.toThrow("it is damaged");
  });
});
