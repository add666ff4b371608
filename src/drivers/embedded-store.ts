import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import Database from "libsql";
import { FlockError } from "../core/errors.ts";
import type { Clock, KeyValue } from "../core/ports.ts";

/** Highest code unit: every key that begins with a prefix sorts below prefix + it. */
const LAST = "\uffff";
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
      return (get.get([space, key, clock.now()]) as { value: string } | undefined)?.value;
    },
    put(space, key, value, expiresAt) {
      put.run([space, key, value, expiresAt]);
      writes += 1;
      if (writes % SWEEP_EVERY === 0) sweep.run([clock.now()]);
    },
    drop(space, key, options) {
      const done = options?.prefix ? dropMany.run([space, key, key + LAST]) : dropOne.run([space, key]);
      // the log of writes still holds the deleted text until it is folded into the file
      db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      return done.changes;
    },
    list(space, prefix, limit) {
      const rows = list.all([space, prefix, prefix + LAST, clock.now(), limit]) as {
        key: string;
        value: string;
      }[];
      return rows.map(({ key, value }) => ({ key, value }));
    },
  };
  return { port, close: () => void db.close() };
};

/** Step by step: node's own recursive form never returns where the system refuses a folder for ever (/proc). */
const makeFolder = (folder: string): void => {
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
