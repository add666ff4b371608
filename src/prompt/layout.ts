import type { Lang } from "../core/types.ts";

/** The frame around the parts of a request; a part of its version. */
export const LAYOUT = {
  terms: ["<terms>\n", "\n</terms>\n\n"],
  passages: ["<passages>\n", "\n</passages>\n\n"],
  conversation: ["<conversation>\n", "\n</conversation>\n\n"],
  question: ["<question>\n", "\n</question>\n\n"],
  speakers: { user: "Farmer: ", assistant: "You: " },
  noPassages: "(none)",
  order: "Answer in LANGUAGE.",
  languages: {
    ar: "Arabic",
    de: "German",
    en: "English",
    es: "Spanish",
    fr: "French",
    hi: "Hindi",
    id: "Indonesian",
    it: "Italian",
    ja: "Japanese",
    nl: "Dutch",
    pl: "Polish",
    pt: "Portuguese",
    th: "Thai",
    tr: "Turkish",
    vi: "Vietnamese",
    zh: "Simplified Chinese",
  },
} as const satisfies {
  languages: Record<Lang, string>;
  [part: string]: unknown;
};

/** The one order of language that a request holds, its last line. */
export const languageOrder = (lang: Lang): string => LAYOUT.order.replace("LANGUAGE", LAYOUT.languages[lang]);

/** What a chat template writes around the two messages, in Llama-3 tokens (measured: 35). */
export const TEMPLATE_TOKENS = 36;

const TAGS = /<(?=\s*\/?\s*(?:terms|passages|conversation|question)\b)/gi;
/** Control characters, marks that turn the direction of a text, and Unicode tags that nobody sees. */
const HIDDEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu;

/**
 * A stranger's text as data on one line: it cannot close the part it stands in, forge another passage's number at
 * the beginning of a line, or hold a control token of a chat template ("<|eot_id|>", "[INST]", "<s>").
 */
export const asData = (text: string): string =>
  text
    .replace(HIDDEN, " ")
    .replace(/\s+/g, " ")
    .replace(TAGS, "‹")
    .replace(/<\||\|>/g, "|")
    .replace(/<(?=\/?(?:s|unk|pad|bos|eos|im_start|im_end|start_of_turn|end_of_turn)\s*>)/gi, "‹")
    .replace(/\[(?=\/?(?:INST|SYS|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\])/g, "(")
    .trim();
