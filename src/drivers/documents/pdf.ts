import { readFileSync } from "node:fs";
import type { DocumentBlock } from "../../core/documents.ts";
import { cellCounter } from "./grid.ts";
import { flowed, linesOf, type Line, type Piece } from "./pdf-lines.ts";
import { tablesOf } from "./pdf-tables.ts";
import { refuse } from "./refuse.ts";

/** Larger text than the body's by this is a heading, if it is short. */
const HEADING_RATIO = 1.15;
const LONGEST_HEADING = 120;
/** Pages that are looked at for running heads and the usual size of text. */
const SAMPLE_PAGES = 12;
const LEAST_REPEATS = 3;
/** A wider space than this many heights parts two paragraphs. */
const PARAGRAPH_GAP = 1.75;
/** Programs put these for a title that nobody gave. */
const NO_TITLE =
  /^(?:untitled|layout \d+|microsoft (?:word|powerpoint|excel)\b.*|.*\.(?:docx?|xlsx?|pptx?|indd|pdf|qxd|ai))$/i;

interface TextItem {
  str?: string;
  transform?: number[];
  width?: number;
  height?: number;
}

const piecesOf = (items: readonly TextItem[]): Piece[] =>
  items.flatMap(({ str, transform, width = 0, height = 0 }) => {
    const [a = 0, b = 0, , d = 0, x = 0, y = 0] = transform ?? [];
    // text that stands upright or on its head is a mark at the edge
    if (!str || str.trim() === "" || Math.abs(b) > Math.abs(a)) return [];
    return [{ text: str, x, y, width, height: height || Math.abs(d) || 10 }];
  });

const textOf = ({ segments }: Line): string => segments.map(({ text }) => text).join(" ");
/** Running heads differ by their page number at most. */
const shapeOf = (line: Line): string => `${Math.round(line.y / 4)} ${textOf(line).replace(/\p{Nd}+/gu, "#")}`;

interface Look {
  /** Usual height of the text. */
  body: number;
  /** Heights of headings, the greatest first. */
  headings: number[];
  running: ReadonlySet<string>;
}

/** Running heads stand in this share of the page at its top or bottom. */
const EDGE = 0.1;

interface Page {
  lines: Line[];
  bottom: number;
  height: number;
}
const isAtEdge = ({ y }: Line, { bottom, height }: Page): boolean =>
  y < bottom + EDGE * height || y > bottom + (1 - EDGE) * height;

const lookOf = (pages: readonly Page[]): Look => {
  const chars = new Map<number, number>();
  const shapes = new Map<string, number>();
  for (const page of pages) {
    for (const line of page.lines) {
      const height = Math.round(line.height * 2) / 2;
      chars.set(height, (chars.get(height) ?? 0) + textOf(line).length);
    }
    for (const shape of new Set(page.lines.filter((line) => isAtEdge(line, page)).map(shapeOf)))
      shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
  }
  const body = [...chars].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 10;
  const headings = [...chars.keys()].filter((height) => height > body * HEADING_RATIO).sort((a, b) => b - a);
  const least = Math.max(LEAST_REPEATS, Math.ceil(pages.length / 3));
  const running = new Set([...shapes].filter(([, count]) => count >= least).map(([shape]) => shape));
  return { body, headings, running };
};

/** Lines of prose in the order in which the page gives them, as paragraphs and headings. */
const proseBlocks = (lines: readonly Line[], { body, headings }: Look, page: number): DocumentBlock[] => {
  const blocks: DocumentBlock[] = [];
  let together: Line[] = [];
  const flush = (): void => {
    const [first] = together;
    const text = flowed(together.map(textOf));
    together = [];
    if (!first || text === "") return;
    const isHeading =
      first.height > body * HEADING_RATIO && text.length <= LONGEST_HEADING && /\p{L}/u.test(text);
    const level = headings.findIndex((height) => height <= first.height + 0.25) + 1;
    if (isHeading) blocks.push({ type: "heading", level: level || headings.length + 1, text, at: { page } });
    else blocks.push({ type: "paragraph", text, at: { page } });
  };
  for (const line of lines) {
    const last = together.at(-1);
    if (last) {
      const isFar =
        last.y - line.y > PARAGRAPH_GAP * Math.max(last.height, line.height) || line.y > last.y + 1;
      const isOther = Math.abs(last.height - line.height) > 0.12 * body;
      if (isFar || isOther || /^[•●▪◦–-]\s/u.test(textOf(line))) flush();
    }
    together.push(line);
  }
  flush();
  return blocks;
};

/** Prose as the file gives it: what stands in two columns is given one column after the other. */
const inFileOrder = (pieces: readonly Piece[], taken: ReadonlySet<Piece>): Line[] => {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    if (taken.has(piece)) continue;
    const last = runs.at(-1)?.at(-1);
    if (last && Math.abs(last.y - piece.y) <= 0.4 * Math.max(last.height, piece.height))
      runs.at(-1)?.push(piece);
    else runs.push([piece]);
  }
  return runs.flatMap((run) => linesOf(run));
};

/** Paragraphs between the tables above and below them. */
const pageBlocks = (pieces: readonly Piece[], look: Look, page: number): DocumentBlock[] => {
  const lines = linesOf(pieces).filter((line) => !look.running.has(shapeOf(line)));
  const tables = tablesOf(lines, page);
  const running = (line: Line): boolean => look.running.has(shapeOf(line));
  const within = (piece: Piece, top: number, bottom: number): boolean => piece.y <= top && piece.y >= bottom;
  const spans = tables.map(({ from, end, blocks }) => ({
    top: (lines[from]?.y ?? 0) + 0.5,
    bottom: (lines[end - 1]?.y ?? 0) - 0.5 * (lines[end - 1]?.height ?? 0),
    blocks,
  }));
  const taken = new Set(
    pieces.filter((piece) => spans.some(({ top, bottom }) => within(piece, top, bottom))),
  );
  const blocks: DocumentBlock[] = [];
  let above = Number.POSITIVE_INFINITY;
  for (const { top, bottom, blocks: own } of [
    ...spans,
    { top: Number.NEGATIVE_INFINITY, bottom: 0, blocks: [] },
  ]) {
    const between = pieces.filter((piece) => piece.y < above && piece.y > top);
    blocks.push(
      ...proseBlocks(
        inFileOrder(between, taken).filter((line) => !running(line)),
        look,
        page,
      ),
      ...own,
    );
    above = bottom;
  }
  return blocks;
};

const openPdf = async (data: Uint8Array) => {
  const { getDocumentProxy } = await import("unpdf");
  try {
    return await getDocumentProxy(data, {
      verbosity: 0,
      isEvalSupported: false,
      disableFontFace: true,
      useSystemFonts: false,
      useWorkerFetch: false,
      maxImageSize: 1,
      stopAtErrors: false,
    });
  } catch (cause) {
    if (cause instanceof Error && cause.name === "PasswordException") throw refuse("it is encrypted", cause);
    throw refuse("it is damaged: it cannot be read as a PDF", cause);
  }
};

/** The text of a PDF, page by page. */
export async function* pdfBlocks(path: string): AsyncGenerator<DocumentBlock> {
  const bytes = readFileSync(path);
  const isMarked = bytes.includes("/Encrypt");
  const pdf = await openPdf(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length)).catch(
    (error: unknown) => {
      throw isMarked ? refuse("it is encrypted", error) : error;
    },
  );
  const pageAt = async (page: number): Promise<{ pieces: Piece[]; bottom: number; height: number }> => {
    const found = await pdf.getPage(page);
    const { items } = await found.getTextContent();
    const [, bottom = 0, , top = 0] = found.view;
    found.cleanup();
    return { pieces: piecesOf(items as TextItem[]), bottom, height: top - bottom };
  };
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const title = "Title" in info && typeof info.Title === "string" ? info.Title.trim() : "";
  if (title !== "" && !NO_TITLE.test(title)) yield { type: "title", text: title };
  const sample: Page[] = [];
  for (let page = 1; page <= Math.min(pdf.numPages, SAMPLE_PAGES); page += 1) {
    const { pieces, bottom, height } = await pageAt(page);
    sample.push({ lines: linesOf(pieces), bottom, height });
  }
  const look = lookOf(sample);
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const counted = cellCounter(`page ${page}`);
    const { pieces } = await pageAt(page);
    counted(pieces.length);
    yield* pageBlocks(pieces, look, page);
  }
  await pdf.destroy();
}
