import type { Answer, AnswerEvent } from "../../src/core/types.ts";
import { markdownWriter } from "./markdown.ts";

/** Where answers are printed. */
export interface Screen {
  write(text: string): void;
  /** Whether escape codes are understood; plain text otherwise. */
  colour: boolean;
}

/** The terminal of a stream; colours only where it has them (NO_COLOR is heeded by Node). */
export const screenOf = (stream: NodeJS.WriteStream): Screen => ({
  write: (text) => void stream.write(text),
  colour: stream.isTTY === true && stream.hasColors(),
});

/** Prints an answer while it is written; resolves to it. Rejects with what the engine threw. */
export const printAnswer = async (events: AsyncIterable<AnswerEvent>, screen: Screen): Promise<Answer> => {
  const writer = markdownWriter(screen.colour);
  for await (const event of events) {
    switch (event.type) {
      case "stage-start":
        break;
      case "text-delta":
        screen.write(writer.push(event.text));
        break;
      case "answer-end":
        screen.write(writer.end());
        return event.answer;
    }
  }
  throw new Error("the engine ended without an answer");
};
