import type { AnswerCache } from "./cache/cache.ts";
import type { Clock, Log } from "./core/ports.ts";
import type { FeedbackBook, Rating } from "./memory/feedback.ts";
import type { Receipts } from "./observe/receipts.ts";

/** A judgement of an answer by its receipt. */
export interface Judgement {
  receipt: string;
  rating: Rating;
  reason: string | undefined;
}

/** Counts a rating, and the one of the same answer that it replaces. */
export type CountFeedback = (rating: Rating, before: Rating | undefined) => void;

/** Thumbs: written in their giver's book, told to the cache that served the answer. */
export const feedbackDesk =
  (parts: {
    receipts: Receipts;
    book: FeedbackBook;
    answers: AnswerCache | undefined;
    counted: CountFeedback;
    clock: Clock;
    log: Log;
  }) =>
  async ({ receipt: id, rating, reason }: Judgement): Promise<boolean> => {
    const found = parts.receipts.get(id);
    if (!found) return false;
    const { receipt, owner } = found;
    const at = new Date(parts.clock.now()).toISOString();
    const before = parts.book.keep(owner, { receipt: id, rating, reason, at });
    if (before === rating) return true;
    parts.counted(rating, before);
    if (receipt.entry === null || !parts.answers) return true;
    const served = receipt.lookups.find(({ tier }) => tier !== undefined);
    const near = served?.candidates.find(
      ({ entry, refused }) => entry === receipt.entry && refused === undefined,
    );
    try {
      await parts.answers.judged(receipt.entry, {
        right: rating === "up",
        by: owner,
        near: near && { pair: near.pair, score: near.score },
      });
    } catch (error) {
      parts.log.warn({ err: error }, "the cache could not be taught");
    }
    return true;
  };
