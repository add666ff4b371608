import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FlockError } from "../../src/core/errors.ts";
import { isLang, type Lang, LANGS } from "../../src/core/types.ts";

export interface WebOptions {
  /** Folder with LANG/ui.json and LANG/answers.json, when it is not the repository's. */
  locales?: string;
  /** Whether the page may offer export and deletion: the server serves them without a token. */
  people: boolean;
}

const HERE = fileURLToPath(new URL(".", import.meta.url));
const LOCALES = join(HERE, "../../locales");
const SCRIPTS = [
  "theme.js",
  "page.js",
  "draw.js",
  "markdown.js",
  "rights.js",
  "store.js",
  "stream.js",
  "strings.js",
  "turns.js",
];
const STYLES = ["base.css", "page.css", "desk.css", "answer.css", "proof.css"];
const ICONS = ["favicon.svg"];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");
const COMMON = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  // Asked for again each time, and not sent again while its tag is the same.
  "cache-control": "no-cache",
};
const PAGE = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  vary: "accept-language",
};

type Texts = Record<string, unknown>;
type Strings = Record<string, unknown>;

const isTexts = (value: unknown): value is Texts => typeof value === "object" && value !== null;

const readTexts = (folder: string, lang: Lang, name: string): Texts => {
  const file = join(folder, lang, name);
  try {
    const texts: unknown = JSON.parse(readFileSync(file, "utf8"));
    if (isTexts(texts)) return texts;
  } catch (cause) {
    throw new FlockError("bad_data", `locales/${lang}/${name} cannot be read`, { cause });
  }
  throw new FlockError("bad_data", `locales/${lang}/${name} is no object`);
};

const textIn = (texts: unknown, path: string, key: string): string => {
  const text = isTexts(texts) ? texts[key] : undefined;
  if (typeof text === "string") return text;
  throw new FlockError("bad_data", `locales/${path}: "${key}" is missing`);
};

/** The words of the page in a language: ui.json, and the few of answers.json that the page says itself. */
const stringsOf = (folder: string, lang: Lang): Strings => {
  const answers = readTexts(folder, lang, "answers.json");
  const path = `${lang}/answers.json`;
  const { examples, errors } = answers;
  if (!Array.isArray(examples) || !examples.every((text) => typeof text === "string")) {
    throw new FlockError("bad_data", `locales/${path}: "examples" must be texts`);
  }
  return {
    ...readTexts(folder, lang, "ui.json"),
    edition: textIn(answers["source"], path, "edition"),
    source_label: textIn(answers["source"], path, "label"),
    formula_title: textIn(answers["formula"], path, "title"),
    examples,
    errors,
  };
};

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** The page as first seen: in the reader's language before any script has run. */
const pageOf = (template: string, lang: Lang, strings: Strings, people: boolean): string => {
  const words: Record<string, string> = {
    lang,
    dir: lang === "ar" ? "rtl" : "ltr",
    people: people ? "open" : "closed",
  };
  const path = `${lang}/ui.json`;
  return template
    .replace(/(?<!\{)\{\{(\w+)\}\}/g, (_all, key: string) =>
      escapeHtml(words[key] ?? textIn(strings, path, key)),
    )
    .replace("{{{strings}}}", () => JSON.stringify(strings).replaceAll("<", "\\u003c"));
};

/** The first of a browser's languages that the page speaks. */
const preferred = (header: string | null): Lang => {
  const wishes = (header ?? "").split(",").map((wish) => {
    const [tag = "", quality = "q=1"] = wish.trim().split(";");
    return {
      lang: tag.slice(0, 2).toLowerCase(),
      weight: Number.parseFloat(quality.replace(/^\s*q=/, "")) || 0,
    };
  });
  const best = wishes.toSorted((a, b) => b.weight - a.weight).find(({ lang }) => isLang(lang));
  return best && isLang(best.lang) ? best.lang : "en";
};

/** A fixed text, sent again only when it has changed. */
const fixed = (text: string, headers: Record<string, string>) => {
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  const all = { ...COMMON, ...headers, etag };
  return (request: Request): Response =>
    request.headers.get("if-none-match") === etag
      ? new Response(null, { status: 304, headers: all })
      : new Response(text, { headers: all });
};

/** Routes of the web chat. Everything is read once, at the start; throws "bad_data" when a text is missing. */
export const webRoutes = ({ locales = LOCALES, people }: WebOptions) => {
  const asset = (name: string, type: string) => ({
    path: `/${name}`,
    handle: fixed(readFileSync(join(HERE, name), "utf8"), { "content-type": type }),
  });
  const template = readFileSync(join(HERE, "page.html"), "utf8");
  const languages = LANGS.map((lang) => {
    const strings = stringsOf(locales, lang);
    return {
      lang,
      strings,
      page: fixed(pageOf(template, lang, strings, people), { ...PAGE, "content-language": lang }),
    };
  });
  const pages = new Map(languages.map(({ lang, page }) => [lang, page]));
  const page = (request: Request): Response => {
    const handle = pages.get(preferred(request.headers.get("accept-language")));
    return handle ? handle(request) : new Response(null, { status: 404 });
  };
  return [
    { path: "/", handle: page },
    ...SCRIPTS.map((name) => asset(name, "text/javascript; charset=utf-8")),
    ...STYLES.map((name) => asset(name, "text/css; charset=utf-8")),
    ...ICONS.map((name) => asset(name, "image/svg+xml")),
    ...languages.map(({ lang, strings }) => ({
      path: `/strings/${lang}.json`,
      handle: fixed(JSON.stringify(strings), { "content-type": "application/json" }),
    })),
  ];
};
