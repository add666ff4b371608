import type { DocumentBlock } from "../../core/documents.ts";
import { gridBlocks, type GridRow } from "./grid.ts";
import { isNumber, type Line, type Segment } from "./pdf-lines.ts";

/** Rows of numbers that make a table, and the columns that it has at least. */
const LEAST_ROWS = 3;
const LEAST_COLUMNS = 2;
/** Lines of names above the numbers. */
const MOST_HEADER_LINES = 4;

interface Column {
  left: number;
  right: number;
}

/** Numbers side by side, of which no prose is made. */
const isDataRow = ({ segments }: Line): boolean => {
  const numbers = segments.filter(({ text }) => isNumber(text)).length;
  return segments.length >= LEAST_COLUMNS && numbers >= 2 && numbers * 2 >= segments.length;
};

const overlap = (a: Column, b: Column): number => Math.min(a.right, b.right) - Math.max(a.left, b.left);

/** Where the columns stand: what overlaps from row to row is one column. */
const columnsOf = (rows: readonly Line[]): Column[] => {
  const spans = rows.flatMap(({ segments }) => segments).toSorted((a, b) => a.left - b.left);
  const columns: Column[] = [];
  for (const { left, right } of spans) {
    const last = columns.at(-1);
    if (last && left < last.right) last.right = Math.max(last.right, right);
    else columns.push({ left, right });
  }
  return columns;
};

/** A name's columns: those it stands over, or else the nearest. */
const under = (segment: Segment, columns: readonly Column[]): number[] => {
  const over = columns.flatMap((column, at) => (overlap(segment, column) > 0 ? [at] : []));
  if (over.length > 0) return over;
  const middle = (segment.left + segment.right) / 2;
  const distance = (column: Column): number => Math.abs((column.left + column.right) / 2 - middle);
  const nearest = columns.reduce((best, column, at) => {
    const other = columns[best];
    return other && distance(column) < distance(other) ? at : best;
  }, 0);
  return [nearest];
};

const cellsOf = (line: Line, columns: readonly Column[]): { cells: string[]; spans: boolean } => {
  const cells = columns.map(() => "");
  let spans = false;
  for (const segment of line.segments) {
    const places = under(segment, columns);
    spans ||= places.length > 1;
    for (const at of places) cells[at] = cells[at] === "" ? segment.text : `${cells[at]} ${segment.text}`;
  }
  return { cells, spans };
};

export interface PageTable {
  /** Lines of the page that it is made of. */
  from: number;
  end: number;
  blocks: DocumentBlock[];
}

/** A line that may stand above numbers as names of columns: short texts over at least two of them. */
const isHeaderLine = (line: Line | undefined, columns: readonly Column[]): line is Line =>
  line !== undefined &&
  line.segments.every(({ text }) => text.length <= 40) &&
  new Set(line.segments.flatMap((segment) => under(segment, columns))).size >= 2 &&
  (line.segments.length > 1 || columns.length > 3);

/** Tables of a page: runs of lines with numbers side by side, and the names above them. */
export const tablesOf = (lines: readonly Line[], page: number): PageTable[] => {
  const tables: PageTable[] = [];
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    if (!line || !isDataRow(line)) {
      at += 1;
      continue;
    }
    let end = at + 1;
    for (let next = lines[end]; next && belongs(next, lines.slice(at, end)); next = lines[end]) end += 1;
    const rows = lines.slice(at, end);
    const data = rows.filter(isDataRow);
    const columns = columnsOf(data);
    if (data.length < LEAST_ROWS || columns.length < LEAST_COLUMNS) {
      at = end;
      continue;
    }
    let from = at;
    const floor = Math.max(tables.at(-1)?.end ?? 0, at - MOST_HEADER_LINES);
    while (from > floor) {
      const above = lines[from - 1];
      const below = lines[from];
      const isNear = above && below && above.y - below.y < 3 * Math.max(above.height, below.height);
      if (!isNear || !isHeaderLine(above, columns)) break;
      from -= 1;
    }
    const grid = lines.slice(from, end).map((row, index): GridRow => {
      const { cells, spans } = cellsOf(row, columns);
      const isHeader = from + index < at;
      return {
        cells: cells.map((cell) => (cell === "" ? null : cell)),
        at: { page, row: from + index + 1 },
        ...(isHeader ? { isHeader } : {}),
        ...(spans && !isHeader ? { merged: true } : {}),
      };
    });
    // rows of a page have no numbers of their own that anybody could look up
    tables.push({ from, end, blocks: gridBlocks(grid).map((block) => onPage(block, page)) });
    at = end;
  }
  return tables;
};

const onPage = (block: DocumentBlock, page: number): DocumentBlock => {
  if (block.type === "title") return block;
  if (block.type !== "table") return { ...block, at: { page } };
  return {
    ...block,
    at: { page },
    rows: block.rows.map((row, at) => ({ ...row, at: { page, line: at + 1 } })),
  };
};

/** The next row of a table: numbers again, or a label, close below the last. */
const belongs = (line: Line, before: readonly Line[]): boolean => {
  const last = before.at(-1);
  if (!last || last.y - line.y > 3.5 * Math.max(last.height, line.height)) return false;
  if (isDataRow(line)) return true;
  const [only] = line.segments;
  return (
    line.segments.length === 1 &&
    only !== undefined &&
    only.text.length <= 40 &&
    before.filter(isDataRow).length >= 2
  );
};
