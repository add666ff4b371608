import { createHash } from "node:crypto";
import type { QdrantClient } from "@qdrant/js-client-rest";
import { z } from "zod";
import { FlockError } from "../core/errors.ts";
import type {
  Clock,
  ScoredPoint,
  VectorCollection,
  VectorFilter,
  VectorPayload,
  VectorStore,
} from "../core/ports.ts";
import { type RetryPolicy, retrying } from "./retry.ts";
import { checkFilter, checkVector } from "./vector-checks.ts";

export interface QdrantOptions {
  url: string;
  apiKey?: string | undefined;
  clock?: Clock;
  /** Most time of one request; somebody waits for a search, nobody for a write. */
  searchMs?: number;
  writeMs?: number;
  retry?: RetryPolicy;
  random?: () => number;
  /** A collection is cut to its most points after so many were put. */
  cutEvery?: number;
}

const SEARCH_MS = 2_000;
const WRITE_MS = 30_000;
const RETRY: RetryPolicy = { tries: 3, baseMs: 50, maxWaitMs: 400, deadlineMs: 1_500 };
/** Points of one request. */
const BATCH = 256;
const PAGE = 1_000;
const CUT_EVERY = 1_000;
/** Fields of our own beside the payload: the id as it was given, and when the point was put. */
const ID = "_id";
const AT = "_at";

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

/** Qdrant takes numbers and UUIDs as ids: a name-based UUID (RFC 9562, version 5) of the id. */
const uuidOf = (id: string): string => {
  const bytes = createHash("sha1").update(`flockwise:${id}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};

/** One collection an embedder: a readable name, and a hash that keeps two apart whatever signs they have. */
const nameOf = ({ name, embedder }: VectorCollection): string => {
  const readable = `${name}-${embedder}`.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 100);
  return `flockwise-${readable}-${createHash("sha256").update(`${name}\n${embedder}`).digest("hex").slice(0, 8)}`;
};

const conditions = (
  filter: VectorFilter,
): { must: { key: string; match: { value: string | number } }[] } => ({
  must: Object.entries(filter).map(([key, value]) => ({ key, match: { value } })),
});

const Payload = z.looseObject({ [ID]: z.string() }).catchall(z.union([z.string(), z.number()]));
const payloadOf = (sent: unknown): { id: string; payload: VectorPayload } | undefined => {
  const parsed = Payload.safeParse(sent);
  if (!parsed.success) return undefined;
  const { [ID]: id, [AT]: _, ...payload } = parsed.data;
  return { id, payload: payload as VectorPayload };
};

const statusOf = (error: unknown): number | undefined =>
  error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : undefined;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "");
const meaning = (status: number): string => {
  if (status === 401 || status === 403) return "the key is refused";
  if (status === 429) return "too many requests";
  return status >= 500 ? "the server fails" : "the request is refused";
};

/** The client's errors hold the request: only their kind is kept, and whether the same may succeed later. */
const failureOf = (error: unknown): FlockError => {
  if (error instanceof FlockError) return error;
  const failed = (text: string, passing: boolean): FlockError =>
    new FlockError("store", `qdrant: ${text}`, passing ? { retryAfterMs: 0 } : {});
  const status = statusOf(error);
  if (status !== undefined)
    return failed(`HTTP ${status}, ${meaning(status)}`, status >= 500 || status === 429 || status === 404);
  const name = error instanceof Error ? error.constructor.name : "unknown error";
  if (name === "QdrantClientTimeoutError") return failed("no answer in time", true);
  // the client reads the first sign of Retry-After alone, and trips over a date: the time is left to the retry policy
  if (name === "QdrantClientResourceExhaustedError" || messageOf(error).startsWith("Invalid retryAfter"))
    return failed("too many requests", true);
  if (error instanceof TypeError) {
    const { cause } = error;
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unreachable";
    return failed(`no connection, ${code}`, true);
  }
  return failed(`sent what was not understood (${name})`, false);
};

/** Vectors in a Qdrant server: one collection an embedder, its filter fields indexed. */
export const qdrantVectors = (options: QdrantOptions): VectorStore => {
  const { url, apiKey, clock = systemClock, retry = RETRY, random, cutEvery = CUT_EVERY } = options;
  const { searchMs = SEARCH_MS, writeMs = WRITE_MS } = options;
  const open = (timeout: number): (() => Promise<QdrantClient>) => {
    let loading: Promise<QdrantClient> | undefined;
    return () => {
      loading ??= import("@qdrant/js-client-rest").then(
        (sdk) =>
          new sdk.QdrantClient({
            url,
            // the client would drop a path of the address
            ...(new URL(url).pathname === "/" ? {} : pathOf(url)),
            // as a header: given as a key, the client prints a warning where there is no TLS
            ...(apiKey === undefined ? {} : { headers: { "api-key": apiKey } }),
            timeout,
            checkCompatibility: false,
          }),
      );
      return loading;
    };
  };
  const searching = open(searchMs);
  const writing = open(writeMs);
  const made = new Map<string, Promise<void>>();
  let lastStamp = 0;
  let sinceCut = 0;

  /** Later points have higher stamps, within a millisecond too. */
  const stamp = (): number => (lastStamp = Math.max(lastStamp + 1, clock.now() * 1000));

  const make = async (collection: VectorCollection): Promise<void> => {
    // looked up by the impatient client: a server that hangs is told soon
    const looking = await searching();
    const client = await writing();
    const name = nameOf(collection);
    const { dimensions, filters, partitions } = collection;
    const { exists } = await looking.collectionExists(name);
    if (!exists)
      await client
        .createCollection(name, {
          vectors: { size: dimensions, distance: "Cosine", on_disk: true },
          // found by a byte a place, ranked by the whole vectors
          quantization_config: { scalar: { type: "int8", always_ram: true } },
        })
        .catch((error: unknown) => {
          // another replica was first
          if (statusOf(error) !== 409) throw error;
        });
    const { config } = await looking.getCollection(name);
    const { vectors } = config.params;
    const size = typeof vectors?.size === "number" ? vectors.size : undefined;
    if (size !== dimensions)
      throw new FlockError(
        "store",
        `vectors ${collection.name}: kept with ${size ?? "other"} dimensions, not with ${dimensions}`,
      );
    for (const [field, kind] of Object.entries(filters)) {
      const isTenant = kind === "text" && partitions.includes(field);
      await client.createPayloadIndex(name, {
        field_name: field,
        field_schema:
          kind === "integer" ? "integer" : isTenant ? { type: "keyword", is_tenant: true } : "keyword",
        wait: true,
      });
    }
    await client.createPayloadIndex(name, { field_name: AT, field_schema: "integer", wait: true });
  };

  const ready = (collection: VectorCollection, key: string): Promise<void> => {
    const known = made.get(key);
    if (known) return known;
    const making = make(collection);
    made.set(key, making);
    making.catch(() => made.delete(key));
    return making;
  };

  /** One call, once its collection is there; what may pass by itself is tried again. */
  const call = <T>(
    collection: VectorCollection,
    clientOf: () => Promise<QdrantClient>,
    work: (client: QdrantClient, name: string) => Promise<T>,
  ): Promise<T> =>
    retrying(
      async () => {
        const name = nameOf(collection);
        const key = `${name} ${collection.dimensions}`;
        try {
          await ready(collection, key);
          return await work(await clientOf(), name);
        } catch (error) {
          // somebody dropped the collection: the next try makes it anew
          if (statusOf(error) === 404) made.delete(key);
          throw failureOf(error);
        }
      },
      retry,
      { clock, ...(random === undefined ? {} : { random }) },
    );

  const cut = async (collection: VectorCollection): Promise<void> => {
    for (;;) {
      const { count } = await call(collection, writing, (client, name) =>
        client.count(name, { exact: true }),
      );
      const beyond = Math.min(PAGE, count - collection.most);
      if (beyond <= 0) return;
      await call(collection, writing, async (client, name) => {
        const { points } = await client.scroll(name, {
          order_by: { key: AT, direction: "asc" },
          limit: beyond,
          with_payload: false,
        });
        await client.delete(name, { points: points.map(({ id }) => id), wait: true });
      });
    }
  };

  return {
    async put(collection, points) {
      for (const { vector } of points) checkVector(collection, vector);
      for (let from = 0; from < points.length; from += BATCH) {
        const batch = points.slice(from, from + BATCH).map(({ id, vector, payload }) => ({
          id: uuidOf(id),
          vector: Array.from(vector),
          payload: { ...payload, [ID]: id, [AT]: stamp() },
        }));
        await call(collection, writing, (client, name) => client.upsert(name, { points: batch, wait: true }));
      }
      sinceCut += points.length;
      if (sinceCut < cutEvery) return;
      sinceCut = 0;
      await cut(collection);
    },
    async search(collection, vector, filter, limit) {
      checkVector(collection, vector);
      checkFilter(collection, filter);
      if (limit < 1) return [];
      const { points } = await call(collection, searching, (client, name) =>
        client.query(name, {
          query: Array.from(vector),
          filter: conditions(filter),
          limit,
          params: { quantization: { rescore: true, oversampling: 2 } },
          with_payload: true,
        }),
      );
      return points.flatMap(({ score, payload }): ScoredPoint[] => {
        const own = payloadOf(payload);
        return own ? [{ ...own, score: Math.min(1, Math.max(-1, score)) }] : [];
      });
    },
    async *list(collection) {
      let offset: string | number | undefined;
      for (;;) {
        const from = offset;
        const page = await call(collection, writing, (client, name) =>
          client.scroll(name, {
            limit: PAGE,
            with_payload: true,
            ...(from === undefined ? {} : { offset: from }),
          }),
        );
        for (const { payload } of page.points) {
          const own = payloadOf(payload);
          if (own) yield own;
        }
        const next = page.next_page_offset;
        if (typeof next !== "string" && typeof next !== "number") return;
        offset = next;
      }
    },
    async drop(collection, which) {
      if ("filter" in which) {
        checkFilter(collection, which.filter);
        await call(collection, writing, (client, name) =>
          client.delete(name, { filter: conditions(which.filter), wait: true }),
        );
        return;
      }
      for (let from = 0; from < which.ids.length; from += PAGE) {
        const points = which.ids.slice(from, from + PAGE).map(uuidOf);
        await call(collection, writing, (client, name) => client.delete(name, { points, wait: true }));
      }
    },
    async count(collection, filter = {}) {
      checkFilter(collection, filter);
      const { count } = await call(collection, searching, (client, name) =>
        client.count(name, { filter: conditions(filter), exact: true }),
      );
      return count;
    },
  };
};

/** The address in two parts, as the client wants one that has a path. */
const pathOf = (address: string): { url: string; prefix: string } => {
  const { origin, pathname } = new URL(address);
  return { url: origin, prefix: pathname.replace(/\/+$/, "") };
};
