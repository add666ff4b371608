// DOM nodes for Markdown trees. Text becomes text nodes only: nothing an answer says can become markup.

/** @typedef {import("./markdown.js").Inline} Inline */
/** @typedef {import("./markdown.js").Block} Block */

/**
 * An element with attributes and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean | undefined>} [attributes]
 * @param {...(Node | string)} children
 */
export const el = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (typeof value === "string") node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
};

// Marks that isolate a direction (FSI, LRI, RLI … PDI), and in right-to-left text also bare numbers and
// Latin names, which would otherwise change places with their neighbours.
const ISOLATED = /[\u2066-\u2068]([^\u2066-\u2069]*)\u2069/u;
const FOREIGN =
  /[+−-]?[\p{Script=Latin}\p{Nd}](?:[\p{Script=Latin}\p{Nd}\s.,:/%°×()+&’'–−-]*[\p{Script=Latin}\p{Nd}%°)])?/u;
const BOTH = new RegExp(`${ISOLATED.source}|${FOREIGN.source}`, "gu");
const ONLY_ISOLATED = new RegExp(ISOLATED.source, "gu");

/** @param {string} text @param {boolean} rtl @returns {(Node | string)[]} */
const isolate = (text, rtl) => {
  /** @type {(Node | string)[]} */
  const out = [];
  let end = 0;
  for (const found of text.matchAll(rtl ? BOTH : ONLY_ISOLATED)) {
    if (found.index > end) out.push(text.slice(end, found.index));
    out.push(el("bdi", {}, found[1] ?? found[0]));
    end = found.index + found[0].length;
  }
  if (end < text.length) out.push(text.slice(end));
  return out;
};

/** @param {Inline[]} nodes @param {boolean} rtl @returns {(Node | string)[]} */
const inlines = (nodes, rtl) =>
  nodes.flatMap((node) => {
    switch (node.type) {
      case "text":
        return isolate(node.text, rtl);
      case "code":
        return [el("code", { dir: "auto" }, node.text)];
      case "break":
        return [el("br")];
      case "link":
        return [
          el(
            "a",
            { href: node.url, rel: "noopener noreferrer", target: "_blank" },
            ...inlines(node.children, rtl),
          ),
        ];
      case "strong":
        return [el("strong", {}, ...inlines(node.children, rtl))];
      case "em":
        return [el("em", {}, ...inlines(node.children, rtl))];
      case "del":
        return [el("del", {}, ...inlines(node.children, rtl))];
      default:
        return [];
    }
  });

/** @param {Extract<Block, { type: "table" }>} table @param {boolean} rtl */
const drawTable = ({ align, head, rows }, rtl) => {
  const width = head.length;
  /** @param {Inline[]} cell @param {number} column */
  const numeric = (cell, column) =>
    column > 0 && /^[^\p{L}]*\p{Nd}/u.test(cell.map((c) => ("text" in c ? c.text : "")).join(""))
      ? "number"
      : undefined;
  const headCells = head.map((cell, i) =>
    el(
      "th",
      {
        scope: "col",
        "data-align": align[i],
        class: rows.some((row) => numeric(row[i] ?? [], i)) ? "number" : undefined,
      },
      ...inlines(cell, rtl),
    ),
  );
  const body = rows.map((row) =>
    el(
      "tr",
      {},
      ...row
        .slice(0, width)
        .map((cell, i) =>
          i === 0
            ? el("th", { scope: "row" }, ...inlines(cell, rtl))
            : el("td", { "data-align": align[i], class: numeric(cell, i) }, ...inlines(cell, rtl)),
        ),
    ),
  );
  const table = el("table", {}, el("thead", {}, el("tr", {}, ...headCells)), el("tbody", {}, ...body));
  const label = headCells.map((cell) => cell.textContent).join(" · ");
  // Wide tables scroll, and keys must reach them too.
  return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": label }, table);
};

/** @param {Block} block @param {boolean} rtl @returns {HTMLElement} */
const draw = (block, rtl) => {
  switch (block.type) {
    case "paragraph":
      return el("p", {}, ...inlines(block.children, rtl));
    case "heading":
      // The page has its own h1.
      return el(block.level <= 2 ? "h2" : "h3", {}, ...inlines(block.children, rtl));
    case "list": {
      const items = block.items.map((item) => {
        const [only] = item;
        const nodes =
          item.length === 1 && only?.type === "paragraph"
            ? inlines(only.children, rtl)
            : item.map((b) => draw(b, rtl));
        return el("li", {}, ...nodes);
      });
      return block.ordered ? el("ol", { start: String(block.start) }, ...items) : el("ul", {}, ...items);
    }
    case "quote":
      return el("blockquote", {}, ...block.children.map((child) => draw(child, rtl)));
    case "table":
      return drawTable(block, rtl);
    case "fence":
      return el("pre", { tabindex: "0", dir: "ltr" }, el("code", {}, block.text));
    case "rule":
      return el("hr");
  }
};

/** @param {Block[]} blocks @param {boolean} rtl */
export const drawBlocks = (blocks, rtl) => blocks.map((block) => draw(block, rtl));
