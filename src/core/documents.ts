import type { Library } from "./ports.ts";
import type { Passage } from "./types.ts";

/** Where a piece stands in its document, as the document itself counts; nothing else is ever cited. */
export interface Place {
  /** Page of the file, the first being 1. */
  page?: number;
  sheet?: string;
  /** Row of a sheet or of a CSV file, the first being 1. */
  row?: number;
  /** Line of a text file, the first being 1. */
  line?: number;
}

/** Numbers of a spreadsheet stay numbers: their text would be read differently in different languages. */
export type TableCell = string | number | null;

export interface TableRow {
  cells: TableCell[];
  at: Place;
  /** A merged cell covers a part of this row; its value is repeated. */
  merged?: boolean;
  /** Number of cells that the file gives this row, where it is not that of the header. */
  ragged?: { cells: number; header: number };
}

/** A piece of a document, whatever format it came in. */
export type DocumentBlock =
  /** The document's own title, where it has one. */
  | { type: "title"; text: string }
  /** Level 1 is the highest. */
  | { type: "heading"; level: number; text: string; at: Place }
  | { type: "paragraph"; text: string; at: Place }
  /** `header` is empty where the table names no columns. */
  | { type: "table"; header: string[]; rows: TableRow[]; at: Place };

export type DocumentTable = Extract<DocumentBlock, { type: "table" }>;

export interface OpenDocument {
  /** Hash of the file's bytes. */
  hash: string;
  /** Read once; a refusal is a FlockError with code "document". */
  blocks(): AsyncIterable<DocumentBlock>;
}

/** Opens documents one after the other, apart from the process that asks. */
export interface DocumentReader {
  open(path: string): Promise<OpenDocument>;
  close(): void;
}

/** A source that is being replaced, a part at a time; until `commit` everybody sees its old version, whole. */
export interface Replacement {
  put(passages: readonly Passage[]): void;
  commit(version: string): void;
  /** Leaves the old version as it is. */
  undo(): void;
}

/** A library that takes documents of any length, however little memory there is. */
export interface OpenLibrary extends Library {
  replacing(source: string): Replacement;
}
