/** Normal quantile of a two-sided 95 % interval. */
const Z = 1.959964;

/** A share with Wilson's 95 % interval. */
export interface Share {
  value: number;
  low: number;
  high: number;
}

/** Share of `hits` in `trials`, which are independent of one another; null without a trial. */
export const shareOf = (hits: number, trials: number): Share | null => {
  if (trials === 0) return null;
  const value = hits / trials;
  const middle = value + Z ** 2 / (2 * trials);
  const half = Z * Math.sqrt((value * (1 - value)) / trials + Z ** 2 / (4 * trials ** 2));
  const scale = 1 + Z ** 2 / trials;
  return { value, low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
};
