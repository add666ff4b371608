import { FlockError } from "../core/errors.ts";
import type { SharedRow } from "../core/ports.ts";

/** What both shared stores take at most: who needs more has a fault, and is told so before anything is written. */
export const LIMITS = {
  /** Names or rows of one call. */
  names: 1000,
  nameBytes: 1000,
  /** Names and values of the rows of one `put`. */
  groupBytes: 4_000_000,
  streams: 1000,
  streamChunks: 20_000,
  streamBytes: 256_000,
  /** Of all streams that one process holds. */
  heldBytes: 64_000_000,
  leases: 10_000,
} as const;

/** Keys on one page of a scan. */
export const PAGE = 500;

export const refused = (reason: string): FlockError => new FlockError("store", `shared store: ${reason}`);

export const checkNames = (names: readonly string[]): void => {
  if (names.length > LIMITS.names) throw refused(`more than ${LIMITS.names} names at once`);
  for (const name of names)
    if (Buffer.byteLength(name) > LIMITS.nameBytes)
      throw refused(`a name of more than ${LIMITS.nameBytes} bytes`);
};

export const rowBytes = ({ key, value }: SharedRow): number =>
  Buffer.byteLength(key) + Buffer.byteLength(value);

export const checkRows = (rows: readonly SharedRow[]): void => {
  checkNames(rows.map(({ key }) => key));
  if (rows.some(({ key }) => key === "")) throw refused("a row without a key");
  if (rows.reduce((sum, row) => sum + rowBytes(row), 0) > LIMITS.groupBytes)
    throw refused(`more than ${LIMITS.groupBytes} bytes at once`);
  if (rows.some(({ expiresAt }) => !Number.isFinite(expiresAt))) throw refused("a row without an end");
};

/** Whole milliseconds, as timers and servers take them. */
export const wholeMs = (ms: number): number => {
  if (!(ms > 0 && ms <= 2 ** 31 - 1)) throw refused(`a time of ${ms} ms`);
  return Math.ceil(ms);
};
