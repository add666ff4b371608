import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import Database from "libsql";
import { FlockError } from "../core/errors.ts";
import type { Clock, KeyValue } from "../core/ports.ts";

/** Highest code point: every key that begins with a prefix sorts below prefix + it, emoji too. */
const LAST = "\u{10ffff}";
/** The library cuts texts at NUL when it reads them: NUL is written as two signs, and so is the sign that marks it. */
const NUL = "\0";
const MARK = "\u{f8ff}";
const escape = (text: string): string =>
  text.includes(NUL) || text.includes(MARK)
    ? text.replaceAll(MARK, `${MARK}${MARK}`).replaceAll(NUL, `${MARK}0`)
    : text;
const unescape = (text: string): string =>
  text.includes(MARK)
    ? text.replace(/\u{f8ff}(\u{f8ff}|0)/gu, (_, sign: string) => (sign === "0" ? NUL : sign))
    : text;

/** Expired rows are swept once in so many writes. */
const SWEEP_EVERY = 1000;

/** One SQLite file under DATA_DIR (WAL): what `put` returned from survives a kill. */
export const openEmbeddedStore = (folder: string, clock: Clock): { port: KeyValue; close(): void } => {
  const db = open(folder);
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("PRAGMA synchronous = NORMAL");
  db.exec("PRAGMA busy_timeout = 5000");
  db.exec("PRAGMA cache_size = -4000");
  // what is forgotten must not be found in the file afterwards
  db.exec("PRAGMA secure_delete = ON");
  db.exec(
    "CREATE TABLE IF NOT EXISTS rows (space TEXT, key TEXT, value TEXT, expires REAL, PRIMARY KEY (space, key)) WITHOUT ROWID",
  );
  const get = db.prepare("SELECT value FROM rows WHERE space = ? AND key = ? AND expires > ?");
  const put = db.prepare(
    "INSERT INTO rows VALUES (?, ?, ?, ?) ON CONFLICT (space, key) DO UPDATE SET value = excluded.value, expires = excluded.expires",
  );
  const dropOne = db.prepare("DELETE FROM rows WHERE space = ? AND key = ?");
  const dropMany = db.prepare("DELETE FROM rows WHERE space = ? AND key >= ? AND key < ?");
  const list = db.prepare(
    "SELECT key, value FROM rows WHERE space = ? AND key >= ? AND key < ? AND expires > ? ORDER BY key LIMIT ?",
  );
  const sweep = db.prepare("DELETE FROM rows WHERE expires <= ?");
  let writes = 0;
  const port: KeyValue = {
    get(space, key) {
      const row = get.get([space, escape(key), clock.now()]) as { value: string } | undefined;
      return row && unescape(row.value);
    },
    put(space, key, value, expiresAt) {
      put.run([space, escape(key), escape(value), expiresAt]);
      writes += 1;
      if (writes >= SWEEP_EVERY) {
        writes = 0;
        sweep.run([clock.now()]);
      }
    },
    putAll(rows, expiresAt) {
      db.exec("BEGIN IMMEDIATE");
      try {
        for (const { space, key, value } of rows) put.run([space, escape(key), escape(value), expiresAt]);
        db.exec("COMMIT");
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
      writes += rows.length;
      if (writes >= SWEEP_EVERY) {
        writes = 0;
        sweep.run([clock.now()]);
      }
    },
    drop(space, key, options) {
      const done = options?.prefix
        ? dropMany.run([space, escape(key), escape(key) + LAST])
        : dropOne.run([space, escape(key)]);
      // the log of writes still holds the deleted text until it is folded into the file
      db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return done.changes;
    },
    list(space, prefix, limit) {
      const rows = list.all([space, escape(prefix), escape(prefix) + LAST, clock.now(), limit]) as {
        key: string;
        value: string;
      }[];
      return rows.map(({ key, value }) => ({ key: unescape(key), value: unescape(value) }));
    },
  };
  return { port, close: () => void db.close() };
};

/** Step by step: node's own recursive form never returns where the system refuses a folder for ever (/proc). */
export const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder);
};

const open = (folder: string): Database.Database => {
  try {
    makeFolder(resolve(folder));
    return new Database(join(folder, "flockwise.db"));
  } catch (cause) {
    throw new FlockError("store", `DATA_DIR ${folder} cannot be written`, { cause });
  }
};
