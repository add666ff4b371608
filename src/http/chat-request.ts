import { isLang, type Lang, type Request as Question, type Turn } from "../core/types.ts";
import { type Fault, fault } from "./faults.ts";

/** A checked body of POST /v1/chat/completions. */
export interface ChatRequest {
  question: Question;
  stream: boolean;
  usage: boolean;
}
export type Checked = { chat: ChatRequest } | { fault: Fault };

/** Longest `user`, in characters; it becomes a key of the store. */
export const USER_LIMIT = 256;
/** Turns of a stateless caller that are handed on: a frame is completed from the last few. */
const HISTORY_LIMIT = 40;

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const bad = (code: string, message: string): { fault: Fault } => ({ fault: fault(400, code, message) });

/** The text of a message: a string, or the text parts of an array; other parts (images, audio) are passed over. */
const textOf = (content: unknown): string | undefined => {
  if (typeof content === "string") return content;
  if (content === null || content === undefined) return "";
  if (!Array.isArray(content)) return undefined;
  const texts: string[] = [];
  for (const part of content) {
    if (typeof part === "string") texts.push(part);
    else if (isFields(part) && typeof part["text"] === "string") texts.push(part["text"]);
  }
  return texts.join("\n");
};

/** Takes "fr", "fr-CA" and "FR"; what is none of the 16 languages is left to detection. */
const langOf = (metadata: unknown): Lang | undefined => {
  if (!isFields(metadata) || typeof metadata["lang"] !== "string") return undefined;
  const lang = metadata["lang"].slice(0, 2).toLowerCase();
  return isLang(lang) ? lang : undefined;
};

/** Only the web page may name itself: a free text here would be a label without bounds in the metrics. */
const channelOf = (metadata: unknown): string =>
  isFields(metadata) && metadata["channel"] === "web" ? "web" : "http";

/** User and assistant turns only: a caller's system message cannot reprogram the adviser. */
const turnsOf = (messages: readonly unknown[]): Turn[] | undefined => {
  const turns: Turn[] = [];
  for (const message of messages) {
    if (!isFields(message) || typeof message["role"] !== "string") return undefined;
    const { role, content } = message;
    if (role !== "user" && role !== "assistant") continue;
    const text = textOf(content);
    if (text === undefined) return undefined;
    turns.push({ role, text });
  }
  return turns;
};

/** The last user message is the question, what stands before it the history. */
const split = (turns: readonly Turn[]): { text: string; history: Turn[] } | undefined => {
  const at = turns.findLastIndex((turn) => turn.role === "user");
  const last = turns[at];
  return last && { text: last.text, history: turns.slice(Math.max(0, at - HISTORY_LIMIT), at) };
};

const isOn = (value: unknown): boolean => value === true;

/** Checks by hand what a schema would check ten times slower; unknown fields are passed over. */
export const checkChat = (json: unknown): Checked => {
  if (!isFields(json)) return bad("invalid_body", "The body must be a JSON object.");
  const { messages, user, metadata, stream } = json;
  if (!Array.isArray(messages) || messages.length === 0) {
    return bad("missing_messages", "'messages' must be an array with at least one user message.");
  }
  if (user !== undefined && user !== null && typeof user !== "string") {
    return bad("invalid_user", "'user' must be a string.");
  }
  if (user && user.length > USER_LIMIT) {
    return bad("invalid_user", `'user' must not be longer than ${USER_LIMIT} characters.`);
  }
  const turns = turnsOf(messages);
  if (!turns)
    return bad("invalid_messages", "Each message needs a 'role', and a text or text parts as 'content'.");
  const said = split(turns);
  if (!said) return bad("missing_messages", "'messages' has no message with the role 'user'.");
  if (said.text.trim() === "") return bad("empty", "The last user message has no text.");
  const options = json["stream_options"];
  return {
    chat: {
      question: {
        text: said.text,
        lang: langOf(metadata),
        channel: channelOf(metadata),
        ...(user ? { chat: user } : said.history.length > 0 ? { history: said.history } : {}),
      },
      stream: isOn(stream),
      usage: isFields(options) && isOn(options["include_usage"]),
    },
  };
};
