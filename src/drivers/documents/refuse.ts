import { FlockError } from "../../core/errors.ts";

/** Why a document is not taken, in one sentence that follows its name. */
export const refuse = (reason: string, cause?: unknown): FlockError =>
  new FlockError("document", reason, cause === undefined ? {} : { cause });

export const MB = 1024 * 1024;
/** Largest file. */
export const MOST_BYTES = 50 * MB;
/** Cells of one sheet or table. */
export const MOST_CELLS = 100_000;

export const tooManyCells = (where: string): FlockError =>
  refuse(`${where} has more than ${MOST_CELLS.toLocaleString("en")} cells`);
