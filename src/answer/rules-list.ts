import type { Block } from "../core/types.ts";
import { RULES } from "../safety/rules.ts";
import type { Answering } from "./house.ts";

/** "/safety": the rules that stand outside any model, from the code itself: when each applies, what it says, what it misses. */
export const rulesList: Answering = ({ text }) => {
  if (text.trim().toLowerCase() !== "/safety") return undefined;
  return {
    via: "safety",
    frame: null,
    blocks: RULES.flatMap(({ id, trigger, stance, misses }): Block[] => [
      { type: "say", words: { text: `**${id}** (${stance} an answer): ${trigger}` } },
      { type: "say", words: { key: `safety.${id}` } },
      { type: "list", items: misses.map((miss) => ({ text: `Known miss: ${miss}` })) },
    ]),
  };
};
