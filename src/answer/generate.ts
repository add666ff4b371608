import type { Log } from "../core/ports.ts";
import type { Block, Reply, Turn } from "../core/types.ts";
import type { Quoted } from "./extract.ts";
import type { Understood } from "./understand.ts";
import type { Writer } from "./writer.ts";

type Items = Extract<Block, { type: "passages" }>["items"];

/** Fewer letters than these are the rest of something that was held back. */
const SHORTEST_ANSWER = 40;
const REPEATED = 12;

/** A model cites passages by their place in its prompt; the reader sees the numbers of the sources. */
const cited = (text: string, items: Items): string =>
  text
    .replace(/https?:\/\/\S+/g, "")
    .replace(/[<>]/g, "")
    .replace(/ ?\[(\d{1,3})\]/g, (found, n: string) => {
      const item = items[Number(n) - 1];
      return item ? found.replace(n, String(item.from + 1)) : "";
    });

/**
 * Prose of a model about the quoted passages, piece by piece as the guards release it; returns the whole reply.
 * A model that fails before its first word, or says nothing that may be shown, leaves the quotes; one that fails
 * later keeps what it said, and the quotes stand under it.
 */
export async function* generate(
  question: Understood,
  { reply, shown }: Quoted,
  writer: Writer,
  context: { turns: readonly Turn[]; chat: string | undefined; signal: AbortSignal | undefined; log: Log },
): AsyncGenerator<string, Reply> {
  const [quotes] = reply.blocks;
  if (quotes?.type !== "passages") return reply;
  const { signal } = context;
  let prose = "";
  let used: Reply["model"] = null;
  let failed = false;
  try {
    const written = await writer.write(question, shown, context);
    // white space waits for the word after it: the text that is streamed is the text that is kept
    let gap = "";
    for await (const piece of written.pieces) {
      const text = gap + cited(piece, quotes.items);
      const words = prose === "" ? text.trim() : text.trimEnd();
      gap = words === "" ? text : text.slice(text.trimEnd().length);
      if (words === "") continue;
      // a model that has begun to repeat itself has nothing more to say
      if (words.length > REPEATED && prose.split(words.trim()).length > 2) break;
      prose += words;
      yield words;
    }
    used = written.used();
  } catch (error) {
    if (signal?.aborted) throw error;
    failed = true;
    context.log.warn({ err: error }, "the model failed; the passages are quoted");
  }
  if (prose.trim() === "") return reply;
  const blocks: Block[] = [{ ...quotes, prose }];
  // a rest of an answer, or one that broke off, is no answer: the quotes stand under it
  const partial = failed || prose.length < SHORTEST_ANSWER;
  return { ...reply, via: "model", model: used, blocks: partial ? [...blocks, ...reply.blocks] : blocks };
}
