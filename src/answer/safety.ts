import { safetyRule } from "../safety/first-rules.ts";
import type { Answering } from "./house.ts";

/** Longer texts are notes of many days, in which single losses are told. */
const PASTED = 300;

/** Many dead birds, notifiable disease, drugs: the fixed sentence, before anything else. */
export const safety: Answering = ({ parsed, frame, text }) => {
  const count = Math.max(parsed.birds ?? 0, parsed.percent ?? 0, ...parsed.bare);
  const rule = safetyRule({
    concepts: parsed.concepts,
    asksNumber: frame !== null,
    count,
    countsBirds: parsed.birds !== undefined,
    pasted: text.length > PASTED,
  });
  return rule && { via: "safety", frame: null, blocks: [{ type: "say", words: { key: `safety.${rule}` } }] };
};
