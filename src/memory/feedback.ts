import type { Clock, KeyValue } from "../core/ports.ts";

export type Rating = "up" | "down";

/** A judgement of one answer by whoever asked for it. */
export interface Feedback {
  receipt: string;
  rating: Rating;
  reason: string | undefined;
  /** ISO 8601. */
  at: string;
}

export interface FeedbackBook {
  /** Keeps a judgement; a later one of the same receipt replaces it. Returns the rating that it replaced. */
  keep(owner: string | undefined, given: Feedback): Rating | undefined;
  of(owner: string): Feedback[];
  forget(owner: string): void;
}

const FEEDBACK = "feedback";
const KEPT_MS = 90 * 86_400_000;
const MOST = 1_000;
/** Who gave no name has no book of their own: their judgement is kept by its receipt alone. */
const NOBODY = "-";

/** Thumbs, each under its giver and receipt, for 90 days. */
export const feedbackBook = (store: KeyValue, clock: Clock): FeedbackBook => ({
  keep(owner, given) {
    const key = `${owner ?? NOBODY}:${given.receipt}`;
    const before = store.get(FEEDBACK, key);
    store.put(FEEDBACK, key, JSON.stringify(given), clock.now() + KEPT_MS);
    return before === undefined ? undefined : (JSON.parse(before) as Feedback).rating;
  },
  of: (owner) => store.list(FEEDBACK, `${owner}:`, MOST).map(({ value }) => JSON.parse(value) as Feedback),
  forget: (owner) => void store.drop(FEEDBACK, `${owner}:`, { prefix: true }),
});
