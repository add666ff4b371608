import { FlockError } from "../../core/errors.ts";
import type { Engine } from "../../core/ports.ts";
import type { ModelUse } from "../../core/types.ts";

/** The parts of an answer that are judged. */
export interface Given {
  via: string;
  lang: string;
  text: string;
  frame: object | null;
  entry: string | null;
  sources: string[];
  /** It shows passages, be it under something else. */
  quotes: boolean;
  model: Pick<ModelUse, "id" | "arm"> | null;
}
export type Ask = (text: string, chat?: string) => Promise<Given>;

/** What nobody has said yet. */
export const NOTHING: Given = {
  via: "",
  lang: "",
  text: "",
  frame: null,
  entry: null,
  sources: [],
  quotes: false,
  model: null,
};

/** Asks the engine as a door would: a text, nothing told about its language. */
export const asker =
  (engine: Engine): Ask =>
  async (question, chat) => {
    try {
      for await (const event of engine.ask({ text: question, chat, channel: "eval" })) {
        if (event.type !== "answer-end") continue;
        const { via, lang, text, frame, entry, sources, blocks, model } = event.answer;
        return {
          via,
          lang,
          text,
          frame,
          entry,
          sources: sources.map((source) => JSON.stringify(source)).sort(),
          quotes: blocks.some(({ type }) => type === "passages"),
          model: model && { id: model.id, arm: model.arm },
        };
      }
    } catch (error) {
      if (!(error instanceof FlockError) || error.code === "bug") throw error;
      return { ...NOTHING, via: `error:${error.code}` };
    }
    throw new FlockError("bug", "the engine ended without an answer");
  };
