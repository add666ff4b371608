import type { Config } from "./config.ts";
import type { Clock, Log, SharedStore } from "./core/ports.ts";
import { openEmbeddedShared } from "./drivers/embedded-shared.ts";
import { openRedis } from "./drivers/redis.ts";

export interface Shared {
  port: SharedStore;
  /** Name of the store in use, for the start line. */
  name: "redis" | "libsql";
  /** Whether it can be reached now. */
  up(): boolean;
}

/**
 * What replicas share: on Redis where REDIS_URL names one, else under DATA_DIR. A Redis that cannot be reached stops
 * no start: the log says so, calls fail at once, and it is used from the moment that it answers.
 */
export const openShared = (config: Config, clock: Clock, log: Log): Shared =>
  config.redisUrl === undefined
    ? { port: openEmbeddedShared(config.dataDir, clock), name: "libsql", up: () => true }
    : { ...openRedis(config.redisUrl, { clock, log }), name: "redis" };
