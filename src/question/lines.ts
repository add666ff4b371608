import type { Sex } from "../core/types.ts";
import type { LineEntry } from "../language/lexicon.ts";
import type { Item } from "../language/items.ts";

export interface NamedLines {
  /** Lines in the order of the text; the first is asked about, a second is compared with it. */
  lines: string[];
  /** Lines that one ambiguous name may mean ("Hy-Line"). */
  choices: string[];
}

type Lines = Readonly<Record<string, LineEntry>>;

/**
 * A number right after a brand is its strain ("Ross 409", "Ross three hundred nine", "Cobb 5000") unless its unit or
 * birds follow; a small one is an age, unless the text has an age elsewhere ("Ross 30 at 21 days").
 */
const strainAfter = (items: readonly Item[], at: number, lines: Lines, brand: string): number | undefined => {
  const dash = items[at + 1];
  const place = dash?.is === "symbol" && dash.sign === "-" ? at + 2 : at + 1;
  const next = items[place];
  if (next?.is !== "number" || !Number.isInteger(next.value) || next.value <= 0) return undefined;
  if (lines[`${brand}_${next.value}`]) return next.value;
  const after = items[place + 1];
  const explained =
    after?.is === "ordinal" ||
    (after?.is === "concept" &&
      (after.kind === "unit" || after.kind === "animal" || after.kind === "product")) ||
    (after?.is === "symbol" && after.sign === "-");
  // "ross, erste vier Wochen": a small number in words is no strain
  if (explained || (!next.digits && next.value < LEAST_STRAIN)) return undefined;
  return next.value >= LEAST_STRAIN || hasAgeElsewhere(items, place) ? next.value : undefined;
};

/** Strain numbers have three digits or more. */
const LEAST_STRAIN = 100;

const hasAgeElsewhere = (items: readonly Item[], at: number): boolean =>
  items.some(
    (item, place) =>
      Math.abs(place - at) > 1 &&
      (item.is === "dual" ||
        (item.is === "concept" &&
          (item.id === "day" || item.id === "week") &&
          (items[place - 1]?.is === "number" || items[place + 1]?.is === "number"))),
  );

/** Parent stock of a line, told apart by sex and feathering where the breeder does so. */
const parentsOf = (
  lines: Lines,
  base: string,
  sex: Sex | undefined,
  concepts: ReadonlySet<string>,
): string[] => {
  const feathering = concepts.has("fast_feather")
    ? "fast"
    : concepts.has("slow_feather")
      ? "slow"
      : undefined;
  const all = Object.keys(lines).filter((id) => lines[id]?.parentOf === base);
  return all.filter((id) => {
    const only = lines[id]?.only;
    if (only?.sex && only.sex !== (sex === "male" ? "male" : "female")) return false;
    return !(only?.feathering && feathering && only.feathering !== feathering);
  });
};

const brandOf = (id: string): string => id.split("_")[0] ?? id;

/** Which lines the names of a text mean. `asked` is the sex named in it; `strains` receives numbers read as strain. */
export const linesOf = (
  items: readonly Item[],
  lines: Lines,
  sex: Sex | undefined,
  concepts: ReadonlySet<string>,
  strains: Set<number>,
): NamedLines => {
  const found: string[] = [];
  let choices: string[] = [];
  let chosenFrom = "";
  const brands = new Map<string, string>();
  const saysMore = (all: readonly Item[], id: string): boolean =>
    all.some(
      (item) =>
        item.is === "line" &&
        item.ids.some(
          (other) => other !== id && other !== brands.get(id) && other.startsWith(`${brands.get(id) ?? ""}_`),
        ),
    );
  for (const [at, item] of items.entries()) {
    const before = items[at - 1];
    if (item.is !== "line" || (before?.is === "concept" && before.id === "not")) continue;
    const id = item.ids.find((one) => lines[one]?.oneOf === undefined) ?? item.ids[0] ?? "";
    const family = lines[id]?.oneOf;
    const strain = family ? strainAfter(items, at, lines, id) : undefined;
    // "708 Ross", "708er Ross", "708 de Ross": the strain before the brand; "800 Cobb" is a number of birds
    let place = at - 1;
    while (place > at - 3 && (items[place]?.is === "ordinal" || items[place]?.is === "function")) place -= 1;
    const ahead = items[place];
    const turned =
      family && ahead?.is === "number" && ahead.digits && ahead.value % 50 !== 0
        ? `${id}_${ahead.value}`
        : undefined;
    if (turned && lines[turned]) {
      strains.add(place);
      found.push(turned);
      continue;
    }
    if (strain !== undefined) {
      const after = items[at + 1];
      strains.add(after?.is === "symbol" ? at + 2 : at + 1);
      found.push(`${id}_${strain}`);
    } else if (family?.length === 1) {
      found.push(family[0] ?? id);
      brands.set(family[0] ?? id, id);
    } else if (family) {
      choices = family;
      chosenFrom = id;
    } else found.push(id);
  }
  // "Lohmann … LSL": the brand alone says less than another name of it in the same text
  const distinct = [...new Set(found)].filter((id) => !brands.has(id) || !saysMore(items, id));
  // "Lohmann Classic LSL": a family of the same brand that the line is not one of leaves open which is meant
  const [only] = distinct;
  if (
    distinct.length === 1 &&
    only &&
    choices.length > 0 &&
    !choices.includes(only) &&
    !only.startsWith(`${chosenFrom}_`) &&
    brandOf(only) === brandOf(choices[0] ?? "")
  )
    return { lines: [], choices };
  if (!concepts.has("parent_stock")) return { lines: distinct, choices: distinct.length > 0 ? [] : choices };
  const parents = distinct.flatMap((id) => {
    if (lines[id]?.kind === "parent") return [id];
    const candidates = parentsOf(lines, id, sex, concepts);
    return candidates.length > 0 ? candidates : [`${id}_ps`];
  });
  if (parents.length > distinct.length) return { lines: [], choices: parents };
  if (parents.length > 0) return { lines: parents, choices: [] };
  const family = choices.flatMap((id) => parentsOf(lines, id, sex, concepts));
  return { lines: [], choices: family };
};

/** A line with a suffix that makes it another line: "cobb_500~xl". */
const VARIANT = /^(.+)~(.+)$/;

/** Name of a line to people, also of a strain that is not in lines.json ("ross_409" is "Ross 409"). */
export const lineName = (lines: Lines, id: string): string => {
  const known = lines[id];
  if (known) return known.name;
  const variant = VARIANT.exec(id);
  if (variant?.[1] !== undefined)
    return `${lines[variant[1]]?.name ?? variant[1]} ${(variant[2] ?? "").toUpperCase()}`;
  const strain = /^(.+)_(\d+|ps)$/.exec(id);
  const family = strain?.[1] === undefined ? undefined : lines[strain[1]];
  if (!family || !strain) return id;
  return strain[2] === "ps" ? `${family.name} PS` : `${family.name} ${strain[2] ?? ""}`;
};
