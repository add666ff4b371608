/** A figure beside its goal. */
export interface Row {
  name: string;
  measured: string;
  goal: string;
  /** Undefined where the machine cannot tell, or where there is nothing to be met. */
  met: boolean | undefined;
}

export const atMost = (
  name: string,
  value: number | undefined,
  most: number,
  unit: string,
  digits = 0,
): Row => ({
  name,
  measured: value === undefined ? "cannot be read here" : `${value.toFixed(digits)} ${unit}`,
  goal: `≤ ${most.toLocaleString("en")} ${unit}`,
  met: value === undefined ? undefined : value <= most,
});

export const atLeast = (name: string, value: number, least: number, shown: string): Row => ({
  name,
  measured: shown,
  goal: `≥ ${least} %`,
  met: value >= least,
});

/** A figure that stands beside another one, not a goal. */
export const beside = (name: string, measured: string, goal = "–"): Row => ({
  name,
  measured,
  goal,
  met: undefined,
});

export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
