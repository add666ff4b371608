import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import Database from "libsql";
import type { OpenLibrary, Replacement } from "../core/documents.ts";
import { FlockError } from "../core/errors.ts";
import { isLang, type Passage, type PassageSource } from "../core/types.ts";
import { lexicalWords } from "./lexical-words.ts";

/** The `Library` port and what retrieval reads of it. */
export interface PassageStore extends OpenLibrary {
  /** Every source with its title and how often it was replaced. */
  sources(): { source: string; version: string; passages: number; title: string; revision: number }[];
  /** Every passage; what several documents say in the same words once, with the sources of all. */
  all(): Passage[];
  /** Passages by their words, best first: the lower its rank (BM25), the better. `match` is plain text, never a query language. */
  search(match: string, limit: number): { id: string; rank: number }[];
}

/** A question of more words is searched by its first. */
const MOST_WORDS = 64;
const LONGEST_MATCH = 4000;
/** A passage that so many documents share names the first ones. */
const MOST_SOURCES = 5;
/** Passages of a document that wait for its end before they are written. */
const MOST_WAITING = 2000;
const LAYOUT = "1";

const TABLES = [
  `CREATE TABLE IF NOT EXISTS sources (
    source TEXT PRIMARY KEY, version TEXT NOT NULL, title TEXT NOT NULL, revision INTEGER NOT NULL,
    passages INTEGER NOT NULL) WITHOUT ROWID`,
  `CREATE TABLE IF NOT EXISTS passages (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL,
    applies TEXT NOT NULL, concepts TEXT NOT NULL, sources TEXT NOT NULL, text TEXT NOT NULL, lang TEXT NOT NULL)`,
  "CREATE INDEX IF NOT EXISTS passages_source ON passages (source)",
  "CREATE INDEX IF NOT EXISTS passages_version ON passages (version)",
  // marks are part of the words of Hindi and Thai; left to itself the tokeniser cuts at them
  `CREATE VIRTUAL TABLE IF NOT EXISTS passages_fts USING fts5(
    title, body, content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 2 categories 'L* N* M* Co'")`,
];

interface Row {
  id: string;
  version: string;
  title: string;
  applies: string;
  concepts: string;
  sources: string;
  text: string;
  lang: string;
}

const passageOf = (row: Row): Passage => ({
  id: row.id,
  title: row.title,
  applies: row.applies,
  concepts: JSON.parse(row.concepts) as string[],
  sources: JSON.parse(row.sources) as PassageSource[],
  text: row.text,
  lang: isLang(row.lang) ? row.lang : "en",
  gist: undefined,
  version: row.version,
});

const folder = (path: string): void => {
  if (existsSync(path)) return;
  if (dirname(path) !== path) folder(dirname(path));
  mkdirSync(path);
};

/** The file under DATA_DIR. */
export const KNOWLEDGE_FILE = "knowledge.db";

const openFile = (dataDir: string): Database.Database => {
  try {
    folder(resolve(dataDir));
    return new Database(join(dataDir, KNOWLEDGE_FILE));
  } catch (cause) {
    throw new FlockError("store", `DATA_DIR ${dataDir} cannot be written`, { cause });
  }
};

/** Whether documents were ever ingested there; asking creates nothing. */
export const hasPassages = (dataDir: string): boolean => existsSync(join(dataDir, KNOWLEDGE_FILE));

/** Passages of ingested documents in one SQLite file under DATA_DIR (WAL); several processes may have it open. */
export const openPassageStore = (dataDir: string): { port: PassageStore; close(): void } => {
  const db = openFile(dataDir);
  const locked = (cause: unknown): FlockError =>
    new FlockError("store", "the knowledge is being written by another process, or its disk is full", {
      cause,
    });
  db.exec("PRAGMA busy_timeout = 10000");
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("PRAGMA synchronous = NORMAL");
  db.exec("PRAGMA cache_size = -8000");
  const { layout } = db.prepare("SELECT user_version AS layout FROM pragma_user_version").get([]) as {
    layout: number;
  };
  if (String(layout) !== LAYOUT) {
    try {
      db.exec("BEGIN IMMEDIATE");
      for (const table of TABLES) db.exec(table);
      db.exec(`PRAGMA user_version = ${LAYOUT}`);
      db.exec("COMMIT");
    } catch (cause) {
      db.close();
      throw locked(cause);
    }
  }
  const statements = {
    source: db.prepare("SELECT revision FROM sources WHERE source = ?"),
    sources: db.prepare("SELECT source, version, passages, title, revision FROM sources ORDER BY source"),
    putSource: db.prepare(
      `INSERT INTO sources (source, version, title, revision, passages) VALUES (?, ?, ?, 1, ?) ON CONFLICT (source)
       DO UPDATE SET version = excluded.version, title = excluded.title, passages = excluded.passages, revision = revision + 1`,
    ),
    dropSource: db.prepare("DELETE FROM sources WHERE source = ?"),
    put: db.prepare(
      `INSERT INTO passages (id, source, version, title, applies, concepts, sources, text, lang)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    putWords: db.prepare("INSERT INTO passages_fts (rowid, title, body) VALUES (?, ?, ?)"),
    dropWords: db.prepare(
      "DELETE FROM passages_fts WHERE rowid IN (SELECT n FROM passages WHERE source = ?)",
    ),
    drop: db.prepare("DELETE FROM passages WHERE source = ?"),
    all: db.prepare(
      "SELECT id, version, title, applies, concepts, sources, text, lang FROM passages ORDER BY n",
    ),
    // of passages with the same words the first one stands for all
    search: db.prepare(
      `SELECT p.id AS id, f.rank AS rank FROM passages_fts f JOIN passages p ON p.n = f.rowid
       WHERE passages_fts MATCH ? AND p.n = (SELECT MIN(n) FROM passages WHERE version = p.version)
       ORDER BY f.rank LIMIT ?`,
    ),
  };

  /** A transaction: all of it or nothing, also when the process is killed in the middle. */
  const begin = (first: () => void) => {
    const undo = (): void => {
      try {
        db.exec("ROLLBACK");
      } catch {
        // a full disk has ended it already
      }
    };
    const run = (write: () => void): void => {
      try {
        write();
      } catch (cause) {
        undo();
        throw locked(cause);
      }
    };
    try {
      db.exec("BEGIN IMMEDIATE");
    } catch (cause) {
      throw locked(cause);
    }
    run(first);
    return { run, undo, commit: () => run(() => db.exec("COMMIT")) };
  };
  const forget = (source: string): void => {
    statements.dropWords.run([source]);
    statements.drop.run([source]);
  };

  const write = (source: string, passages: readonly Passage[]): void => {
    for (const { id, version, title, applies, concepts, sources, text, lang } of passages) {
      const lists = [JSON.stringify(concepts), JSON.stringify(sources)];
      const { lastInsertRowid } = statements.put.run([
        id,
        source,
        version,
        title,
        applies,
        ...lists,
        text,
        lang,
      ]);
      const words = [lexicalWords(title).join(" "), lexicalWords(text).join(" ")];
      statements.putWords.run([lastInsertRowid, ...words]);
    }
  };

  /** What fits into a few parts is written at once; only for more is the file kept from other writers meanwhile. */
  const replacing = (source: string): Replacement => {
    let waiting: Passage[] = [];
    let count = 0;
    let title: string | undefined;
    let transaction: ReturnType<typeof begin> | undefined;
    const flush = (): void => {
      const opened = (transaction ??= begin(() => forget(source)));
      const ready = waiting;
      waiting = [];
      opened.run(() => write(source, ready));
    };
    return {
      put(passages) {
        title ??= passages[0]?.sources[0]?.title;
        count += passages.length;
        for (const passage of passages) waiting.push(passage);
        if (waiting.length >= MOST_WAITING) flush();
      },
      commit(version) {
        flush();
        transaction?.run(() => statements.putSource.run([source, version, title ?? source, count]));
        transaction?.commit();
      },
      undo() {
        waiting = [];
        transaction?.undo();
      },
    };
  };

  const port: PassageStore = {
    replacing,
    replace(source, version, passages) {
      const replacement = replacing(source);
      replacement.put(passages);
      replacement.commit(version);
    },
    sources: () => statements.sources.all([]) as ReturnType<PassageStore["sources"]>,
    drop(source) {
      const transaction = begin(() => forget(source));
      transaction.run(() => statements.dropSource.run([source]));
      transaction.commit();
    },
    all() {
      const first = new Map<string, Passage>();
      for (const row of statements.all.all([]) as Row[]) {
        const passage = passageOf(row);
        const known = first.get(row.version);
        const sources = [...(known?.sources ?? []), ...passage.sources].slice(0, MOST_SOURCES);
        first.set(row.version, { ...(known ?? passage), sources });
      }
      return [...first.values()];
    },
    search(match, limit) {
      const words = [...new Set(lexicalWords(match.slice(0, LONGEST_MATCH)))].slice(0, MOST_WORDS);
      if (words.length === 0) return [];
      const query = words.map((word) => `"${word}"`).join(" OR ");
      return statements.search.all([query, Math.max(0, Math.trunc(limit))]) as { id: string; rank: number }[];
    },
  };
  return {
    port,
    close() {
      db.exec("PRAGMA optimize");
      db.close();
    },
  };
};
