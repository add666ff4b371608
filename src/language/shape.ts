/** How the words of a language are spelt: frequencies of three letters in a row, for words that no lexicon knows. */

const BUCKETS = 4096;

/** Log frequency of each hashed trigram, by language. */
export type Shapes = readonly Float32Array[];

const eachTrigram = (word: string, visit: (bucket: number) => void): void => {
  const padded = `^${word}$`;
  for (let at = 0; at + 2 < padded.length; at += 1) {
    const value =
      (padded.charCodeAt(at) * 961 + padded.charCodeAt(at + 1) * 31 + padded.charCodeAt(at + 2)) >>> 0;
    visit(Math.imul(value, 2654435761) >>> 20);
  }
};

/** Counts the trigrams of every word for the languages that spell it so. */
export const shapesOf = (
  sources: readonly ReadonlyMap<string, { exact: number }>[],
  languages: number,
): Shapes => {
  const counts = Array.from({ length: languages }, () => new Float32Array(BUCKETS).fill(0.5));
  for (const words of sources)
    for (const [word, { exact }] of words) {
      const own = counts.filter((_, index) => exact & (1 << index));
      if (own.length > 0)
        eachTrigram(word, (bucket) =>
          own.forEach((count) => void (count[bucket] = (count[bucket] ?? 0) + 1)),
        );
    }
  return counts.map((own) => {
    const total = own.reduce((sum, count) => sum + count, 0);
    return own.map((count) => Math.log(count / total));
  });
};

/** Mean log likelihood of a word's spelling in a language; nearer to zero is likelier. */
export const likeness = (word: string, shape: Float32Array): number => {
  let sum = 0;
  let count = 0;
  eachTrigram(word, (bucket) => {
    sum += shape[bucket] ?? 0;
    count += 1;
  });
  return count === 0 ? 0 : sum / count;
};
