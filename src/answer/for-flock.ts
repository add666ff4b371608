import type { Frame, Reply, Term, Value } from "../core/types.ts";
import { total } from "../calculators/total.ts";
import { comfortable, convert } from "../words/units.ts";
import type { Evidence } from "./evidence.ts";
import { ageTerm, decimals, metricTerm, type House } from "./house.ts";
import { housingSaid, remarks, subject, type Measured } from "./measure.ts";

/** Amounts that add up over birds. */
const ADDS_UP = new Set([
  "body_weight",
  "daily_feed",
  "cum_feed",
  "water",
  "daily_gain",
  "egg_mass",
  "eggs_per_hen_housed",
  "eggs_per_hen_day",
  "cum_egg_mass",
]);

/** Total of a whole flock: birds × the table's amount per bird, the formula shown. */
export const forFlock = (frame: Frame, each: Measured, proof: Evidence, house: House): Reply | undefined => {
  const birds = frame.birds ?? 0;
  if (!frame.metric || !ADDS_UP.has(frame.metric)) return undefined;
  const own = each.read.value;
  const summed = { amount: total(birds, own.amount), unit: own.unit, digits: own.digits };
  const told = frame.unit === null ? comfortable(summed) : convert(summed, frame.unit);
  const sum: Term = { ...told, digits: Math.min(told.digits, decimals(told.amount)) };
  const at = each.value.age_days ?? each.value.age_weeks ?? 0;
  const value: Value = { ...each.value, amount: told.amount, unit: told.unit, low: null, high: null, birds };
  // in the table's own unit: a bird's share in tonnes would round to nothing
  const eachTerm: Term = { amount: own.amount, unit: own.unit, digits: own.digits };
  return {
    via: "calculator",
    frame,
    blocks: [
      {
        type: "value",
        amount: sum,
        parts: [
          ...subject(house, each.value.line, each.value.sex),
          ageTerm(each.series.by, at),
          { times: birds, of: metricTerm(frame.metric) },
        ],
      },
      {
        type: "formula",
        words: {
          key: "formula.total",
          vars: {
            birds: { amount: birds, unit: "", digits: 0 },
            count: { amount: birds, unit: "", digits: 0 },
            each: eachTerm,
            total: sum,
          },
        },
      },
      ...remarks(house, each),
      ...housingSaid(frame, each.read.rows[0].row),
      ...proof.blocks(),
    ],
    values: [value, each.value],
    sources: proof.sources,
  };
};
