import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { refuse } from "./refuse.ts";

/** A longer line is given in pieces. */
const LONGEST_LINE = 64 * 1024;

/** The first bytes of a file. */
export const beginningOf = (path: string, bytes: number): Buffer => {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(bytes);
    return start.subarray(0, readSync(file, start, 0, bytes, 0));
  } finally {
    closeSync(file);
  }
};

/** The encoding that the first bytes mark, or UTF-8. */
export const markedEncoding = (start: Buffer): "utf-16le" | "utf-16be" | undefined => {
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  return start[0] === 0xfe && start[1] === 0xff ? "utf-16be" : undefined;
};

/** The text of a file in UTF-8 or UTF-16, piece by piece; anything else would be read as other letters, and is refused. */
export async function* textPieces(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(markedEncoding(beginningOf(path, 4)) ?? "utf-8", { fatal: true });
  const decode = (bytes: Uint8Array | undefined): string => {
    try {
      const text = bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
      if (!text.includes("\0")) return text;
    } catch (cause) {
      throw refuse("its text is not in UTF-8 (save it as UTF-8 and try again)", cause);
    }
    throw refuse("it is not a text");
  };
  for await (const bytes of createReadStream(path, { highWaterMark: 256 * 1024 }))
    yield decode(bytes as Buffer);
  yield decode(undefined);
}

/** Lines of a text file with their numbers, the first being 1. */
export async function* textLines(path: string): AsyncGenerator<{ text: string; line: number }> {
  let rest = "";
  let line = 1;
  for await (const piece of textPieces(path)) {
    const parts = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop() ?? "";
    for (const text of parts) {
      yield { text, line };
      line += 1;
    }
    while (rest.length > LONGEST_LINE) {
      const space = rest.lastIndexOf(" ", LONGEST_LINE);
      const cut = space > 0 ? space : LONGEST_LINE;
      yield { text: rest.slice(0, cut), line };
      rest = rest.slice(cut);
    }
  }
  if (rest !== "") yield { text: rest.replace(/\r$/, ""), line };
}
