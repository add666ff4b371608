import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Socket } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { type Context, Hono } from "hono";
import type { Clock, Engine, Log, People } from "../core/ports.ts";
import { type Admin, purgeCache, showReceipt } from "./admin.ts";
import { gate } from "./answering.ts";
import { bodies } from "./body.ts";
import { errorResponse, fault, faultOf } from "./faults.ts";
import { type GiveFeedback, takeFeedback } from "./feedback.ts";
import { type Caller, completions } from "./openai.ts";
import { access, exportPerson, forgetPerson } from "./people.ts";
import { answerBrokenRequests, closeServer, listenOn, type Listening, socketLimits } from "./sockets.ts";

/** A page or asset that an adapter brings along. */
export interface Route {
  path: string;
  handle(request: Request): Response | Promise<Response>;
}

/** What /readyz says: 200 when `ready`, else 503. */
export interface Readiness {
  ready: boolean;
  [part: string]: unknown;
}

export interface HttpOptions {
  engine: Engine;
  people: People;
  config: { port: number; host: string; adminToken?: string | undefined };
  clock: Clock;
  log: Log;
  admin?: Admin;
  feedback?: GiveFeedback;
  metrics: { readonly contentType: string; render(): Promise<string> };
  routes?: readonly Route[];
  readiness?: () => Readiness;
  limits?: Partial<Limits>;
}

/** Bounds of the door; tests tighten them. */
export interface Limits {
  /** Answers in the making at one time; beyond them 503. */
  answers: number;
  /** Milliseconds that a reader may leave a stream untouched. */
  stallMs: number;
  /** Milliseconds for a whole request to arrive. */
  requestMs: number;
  /** Milliseconds that answers in the making get at the close. */
  closeMs: number;
}
const defaults = {
  answers: 512,
  stallMs: 30_000,
  requestMs: 30_000,
  closeMs: 10_000,
} as const satisfies Limits;

export interface HttpServer {
  app: Hono<Env>;
  listen(): Promise<Listening>;
  /** Takes no new connections, lets answers end, then cuts what is left. */
  close(): Promise<void>;
}

// Without node's server under it (tests call `app.request`), there is no `incoming`.
type Env = { Bindings: { incoming?: IncomingMessage } };
type Handler = (c: Context<Env>) => Response | Promise<Response>;

// One signal a socket, not one a request: making them cost a fifth of the rate. On HTTP/1.1 a client leaves
// its answer only by closing the socket.
const leaving = new WeakMap<Socket, AbortSignal>();
const signalOf = (socket: Socket): AbortSignal => {
  const known = leaving.get(socket);
  if (known) return known;
  const controller = new AbortController();
  socket.once("close", () => controller.abort());
  leaving.set(socket, controller.signal);
  return controller.signal;
};

const callerOf = (c: Context<Env>): Caller => {
  const socket = c.env?.incoming?.socket;
  return {
    signal: socket ? signalOf(socket) : c.req.raw.signal,
    hangUp: () => socket?.destroy(),
  };
};

const MODELS = [{ id: "flockwise", object: "model", created: 1_735_689_600, owned_by: "flockwise" }];

/** The HTTP door: OpenAI's interface, health, metrics, people's rights, and the routes of adapters. */
export const httpServer = (options: HttpOptions): HttpServer => {
  const { engine, people, config, clock, log, metrics } = options;
  const limits: Limits = { ...defaults, ...options.limits };
  const inside = gate(limits.answers);
  const reader = bodies();
  const rights = access(config);
  const complete = completions({ engine, clock, log, gate: inside, stallMs: limits.stallMs });
  const readiness = options.readiness ?? (() => ({ ready: true }));
  let closing = false;

  const body = (c: Context<Env>) => reader.read(c.req.raw, c.env?.incoming);
  const guarded =
    (handler: Handler): Handler =>
    (c) => {
      const refusal = rights.refuse(c.req.raw);
      return refusal ? errorResponse(refusal) : handler(c);
    };

  const adminOnly =
    (handler: Handler): Handler =>
    (c) => {
      const refusal = rights.refuseAdmin(c.req.raw);
      return refusal ? errorResponse(refusal) : handler(c);
    };

  const app = new Hono<Env>();
  const methods = new Map<string, string[]>();
  const on = (method: "GET" | "POST", path: string, handler: Handler): void => {
    methods.set(path, [...(methods.get(path) ?? []), ...(method === "GET" ? ["GET", "HEAD"] : [method])]);
    app.on(method, path, handler);
  };

  on("POST", "/v1/chat/completions", async (c) => complete(await body(c), callerOf(c)));
  on("GET", "/v1/models", () => Response.json({ object: "list", data: MODELS }));
  on("GET", "/v1/models/flockwise", () => Response.json(MODELS[0]));
  on("GET", "/healthz", () => Response.json({ status: "ok" }));
  on("GET", "/readyz", () => {
    const state = readiness();
    const ready = state.ready && !closing;
    return Response.json({ ...state, ready }, { status: ready ? 200 : 503 });
  });
  on(
    "GET",
    "/metrics",
    async () => new Response(await metrics.render(), { headers: { "content-type": metrics.contentType } }),
  );
  on(
    "GET",
    "/v1/export",
    guarded((c) => exportPerson(people, c.req.raw)),
  );
  on(
    "POST",
    "/v1/forget",
    guarded(async (c) => forgetPerson(people, await body(c))),
  );
  const { feedback, admin } = options;
  if (feedback) on("POST", "/v1/feedback", async (c) => takeFeedback(feedback, await body(c)));
  if (admin) {
    on(
      "GET",
      "/admin/receipts/:id",
      adminOnly((c) => showReceipt(admin, c.req.param("id") ?? "")),
    );
    on(
      "POST",
      "/admin/cache/purge",
      adminOnly(async (c) => purgeCache(admin, await body(c))),
    );
  }
  for (const route of options.routes ?? []) on("GET", route.path, (c) => route.handle(c.req.raw));

  for (const [path, allowed] of methods) {
    const allow = allowed.join(", ");
    app.all(path, (c) =>
      errorResponse(
        fault(405, "method_not_allowed", `${c.req.method} is not allowed here; use ${allow}.`, { allow }),
      ),
    );
  }
  app.notFound(() => errorResponse(fault(404, "not_found", "There is nothing at this path.")));
  app.onError((error) => {
    log.error({ err: error }, "a request failed");
    return errorResponse(faultOf(error, false));
  });

  const listener = getRequestListener(app.fetch, {
    // A target or host that is no URL never reaches the app.
    errorHandler: () => errorResponse(fault(400, "bad_request", "The request is not valid HTTP.")),
  });
  const server: Server = createServer(
    socketLimits(limits.requestMs),
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  answerBrokenRequests(server);

  return {
    app,
    listen: () => listenOn(server, config.port, config.host),
    async close() {
      closing = true;
      await closeServer(server, limits.closeMs);
    },
  };
};
