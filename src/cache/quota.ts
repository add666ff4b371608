import type { Clock } from "../core/ports.ts";

const WINDOW_MS = 600_000;
/** Entries that one person, and all who give no name together, may add within the window. */
const PER_ASKER = 60;
const ANONYMOUS = 5_000;
const MOST_ASKERS = 5_000;

/** Whether an asker may add another entry: nobody fills the store alone. */
export const quota = (clock: Clock): ((asker: string | undefined) => boolean) => {
  let since = clock.now();
  let written = new Map<string, number>();
  return (asker) => {
    if (clock.now() - since > WINDOW_MS) {
      since = clock.now();
      written = new Map();
    }
    const name = asker === undefined ? "" : `:${asker}`;
    const count = written.get(name) ?? 0;
    if (count >= (asker === undefined ? ANONYMOUS : PER_ASKER)) return false;
    if (!written.has(name) && written.size >= MOST_ASKERS) return false;
    written.set(name, count + 1);
    return true;
  };
};
