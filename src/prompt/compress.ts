import type { Lang } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { tokenise } from "../language/normalise.ts";
import type { Reader } from "../language/read.ts";
import { sentencesOf } from "./sentences.ts";

/** What a question is about, for the choice of sentences. */
export interface Asked {
  concepts: ReadonlySet<string>;
  /** Content words as typed, without accents: they find what the lexicon does not know. */
  words: ReadonlySet<string>;
}

/** Kinds that stand in any sentence and so choose none. */
const EVERYWHERE = new Set([
  "function",
  "talk",
  "question",
  "qualifier",
  "comparison",
  "negation",
  "followup",
  "time_relation",
  "unit",
  "animal",
]);
const SHORTEST_WORD = 4;
/** Words that begin alike for so many letters are forms of one. */
const STEM = 6;
const LONGEST_PASSAGE = 4000;

const stem = (word: string): string => word.slice(0, STEM);

export interface Compressor {
  asked(question: string, lang: Lang): Asked;
  /**
   * A passage without the sentences that have nothing to do with the question. The first one stays, for it names
   * what the passage is about; so does every sentence with a figure, for a figure without its condition misleads
   * and a missing one cannot be quoted. A passage that shares nothing with the question stays whole.
   */
  compress(passage: { text: string; lang: Lang }, asked: Asked): string;
}

export const compressor = (lexicon: Lexicon, reader: Reader): Compressor => {
  const read = (text: string, lang: Lang): Asked & { figures: boolean } => {
    const concepts = new Set<string>();
    const words = new Set<string>();
    let figures = false;
    for (const item of reader.read(text, lang, undefined).items) {
      if (item.is === "concept" && !EVERYWHERE.has(item.kind)) concepts.add(item.id);
      figures ||= (item.is === "number" && (item.digits || item.value > 1)) || item.is === "dual";
    }
    for (const { kind, fold } of tokenise(text)) {
      if (kind === "number") figures = true;
      if (kind !== "word" || fold.length < SHORTEST_WORD) continue;
      if (((lexicon.words.get(fold)?.grammar ?? 0) & lexicon.languages[lang].bit) === 0)
        words.add(stem(fold));
    }
    return { concepts, words, figures };
  };
  const shares = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => {
    for (const one of a) if (b.has(one)) return true;
    return false;
  };
  return {
    asked: (question, lang) => read(question, lang),
    compress({ text, lang }, asked) {
      const sentences = sentencesOf(text.slice(0, LONGEST_PASSAGE));
      const judged = sentences.map((sentence, at) => {
        const own = read(sentence, lang);
        const shared = shares(own.concepts, asked.concepts) || shares(own.words, asked.words);
        return { sentence, shared, kept: shared || own.figures || at === 0 };
      });
      if (!judged.some(({ shared }) => shared)) return sentences.join(" ");
      return judged.flatMap(({ sentence, kept }) => (kept ? [sentence] : [])).join(" ");
    },
  };
};
