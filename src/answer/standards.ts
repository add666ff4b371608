import type { Block, Frame, Sex, Term, Value } from "../core/types.ts";
import { NUTRIENT_METRICS } from "../question/metric.ts";
import { evidence, type Evidence } from "./evidence.ts";
import { kindOf, nameOf, sexIn, stemsOf, columnMetric, type Answering, type House } from "./house.ts";
import { amountTerm, headline, housingSaid, measure, remarks, type Measured } from "./measure.ts";
import { noReading, noSex } from "./unknown.ts";
import { ageInPeriod } from "./peak.ts";
import { overRange } from "./over-range.ts";
import { backwards } from "./backwards.ts";
import { specification } from "./specification.ts";
import { forFlock } from "./for-flock.ts";

/** Where in the table a frame asks: an age or a live weight; undefined when it does not say. */
const placeIn = (frame: Frame): number | undefined =>
  frame.live_weight_g ?? frame.age_days ?? frame.age_weeks ?? undefined;

/** Both sexes, where the table has no mixed column and none was asked for. */
const sexesToTell = (available: readonly Sex[], frame: Frame): Sex[] => {
  const own = sexIn(available, frame.sex);
  if (own) return [own];
  return frame.sex === "as_hatched" ? [...available] : [];
};

/** Numbers of the breed standards: the value asked for, with its proof. */
export const standard: Answering = (question, house) => {
  const { frame } = question;
  if (!frame?.line || !frame.metric) return undefined;
  const stems = stemsOf(house, frame.line);
  if (stems.length === 0) return undefined;
  if (NUTRIENT_METRICS.has(frame.metric)) return specification(frame, house);
  const available = house.standards.sexesOf(stems, columnMetric(frame.metric));
  if (available.length === 0) return undefined;
  if (frame.target !== undefined) return backwards(frame, house, question.draft.massUnit);
  const peak = frame.phase === "peak" && placeIn(frame) === undefined ? ageInPeriod(frame, house) : undefined;
  const at = peak ?? placeIn(frame);
  if (at === undefined) return undefined;
  const sexes = sexesToTell(available, frame);
  if (sexes.length === 0) return noSex(frame, available, house);
  if (frame.to_age !== undefined) return overRange(frame, house);
  const proof = evidence();
  const main: Measured[] = [];
  for (const line of [frame.line, ...(frame.versus ? [frame.versus] : [])])
    for (const [sex, place] of sexes.flatMap((one) =>
      [at, ...(frame.and_age === undefined ? [] : [frame.and_age])].map((age) => [one, age] as const),
    )) {
      const found = measure(house, frame, line, sex, place, proof);
      if (found && "value" in found) main.push(found);
      else if (line === frame.line && found) return noReading(frame, found, house);
    }
  const [first, ...others] = main;
  if (!first) return undefined;
  const said =
    frame.versus && main.every((one) => one.value.line !== frame.versus) ? [notCompared(frame, house)] : [];
  if (frame.birds !== undefined) {
    const flock = forFlock(frame, [first, ...others], said, proof, house);
    if (flock) return flock;
  }
  const assumed = question.draft.sex === undefined && assumesSex(house, first);
  const beside = assumed && others.length === 0 ? besides(frame, first, at, house, proof) : [];
  const blocks: Block[] = [];
  for (const [index, one] of main.entries()) {
    blocks.push(headline(house, one));
    if (index === 0 || one.value.line !== first.value.line) blocks.push(...remarks(house, one));
  }
  blocks.push(
    ...said,
    ...sexesSaid(assumed && others.length > 0, beside),
    ...housingSaid(frame, first.read.rows[0].row),
    ...proof.blocks(),
  );
  const values: Value[] = [...main, ...beside].map((one) => one.value);
  return {
    via: frame.metric === "livability" ? "calculator" : "standard",
    frame,
    blocks,
    values,
    sources: proof.sources,
    suggestions: next(frame, first, house),
  };
};

/** The second line has no such number: said, instead of leaving the comparison one-sided. */
const notCompared = (frame: Frame, house: House): Block => ({
  type: "say",
  words: {
    key: "unknown.no_table",
    vars: {
      line: nameOf(house, frame.versus ?? ""),
      lines: {
        list: Object.values(house.lines)
          .filter((line) => line.tables.length > 0 && line.kind === kindOf(house, frame.line))
          .map((line) => line.name),
      },
    },
  },
});

/** A broiler table of mixed sexes was read. */
const assumesSex = (house: House, { value }: Measured): boolean =>
  value.sex === "as_hatched" && kindOf(house, value.line) === "broiler";

/** Males and females beside a mixed value that was given because no sex was named. */
const besides = (frame: Frame, first: Measured, at: number, house: House, proof: Evidence): Measured[] => {
  return (["male", "female"] as const).flatMap((sex) => {
    const found = measure(house, frame, first.value.line, sex, at, proof);
    return found && "value" in found ? [found] : [];
  });
};

/** The sex that was not named, said aloud, with males and females beside where one number was asked. */
const sexesSaid = (several: boolean, beside: readonly Measured[]): Block[] => {
  const assumed: Block = { type: "say", words: { key: "note.sex_default" } };
  const [male, female] = beside;
  if (!male || !female) return several ? [assumed] : [];
  const vars = { male: amountTerm(male), female: amountTerm(female) };
  return [assumed, { type: "say", words: { key: "note.by_sex", vars } }];
};

/** Short follow-ups that the product answers: the sexes and the next ages. */
const next = (frame: Frame, first: Measured, house: House): Term[] => {
  const out: Term[] = [];
  if (kindOf(house, frame.line) === "broiler" && frame.sex === "as_hatched")
    out.push({ key: "quick.male" }, { key: "quick.female" });
  const { points, by } = first.series;
  const at = first.value.age_days ?? first.value.age_weeks;
  if (at === undefined || by === "live_weight") return out;
  const step = by === "days" ? 7 : 10;
  for (const n of [at + step, at + 2 * step])
    if (Number.isInteger(n) && points.some((point) => point.at === n))
      out.push({ key: by === "days" ? "quick.at_day" : "quick.at_week", vars: { n: String(n) } });
  return out;
};
