import { createHash } from "node:crypto";
import type { DocumentBlock, Place } from "../core/documents.ts";
import { FlockError } from "../core/errors.ts";
import type { Lang, Passage } from "../core/types.ts";
import type { Reader } from "../language/read.ts";
import { chunker, type Chunk } from "./chunk.ts";
import { cleanLine } from "./clean.ts";
import { examine, type Doubt, type KnownMetrics } from "./doubts.ts";
import type { Tagger, Tags } from "./tag.ts";

/** Counts up when documents are cut or tagged in another way: what was ingested before is then read again. */
const METHOD = "1";
/** A title is a line that can be cited. */
const LONGEST_TITLE = 120;
/** Words that are enough to tell a language by. */
const LEAST_TELLING = 10;
const MOST_PATHS = 3;
/** Headings of a citation are cut to this. */
const LONGEST_PAGE = 200;

export interface Tools {
  reader: Reader;
  tag: Tagger;
  known: KnownMetrics;
}

export interface Ingested {
  title: string;
  /** Numbers of them. */
  passages: number;
  words: number;
  languages: Partial<Record<Lang, number>>;
  doubts: Doubt[];
}

const sha = (...parts: readonly string[]): string =>
  createHash("sha256").update(parts.join("\0")).digest("hex");

/** Version of a document: the hash of its bytes, and of the way it is read. */
export const versionOf = (hash: string): string => sha(hash, METHOD).slice(0, 16);

const span = (first: number, last: number): string => (first === last ? `${first}` : `${first}–${last}`);
const short = (text: string): string =>
  text.length <= LONGEST_PAGE ? text : `${text.slice(0, LONGEST_PAGE).trimEnd()}…`;

/** Page, sheet and rows, headings or lines: whichever the document itself has. */
const pageOf = ({ first, last, paths }: Chunk): string => {
  if (first.page !== undefined) return `p. ${span(first.page, last.page ?? first.page)}`;
  if (first.row !== undefined) {
    const rows = `${first.row === last.row ? "row" : "rows"} ${span(first.row, last.row ?? first.row)}`;
    return first.sheet === undefined ? rows : `${first.sheet}, ${rows}`;
  }
  const headings = paths.filter((path) => path.length > 0).slice(0, MOST_PATHS);
  if (headings.length > 0) return short(headings.map((path) => path.join(" > ")).join("; "));
  return lineSpan(first, last);
};

const lineSpan = (first: Place, last: Place): string =>
  first.line === undefined
    ? ""
    : `${first.line === (last.line ?? first.line) ? "line" : "lines"} ${span(first.line, last.line ?? first.line)}`;

const cleanBlock = (block: DocumentBlock): DocumentBlock | undefined => {
  if (block.type === "table") {
    const clean = (cell: string | number | null): string | number | null =>
      typeof cell === "string" ? cleanLine(cell) || null : cell;
    const rows = block.rows
      .map((row) => ({ ...row, at: cleanPlace(row.at), cells: row.cells.map(clean) }))
      .filter(({ cells }) => cells.some((cell) => cell !== null));
    if (rows.length === 0) return undefined;
    return { ...block, at: cleanPlace(block.at), header: block.header.map(cleanLine), rows };
  }
  const text = cleanLine(block.text);
  return text === "" ? undefined : { ...block, text };
};

/** A sheet is named by whoever made it: its name is text like any other. */
const cleanPlace = (place: Place): Place =>
  place.sheet === undefined ? place : { ...place, sheet: cleanLine(place.sheet) };

/** Cuts, checks and tags one document, and puts its passages where they go, a few at a time. */
export const ingestDocument = async (
  document: { source: string; name: string; blocks: AsyncIterable<DocumentBlock> },
  { reader, tag, known }: Tools,
  put: (passages: readonly Passage[]) => void,
): Promise<Ingested> => {
  const cutter = chunker();
  const seen = new Set<string>();
  const langs = new Map<Lang, number>();
  const done: Ingested = {
    passages: 0,
    doubts: [],
    title: cleanLine(document.name),
    words: 0,
    languages: {},
  };
  /** Chunks in no clear language, until the document has one. */
  let unclear: Chunk[] = [];
  let heading: string | undefined;
  let about: string[] | undefined;

  const mainLang = (): Lang | undefined => [...langs].sort((a, b) => b[1] - a[1])[0]?.[0];
  const passageOf = (chunk: Chunk, { lang, concepts, applies }: Tags): Passage => {
    const headings = [...new Set(chunk.paths.flatMap((path) => path.at(-1) ?? []))].slice(0, MOST_PATHS);
    about ??= tag([done.title, heading ?? ""].join(". "), undefined).applies;
    done.passages += 1;
    done.words += chunk.words;
    done.languages[lang] = (done.languages[lang] ?? 0) + 1;
    return {
      id: `d_${sha(document.source, chunk.text).slice(0, 20)}`,
      title: short(headings.length > 0 ? headings.join("; ") : done.title),
      applies: (applies.length > 0 ? applies : about).join(", "),
      concepts,
      sources: [{ title: done.title, page: pageOf(chunk), url: null }],
      text: chunk.text,
      lang,
      gist: undefined,
      version: sha(chunk.text).slice(0, 16),
    };
  };
  const settle = (isEnd: boolean): void => {
    const main = mainLang();
    if (main === undefined && !isEnd) return;
    put(unclear.map((chunk) => passageOf(chunk, tag(chunk.text, main))));
    unclear = [];
  };
  const take = (chunks: readonly Chunk[]): void => {
    const clear: Passage[] = [];
    for (const chunk of chunks) {
      const hash = sha(chunk.text).slice(0, 16);
      // pages that are there twice
      if (seen.has(hash)) continue;
      seen.add(hash);
      const tags = tag(chunk.text, undefined);
      if (tags.sure && chunk.words >= LEAST_TELLING) {
        langs.set(tags.lang, (langs.get(tags.lang) ?? 0) + chunk.words);
        clear.push(passageOf(chunk, tags));
      } else unclear.push(chunk);
    }
    if (clear.length > 0) put(clear);
    if (unclear.length > 0) settle(false);
  };

  for await (const raw of document.blocks) {
    const block = cleanBlock(raw);
    if (!block) continue;
    if (block.type === "title") {
      const isTitle = block.text.length <= LONGEST_TITLE && /\p{L}{2}/u.test(block.text);
      if (isTitle && done.passages === 0) done.title = block.text;
    } else if (block.type === "table") {
      const found = examine(block, reader, known, mainLang());
      done.doubts.push(...found.doubts);
      take(cutter.add(found.table));
    } else {
      if (block.type === "heading") heading ??= block.text;
      take(cutter.add(block));
    }
  }
  take(cutter.end());
  settle(true);
  if (done.passages === 0)
    throw new FlockError("document", "it has no text (of a scan, the text has to be recognised first)");
  return done;
};
