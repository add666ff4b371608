import type { Clock, Log, SharedRow, SharedStore } from "../core/ports.ts";
import { connect } from "./redis-connection.ts";
import { APPEND, LEASE, PUT, RELEASE, RENEW } from "./redis-scripts.ts";
import { BLOCK_MS, redisStreams } from "./redis-streams.ts";
import { checkNames, checkRows, PAGE, refused, wholeMs } from "./shared-limits.ts";

/** Other programs may use the same server. */
const PREFIX = "flockwise:";
const rowOf = (key: string): string => `${PREFIX}row:${key}`;
const counterOf = (name: string): string => `${PREFIX}counter:${name}`;
const leaseOf = (name: string): string => `${PREFIX}lease:${name}`;
const streamOf = (name: string): string => `${PREFIX}stream:${name}`;
const LAST_TOKEN = `${PREFIX}last-token`;

/** Longest that a row is kept for: what the server's own arithmetic surely holds. */
const LONGEST_MS = 100 * 365 * 24 * 3_600_000;
/** A prefix as it stands, where `*`, `?`, `[` and `\` would be signs of a pattern. */
const literal = (text: string): string => text.replace(/[\\*?[\]]/g, "\\$&");
const tokenOf = (reply: unknown): number | undefined =>
  typeof reply === "string" ? Number(reply) : undefined;

/**
 * The shared store on one Redis server. Its settings decide what outlives a restart, and what goes when memory is
 * full: a `volatile-` policy leaves the counters, which have no end.
 */
export const openRedis = (
  address: string,
  { clock, log }: { clock: Clock; log: Log },
): { port: SharedStore; up(): boolean } => {
  const commands = connect(address, { name: "commands", log });
  const reader = connect(address, { name: "reader", blockMs: BLOCK_MS, log });
  const streams = redisStreams(reader, streamOf);

  /** Its time is counted from this clock, so that clocks that disagree do no harm. */
  const msOf = ({ expiresAt }: SharedRow): number =>
    Math.ceil(Math.min(LONGEST_MS, Math.max(0, expiresAt - clock.now())));

  const port: SharedStore = {
    async get(keys) {
      checkNames(keys);
      if (keys.length === 0) return [];
      const values = await commands.call((redis) => redis.mget(...keys.map(rowOf)));
      return values.map((value) => value ?? undefined);
    },
    async put(rows, fence) {
      checkRows(rows);
      const keys = [leaseOf(fence?.lease ?? ""), ...rows.map(({ key }) => rowOf(key))];
      const values = rows.flatMap((row) => [row.value, msOf(row)]);
      return (await commands.run(PUT, keys, [fence?.token ?? "", ...values])) === 1;
    },
    async drop(keys) {
      checkNames(keys);
      if (keys.length === 0) return 0;
      return commands.call((redis) => redis.unlink(...keys.map(rowOf)));
    },
    async *scan(prefix) {
      checkNames([prefix]);
      const pattern = `${literal(rowOf(prefix))}*`;
      let cursor = "0";
      do {
        const from = cursor;
        const [next, keys] = await commands.call((redis) =>
          redis.scan(from, "MATCH", pattern, "COUNT", PAGE),
        );
        cursor = next;
        if (keys.length > 0) yield keys.map((key) => key.slice(rowOf("").length));
      } while (cursor !== "0");
    },
    async bump(counter) {
      checkNames([counter]);
      return commands.call((redis) => redis.incr(counterOf(counter)));
    },
    async counters(names) {
      checkNames(names);
      if (names.length === 0) return [];
      const values = await commands.call((redis) => redis.mget(...names.map(counterOf)));
      return values.map(Number);
    },
    async lease(name, ms) {
      checkNames([name]);
      return tokenOf(await commands.run(LEASE, [leaseOf(name), LAST_TOKEN], [wholeMs(ms)]));
    },
    async holder(name) {
      checkNames([name]);
      return tokenOf(await commands.call((redis) => redis.get(leaseOf(name))));
    },
    async renew(name, token, ms) {
      checkNames([name]);
      return (await commands.run(RENEW, [leaseOf(name)], [token, wholeMs(ms)])) === 1;
    },
    async release(name, token) {
      checkNames([name]);
      return (await commands.run(RELEASE, [leaseOf(name)], [token])) === 1;
    },
    async append(stream, chunk, ms) {
      checkNames([stream]);
      const appended = await commands.run(APPEND, [streamOf(stream)], [chunk, wholeMs(ms)]);
      if (appended !== 1) throw refused("the stream is full");
    },
    follow: streams.follow,
    async close() {
      streams.close();
      await Promise.all([commands.close(), reader.close()]);
    },
  };
  return { port, up: () => commands.up() && reader.up() };
};
