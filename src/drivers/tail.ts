import type { FlockError } from "../core/errors.ts";

/** The chunks of one stream in this process: whoever follows, and however late, reads them all. */
export interface Tail {
  readonly size: number;
  readonly bytes: number;
  push(chunk: string): void;
  /** Ends every reader with this failure, once it has read what is there. */
  fail(error: FlockError): void;
  follow(idleMs: number, signal: AbortSignal): AsyncGenerator<string, void, undefined>;
}

export const openTail = (): Tail => {
  const chunks: string[] = [];
  const waiting = new Set<() => void>();
  let bytes = 0;
  let failure: FlockError | undefined;
  const wakeAll = (): void => {
    for (const wake of waiting) wake();
  };

  /** Whether something came before the time was over or the signal aborted. */
  const more = (idleMs: number, signal: AbortSignal): Promise<boolean> =>
    new Promise((resolve) => {
      const end = (came: boolean): void => {
        clearTimeout(timer);
        waiting.delete(wake);
        signal.removeEventListener("abort", stop);
        resolve(came);
      };
      const wake = (): void => end(true);
      const stop = (): void => end(false);
      const timer = setTimeout(stop, idleMs);
      waiting.add(wake);
      signal.addEventListener("abort", stop, { once: true });
    });

  return {
    get size() {
      return chunks.length;
    },
    get bytes() {
      return bytes;
    },
    push(chunk) {
      chunks.push(chunk);
      bytes += Buffer.byteLength(chunk);
      wakeAll();
    },
    fail(error) {
      failure ??= error;
      wakeAll();
    },
    async *follow(idleMs, signal) {
      for (let at = 0; !signal.aborted;) {
        const chunk = chunks[at];
        if (chunk !== undefined) {
          at += 1;
          yield chunk;
        } else if (failure) throw failure;
        else if (!(await more(idleMs, signal))) return;
      }
    },
  };
};
