// Markdown of answers as a tree of plain objects; draw.js makes DOM nodes of it. What is no Markdown here
// (HTML, images) stays the text that it is.

/**
 * @typedef {{ type: "text", text: string } | { type: "code", text: string } | { type: "break" }
 *   | { type: "strong" | "em" | "del", children: Inline[] } | { type: "link", url: string, children: Inline[] }} Inline
 * @typedef {{ type: "paragraph", children: Inline[] } | { type: "heading", level: number, children: Inline[] }
 *   | { type: "list", ordered: boolean, start: number, items: Block[][] } | { type: "quote", children: Block[] }
 *   | { type: "table", align: string[], head: Inline[][], rows: Inline[][][] }
 *   | { type: "fence", text: string } | { type: "rule" }} Block
 */

const ESCAPED = /\\([!-/:-@[-`{-~])/y;
const CODE = /(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/y;
const LINK = /\[((?:[^\][\\]|\\.)+)\]\(\s*<?(https?:\/\/[^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?\s*\)/y;
const BARE_URL = /https?:\/\/[^\s<>"|]+[^\s<>"|.,;:!?)\]'*_]/y;
const BREAK = /\\?\n/y;
const MARKS = /** @type {const} */ ([
  ["**", "strong"],
  ["__", "strong"],
  ["~~", "del"],
  ["*", "em"],
  ["_", "em"],
]);
const PLAIN = /[^\\`[*_~\nh]+|h(?!ttps?:\/\/)/y;
const WORD = /[\p{L}\p{N}]/u;

/** @param {RegExp} pattern @param {string} text @param {number} at */
const match = (pattern, text, at) => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

/** Where the mark opened at `at` closes, or -1. @param {string} text @param {number} at @param {string} mark */
const closing = (text, at, mark) => {
  const from = at + mark.length;
  if (from >= text.length || /\s/.test(text[from] ?? "")) return -1;
  if (mark[0] === "_" && WORD.test(text[at - 1] ?? "")) return -1;
  for (let end = text.indexOf(mark, from + 1); end >= 0; end = text.indexOf(mark, end + 1)) {
    if (/\s/.test(text[end - 1] ?? "") || text[end - 1] === "\\") continue;
    if (mark[0] === "_" && WORD.test(text[end + mark.length] ?? "")) continue;
    if (mark.length === 1 && text[end + 1] === mark) {
      end += 1;
      continue;
    }
    // Of three stars the first closes what is inside.
    return mark.length === 2 && text[end + 2] === mark[0] ? end + 1 : end;
  }
  return -1;
};

/**
 * @param {string} text
 * @param {boolean} [open] the text still grows: a mark that is not closed yet counts as closed at its end
 * @returns {Inline[]}
 */
export const inline = (text, open = false) => {
  /** @type {Inline[]} */
  const out = [];
  /** Marks that are closed nowhere in the rest: looked for once. @type {Set<string>} */
  const never = new Set();
  let plain = "";
  let at = 0;
  const flush = () => {
    if (plain !== "") out.push({ type: "text", text: plain });
    plain = "";
  };
  /** @param {Inline} node @param {number} next */
  const add = (node, next) => {
    flush();
    out.push(node);
    at = next;
  };
  const emphasis = () => {
    for (const [mark, type] of MARKS) {
      if (!text.startsWith(mark, at)) continue;
      const end = never.has(mark) ? -1 : closing(text, at, mark);
      if (end < 0 && WORD.test(text[at + mark.length] ?? "") && !WORD.test(text[at - 1] ?? ""))
        never.add(mark);
      const inner = text.slice(at + mark.length, end < 0 ? undefined : end);
      if (end < 0 && !(open && inner.trim() !== "" && mark.length === 2)) continue;
      add({ type, children: inline(inner, open && end < 0) }, end < 0 ? text.length : end + mark.length);
      return true;
    }
    return false;
  };
  while (at < text.length) {
    let found = match(PLAIN, text, at);
    if (found) {
      plain += found[0];
      at += found[0].length;
    } else if ((found = match(ESCAPED, text, at))) {
      plain += found[1];
      at += 2;
    } else if ((found = match(CODE, text, at)))
      add({ type: "code", text: found[2] ?? "" }, at + found[0].length);
    else if ((found = match(LINK, text, at))) {
      add({ type: "link", url: found[2] ?? "", children: inline(found[1] ?? "") }, at + found[0].length);
    } else if ((found = match(BARE_URL, text, at))) {
      add(
        { type: "link", url: found[0], children: [{ type: "text", text: found[0] }] },
        at + found[0].length,
      );
    } else if ((found = match(BREAK, text, at))) {
      plain = plain.trimEnd();
      add({ type: "break" }, at + found[0].length);
    } else if (!emphasis()) plain += text[at++];
  }
  flush();
  return out;
};

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const QUOTE = /^ {0,3}>\s?(.*)$/;
const ITEM = /^( {0,3})([-*+•]|\d{1,9}[.)])\s+(.*)$/;
const DELIMITER = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** The cells of a table row. @param {string} line */
const cells = (line) => {
  const parts = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "")
    .split(/(?<!\\)\|/);
  return parts.map((part) => part.trim().replaceAll("\\|", "|"));
};

/** @param {string} cell */
const alignOf = (cell) => (cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "end") : "start");

/** Whether a paragraph ends before this line. @param {string} line */
const interrupts = (line) =>
  line.trim() === "" ||
  FENCE.test(line) ||
  HEADING.test(line) ||
  RULE.test(line) ||
  QUOTE.test(line) ||
  ITEM.test(line);

/** Quotes and lists inside one another; what is deeper stays text. */
const MAX_DEPTH = 8;

/** Reads blocks off a list of lines, one after another. */
const reader = (/** @type {string[]} */ lines, /** @type {boolean} */ open, /** @type {number} */ depth) => {
  let at = 0;
  const line = () => lines[at] ?? "";
  const isLast = () => open && at >= lines.length;
  /** @param {(line: string) => boolean} keep */
  const take = (keep) => {
    const from = at;
    while (at < lines.length && keep(line())) at += 1;
    return lines.slice(from, at);
  };

  const fence = () => {
    const mark = FENCE.exec(line())?.[1] ?? "```";
    at += 1;
    const text = take((l) => !l.trimStart().startsWith(mark)).join("\n");
    at += 1;
    return /** @type {Block} */ ({ type: "fence", text });
  };
  const table = () => {
    const head = cells(line());
    const align = cells(lines[at + 1] ?? "").map(alignOf);
    at += 2;
    const rows = take((l) => l.includes("|")).map((row) => cells(row).map((cell) => inline(cell)));
    return /** @type {Block} */ ({ type: "table", align, head: head.map((cell) => inline(cell)), rows });
  };
  const list = () => {
    const first = ITEM.exec(line())?.[2] ?? "-";
    const ordered = /\d/.test(first);
    /** @type {string[][]} */
    const items = [];
    while (at < lines.length) {
      const item = ITEM.exec(line());
      if (!item || /\d/.test(item[2] ?? "") !== ordered) break;
      at += 1;
      const more = take((l) => /^(?: {2,}|\t)\S/.test(l) || (l.trim() !== "" && !interrupts(l)));
      items.push([item[3] ?? "", ...more.map((l) => l.replace(/^(?: {1,4}|\t)/, ""))]);
      if (line().trim() === "" && ITEM.test(lines[at + 1] ?? "")) at += 1;
    }
    const start = ordered ? Number.parseInt(first, 10) : 1;
    return /** @type {Block} */ ({
      type: "list",
      ordered,
      start,
      items: items.map((i) => blocks(i, open, depth + 1)),
    });
  };
  const quote = () => {
    const inner = take((l) => QUOTE.test(l)).map((l) => QUOTE.exec(l)?.[1] ?? "");
    return /** @type {Block} */ ({ type: "quote", children: blocks(inner, open, depth + 1) });
  };
  const heading = () => {
    const [, marks = "#", text = ""] = HEADING.exec(line()) ?? [];
    at += 1;
    return /** @type {Block} */ ({ type: "heading", level: marks.length, children: inline(text, isLast()) });
  };
  const paragraph = () => {
    const from = at;
    at += 1;
    take((l) => !interrupts(l) && !(l.includes("|") && DELIMITER.test(lines[at + 1] ?? "")));
    const text = lines
      .slice(from, at)
      .map((l) => l.trimStart())
      .join("\n")
      .trimEnd();
    return /** @type {Block} */ ({ type: "paragraph", children: inline(text, isLast()) });
  };

  return () => {
    take((l) => l.trim() === "");
    if (at >= lines.length) return undefined;
    if (FENCE.test(line())) return fence();
    if (RULE.test(line())) {
      at += 1;
      return /** @type {Block} */ ({ type: "rule" });
    }
    if (HEADING.test(line())) return heading();
    if (depth < MAX_DEPTH && QUOTE.test(line())) return quote();
    if (depth < MAX_DEPTH && ITEM.test(line())) return list();
    if (line().includes("|") && DELIMITER.test(lines[at + 1] ?? "")) return table();
    return paragraph();
  };
};

/** @param {string[]} lines @param {boolean} open @param {number} depth @returns {Block[]} */
const blocks = (lines, open, depth) => {
  const next = reader(lines, open, depth);
  const out = [];
  for (let block = next(); block; block = next()) out.push(block);
  return out;
};

/** @param {string} text @param {boolean} [open] whether more text is coming @returns {Block[]} */
export const parse = (text, open = false) => blocks(text.replaceAll("\r\n", "\n").split("\n"), open, 0);
