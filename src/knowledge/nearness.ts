import type { EmbedText } from "../core/ports.ts";
import type { Lang, Passage } from "../core/types.ts";
import type { Nearness } from "./fuse.ts";

/** Passages whose sentences are asked as if they were questions. */
export const SAMPLES = 24;
/** As few at a time as people would ask: questions have a short time-out. */
const BATCH = 4;
/** Fewer answers say nothing. */
const LEAST_SAMPLES = 8;

/** Passages spread evenly over all. */
export const samplesOf = (ours: readonly Passage[]): Passage[] => {
  const step = Math.max(1, Math.floor(ours.length / SAMPLES));
  return ours.filter(({ gist }, at) => gist !== undefined && at % step === 0).slice(0, SAMPLES);
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 1;

export interface Learning {
  samples: readonly Passage[];
  lang: Lang;
  /** As questions. */
  embed(texts: EmbedText[]): Promise<Float32Array[]>;
  nearest(vector: Float32Array): Promise<{ id: string; cosine: number }[]>;
  /** The samples themselves are among what is searched; else all that is found is about something else, or may be. */
  isOwn: boolean;
  /** From the least to the sure cosine, where it was learnt on other texts. */
  span: number | undefined;
}

/**
 * How near the best wrong passage usually is: cosines mean another thing in each model, and in each language of one.
 * Sentences of our passages are asked in place of questions, so it needs no labels; they lie nearer to each other
 * than questions do, which errs to the safe side.
 */
export const learnNearness = async (parts: Learning): Promise<Nearness | undefined> => {
  const { samples, lang, embed, nearest, isOwn, span } = parts;
  const texts = samples.flatMap(({ gist }) => (gist ? [{ text: gist[lang], lang }] : []));
  const best: number[] = [];
  for (let from = 0; from < texts.length; from += BATCH)
    for (const [at, vector] of (await embed(texts.slice(from, from + BATCH))).entries()) {
      const wrong = (await nearest(vector)).find(({ id }) => id !== samples[from + at]?.id);
      if (wrong) best.push(wrong.cosine);
    }
  if (best.length < LEAST_SAMPLES) return undefined;
  best.sort((a, b) => a - b);
  const sure = quantile(best, 0.9);
  if (isOwn) return { least: quantile(best, 0.5), sure };
  return { least: sure, sure: sure + (span ?? 0.02) };
};
