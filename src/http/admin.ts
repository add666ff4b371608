import type { Read } from "./body.ts";
import { errorResponse, fault } from "./faults.ts";

/** What an operator may look at and end; behind ADMIN_TOKEN. */
export interface Admin {
  /** Undefined where there is none, or no longer. */
  receipt(id: string): object | undefined;
  /** Ends cache entries; returns how many. */
  purge(which: Purge): Promise<number>;
}

export type Purge = { source: string } | { entry: string } | { all: true };

const NO_PURGE = fault(
  400,
  "invalid_purge",
  'The body must be one of {"source": ID}, {"entry": ID} and {"all": true}.',
);
const NO_RECEIPT = fault(404, "not_found", "There is no such receipt; they are kept for a day.");

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

const purgeOf = (json: unknown): Purge | undefined => {
  if (typeof json !== "object" || json === null) return undefined;
  const { source, entry, all, ...rest } = json as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return undefined;
  const named = [source, entry, all].filter((value) => value !== undefined);
  if (named.length !== 1) return undefined;
  if (isText(source)) return { source };
  if (isText(entry)) return { entry };
  return all === true ? { all } : undefined;
};

/** POST /admin/cache/purge {source?|entry?|all?}. */
export const purgeCache = async (admin: Admin, body: Read): Promise<Response> => {
  if ("fault" in body) return errorResponse(body.fault);
  const which = purgeOf(body.json);
  if (!which) return errorResponse(NO_PURGE);
  return Response.json({ purged: await admin.purge(which) });
};

/** GET /admin/receipts/ID. */
export const showReceipt = (admin: Admin, id: string): Response => {
  const receipt = admin.receipt(id);
  return receipt
    ? Response.json(receipt, { headers: { "cache-control": "no-store" } })
    : errorResponse(NO_RECEIPT);
};
