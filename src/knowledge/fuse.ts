import type { Found } from "../core/ports.ts";

/** How near is near, for questions in one language to passages in it; learnt for each embedder. */
export interface Nearness {
  /** A passage that only vectors find counts from this cosine on. */
  least: number;
  /** From here on it is surely meant. */
  sure: number;
}

/** A passage that vectors found, with what the words say of it. */
export interface Near extends Found {
  cosine: number;
  nearness: Nearness | undefined;
}

/** Reciprocal ranks: a rank among the first counts, the exact place further down hardly does. */
const RANK_BASE = 20;
/** Passages that the words find nearly as surely as the best may change places with it. */
const RIVAL = 0.75;
/** Scores of a passage that only vectors find: never as sure as one whose words fit. */
const LEAST_SCORE = 0.58;
const SURE_SCORE = 0.7;

/** What a cosine is worth as a score; undefined below the least. */
const scoreOfCosine = (cosine: number, nearness: Nearness | undefined): number | undefined => {
  if (!nearness || cosine < nearness.least) return undefined;
  const span = Math.max(1e-6, nearness.sure - nearness.least);
  return LEAST_SCORE + (SURE_SCORE - LEAST_SCORE) * Math.min(1, (cosine - nearness.least) / span);
};

/**
 * Two rankings as one. Where the words find something, vectors choose between its rivals; what only vectors find
 * stands beside it when it is near enough. The first never has a lower score than one behind it, so that one bound
 * on the first says whether anything was found.
 */
export const fuse = (lexical: readonly Found[], near: readonly Near[]): Found[] => {
  const best = lexical[0]?.score ?? 0;
  const ranks = new Map<string, { found: Found; rank: number }>();
  const add = (found: Found, at: number): void => {
    const known = ranks.get(found.passage.id);
    const rank = 1 / (RANK_BASE + at);
    if (!known) ranks.set(found.passage.id, { found, rank });
    else {
      known.rank += rank;
      if (found.score > known.found.score) known.found = found;
    }
  };
  const rivals = lexical.filter(({ score }) => score >= best * RIVAL && score > 0);
  for (const [at, found] of rivals.entries()) add(found, at);
  for (const [at, { cosine, nearness, ...found }] of near.entries()) {
    const alone = scoreOfCosine(cosine, nearness);
    if (alone !== undefined) add({ ...found, score: Math.max(found.score, alone) }, at);
    else if (ranks.has(found.passage.id)) add(found, at);
  }
  const fused = [...ranks.values()].sort((a, b) => b.rank - a.rank).map(({ found }) => found);
  const rest = lexical.filter(({ passage }) => !ranks.has(passage.id));
  let least = 0;
  return [...fused, ...rest]
    .toReversed()
    .map((found) => ({ ...found, score: (least = Math.max(least, found.score)) }))
    .toReversed();
};
