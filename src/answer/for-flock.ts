import type { Block, Frame, Reply, Term, Value } from "../core/types.ts";
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

/** Totals of a whole flock, one for every line or age that was asked: birds × the table's amount per bird. */
export const forFlock = (
  frame: Frame,
  main: readonly [Measured, ...Measured[]],
  said: readonly Block[],
  proof: Evidence,
  house: House,
): Reply | undefined => {
  if (!frame.metric || !ADDS_UP.has(frame.metric)) return undefined;
  const totals = main.map((each) => flockTotal(frame, each, house));
  return {
    via: "calculator",
    frame,
    blocks: [
      ...totals.flatMap(({ blocks }) => blocks),
      ...said,
      ...housingSaid(frame, main[0].read.rows[0].row),
      ...proof.blocks(),
    ],
    values: totals.flatMap(({ values }) => values),
    sources: proof.sources,
  };
};

/** The total of one line at one age with its formula, and the amount per bird behind it. */
const flockTotal = (frame: Frame, each: Measured, house: House): { blocks: Block[]; values: Value[] } => {
  const birds = frame.birds ?? 0;
  const own = each.read.value;
  const summed = { amount: total(birds, own.amount), unit: own.unit, digits: own.digits };
  const told = frame.unit === null ? comfortable(summed) : convert(summed, frame.unit);
  const sum: Term = { ...told, digits: Math.min(told.digits, decimals(told.amount)) };
  const at = each.value.age_days ?? each.value.age_weeks ?? 0;
  const value: Value = { ...each.value, amount: told.amount, unit: told.unit, low: null, high: null, birds };
  // in the table's own unit: a bird's share in tonnes would round to nothing
  const eachTerm: Term = { amount: own.amount, unit: own.unit, digits: own.digits };
  const number: Term = { amount: birds, unit: "", digits: 0 };
  const parts = [
    ...subject(house, each.value.line, each.value.sex),
    ageTerm(each.series.by, at),
    { times: birds, of: metricTerm(frame.metric ?? "") },
  ];
  const vars = { birds: number, count: number, each: eachTerm, total: sum };
  return {
    blocks: [
      { type: "value", amount: sum, parts },
      { type: "formula", words: { key: "formula.total", vars } },
      ...remarks(house, each),
    ],
    values: [value, each.value],
  };
};
