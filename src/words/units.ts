import type { Unit } from "../core/types.ts";

export interface Amount {
  amount: number;
  unit: string;
  digits: number;
}

/** Grams, millilitres and kilocalories in one of each unit, and the digits that a converted amount keeps. */
const MASS: Readonly<Record<string, readonly [number, number]>> = {
  mg: [0.001, 0],
  g: [1, 1],
  oz: [28.349523125, 2],
  lb: [453.59237, 3],
  kg: [1000, 3],
  t: [1_000_000, 3],
};
const VOLUME: Readonly<Record<string, readonly [number, number]>> = {
  ml: [1, 0],
  l: [1000, 3],
  gal: [3785.411784, 3],
};
const ENERGY: Readonly<Record<string, readonly [number, number]>> = { kcal: [1, 0], MJ: [1 / 0.004184, 3] };

/** An amount in another unit of the same kind (g kg lb oz t mg; ml l gal; kcal MJ); as it is when it cannot be. */
export const convert = (from: Amount, unit: Unit | null): Amount => {
  if (unit === null || unit === from.unit) return from;
  for (const kind of [MASS, VOLUME, ENERGY]) {
    const source = kind[from.unit];
    const target = kind[unit];
    if (!source || !target) continue;
    const exact = (from.amount * source[0]) / target[0];
    const digits = Math.max(target[1], enough(exact));
    const amount = Number(exact.toFixed(digits));
    // grams of a table told in kilograms keep every digit; 2000 g is 2 kg
    return { amount, unit, digits: trimmed(amount, digits) };
  }
  return from;
};

/** Digits after the decimal sign that keep four figures of an amount, so that a great unit does not round it away. */
const enough = (amount: number): number =>
  amount === 0 ? 0 : Math.min(9, Math.max(0, 3 - Math.floor(Math.log10(Math.abs(amount)))));

const trimmed = (amount: number, digits: number): number => {
  let least = digits;
  while (least > 0 && Number(amount.toFixed(least - 1)) === amount) least -= 1;
  return least;
};

/** A total in the unit that people buy and carry by: kilograms or litres from one on. */
export const comfortable = (from: Amount): Amount => {
  if (from.unit === "g" && from.amount >= 1000) return convert(from, "kg");
  return from.unit === "ml" && from.amount >= 1000 ? convert(from, "l") : from;
};
