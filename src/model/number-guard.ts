import type { Lang } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { hasForeignDigit } from "./digits.ts";
import { ANY, factsFrom, type Evidence, type Fact } from "./evidence.ts";
import { inUnit } from "./measures.ts";
import type { Quantity } from "./quantity.ts";
import { comparable, meet, type Subject, type Values } from "./subjects.ts";
import { aboutOf, isOfTime, statementsIn, type Statement } from "./ties.ts";

export interface NumberGuard {
  /**
   * The numbers of a sentence that nothing supports, as they were read. Its beginning, when that was shown already, and
   * the heading above it tell what they are numbers of.
   */
  unsupported(text: string, before?: string, heading?: string): number[];
}

/** A conversion or rounding that is off by more is another number. */
const MOST_OFF = 0.02;
/** "Two reasons", "in one go": bare number words up to a dozen count nothing that a farmer acts on. */
const FEW = 12;
/** A bare number of a table's cell with so many figures is hardly met by chance. */
const TELLING_FIGURES = 3;

/** Equal, or rounded to the decimals that are printed. */
const rounds = (exact: number, printed: number, decimals: number): boolean => {
  const off = Math.abs(exact - printed);
  if (off <= 1e-9 * Math.max(1, Math.abs(exact))) return true;
  return off <= 0.5 * 10 ** -decimals + 1e-9 && off <= MOST_OFF * Math.abs(exact);
};

const figures = (value: number): number =>
  String(Math.abs(value))
    .replace(".", "")
    .replace(/^0+|0+$/g, "").length;

const supports = (
  fact: Fact,
  { value, decimals }: Quantity["readings"][number],
  units: readonly string[],
): boolean => {
  if (units.length === 0) return rounds(fact.value, value, decimals);
  if (fact.units.includes(ANY)) return rounds(fact.value, value, decimals);
  if (fact.units.length === 0)
    return figures(fact.value) >= TELLING_FIGURES && rounds(fact.value, value, decimals);
  return units.some((unit) =>
    fact.units.some((own) => {
      const exact = inUnit(fact.value, own, unit);
      return exact !== undefined && rounds(exact, value, decimals);
    }),
  );
};

/** Words that tell no certain number: "one" is an article in most languages, "hundreds" a crowd. */
const isVague = ({ spoken, units, readings, round, inPhrase }: Quantity): boolean => {
  const value = readings[0]?.value ?? 0;
  if (inPhrase || (value === 1 && units.length === 0)) return true;
  if (!spoken) return false;
  return value === 1 || (units.length === 0 && (round || value <= FEW));
};

/** Axes on which a sentence may name one part of what its passage is about: a phase, another disease, a measure. */
const LOOSE: ReadonlySet<string> = new Set(["life", "disease", "metric"]);

/** What a fact speaks of on an axis by its sentence, and by its passage where that is asked or may be left out. */
const valuesAt = ({ subject, about }: Fact, axis: string, whole = false): Values | undefined => {
  const [own, all] = [subject.on(axis), about.on(axis)];
  if (!own || !all || !(whole || LOOSE.has(axis))) return own ?? all;
  return { labels: new Set([...own.labels, ...all.labels]), spans: [...own.spans, ...all.spans] };
};

/** True when two subjects differ on no axis that both speak of. */
const agrees = (fact: Fact, subject: Subject): boolean =>
  Array.from(subject.axes()).every((axis) => {
    const [own, values] = [fact.subject.on(axis), subject.on(axis)];
    return own === undefined || values === undefined || meet(own, values);
  });

/** A sentence under a heading speaks of what the heading names, where it names nothing else. */
const under = (heading: Subject | undefined, subject: Subject): Subject =>
  heading === undefined
    ? subject
    : {
        axes: () => new Set([...heading.axes(), ...subject.axes()]),
        on: (axis) => (subject.axes().has(axis) ? subject.on(axis) : heading.on(axis)),
      };

/** Axes that name a thing, by which two passages are known to speak of the same. */
const THINGS = ["climate", "metric", "nutrient", "disease", "equipment", "form"];
const speakOfOneThing = (fact: Fact, subject: Subject): boolean =>
  THINGS.some((axis) => {
    const [own, values] = [valuesAt(fact, axis), subject.on(axis)];
    return own !== undefined && values !== undefined && meet(own, values);
  });

/** Of days and weeks only a span is another bird's: "Ross waits 10 days, Cobb 14". An age is told beside other numbers. */
const OF_SPANS: ReadonlySet<string> = new Set(["line", "bird"]);

/**
 * Holds every number of a model's text, in digits of any script or in words, against the passages, the tables' values
 * and the question: the same number of the same unit, converted and rounded as printed, or it is not supported. A
 * number that the evidence gives for another bird, age, sex or thing is not, where it has one for those that are named.
 */
export const numberGuard = (lexicon: Lexicon, lang: Lang, evidence: Evidence): NumberGuard => {
  // read now, while the model is still thinking
  const facts: readonly Fact[] = factsFrom(evidence, lexicon);

  /** Another number of the same kind is known of what the text speaks of on that axis, and this fact is not. */
  const isExchanged = (fact: Fact, { quantity, subject, timesOnly }: Statement): boolean => {
    const units = [...quantity.units, ...quantity.shared];
    if (units.length === 0) return false;
    const times = isOfTime(quantity);
    if (times && !(timesOnly && fact.timesOnly)) return false;
    return Array.from(subject.axes()).some((axis) => {
      const [own, values] = [valuesAt(fact, axis), subject.on(axis)];
      if (!own || !values || meet(own, values) || (times && !OF_SPANS.has(axis))) return false;
      return facts.some((other) => {
        if (!comparable(other.units, fact.units)) return false;
        const near = other.source === fact.source;
        // inside one passage only what its sentences say themselves parts two numbers
        if (near && !(other.subject.on(axis) && fact.subject.on(axis))) return false;
        const told = valuesAt(other, axis);
        const apart = near ? own : (valuesAt(fact, axis, true) ?? own);
        return (
          told !== undefined &&
          (!times || other.timesOnly) &&
          meet(told, values) &&
          !meet(apart, values) &&
          !meet(told, apart) &&
          agrees(other, subject) &&
          !quantity.readings.some((reading) => supports(other, reading, quantity.units)) &&
          (near || speakOfOneThing(other, subject))
        );
      });
    });
  };

  const isSupported = (statement: Statement): boolean => {
    const { quantity } = statement;
    if (isVague(quantity)) return true;
    const { readings, units, apart } = quantity;
    const known = facts.filter((fact) => readings.some((reading) => supports(fact, reading, units)));
    if (known.some((fact) => !isExchanged(fact, statement))) return true;
    return apart !== undefined && apart.every((part) => isSupported({ ...statement, quantity: part }));
  };

  return {
    unsupported(text, before, heading) {
      if (hasForeignDigit(text)) return [Number.NaN];
      const above = heading === undefined ? undefined : aboutOf(heading, lang, lexicon);
      return statementsIn(text, lang, lexicon, before)
        .filter((statement) => !isSupported({ ...statement, subject: under(above, statement.subject) }))
        .map(({ quantity: { readings } }) => readings[0]?.value ?? Number.NaN);
    },
  };
};
