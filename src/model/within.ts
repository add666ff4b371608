/**
 * Waits for `work` no longer than `ms` and no longer than the signal lets it; whichever comes first. Work that is
 * given up is not awaited by anyone: its later failure is nobody's.
 */
export const within = <T>(work: Promise<T>, ms: number, signal: AbortSignal, late: () => Error): Promise<T> =>
  new Promise((resolve, reject) => {
    const settled = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", left);
    };
    const left = (): void => {
      settled();
      // the reason is whatever the one who aborted chose
      reject(signal.reason as Error);
    };
    const timer = setTimeout(
      () => {
        settled();
        reject(late());
      },
      Math.max(0, ms),
    );
    signal.addEventListener("abort", left, { once: true });
    work.then(
      (value) => {
        settled();
        resolve(value);
      },
      (error: unknown) => {
        settled();
        reject(error as Error);
      },
    );
    if (signal.aborted) left();
  });

/** A timer that can be raced against promises and put away. */
export const alarm = (ms: number): { rings: Promise<"alarm">; stop(): void } => {
  let timer: NodeJS.Timeout | undefined;
  const rings = new Promise<"alarm">((resolve) => {
    timer = setTimeout(() => resolve("alarm"), ms);
  });
  return { rings, stop: () => clearTimeout(timer) };
};
