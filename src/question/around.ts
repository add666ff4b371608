import type { Item } from "../language/items.ts";

/** Units of time that an age is told in, in days. */
export const TIME: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };
const COUNTED = new Set(["bird", "broiler", "layer", "hen", "pullet", "chick", "parent_stock", "flock"]);
/** Nobody keeps fewer birds than this and asks for their total; below it a number before a name is an age. */
const FEWEST_BIRDS = 50;

export const isConcept = (item: Item | undefined, id: string): boolean =>
  item?.is === "concept" && item.id === id;
export const timeOf = (item: Item | undefined): string | undefined =>
  item?.is === "concept" && TIME[item.id] !== undefined ? item.id : undefined;
export const isFiller = (item: Item | undefined): boolean =>
  item?.is === "function" ||
  item?.is === "ordinal" ||
  (item?.is === "concept" && item.kind === "function") ||
  (item?.is === "symbol" && item.sign !== "%");

/** The unit that follows a number: "21 days", "21-day", "21st day", "21d". */
export const unitAfter = (items: readonly Item[], at: number): number | undefined => {
  for (let next = at + 1; next <= at + 2; next += 1) {
    const item = items[next];
    // "308 day 35": the day belongs to the number after it
    const own = items[at];
    if (
      timeOf(item) &&
      items[next + 1]?.is === "number" &&
      own?.is === "number" &&
      own.value >= FEWEST_BIRDS * 2
    )
      return undefined;
    // "week 50 day": the number belongs to the week before it
    if (isConcept(item, "day") && isConcept(items[at - 1], "week") && items[at - 2]?.is !== "number")
      return undefined;
    if (item?.is === "concept" && item.kind === "unit") return next;
    if (!(item?.is === "ordinal" || (item?.is === "symbol" && item.sign === "-"))) return undefined;
  }
  return undefined;
};

/** "day 35 g": the number belongs to the day before it, the unit is the one asked for. */
export const weightAfterAge = (items: readonly Item[], at: number): boolean => {
  const unit = items[at + 1];
  return (
    timeOf(items[at - 1]) !== undefined &&
    unit?.is === "concept" &&
    unit.kind === "unit" &&
    timeOf(unit) === undefined
  );
};

/** The day or week that stands before a number: "day 21", "hari ke 7", "ngày thứ 35", "j21". */
export const timeBefore = (
  items: readonly Item[],
  at: number,
  used: ReadonlySet<number>,
): number | undefined => {
  for (let before = at - 1; before >= Math.max(0, at - 3); before -= 1) {
    const item = items[before];
    if (timeOf(item) && !used.has(before)) return before;
    if (!isFiller(item)) return undefined;
  }
  return undefined;
};

/** "3 to 5 weeks", "3-5 weeks": the place of the second number of a span, whose unit both share. */
export const spanWith = (items: readonly Item[], at: number): number | undefined => {
  const opened =
    isConcept(items[at - 1], "from_time") ||
    isConcept(items[at - 1], "between") ||
    isConcept(items[at - 2], "from_time") ||
    isConcept(items[at - 2], "between");
  let joined = opened;
  for (let next = at + 1; next <= at + 4; next += 1) {
    const item = items[next];
    if (item?.is === "number") return joined || next === at + 2 ? next : undefined;
    if (item?.is === "symbol" && (item.sign === "-" || item.sign === "~")) joined = true;
    else if (isConcept(item, "until") || isConcept(item, "between")) joined = true;
    else if (!(isFiller(item) || isConcept(item, "and_then") || isConcept(item, "from_time")))
      return undefined;
  }
  return undefined;
};

/** "5,000 birds", "10000 Ross 308", "5000 con gà": a number of animals. */
export const countAfter = (items: readonly Item[], at: number, value: number, aged: boolean): boolean => {
  // beside an age of its own a small number before a name is the flock too
  const fewest = aged ? 2 : FEWEST_BIRDS;
  const flock = items.slice(Math.max(0, at - 2), at).some((item) => isConcept(item, "flock"));
  if (flock && value >= FEWEST_BIRDS) return true;
  for (let next = at + 1; next <= at + 3; next += 1) {
    const item = items[next];
    if (item?.is === "concept" && (COUNTED.has(item.id) || item.id === "per_bird"))
      return value >= fewest || value === 1;
    if (item?.is === "line") return value >= fewest;
    if (item?.is === "unknown" && next === at + 1) continue;
    if (!(isFiller(item) || (item?.is === "concept" && (item.kind === "sex" || item.kind === "quality"))))
      return false;
  }
  return false;
};
