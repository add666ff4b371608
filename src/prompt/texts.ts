import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FlockError } from "../core/errors.ts";
import { LAYOUT } from "./layout.ts";

/** What a question wants to be told; each has a file in prompts/kinds. */
export const KINDS = ["how-to", "why", "compare", "disease", "general"] as const;
export type Kind = (typeof KINDS)[number];

/** What a model is told, as read from prompts/. */
export interface PromptTexts {
  /** The same for every request, so that a server's prefix cache holds it. */
  system: string;
  kinds: Readonly<Record<Kind, string>>;
  /** The system part of a translation. */
  translate: string;
  /** Hash of all that shapes a prompt: an answer made under another version is another answer. */
  version: string;
}

const read = (file: string): string => {
  let text: string;
  try {
    text = readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim();
  } catch (cause) {
    throw new FlockError("bad_data", `${file}: ${cause instanceof Error ? cause.message : "unreadable"}`, {
      cause,
    });
  }
  if (text === "") throw new FlockError("bad_data", `${file}: it is empty`);
  return text;
};

/** The version of a set of prompts by its content, the frame around them included. */
export const promptVersion = (texts: Omit<PromptTexts, "version">): string =>
  createHash("sha256")
    .update(JSON.stringify([texts.system, KINDS.map((kind) => texts.kinds[kind]), texts.translate, LAYOUT]))
    .digest("hex")
    .slice(0, 12);

/** Reads prompts/ once, at the start; a missing or empty file is refused. */
export const loadPrompts = (root: string): PromptTexts => {
  const system = read(join(root, "prompts/system.md"));
  const kinds = Object.fromEntries(
    KINDS.map((kind) => [kind, read(join(root, "prompts/kinds", `${kind}.md`))]),
  ) as Record<Kind, string>;
  const translate = read(join(root, "prompts/translate.md"));
  return { system, kinds, translate, version: promptVersion({ system, kinds, translate }) };
};
