import { readFileSync } from "node:fs";
import type { DocumentBlock } from "../../core/documents.ts";
import { cellCounter, gridBlocks, type GridRow } from "./grid.ts";
import { byNumber, htmlTokens, type HtmlToken } from "./html-tokens.ts";
import { markedEncoding } from "./lines.ts";
import { refuse } from "./refuse.ts";

/** Elements that are about the page, not of its text. */
const ASIDE = new Set([
  "nav",
  "footer",
  "button",
  "select",
  "form",
  "dialog",
  "menu",
  "audio",
  "video",
  "canvas",
]);
/** Elements that have no closing tag. */
const VOID = new Set([
  "br",
  "hr",
  "img",
  "input",
  "meta",
  "link",
  "area",
  "base",
  "col",
  "embed",
  "source",
  "track",
  "wbr",
]);
/** Elements whose closing tag may be left out. */
const ENDS_ITSELF = new Set(["p", "li", "dt", "dd", "td", "th", "tr", "option"]);
/** Elements inside a line; every other begins a paragraph of its own. */
const INLINE = new Set(
  "a abbr b bdi bdo big cite code del dfn em font i img ins kbd label mark q rp rt ruby s samp small span strike strong sub sup time tt u var wbr data center".split(
    " ",
  ),
);
const HEADING = /^h([1-6])$/;
const MOST_SPAN = 200;

/** What a reader of the page cannot see. */
const isHidden = (attributes: string): boolean =>
  /(?:^|\s)hidden(?:[\s=/]|$)/i.test(attributes) ||
  /(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d]))/i.test(attributes) ||
  /aria-hidden\s*=\s*["']?true/i.test(attributes);

const spanOf = (attributes: string, name: string): number => {
  const [, digits] = new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']?(\\d{1,6})`, "i").exec(attributes) ?? [];
  return Math.max(1, Math.min(Number(digits ?? 1), MOST_SPAN));
};

type Open = Extract<HtmlToken, { is: "open" }>;

interface OpenTable {
  rows: GridRow[];
  /** Cells that reach down from rows above, by column. */
  reaching: Map<number, { text: string; rows: number }>;
  cell: { text: string; rows: number; columns: number; isHeader: boolean } | undefined;
  row: GridRow | undefined;
  line: number;
  inHead: boolean;
  /** A table in a cell of it: a grid that only lays out a page. */
  lays: boolean;
  counted: (count: number) => void;
}

const newTable = (line: number): OpenTable => ({
  rows: [],
  reaching: new Map(),
  cell: undefined,
  row: undefined,
  line,
  inHead: false,
  lays: false,
  counted: cellCounter("a table"),
});

/** Cells of rows above that reach into the place where the next cell would stand. */
const fillReaching = (table: OpenTable, row: GridRow): void => {
  for (
    let found = table.reaching.get(row.cells.length);
    found;
    found = table.reaching.get(row.cells.length)
  ) {
    const column = row.cells.length;
    row.cells.push(found.text);
    row.merged = true;
    found.rows -= 1;
    if (found.rows === 0) table.reaching.delete(column);
  }
};

const endCell = (table: OpenTable): void => {
  const { cell, row } = table;
  table.cell = undefined;
  if (!cell || !row) return;
  fillReaching(table, row);
  const text = cell.text.trim();
  table.counted(cell.columns * cell.rows);
  if (cell.columns > 1 || cell.rows > 1) row.merged = true;
  row.isHeader = (row.isHeader ?? true) && (cell.isHeader || table.inHead);
  for (let count = 0; count < cell.columns; count += 1) {
    if (cell.rows > 1) table.reaching.set(row.cells.length, { text, rows: cell.rows - 1 });
    row.cells.push(text);
  }
};

const endRow = (table: OpenTable): void => {
  endCell(table);
  if (table.row) fillReaching(table, table.row);
  if (table.row && table.row.cells.length > 0) table.rows.push(table.row);
  table.row = undefined;
};

/** Headings, paragraphs and tables of an HTML text. */
export function* htmlBlocks(html: string): Generator<DocumentBlock> {
  const done: DocumentBlock[] = [];
  const tables: OpenTable[] = [];
  let text = "";
  let line = 1;
  let heading: number | undefined;
  let title: string | undefined;
  /** An element whose text is passed over, and how many of its name are open. */
  let passed: { name: string; depth: number } | undefined;

  const flush = (): void => {
    const own = text.trim();
    text = "";
    if (own === "") return;
    if (heading === undefined) done.push({ type: "paragraph", text: own, at: { line } });
    else done.push({ type: "heading", level: heading, text: own, at: { line } });
  };
  const endTable = (): void => {
    const table = tables.pop();
    if (!table) return;
    endRow(table);
    if (table.lays)
      for (const row of table.rows)
        done.push(
          ...row.cells
            .filter((cell) => cell !== "" && cell !== null)
            .map((cell): DocumentBlock => ({ type: "paragraph", text: String(cell), at: row.at })),
        );
    else done.push(...gridBlocks(table.rows));
  };
  /** The innermost table, where the text goes into its cells. */
  const inTable = (): OpenTable | undefined => {
    const table = tables.at(-1);
    return table?.lays ? undefined : table;
  };
  const openCell = (table: OpenTable, token: Open): void => {
    endCell(table);
    table.row ??= { cells: [], at: { line: token.line } };
    const rows = spanOf(token.attributes, "rowspan");
    const columns = spanOf(token.attributes, "colspan");
    table.cell = { text: "", rows, columns, isHeader: token.name === "th" };
  };
  const openInTable = (table: OpenTable, token: Open): void => {
    if (token.name === "td" || token.name === "th") openCell(table, token);
    else if (token.name === "tr") {
      endRow(table);
      table.row = { cells: [], at: { line: token.line } };
    } else if (token.name === "thead") table.inHead = true;
    else if (token.name === "tbody" || token.name === "tfoot") {
      endRow(table);
      table.inHead = false;
    } else if (token.name === "caption") {
      // its text goes before the table
      text = "";
    } else if (table.cell && !INLINE.has(token.name)) table.cell.text += " ";
  };
  const open = (token: Open): void => {
    if (
      !VOID.has(token.name) &&
      !token.attributes.endsWith("/") &&
      (ASIDE.has(token.name) || isHidden(token.attributes))
    ) {
      passed = { name: token.name, depth: 1 };
      return;
    }
    if (token.name === "title") {
      title ??= "";
      return;
    }
    if (token.name === "table") {
      const outer = tables.at(-1);
      if (outer?.cell) {
        outer.lays = true;
        text = outer.cell.text;
        outer.cell = undefined;
      }
      flush();
      tables.push(newTable(token.line));
      return;
    }
    const table = inTable();
    if (table) return openInTable(table, token);
    // two in a row part paragraphs
    if (token.name === "br" && text !== "" && !text.endsWith("\n")) text += "\n";
    else if (!INLINE.has(token.name)) openBlock(token);
  };
  const openBlock = (token: Open): void => {
    flush();
    line = token.line;
    const [, level] = HEADING.exec(token.name) ?? [];
    heading = level === undefined ? undefined : Number(level);
  };
  const close = (name: string): void => {
    if (name === "table") {
      endTable();
      return;
    }
    const table = inTable();
    if (table) {
      if (name === "td" || name === "th") endCell(table);
      else if (name === "tr") endRow(table);
      else if (name === "thead") {
        endRow(table);
        table.inHead = false;
      } else if (name === "caption") flush();
      return;
    }
    if (INLINE.has(name)) return;
    flush();
    heading = undefined;
  };

  let titling = false;
  for (const token of htmlTokens(html)) {
    if (passed) {
      const isSame = token.is !== "text" && token.name === passed.name;
      // the next one of its kind ends it too
      const isEnded = isSame && token.is === "open" && ENDS_ITSELF.has(passed.name);
      if (isSame && !isEnded) passed.depth += token.is === "open" ? 1 : -1;
      if (isEnded || passed.depth === 0) passed = undefined;
      if (!isEnded) continue;
    }
    if (token.is === "open") {
      titling = token.name === "title";
      open(token);
    } else if (token.is === "close") {
      if (titling && token.name === "title") {
        titling = false;
        if (title) done.push({ type: "title", text: title });
        title ??= "";
      } else close(token.name);
    } else if (titling) title = `${title ?? ""}${token.text}`;
    else {
      const table = inTable();
      if (table?.cell) table.cell.text += token.text;
      else if (!table || table.rows.length === 0) text += token.text;
    }
    if (done.length > 0) yield* done.splice(0);
  }
  while (tables.length > 0) endTable();
  flush();
  yield* done;
}

const CHARSET = /<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,30})/i;

const decoderOf = (encoding: string) => {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (cause) {
    throw refuse("it declares an encoding that nobody knows", cause);
  }
};

const windowsSign = (control: string): string => byNumber(control.charCodeAt(0));

/** A page in the encoding that it declares, or in UTF-8. */
export const htmlText = (bytes: Buffer): string => {
  const head = bytes.toString("latin1", 0, 4096);
  const marked = markedEncoding(bytes);
  const declared = marked ?? CHARSET.exec(head)?.[1] ?? "utf-8";
  const decoder = decoderOf(declared.toLowerCase() === "utf-16" ? "utf-8" : declared);
  try {
    const text = decoder.decode(bytes);
    // this engine decodes the signs of Windows as controls
    return decoder.encoding === "windows-1252" ? text.replace(/[\u0080-\u009f]/g, windowsSign) : text;
  } catch (cause) {
    throw refuse(`its text is not in ${decoder.encoding.toUpperCase()}, as it should be`, cause);
  }
};

export const htmlFileBlocks = (path: string): Generator<DocumentBlock> =>
  htmlBlocks(htmlText(readFileSync(path)));
