/** A text that one maker writes and many readers follow from its beginning. */
export interface Broadcast<End> {
  /** Pieces from the first on, then the end. Throws what the maker threw. */
  read(signal: AbortSignal | undefined): AsyncGenerator<string, End>;
  readers(): number;
  /** Settles when the maker has ended, in whichever way. */
  done: Promise<void>;
}

/** Starts the maker at once; it goes on whoever leaves, unless `tooEarly` says that nothing is lost by stopping. */
export const broadcast = <End>(
  make: (signal: AbortSignal) => AsyncGenerator<string, End>,
  tooEarly: (length: number) => boolean,
): Broadcast<End> => {
  const stop = new AbortController();
  const pieces: string[] = [];
  let length = 0;
  let readers = 0;
  let ended: { value: End } | { error: unknown } | undefined;
  let wake: (() => void)[] = [];
  const tell = (): void => {
    const waiting = wake;
    wake = [];
    for (const go of waiting) go();
  };
  const pump = async (): Promise<void> => {
    try {
      const source = make(stop.signal);
      for (;;) {
        const step = await source.next();
        if (step.done === true) {
          ended = { value: step.value };
          return;
        }
        pieces.push(step.value);
        length += step.value.length;
        tell();
      }
    } catch (error) {
      ended = { error };
    } finally {
      tell();
    }
  };
  const more = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        signal?.removeEventListener("abort", go);
        resolve();
      };
      wake.push(go);
      signal?.addEventListener("abort", go, { once: true });
    });
  const done = pump();
  return {
    done,
    readers: () => readers,
    async *read(signal) {
      readers += 1;
      try {
        let at = 0;
        for (;;) {
          signal?.throwIfAborted();
          const piece = pieces[at];
          if (piece !== undefined) {
            at += 1;
            yield piece;
          } else if (ended && "value" in ended) return ended.value;
          else if (ended) throw ended.error;
          else await more(signal);
        }
      } finally {
        readers -= 1;
        if (readers === 0 && !ended && tooEarly(length)) stop.abort();
      }
    },
  };
};
