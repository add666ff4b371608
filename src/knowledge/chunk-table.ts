import type { DocumentTable, Place, TableCell, TableRow } from "../core/documents.ts";
import { countWords } from "./words.ts";

/** Rows of so many words are prose in a grid: they are read as texts. */
const WORDY_ROW = 120;

/** A number as a person writes it, without the noise of binary fractions. */
const cellText = (cell: TableCell | undefined): string =>
  cell === null || cell === undefined
    ? ""
    : typeof cell === "number"
      ? String(Number(cell.toPrecision(12)))
      : cell;

const cellWords = (cell: TableCell | undefined): number =>
  cell === null || cell === undefined ? 0 : typeof cell === "number" ? 1 : countWords(cell);
const rowWords = (row: TableRow): number => row.cells.reduce((sum: number, cell) => sum + cellWords(cell), 0);

export const isWordy = ({ rows }: DocumentTable): boolean => rows.some((row) => rowWords(row) > WORDY_ROW);

/** "Column: cell" for each cell, so that a text of a grid keeps what it is about. */
export const rowsAsTexts = ({ header, rows }: DocumentTable): { text: string; at: Place }[] =>
  rows.map(({ cells, at }) => ({
    at,
    text: cells
      .map((cell, column) => ({ name: header[column] ?? "", text: cellText(cell) }))
      .filter(({ text }) => text !== "")
      .map(({ name, text }) => (name === "" || name === text ? text : `${name}: ${text}`))
      .join("; "),
  }));

/** A row that only names the rows after it ("Males"). */
export const labelOf = ({ cells }: TableRow): string | undefined => {
  if (cells.length < 3) return undefined;
  const texts = cells.map(cellText);
  const [first = ""] = texts;
  const alone = texts.slice(1).every((text) => text === "" || text === first);
  return alone && /\p{L}/u.test(first) ? first : undefined;
};

const escaped = (text: string): string => text.replaceAll("|", "\\|");
const line = (cells: readonly string[]): string => `| ${cells.map(escaped).join(" | ")} |`;

/** Columns in groups that fit, the first column, which says which row it is, in each. */
const columnGroups = (header: readonly string[], rows: readonly TableRow[], budget: number): number[][] => {
  // rows are too many to be arguments of Math.max
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), header.length);
  const widest = Array.from({ length: width }, (_, column) => {
    const cells = rows.reduce((most, { cells: own }) => Math.max(most, cellWords(own[column])), 0);
    return countWords(header[column] ?? "") + cells;
  });
  const groups: number[][] = [];
  let group: number[] = [];
  let words = 0;
  for (let column = 0; column < width; column += 1) {
    const own = widest[column] ?? 0;
    if (group.length > 1 && words + own > budget) {
      groups.push(group);
      group = [0];
      words = widest[0] ?? 0;
    }
    group.push(column);
    words += own;
  }
  return [...groups, group];
};

interface Part {
  text: string;
  words: number;
  first: Place;
  last: Place;
}

/** Rows under one label, e.g. "Males"; none at the top of most tables. */
const sections = (rows: readonly TableRow[]): { label: string; rows: TableRow[] }[] => {
  const out: { label: string; rows: TableRow[] }[] = [];
  let label = "";
  for (const row of rows) {
    const named = labelOf(row);
    if (named !== undefined) {
      label = named;
      continue;
    }
    const last = out.at(-1);
    if (last?.label === label) last.rows.push(row);
    else out.push({ label, rows: [row] });
  }
  return out;
};

/** A table in groups of rows, each with the caption, its label and the names of the columns. */
export const cutTable = (table: DocumentTable, caption: string, intro: string, most: number): Part[] => {
  const parts: Part[] = [];
  let before = intro;
  for (const { label, rows } of sections(table.rows))
    for (const columns of columnGroups(table.header, rows, most * 0.7)) {
      const named = columns.map((column) => table.header[column] ?? "");
      const above = [caption, label].filter((text) => text !== "");
      const fixed = countWords([...above, ...named].join(" "));
      const sizes = rows.map(({ cells }) =>
        columns.reduce((sum, column) => sum + cellWords(cells[column]), 0),
      );
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const budget = Math.max(most - fixed, 1);
      // groups of about equal size: no last row on its own
      const target = total / Math.ceil(total / budget);
      for (let from = 0; from < rows.length;) {
        const start = from === 0 ? countWords(before) : 0;
        let words = sizes[from] ?? 0;
        let end = from + 1;
        for (; end < rows.length; end += 1) {
          const size = sizes[end] ?? 0;
          if (start + words + size > budget || words + size / 2 > target) break;
          words += size;
        }
        const group = rows.slice(from, end);
        const head = [line(named), `|${columns.map(() => "---").join("|")}|`];
        const body = group.map(({ cells }) => line(columns.map((column) => cellText(cells[column]))));
        const texts = [...(before === "" ? [] : [before]), ...above, [...head, ...body].join("\n")];
        const [first, last] = [group[0]?.at ?? table.at, group.at(-1)?.at ?? table.at];
        parts.push({ text: texts.join("\n\n"), words: fixed + start + words, first, last });
        before = "";
        from = end;
      }
    }
  return parts;
};
