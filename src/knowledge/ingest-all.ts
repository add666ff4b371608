import { basename, extname } from "node:path";
import type { DocumentReader, OpenLibrary } from "../core/documents.ts";
import { FlockError } from "../core/errors.ts";
import type { Clock } from "../core/ports.ts";
import type { Lang, Passage } from "../core/types.ts";
import type { Doubt } from "./doubts.ts";
import { ingestDocument, versionOf, type Ingested, type Tools } from "./ingest.ts";

export type Outcome = "added" | "replaced" | "unchanged" | "duplicate" | "refused";

/** What became of one file. */
export interface FileReport {
  /** Absolute path: the source's id in the library. */
  path: string;
  outcome: Outcome;
  /** Why it was refused, or which file says the same. */
  reason: string | null;
  title: string | null;
  /** Hash of the content, and how often the source was taken, the first time being 1. */
  version: string | null;
  revision: number | null;
  passages: number;
  words: number;
  languages: Partial<Record<Lang, number>>;
  /** The first of them. */
  doubts: Doubt[];
  /** Rows that all of them are about, and those of them that were left out. */
  doubtfulRows: number;
  rowsLeftOut: number;
  ms: number;
}

/** Doubts that are told of one file. */
const MOST_DOUBTS = 200;

interface Held {
  version: string;
  revision: number;
}

export interface Ingesting {
  documents: DocumentReader;
  /** Absent on a dry run. */
  library: OpenLibrary | undefined;
  /** What the library holds, by source. */
  held: ReadonlyMap<string, Held>;
  tools: Tools;
  clock: Clock;
}

const rowsOf = (doubts: readonly Doubt[]): number => doubts.reduce((sum, { rows }) => sum + rows, 0);

/** Takes documents one by one; what is refused is told, and the rest goes on. */
export const ingestAll = async function* (
  paths: readonly string[],
  { documents, library, held, tools, clock }: Ingesting,
): AsyncGenerator<FileReport> {
  const sources = new Map(held);
  const owners = new Map([...sources].map(([source, { version }]) => [version, source]));
  const nothing = {
    reason: null,
    title: null,
    version: null,
    revision: null,
    passages: 0,
    words: 0,
    languages: {},
    doubts: [],
    doubtfulRows: 0,
    rowsLeftOut: 0,
  };

  const take = async (path: string): Promise<Omit<FileReport, "ms">> => {
    const document = await documents.open(path);
    const version = versionOf(document.hash);
    const before = sources.get(path);
    const old = { ...nothing, path, version, revision: before?.revision ?? null };
    if (before?.version === version) return { ...old, outcome: "unchanged" };
    const owner = owners.get(version);
    if (owner !== undefined && sources.get(owner)?.version === version)
      return { ...old, outcome: "duplicate", reason: `it has the same content as ${owner}` };
    const name = basename(path, extname(path));
    const replacement = library?.replacing(path);
    let done: Ingested;
    try {
      const put = (passages: readonly Passage[]): void => replacement?.put(passages);
      done = await ingestDocument({ source: path, name, blocks: document.blocks() }, tools, put);
      replacement?.commit(version);
    } catch (error) {
      replacement?.undo();
      throw error;
    }
    const revision = (before?.revision ?? 0) + 1;
    sources.set(path, { version, revision });
    owners.set(version, path);
    return {
      path,
      outcome: before ? "replaced" : "added",
      reason: null,
      title: done.title,
      version,
      revision,
      passages: done.passages,
      words: done.words,
      languages: done.languages,
      doubts: done.doubts.slice(0, MOST_DOUBTS),
      doubtfulRows: rowsOf(done.doubts),
      rowsLeftOut: rowsOf(done.doubts.filter(({ leftOut, rows }) => leftOut && rows === 1)),
    };
  };

  for (const path of paths) {
    const begun = clock.monotonic();
    let report: Omit<FileReport, "ms">;
    try {
      report = await take(path);
    } catch (error) {
      if (!(error instanceof FlockError) || error.code !== "document") throw error;
      report = { ...nothing, path, outcome: "refused", reason: error.message };
    }
    yield { ...report, ms: Math.round(clock.monotonic() - begun) };
  }
};
