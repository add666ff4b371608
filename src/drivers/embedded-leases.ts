import type { Clock, Fence } from "../core/ports.ts";
import { checkNames, LIMITS, refused, wholeMs } from "./shared-limits.ts";

/** Leases within this process. Times are of the monotonic clock, so that a corrected wall clock ends none. */
export const embeddedLeases = (clock: Clock) => {
  const leases = new Map<string, { token: number; until: number }>();
  let last = 0;
  const holder = (name: string): number | undefined => {
    const held = leases.get(name);
    if (held && held.until > clock.monotonic()) return held.token;
    leases.delete(name);
    return undefined;
  };
  const isHeld = ({ lease, token }: Fence): boolean => holder(lease) === token;
  return {
    holder,
    isHeld,
    lease(name: string, ms: number): number | undefined {
      checkNames([name]);
      const until = clock.monotonic() + wholeMs(ms);
      if (holder(name) !== undefined) return undefined;
      if (leases.size >= LIMITS.leases) for (const other of leases.keys()) holder(other);
      if (leases.size >= LIMITS.leases) throw refused("too many leases are held");
      // counted from the time, so that tokens grow over restarts too
      last = Math.max(last + 1, Math.floor(clock.now() * 1000));
      leases.set(name, { token: last, until });
      return last;
    },
    renew(name: string, token: number, ms: number): boolean {
      const until = clock.monotonic() + wholeMs(ms);
      if (!isHeld({ lease: name, token })) return false;
      leases.set(name, { token, until });
      return true;
    },
    release: (name: string, token: number): boolean => isHeld({ lease: name, token }) && leases.delete(name),
  };
};
