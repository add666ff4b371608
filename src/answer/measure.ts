import type { Block, Frame, Sex, Term, Unit, Value } from "../core/types.ts";
import { livability } from "../calculators/livability.ts";
import { readAt, type NoRead, type Read } from "../standards/look-up.ts";
import { placeOf } from "../standards/place.ts";
import type { Row } from "../standards/table.ts";
import type { Point, Series } from "../standards/series.ts";
import { convert, type Amount } from "../words/units.ts";
import type { Evidence } from "./evidence.ts";
import { ageTerm, kindOf, metricTerm, nameOf, seriesFor, type House } from "./house.ts";

/** A number of a table at one place, in the unit asked for, with all that is said about it. */
export interface Measured {
  value: Value;
  digits: number;
  rangeDigits: number;
  series: Series;
  read: Read;
  /** As the table prints it, where the unit asked for is another. */
  printed: Term | undefined;
}

export type Missing = NoRead & { by: Series["by"] };

const ages = (series: Series, at: number): Pick<Value, "age_days" | "age_weeks" | "live_weight_g"> => {
  if (series.by === "live_weight") return { live_weight_g: at };
  return series.by === "days" ? { age_days: at } : { age_weeks: at };
};

/** Reads one value of a line's table; undefined when no table of it has the metric for that sex and housing. */
export const measure = (
  house: House,
  frame: Frame,
  line: string,
  sex: Sex,
  at: number,
  proof: Evidence,
): Measured | Missing | undefined => {
  const series = seriesFor(house, frame, line, sex);
  if (!series) return undefined;
  const read = readAt(series, at);
  if ("reason" in read) return { ...read, by: series.by };
  return measured(frame, line, sex, series, at, read, proof);
};

/** The row of a value; of an interpolated one both, which may stand on two pages. */
const citeRows = (proof: Evidence, series: Series, read: Read, column: string): number => {
  const rows = read.rows.map((point) => point.row);
  const places = (): string[] => rows.map((row) => JSON.stringify(placeOf(series.table, row, column)));
  if (rows.length === 1 || new Set(places()).size === 1) return proof.cite(series.table, rows, column);
  const [first = 0] = rows.map((row) => proof.cite(series.table, [row], column));
  return first;
};

/** A row of the table as it stands, nothing interpolated. */
export const printed = (
  frame: Frame,
  line: string,
  sex: Sex,
  series: Series,
  point: Point,
  proof: Evidence,
): Measured =>
  measured(
    frame,
    line,
    sex,
    series,
    point.at,
    { value: point.value, rows: [point], interpolated: false },
    proof,
  );

/** The value of a read place in the unit that the frame asks for, its source cited. */
export const measured = (
  frame: Frame,
  line: string,
  sex: Sex,
  series: Series,
  at: number,
  read: Read,
  proof: Evidence,
): Measured => {
  const { value: cell } = read;
  const metric = frame.metric ?? "";
  const own = metric === "livability" ? alive(cell) : cell;
  const told = tell(own.amount, own.unit, own.digits, frame.unit);
  const bound = (amount: number | null): Amount | undefined =>
    amount === null ? undefined : tell(amount, own.unit, own.rangeDigits, frame.unit);
  const low = bound(own.low);
  const high = bound(own.high);
  const row = read.rows[0].row;
  const source = citeRows(proof, series, read, cell.column);
  const value: Value = {
    metric,
    amount: told.amount,
    unit: told.unit,
    low: low?.amount ?? null,
    high: high?.amount ?? null,
    line,
    sex,
    ...ages(series, at),
    ...(row.housing ? { housing: row.housing } : {}),
    ...(row.phase && cell.inPhase ? { phase: row.phase } : {}),
    interpolated: read.interpolated,
    source,
  };
  const printed: Term | undefined =
    told.unit === own.unit ? undefined : { amount: own.amount, unit: own.unit, digits: own.digits };
  return {
    value,
    digits: told.digits,
    rangeDigits: Math.max(low?.digits ?? 0, high?.digits ?? 0),
    series,
    read,
    printed,
  };
};

const tell = (
  amount: number,
  unit: string,
  digits: number,
  asked: Unit | null,
): { amount: number; unit: string; digits: number } => convert({ amount, unit, digits }, asked);

const alive = (mortality: Read["value"]): Read["value"] => ({
  ...mortality,
  amount: livability(mortality.amount, mortality.digits),
  low: mortality.high === null ? null : livability(mortality.high, mortality.digits),
  high: mortality.low === null ? null : livability(mortality.low, mortality.digits),
});

/** The amount of a value as a term. */
export const amountTerm = ({ value, digits }: Pick<Measured, "value" | "digits">): Term => ({
  amount: value.amount,
  unit: value.unit,
  digits,
});

/** A line and the sex that is told, which layers and whole parent flocks do not have. */
export const subject = (house: House, line: string, sex: Sex): Term[] => {
  const kind = kindOf(house, line);
  const told = kind === "broiler" || (kind === "parent" && sex !== "as_hatched");
  return told ? [nameOf(house, line), { key: `sex.${sex}` }] : [nameOf(house, line)];
};

/** The headline of a value: the number first, then metric, line, sex and place in the table. */
export const headline = (house: House, one: Measured): Block => {
  const { value, series } = one;
  const at = value.age_days ?? value.age_weeks ?? value.live_weight_g ?? 0;
  const parts = subject(house, value.line, value.sex);
  parts.push(ageTerm(series.by, at), metricTerm(value.metric));
  if (value.housing) parts.push({ key: `housing.${value.housing}` });
  return { type: "value", amount: amountTerm(one), parts };
};

/** What must be said beside a value: range, interpolation, conversion, name of the table, phase. */
export const remarks = (house: House, one: Measured): Block[] => {
  const { value, read, series } = one;
  const out: Block[] = [];
  const say = (key: string, vars?: Record<string, Term>): void => {
    out.push({ type: "say", words: vars ? { key, vars } : { key } });
  };
  if (value.low !== null && value.high !== null) {
    const low: Term = { amount: value.low, unit: value.unit, digits: one.rangeDigits };
    const high: Term = { amount: value.high, unit: value.unit, digits: one.rangeDigits };
    if (read.value.averagePrinted) say("note.range_avg", { low, high, avg: amountTerm(one) });
    else say("note.range", { low, high });
  }
  if (value.metric === "livability") {
    const mortality: Term = { amount: read.value.amount, unit: "", digits: read.value.digits };
    out.push({
      type: "formula",
      words: {
        key: "formula.livability",
        vars: { mortality, result: { amount: value.amount, unit: "", digits: read.value.digits } },
      },
    });
  }
  const [first, last] = read.rows;
  if (last) say("note.interpolated", { from: ageTerm(series.by, first.at), to: ageTerm(series.by, last.at) });
  if (read.value.inPhase && first.row.phase)
    say("note.in_phase", { phase: { key: `phase.${first.row.phase}` } });
  if (one.printed) say("note.converted", { printed: one.printed });
  out.push(...servedSaid(house, value.line, first.row));
  return out;
};

/** The housing that was not named but written into the answer, said aloud. */
export const housingSaid = (frame: Frame, row: Row): Block[] => {
  const out: Block[] = [];
  if (row.housing && frame.housing === undefined)
    out.push({ type: "say", words: { key: "note.housing_default" } });
  if (row.rearing_house && frame.rearing_house === undefined)
    out.push({
      type: "say",
      words: {
        key: "note.rearing_house_default",
        vars: { house: { key: `rearing_house.${row.rearing_house}` } },
      },
    });
  return out;
};

/** The name of the table, where the line goes by another one ("Lohmann Brown-Classic"). */
const servedSaid = (house: House, line: string, row: Row): Block[] => {
  const name = nameOf(house, line);
  if (row.product.split(" / ").some((product) => name.startsWith(product))) return [];
  return [{ type: "say", words: { key: "note.served_from", vars: { line: name, table: row.product } } }];
};

/** What is said of the table of an answer that shows several of its rows. */
export const tableSaid = (house: House, frame: Frame, line: string, row: Row): Block[] => [
  ...servedSaid(house, line, row),
  ...housingSaid(frame, row),
];
