/** A share or a quantile with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** Normal quantile of a two-sided 95 % interval. */
const Z = 1.959964;

/** Wilson's score interval of `hits` in `trials`; undefined without a trial. */
export const wilson = (hits: number, trials: number): Estimate | undefined => {
  if (trials === 0) return undefined;
  const share = hits / trials;
  const scale = 1 + Z ** 2 / trials;
  const middle = share + Z ** 2 / (2 * trials);
  const half = Z * Math.sqrt((share * (1 - share)) / trials + Z ** 2 / (4 * trials ** 2));
  return {
    value: share,
    low: Math.max(0, (middle - half) / scale),
    high: Math.min(1, (middle + half) / scale),
  };
};

/** Newcombe's interval of the difference `a - b` of two shares, from their Wilson intervals. */
export const difference = (a: Estimate, b: Estimate): Estimate => {
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
};

/**
 * Quantile `p` of a sample by nearest rank, with its interval from the order statistics (no assumption about the
 * shape of latencies); undefined for an empty sample. The interval of a small sample reaches to its ends.
 */
export const quantile = (sample: readonly number[], p: number): Estimate | undefined => {
  const sorted = sample.toSorted((a, b) => a - b);
  const count = sorted.length;
  const at = (rank: number): number => sorted[Math.min(count, Math.max(1, rank)) - 1] ?? Number.NaN;
  if (count === 0) return undefined;
  const half = Z * Math.sqrt(count * p * (1 - p));
  return {
    value: at(Math.ceil(count * p)),
    low: at(Math.floor(count * p - half)),
    high: at(Math.ceil(count * p + half) + 1),
  };
};
