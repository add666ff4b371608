import type { Lang } from "../core/types.ts";
import type { Lexicon, Phrases } from "../language/lexicon.ts";
import { tokenise, type Token } from "../language/normalise.ts";
import { segment } from "../language/segment.ts";

/** A stretch of a sentence as the gate sees it: what it may mean, and whether a clause begins with it. */
export interface Piece {
  ids: readonly string[];
  kinds: readonly string[];
  isNumber: boolean;
  /** Its first token, folded. */
  fold: string;
  /** As it is written. */
  text: string;
  /** The text from it on, without spaces, long enough to see a unit. */
  rest: string;
  startsClause: boolean;
  /** Several words of a script with spaces. */
  isPhrase: boolean;
}

const NOTHING: readonly string[] = [];
/** Longest unit of a script without spaces. */
const UNIT = 8;
/** Arabic particles that are written as one with the next word. */
const ARABIC_PREFIXES = ["وبال", "وال", "بال", "فال", "كال", "لل", "ال", "وب", "ول", "و", "ف", "ب", "ل", "ك"];

const unglued = (tokens: readonly Token[], phrases: Phrases): Token[] =>
  tokens.map((token) => {
    if (token.kind !== "word" || phrases.has(token.fold)) return token;
    for (const prefix of ARABIC_PREFIXES) {
      const rest = token.fold.startsWith(prefix) ? token.fold.slice(prefix.length) : "";
      if (rest.length >= 2 && phrases.has(rest)) return { ...token, raw: rest, fold: rest };
    }
    return token;
  });

/**
 * Reads one sentence with every meaning that its words may have, without mending slips: a gate need not guess what
 * was meant, and models and documents spell well.
 */
export const piecesOf = (sentence: string, lang: Lang, lexicon: Lexicon): Piece[] => {
  const own = lexicon.languages[lang].phrases;
  const maps = lang === "en" ? [own] : [own, lexicon.languages.en.phrases];
  const read = tokenise(sentence);
  const tokens = lang === "ar" ? unglued(read, own) : read;
  return segment(tokens, lexicon, maps, { count: 0 }).map(({ hits, at, length }): Piece => {
    const token = tokens[at];
    // what a narrower concept is a kind of is told too
    const concepts = hits.flatMap((hit) =>
      hit.is === "concept"
        ? hit.broader === undefined
          ? [hit]
          : [hit, { ...hit, id: hit.broader }]
        : NO_HITS,
    );
    const isNumber =
      token?.kind === "number" ||
      hits.some(({ is }) => is === "number" || is === "scale" || is === "half" || is === "dual");
    let rest = "";
    let text = "";
    for (let next = at; next < at + length; next += 1)
      text += tokens[next]?.gap ? ` ${tokens[next]?.raw}` : (tokens[next]?.raw ?? "");
    if (token?.kind === "sign")
      for (let next = at; next < Math.min(tokens.length, at + UNIT); next += 1)
        rest += tokens[next]?.raw ?? "";
    return {
      ids: token?.fold === "%" ? PERCENT : concepts.length === 0 ? NOTHING : concepts.map(({ id }) => id),
      kinds: concepts.length === 0 ? NOTHING : concepts.map(({ kind }) => kind),
      isNumber: isNumber && length <= LONGEST_NUMBER,
      fold: token?.fold ?? "",
      text,
      rest,
      startsClause: token?.stop ?? false,
      isPhrase: length > 1 && token?.kind === "word",
    };
  });
};
const NO_HITS: never[] = [];
const PERCENT = ["percent"];
const LONGEST_NUMBER = 12;
