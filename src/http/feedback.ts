import type { Read } from "./body.ts";
import { errorResponse, fault } from "./faults.ts";

/** A judgement of an answer, as it comes in. */
export interface Thumb {
  receipt: string;
  rating: "up" | "down";
  reason: string | undefined;
}

/** Takes a judgement; false when there is no such receipt, or no longer. */
export type GiveFeedback = (thumb: Thumb) => Promise<boolean>;

const MOST_REASON = 500;
const INVALID = fault(
  400,
  "invalid_feedback",
  `The body must be {"receipt", "rating": "up" | "down", "reason"?}, the reason of at most ${String(MOST_REASON)} characters.`,
);
const UNKNOWN = fault(404, "not_found", "There is no such receipt; they are kept for a day.");

const thumbOf = (json: unknown): Thumb | undefined => {
  if (typeof json !== "object" || json === null) return undefined;
  const { receipt, rating, reason } = json as Record<string, unknown>;
  if (typeof receipt !== "string" || (rating !== "up" && rating !== "down")) return undefined;
  if (reason === undefined || reason === null) return { receipt, rating, reason: undefined };
  return typeof reason === "string" && reason.length <= MOST_REASON ? { receipt, rating, reason } : undefined;
};

/** POST /v1/feedback {receipt, rating, reason?}. */
export const takeFeedback = async (give: GiveFeedback, body: Read): Promise<Response> => {
  if ("fault" in body) return errorResponse(body.fault);
  const thumb = thumbOf(body.json);
  if (!thumb) return errorResponse(INVALID);
  if (!(await give(thumb))) return errorResponse(UNKNOWN);
  return Response.json({ receipt: thumb.receipt, rating: thumb.rating });
};
