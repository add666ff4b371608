import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { httpServer } from "../../src/http/server.ts";
import { createMetrics, observed } from "../../src/observe/metrics.ts";
import { realClock, silentLog } from "../fixtures/door.ts";
import { stubEngine, stubPeople } from "../fixtures/stub-engine.ts";

/** What the bench tells this process to be. */
export type Part = { serve: "bare"; json: unknown } | { serve: "flockwise" } | { serve: "door" };

const house = async () => {
  const { compose } = await import("../../src/compose.ts");
  const { loadConfig } = await import("../../src/config.ts");
  const dataDir = mkdtempSync(join(tmpdir(), "flockwise-bench-"));
  return compose(loadConfig({ DATA_DIR: dataDir, LOG_LEVEL: "error" }));
};

const flockwise = async (real: boolean): Promise<number> => {
  const { engine, people } = real ? await house() : { engine: stubEngine(), people: stubPeople() };
  const metrics = createMetrics();
  const server = httpServer({
    engine: observed(engine, metrics, realClock),
    people,
    config: { port: 0, host: "127.0.0.1" },
    clock: realClock,
    log: silentLog,
    metrics,
  });
  return (await server.listen()).port;
};

/** The yardstick: hono alone, which parses the JSON and returns a JSON answer of ours. */
const bare = (json: unknown): Promise<number> => {
  const app = new Hono();
  app.post("/v1/chat/completions", async (c) => {
    await c.req.json();
    return c.json(json as object);
  });
  return new Promise((resolve) =>
    serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, (info) => resolve(info.port)),
  );
};

const start = (part: Part): Promise<number> =>
  part.serve === "bare" ? bare(part.json) : flockwise(part.serve === "flockwise");

process.once("message", (part: Part) => {
  void start(part).then((port) => process.send?.({ port }));
});
