import type { Lang } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import type { Reader } from "../language/read.ts";

/** Concepts that say how somebody talks, not what a text is about. */
const TALK = new Set(["talk", "function", "question", "followup", "person"]);
/** A passage about more lines than these is about none in particular. */
const MOST_LINES = 4;
/** Birds that a text can be for, as concepts and in words. */
const BIRDS: readonly (readonly [string, string])[] = [
  ["broiler", "broilers"],
  ["layer", "layers"],
  ["pullet", "pullets"],
  ["parent_stock", "breeders"],
];

export interface Tags {
  lang: Lang;
  /** False where nothing in the text speaks for a language (a table of numbers). */
  sure: boolean;
  concepts: string[];
  /** Lines that the text names, and kinds of birds where it names none. */
  applies: string[];
}

export type Tagger = (text: string, lang: Lang | undefined) => Tags;

/** What a text is about, by the words that the lexicon knows in it. */
export const tagger =
  (reader: Reader, lexicon: Lexicon): Tagger =>
  (text, lang) => {
    const reading = reader.read(text, lang, undefined);
    const concepts = new Set<string>();
    const lines = new Set<string>();
    for (const item of reading.items) {
      if (item.is === "concept" && !TALK.has(item.kind))
        for (const id of [item.id, item.broader]) if (id !== undefined) concepts.add(id);
      const [line] = item.is === "line" ? item.ids : [];
      if (line !== undefined) lines.add(lexicon.lines[line]?.name ?? line);
    }
    const birds = BIRDS.filter(([concept]) => concepts.has(concept)).map(([, words]) => words);
    const applies = lines.size > 0 && lines.size <= MOST_LINES ? [...lines] : birds;
    return { lang: reading.lang, sure: reading.sure, concepts: [...concepts], applies };
  };
