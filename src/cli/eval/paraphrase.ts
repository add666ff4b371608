import { z } from "zod";
import type { Ask } from "./asking.ts";
import { lang, text } from "./fields.ts";
import type { Judged } from "./judged.ts";

export const Paraphrase = z.object({ lang, text, group: z.string() });

/** First lines of the groups met so far: the entry that each was answered from or stored as. */
export type Groups = Map<string, string | null>;

/** Later lines of a group are hits when they come from the first line's entry; without one nothing is judged. */
export const paraphrase = async (
  ask: Ask,
  line: z.infer<typeof Paraphrase>,
  groups: Groups,
): Promise<Judged> => {
  const { entry } = await ask(line.text);
  const first = groups.get(line.group) ?? null;
  if (!groups.has(line.group)) groups.set(line.group, entry);
  const verdict = first === null ? "not_judged" : entry === first ? "right" : "wrong";
  return { set: "paraphrase", lang: line.lang, verdict, text: line.text, want: first, got: entry };
};
