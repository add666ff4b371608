/** A piece of an HTML text. */
export type HtmlToken =
  | { is: "text"; text: string }
  | { is: "open"; name: string; attributes: string; line: number }
  | { is: "close"; name: string };

/** What stands in these is no text of the page. */
const RAW = new Set([
  "script",
  "style",
  "textarea",
  "noscript",
  "template",
  "iframe",
  "svg",
  "math",
  "xmp",
  "object",
  "noembed",
  "noframes",
]);
/** A tag with longer attributes (a picture as text) is read without them. */
const LONGEST_ATTRIBUTES = 2000;

/** Names of letters in texts of the 16 languages; every other sign is written as itself or by its number. */
const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ensp: " ",
  emsp: " ",
  thinsp: " ",
  shy: "",
  zwnj: "\u200c",
  zwj: "\u200d",
  lrm: "",
  rlm: "",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  bull: "•",
  middot: "·",
  lsquo: "‘",
  rsquo: "’",
  sbquo: "‚",
  ldquo: "“",
  rdquo: "”",
  bdquo: "„",
  laquo: "«",
  raquo: "»",
  lsaquo: "‹",
  rsaquo: "›",
  deg: "°",
  plusmn: "±",
  times: "×",
  divide: "÷",
  minus: "−",
  le: "≤",
  ge: "≥",
  ne: "≠",
  asymp: "≈",
  frac12: "½",
  frac14: "¼",
  frac34: "¾",
  sup1: "¹",
  sup2: "²",
  sup3: "³",
  micro: "µ",
  permil: "‰",
  euro: "€",
  pound: "£",
  yen: "¥",
  cent: "¢",
  copy: "©",
  reg: "®",
  trade: "™",
  sect: "§",
  para: "¶",
  ordm: "º",
  ordf: "ª",
  iexcl: "¡",
  iquest: "¿",
  szlig: "ß",
  aelig: "æ",
  AElig: "Æ",
  oelig: "œ",
  OElig: "Œ",
  oslash: "ø",
  Oslash: "Ø",
  inodot: "ı",
  imath: "ı",
  lstrok: "ł",
  Lstrok: "Ł",
  dstrok: "đ",
  Dstrok: "Đ",
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  mu: "μ",
  rarr: "→",
  larr: "←",
  uarr: "↑",
  darr: "↓",
};
/** "eacute", "Scedil": a letter and the name of its accent. */
const ACCENTS: Readonly<Record<string, string>> = {
  grave: "\u0300",
  acute: "\u0301",
  circ: "\u0302",
  tilde: "\u0303",
  macr: "\u0304",
  breve: "\u0306",
  dot: "\u0307",
  uml: "\u0308",
  ring: "\u030a",
  caron: "\u030c",
  cedil: "\u0327",
  ogon: "\u0328",
};
const ACCENTED = new RegExp(`^([A-Za-z])(${Object.keys(ACCENTS).join("|")})$`);
/** Numbers of Windows signs that pages give for the signs themselves. */
const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** A sign by the number that a page gives for it. */
export const byNumber = (code: number): string => {
  if (code >= 0x80 && code <= 0x9f) return WINDOWS[code - 0x80] ?? "";
  if (!(code > 0 && code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) return "";
  return String.fromCodePoint(code);
};

const decodeEntities = (text: string): string =>
  text.includes("&")
    ? text.replace(
        /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}\d{0,2}));?/gi,
        (whole, hex?: string, decimal?: string, name?: string) => {
          if (hex !== undefined) return byNumber(Number.parseInt(hex, 16));
          if (decimal !== undefined) return byNumber(Number(decimal));
          const own = NAMED[name ?? ""] ?? NAMED[(name ?? "").toLowerCase()];
          if (own !== undefined) return own;
          const [, letter = "", accent = ""] = ACCENTED.exec(name ?? "") ?? [];
          return letter === "" ? whole : `${letter}${ACCENTS[accent] ?? ""}`.normalize("NFC");
        },
      )
    : text;

/** End of a tag: ">" inside quotes does not count; a quote that never ends does not either. */
const tagEnd = (html: string, from: number): number => {
  let quote = "";
  const plain = html.indexOf(">", from);
  const limit = Math.min(html.length, from + LONGEST_ATTRIBUTES);
  for (let at = from; at < limit; at += 1) {
    const sign = html[at] ?? "";
    if (quote !== "") {
      if (sign === quote) quote = "";
    } else if (sign === ">") return at;
    else if ((sign === '"' || sign === "'") && html[at - 1] === "=") quote = sign;
  }
  return plain;
};

const NAME = /^[a-z][a-z0-9-]{0,20}/i;

/** Cuts HTML into tags and texts, in time linear in its length, whatever is broken in it. */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  let line = 1;
  let counted = 0;
  const lineAt = (at: number): number => {
    for (
      let found = html.indexOf("\n", counted);
      found >= 0 && found < at;
      found = html.indexOf("\n", counted)
    ) {
      line += 1;
      counted = found + 1;
    }
    return line;
  };
  // a search that once found nothing to the end is not made again
  const gone = new Set<string>();
  const find = (what: string, from: number): number => {
    if (gone.has(what)) return -1;
    const at = html.indexOf(what, from);
    if (at < 0) gone.add(what);
    return at;
  };
  for (let at = 0; at < html.length;) {
    const open = html.indexOf("<", at);
    const until = open < 0 ? html.length : open;
    if (until > at) yield { is: "text", text: decodeEntities(html.slice(at, until)) };
    if (open < 0) return;
    const next = html[open + 1] ?? "";
    if (html.startsWith("<!--", open)) {
      const end = find("-->", open + 4);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    const isClose = next === "/";
    const [name] = NAME.exec(html.slice(open + (isClose ? 2 : 1), open + 25)) ?? [];
    if (name === undefined && next !== "!" && next !== "?") {
      yield { is: "text", text: "<" };
      at = open + 1;
      continue;
    }
    const end = tagEnd(html, open + 1);
    if (end < 0) return;
    at = end + 1;
    if (name === undefined) continue;
    const lower = name.toLowerCase();
    if (isClose) {
      yield { is: "close", name: lower };
      continue;
    }
    const attributes = html.slice(open + 1 + name.length, Math.min(end, open + LONGEST_ATTRIBUTES));
    if (RAW.has(lower) && !attributes.trimEnd().endsWith("/")) {
      const close = closeOf(html, lower, at, gone);
      at = close < 0 ? html.length : close;
      continue;
    }
    yield { is: "open", name: lower, attributes, line: lineAt(open) };
  }
}

/** Where the closing tag of a raw element ends. */
const closeOf = (html: string, name: string, from: number, gone: Set<string>): number => {
  if (gone.has(`/${name}`)) return -1;
  const pattern = new RegExp(`</${name}[\\s/>]`, "gi");
  pattern.lastIndex = from;
  const found = pattern.exec(html);
  if (!found) {
    gone.add(`/${name}`);
    return -1;
  }
  const end = html.indexOf(">", found.index);
  return end < 0 ? -1 : end + 1;
};
