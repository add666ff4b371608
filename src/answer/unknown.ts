import type { Block, Frame, Reply, Sex, Term } from "../core/types.ts";
import type { Missing } from "./measure.ts";
import {
  ageTerm,
  columnMetric,
  kindOf,
  metricTerm,
  nameOf,
  stemsOf,
  type Answering,
  type House,
} from "./house.ts";

const saying = (
  frame: Frame | null,
  key: string,
  vars?: Record<string, Term>,
  more: Block[] = [],
): Reply => ({
  via: "unknown",
  frame,
  blocks: [{ type: "say", words: vars ? { key, vars } : { key } }, ...more],
});

/** Metrics of our frames that have no word of their own in answers.json are told by the lexicon's first form. */
const metricName = (house: House, metric: string): Term =>
  house.book.has("en", `metric.${metric}`) ? metricTerm(metric) : { concept: metric };

/** The table ends before that age, or leaves the cell blank. */
export const noReading = (frame: Frame, missing: Missing, house: House): Reply => {
  const at = frame.live_weight_g ?? frame.age_days ?? frame.age_weeks ?? 0;
  const asked = missing.from <= at && at <= missing.to && frame.to_age !== undefined ? frame.to_age : at;
  const vars = {
    line: nameOf(house, frame.line ?? ""),
    metric: metricTerm(frame.metric ?? ""),
    from: ageTerm(missing.by, missing.from),
    to: ageTerm(missing.by, missing.to),
    asked: ageTerm(missing.by, asked),
  };
  return saying(frame, `unknown.${missing.reason === "blank" ? "blank_cell" : "out_of_range"}`, vars);
};

/** The table gives the metric for other sexes than the one asked for. */
export const noSex = (frame: Frame, available: readonly Sex[], house: House): Reply =>
  saying(frame, "unknown.sex_not_in_table", {
    line: nameOf(house, frame.line ?? ""),
    metric: metricTerm(frame.metric ?? ""),
    sexes: { list: available.map((sex) => ({ key: `sex.${sex}` })) },
  });

const linesWithTables = (house: House, frame: Frame): Term => {
  const kind = kindOf(house, frame.line);
  const same = Object.entries(house.lines).filter(
    ([, line]) => line.tables.length > 0 && (kind === undefined || line.kind === kind),
  );
  return { list: same.map(([, line]) => line.name) };
};

/** Nothing in the sources: says why, and what there is instead. */
export const unknown: Answering = ({ frame, parsed }, house) => {
  if (parsed.otherSpecies && frame === null) return saying(null, "unknown.other_species");
  if (frame?.line) {
    const stems = stemsOf(house, frame.line);
    if (stems.length === 0)
      return saying(frame, "unknown.no_table", {
        line: nameOf(house, frame.line),
        lines: linesWithTables(house, frame),
      });
    const metrics = house.standards.metricsOf(stems);
    if (frame.metric && !metrics.includes(columnMetric(frame.metric)))
      return saying(frame, "unknown.no_metric", {
        line: nameOf(house, frame.line),
        metric: metricName(house, frame.metric),
        metrics: {
          list: metrics
            .filter((metric) => !metric.startsWith("digestible_") && !metric.startsWith("added_"))
            .map(metricTerm),
        },
      });
  }
  return saying(frame, "unknown.general", undefined, [{ type: "examples" }]);
};
