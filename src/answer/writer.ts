import type { Found } from "../core/ports.ts";
import type { ModelPiece, Prompt } from "../core/ports.ts";
import type { ModelUse, Turn } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import type { Reader } from "../language/read.ts";
import { guarded, type Gate } from "../model/guard.ts";
import { routeOf } from "../model/route.ts";
import { buildPrompt } from "../prompt/build.ts";
import { compressor } from "../prompt/compress.ts";
import { terminology } from "../prompt/terminology.ts";
import type { Kind, PromptTexts } from "../prompt/texts.ts";
import type { Counter } from "../prompt/tokens.ts";
import type { Understood } from "./understand.ts";

/** A word of a model, with who said it. */
export interface Said {
  model: string;
  arm: "main" | "fast" | "candidate";
  piece: ModelPiece;
}

/** What the writer is made of; compose.ts puts it together when a model is configured. */
export interface WriterParts {
  call(
    prompt: Prompt,
    options: { route: "main" | "fast"; chat?: string | undefined; signal?: AbortSignal | undefined },
  ): AsyncIterable<Said>;
  texts: PromptTexts;
  counter(): Promise<Counter>;
  lexicon: Lexicon;
  reader: Reader;
  gate: Gate;
}

export interface Written {
  /** Text that passed every guard, ready to be shown. */
  pieces: AsyncIterable<string>;
  /** Who wrote it; complete once the pieces have ended. */
  used(): ModelUse | null;
}

/** Writes prose about passages: the model sees a small prompt, and of its text only what passes the guards is shown. */
export interface Writer {
  write(
    question: Understood,
    found: readonly Found[],
    context: { turns: readonly Turn[]; chat: string | undefined; signal: AbortSignal | undefined },
  ): Promise<Written>;
}

const DISEASED = new Set(["disease", "sign", "parasite"]);

/** Which instruction goes with a question. */
const kindOf = ({ parsed }: Understood): Kind => {
  const has = (...ids: string[]): boolean => ids.some((id) => parsed.concepts.has(id));
  if (has("compare", "difference", "better", "worse")) return "compare";
  if (has("why", "cause")) return "why";
  if (parsed.topics.some(({ kind }) => DISEASED.has(kind))) return "disease";
  return has("how", "prevent", "improve", "control", "clean") ? "how-to" : "general";
};

export const writer = (parts: WriterParts): Writer => {
  const { lexicon, reader, texts, gate } = parts;
  const shortener = compressor(lexicon, reader);
  return {
    async write(question, found, { turns, chat, signal }) {
      const { text, lang, parsed } = question;
      const asked = shortener.asked(text, lang);
      const passages = found.map(({ passage }, at) => ({
        n: at + 1,
        title: passage.title,
        applies: passage.applies,
        text: passage.text,
      }));
      const langOf = new Map(found.map(({ passage }, at) => [at + 1, passage.lang]));
      const { prompt, passages: told } = buildPrompt(
        {
          question: text,
          lang,
          kind: kindOf(question),
          passages,
          terms: terminology(
            lexicon,
            lang,
            parsed.concepts,
            found.map(({ passage }) => passage.concepts),
          ),
          turns,
          shorten: (passage) =>
            shortener.compress({ text: passage.text, lang: langOf.get(passage.n) ?? "en" }, asked),
        },
        await parts.counter(),
        texts,
      );
      const { route } = routeOf({ text, lang, concepts: parsed.concepts, found: found[0]?.score });
      let used: ModelUse | null = null;
      const deltas = async function* (): AsyncGenerator<string> {
        for await (const { model, arm, piece } of parts.call(prompt, { route, chat, signal })) {
          used ??= { id: model, arm, prompt_tokens: null, completion_tokens: null };
          if ("text" in piece) yield piece.text;
          else
            used = {
              ...used,
              prompt_tokens: piece.promptTokens,
              completion_tokens: piece.completionTokens,
            };
        }
      };
      return {
        pieces: guarded(deltas(), {
          lang,
          lexicon,
          sources: { passages: told.map((passage) => ({ ...passage, lang: langOf.get(passage.n) ?? "en" })) },
          questionText: text,
          gate,
        }),
        used: () => used,
      };
    },
  };
};
