import type { Block, Frame, Reply, Term, Value } from "../core/types.ts";
import { EGG_METRICS, NUTRIENT_METRICS, YIELD_METRICS } from "../question/metric.ts";
import { productOf } from "../question/frame.ts";
import { evidence } from "./evidence.ts";
import {
  ageTerm,
  columnMetric,
  kindOf,
  metricTerm,
  nameOf,
  sexIn,
  seriesFor,
  stemsOf,
  type Answering,
  type House,
} from "./house.ts";
import { measure, printed, tableSaid, type Measured } from "./measure.ts";
import { rowTerm } from "./over-range.ts";
import { asksTooLittle } from "./too-little.ts";
import { isTwofold, type Understood } from "./understand.ts";

const MOST_ROWS = 8;

const say = (key: string, vars?: Record<string, Term>): Block => ({
  type: "say",
  words: vars ? { key, vars } : { key },
});

/** Asks back for the one thing that is missing, and gives at once what can be given. */
export const clarify: Answering = (question, house) => {
  const { frame, fragment, parsed } = question;
  if (fragment)
    return {
      via: "clarify",
      frame: null,
      blocks: [say("clarify.nothing_to_complete"), { type: "examples" }],
    };
  if (frame === null)
    return isTwofold(parsed) || asksTooLittle(question)
      ? { via: "clarify", frame: null, blocks: [say("clarify.everything"), { type: "examples" }] }
      : undefined;
  if (frame.line === null) return whichLine(question, frame, house);
  const stems = stemsOf(house, frame.line);
  if (stems.length === 0) return undefined;
  if (frame.metric === null) return parsed.understood > 0 ? whichMetric(frame, house) : undefined;
  if (NUTRIENT_METRICS.has(frame.metric) || frame.target !== undefined || frame.phase === "peak")
    return undefined;
  if (!house.standards.metricsOf(stems).includes(columnMetric(frame.metric))) return undefined;
  if (
    (frame.live_weight_g ?? frame.age_days ?? frame.age_weeks ?? null) !== null &&
    !(YIELD_METRICS.has(frame.metric) && frame.live_weight_g === undefined)
  )
    return undefined;
  return whichAge(frame, house);
};

const exampleAges = (frame: Frame, kind: string | undefined): Term[] => {
  const days = kind === "broiler" || frame.age_days !== undefined;
  return (days ? [7, 14, 21, 28, 35, 42] : [18, 25, 30, 40, 50, 60, 70]).map((n) => ({
    key: days ? "quick.at_day" : "quick.at_week",
    vars: { n: String(n) },
  }));
};

const whichAge = (frame: Frame, house: House): Reply => {
  const line = frame.line ?? "";
  const metric = frame.metric ?? "";
  const available = house.standards.sexesOf(stemsOf(house, line), columnMetric(metric));
  const sex = sexIn(available, frame.sex) ?? available[0] ?? "as_hatched";
  const series = seriesFor(house, frame, line, sex);
  const kind = kindOf(house, line);
  if (!series || series.points.length === 0)
    return {
      via: "clarify",
      frame,
      blocks: [say(kind === "broiler" ? "clarify.age_days" : "clarify.age_weeks")],
    };
  const places = someOf(
    series.points.map((point) => point.at),
    series.by,
  );
  const proof = evidence();
  const shown = series.points.filter((point) => places.includes(point.at));
  proof.span(
    series.table,
    shown.map((point) => point.row),
    shown[0]?.value.column ?? "",
  );
  const rows = shown.map((point) => printed(frame, line, sex, series, point, proof));
  const head: Term[] = [
    {
      key:
        series.by === "live_weight" ? "table.live_weight" : series.by === "days" ? "table.day" : "table.week",
    },
    metricTerm(metric),
  ];
  const [first] = shown;
  const blocks: Block[] = [
    say(
      series.by === "live_weight"
        ? "clarify.live_weight"
        : series.by === "days"
          ? "clarify.age_days"
          : "clarify.age_weeks",
    ),
    say("clarify.meanwhile", {
      metric: metricTerm(metric),
      line: nameOf(house, line),
      sex: { key: `sex.${sex}` },
    }),
    { type: "table", head, rows: rows.map((row) => [placeTerm(row), rowTerm(row)]) },
    ...(first ? tableSaid(house, frame, line, first.row) : []),
    ...proof.blocks(),
  ];
  return {
    via: "clarify",
    frame,
    blocks,
    values: rows.map((row) => row.value),
    sources: proof.sources,
    suggestions: series.by === "live_weight" ? [] : exampleAges(frame, kind),
  };
};

const placeTerm = (row: Measured): Term =>
  row.series.by === "live_weight"
    ? { amount: row.read.rows[0].at, unit: "g", digits: 0 }
    : String(row.read.rows[0].at);

/** A few places of a table, evenly spaced: whole weeks of a broiler, tens of weeks of a layer. */
const someOf = (places: readonly number[], by: string): number[] => {
  const whole = places.filter((at) => by !== "days" || (at > 0 && at % 7 === 0));
  if (whole.length <= MOST_ROWS) return whole;
  const step = Math.ceil(whole.length / MOST_ROWS);
  return whole.filter((_, index) => index % step === 0);
};

const whichMetric = (frame: Frame, house: House): Reply => {
  const metrics = house.standards
    .metricsOf(stemsOf(house, frame.line))
    .filter((metric) => !NUTRIENT_METRICS.has(metric) && !YIELD_METRICS.has(metric));
  return {
    via: "clarify",
    frame,
    blocks: [
      say("clarify.metric", { line: nameOf(house, frame.line ?? "") }),
      { type: "list", items: metrics.slice(0, MOST_ROWS).map((metric) => ({ key: `metric.${metric}` })) },
    ],
    suggestions: metrics.slice(0, 4).map(metricTerm),
  };
};

/** Asks for the line, and shows the value of every line that has one at that age. */
const whichLine = (question: Understood, frame: Frame, house: House): Reply | undefined => {
  const { draft } = question;
  if (frame.metric === null && draft.choices.length === 0) return undefined;
  const kind =
    productOf(draft, house.lines) ?? (frame.metric && EGG_METRICS.has(frame.metric) ? "layer" : undefined);
  const candidates = (draft.choices.length > 0 ? draft.choices : Object.keys(house.lines)).filter((id) => {
    const line = house.lines[id];
    if (!line || line.oneOf !== undefined) return false;
    if (draft.choices.length > 0) return true;
    if (line.tables.length === 0 || (kind === undefined ? line.kind === "parent" : line.kind !== kind))
      return false;
    return (
      frame.metric !== null && house.standards.metricsOf(line.tables).includes(columnMetric(frame.metric))
    );
  });
  const blocks: Block[] = [say("clarify.line")];
  const proof = evidence();
  const values: Value[] = [];
  const at = frame.age_days ?? frame.age_weeks;
  if (
    frame.metric !== null &&
    at !== undefined &&
    at !== null &&
    frame.to_age === undefined &&
    question.parsed.unread === 0
  ) {
    const rows = candidates.flatMap((line) => {
      const found = inLine(house, frame, line, at, proof);
      return found ? [found] : [];
    });
    const [first] = rows;
    if (first) {
      values.push(...rows.map((row) => row.value));
      blocks.push(
        say("clarify.by_line", {
          metric: metricTerm(frame.metric),
          age: ageTerm(first.series.by, first.read.rows[0].at),
        }),
        {
          type: "table",
          head: [{ key: "table.line" }, { key: "table.value" }],
          rows: rows.map((row) => [nameOf(house, row.value.line), rowTerm(row)]),
        },
        ...proof.blocks(),
      );
    }
  }
  return {
    via: "clarify",
    frame,
    blocks,
    values,
    sources: proof.sources,
    suggestions: candidates.slice(0, 6).map((id) => nameOf(house, id)),
  };
};

const inLine = (
  house: House,
  frame: Frame,
  line: string,
  at: number,
  proof: ReturnType<typeof evidence>,
): Measured | undefined => {
  const kind = kindOf(house, line);
  const sex = sexIn(
    house.standards.sexesOf(stemsOf(house, line), columnMetric(frame.metric ?? "")),
    kind === "layer" ? "as_hatched" : frame.sex,
  );
  if (!sex) return undefined;
  // the same age in the unit of that line's table
  const place =
    kind === "broiler" ? (frame.age_days ?? (frame.age_weeks ?? 0) * 7) : (frame.age_weeks ?? at / 7);
  const found = measure(house, frame, line, sex, Number(place.toFixed(3)), proof);
  return found && "value" in found ? found : undefined;
};
