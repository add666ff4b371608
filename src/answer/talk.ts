import type { Answering } from "./house.ts";

const KINDS = ["help", "thanks", "bye", "greeting"] as const;

/** Greetings and thanks, with three example questions that work. */
export const smalltalk: Answering = ({ parsed, frame }) => {
  if (frame !== null || parsed.understood > 0 || parsed.unread > 2) return undefined;
  const said =
    KINDS.find((id) => parsed.concepts.has(id)) ??
    (parsed.concepts.has("how_are_you") ? "greeting" : undefined);
  if (!said) return undefined;
  const message = { type: "say", words: { key: `smalltalk.${said}` } } as const;
  return {
    via: "smalltalk",
    frame: null,
    blocks: said === "greeting" || said === "help" ? [message, { type: "examples" }] : [message],
  };
};
