import type { Meaning } from "./meaning.ts";
import type { Entry, EntryClass } from "./entry.ts";

const DAY_MS = 86_400_000;
/** Soft and hard age of an answer by its class; its sources' versions end it sooner. */
const AGES: Readonly<Record<EntryClass, { softMs: number; hardMs: number }>> = {
  management: { softMs: 7 * DAY_MS, hardMs: 30 * DAY_MS },
  disease: { softMs: DAY_MS, hardMs: 7 * DAY_MS },
  safety: { softMs: DAY_MS, hardMs: DAY_MS },
};
/** Entries that were made together must not all be made anew together. */
const JITTER = 0.1;

const DISEASE_KINDS = new Set(["disease", "sign", "parasite"]);
/** Medicines, killing, and diseases that must be told to the authority: an answer must be to the very question. */
const SAFETY_IDS = new Set(
  "avian_influenza newcastle euthanasia culling dose withdrawal residue mass_death human poison prescription overdose".split(
    " ",
  ),
);
const SAFE_DRUGS = new Set([
  "vaccine",
  "live_vaccine",
  "killed_vaccine",
  "disinfecting_spray",
  "resistance",
  "side_effect",
  "spray_route",
  "eye_drop",
]);

/** The class of an answer, by what is asked. */
export const classOf = ({ concepts }: Meaning): EntryClass => {
  for (const [id, kind] of concepts)
    if (SAFETY_IDS.has(id) || (kind === "drug" && !SAFE_DRUGS.has(id))) return "safety";
  return [...concepts.values()].some((kind) => DISEASE_KINDS.has(kind)) ? "disease" : "management";
};

/** When an answer made now is old, and when it is gone. `random` is 0 to 1; `ttlMs` sets the hard age for all. */
export const agesOf = (
  kind: EntryClass,
  now: number,
  random: number,
  ttlMs: number | undefined,
): { soft: number; hard: number } => {
  const { softMs, hardMs } = AGES[kind];
  const spread = 1 + (random * 2 - 1) * JITTER;
  const hard = Math.min(hardMs, ttlMs ?? hardMs) * spread;
  return { soft: now + Math.min(softMs * spread, hard), hard: now + hard };
};

/** May be served: not gone, every source at the version that the answer was made from. */
export const isFresh = (
  entry: Entry,
  now: number,
  versionOf: (passage: string) => string | undefined,
): boolean => now < entry.hard && entry.passages.every(({ id, version }) => versionOf(id) === version);
