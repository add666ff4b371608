import { webRoutes } from "../adapters/web/index.ts";
import { compose } from "./compose.ts";
import { environment, loadConfig, secretsOf } from "./config.ts";
import { FlockError } from "./core/errors.ts";
import { access } from "./http/people.ts";
import { httpServer } from "./http/server.ts";
import { createLog } from "./observe/log.ts";
import { createMetrics, feedbackCounter, observed, watched } from "./observe/metrics.ts";

/** Starts the service: config → house → doors → signals. One `ready` line on standard output. */
const start = async (): Promise<void> => {
  const config = loadConfig(environment());
  const log = createLog({
    level: config.logLevel,
    secrets: secretsOf(config),
  });
  const metrics = createMetrics();
  const service = compose(config, { log, watch: watched(metrics), counted: feedbackCounter(metrics) });
  const { clock, people } = service;
  const server = httpServer({
    engine: observed(service.engine, metrics, clock),
    people,
    config,
    clock,
    log,
    metrics,
    admin: service.admin,
    feedback: service.feedback,
    routes: webRoutes({ locales: service.locales, people: access(config).open }),
    readiness: () => ({ ready: true, stores: service.stores }),
  });
  const { url } = await server.listen().catch((cause: unknown) => {
    throw new FlockError(
      "bad_config",
      `PORT ${config.port} on HOST ${config.host} cannot be listened on: ${codeOf(cause)}`,
      { cause },
    );
  });
  sayReady({
    url,
    adapters: ["web"],
    stores: service.stores,
    model: service.model,
    embedder: service.embedder,
  });

  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "stopping");
    const ended = async (): Promise<void> => {
      try {
        await server.close();
      } finally {
        await service.close();
        process.exitCode = 0;
      }
    };
    void ended();
  };
  process.once("SIGTERM", () => stop("SIGTERM"));
  process.once("SIGINT", () => stop("SIGINT"));
};

const codeOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause ? String(cause.code) : "unknown reason";

interface Ready {
  url: string;
  adapters: string[];
  stores: string[];
  model: string | null;
  embedder: string;
}

const sayReady = (ready: Ready): void => {
  if (!process.stdout.isTTY) {
    process.stdout.write(`${JSON.stringify({ msg: "ready", ...ready })}\n`);
    return;
  }
  const model = ready.model ?? "none: answers come from the tables and from quoted passages";
  process.stdout.write(
    `\n  flockwise is ready\n\n  web chat   ${ready.url}\n  adapters   ${ready.adapters.join(", ")}\n  stores     ${ready.stores.join(", ")}\n  model      ${model}\n  embedder   ${ready.embedder}\n\n`,
  );
};

start().catch((error: unknown) => {
  // a fault of the start is the operator's to mend: its sentence, no stack
  const text =
    error instanceof FlockError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`flockwise did not start: ${text}\n`);
  process.exitCode = 1;
});
