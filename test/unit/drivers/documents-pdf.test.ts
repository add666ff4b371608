import { describe, expect, test } from "vitest";
import { pdfBlocks } from "../../../src/drivers/documents/pdf.ts";
import { allOf, documentFiles, short } from "../../fixtures/blocks.ts";
import { gridAt, pdfOf, proseAt } from "../../fixtures/documents.ts";

const { file } = documentFiles();

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
    const blocks = await allOf(pdfBlocks(file("pdf", pdfOf(pages, { title: "Broiler Guide" }))));
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
    expect(short(await allOf(pdfBlocks(file("pdf", pdfOf([page])))))).toEqual([
      left.join(" "),
      right.join(" "),
    ]);
  });

  test("an encrypted one and a damaged one are refused", async () => {
    await expect(allOf(pdfBlocks(file("pdf", pdfOf(pages, { encrypted: true }))))).rejects.toThrow(
      "it is encrypted",
    );
    await expect(allOf(pdfBlocks(file("pdf", "%PDF-1.7\nnonsense")))).rejects.toThrow("it is damaged");
  });
});
