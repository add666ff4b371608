import { z } from "zod";
import type { Ask } from "./asking.ts";
import { lang, text } from "./fields.ts";
import { same, type Judged } from "./judged.ts";

export const NearMiss = z.object({ lang_a: lang, a: text, b: text });

/** A pair that must not share an answer. Where neither side has a frame or an entry there is nothing to share. */
export const nearMiss = async (ask: Ask, { lang_a, a, b }: z.infer<typeof NearMiss>): Promise<Judged> => {
  const [one, two] = [await ask(a), await ask(b)];
  const shared =
    (one.frame !== null && same(one.frame, two.frame)) || (one.entry !== null && one.entry === two.entry);
  const bare = [one, two].every((given) => given.frame === null && given.entry === null);
  const verdict = shared ? "wrong" : bare ? "not_judged" : "right";
  const got = one.frame ?? one.entry;
  return { set: "near_miss", lang: lang_a, verdict, text: `${a} | ${b}`, want: "two answers", got };
};
