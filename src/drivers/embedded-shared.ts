import { join, resolve } from "node:path";
import Database from "libsql";
import { FlockError } from "../core/errors.ts";
import type { Clock, SharedRow, SharedStore } from "../core/ports.ts";
import { embeddedLeases } from "./embedded-leases.ts";
import { makeFolder } from "./embedded-store.ts";
import { embeddedStreams } from "./embedded-streams.ts";
import { checkNames, checkRows, PAGE, refused, rowBytes } from "./shared-limits.ts";

/** The file under DATA_DIR. */
const FILE = "shared.db";
/** The library would cut texts at NUL, so keys and values are bytes; above every key with a prefix sorts prefix + 0xff. */
const bytesOf = (text: string): Buffer => Buffer.from(text, "utf8");
const above = (prefix: string): Buffer => Buffer.concat([bytesOf(prefix), Buffer.of(0xff)]);

/** What a row costs beside its key and value. */
const ROW_BYTES = 100;
/** Room that an eviction makes, so that not every write evicts. */
const ROOM = 1 / 20;
/** Expired rows are swept once in so many writes, so many at a time. */
const SWEEP_EVERY = 100;
const SWEEP_MOST = 500;
/** A row's last use is kept this exactly, and written when so many wait: reading stays reading. */
const USE_MS = 60_000;
const USES = 200;
const MOST_USES = 10_000;

const TABLES = [
  `CREATE TABLE IF NOT EXISTS rows (n INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL,
    expires REAL NOT NULL, bytes INTEGER NOT NULL, used REAL NOT NULL)`,
  "CREATE INDEX IF NOT EXISTS rows_expires ON rows (expires)",
  "CREATE INDEX IF NOT EXISTS rows_used ON rows (used)",
  "CREATE TABLE IF NOT EXISTS counters (name BLOB PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
  // the sum is kept by the file itself: it is right after a kill, and whoever writes
  "CREATE TABLE IF NOT EXISTS size (one INTEGER PRIMARY KEY CHECK (one = 1), bytes INTEGER NOT NULL)",
  "INSERT OR IGNORE INTO size VALUES (1, 0)",
  `CREATE TRIGGER IF NOT EXISTS rows_in AFTER INSERT ON rows
    BEGIN UPDATE size SET bytes = bytes + NEW.bytes; END`,
  `CREATE TRIGGER IF NOT EXISTS rows_out AFTER DELETE ON rows
    BEGIN UPDATE size SET bytes = bytes - OLD.bytes; END`,
  `CREATE TRIGGER IF NOT EXISTS rows_anew AFTER UPDATE OF bytes ON rows
    BEGIN UPDATE size SET bytes = bytes + NEW.bytes - OLD.bytes; END`,
];

const failure = (cause: unknown): FlockError =>
  cause instanceof FlockError
    ? cause
    : new FlockError("store", "the shared store under DATA_DIR cannot be used now", { cause });

const openFile = (dataDir: string): Database.Database => {
  try {
    makeFolder(resolve(dataDir));
    const db = new Database(join(dataDir, FILE));
    // a call waits no longer than an answer can: the whole process waits with it
    db.exec("PRAGMA busy_timeout = 250");
    db.exec("PRAGMA journal_mode = WAL");
    db.exec("PRAGMA synchronous = NORMAL");
    db.exec("PRAGMA cache_size = -8000");
    // what is dropped must not be found in the file afterwards
    db.exec("PRAGMA secure_delete = ON");
    for (const table of TABLES) db.exec(table);
    return db;
  } catch (cause) {
    throw new FlockError("store", `DATA_DIR ${dataDir}: ${FILE} cannot be opened`, { cause });
  }
};

const prepare = (db: Database.Database) => ({
  get: db.prepare("SELECT value, used FROM rows WHERE key = ? AND expires > ?"),
  put: db.prepare(
    `INSERT INTO rows (key, value, expires, bytes, used) VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
     value = excluded.value, expires = excluded.expires, bytes = excluded.bytes, used = excluded.used`,
  ),
  dropLive: db.prepare("DELETE FROM rows WHERE key = ? AND expires > ?"),
  drop: db.prepare("DELETE FROM rows WHERE key = ?"),
  page: db.prepare(
    `SELECT key FROM rows WHERE key > ? AND key >= ? AND key < ? AND expires > ? ORDER BY key LIMIT ${PAGE}`,
  ),
  use: db.prepare("UPDATE rows SET used = ? WHERE key = ?"),
  size: db.prepare("SELECT bytes FROM size"),
  sweep: db.prepare(
    `DELETE FROM rows WHERE n IN (SELECT n FROM rows WHERE expires <= ? LIMIT ${SWEEP_MOST})`,
  ),
  oldest: db.prepare("SELECT n, bytes FROM rows ORDER BY used, n LIMIT 100"),
  evict: db.prepare("DELETE FROM rows WHERE n = ?"),
  bump: db.prepare(
    "INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
  ),
  counter: db.prepare("SELECT value FROM counters WHERE name = ?"),
});

/** Rows and counters in one SQLite file under DATA_DIR (WAL), at most `maxBytes`; leases and streams in this process. */
export const openEmbeddedShared = (
  dataDir: string,
  clock: Clock,
  { maxBytes = 256_000_000 }: { maxBytes?: number } = {},
): SharedStore => {
  const db = openFile(dataDir);
  const sql = prepare(db);
  const leases = embeddedLeases(clock);
  const streams = embeddedStreams();
  const uses = new Map<string, number>();
  let writes = 0;
  let closed = false;

  const guarded = <T>(work: () => T): T => {
    if (closed) throw refused("closed");
    try {
      return work();
    } catch (cause) {
      throw failure(cause);
    }
  };
  /** All of it or nothing, also when the process is killed in the middle. */
  const whole = <T>(work: () => T): T =>
    guarded(() => {
      db.exec("BEGIN IMMEDIATE");
      try {
        const result = work();
        db.exec("COMMIT");
        return result;
      } catch (cause) {
        // a full disk has ended it already
        if (db.inTransaction) db.exec("ROLLBACK");
        throw cause;
      }
    });

  const writeUses = (): void => {
    for (const [key, used] of uses) sql.use.run([used, bytesOf(key)]);
    uses.clear();
  };
  /** Who only reads is not to fail because another process writes: the next write will keep them. */
  const keepUses = (): void => {
    try {
      whole(writeUses);
    } catch {
      if (uses.size > MOST_USES) uses.clear();
    }
  };
  const size = (): number => (sql.size.get([]) as { bytes: number }).bytes;
  /** Expired rows go first, then those that were not used for longest. */
  const makeRoom = (): void => {
    if (size() <= maxBytes) return;
    writeUses();
    while (sql.sweep.run([clock.now()]).changes === SWEEP_MOST);
    let excess = size() - maxBytes * (1 - ROOM);
    while (excess > 0) {
      const oldest = sql.oldest.all([]) as { n: number; bytes: number }[];
      if (oldest.length === 0) return;
      for (const { n, bytes } of oldest) {
        if (excess <= 0) return;
        sql.evict.run([n]);
        excess -= bytes;
      }
    }
  };
  const write = (row: SharedRow): void => {
    const bytes = rowBytes(row) + ROW_BYTES;
    sql.put.run([bytesOf(row.key), bytesOf(row.value), row.expiresAt, bytes, clock.now()]);
    uses.delete(row.key);
  };
  const read = (key: string): string | undefined => {
    const now = clock.now();
    const row = sql.get.get([bytesOf(key), now]) as { value: Buffer; used: number } | undefined;
    if (row && now - row.used > USE_MS) uses.set(key, now);
    return row?.value.toString("utf8");
  };

  return {
    async get(keys) {
      checkNames(keys);
      const values = guarded(() => keys.map(read));
      if (uses.size >= USES) keepUses();
      return values;
    },
    async put(rows, fence) {
      checkRows(rows);
      return whole(() => {
        if (fence && !leases.isHeld(fence)) return false;
        for (const row of rows) write(row);
        writes += rows.length;
        if (writes >= SWEEP_EVERY) {
          writes = 0;
          sql.sweep.run([clock.now()]);
        }
        makeRoom();
        return true;
      });
    },
    async drop(keys) {
      checkNames(keys);
      const dropped = whole(() => {
        const now = clock.now();
        const live = keys.reduce((sum, key) => sum + sql.dropLive.run([bytesOf(key), now]).changes, 0);
        for (const key of keys) sql.drop.run([bytesOf(key)]);
        return live;
      });
      // the log of writes still holds the deleted text until it is folded into the file
      guarded(() => db.exec("PRAGMA wal_checkpoint(TRUNCATE)"));
      return dropped;
    },
    async *scan(prefix) {
      checkNames([prefix]);
      let after: Buffer = Buffer.alloc(0);
      for (;;) {
        const bounds = [after, bytesOf(prefix), above(prefix), clock.now()];
        // of many rows the library gives bare memory, of one row a Buffer
        const page = guarded(() => sql.page.all(bounds) as { key: ArrayBuffer }[]);
        const keys = page.map(({ key }) => Buffer.from(key));
        const last = keys.at(-1);
        if (last === undefined) return;
        yield keys.map((key) => key.toString("utf8"));
        after = last;
      }
    },
    async bump(counter) {
      checkNames([counter]);
      return guarded(() => (sql.bump.get([bytesOf(counter)]) as { value: number }).value);
    },
    async counters(names) {
      checkNames(names);
      return guarded(() =>
        names.map((name) => (sql.counter.get([bytesOf(name)]) as { value: number } | undefined)?.value ?? 0),
      );
    },
    lease: async (name, ms) => guarded(() => leases.lease(name, ms)),
    holder: async (name) => guarded(() => leases.holder(name)),
    renew: async (name, token, ms) => guarded(() => leases.renew(name, token, ms)),
    release: async (name, token) => guarded(() => leases.release(name, token)),
    append: async (stream, chunk, ms) => guarded(() => streams.append(stream, chunk, ms)),
    async *follow(stream, idleMs, signal) {
      yield* guarded(() => streams.follow(stream, idleMs, signal));
    },
    async close() {
      if (closed) return;
      closed = true;
      streams.close();
      db.close();
    },
  };
};
