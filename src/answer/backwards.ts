import type { Frame, Reply, Term, Unit, Value } from "../core/types.ts";
import { ageOf } from "../standards/look-up.ts";
import { convert } from "../words/units.ts";
import { evidence } from "./evidence.ts";
import {
  ageTerm,
  columnMetric,
  decimals,
  metricTerm,
  nameOf,
  sexIn,
  seriesFor,
  stemsOf,
  type House,
} from "./house.ts";
import { amountTerm, printed, subject, tableSaid } from "./measure.ts";

/** The table read backwards: the age at which a line reaches an amount, from the two rows it passes it between. `told`: the unit that the target was named in. */
export const backwards = (frame: Frame, house: House, told: Unit | undefined): Reply | undefined => {
  const line = frame.line ?? "";
  const metric = frame.metric ?? "";
  const target = frame.target ?? 0;
  const sex = sexIn(house.standards.sexesOf(stemsOf(house, line), columnMetric(metric)), frame.sex);
  const series = sex ? seriesFor(house, frame, line, sex) : undefined;
  if (!sex || !series || series.by === "live_weight") return undefined;
  const proof = evidence();
  const unit = series.points[0]?.value.unit ?? "";
  const goal = convert(
    { amount: target, unit, digits: decimals(target) },
    told ?? frame.unit ?? (unit === "g" && target >= 1000 ? "kg" : null),
  );
  const targetTerm: Term = goal;
  const found = ageOf(series, target);
  const last = series.points.at(-1);
  if (!last) return undefined;
  if (!found) {
    const top = series.points.reduce((best, point) =>
      point.value.amount > best.value.amount ? point : best,
    );
    proof.cite(series.table, [top.row], top.value.column);
    const most: Term = { amount: top.value.amount, unit, digits: top.value.digits };
    return {
      via: "unknown",
      frame,
      blocks: [
        {
          type: "say",
          words: {
            key: "unknown.never_reached",
            vars: {
              line: nameOf(house, line),
              max: most,
              age: ageTerm(series.by, top.at),
              target: targetTerm,
            },
          },
        },
        ...proof.blocks(),
      ],
      sources: proof.sources,
    };
  }
  const rows = found.rows.map((point) => printed({ ...frame, unit: null }, line, sex, series, point, proof));
  const [before, after] = rows;
  if (!before) return undefined;
  const value: Value = {
    metric: "age",
    amount: found.at,
    unit: series.by,
    low: null,
    high: null,
    line,
    sex,
    interpolated: after !== undefined,
    source: before.value.source,
  };
  const at = (index: number): Term => ageTerm(series.by, found.rows[index]?.at ?? 0);
  return {
    via: "calculator",
    frame,
    blocks: [
      {
        type: "value",
        amount: ageTerm(series.by, found.at),
        parts: [...subject(house, line, sex), targetTerm, metricTerm(metric)],
      },
      {
        type: "formula",
        words: after
          ? {
              key: "formula.reverse",
              vars: {
                before: amountTerm(before),
                from: at(0),
                after: amountTerm(after),
                to: at(1),
                target: targetTerm,
              },
            }
          : { key: "formula.reverse_exact", vars: { value: amountTerm(before), age: at(0) } },
      },
      ...tableSaid(house, frame, line, found.rows[0].row),
      ...proof.blocks(),
    ],
    values: [value, ...rows.map((row) => row.value)],
    sources: proof.sources,
  };
};
