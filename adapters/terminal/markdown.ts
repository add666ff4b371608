import { displayWidth } from "./width.ts";

/** Turns Markdown that arrives in pieces into terminal text; `end` gives what was held back. */
export interface MarkdownWriter {
  push(delta: string): string;
  end(): string;
}

type Style = (text: string) => string;
interface Styles {
  strong: Style;
  em: Style;
  code: Style;
  faint: Style;
}

const plain: Style = (text) => text;
const sgr =
  (on: number, off: number): Style =>
  (text) =>
    `\u001B[${on}m${text}\u001B[${off}m`;
const stylesOf = (colour: boolean): Styles =>
  colour
    ? { strong: sgr(1, 22), em: sgr(3, 23), code: sgr(36, 39), faint: sgr(2, 22) }
    : { strong: plain, em: plain, code: plain, faint: plain };

// Escapes of an answer must not steer the terminal, and marks of direction show as boxes on most of them.
const UNSAFE = /(?![\n\t])\p{Cc}|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

const inline = (text: string, styles: Styles): string =>
  text
    .replace(/(?<!\\)`([^`]+)`/g, (_all, code: string) => styles.code(code))
    .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, (_all, inner: string) => styles.strong(inner))
    .replace(/(?<![\w*\\])[*_](?=\S)([^*_]+?)(?<=\S)[*_](?![\w*])/g, (_all, inner: string) =>
      styles.em(inner),
    )
    .replace(
      /\[([^\]]+)\]\((https?:[^)\s]+)\)/g,
      (_all, label: string, url: string) => `${label} ${styles.faint(`(${url})`)}`,
    )
    .replace(/\\([\\`*_{}[\]()#+\-.!|~>])/g, "$1");

/** Text with its markup gone, for measuring. */
const bare = (text: string): string => inline(text, stylesOf(false));

const cellsOf = (line: string): string[] => {
  const inner = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
};
const isDelimiter = (line: string): boolean => /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(line);
const isNumber = (cell: string): boolean => /^[^\p{L}]*\p{Nd}/u.test(bare(cell));

/** A Markdown table with aligned columns; numbers stand to the right. */
const table = (lines: readonly string[], styles: Styles): string => {
  const [head = [], ...rows] = lines.filter((line) => !isDelimiter(line)).map(cellsOf);
  const all = [head, ...rows];
  const columns = Math.max(...all.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...all.map((row) => displayWidth(bare(row[i] ?? "")))),
  );
  const numeric = widths.map((_, i) => rows.length > 0 && rows.every((row) => isNumber(row[i] ?? "")));
  const line = (row: readonly string[], style: Style): string =>
    widths
      .map((width, i) => {
        const cell = row[i] ?? "";
        const gap = " ".repeat(width - displayWidth(bare(cell)));
        const text = style(inline(cell, styles));
        return numeric[i] ? gap + text : text + gap;
      })
      .join("  ")
      .trimEnd();
  const rule = styles.faint(widths.map((width) => "─".repeat(width)).join("  "));
  return `${[line(head, styles.strong), rule, ...rows.map((row) => line(row, plain))].join("\n")}\n`;
};

/** One line outside of tables and fences. */
const styledLine = (line: string, styles: Styles): string => {
  const heading = /^\s{0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line);
  if (heading) return styles.strong(inline(heading[1] ?? "", styles));
  const item = /^(\s*)[-*+]\s+(.*)$/.exec(line);
  if (item) return `${item[1]}• ${inline(item[2] ?? "", styles)}`;
  const quote = /^\s{0,3}>\s?(.*)$/.exec(line);
  if (quote) return styles.faint(`│ ${inline(quote[1] ?? "", styles)}`);
  if (/^\s{0,3}([-*_]\s*){3,}$/.test(line)) return styles.faint("─".repeat(24));
  return inline(line.replace(/(\\| {2,})$/, ""), styles);
};

/** Words of an unfinished line that can be shown already: markup that is still open waits. */
const readyPart = (line: string): number => {
  if (!/^[\p{L}\p{N}]/u.test(line) || /[`*_[\\|]/.test(line)) return 0;
  return line.lastIndexOf(" ") + 1;
};

/** Lines are styled when they are complete, plain prose already word by word, tables when they end. */
export const markdownWriter = (colour: boolean): MarkdownWriter => {
  const styles = stylesOf(colour);
  let line = "";
  let shown = 0;
  let fence = false;
  let rows: string[] = [];

  const endTable = (): string => {
    const done = rows.length > 0 ? table(rows, styles) : "";
    rows = [];
    return done;
  };
  const endLine = (): string => {
    const whole = line;
    const from = shown;
    line = "";
    shown = 0;
    if (from > 0) return `${inline(whole.slice(from), styles)}\n`;
    if (/^\s{0,3}(```|~~~)/.test(whole)) {
      fence = !fence;
      return endTable();
    }
    if (fence) return `  ${styles.code(whole)}\n`;
    if (whole.trimStart().startsWith("|")) {
      rows.push(whole);
      return "";
    }
    return `${endTable()}${styledLine(whole, styles)}\n`;
  };

  return {
    push(delta) {
      const parts = delta.replace(UNSAFE, "").split("\n");
      let out = "";
      for (const [i, part] of parts.entries()) {
        if (i > 0) out += endLine();
        line += part;
      }
      const ready = fence || rows.length > 0 ? 0 : readyPart(line);
      if (ready > shown) {
        out += line.slice(shown, ready);
        shown = ready;
      }
      return out;
    },
    end: () => (line === "" ? endTable() : endLine() + endTable()),
  };
};
