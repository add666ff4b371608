/** One judged comparison: how similar two questions were that the guards had let pass, and whether one answer was right for both. */
export interface Observation {
  score: number;
  right: boolean;
  /** How much it counts: a person's judgement more than a machine's. */
  weight: number;
}

/** The chance that a shared answer is right, as a logistic curve of similarity. */
export interface Curve {
  /** Log odds at similarity 0.5, and how they grow with it. */
  at: number;
  slope: number;
  /** Variances of the two, and their covariance between them. */
  variance: readonly [number, number, number];
}

/** A curve leans on the one before it as on so many observations. */
const PRIOR = 10;
const FIRST_SLOPE = 8;
/** Keeps the curve finite where right and wrong are parted cleanly. */
const RIDGE = 0.02;
const STEPS = 12;
/** One-sided 95 %. */
const Z = 1.645;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Fits a curve by Newton's method, drawn towards `prior` where there is one. */
export const fit = (seen: readonly Observation[], prior: Curve | undefined): Curve => {
  // observations spread evenly over the scale weigh 1/4 each, and 1/12 as much on the slope
  const pull = prior ? PRIOR / 4 : RIDGE;
  const pullSlope = prior ? PRIOR / 48 : RIDGE;
  const start = prior ?? { at: 0, slope: FIRST_SLOPE };
  let { at, slope } = start;
  let variance: [number, number, number] = [1 / pull, 0, 1 / pullSlope];
  for (let step = 0; step < STEPS; step += 1) {
    let g0 = pull * (start.at - at);
    let g1 = pullSlope * (start.slope - slope);
    let h00 = pull;
    let h01 = 0;
    let h11 = pullSlope;
    for (const { score, right, weight } of seen) {
      const x = score - 0.5;
      const p = sigmoid(at + slope * x);
      const miss = weight * ((right ? 1 : 0) - p);
      const bend = weight * p * (1 - p);
      g0 += miss;
      g1 += miss * x;
      h00 += bend;
      h01 += bend * x;
      h11 += bend * x * x;
    }
    const det = h00 * h11 - h01 * h01;
    variance = [h11 / det, -h01 / det, h00 / det];
    at += limit(variance[0] * g0 + variance[1] * g1);
    slope += limit(variance[1] * g0 + variance[2] * g1);
  }
  return { at, slope: Math.max(0, slope), variance };
};

/** A step of Newton's method may overshoot far away from the top. */
const limit = (step: number): number => Math.max(-4, Math.min(4, step));

/** The lower 95 % bound of the chance that an answer shared at this similarity is right. */
export const lowerBound = ({ at, slope, variance }: Curve, score: number): number => {
  const x = score - 0.5;
  const [v00, v01, v11] = variance;
  return sigmoid(at + slope * x - Z * Math.sqrt(Math.max(0, v00 + 2 * x * v01 + x * x * v11)));
};
