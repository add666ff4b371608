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

/** A strain number that no known line carries: "Ross 409" is a line of its own, without a table. */
const strainAfter = (items: readonly Item[], at: number): number | undefined => {
  const next = items[at + 1];
  if (
    next?.is !== "number" ||
    !next.digits ||
    next.value < 100 ||
    next.value > 999 ||
    !Number.isInteger(next.value)
  )
    return undefined;
  const after = items[at + 2];
  if (after?.is === "concept" && (after.kind === "unit" || after.kind === "animal")) return undefined;
  return next.value;
};

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
  for (const [at, item] of items.entries()) {
    if (item.is !== "line") continue;
    const id = item.ids.find((one) => lines[one]?.oneOf === undefined) ?? item.ids[0] ?? "";
    const family = lines[id]?.oneOf;
    const strain = family ? strainAfter(items, at) : undefined;
    // "708 Ross": the strain before the brand; "800 Cobb" is a number of birds
    const ahead = items[at - 1];
    const turned =
      family && ahead?.is === "number" && ahead.digits && ahead.value % 50 !== 0
        ? `${id}_${ahead.value}`
        : undefined;
    if (turned && lines[turned]) {
      strains.add(at - 1);
      found.push(turned);
      continue;
    }
    if (strain !== undefined) {
      strains.add(at + 1);
      found.push(`${id}_${strain}`);
    } else if (family?.length === 1) found.push(family[0] ?? id);
    else if (family) choices = family;
    else found.push(id);
  }
  const distinct = [...new Set(found)];
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

/** Name of a line to people, also of a strain that is not in lines.json ("ross_409" is "Ross 409"). */
export const lineName = (lines: Lines, id: string): string => {
  const known = lines[id];
  if (known) return known.name;
  const strain = /^(.+)_(\d+|ps)$/.exec(id);
  const family = strain?.[1] === undefined ? undefined : lines[strain[1]];
  if (!family || !strain) return id;
  return strain[2] === "ps" ? `${family.name} PS` : `${family.name} ${strain[2] ?? ""}`;
};
