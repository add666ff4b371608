import type { Lang, Value } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { inUnit, tableUnit } from "./measures.ts";
import { hasForeignDigit, quantitiesIn, type Quantity } from "./quantities.ts";

/** A number of a table that an answer may give. */
export type GivenValue = Pick<Value, "amount" | "unit" | "low" | "high"> &
  Partial<Pick<Value, "age_days" | "age_weeks" | "from_age" | "to_age" | "live_weight_g" | "birds">>;

/** What a number may rest on. */
export interface Evidence {
  passages: readonly { text: string; lang: Lang }[];
  values: readonly GivenValue[];
  /** The asker's own numbers are no facts of ours. */
  question: { text: string; lang: Lang };
}

export interface NumberGuard {
  /** The numbers of a text that nothing supports, as they were read. */
  unsupported(text: string): number[];
}

/** One number that is known to be true, with what it may be a number of. */
interface Fact {
  value: number;
  units: readonly string[];
}

/** A conversion or rounding that is off by more is another number. */
const MOST_OFF = 0.02;
/** "Two reasons", "in one go": bare number words up to a dozen count nothing that a farmer acts on. */
const FEW = 12;
/** A bare number of a table's cell with so many figures is hardly met by chance. */
const TELLING_FIGURES = 3;
/** A passage is read in pieces: the work for any text is bounded by its length alone. */
const PIECE = 3000;

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

/** Unit of a number inside a phrase, whose words are not read one by one. */
const ANY = "any";

const factsOf = (quantity: Quantity): Fact[] => [
  ...quantity.readings.map(({ value }) => ({
    value,
    units: quantity.inPhrase ? [ANY] : quantity.units.length > 0 ? quantity.units : quantity.shared,
  })),
  ...(quantity.apart ?? []).flatMap(factsOf),
];

const factsOfValue = (given: GivenValue): Fact[] => {
  const unit = tableUnit(given.unit);
  const own = unit === undefined ? [] : [unit];
  const facts: [number | null | undefined, readonly string[]][] = [
    [given.amount, own],
    [given.low, own],
    [given.high, own],
    [given.age_days, ["day"]],
    [given.age_weeks, ["week"]],
    [given.from_age, ["day", "week"]],
    [given.to_age, ["day", "week"]],
    [given.live_weight_g, ["gram"]],
    [given.birds, []],
  ];
  return facts.flatMap(([value, units]) => (typeof value === "number" ? [{ value, units }] : []));
};

/** Words that tell no certain number: "one" is an article in most languages, "hundreds" a crowd. */
const isVague = ({ spoken, units, readings, round, inPhrase }: Quantity): boolean => {
  const value = readings[0]?.value ?? 0;
  if (inPhrase || (value === 1 && units.length === 0)) return true;
  if (!spoken) return false;
  return value === 1 || (units.length === 0 && (round || value <= FEW));
};

/**
 * Holds every number of a model's text, in digits of any script or in words, against the passages, the tables' values
 * and the question: the same number of the same unit, converted and rounded as printed, or it is not supported.
 */
export const numberGuard = (lexicon: Lexicon, lang: Lang, evidence: Evidence): NumberGuard => {
  const read = (text: string, language: Lang): Fact[] => {
    const found: Fact[] = [];
    for (let at = 0; at < text.length; at += PIECE)
      found.push(...quantitiesIn(text.slice(at, at + PIECE), language, lexicon).flatMap(factsOf));
    return found;
  };
  // read now, while the model is still thinking
  const facts: readonly Fact[] = [
    ...evidence.passages.flatMap((passage) => read(passage.text, passage.lang)),
    ...evidence.values.flatMap(factsOfValue),
    ...read(evidence.question.text, evidence.question.lang),
  ];
  const isSupported = (quantity: Quantity): boolean => {
    if (isVague(quantity)) return true;
    const { readings, units, apart } = quantity;
    if (facts.some((fact) => readings.some((reading) => supports(fact, reading, units)))) return true;
    return apart !== undefined && apart.every(isSupported);
  };
  return {
    unsupported(text) {
      if (hasForeignDigit(text)) return [Number.NaN];
      return quantitiesIn(text, lang, lexicon)
        .filter((quantity) => !isSupported(quantity))
        .map(({ readings }) => readings[0]?.value ?? Number.NaN);
    },
  };
};
