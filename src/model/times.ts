import type { Placed } from "./quantity.ts";

/** Days of a bird's life. */
export interface Span {
  from: number;
  to: number;
  unit: "day" | "week";
}

const WEEK = 7;
/** No flock of ours lives longer: more weeks are no age. */
const OLDEST_WEEK = 120;
const OLDEST_DAY = 840;

/** The age that a number of days or weeks may tell: "week 4" is its seven days. */
export const spanOf = ({ units, shared, readings }: Placed): Span | undefined => {
  const all = [...units, ...shared];
  const value = readings[0]?.value ?? -1;
  if (all.includes("week") && value >= 0 && value <= OLDEST_WEEK)
    return { from: WEEK * (value - 1) + 1, to: WEEK * value, unit: "week" };
  if (all.includes("day") && value >= 0 && value <= OLDEST_DAY)
    return { from: value, to: value, unit: "day" };
  return undefined;
};

/** From the beginning of the first to the end of the last: "days 1 to 7". */
export const hull = (spans: readonly Span[]): Span | undefined => {
  const [first] = spans;
  if (!first) return undefined;
  return {
    from: Math.min(...spans.map(({ from }) => from)),
    to: Math.max(...spans.map(({ to }) => to)),
    unit: spans.every(({ unit }) => unit === first.unit) ? first.unit : "day",
  };
};

/** The age of a table's value. */
export const spanOfAge = (days: number | undefined, weeks: number | undefined): Span | undefined => {
  if (days !== undefined) return { from: days, to: days, unit: "day" };
  return weeks === undefined ? undefined : { from: WEEK * (weeks - 1) + 1, to: WEEK * weeks, unit: "week" };
};
