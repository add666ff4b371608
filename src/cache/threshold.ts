import { fit, lowerBound, type Curve, type Observation } from "./curve.ts";

/** Whether a similarity is enough, and why. */
export interface Decision {
  serve: boolean;
  why: "sure" | "unsure" | "audit" | "off" | "few";
  /** Lower 95 % bound of the chance that the shared answer is right. */
  lower: number;
}

/** Judged comparisons kept of one pair of languages; older ones make room. */
export const MOST_KEPT = 512;
/** With fewer of all languages together nothing is served on similarity alone. */
const FEWEST = 30;
/** Of what could be served, this share is answered anew all the same, to be compared. */
const AUDIT = 0.01;
/** A curve is fitted anew after so many new observations of its pair. */
const REFIT_EVERY = 16;
/** Pairs of 16 languages, and clusters of topics: neither grows without bound. */
const MOST_PAIRS = 256;
const MOST_CLUSTERS = 512;
const Z = 1.645;

export interface Threshold {
  /** `pair`: languages of the stored question and of this one; `cluster`: topic of the entry; `random`: 0 to 1. */
  decide(pair: string, cluster: string, score: number, random: number): Decision;
  learn(pair: string, seen: Observation): void;
  /** A served answer turned out right or wrong for its question: the breaker of its cluster counts. */
  judged(cluster: string, right: boolean): void;
  /** The breaker's state, by cluster: those that are off. */
  off(): string[];
}

interface Pair {
  seen: Observation[];
  next: number;
  curve: Curve | undefined;
  fresh: number;
}

/**
 * The rule of vCache (arXiv 2502.03771) with pooled observations: an answer is shared with probability 1 - tau so
 * that (1 - tau)(1 - lower bound) <= maxError. Pairs of languages lean on all languages together.
 */
export const threshold = (
  maxError: number,
  seeds: Readonly<Record<string, readonly Observation[]>>,
): Threshold => {
  const pairs = new Map<string, Pair>();
  const clusters = new Map<string, { served: number; wrong: number }>();
  let pooled: Curve | undefined;
  let total = 0;

  const pairOf = (name: string): Pair => {
    let pair = pairs.get(name);
    if (!pair) {
      pair = { seen: [], next: 0, curve: undefined, fresh: 0 };
      if (pairs.size < MOST_PAIRS) pairs.set(name, pair);
    }
    return pair;
  };
  const push = (name: string, seen: Observation): void => {
    const pair = pairOf(name);
    // the newest take the place of the oldest
    pair.seen[pair.next] = seen;
    pair.next = (pair.next + 1) % MOST_KEPT;
    pair.fresh += 1;
    total += 1;
  };
  const pool = (): Curve => {
    const all = [...pairs.values()].flatMap(({ seen }) => seen);
    return fit(all, undefined);
  };
  const curveOf = (name: string): Curve => {
    pooled ??= pool();
    const pair = pairs.get(name);
    if (!pair) return pooled;
    if (!pair.curve || pair.fresh >= REFIT_EVERY) {
      pair.curve = fit(pair.seen, pooled);
      pair.fresh = 0;
    }
    return pair.curve;
  };
  /** One-sided 95 % lower bound of the share of wrong answers served (Wilson). */
  const errorAtLeast = ({ served, wrong }: { served: number; wrong: number }): number => {
    if (served === 0) return 0;
    const share = wrong / served;
    const z2 = (Z * Z) / served;
    return (share + z2 / 2 - Z * Math.sqrt((share * (1 - share) + z2 / 4) / served)) / (1 + z2);
  };
  const isOff = (cluster: string): boolean => {
    const counts = clusters.get(cluster);
    return counts !== undefined && errorAtLeast(counts) > maxError;
  };

  for (const [name, list] of Object.entries(seeds)) for (const seen of list) push(name, seen);

  return {
    decide(pair, cluster, score, random) {
      if (isOff(cluster)) return { serve: false, why: "off", lower: 0 };
      if (total < FEWEST) return { serve: false, why: "few", lower: 0 };
      const lower = lowerBound(curveOf(pair), score);
      const tau = 1 - maxError / Math.max(1e-9, 1 - lower);
      if (random < tau) return { serve: false, why: "unsure", lower };
      return random < AUDIT ? { serve: false, why: "audit", lower } : { serve: true, why: "sure", lower };
    },
    learn(pair, seen) {
      push(pair, seen);
      if (total % MOST_KEPT === 0) pooled = undefined;
    },
    judged(cluster, right) {
      let counts = clusters.get(cluster);
      if (!counts) {
        counts = { served: 0, wrong: 0 };
        if (clusters.size < MOST_CLUSTERS) clusters.set(cluster, counts);
      }
      counts.served += 1;
      if (!right) counts.wrong += 1;
    },
    off: () => [...clusters.keys()].filter(isOff),
  };
};
