import type { Frame } from "../core/types.ts";
import { columnMetric, sexIn, seriesFor, stemsOf, type House } from "./house.ts";

/** Age at which a line's metric is at its peak in the table; undefined when there is no such series. */
export const ageInPeriod = (frame: Frame, house: House): number | undefined => {
  const line = frame.line ?? "";
  const sex = sexIn(
    house.standards.sexesOf(stemsOf(house, line), columnMetric(frame.metric ?? "")),
    frame.sex,
  );
  const series = sex ? seriesFor(house, frame, line, sex) : undefined;
  const best = series?.points.reduce((top, point) => (point.value.amount > top.value.amount ? point : top));
  return best?.at;
};
