import { createHash, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { People } from "../core/ports.ts";
import type { Read } from "./body.ts";
import { USER_LIMIT } from "./chat-request.ts";
import { errorResponse, type Fault, fault } from "./faults.ts";

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|\[?::ffff:127(\.\d{1,3}){3}\]?)$/i;
const isLoopback = (host: string): boolean => LOOPBACK.test(host);

const hash = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Says who may read and delete what is kept of people; `undefined` lets the request in. */
export interface Access {
  refuse(request: Request): Fault | undefined;
  /** The same for what is the operator's alone: by token, from wherever; not there at all without one. */
  refuseAdmin(request: Request): Fault | undefined;
  /** Whether a caller without a token is let in. */
  readonly open: boolean;
}

const UNAUTHORIZED = fault(401, "invalid_token", "This needs 'Authorization: Bearer ADMIN_TOKEN'.", {
  "www-authenticate": "Bearer",
});
const ABSENT = fault(404, "not_found", "There is nothing at this path.");

/** Open on a loopback address (docs/door.md); else by token, and not there at all without one. */
export const access = (config: { host: string; adminToken?: string | undefined }): Access => {
  const open = isLoopback(config.host);
  const expected = config.adminToken ? hash(config.adminToken) : undefined;
  const hasToken = (request: Request): boolean => {
    const given = /^Bearer +(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
    return expected !== undefined && given !== undefined && timingSafeEqual(hash(given.trim()), expected);
  };
  // A page of another site must not reach the open routes through the reader's own browser, be it by a
  // form (sec-fetch-site) or by a name that it has pointed at 127.0.0.1 (host).
  const isLocalCall = (request: Request): boolean => {
    const site = request.headers.get("sec-fetch-site") ?? "none";
    return isLoopback(hostName(request)) && (site === "none" || site === "same-origin");
  };
  return {
    open,
    refuse(request) {
      if (hasToken(request) || (open && isLocalCall(request))) return undefined;
      return expected || open ? UNAUTHORIZED : ABSENT;
    },
    refuseAdmin: (request) => (hasToken(request) ? undefined : expected ? UNAUTHORIZED : ABSENT),
  };
};

const hostName = (request: Request): string => {
  const { hostname } = new URL(request.url);
  return isIP(hostname) === 6 ? `[${hostname}]` : hostname;
};

const isUser = (value: unknown): value is string =>
  typeof value === "string" && value.trim() !== "" && value.length <= USER_LIMIT;
const NO_USER = fault(400, "missing_user", `'user' must be a text of 1 to ${USER_LIMIT} characters.`);

/** GET /v1/export?user= : one JSON object. */
export const exportPerson = (people: People, request: Request): Response => {
  const user = new URL(request.url).searchParams.get("user");
  if (!isUser(user)) return errorResponse(NO_USER);
  return Response.json(people.export(user), { headers: { "cache-control": "no-store" } });
};

/** POST /v1/forget {user}. */
export const forgetPerson = (people: People, body: Read): Response => {
  if ("fault" in body) return errorResponse(body.fault);
  const { json } = body;
  const user = typeof json === "object" && json !== null && "user" in json ? json.user : undefined;
  if (!isUser(user)) return errorResponse(NO_USER);
  people.forget(user);
  return Response.json({ user, forgotten: true });
};
