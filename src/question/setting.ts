import type { Item } from "../language/items.ts";
import { isConcept, isFiller } from "./around.ts";

/** Concepts that are said and not asked about, read off the words beside them. */

type Concept = Extract<Item, { is: "concept" }>;

const conceptAt = (items: readonly Item[], at: number): Concept | undefined => {
  const item = items[at];
  return item?.is === "concept" ? item : undefined;
};

/** The nearest concept after (`step` 1) or before (`step` -1) a place that only fillers part from it. */
const beside = (items: readonly Item[], at: number, step: 1 | -1): Concept | undefined => {
  for (let next = at + step; next >= 0 && next < items.length; next += step) {
    if (Math.abs(next - at) > WIDEST) return undefined;
    if (!isFiller(items[next]) || isConcept(items[next], "not")) return conceptAt(items, next);
  }
  return undefined;
};
const WIDEST = 3;

const HOUSING = new Set(["cage", "alternative", "free_range", "enriched_cage", "aviary_system"]);
const MOVING = new Set(["transfer", "place", "catch", "transport"]);
const CLIMATE = new Set(["weather", "summer", "winter", "spring", "autumn", "rainy_season", "dry_season"]);
const NORMAL = new Set(["normal", "standard", "often", "always"]);
/** After these a word for laying names a place or a time, and what is asked for stands elsewhere. */
const LAYS = new Set(["lay", "hen_day"]);
const BEFORE_LAY = new Set(["house", "start", "transfer", "first", "before", "farm"]);
const OTHER_ASKED = new Set(["body_weight", "egg_weight", "daily_feed", "feed_intake", "water_intake"]);

/** "Weight at 17 weeks, when they move to the cages": where they go says nothing about the table. */
const isDestination = (items: readonly Item[], at: number): boolean =>
  [1, -1].some((step) => MOVING.has(beside(items, at, step === 1 ? 1 : -1)?.id ?? ""));

/** "It is not hot": a negation stands right before it or, in languages that end with the verb, right after. */
/** Pullets are moved by so many weeks; older hens live there. */
const LATEST_MOVE = 20;
/** "They go into the cages at 17 weeks, what should a Hy-Line Brown weigh": the cage stands apart, with the age. */
const isMoveToldApart = (items: readonly Item[], at: number): boolean => {
  let from = at;
  while (from > 0 && !items[from]?.stop) from -= 1;
  let to = at + 1;
  while (to < items.length && !items[to]?.stop) to += 1;
  const clause = items.slice(from, to);
  const says = (test: (item: Item) => boolean): boolean => clause.some(test);
  return (
    to < items.length &&
    says((item) => isConcept(item, "week") || isConcept(item, "day")) &&
    !says((item) => item.is === "number" && item.value > LATEST_MOVE) &&
    !says((item) => item.is === "line" || (item.is === "concept" && item.kind === "metric"))
  );
};

const isDenied = (items: readonly Item[], at: number): boolean =>
  beside(items, at, -1)?.id === "not" || (beside(items, at, 1)?.id === "not" && items[at + 1] !== undefined);

/** "Hot weather; what do they drink normally": the normal amount is asked for, the weather only told. */
const isScene = (items: readonly Item[], at: number): boolean =>
  isConcept(items[at], "weather") &&
  items.slice(at + 1).some((item) => item.is === "concept" && NORMAL.has(item.id));

/** "Before the move to the laying house, what weight". */
const namesPlace = (items: readonly Item[], at: number): boolean =>
  BEFORE_LAY.has(beside(items, at, -1)?.id ?? "") &&
  items.some((item, place) => place !== at && item.is === "concept" && OTHER_ASKED.has(item.id));

type Test = (items: readonly Item[], at: number) => boolean;
const tested = (ids: Iterable<string>, test: Test): [string, Test][] => Array.from(ids, (id) => [id, test]);
const TOLD = new Map<string, Test>([
  ...tested(HOUSING, (items, at) => isDestination(items, at) || isMoveToldApart(items, at)),
  ...tested(CLIMATE, (items, at) => isDenied(items, at) || isScene(items, at)),
  ...tested(LAYS, namesPlace),
]);
const NOTHING: ReadonlySet<number> = new Set();

/** Places of the items that only say where, when or in which weather, and turn no question into another. */
export const toldOnly = (items: readonly Item[]): ReadonlySet<number> => {
  let told: Set<number> | undefined;
  for (let at = 0; at < items.length; at += 1) {
    const item = items[at];
    const test = item?.is === "concept" ? TOLD.get(item.broader ?? item.id) : undefined;
    if (test?.(items, at)) (told ??= new Set()).add(at);
  }
  return told ?? NOTHING;
};

const KILOS = new Set(["kilogram", "pound"]);
/** Feed and two kilos are one question within so many words. */
const WIDEST_RATIO = 10;

/** "Kilos of feed per kilo of live bird": two weights in one unit, none of them a number other than one. */
export const feedPerKilo = (items: readonly Item[]): boolean => {
  const kilos = items.flatMap((item, at) => {
    if (item.is !== "concept" || !KILOS.has(item.id)) return [];
    const before = items[at - 1];
    return before?.is === "number" && before.value !== 1 ? [] : [{ at, id: item.id }];
  });
  const [first, second] = kilos;
  if (kilos.length !== 2 || !first || !second || first.id !== second.id) return false;
  if (second.at - first.at > WIDEST_RATIO) return false;
  return items
    .slice(Math.max(0, first.at - 3), second.at + 4)
    .some((item) => isConcept(item, "feed") || isConcept(item, "feed_intake"));
};

/** "Daily intake of water": a daily amount that is not said to be feed, with water right beside it. */
export const drunkDaily = (items: readonly Item[]): boolean =>
  items.some(
    (item, at) =>
      isConcept(item, "daily_feed") &&
      (beside(items, at, 1)?.id === "water" || beside(items, at, -1)?.id === "water") &&
      !items.some((other) => isConcept(other, "feed") || isConcept(other, "and_then")),
  );
