import type { Item } from "../language/items.ts";
import { isConcept, TIME } from "./around.ts";

export interface Age {
  /** In days. Weeks and months keep their unit beside it, for layers are told in weeks. */
  days: number;
  unit: "day" | "week" | "month";
  amount: number;
  /** "1 day", not "day 1": it may be a rate. */
  counted?: boolean;
}

/** An age and the place of its number among the items of the text. */
export interface PlacedAge {
  at: number;
  age: Age;
}

export const ageOf = (amount: number, unit: string): Age => ({
  days: Number((amount * (TIME[unit] ?? 1)).toFixed(3)),
  unit: unit as Age["unit"],
  amount,
});

/** "At 21 and 35 days" names two ages; "from 21 to 35", "between 21 and 35" the ends of a span. */
export const isPair = (items: readonly Item[], first: number, last: number): boolean => {
  const around = items.slice(Math.max(0, first - 2), last);
  const spans = around.some(
    (item) =>
      isConcept(item, "until") ||
      isConcept(item, "between") ||
      isConcept(item, "from_time") ||
      (item.is === "symbol" && (item.sign === "-" || item.sign === "~")),
  );
  return !spans && items.slice(first, last).some((item) => isConcept(item, "and_then"));
};

/** "How much does it drink in one day at 21 days": the one day is a rate, unless a span begins with it. True if one was dropped. */
export const dropRate = (items: readonly Item[], ages: PlacedAge[]): boolean => {
  if (ages.length < 2) return false;
  const [first, last] = [ages[0]?.at ?? 0, ages.at(-1)?.at ?? 0];
  // "trying to set the feeders: one day's feed at twenty days": a "to" far before the ages joins nothing
  const spans = items.some(
    (item, at) =>
      (isConcept(item, "until") && at >= first - WIDEST_UNTIL && at <= last + WIDEST_UNTIL) ||
      isConcept(item, "from_time") ||
      isConcept(item, "between") ||
      (item.is === "symbol" && item.sign === "-" && items[at + 1]?.is === "number"),
  );
  const one = ages.findIndex(({ age }) => age.unit === "day" && age.amount === 1);
  if (one < 0 || (spans && one === 0)) return false;
  ages.splice(one, 1);
  return true;
};

/** An "until" belongs to an age that is so near. */
const WIDEST_UNTIL = 2;

/** "A month, that is 30 days" names one age twice. */
export const dropRepeats = (ages: PlacedAge[]): void => {
  for (let index = ages.length - 1; index > 0; index -= 1)
    if (ages.slice(0, index).some(({ age }) => age.days === ages[index]?.age.days)) ages.splice(index, 1);
};

/** "40 weeks, in 1 day how much", "18 weeks 1 day feed", "46 weeks eats how much 1 day": the one day is a rate. */
const isRate = (between: readonly Item[], next: Item | undefined): boolean => {
  if (next?.is === "concept" && next.kind === "question") return true;
  if (between.some((item) => isConcept(item, "and_then"))) return false;
  return (
    between.some((item) => item.is === "concept" && item.kind !== "unit" && item.kind !== "function") ||
    (next?.is === "concept" && next.kind === "metric")
  );
};

/** "3 weeks 2 days" is 23 days. */
export const joinWeekAndDays = (items: readonly Item[], ages: PlacedAge[]): void => {
  for (let index = 0; index + 1 < ages.length; index += 1) {
    const first = ages[index];
    const second = ages[index + 1];
    if (
      !first ||
      !second ||
      first.age.unit !== "week" ||
      second.age.unit !== "day" ||
      second.age.amount > 6 ||
      items[second.at]?.is === "dual"
    )
      continue;
    if (second.at - first.at > 3) continue;
    const between = items.slice(first.at + 1, second.at);
    if (second.age.amount === 1 && isRate(between, items[second.at + 2])) continue;
    if (between.some((item) => isConcept(item, "until") || (item.is === "symbol" && item.sign === "-")))
      continue;
    first.age = ageOf(first.age.days + second.age.days, "day");
    ages.splice(index + 1, 1);
  }
};
