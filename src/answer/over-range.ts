import type { Block, Frame, Reply, Term, Value } from "../core/types.ts";
import { difference } from "../calculators/difference.ts";
import { CUMULATIVE } from "../standards/columns.ts";
import { readAt } from "../standards/look-up.ts";
import { comfortable, convert } from "../words/units.ts";
import { total } from "../calculators/total.ts";
import { evidence } from "./evidence.ts";
import {
  ageTerm,
  columnMetric,
  decimals,
  metricTerm,
  sexIn,
  seriesFor,
  stemsOf,
  type House,
} from "./house.ts";
import { amountTerm, housingSaid, tableSaid, measured, subject, type Measured } from "./measure.ts";
import { noReading } from "./unknown.ts";

const MOST_ROWS = 12;

/** Ages of a span to show: every one while they are few, else evenly spaced with both ends. */
const agesOf = (from: number, to: number, by: "days" | "weeks" | "live_weight"): number[] => {
  const whole = Array.from({ length: Math.floor(to - from) + 1 }, (_, index) => from + index);
  if (whole.length <= MOST_ROWS) return whole;
  const step =
    by === "days" ? 7 * Math.ceil(whole.length / 7 / MOST_ROWS) : Math.ceil(whole.length / MOST_ROWS);
  const ages = whole.filter((_, index) => index % step === 0);
  if (ages.at(-1) !== to) ages.push(to);
  return ages;
};

/** A question about a span of ages: what a cumulative amount grows by, or the values along the span. */
export const overRange = (frame: Frame, house: House): Reply | undefined => {
  const line = frame.line ?? "";
  const metric = frame.metric ?? "";
  const from = frame.age_days ?? frame.age_weeks ?? 0;
  const to = frame.to_age ?? from;
  const sex = sexIn(house.standards.sexesOf(stemsOf(house, line), columnMetric(metric)), frame.sex);
  const series = sex ? seriesFor(house, frame, line, sex) : undefined;
  if (!sex || !series) return undefined;
  const proof = evidence();
  const ends: Measured[] = [];
  for (const at of [from, to]) {
    const read = readAt(series, at);
    if ("reason" in read) return noReading(frame, { ...read, by: series.by }, house);
    ends.push(measured({ ...frame, unit: null }, line, sex, series, at, read, proof));
  }
  const [start, end] = ends;
  if (!start || !end) return undefined;
  const head: Term[] = [...subject(house, line, sex), rangeTerm(series.by, from, to)];
  if (CUMULATIVE.has(metric)) return growth(frame, start, end, head, proof.blocks(), proof.sources);
  const shown = agesOf(from, to, series.by);
  const along = evidence();
  const inSpan = series.points.filter((point) => shown.includes(point.at));
  along.span(
    series.table,
    inSpan.map((point) => point.row),
    start.read.value.column,
  );
  const rows: Measured[] = [];
  for (const at of shown) {
    const read = readAt(series, at);
    if (!("reason" in read)) rows.push(measured(frame, line, sex, series, at, read, along));
  }
  const table: Block = {
    type: "table",
    head: [{ key: series.by === "days" ? "table.day" : "table.week" }, metricTerm(metric)],
    rows: rows.map((row) => [String(row.read.rows[0].at), rowTerm(row)]),
  };
  const blocks: Block[] = [
    {
      type: "value",
      amount: { list: [amountTerm(rows[0] ?? start), amountTerm(rows.at(-1) ?? end)] },
      parts: [...head, metricTerm(metric)],
    },
    table,
  ];
  return {
    via: "standard",
    frame,
    blocks: [
      ...blocks,
      ...phasesSaid(rows),
      ...tableSaid(house, frame, line, start.read.rows[0].row),
      ...along.blocks(),
    ],
    values: rows.map((row) => row.value),
    sources: along.sources,
  };
};

/** A count that starts again at the start of lay: each period of the span is named. */
const phasesSaid = (rows: readonly Measured[]): Block[] =>
  [...new Set(rows.flatMap(({ read }) => (read.value.inPhase ? [read.rows[0].row.phase] : [])))].flatMap(
    (phase) =>
      phase === undefined
        ? []
        : [
            {
              type: "say",
              words: { key: "note.in_phase", vars: { phase: { key: `phase.${phase}` } } },
            } as const,
          ],
  );

const rangeTerm = (by: string, from: number, to: number): Term => ({
  key: by === "days" ? "age.day_range" : "age.week_range",
  vars: {
    from: { amount: from, unit: "", digits: decimals(from) },
    to: { amount: to, unit: "", digits: decimals(to) },
  },
});

/** A cell of the table: the amount, with the printed range where there is one. */
export const rowTerm = (row: Measured): Term => {
  const { low, high, unit } = row.value;
  if (low === null || high === null) return amountTerm(row);
  return { low, high, unit, digits: row.rangeDigits };
};

const growth = (
  frame: Frame,
  start: Measured,
  end: Measured,
  head: Term[],
  proof: Block[],
  sources: Reply["sources"],
): Reply => {
  const digits = Math.max(start.digits, end.digits);
  const each = difference(start.value.amount, end.value.amount, digits);
  const birds = frame.birds;
  const own = { amount: birds === undefined ? each : total(birds, each), unit: end.value.unit, digits };
  const told = frame.unit ? convert(own, frame.unit) : birds === undefined ? own : comfortable(own);
  const eachTerm: Term = { amount: each, unit: end.value.unit, digits };
  const result: Term = { ...told, digits: decimals(told.amount) };
  const { age_days: _days, age_weeks: _weeks, ...rest } = end.value;
  const value: Value = {
    ...rest,
    from_age: start.value.age_days ?? start.value.age_weeks ?? 0,
    to_age: end.value.age_days ?? end.value.age_weeks ?? 0,
    amount: told.amount,
    unit: told.unit,
    low: null,
    high: null,
    ...(birds === undefined ? {} : { birds }),
  };
  const at = (one: Measured): Term => ageTerm(one.series.by, one.value.age_days ?? one.value.age_weeks ?? 0);
  const blocks: Block[] = [
    {
      type: "value",
      amount: result,
      parts: [
        ...head,
        birds === undefined
          ? metricTerm(frame.metric ?? "")
          : { times: birds, of: metricTerm(frame.metric ?? "") },
      ],
    },
    {
      type: "formula",
      words: {
        key: "formula.difference",
        vars: {
          at_end: amountTerm(end),
          end: at(end),
          at_start: amountTerm(start),
          start: at(start),
          result: eachTerm,
        },
      },
    },
  ];
  if (birds !== undefined)
    blocks.push({
      type: "formula",
      words: {
        key: "formula.total",
        vars: {
          birds: { amount: birds, unit: "", digits: 0 },
          count: { amount: birds, unit: "", digits: 0 },
          each: eachTerm,
          total: result,
        },
      },
    });
  return {
    via: "calculator",
    frame,
    blocks: [...blocks, ...housingSaid(frame, start.read.rows[0].row), ...proof],
    values: [value, start.value, end.value],
    sources: sources ?? [],
  };
};
