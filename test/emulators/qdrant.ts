import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { z } from "zod";
import { bodies, type Filter, type PointId } from "./qdrant-requests.ts";

/** What the server does with a request instead of answering it. */
export type Fault = { refuse: number; headers?: Record<string, string> } | { hang: true } | { reset: true };

export interface QdrantEmulator {
  url: string;
  /** Method and path of every request, in order. */
  heard: string[];
  /** Decides for the next requests; undefined answers them. */
  fault(decide: ((path: string) => Fault | undefined) | undefined): void;
  /** Names of the collections there are. */
  collections(): string[];
  dropCollection(name: string): void;
  /** Stops listening and cuts all connections; the points stay. */
  stop(): Promise<void>;
  /** Listens again, on the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Point {
  id: PointId;
  vector: Float32Array;
  payload: Record<string, unknown>;
}
interface Collection {
  size: number;
  indexes: Map<string, "keyword" | "integer">;
  points: Map<PointId, Point>;
}

/** An error that is told with a status. */
const refused = (status: number, message: string): Error & { status: number } =>
  Object.assign(new Error(message), { status });
const wrong = (message: string): Error => refused(400, message);

/** As Qdrant keeps vectors of a cosine collection: with length 1. */
const normal = (vector: readonly number[]): Float32Array => {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (length === 0 ? value : value / length));
};
const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);

/**
 * A strict stand-in for Qdrant's REST interface: exact search in cosine collections, filters of equalities on indexed
 * fields only (as in its strict mode), payload indexes. A wrong request is refused with Qdrant's status and shape.
 */
export const qdrantEmulator = async ({ apiKey }: { apiKey?: string } = {}): Promise<QdrantEmulator> => {
  const collections = new Map<string, Collection>();
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  let decide: ((path: string) => Fault | undefined) | undefined;

  const collectionOf = (name: string): Collection => {
    const found = collections.get(name);
    if (!found) throw refused(404, `Not found: Collection \`${name}\` doesn't exist!`);
    return found;
  };
  const checkSize = ({ size }: Collection, vector: readonly number[]): void => {
    if (vector.length !== size)
      throw wrong(`Wrong input: Vector dimension error: expected dim: ${size}, got ${vector.length}`);
  };
  const selected = ({ points, indexes }: Collection, filter: Filter | undefined): Point[] => {
    const must = filter?.must ?? [];
    for (const { key, match } of must) {
      const kind = typeof match.value === "string" ? "keyword" : "integer";
      if (indexes.get(key) !== kind)
        throw wrong(
          `Bad request: Index required but not found for "${key}" of one of the following types: [${kind}]. Help: Create an index for this key or use a different filter.`,
        );
    }
    return [...points.values()].filter(({ payload }) =>
      must.every(({ key, match }) => payload[key] === match.value),
    );
  };
  const idText = (id: PointId): string => String(id);

  const routes: [method: string, path: RegExp, handle: (name: string, body: unknown) => unknown][] = [
    ["GET", /^\/collections\/([^/]+)\/exists$/, (name) => ({ exists: collections.has(name) })],
    [
      "GET",
      /^\/collections\/([^/]+)$/,
      (name) => {
        const { size, points, indexes } = collectionOf(name);
        const schema = [...indexes].map(([field, kind]) => [field, { data_type: kind, points: points.size }]);
        return {
          status: "green",
          optimizer_status: "ok",
          points_count: points.size,
          config: { params: { vectors: { size, distance: "Cosine", on_disk: true } } },
          payload_schema: Object.fromEntries(schema) as unknown,
        };
      },
    ],
    [
      "PUT",
      /^\/collections\/([^/]+)$/,
      (name, body) => {
        const { vectors } = bodies.create.parse(body);
        if (collections.has(name)) throw refused(409, `Wrong input: Collection \`${name}\` already exists!`);
        if (vectors.distance !== "Cosine") throw wrong("this stand-in keeps cosine collections only");
        collections.set(name, { size: vectors.size, indexes: new Map(), points: new Map() });
        return true;
      },
    ],
    [
      "PUT",
      /^\/collections\/([^/]+)\/index$/,
      (name, body) => {
        const { field_name: field, field_schema: schema } = bodies.index.parse(body);
        collectionOf(name).indexes.set(field, typeof schema === "string" ? schema : schema.type);
        return { operation_id: 1, status: "completed" };
      },
    ],
    [
      "PUT",
      /^\/collections\/([^/]+)\/points$/,
      (name, body) => {
        const { points } = bodies.upsert.parse(body);
        const collection = collectionOf(name);
        for (const { vector } of points) checkSize(collection, vector);
        for (const { id, vector, payload } of points)
          collection.points.set(id, { id, vector: normal(vector), payload });
        return { operation_id: 1, status: "completed" };
      },
    ],
    [
      "POST",
      /^\/collections\/([^/]+)\/points\/query$/,
      (name, body) => {
        const { query, filter, limit, with_payload: withPayload } = bodies.query.parse(body);
        const collection = collectionOf(name);
        checkSize(collection, query);
        const asked = normal(query);
        const points = selected(collection, filter)
          .map(({ id, vector, payload }) => ({
            id,
            version: 1,
            score: dot(asked, vector),
            ...(withPayload ? { payload } : {}),
          }))
          .toSorted((a, b) => b.score - a.score)
          .slice(0, limit);
        return { points };
      },
    ],
    [
      "POST",
      /^\/collections\/([^/]+)\/points\/scroll$/,
      (name, body) => {
        const {
          limit = 10,
          offset,
          filter,
          order_by: order,
          with_payload: withPayload,
        } = bodies.scroll.parse(body);
        const collection = collectionOf(name);
        if (order && offset !== undefined)
          throw wrong("Wrong input: Cannot use an `offset` when using `order_by`.");
        if (order && collection.indexes.get(order.key) !== "integer")
          throw wrong(`Bad request: No range index for \`order_by\` key: \`${order.key}\`.`);
        const all = selected(collection, filter).toSorted((a, b) =>
          order
            ? (Number(a.payload[order.key]) - Number(b.payload[order.key])) *
              (order.direction === "asc" ? 1 : -1)
            : idText(a.id) < idText(b.id)
              ? -1
              : 1,
        );
        const from = offset === undefined ? 0 : all.findIndex(({ id }) => idText(id) >= idText(offset));
        const page = from < 0 ? [] : all.slice(from, from + limit);
        const next = order ? undefined : all[from + limit]?.id;
        return {
          points: page.map(({ id, payload }) => ({ id, ...(withPayload === false ? {} : { payload }) })),
          next_page_offset: next ?? null,
        };
      },
    ],
    [
      "POST",
      /^\/collections\/([^/]+)\/points\/count$/,
      (name, body) => ({ count: selected(collectionOf(name), bodies.count.parse(body).filter).length }),
    ],
    [
      "POST",
      /^\/collections\/([^/]+)\/points\/delete$/,
      (name, body) => {
        const which = bodies.delete.parse(body);
        const collection = collectionOf(name);
        const gone =
          "points" in which ? which.points : selected(collection, which.filter).map(({ id }) => id);
        for (const id of gone) collection.points.delete(id);
        return { operation_id: 1, status: "completed" };
      },
    ],
  ];

  const reply = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://qdrant");
    heard.push(`${request.method} ${pathname}`);
    const fault = decide?.(pathname);
    if (fault && "hang" in fault) return;
    if (fault && "reset" in fault) return void request.socket.destroy();
    if (fault)
      return reply(
        response,
        fault.refuse,
        { status: { error: "Service internal error" }, time: 0 },
        fault.headers,
      );
    if (apiKey !== undefined && request.headers["api-key"] !== apiKey) {
      response.writeHead(401, { "content-type": "text/plain" });
      response.end("Must provide an API key or an Authorization bearer token");
      return;
    }
    let text = "";
    for await (const part of request.setEncoding("utf8")) text += part as string;
    const found = routes.find(([method, path]) => method === request.method && path.test(pathname));
    if (!found) return reply(response, 404, { status: { error: "Not found" }, time: 0 });
    // without it a write is told before it can be found
    if (/\/(points|index|delete)$/.test(pathname) && searchParams.get("wait") !== "true")
      throw wrong("this stand-in takes writes that are waited for only");
    const [, path, handle] = found;
    const name = decodeURIComponent(path.exec(pathname)?.[1] ?? "");
    reply(response, 200, {
      result: handle(name, text === "" ? {} : JSON.parse(text)),
      status: "ok",
      time: 0.001,
    });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const status = error instanceof Error && "status" in error ? Number(error.status) : 400;
      const message =
        error instanceof z.ZodError
          ? `Format error in JSON body: ${z.prettifyError(error)}`
          : error instanceof Error
            ? error.message
            : String(error);
      reply(response, status, { status: { error: message }, time: 0 });
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    fault: (next) => {
      decide = next;
    },
    collections: () => [...collections.keys()],
    dropCollection: (name) => void collections.delete(name),
    stop,
    start: () => listen(port),
    close: stop,
  };
};
