import type { Answering } from "./house.ts";

/** "OK", "haha", "wrong chat", "how are you": answered by what can be asked. */
const SMALL = ["how_are_you", "yes", "no_answer", "sorry"];
const KINDS = ["help", "thanks", "bye", "greeting"] as const;

/** Kinds of words that may stand in a greeting or a thank-you without making it a question. */
const LIGHT_KINDS = new Set(["talk", "function", "qualifier", "question", "followup", "negation"]);
/** Characters that nobody knows of, above which a text is more than talk; scripts without spaces say more in fewer. */
const MOST_UNREAD = 14;
const MOST_UNREAD_SIGNS = 3;
const WITHOUT_SPACES = new Set(["ja", "th", "zh"]);

/** Greetings and thanks, with three example questions that work. */
export const smalltalk: Answering = ({ parsed, frame, lang }) => {
  if (frame !== null || !parsed.topics.every(({ kind }) => LIGHT_KINDS.has(kind))) return undefined;
  if (parsed.unreadLength > (WITHOUT_SPACES.has(lang) ? MOST_UNREAD_SIGNS : MOST_UNREAD)) return undefined;
  const said =
    KINDS.find((id) => parsed.concepts.has(id)) ??
    (SMALL.some((id) => parsed.concepts.has(id)) ? "help" : undefined);
  if (!said) return undefined;
  const message = { type: "say", words: { key: `smalltalk.${said}` } } as const;
  return {
    via: "smalltalk",
    frame: null,
    blocks: said === "greeting" || said === "help" ? [message, { type: "examples" }] : [message],
  };
};
