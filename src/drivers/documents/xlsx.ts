import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import type { DocumentBlock, TableCell } from "../../core/documents.ts";
import { cellCounter, gridBlocks, type GridRow } from "./grid.ts";
import { refuse } from "./refuse.ts";
import { textParts } from "./zip.ts";

const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;
/** The library reads front to back: names, formats and texts come before the sheets that use them. */
const FIRST = [
  "[Content_Types].xml",
  "_rels/.rels",
  "xl/_rels/workbook.xml.rels",
  "xl/workbook.xml",
  "xl/styles.xml",
  "xl/sharedStrings.xml",
];
const MOST_MERGES = 20_000;
/** A merge over more cells than this is a background, not a value that stands for many. */
const LARGEST_MERGE = 5000;

interface Merge {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

const columnOf = (letters: string): number => {
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
};

/** Counts the cells of each sheet and notes its merged ones, while the archive is proved: the library tells neither. */
const sheetWatch = () => {
  const tails = new Map<string, string>();
  const counters = new Map<string, (count: number) => void>();
  const merges = new Map<string, Merge[]>();
  const see = (name: string, piece: Buffer): void => {
    if (!SHEET.test(name)) return;
    const text = (tails.get(name) ?? "") + piece.toString("latin1");
    // what may be the beginning of a mark is kept for the next piece
    const cut = Math.max(text.lastIndexOf("<"), text.length - 200);
    tails.set(name, text.slice(cut));
    const whole = text.slice(0, cut);
    let counter = counters.get(name);
    if (!counter) counters.set(name, (counter = cellCounter("a sheet")));
    counter(whole.match(/<(?:\w{1,20}:)?c[ />]/g)?.length ?? 0);
    for (const [, left = "", top, right = "", bottom] of whole.matchAll(
      /<(?:\w{1,20}:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g,
    )) {
      const own = merges.get(name) ?? [];
      merges.set(name, own);
      const merge = {
        top: Number(top),
        left: columnOf(left),
        bottom: Number(bottom),
        right: columnOf(right),
      };
      const area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1);
      if (own.length < MOST_MERGES && area <= LARGEST_MERGE) own.push(merge);
    }
  };
  return { see, merges };
};

interface CellLike {
  value: unknown;
  numFmt?: string;
}

const dateText = (value: Date): string => {
  const iso = value.toISOString();
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.slice(0, 16).replace("T", " ");
};

/** What a person sees in a cell: a formula's result, not the formula. */
const valueOf = ({ value, numFmt }: CellLike): TableCell => {
  if (value === null || value === undefined) return null;
  if (typeof value === "number")
    return numFmt?.includes("%") ? `${Number((value * 100).toPrecision(12))} %` : value;
  if (typeof value === "string") return value.trim() === "" ? null : value;
  if (typeof value === "boolean") return value ? "✓" : "✗";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : dateText(value);
  if (typeof value !== "object" || "error" in value) return null;
  if ("richText" in value && Array.isArray(value.richText))
    return value.richText.map((part: { text?: string }) => part.text ?? "").join("");
  if ("result" in value) return valueOf({ value: value.result, ...(numFmt === undefined ? {} : { numFmt }) });
  if ("text" in value) return valueOf({ value: value.text });
  return null;
};

/** Gives the value of a merged cell to each cell that it covers. */
const spread = (rows: Map<number, GridRow>, merges: readonly Merge[]): void => {
  for (const { top, left, bottom, right } of merges) {
    const value = rows.get(top)?.cells[left - 1] ?? null;
    if (value === null) continue;
    for (let number = top; number <= bottom; number += 1) {
      const row = rows.get(number);
      if (!row) continue;
      row.merged = true;
      for (let column = left; column <= right; column += 1) {
        while (row.cells.length < column) row.cells.push(null);
        row.cells[column - 1] = value;
      }
    }
  }
};

/** Each visible sheet of a workbook; its name is the heading of what stands in it. */
export async function* xlsxBlocks(path: string): AsyncGenerator<DocumentBlock> {
  const watch = sheetWatch();
  const parts = await textParts(readFileSync(path), {
    keeps: (name) => FIRST.includes(name) || SHEET.test(name),
    order: (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length),
    see: watch.see,
  });
  const { default: excel } = await import("exceljs");
  const book = new excel.stream.xlsx.WorkbookReader(Readable.from([parts]), {
    worksheets: "emit",
    sharedStrings: "cache",
    styles: "cache",
    hyperlinks: "ignore",
    entries: "ignore",
  });
  let sheets = 0;
  for await (const found of book) {
    const sheet = found as unknown as {
      id: number | string;
      name?: string;
      state?: string;
    } & AsyncIterable<Line>;
    const name = sheet.name ?? `Sheet${sheet.id}`;
    const rows = new Map<number, GridRow>();
    const counted = cellCounter(`the sheet ${name}`);
    for await (const line of sheet) {
      const row: GridRow = { cells: [], at: { sheet: name, row: line.number } };
      line.eachCell({ includeEmpty: false }, (cell, column) => {
        counted(column - row.cells.length);
        while (row.cells.length < column - 1) row.cells.push(null);
        row.cells.push(valueOf(cell));
      });
      rows.set(line.number, row);
    }
    if (sheet.state !== undefined && sheet.state !== "visible") continue;
    spread(rows, watch.merges.get(`xl/worksheets/sheet${sheet.id}.xml`) ?? []);
    if (rows.size === 0) continue;
    sheets += 1;
    yield { type: "heading", level: 1, text: name, at: { sheet: name } };
    yield* gridBlocks(withGaps(rows, name));
  }
  if (sheets === 0) throw refuse("it has no sheet with anything in it");
}

interface Line {
  number: number;
  eachCell(options: { includeEmpty: boolean }, see: (cell: CellLike, column: number) => void): void;
}

/** A row that the file leaves out is an empty one: it parts two tables. */
const withGaps = (rows: ReadonlyMap<number, GridRow>, sheet: string): GridRow[] => {
  const out: GridRow[] = [];
  let before: number | undefined;
  for (const [number, row] of [...rows].sort((a, b) => a[0] - b[0])) {
    if (before !== undefined && number > before + 1) out.push({ cells: [], at: { sheet, row: before + 1 } });
    out.push(row);
    before = number;
  }
  return out;
};
