import type { Block, Frame, Reply, Term, Value } from "../core/types.ts";
import type { Specification } from "../standards/look-up.ts";
import { evidence, marketKey, phaseKey } from "./evidence.ts";
import { metricTerm, nameOf, stemsOf, type House } from "./house.ts";

const ENERGY_UNITS: Readonly<Record<string, string>> = { kcal: "kcal/kg", MJ: "MJ/kg" };

/** "13-28" and "50-market": whether an age in days falls into the days that a feed is given. */
const fedAt = (days: string | undefined, age: number): boolean => {
  const [from, to] = (days ?? "").split("-");
  return age >= Number(from) && (Number.isNaN(Number(to)) || age <= Number(to));
};

const chosen = (frame: Frame, all: readonly Specification[]): Specification[] =>
  all.filter(({ row }) => {
    const phase = phaseKey(row.phase ?? "");
    if (frame.phase && phase !== frame.phase && !phase.startsWith(`${frame.phase}_`)) return false;
    if (frame.market && marketKey(row.market ?? "") !== frame.market) return false;
    const age = frame.age_days;
    return age === undefined || age === null || fedAt(row.feed_days, age);
  });

const amountOf = ({ value }: Specification): Term => {
  const amount: Term = { amount: value.amount, unit: value.unit, digits: value.rangeDigits };
  if (value.low === null || value.high === null) return amount;
  return { low: value.low, high: value.high, unit: value.unit, digits: value.rangeDigits };
};

/** Feed specifications of a line: the level of a nutrient in each phase (and market) that the question leaves open. */
export const specification = (frame: Frame, house: House): Reply | undefined => {
  const metric = frame.metric ?? "";
  const unit =
    metric === "metabolizable_energy" ? (ENERGY_UNITS[frame.unit ?? "kcal"] ?? "kcal/kg") : undefined;
  const all = house.standards.specifications(stemsOf(house, frame.line), metric, unit);
  if (all.length === 0) return undefined;
  const rows = chosen(frame, all);
  if (rows.length === 0) return noPhase(frame, house);
  const told = rows;
  const proof = evidence();
  const [only] = told;
  if (!only) return undefined;
  proof.span(
    only.table,
    told.map(({ row }) => row),
    only.value.column,
  );
  const line = frame.line ?? "";
  const values: Value[] = told.map(({ table, row, value }) => ({
    metric,
    amount: value.amount,
    unit: value.unit,
    low: value.low,
    high: value.high,
    line,
    sex: "as_hatched",
    phase: phaseKey(row.phase ?? ""),
    market: marketKey(row.market ?? ""),
    interpolated: false,
    source: proof.cite(table, [row], value.column),
  }));
  const name = nameOf(house, line);
  const same = told.every(({ value }) => value.amount === only.value.amount && value.low === only.value.low);
  const parts: Term[] = [name, metricTerm(metric)];
  if (told.every(({ row }) => row.phase === only.row.phase))
    parts.push({ key: `phase.${phaseKey(only.row.phase ?? "")}` });
  if (told.length === 1) parts.push({ key: `market.${marketKey(only.row.market ?? "")}` });
  const blocks: Block[] = [];
  if (same) blocks.push({ type: "value", amount: amountOf(only), parts });
  else blocks.push({ type: "value", amount: { list: distinctAmounts(told) }, parts });
  if (told.length > 1)
    blocks.push({
      type: "table",
      head: [{ key: "table.market" }, { key: "table.phase" }, { key: "table.days_fed" }, metricTerm(metric)],
      rows: told.map((one) => [
        { key: `market.${marketKey(one.row.market ?? "")}` },
        { key: `phase.${phaseKey(one.row.phase ?? "")}` },
        (one.row.feed_days ?? "").replace("-market", "+"),
        amountOf(one),
      ]),
    });
  if (!only.row.product.includes(name))
    blocks.push({
      type: "say",
      words: { key: "note.served_from", vars: { line: name, table: only.row.product } },
    });
  blocks.push(...proof.blocks());
  return { via: "standard", frame, blocks, values, sources: proof.sources };
};

const distinctAmounts = (told: readonly Specification[]): Term[] => {
  const seen = new Set<string>();
  return told.flatMap((one) => {
    const key = `${one.value.low ?? ""} ${one.value.amount}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [amountOf(one)];
  });
};

/** The table has no such phase or class: said, instead of the levels of another. */
const noPhase = (frame: Frame, house: House): Reply => {
  const asked: Term[] = [];
  if (frame.phase) asked.push({ key: `phase.${frame.phase}` });
  if (frame.market) asked.push({ key: `market.${frame.market}` });
  if (frame.age_days !== undefined && frame.age_days !== null)
    asked.push({ key: "age.day", vars: { n: String(frame.age_days) } });
  return {
    via: "unknown",
    frame,
    blocks: [
      {
        type: "say",
        words: {
          key: "unknown.blank_cell",
          vars: {
            line: nameOf(house, frame.line ?? ""),
            metric: metricTerm(frame.metric ?? ""),
            asked: { list: asked },
          },
        },
      },
    ],
  };
};
