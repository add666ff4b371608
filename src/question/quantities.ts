import type { Unit } from "../core/types.ts";
import type { Item } from "../language/items.ts";
import { ageOf, dropRate, dropRepeats, isPair, joinWeekAndDays, type Age, type PlacedAge } from "./ages.ts";
import {
  countAfter,
  isConcept,
  isFiller,
  spanWith,
  TIME,
  timeOf,
  timeBefore,
  unitAfter,
  weightAfterAge,
} from "./around.ts";

export interface Quantities {
  ages: Age[];
  /** The two ages are the ends of one span. */
  span: boolean;
  /** Live or target weight in grams. */
  mass: number | undefined;
  /** Two weights that differ. */
  severalMasses: boolean;
  /** Unit that the weight is named in. */
  massUnit: Unit | undefined;
  percent: number | undefined;
  birds: number | undefined;
  /** Two numbers of birds that differ ("5,000 Ross and 3,000 Cobb"). */
  severalFlocks: boolean;
  /** A number that nothing in the text explains. */
  bare: number[];
  /** Units that stand without a number: what the answer is wanted in. */
  units: Unit[];
  /** "Percent production": the percent belongs to the metric's name and asks for no unit. */
  percentNames: boolean;
  /** A local measure of weight without a number ("几斤"): weight is asked for, in no unit of ours. */
  looseMass: boolean;
  /** A day or week without a number: "how many days". */
  looseTime: boolean;
  /** Two ages, each asked about: "at 21 and 35 days". */
  pair: boolean;
  /** Says "in one day" beside an age. */
  oneDay: boolean;
  /** Asks for an amount a day. */
  perDay: boolean;
  /** Places of the items that were read as quantities. */
  used: Set<number>;
}

const GRAMS: Readonly<Record<string, number>> = {
  gram: 1,
  kilogram: 1000,
  pound: 453.59237,
  ounce: 28.349523125,
  tonne: 1_000_000,
  quintal: 100_000,
  hectogram: 100,
  catty: 500,
};
const UNITS: Readonly<Record<string, Unit>> = {
  gram: "g",
  kilogram: "kg",
  pound: "lb",
  ounce: "oz",
  tonne: "t",
  milligram: "mg",
  millilitre: "ml",
  litre: "l",
  gallon: "gal",
  percent: "%",
  kilocalorie: "kcal",
  megajoule: "MJ",
};
/** More numbers than these stand in a pasted log, not in a question; it keeps the work linear. */
const MOST_NUMBERS = 40;

const unitNamed = (item: Item | undefined): Unit | undefined =>
  item?.is === "concept" ? UNITS[item.id] : undefined;

/** No bird is asked about at a greater age than these; a greater number is something else. */
const OLDEST: Readonly<Record<string, number>> = { day: 800, week: 120, month: 30 };

/** Reads every number of a text with what stands around it. One pass and a few look-asides: linear. */
export const quantitiesOf = (items: readonly Item[]): Quantities => {
  const used = new Set<number>();
  const ages: PlacedAge[] = [];
  const out: Quantities = {
    ages: [],
    span: false,
    mass: undefined,
    massUnit: undefined,
    severalMasses: false,
    percent: undefined,
    birds: undefined,
    severalFlocks: false,
    bare: [],
    units: [],
    percentNames: false,
    looseTime: false,
    looseMass: false,
    pair: false,
    oneDay: false,
    perDay: false,
    used,
  };

  /** "2 kilo 300 g" is one weight; "1 kg 500" and "1kg8" are settled when the numbers left over are read. */
  let massEnd = -9;
  let inKilograms = false;
  const mass = (at: number, end: number, grams: number): void => {
    out.massUnit ??= unitNamed(items[end]);
    const joined = out.mass !== undefined && at - massEnd <= 2 && grams < 1000;
    out.severalMasses ||= out.mass !== undefined && !joined && out.mass !== grams;
    if (out.mass === undefined || joined)
      out.mass = Number(((joined ? (out.mass ?? 0) : 0) + grams).toFixed(3));
    // "kilo y 800 gramos": the kilo that no number stands before is one
    const ahead = isFiller(items[at - 1]) || isConcept(items[at - 1], "and_then") ? at - 2 : at - 1;
    if (!joined && grams < 1000 && isConcept(items[ahead], "kilogram") && !used.has(ahead) && end > at) {
      out.mass += 1000;
      used.add(ahead);
    }
    massEnd = end;
    inKilograms = isConcept(items[end], "kilogram");
  };
  const massRest = (at: number, value: number): boolean => {
    const gap = at - massEnd;
    if (
      out.mass === undefined ||
      !inKilograms ||
      gap < 1 ||
      gap > 2 ||
      !Number.isInteger(value) ||
      value < 1 ||
      value >= 1000
    )
      return false;
    if (
      gap === 2 &&
      !isFiller(items[at - 1]) &&
      !isConcept(items[at - 1], "and_then") &&
      !isConcept(items[at - 1], "with")
    )
      return false;
    used.add(at);
    out.mass += value < 10 ? value * 100 : value;
    return true;
  };
  const take = (at: number, unitAt: number, value: number): boolean => {
    const unit = items[unitAt];
    if (unit?.is !== "concept") return false;
    const oldest = OLDEST[unit.id];
    if (oldest !== undefined && value > oldest) return false;
    used.add(at).add(unitAt);
    if (oldest !== undefined)
      ages.push({
        at,
        age: unitAt > at ? { ...ageOf(value, unit.id), counted: true } : ageOf(value, unit.id),
      });
    else if (GRAMS[unit.id] !== undefined) mass(at, Math.max(at, unitAt), value * (GRAMS[unit.id] ?? 1));
    else if (unit.id === "percent") out.percent ??= value;
    return true;
  };
  const share = (at: number, other: PlacedAge | undefined, value: number): boolean => {
    if (!other) return false;
    used.add(at);
    ages.push({ at, age: ageOf(value, other.age.unit) });
    out.pair = isPair(items, Math.min(at, other.at), Math.max(at, other.at));
    out.span = !out.pair;
    return true;
  };

  const pending: number[] = [];
  for (const at of numbersAt(items)) {
    const item = items[at];
    if (!item) continue;
    if (isFirstOfMany(items, at)) continue;
    if (item.is === "dual") {
      used.add(at);
      const grams = GRAMS[item.unit];
      if (grams !== undefined) mass(at, at, item.value * grams);
      else if (TIME[item.unit] !== undefined)
        ages.push({ at, age: { ...ageOf(item.value, item.unit), counted: true } });
    } else if (item.is === "number") {
      const unitAt = weightAfterAge(items, at)
        ? undefined
        : (unitAfter(items, at) ?? (isFirstOfMany(items, at + 1) ? at + 2 : undefined));
      if (unitAt === undefined || !take(at, unitAt, item.value)) pending.push(at);
    }
  }
  for (const at of pending) {
    const item = items[at];
    if (item?.is !== "number") continue;
    const { value } = item;
    if (isConcept(items[at - 1], "percent") && !used.has(at - 1) && take(at, at - 1, value)) continue;
    if ((item.digits || value >= 2) && massRest(at, value)) continue;
    const found = timeBefore(items, at, used);
    // "al giorno fa un Ross": an article is no age
    const before = !item.digits && value === 1 && found !== at - 1 ? undefined : found;
    const many = value >= 100 && countAfter(items, at, value, false);
    const beside = items[at - 1]?.is === "symbol" ? at - 2 : at - 1;
    if (!many && before === beside && take(at, before, value)) continue;
    const count = item.whole ?? value;
    if (countAfter(items, at, count, hasAgeBeside(items, at))) {
      used.add(at);
      if (count > 1 && Number.isInteger(count)) {
        out.severalFlocks ||= out.birds !== undefined && out.birds !== count;
        out.birds ??= count;
      }
      continue;
    }
    const later = spanWith(items, at);
    if (
      later !== undefined &&
      share(
        at,
        ages.find((one) => one.at === later && value < one.age.amount),
        value,
      )
    )
      continue;
    if (
      share(
        at,
        ages.find((one) => spanWith(items, one.at) === at && value > one.age.amount),
        value,
      )
    )
      continue;
    if (before !== undefined && take(at, before, value)) continue;
    // a number word that nothing explains is an age only where it stands for one ("in der sechzigsten")
    // and no age where a word that nobody knows may be its unit
    const mayHaveUnit = items[at + 1]?.is === "unknown" && !isConcept(items[at - 1], "until");
    if ((item.digits || value >= 2) && !mayHaveUnit) out.bare.push(value);
  }
  if (ages.length === 0) ages.push(...firstOf(items, used));
  joinWeekAndDays(items, ages);
  dropRepeats(ages);
  ages.sort((a, b) => a.at - b.at);
  if (!out.span) out.oneDay = dropRate(items, ages);
  out.perDay = out.oneDay;
  out.pair =
    !out.span &&
    ages.length === 2 &&
    items.slice(ages[0]?.at, ages[1]?.at).some((item) => isConcept(item, "and_then"));
  out.span ||= ages.length === 2 && !out.pair;
  out.ages = ages.map((one) => one.age);
  if (out.span || out.pair) out.ages.sort((a, b) => a.days - b.days);
  looseUnits(items, out);
  return out;
};

/** "Les trois premières semaines": the first, after the number that counts them. */
const isFirstOfMany = (items: readonly Item[], at: number): boolean => {
  const [before, item] = [items[at - 1], items[at]];
  const isFirst = isConcept(item, "first") || (item?.is === "number" && !item.digits && item.value === 1);
  return isFirst && before?.is === "number" && before.value > 1 && timeOf(items[at + 1]) !== undefined;
};

/** "Tuần đầu", "ilk hafta": a first week without a number is the age of one. */
const firstOf = (items: readonly Item[], used: Set<number>): PlacedAge[] => {
  const at = items.findIndex(
    (item, place) =>
      timeOf(item) !== undefined &&
      !used.has(place) &&
      [place - 1, place + 1].some((next) => isConcept(items[next], "first")),
  );
  const unit = timeOf(items[at]);
  if (unit === undefined || unit === "month") return [];
  used.add(at);
  return [{ at, age: ageOf(1, unit) }];
};

/** Another number of the text stands beside a day or week. */
const hasAgeBeside = (items: readonly Item[], at: number): boolean =>
  items.some(
    (item, place) =>
      item.is === "dual" ||
      (place !== at &&
        item.is === "number" &&
        (timeOf(items[place + 1]) ??
          timeOf(items[place - 1]) ??
          (isFiller(items[place + 1]) ? timeOf(items[place + 2]) : undefined)) !== undefined),
  );

/** Places of the numbers of a text; of a long list of them the last, where the question stands. */
const numbersAt = (items: readonly Item[]): number[] =>
  items.flatMap((item, at) => (item.is === "number" || item.is === "dual" ? [at] : [])).slice(-MOST_NUMBERS);

/** The word (not the sign) just before a rate, and no question word before it: "percent production". */
const namesMetric = (items: readonly Item[], at: number): boolean => {
  const [before, percent, next] = [items[at - 1], items[at], items[at + 1]];
  const asks = before?.is === "concept" && before.kind === "question";
  const isWord = percent?.is === "concept" && percent.size < SIGN;
  const isRate = next?.is === "concept" && next.kind === "metric" && next.id !== "eggs_per_hen_housed";
  return !asks && isWord && isRate;
};
/** Size of an item that is no single word in Latin letters. */
const SIGN = 9;

const BIRD_WORDS = new Set(["per_bird", "bird", "hen", "layer", "broiler", "head"]);

/** "How many grams a day", "g/hen/day": a day that no number belongs to, after a unit without one. */
const isPerDay = (items: readonly Item[], at: number): boolean => {
  if (items[at + 1]?.is === "number") return false;
  for (let before = at - 1; before >= Math.max(0, at - 5); before -= 1) {
    const item = items[before];
    if (unitNamed(item) !== undefined) return items[before - 1]?.is !== "number";
    if (!isFiller(item) && !(item?.is === "concept" && BIRD_WORDS.has(item.id))) return false;
  }
  return false;
};

const looseUnits = (items: readonly Item[], out: Quantities): void => {
  for (const [at, item] of items.entries()) {
    if (out.used.has(at)) continue;
    if (isConcept(item, "daily")) out.perDay ||= isPerDay(items, at);
    if (item.is !== "concept" || item.kind !== "unit") continue;
    // one letter is a unit only beside its number, or as the last word ("… en g")
    const stray = item.id !== "gram" || items[at - 1]?.is === "unknown";
    if (item.size === 1 && stray && at < items.length - 1) continue;
    const unit = UNITS[item.id];
    if (unit === "%") out.percentNames ||= namesMetric(items, at);
    if (unit && !out.units.includes(unit)) out.units.push(unit);
    else if (TIME[item.id] !== undefined) {
      out.looseTime = true;
      out.perDay ||= item.id === "day" && isPerDay(items, at);
    } else if (GRAMS[item.id] !== undefined) out.looseMass = true;
  }
};
