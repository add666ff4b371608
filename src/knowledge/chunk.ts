import type { DocumentBlock, Place } from "../core/documents.ts";
import { cutTable, isWordy, rowsAsTexts } from "./chunk-table.ts";
import { countWords, joined, sentencesOf } from "./words.ts";

/** A piece of a document that stands on its own. */
export interface Chunk {
  text: string;
  words: number;
  /** Paths of headings that it stands under, the first first; a chunk of several short sections has several. */
  paths: (readonly string[])[];
  first: Place;
  last: Place;
  isTable: boolean;
}

/** Words of a chunk: enough to be understood alone, few enough to be read at once. */
export const LEAST = 60;
export const MOST = 180;
/** Longest piece that is never parted. */
const MOST_UNIT = 60;
/** A line before a table with no more words than this is its caption, and goes with each part of it. */
const MOST_CAPTION = 25;
/** What a page has beyond this is not moved to the next one. */
const LEAST_PAGE = 25;
const DEEPEST = 6;

interface Unit {
  text: string;
  words: number;
  path: readonly string[];
  at: Place;
  kind: "heading" | "begins" | "goes_on";
}

const wordsOf = (units: readonly Unit[]): number => units.reduce((sum, { words }) => sum + words, 0);

/** Never between a heading and what it heads. */
const headed = (units: readonly Unit[], end: number): number => {
  let cut = end;
  while (cut > 0 && units[cut - 1]?.kind === "heading") cut -= 1;
  return cut === 0 ? end : cut;
};

/** Parts of about equal size, none over MOST words, and none under LEAST where that can be had. */
const packed = (units: readonly Unit[]): Unit[][] => {
  const total = wordsOf(units);
  const target = total / Math.ceil(total / MOST);
  const parts: Unit[][] = [];
  let from = 0;
  for (let at = 0, words = 0; at < units.length; at += 1) {
    const unit = units[at];
    if (!unit) break;
    const full = words + unit.words > MOST;
    // a paragraph's end near the target is a better place than the middle of the next one
    const ripe = words >= LEAST && words >= target * 0.85 && unit.kind !== "goes_on";
    const over = words >= LEAST && words + unit.words > target * 1.1;
    if (words > 0 && (full || ripe || over)) {
      const cut = headed(units, at);
      if (cut > from) {
        parts.push(units.slice(from, cut));
        words = wordsOf(units.slice(cut, at));
        from = cut;
      }
    }
    words += unit.words;
  }
  parts.push(units.slice(from));
  return evened(parts);
};

/** A last part that is too short joins the one before, or takes sentences from it. */
const evened = (parts: Unit[][]): Unit[][] => {
  const last = parts.at(-1) ?? [];
  const before = parts.at(-2);
  if (!before || wordsOf(last) >= LEAST) return parts;
  if (wordsOf(before) + wordsOf(last) <= MOST) return [...parts.slice(0, -2), [...before, ...last]];
  const [from, to] = [[...before], [...last]];
  for (let moved = from.at(-1); moved; moved = from.at(-1)) {
    if (wordsOf(to) >= LEAST || wordsOf(from) - moved.words < LEAST) break;
    to.unshift(...from.splice(-1));
  }
  return [...parts.slice(0, -2), from, to];
};

/** Whether a sentence stops in the middle of `before` and goes on in `after`. */
const isCut = (before: string, after: string): boolean =>
  !/[.!?;:。！？।؟…]["'»”’)\]]?$/u.test(before) && /^[\p{Ll}\p{Lo}\p{Nd}(]/u.test(after);

/** On the same page or sheet: what one citation can name. */
const sameSheet = (a: Place, b: Place): boolean => a.page === b.page && a.sheet === b.sheet;

const samePath = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((part, at) => part === b[at]);

const distinctPaths = (units: readonly Unit[]): (readonly string[])[] => {
  const paths: (readonly string[])[] = [];
  for (const { path } of units) if (!paths.some((one) => samePath(one, path))) paths.push(path);
  return paths;
};

const chunkOf = (units: readonly Unit[]): Chunk | undefined => {
  const body = units.filter(({ kind }) => kind !== "heading");
  const paths = distinctPaths(body);
  // a chunk of one section has its heading in its path, one of several shows them where they stood
  const shown = paths.length > 1 ? units : body;
  let text = "";
  for (const unit of shown)
    text =
      unit.kind === "goes_on" ? joined(text, unit.text) : text === "" ? unit.text : `${text}\n\n${unit.text}`;
  const [first, last] = [body[0], body.at(-1)];
  if (!first || !last) return undefined;
  return { text, words: wordsOf(shown), paths, first: first.at, last: last.at, isTable: false };
};

const chunksOf = (parts: readonly Unit[][]): Chunk[] =>
  parts.map(chunkOf).filter((chunk): chunk is Chunk => chunk !== undefined);

/** Two chunks as one, where that is not too long; the second says its heading where it has another. */
const together = (one: Chunk, two: Chunk): Chunk | undefined => {
  const [from, to] = [one.paths.at(-1) ?? [], two.paths[0] ?? []];
  const heading = two.paths.length === 1 && !samePath(from, to) ? (to.at(-1) ?? "") : "";
  const words = one.words + countWords(heading) + two.words;
  const isStub = Math.min(one.words, two.words) < LEAST_PAGE && !one.isTable && !two.isTable;
  const mayJoin = sameSheet(one.last, two.first) || (isStub && one.last.sheet === two.first.sheet);
  if (words > MOST || !mayJoin) return undefined;
  return {
    text: [one.text, heading, two.text].filter((text) => text !== "").join("\n\n"),
    words,
    paths: [...one.paths, ...two.paths.filter((path) => !one.paths.some((own) => samePath(own, path)))],
    first: one.first,
    last: two.last,
    isTable: one.isTable || two.isTable,
  };
};

export interface Chunker {
  /** Takes a block and gives the chunks that are complete. */
  add(block: DocumentBlock): Chunk[];
  end(): Chunk[];
}

/** Cuts a document, block by block, into chunks of LEAST to MOST words; what a document is too short for stays short. */
export const chunker = (): Chunker => {
  let path: { level: number; text: string }[] = [];
  let units: Unit[] = [];
  let pending: Chunk | undefined;
  const pathNow = (): string[] => path.map(({ text }) => text);

  /** Holds the last chunk back: what comes next may be too short to stand alone. */
  const held = (chunks: readonly Chunk[], isEnd: boolean): Chunk[] => {
    const out: Chunk[] = [];
    for (const chunk of chunks) {
      const isShort = pending !== undefined && Math.min(pending.words, chunk.words) < LEAST;
      const both: Chunk | undefined = pending && isShort ? together(pending, chunk) : undefined;
      if (pending && !both) out.push(pending);
      pending = both ?? chunk;
    }
    if (isEnd && pending) out.push(pending);
    return out;
  };

  /** Gives what is surely complete; all of it at the end, or before a table. */
  const give = (all: boolean): Chunk[] => {
    if (all) {
      const done = packed(units);
      units = [];
      return chunksOf(done);
    }
    if (wordsOf(units) < 4 * MOST) return [];
    const parts = packed(units);
    units = parts.pop() ?? [];
    return chunksOf(parts);
  };

  const addText = (text: string, at: Place): void => {
    for (const [index, piece] of sentencesOf(text, MOST_UNIT).entries())
      units.push({ ...piece, path: pathNow(), at, kind: index === 0 ? "begins" : "goes_on" });
  };

  /** A chunk is of one page, so that it is cited by the page it is on; but for a sentence that goes over to the next. */
  const turnPage = (block: Exclude<DocumentBlock, { type: "title" }>): Chunk[] => {
    const last = units.at(-1);
    if (!last || sameSheet(last.at, block.at)) return [];
    const isStub = last.at.page !== undefined && block.type !== "table" && wordsOf(units) < LEAST_PAGE;
    if (isStub) return [];
    const goesOver = block.type === "paragraph" && last.kind !== "heading" && isCut(last.text, block.text);
    const stays = last.kind === "heading" ? units.splice(headed(units, units.length)) : [];
    if (!goesOver) {
      const done = give(true);
      units = stays;
      return done;
    }
    const begin = units.splice(-1);
    const done = give(true);
    units = begin;
    return done;
  };

  /** The text before a table: its own chunk, or, where it is short, said with the table. */
  const beforeTable = (): { chunks: Chunk[]; caption: string; intro: Chunk | undefined } => {
    const body = units.filter(({ kind }) => kind !== "heading");
    const begin = body.findLastIndex(({ kind }) => kind === "begins");
    const last = body.slice(begin);
    const caption = begin >= 0 && wordsOf(last) <= MOST_CAPTION ? last.map(({ text }) => text).join(" ") : "";
    if (wordsOf(units) >= LEAST) return { chunks: give(true), caption, intro: undefined };
    const intro = chunkOf(caption === "" ? units : units.filter((unit) => !last.includes(unit)));
    units = [];
    return { chunks: [], caption, intro };
  };

  const add = (block: DocumentBlock): Chunk[] => {
    switch (block.type) {
      case "title":
        return [];
      case "heading": {
        const done = [...turnPage(block), ...(wordsOf(units) >= LEAST ? give(true) : [])];
        path = [...path.filter(({ level }) => level < block.level), { level: block.level, text: block.text }];
        path = path.slice(-DEEPEST);
        units.push({
          text: block.text,
          words: countWords(block.text),
          path: pathNow(),
          at: block.at,
          kind: "heading",
        });
        return done;
      }
      case "paragraph": {
        const done = turnPage(block);
        const goesOn = units.length > 0 && units.at(-1)?.at.page !== block.at.page;
        const at = units.length;
        const cut = goesOn && isCut(units.at(-1)?.text ?? "", block.text);
        addText(block.text, block.at);
        const first = units[at];
        if (cut && first) first.kind = "goes_on";
        return [...done, ...give(false)];
      }
      case "table": {
        const turned = turnPage(block);
        if (isWordy(block)) {
          for (const { text, at } of rowsAsTexts(block)) addText(text, at);
          return [...turned, ...give(false)];
        }
        // a table is cited by its own page alone
        const others = units.findLastIndex(({ at }) => !sameSheet(at, block.at)) + 1;
        const elsewhere = chunksOf(packed(units.splice(0, others)));
        const { chunks, caption, intro } = beforeTable();
        const paths = [pathNow()];
        const parts = cutTable(block, caption, intro?.text ?? "", MOST);
        const [start] = parts;
        if (start && intro) start.first = intro.first;
        return [
          ...turned,
          ...elsewhere,
          ...chunks,
          ...parts.map((part): Chunk => ({ ...part, paths, isTable: true })),
        ];
      }
    }
  };
  return { add: (block) => held(add(block), false), end: () => held(give(true), true) };
};
