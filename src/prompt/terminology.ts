import type { Lang } from "../core/types.ts";
import { foldWord } from "../language/normalise.ts";
import type { Lexicon } from "../language/lexicon.ts";

/** A model knows everyday words; these kinds are the trade's own, where a wrong word misleads. */
const TRADE = new Set([
  "metric",
  "part",
  "nutrient",
  "phase",
  "product",
  "housing",
  "climate",
  "equipment",
  "feed",
  "chemical",
  "disease",
  "parasite",
  "sign",
  "management",
]);
const MOST_TERMS = 15;

/**
 * The words of the trade that a question and its passages are about, in the asker's language, each as
 * `term (English)`: first those of the question that a passage has too, then the question's others, then what most
 * passages share. None for English, whose words the passages have already.
 */
export const terminology = (
  lexicon: Lexicon,
  lang: Lang,
  question: Iterable<string>,
  passages: readonly Iterable<string>[],
): string[] => {
  if (lang === "en") return [];
  const asked = new Set(question);
  const scores = new Map<string, number>();
  for (const [rank, passage] of passages.entries())
    for (const id of new Set(passage)) scores.set(id, (scores.get(id) ?? 0) + 1 / (rank + 1));
  for (const id of asked) scores.set(id, (scores.get(id) ?? 0) + ASKED);
  const own = lexicon.languages[lang].firstForms;
  const english = lexicon.languages.en.firstForms;
  return [...scores]
    .filter(([id]) => TRADE.has(lexicon.concepts[id]?.kind ?? ""))
    .sort((a, b) => b[1] - a[1])
    .flatMap(([id]) => {
      const [term, name] = [own.get(id), english.get(id)];
      // "pH", "ascites": the same word in both
      if (
        term === undefined ||
        name === undefined ||
        foldWord(term.toLowerCase()) === foldWord(name.toLowerCase())
      )
        return [];
      return [`${term} (${name})`];
    })
    .slice(0, MOST_TERMS);
};
/** More than any number of passages give together. */
const ASKED = 10;
