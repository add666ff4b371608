import { z } from "zod";
import { NOTHING, type Ask, type Given } from "./asking.ts";
import { frame, lang, text } from "./fields.ts";
import { byFrame, same, type Judged } from "./judged.ts";

export const Conversation = z
  .object({ lang, turns: z.array(text).min(1), expect: text.optional(), frame: frame.optional() })
  .refine((line) => line.frame !== undefined || line.expect !== undefined, "neither frame nor expect");

/** What is listed of an answer. */
const listed = ({ via, frame: asked, entry, sources }: Given) => ({ via, frame: asked, entry, sources });

/** The last turn of a chat against its frame, or against the same question asked alone. */
export const conversation = async (
  ask: Ask,
  line: z.infer<typeof Conversation>,
  chat: string,
): Promise<Judged> => {
  let last = NOTHING;
  for (const turn of line.turns) last = await ask(turn, chat);
  const base = { set: "conversation", lang: line.lang, text: line.turns.join(" → ") } as const;
  if (line.frame !== undefined) return { ...base, ...byFrame(line.frame, last) };
  const alone = await ask(line.expect ?? "");
  const equal = alone.via === last.via && same(alone.sources, last.sources);
  // two answers that say "not in my sources" agree, but nobody has been answered
  const nothing = alone.via === "unknown" && alone.frame === null && last.frame === null;
  const verdict = !equal ? "wrong" : nothing ? "unanswered" : "right";
  return { ...base, verdict, want: listed(alone), got: listed(last) };
};
