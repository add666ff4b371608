import { safetyRule } from "../safety/first-rules.ts";
import type { Answering } from "./house.ts";

/** Many dead birds, notifiable disease, drugs: the fixed sentence, before anything else. */
export const safety: Answering = ({ parsed, frame }) => {
  const rule = safetyRule(parsed.concepts, frame !== null);
  return rule && { via: "safety", frame: null, blocks: [{ type: "say", words: { key: `safety.${rule}` } }] };
};
