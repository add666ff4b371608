import type { Found } from "../core/ports.ts";
import type { ModelPiece, Prompt } from "../core/ports.ts";
import type { ModelUse, Passage, Turn } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import type { Reader } from "../language/read.ts";
import type { JudgedText } from "../model/figures.ts";
import { guarded, type Gate } from "../model/guard.ts";
import { routeOf } from "../model/route.ts";
import { buildPrompt, type PromptPart } from "../prompt/build.ts";
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
  /** Hears what the parts of each prompt weigh, in tokens. */
  prompted?: (tokens: Readonly<Record<PromptPart, number>>) => void;
  /** Hears what the guards said of each text that a model wrote to its end. */
  judged?: (text: JudgedText) => void;
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

/** Kinds and concepts that nobody may be told of who did not find them in a passage. */
const GRAVE_KINDS = new Set(["drug", "chemical", "parasite"]);
const GRAVE = new Set([
  "sell",
  "authority",
  "human",
  "child",
  "doctor",
  "hide",
  "skip",
  "unneeded",
  "transport",
  "exposed",
  "under_treatment",
]);
/** So many words in a row are a quotation. */
const QUOTED = 6;

const shingles = (text: string): Set<string> => {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return new Set(words.slice(QUOTED - 1).map((_, at) => words.slice(at, at + QUOTED).join(" ")));
};

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
  const told = shingles(texts.system);

  /** What a model may say is what the passages speak of: no substance, sale or duty of its own, and nothing of its orders. */
  const strict = (passages: readonly Passage[]): Gate => {
    const known = new Set(passages.flatMap(({ concepts }) => concepts));
    for (const { text, lang } of passages)
      for (const item of reader.read(text, lang, undefined).items)
        if (item.is === "concept") for (const id of [item.id, item.broader ?? item.id]) known.add(id);
    return (text, lang) => {
      const verdict = gate(text, lang);
      if (!verdict.ok) return verdict;
      const own = reader
        .read(text, lang, undefined)
        .items.some(
          (item) =>
            item.is === "concept" &&
            (GRAVE_KINDS.has(item.kind) || GRAVE.has(item.broader ?? item.id)) &&
            !known.has(item.broader ?? item.id),
        );
      if (own) return { ok: false, rule: "dose" };
      return [...shingles(text)].some((words) => told.has(words)) ? { ok: false, rule: "residues" } : verdict;
    };
  };

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
      const {
        prompt,
        receipt,
        passages: told,
      } = buildPrompt(
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
      parts.prompted?.(receipt.parts);
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
      const seen = { pieces: 0, passed: 0, clean: true };
      const judge = guarded(deltas(), {
        lang,
        lexicon,
        sources: { passages: told.map((passage) => ({ ...passage, lang: langOf.get(passage.n) ?? "en" })) },
        questionText: text,
        gate: strict(found.map(({ passage }) => passage)),
        dropped: () => (seen.clean = false),
        judged: (passed) => {
          seen.pieces += 1;
          if (passed) seen.passed += 1;
        },
      });
      const pieces = async function* (): AsyncGenerator<string> {
        yield* judge;
        // a text that broke off, or that the reader left, says nothing of what its model writes
        if (used && seen.pieces > 0) parts.judged?.({ model: used.id, arm: used.arm, ...seen });
      };
      return { pieces: pieces(), used: () => used };
    },
  };
};
