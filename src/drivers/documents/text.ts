import type { DocumentBlock } from "../../core/documents.ts";
import { textLines } from "./lines.ts";
import { gridBlocks, type GridRow } from "./grid.ts";

/** A paragraph without an end is given in pieces, so that memory stays bounded. */
const MOST_PARAGRAPH = 8000;

/** Plain text: empty lines part paragraphs. */
export async function* textBlocks(path: string): AsyncGenerator<DocumentBlock> {
  let text = "";
  let begin = 1;
  const paragraph = (): DocumentBlock => ({ type: "paragraph", text, at: { line: begin } });
  for await (const { text: own, line } of textLines(path)) {
    const isEnd = own.trim() === "";
    if (!isEnd && text === "") begin = line;
    if (!isEnd) text = text === "" ? own : `${text}\n${own}`;
    if (text !== "" && (isEnd || text.length > MOST_PARAGRAPH)) {
      yield paragraph();
      text = "";
    }
  }
  if (text !== "") yield paragraph();
}

/** What is marked in a line, without its marks. */
const unmarked = (text: string): string =>
  text
    .replace(/!\[([^\]]{0,500})\]\([^)]{0,2000}\)/g, "$1")
    .replace(/\[([^\]]{0,500})\]\([^)]{0,2000}\)/g, "$1")
    .replace(/<!--.*?-->/g, "")
    .replace(/<\/?[a-z][^<>]{0,500}>/gi, "")
    .replace(/(\*\*|__|~~|`)(?=\S)(.{1,1000}?)(?<=\S)\1/g, "$2")
    .replace(/(?<![\w*])\*(?=\S)([^*]{1,1000}?)(?<=\S)\*(?![\w*])/g, "$1")
    .replace(/\\([\\`*_{}[\]()#+.!|>~-])/g, "$1");

const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const UNDERLINE = /^ {0,3}(=+|-{3,})\s*$/;
const FENCE = /^ {0,3}(```|~~~)/;
const ITEM = /^\s{0,12}(?:[-*+]|\d{1,4}[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-{1,200}:?\s*(?:\|\s*:?-{1,200}:?\s*)*\|?\s*$/;

const cellsOf = (text: string): string[] =>
  text
    .trim()
    .replace(/^\||(?<!\\)\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => unmarked(cell.trim()));

/** Markdown: headings, paragraphs, items and tables; everything else is a paragraph. */
export async function* markdownBlocks(path: string): AsyncGenerator<DocumentBlock> {
  let paragraph: { text: string; line: number } | undefined;
  let rows: GridRow[] = [];
  let fenced = false;
  let commented = false;
  let titled = false;
  let preamble: "may_come" | "inside" | "over" = "may_come";
  const done: DocumentBlock[] = [];
  const flush = (): void => {
    if (paragraph)
      done.push({ type: "paragraph", text: unmarked(paragraph.text), at: { line: paragraph.line } });
    paragraph = undefined;
    if (rows.length > 0) done.push(...gridBlocks(rows, true));
    rows = [];
  };
  const heading = (level: number, text: string, line: number): void => {
    flush();
    if (level === 1 && !titled) done.push({ type: "title", text: unmarked(text) });
    titled ||= level === 1;
    done.push({ type: "heading", level, text: unmarked(text), at: { line } });
  };
  for await (const { text, line } of textLines(path)) {
    if (preamble === "may_come") preamble = text.trim() === "---" ? "inside" : "over";
    else if (preamble === "inside") {
      if (text.trim() === "---" || text.trim() === "...") preamble = "over";
      continue;
    }
    if (preamble === "inside") continue;
    if (commented || text.trimStart().startsWith("<!--")) {
      commented = !text.includes("-->");
      continue;
    }
    const [, marks, named = ""] = HEADING.exec(text) ?? [];
    const under: string | undefined = UNDERLINE.exec(text)?.[1];
    const [, item] = ITEM.exec(text) ?? [];
    if (FENCE.test(text)) {
      flush();
      fenced = !fenced;
    } else if (fenced)
      paragraph = { text: paragraph ? `${paragraph.text}\n${text}` : text, line: paragraph?.line ?? line };
    else if (marks) heading(marks.length, named, line);
    else if (under && paragraph && rows.length === 0) {
      const { text: title, line: at } = paragraph;
      paragraph = undefined;
      heading(under.startsWith("=") ? 1 : 2, title, at);
    } else if (rows.length > 0 && TABLE_RULE.test(text))
      rows = rows.map((row) => ({ ...row, isHeader: true }));
    else if (text.trimStart().startsWith("|")) {
      if (rows.length === 0) flush();
      rows.push({ cells: cellsOf(text), at: { line } });
    } else if (text.trim() === "") flush();
    else if (item !== undefined) {
      flush();
      paragraph = { text: item, line };
    } else {
      if (rows.length > 0) flush();
      const own = text.replace(/^\s*>\s?/, "");
      paragraph = { text: paragraph ? `${paragraph.text}\n${own}` : own, line: paragraph?.line ?? line };
    }
    if (paragraph && paragraph.text.length > MOST_PARAGRAPH) flush();
    yield* done.splice(0);
  }
  flush();
  yield* done;
}
