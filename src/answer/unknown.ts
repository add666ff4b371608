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
const metricName = (house: House, metric: string): Term => {
  if (house.book.has("en", `metric.${metric}`)) return metricTerm(metric);
  const [qualifier = "", ...rest] = metric.split("_");
  return COMPOSED.has(qualifier)
    ? { list: [{ concept: qualifier }, { concept: rest.join("_") }] }
    : { concept: metric };
};

/** Qualifiers of metrics that only a refusal names: "total_lysine", "weekly_gain". */
const COMPOSED = new Set(["total", "weekly"]);

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
  const housing = frame && frame.housing ? otherHousing(frame, house) : undefined;
  return housing ?? saying(frame, "unknown.general", undefined, [{ type: "examples" }]);
};

/** The line has the metric, in another housing than the one asked for. */
const otherHousing = (frame: Frame, house: House): Reply | undefined => {
  if (!frame.line || !frame.metric) return undefined;
  const found = house.standards.series(stemsOf(house, frame.line), {
    metric: columnMetric(frame.metric),
    sex: "as_hatched",
    housing: frame.housing === "cage" ? "alternative" : "cage",
  });
  const row = found?.points[0]?.row;
  if (!row?.housing) return undefined;
  return saying(frame, "unknown.sex_not_in_table", {
    line: nameOf(house, frame.line),
    metric: metricTerm(frame.metric),
    sexes: { list: [{ key: `housing.${row.housing}` }] },
  });
};
