import type { Server, ServerOptions } from "node:http";
import type { Socket } from "node:net";
import { errorJson, type Fault, fault } from "./faults.ts";

export interface Listening {
  host: string;
  port: number;
  /** Address to open in a browser. */
  url: string;
}

/** Milliseconds without a byte in either direction; longer than any gap that a model is allowed. */
const IDLE_MS = 120_000;
/** Far above the thousand that must be served; bounds the memory of sockets. */
const MAX_SOCKETS = 10_000;

/** Limits against clients that send slowly; `requestMs` is for a whole request. */
export const socketLimits = (requestMs: number): ServerOptions => ({
  headersTimeout: Math.min(10_000, requestMs),
  requestTimeout: requestMs,
  connectionsCheckingInterval: Math.min(5_000, requestMs),
  // Longer than the usual idle time of proxies and clients, so that they close first and no request is lost.
  keepAliveTimeout: 75_000,
});

const problems: Record<string, Fault> = {
  ERR_HTTP_REQUEST_TIMEOUT: fault(408, "request_timeout", "The request took too long to arrive."),
  HPE_HEADER_OVERFLOW: fault(431, "headers_too_large", "The headers are too large."),
};
const BROKEN = fault(400, "bad_request", "The request is not valid HTTP.");

const REASON: Record<number, string> = {
  400: "Bad Request",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
};

const rawResponse = (problem: Fault): string => {
  const json = errorJson(problem);
  return [
    `HTTP/1.1 ${problem.status} ${REASON[problem.status]}`,
    "connection: close",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(json)}`,
    "",
    json,
  ].join("\r\n");
};

/** Gives what is no HTTP an error in the same shape as all others. */
export const answerBrokenRequests = (server: Server): void => {
  server.timeout = IDLE_MS;
  server.maxConnections = MAX_SOCKETS;
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else socket.end(rawResponse(problems[error.code ?? ""] ?? BROKEN));
  });
};

const shownHost = (host: string): string => {
  if (host === "0.0.0.0" || host === "::" || host === "::1") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
};

/** Port 0 takes a free one. Rejects with the system's error when the address is taken. */
export const listenOn = (server: Server, port: number, host: string): Promise<Listening> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: 2048 }, () => {
      server.off("error", reject);
      const address = server.address();
      const bound = typeof address === "object" && address ? address.port : port;
      resolve({ host, port: bound, url: `http://${shownHost(host)}:${bound}` });
    });
  });

/** Resolves when the last socket has closed, at the latest after `graceMs`. */
export const closeServer = async (server: Server, graceMs: number): Promise<void> => {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
};
