import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { intro, isCancel, log, outro, text } from "@clack/prompts";
import { FlockError } from "../../src/core/errors.ts";
import type { Engine } from "../../src/core/ports.ts";
import { isLang, type Lang } from "../../src/core/types.ts";
import { printAnswer, type Screen } from "./index.ts";

export interface ChatOptions {
  engine: Engine;
  screen: Screen;
  /** Name under which the conversation is remembered. */
  chat: string;
  /** Language of questions and prompts; detected from each question when absent. */
  lang?: Lang | undefined;
}

interface Words {
  tagline: string;
  you: string;
  placeholder: string;
  stopped: string;
  examples: string[];
  errors: Record<string, string>;
}

const LOCALES = fileURLToPath(new URL("../../locales", import.meta.url));
const wordsOf = (lang: Lang): Words => {
  const read = (name: string): object =>
    JSON.parse(readFileSync(`${LOCALES}/${lang}/${name}.json`, "utf8")) as object;
  return { ...read("answers"), ...read("ui") } as Words;
};

const systemLang = (): Lang => {
  const lang = new Intl.DateTimeFormat().resolvedOptions().locale.slice(0, 2);
  return isLang(lang) ? lang : "en";
};

/** Ctrl-C while an answer is written stops the answer, not the chat. */
const interruptible = async (work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once("SIGINT", stop);
  try {
    await work(controller.signal);
  } finally {
    process.off("SIGINT", stop);
  }
};

/** A conversation on a terminal, until Ctrl-C or Ctrl-D at the prompt. */
export const chatOnTerminal = async ({ engine, screen, chat, lang }: ChatOptions): Promise<void> => {
  let speaks = lang ?? systemLang();
  let words = wordsOf(speaks);
  let placeholder = words.placeholder;
  intro(words.tagline);
  log.message(words.examples.map((example) => `• ${example}`).join("\n"));

  const answer =
    (typed: string) =>
    async (signal: AbortSignal): Promise<void> => {
      try {
        const { lang: spoken, suggestions } = await printAnswer(
          engine.ask({ text: typed, lang, chat, channel: "terminal" }, signal),
          screen,
        );
        if (spoken !== speaks) words = wordsOf((speaks = spoken));
        placeholder =
          suggestions.length > 0
            ? suggestions.join(" · ").replace(/[\u2066-\u2069]/g, "")
            : words.placeholder;
      } catch (error) {
        if (signal.aborted) log.warn(words.stopped);
        else
          log.error(
            words.errors[error instanceof FlockError ? error.code : "bug"] ?? words.errors["bug"] ?? "",
          );
      }
    };

  for (;;) {
    const typed = await text({ message: words.you, placeholder });
    if (isCancel(typed)) break;
    if (typed === undefined || typed.trim() === "") continue;
    screen.write("\n");
    await interruptible(answer(typed));
    screen.write("\n");
  }
  outro("👋");
};
