import { z } from "zod";
import type { Ask } from "./asking.ts";
import { frame, lang, text } from "./fields.ts";
import { byFrame, type Judged } from "./judged.ts";

export const Template = z.object({ lang, text, frame });

/** A question of the tables: right when the frame is the one that was meant. */
export const template = async (ask: Ask, line: z.infer<typeof Template>): Promise<Judged> => ({
  set: "template",
  lang: line.lang,
  text: line.text,
  ...byFrame(line.frame, await ask(line.text)),
});
