import { existsSync, readFileSync } from "node:fs";
import { FlockError } from "../core/errors.ts";
import type { Observation } from "./curve.ts";

/** Judged comparisons by pair of languages, as `[score, right, how many]`. */
type Stored = Record<string, [number, 0 | 1, number][]>;

/** Comparisons of questions whose truth is known, that the curves begin with (data/cache-seeds.json). */
export const loadSeeds = (root: string): Record<string, Observation[]> => {
  const path = `${root}data/cache-seeds.json`;
  if (!existsSync(path)) return {};
  let stored: Stored;
  try {
    stored = JSON.parse(readFileSync(path, "utf8")) as Stored;
  } catch (cause) {
    throw new FlockError("bad_data", `${path}: no JSON`, { cause });
  }
  const seeds: Record<string, Observation[]> = {};
  for (const [pair, seen] of Object.entries(stored))
    seeds[pair] = seen.map(([score, right, weight]) => ({ score, right: right === 1, weight }));
  return seeds;
};
