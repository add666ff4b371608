import type { DocumentBlock, Place, TableCell, TableRow } from "../../core/documents.ts";
import { MOST_CELLS, tooManyCells } from "./refuse.ts";

/** A row as a file has it, before anybody knows which rows name the columns. */
export interface GridRow {
  cells: TableCell[];
  at: Place;
  merged?: boolean;
  /** The file itself says that the row names columns. */
  isHeader?: boolean;
}

/** Rows of names that may stand above the numbers. */
const MOST_HEADER_ROWS = 4;

const filled = ({ cells }: GridRow): number => cells.filter((cell) => cell !== null && cell !== "").length;
/** Digits, and at most a unit after them. */
const NUMERIC = /^[^\p{L}\p{Nd}]*\p{Nd}[^\p{L}]{0,40}(?:\p{L}{1,3}|%)?$/u;
const isNumeric = (cell: TableCell | undefined): boolean =>
  typeof cell === "number" || (typeof cell === "string" && NUMERIC.test(cell.trim()));
const numbers = ({ cells }: GridRow): number => cells.filter(isNumeric).length;

/** Names columns: two texts or more, and hardly a number. */
const looksLikeHeader = (row: GridRow): boolean => filled(row) >= 2 && numbers(row) * 3 <= filled(row);

/** Only the columns in which anything stands. */
const squeezed = (rows: readonly GridRow[]): GridRow[] => {
  const used = new Set<number>();
  for (const { cells } of rows)
    cells.forEach((cell, column) => {
      if (cell !== null && cell !== "") used.add(column);
    });
  const columns = [...used].sort((a, b) => a - b);
  return rows.map((row) => ({ ...row, cells: columns.map((column) => row.cells[column] ?? null) }));
};

const headerRows = (rows: readonly GridRow[]): number => {
  let declared = 0;
  while (rows[declared]?.isHeader === true) declared += 1;
  if (declared > 0) return Math.min(declared, MOST_HEADER_ROWS);
  let count = 0;
  while (count < MOST_HEADER_ROWS && count < rows.length - 1) {
    const row = rows[count];
    if (!row || !looksLikeHeader(row)) break;
    count += 1;
    // a table of texts has one row of names; several only stand above numbers
    const next = rows[count];
    if (next && numbers(next) > 0) return count;
  }
  return Math.min(count, 1);
};

/** Names of a column from the top down, each said once. */
const namesOf = (rows: readonly GridRow[]): string[] => {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, column) => {
    const names = rows.map(({ cells }) => String(cells[column] ?? "").trim()).filter((name) => name !== "");
    return [...new Set(names)].join(" ");
  });
};

const textOf = (row: GridRow): string =>
  [...new Set(row.cells.filter((cell) => cell !== null && cell !== "").map(String))].join(" ");

/** Rows that stand together, as a table, and what stands in one cell above or below it as paragraphs. */
const island = (rows: readonly GridRow[], checksWidth: boolean): DocumentBlock[] => {
  const blocks: DocumentBlock[] = [];
  const alone = (row: GridRow): boolean =>
    filled(row) === 1 ||
    (row.merged === true && new Set(row.cells.filter((cell) => cell !== null && cell !== "")).size === 1);
  const paragraph = (row: GridRow): DocumentBlock => ({ type: "paragraph", text: textOf(row), at: row.at });
  let begin = 0;
  for (let row = rows[0]; row && alone(row); row = rows[begin]) {
    blocks.push(paragraph(row));
    begin += 1;
  }
  let end = rows.length;
  for (let row = rows[end - 1]; end > begin && row && alone(row); row = rows[end - 1]) end -= 1;
  const body = squeezed(rows.slice(begin, end));
  const [first] = body;
  if (first) {
    const count = headerRows(body);
    const header = namesOf(body.slice(0, count));
    const declared = rows[begin]?.cells.length ?? 0;
    const table = body.slice(count).map(({ cells, at, merged }, index): TableRow => {
      const own = rows[begin + count + index]?.cells.length ?? 0;
      return {
        cells,
        at,
        ...(merged ? { merged } : {}),
        ...(checksWidth && count > 0 && own !== declared ? { ragged: { cells: own, header: declared } } : {}),
      };
    });
    if (table.length > 0) blocks.push({ type: "table", header, rows: table, at: first.at });
    else for (const row of body) blocks.push(paragraph(row));
  }
  return [...blocks, ...rows.slice(end).map(paragraph)];
};

/**
 * A sheet of cells in tables and paragraphs: empty rows part them. `checksWidth`: the file parts its cells by marks, so
 * that a row with more or fewer of them than the first is a slip.
 */
export const gridBlocks = (rows: readonly GridRow[], checksWidth = false): DocumentBlock[] => {
  const blocks: DocumentBlock[] = [];
  let together: GridRow[] = [];
  for (const row of rows) {
    if (filled(row) > 0) together.push(row);
    else {
      if (together.length > 0) blocks.push(...island(together, checksWidth));
      together = [];
    }
  }
  if (together.length > 0) blocks.push(...island(together, checksWidth));
  return blocks;
};

/** Counts cells as they come, so that no sheet outgrows the memory. */
export const cellCounter = (where: string): ((count: number) => void) => {
  let cells = 0;
  return (count) => {
    cells += count;
    if (cells > MOST_CELLS) throw tooManyCells(where);
  };
};
