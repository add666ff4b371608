import { Redis } from "ioredis";
import { FlockError } from "../core/errors.ts";
import type { Log } from "../core/ports.ts";
import { refused } from "./shared-limits.ts";
import type { Script } from "./redis-scripts.ts";

/** A call fails after so many ms without a reply; a reader's includes the time it blocks for. */
const REPLY_MS = 500;
/** A connection without any reply for so long is opened anew. */
const SILENT_MS = 2_000;
const CONNECT_MS = 2_000;
const LONGEST_BACKOFF_MS = 2_000;
const MOST_CALLS = 5_000;

/** What went wrong, without arguments: those of a command may be a password, a question or an answer. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "failed";
  if ("code" in error && typeof error.code === "string") return error.code;
  if (error.message.startsWith("Command timed out")) return "no reply in time";
  // an error reply begins with its kind: OOM, READONLY, WRONGPASS, …
  const kind = error.name === "ReplyError" ? /^[A-Z]+(?=\s|$)/.exec(error.message)?.[0] : undefined;
  return kind ?? "not connected";
};

const optionsOf = (address: string) => {
  const url = new URL(address);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || 6379),
    db: Number(url.pathname.slice(1)),
    ...(url.username === "" ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === "" ? {} : { password: decodeURIComponent(url.password) }),
    ...(url.protocol === "rediss:" ? { tls: {} } : {}),
  };
};

/** One connection: calls fail at once while it is down, it comes back by itself, and nothing is ever sent twice. */
export interface Connection {
  up(): boolean;
  call<T>(command: (redis: Redis) => Promise<T>): Promise<T>;
  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  close(): Promise<void>;
}

export const connect = (
  address: string,
  { name, blockMs = 0, log }: { name: string; blockMs?: number; log: Log },
): Connection => {
  const redis = new Redis({
    ...optionsOf(address),
    connectionName: `flockwise-${name}`,
    protocol: 2,
    connectTimeout: CONNECT_MS,
    commandTimeout: REPLY_MS + blockMs,
    socketTimeout: SILENT_MS + blockMs,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    // a replica that took over answers READONLY until the connection is made anew
    reconnectOnError: (error) => error.message.startsWith("READONLY"),
    retryStrategy: (times) =>
      Math.min(LONGEST_BACKOFF_MS, 50 * 2 ** Math.min(times, 10)) * (0.5 + Math.random() / 2),
  });
  const where = new URL(address).host;
  const up = (): boolean => redis.status === "ready";
  let closed = false;
  let calls = 0;
  let said: "nothing" | "down" | "up" = "nothing";
  const down = (error?: unknown): void => {
    if (said === "down" || closed) return;
    said = "down";
    log.warn({ redis: where, connection: name, reason: reasonOf(error) }, "Redis cannot be reached");
  };

  /** Calls made while the first connection is being opened wait for it. */
  const first = new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      down();
      resolve();
    }, REPLY_MS).unref();
    const done = (): void => {
      clearTimeout(timer);
      resolve();
    };
    redis.once("ready", done).once("close", done);
  });
  redis.on("ready", () => {
    if (said === "down") log.info({ redis: where, connection: name }, "Redis is reached again");
    said = "up";
  });
  redis.on("error", down);
  redis.on("close", () => down(new Error("closed")));

  const call = async <T>(command: (redis: Redis) => Promise<T>): Promise<T> => {
    if (closed) throw refused("closed");
    if (calls >= MOST_CALLS) throw refused("too many calls wait for Redis");
    calls += 1;
    try {
      if (!up()) await first;
      return await command(redis);
    } catch (error) {
      throw error instanceof FlockError ? error : new FlockError("store", `Redis: ${reasonOf(error)}`);
    } finally {
      calls -= 1;
    }
  };
  return {
    up,
    call,
    run: ({ sha, lua }, keys, args) =>
      call((client) =>
        client.evalsha(sha, keys.length, ...keys, ...args).catch((error: unknown) => {
          if (reasonOf(error) !== "NOSCRIPT") throw error;
          return client.eval(lua, keys.length, ...keys, ...args);
        }),
      ),
    async close() {
      if (closed) return;
      closed = true;
      await redis.quit().catch(() => undefined);
      redis.disconnect();
    },
  };
};
