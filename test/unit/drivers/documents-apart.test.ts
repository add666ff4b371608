import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { DocumentBlock } from "../../../src/core/documents.ts";
import { readApart } from "../../../src/drivers/documents/read-apart.ts";
import { walk } from "../../../src/drivers/documents/walk.ts";
import { allOf, documentFiles, short } from "../../fixtures/blocks.ts";
import { docxOf } from "../../fixtures/documents.ts";

const { file, folder } = documentFiles();

describe("apart", () => {
  const open = async (reader: ReturnType<typeof readApart>, path: string): Promise<DocumentBlock[]> =>
    allOf((await reader.open(path)).blocks());

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
    await refused(join(folder(), "missing.txt"), "it is not there");
    await refused(file("pdf", "just words"), "does not begin as a PDF does");
    await refused(
      file("docx", Buffer.from("d0cf11e0a1b11ae1", "hex")),
      "encrypted, or of an old Office format",
    );
    await refused(file("txt", Buffer.alloc(50 * 1024 * 1024 + 1, 0x61)), "larger than 50 MB");
    const { hash, blocks } = await reader.open(file("txt", "fine"));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(short(await allOf(blocks()))).toEqual(["fine"]);
    reader.close();
  });
});

test("folders are walked in order; links, hidden files and other formats are passed over", () => {
  const root = join(folder(), "walked");
  mkdirSync(join(root, "sub", ".git"), { recursive: true });
  mkdirSync(join(folder(), "outside"));
  writeFileSync(join(folder(), "outside", "secret.txt"), "x");
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
  symlinkSync(join(folder(), "outside"), join(root, "link"));
  symlinkSync(join(folder(), "outside", "secret.txt"), join(root, "link.txt"));
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
