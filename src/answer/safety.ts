import { safetyRule } from "../safety/first-rules.ts";
import type { Answering } from "./house.ts";

/** Many dead birds, notifiable disease, drugs: the fixed sentence, before anything else. */
export const safety: Answering = ({ parsed, frame }) => {
  const count = Math.max(parsed.birds ?? 0, parsed.percent ?? 0, ...parsed.bare);
  const rule = safetyRule({ concepts: parsed.concepts, asksNumber: frame !== null, count });
  return rule && { via: "safety", frame: null, blocks: [{ type: "say", words: { key: `safety.${rule}` } }] };
};
