import { randomUUID } from "node:crypto";
import { Command, InvalidArgumentError } from "commander";
// The one adapter that a command names: this terminal is its own.
import { chatOnTerminal } from "../../adapters/terminal/chat.ts";
import { printAnswer, screenOf } from "../../adapters/terminal/index.ts";
import { compose } from "../compose.ts";
import { environment, loadConfig } from "../config.ts";
import { FlockError } from "../core/errors.ts";
import type { Engine } from "../core/ports.ts";
import { isLang, type Lang, LANGS, type Request } from "../core/types.ts";

// "… | head": a reader that has seen enough is no fault
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

interface Options {
  lang?: Lang;
  json?: boolean;
  chat?: string;
}

const langOption = (value: string): Lang => {
  if (isLang(value)) return value;
  throw new InvalidArgumentError(`one of ${LANGS.join(" ")}`);
};

/** Prints one JSON object: docs/door.md's `flockwise`, and the text. */
const printJson = async (engine: Engine, request: Request, signal: AbortSignal): Promise<void> => {
  for await (const event of engine.ask(request, signal)) {
    // The neutral blocks are the engine's own; callers get the text that was made of them.
    if (event.type === "answer-end")
      process.stdout.write(`${JSON.stringify({ ...event.answer, blocks: undefined })}\n`);
  }
};

const readAll = async (stream: NodeJS.ReadStream): Promise<string> => {
  const pieces: string[] = [];
  for await (const piece of stream.setEncoding("utf8")) pieces.push(String(piece));
  return pieces.join("");
};

const askOnce = async (engine: Engine, question: string, { lang, json, chat }: Options): Promise<void> => {
  const stopping = new AbortController();
  process.once("SIGINT", () => stopping.abort());
  const request: Request = { text: question, lang, chat, channel: "terminal" };
  if (json) await printJson(engine, request, stopping.signal);
  else await printAnswer(engine.ask(request, stopping.signal), screenOf(process.stdout));
};

const run = async (words: string[], options: Options): Promise<void> => {
  const isTerminal = process.stdin.isTTY === true;
  const question = words.length > 0 || isTerminal ? words.join(" ") : await readAll(process.stdin);
  const service = compose(loadConfig(environment()));
  try {
    if (question !== "" || !isTerminal) await askOnce(service.engine, question, options);
    else {
      const chat = options.chat ?? `terminal-${randomUUID()}`;
      await chatOnTerminal({
        engine: service.engine,
        screen: screenOf(process.stdout),
        chat,
        lang: options.lang,
      });
    }
  } finally {
    await service.close();
  }
};

const command = new Command("ask")
  .description("Asks one question; without one, on a terminal, begins a chat.")
  .argument("[question...]", "the question, in any of the 16 languages")
  .option("--lang <code>", "language of the answer, instead of the question's own", langOption)
  .option("--json", "print the answer as one JSON object")
  .option("--chat <id>", "conversation that is remembered under this name")
  .action(run);

command.parseAsync().catch((error: unknown) => {
  if (error instanceof Error && error.name === "AbortError") {
    process.exitCode = 130;
    return;
  }
  // Only faults that are meant for people show their sentence.
  const message =
    error instanceof FlockError
      ? error.message
      : error instanceof Error
        ? `${error.name}: ${error.message}`
        : String(error);
  process.stderr.write(`ask: ${message}\n`);
  process.exitCode = 1;
});
