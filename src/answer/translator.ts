import type { ModelPiece, Prompt } from "../core/ports.ts";
import type { Lang } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { languageGuard } from "../model/language-guard.ts";
import { quantitiesIn } from "../model/quantities.ts";
import type { Quantity } from "../model/quantity.ts";
import { LAYOUT } from "../prompt/layout.ts";
import type { Gate } from "../safety/gate.ts";

/** A text in another language; undefined where a model cannot give one that may be shown. */
export type Translate = (
  prose: string,
  from: Lang,
  to: Lang,
  signal: AbortSignal | undefined,
) => Promise<string | undefined>;

/** A longer wait than this and the answer is written anew instead. */
const TIMEOUT_MS = 8_000;
/** A translation is at most so many times as long as its text. */
const LONGEST = 3;
const MOST_TOKENS = 600;

const NAMES = LAYOUT.languages;

const MARKS = /\[\d{1,3}\]/g;
const marksOf = (text: string): string => (text.match(MARKS) ?? []).sort().join("");

/** Translates a text that was checked already, by the fast model; its numbers, marks, language and safety are checked again. */
export const translator = (parts: {
  system: string;
  call(
    prompt: Prompt,
    options: { route: "fast"; chat?: undefined; signal?: AbortSignal | undefined },
  ): AsyncIterable<{ piece: ModelPiece }>;
  lexicon: Lexicon;
  gate: Gate;
}): Translate => {
  const { lexicon } = parts;
  /** Figures in digits; number words and articles differ between languages. */
  const figures = (text: string, lang: Lang): Quantity[] =>
    quantitiesIn(text.replace(MARKS, " "), lang, lexicon).filter(
      ({ spoken, inPhrase }) => !spoken && !inPhrase,
    );
  /** Each figure of the one is a figure of the other, and no figure is left over. */
  const sameFigures = (ours: readonly Quantity[], theirs: readonly Quantity[]): boolean => {
    const left = [...theirs];
    for (const { readings } of ours) {
      const at = left.findIndex((other) =>
        other.readings.some(({ value }) => readings.some((reading) => reading.value === value)),
      );
      if (at === -1) return false;
      left.splice(at, 1);
    }
    return left.length === 0;
  };
  const isFaithful = (text: string, prose: string, from: Lang, to: Lang): boolean =>
    text !== "" &&
    text.length <= LONGEST * prose.length + 100 &&
    marksOf(text) === marksOf(prose) &&
    sameFigures(figures(text, to), figures(prose, from)) &&
    languageGuard(lexicon, to).fits(text) &&
    parts.gate(text, to).ok;

  return async (prose, from, to, signal) => {
    const user = `<text>\n${prose.replace(/[<>]/g, "")}\n</text>\n\nTranslate the text from ${NAMES[from]} into ${NAMES[to]}.`;
    const limit = AbortSignal.timeout(TIMEOUT_MS);
    const until = signal ? AbortSignal.any([signal, limit]) : limit;
    let text = "";
    try {
      const prompt = { system: parts.system, user, maxTokens: MOST_TOKENS };
      for await (const { piece } of parts.call(prompt, { route: "fast", signal: until })) {
        if ("text" in piece) text += piece.text;
        else if (piece.end === "length") return undefined;
      }
    } catch (error) {
      if (signal?.aborted) throw error;
      return undefined;
    }
    const said = text.replace(/<\/?text>/g, "").trim();
    return isFaithful(said, prose, from, to) ? said : undefined;
  };
};
