import { createHash } from "node:crypto";
import type { Lang } from "../core/types.ts";
import type { Meaning } from "./meaning.ts";

/** What an answer may be shared within: nothing of one scope is ever seen in another. */
export interface Scope {
  /** Workspace, guild, bot; the HTTP door is one tenant. */
  tenant: string;
  /** Version of what a model is told, and the class of models that writes; "none" where passages are quoted. */
  writer: string;
}

const digest = (...parts: readonly string[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);

export const scopeKey = ({ tenant, writer }: Scope): string => digest("scope", tenant, writer);

/** Marks at the ends that change nothing of what is asked; a minus, a percent sign or a degree does. */
const EDGES = /^[\s"'«»„“”‘’([{¿¡…]+|[\s"'«»„“”‘’)\]}.,;:!?…。、，．！？؟।]+$/gu;
const NATIVE_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u0e50-\u0e59]/g;
const digitOf = (sign: string): string => {
  const code = sign.charCodeAt(0);
  const zero = [0x0660, 0x06f0, 0x0966, 0x0e50].find((start) => code >= start && code < start + 10) ?? code;
  return String(code - zero);
};

/** A text as it is compared for the exact tier: one spelling, one case, one kind of digits, no edges. Never stemmed. */
export const exactText = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(NATIVE_DIGITS, digitOf)
    .replace(/\s+/g, " ")
    .replace(EDGES, "")
    .replace(/ ?([?!.,;:…？！。，、]) ?/g, "$1 ")
    .trim();

/** The same letters in two languages can be two questions. */
export const exactKey = (scope: string, lang: Lang, text: string): string =>
  `x:${digest(scope, lang, exactText(text))}`;

/** Concepts that a meaning must have to be a question of its own. */
const FEWEST_CONCEPTS = 2;

/**
 * The key of a question that is understood to its last word, the same in every language and order of words;
 * undefined where a word is left over, or where order or opposites could be in play.
 */
export const meaningKey = (scope: string, meaning: Meaning): string | undefined => {
  const { concepts, breeds, numbers, unread, order } = meaning;
  if (unread.length > 0 || concepts.size + numbers.length < FEWEST_CONCEPTS) return undefined;
  if (ORDERED.some((id) => concepts.has(id))) return `f:${digest(scope, "ordered", ...breeds, ...order)}`;
  return `f:${digest(scope, [...concepts.keys()].sort().join(" "), breeds.join(" "), numbers.join(";"))}`;
};

/** With one of these the order of what is said is part of the question: "from A to B", "A more than B". */
const ORDERED = [
  "from_time",
  "between",
  "before",
  "after",
  "more_than",
  "less_than",
  "compare",
  "not",
  "without",
  "with",
];
