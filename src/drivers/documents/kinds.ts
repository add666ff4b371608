import { extname } from "node:path";
import type { DocumentBlock } from "../../core/documents.ts";

type Read = (path: string) => AsyncIterable<DocumentBlock> | Iterable<DocumentBlock>;

interface Kind {
  /** How the file begins, where its format says so. */
  magic?: { bytes: string; within: number; name: string };
  /** Each reader, and the library that it needs, is loaded when the first file of its kind comes. */
  load(): Promise<Read>;
}

const zip = (name: string) => ({ bytes: "PK\u0003\u0004", within: 0, name });
const html: Kind = { load: async () => (await import("./html.ts")).htmlFileBlocks };
const markdown: Kind = { load: async () => (await import("./text.ts")).markdownBlocks };

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  [
    ".pdf",
    {
      magic: { bytes: "%PDF-", within: 1024, name: "PDF" },
      load: async () => (await import("./pdf.ts")).pdfBlocks,
    },
  ],
  [".docx", { magic: zip("Word document"), load: async () => (await import("./docx.ts")).docxBlocks }],
  [".xlsx", { magic: zip("Excel workbook"), load: async () => (await import("./xlsx.ts")).xlsxBlocks }],
  [".csv", { load: async () => (await import("./csv.ts")).csvBlocks }],
  [".html", html],
  [".htm", html],
  [".md", markdown],
  [".markdown", markdown],
  [".txt", { load: async () => (await import("./text.ts")).textBlocks }],
]);

export const kindOf = (path: string): Kind | undefined => KINDS.get(extname(path).toLowerCase());
