import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import Database from "libsql";
import { FlockError } from "../core/errors.ts";
import type {
  ScoredPoint,
  VectorCollection,
  VectorFilter,
  VectorPayload,
  VectorStore,
} from "../core/ports.ts";
import { checkFilter, checkVector, cosine, unit } from "./vector-checks.ts";
import { coded, vectorRows, type VectorRows } from "./vector-rows.ts";

/** The file under DATA_DIR. */
const FILE = "vectors.db";
/** Rows that are read at a time: in between, other work goes on. */
const PAGE = 1000;
/** Candidates by the coded vectors, of which the best by the whole ones are given. */
const RESCORED = 20;

interface Row {
  n: number;
  id: string;
  vector: Buffer;
  payload: string;
}
interface Open {
  rows: VectorRows;
  table: string;
  get: Database.Statement;
  byId: Database.Statement;
  put: Database.Statement;
  drop: Database.Statement;
  page: Database.Statement;
  oldest: Database.Statement;
}

const folder = (path: string): void => {
  if (existsSync(path)) return;
  if (dirname(path) !== path) folder(dirname(path));
  mkdirSync(path);
};

const openFile = (dataDir: string): Database.Database => {
  try {
    folder(resolve(dataDir));
    return new Database(join(dataDir, FILE));
  } catch (cause) {
    throw new FlockError("store", `DATA_DIR ${dataDir} cannot be written`, { cause });
  }
};

const breathe = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
const bytesOf = (array: Float32Array | Int8Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);
/** A copy: what the database gives may stand at an odd address. */
const floats = (bytes: Uint8Array): Float32Array => new Float32Array(Uint8Array.from(bytes).buffer);
const fits = (payload: VectorPayload, filter: VectorFilter): boolean =>
  Object.entries(filter).every(([field, value]) => payload[field] === value);

/**
 * Vectors in one SQLite file under DATA_DIR (WAL), scanned in memory: a byte a place finds the candidates, the whole
 * vectors in the file rank them. A collection is loaded at its first use. One process a file.
 */
export const openEmbeddedVectors = (dataDir: string): { port: VectorStore; close(): void } => {
  const db = openFile(dataDir);
  db.exec("PRAGMA busy_timeout = 5000");
  // a row takes more than half a page of the usual 4 KB, which would leave the rest of it empty
  db.exec("PRAGMA page_size = 16384");
  db.exec("PRAGMA journal_mode = WAL");
  db.exec("PRAGMA synchronous = NORMAL");
  db.exec("PRAGMA cache_size = -4000");
  db.exec("PRAGMA secure_delete = ON");
  db.exec(
    `CREATE TABLE IF NOT EXISTS collections (
      k INTEGER PRIMARY KEY, name TEXT NOT NULL, embedder TEXT NOT NULL, dimensions INTEGER NOT NULL,
      UNIQUE (name, embedder))`,
  );
  let closed = false;
  const opened = new Map<string, Promise<Open>>();

  const failed = (cause: unknown): FlockError =>
    cause instanceof FlockError
      ? cause
      : new FlockError(
          "store",
          "the vectors cannot be read or written: the disk is full or the file is bad",
          {
            cause,
          },
        );
  const trying = <T>(work: () => T): T => {
    if (closed) throw new FlockError("store", "the vectors are closed");
    try {
      return work();
    } catch (cause) {
      throw failed(cause);
    }
  };
  const transaction = (write: () => void): void =>
    trying(() => {
      db.exec("BEGIN IMMEDIATE");
      try {
        write();
        db.exec("COMMIT");
      } catch (cause) {
        try {
          db.exec("ROLLBACK");
        } catch {
          // a full disk has ended it already
        }
        throw cause;
      }
    });

  /** The table of a collection, made at its first use. */
  const tableOf = ({ name, embedder, dimensions }: VectorCollection): string => {
    db.prepare("INSERT OR IGNORE INTO collections (name, embedder, dimensions) VALUES (?, ?, ?)").run([
      name,
      embedder,
      dimensions,
    ]);
    const known = db
      .prepare("SELECT k, dimensions FROM collections WHERE name = ? AND embedder = ?")
      .get([name, embedder]) as { k: number; dimensions: number };
    if (known.dimensions !== dimensions)
      throw new FlockError(
        "store",
        `vectors ${name}: kept with ${known.dimensions} dimensions, not with ${dimensions}`,
      );
    const table = `points_${known.k}`;
    // a point that is put again gets an n that none ever had: the lowest were put longest ago
    db.exec(
      `CREATE TABLE IF NOT EXISTS ${table} (
        n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, code BLOB NOT NULL, scale REAL NOT NULL,
        vector BLOB NOT NULL, payload TEXT NOT NULL)`,
    );
    return table;
  };

  const load = async (collection: VectorCollection): Promise<Open> => {
    const { dimensions, partitions, filters } = collection;
    const others = Object.keys(filters).filter((field) => !partitions.includes(field));
    const rows = vectorRows(dimensions, partitions, others);
    const { open, all } = trying(() => {
      const table = tableOf(collection);
      return {
        all: db.prepare(`SELECT n, code, scale, payload FROM ${table} WHERE n > ? ORDER BY n LIMIT ${PAGE}`),
        open: {
          rows,
          table,
          get: db.prepare(`SELECT n, id, vector, payload FROM ${table} WHERE n = ?`),
          byId: db.prepare(`SELECT n FROM ${table} WHERE id = ?`),
          put: db.prepare(`INSERT INTO ${table} (id, code, scale, vector, payload) VALUES (?, ?, ?, ?, ?)`),
          drop: db.prepare(`DELETE FROM ${table} WHERE n = ?`),
          page: db.prepare(`SELECT n, id, payload FROM ${table} WHERE n > ? ORDER BY n LIMIT ${PAGE}`),
          oldest: db.prepare(`SELECT n FROM ${table} ORDER BY n LIMIT ?`),
        } satisfies Open,
      };
    });
    for (let from = -1; ;) {
      const page = trying(() => all.all([from])) as {
        n: number;
        code: Uint8Array;
        scale: number;
        payload: string;
      }[];
      for (const { n, code, scale, payload } of page)
        rows.add(n, { code: new Int8Array(code), scale }, JSON.parse(payload) as VectorPayload);
      from = page.at(-1)?.n ?? from;
      if (page.length < PAGE) return open;
      await breathe();
    }
  };
  const open = async (collection: VectorCollection): Promise<Open> => {
    if (closed) throw new FlockError("store", "the vectors are closed");
    const key = JSON.stringify([collection.name, collection.embedder, collection.dimensions]);
    const known = opened.get(key);
    if (known) return known;
    const loading = load(collection);
    opened.set(key, loading);
    // tried anew at the next use
    loading.catch(() => opened.delete(key));
    return loading;
  };

  const dropRows = ({ rows, drop }: Open, gone: readonly number[]): void => {
    if (gone.length === 0) return;
    transaction(() => {
      for (const n of gone) drop.run([n]);
    });
    for (const n of gone) rows.remove(n);
  };
  const numberOf = ({ byId }: Open, id: string): number | undefined =>
    (byId.get([id]) as { n: number } | undefined)?.n;

  const port: VectorStore = {
    async put(collection, points) {
      for (const { vector } of points) checkVector(collection, vector);
      const one = await open(collection);
      const { rows, put, drop, oldest } = one;
      const gone: number[] = [];
      const added: { n: number; vector: Float32Array; payload: VectorPayload }[] = [];
      transaction(() => {
        for (const { id, vector, payload } of points) {
          const before = numberOf(one, id);
          if (before !== undefined) {
            drop.run([before]);
            gone.push(before);
          }
          const whole = unit(vector);
          const { code, scale } = coded(whole);
          const { lastInsertRowid } = put.run([
            id,
            bytesOf(code),
            scale,
            bytesOf(whole),
            JSON.stringify(payload),
          ]);
          added.push({ n: Number(lastInsertRowid), vector: whole, payload });
        }
        const beyond = rows.size() - gone.length + added.length - collection.most;
        if (beyond <= 0) return;
        for (const { n } of oldest.all([beyond]) as { n: number }[]) {
          drop.run([n]);
          gone.push(n);
        }
      });
      for (const { n, vector, payload } of added) rows.add(n, coded(vector), payload);
      for (const n of gone) rows.remove(n);
    },
    async search(collection, vector, filter, limit) {
      checkVector(collection, vector);
      checkFilter(collection, filter);
      const one = await open(collection);
      if (limit < 1) return [];
      const asked = unit(vector);
      return trying(() =>
        one.rows
          .nearest(asked, filter, Math.max(RESCORED, limit * 2))
          .flatMap((n): ScoredPoint[] => {
            const row = one.get.get([n]) as Row | undefined;
            const payload = row && (JSON.parse(row.payload) as VectorPayload);
            if (!row || !payload || !fits(payload, filter)) return [];
            return [{ id: row.id, score: cosine(asked, floats(row.vector)), payload }];
          })
          .sort((a, b) => b.score - a.score)
          .slice(0, limit),
      );
    },
    async *list(collection) {
      const { page } = await open(collection);
      for (let from = -1; ;) {
        const rows = trying(() => page.all([from])) as Row[];
        for (const { id, payload } of rows) yield { id, payload: JSON.parse(payload) as VectorPayload };
        from = rows.at(-1)?.n ?? from;
        if (rows.length < PAGE) return;
        await breathe();
      }
    },
    async drop(collection, which) {
      if ("filter" in which) checkFilter(collection, which.filter);
      const one = await open(collection);
      const gone =
        "filter" in which
          ? one.rows.matching(which.filter)
          : trying(() => which.ids.flatMap((id) => numberOf(one, id) ?? []));
      dropRows(one, [...new Set(gone)]);
    },
    async count(collection, filter = {}) {
      checkFilter(collection, filter);
      const { rows } = await open(collection);
      return Object.keys(filter).length === 0 ? rows.size() : rows.matching(filter).length;
    },
  };
  return {
    port,
    close() {
      closed = true;
      db.close();
    },
  };
};
