import { z } from "zod";
import type { Lang } from "../../core/types.ts";
import { figuresIn, type Figure } from "./figures.ts";
import { fold, placesOf, type Words } from "./words.ts";

/** Alternatives of one number or word: "2|two". */
const alternatives = z.union([z.string().min(1), z.number().transform(String)]);

/** One atomic fact: numbers, in which unit, and the words that must stand near them. */
export const Fact = z
  .object({
    numbers: z.array(alternatives).default([]),
    unit: z.string().min(1).nullish(),
    must: z.array(alternatives).default([]),
  })
  .refine(({ numbers, must }) => numbers.length + must.length > 0, "neither numbers nor words");
export type Fact = z.infer<typeof Fact>;

/** Numbers of one fact stand no farther from the first than this, in letters. */
const RANGE = 60;
/** Words of a fact stand no farther from its numbers than this: a sentence or two. */
const NEAR = 160;
/** Scripts that write a word in one or two signs. */
const DENSE: ReadonlySet<Lang> = new Set(["ja", "zh"]);

/** What may stand between a number and its unit: the rest of a range or a list. */
const JOINERS =
  "to|and|or|bis|und|oder|a|et|ou|y|o|e|al|tot|en|of|do|i|lub|sampai|hingga|dan|den|toi|va|ile|ve|veya|ila|ate";
const OTHER_JOINERS = "से|और|या|الي|او|و|ถึง|และ|หรือ|から|と|至|到|和";
const BETWEEN = new RegExp(`^(?:[\\s\\d.,–—~〜\\-/()'’+<>≤≥]|\\b(?:${JOINERS})\\b|${OTHER_JOINERS})*$`);
/** Farthest place of a unit after its number. */
const UNIT_AFTER = 32;

/** Signs of units that are concepts of the lexicon too. */
const UNITS: Readonly<Record<string, { concept: string; signs: readonly string[] }>> = {
  "°c": { concept: "celsius", signs: ["°c", "°م", "°س", "c°", "度"] },
  "%": { concept: "percent", signs: ["%"] },
  g: { concept: "gram", signs: ["g"] },
  kg: { concept: "kilogram", signs: ["kg"] },
  mg: { concept: "milligram", signs: ["mg"] },
  ml: { concept: "millilitre", signs: ["ml"] },
  l: { concept: "litre", signs: ["l"] },
  m: { concept: "metre", signs: ["m"] },
  cm: { concept: "centimetre", signs: ["cm"] },
  h: { concept: "hour", signs: ["h"] },
  min: { concept: "minute", signs: ["min"] },
};

const isNumber = (text: string): boolean => /^\d+(?:\.\d+)?$/.test(text);
const wordForms = (word: string, words: Words): readonly string[] =>
  word.split("|").flatMap((one) => words.formsOf(one) ?? [fold(one)]);
const unitForms = (unit: string, words: Words): readonly string[] =>
  unit.split("|").flatMap((one) => {
    const known = UNITS[fold(one)];
    return known ? [...known.signs, ...(words.formsOf(known.concept) ?? [])] : wordForms(one, words);
  });

interface Line {
  text: string;
  figures: readonly Figure[];
  words: Words;
  near: number;
}

const placesOfNumber = (wanted: string, { text, figures, words }: Line): Figure[] =>
  wanted.split("|").flatMap((one) => {
    if (isNumber(one)) return figures.filter(({ value }) => Math.abs(value - Number(one)) < 1e-9);
    return wordForms(one, words).flatMap((form) =>
      placesOf(form, text).map((from) => ({ value: Number.NaN, from, to: from + form.length })),
    );
  });

const hasUnit = (unit: string, { from, to }: Figure, { text, words }: Line): boolean =>
  unitForms(unit, words).some((form) => {
    const after = text.slice(to, to + UNIT_AFTER + form.length);
    if (placesOf(form, after).some((at) => BETWEEN.test(after.slice(0, at)))) return true;
    const before = text.slice(Math.max(0, from - form.length - 3), from).replace(/[\s:=]+$/, "");
    return before.endsWith(form) && placesOf(form, before).includes(before.length - form.length);
  });

const gap = (a: Figure, b: Figure): number => Math.max(a.from - b.to, b.from - a.to, 0);

const standsInLine = ({ numbers, unit, must }: Fact, line: Line): boolean => {
  const [first, ...others] = numbers;
  const musts = must.map((word) => placesOfNumber(word, line));
  if (first === undefined) return musts.every((places) => places.length > 0);
  return placesOfNumber(first, line).some((anchor) => {
    const rest = others.map((wanted) =>
      placesOfNumber(wanted, line).filter((one) => one.from !== anchor.from && gap(one, anchor) <= RANGE),
    );
    if (rest.some((places) => places.length === 0)) return false;
    if (unit && ![anchor, ...rest.flat()].some((figure) => hasUnit(unit, figure, line))) return false;
    return musts.every((places) =>
      places.some((one) => one.from !== anchor.from && gap(one, anchor) <= line.near),
    );
  });
};

/** Whether a fact stands in a folded text, each line of which is read on its own. */
export const stands = (fact: Fact, text: string, lang: Lang, words: Words): boolean =>
  text.split("\n").some((line) =>
    standsInLine(fact, {
      text: line,
      figures: figuresIn(line, lang),
      words,
      near: DENSE.has(lang) ? NEAR / 2 : NEAR,
    }),
  );
