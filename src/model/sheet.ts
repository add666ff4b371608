import type { LanguageWords } from "../language/lexicon.ts";
import type { Token } from "../language/normalise.ts";
import type { Segment } from "../language/segment.ts";

/** A text as its quantities are read from it. */
export interface Sheet {
  tokens: readonly Token[];
  segments: readonly Segment[];
  words: LanguageWords;
}

/** First token of a segment. */
export const tokenAt = ({ tokens, segments }: Sheet, at: number): Token | undefined =>
  tokens[segments[at]?.at ?? -1];
