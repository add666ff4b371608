import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { DocumentBlock, DocumentReader, OpenDocument } from "../../core/documents.ts";
import { FlockError } from "../../core/errors.ts";
import type { FromReader, ToReader } from "./messages.ts";
import { MB, refuse } from "./refuse.ts";

const defaults = {
  /** Time that is waited for the reader, of one file. */
  mostMs: 60_000,
  /** Memory of the reader. */
  mostMb: 220,
  /** A reader that holds more than this after a file is let go. */
  tiredMb: 110,
} as const satisfies ReadApartOptions;

export interface ReadApartOptions {
  mostMs?: number;
  mostMb?: number;
  tiredMb?: number;
}

interface Running {
  child: ChildProcess;
  /** The next message, or why there will be none; at most `ms` is waited. */
  next(ms: number): Promise<FromReader>;
  ask(message: ToReader): void;
}

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

const START_MS = 30_000;

/** Reads documents one after the other in a process that is killed when it takes too long or too much memory. */
export const readApart = (options: ReadApartOptions = {}): DocumentReader => {
  const { mostMs, mostMb, tiredMb } = { ...defaults, ...options };
  let running: Running | undefined;

  const stop = (): void => {
    running?.child.kill("SIGKILL");
    running = undefined;
  };

  const start = async (): Promise<Running> => {
    const child = fork(fileURLToPath(new URL("./reader-process.ts", import.meta.url)), [String(mostMb)], {
      // the loader of TypeScript is found from the product's own folder
      cwd: ROOT,
      execArgv: [
        "--max-semi-space-size=2",
        "--v8-pool-size=1",
        `--max-heap-size=${mostMb}`,
        "--import",
        "tsx",
      ],
      // parsers of strangers' files see no token
      env: {},
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    const waiting: FromReader[] = [];
    let wake: (() => void) | undefined;
    let ended = false;
    child.on("message", (message: FromReader) => {
      waiting.push(message);
      wake?.();
    });
    const end = (): void => {
      ended = true;
      wake?.();
    };
    child.on("exit", end);
    child.on("error", end);
    const next = async (ms: number): Promise<FromReader> => {
      if (waiting.length === 0 && !ended)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      wake = undefined;
      const message = waiting.shift();
      if (message) return message;
      if (!ended) throw refuse(`it takes more than ${mostMs / 1000} seconds to read`);
      const killed =
        child.signalCode === "SIGKILL" || child.signalCode === "SIGABRT" || child.exitCode === 134;
      throw killed
        ? refuse(`it takes more than ${mostMb} MB of memory to read`)
        : refuse("it is damaged: it cannot be read");
    };
    const process: Running = {
      child,
      next,
      ask: (message) => void child.send(message, () => undefined),
    };
    const first = await next(START_MS).catch(() => undefined);
    if (first?.say === "ready") return process;
    child.kill("SIGKILL");
    throw new FlockError("bug", "the process that reads documents does not start");
  };

  /** One answer of the reader; a refusal is thrown, and a reader that failed or grew tired is let go. */
  const answer = async (from: Running, ms: number): Promise<Exclude<FromReader, { say: "refused" }>> => {
    try {
      const message = await from.next(ms);
      if ((message.say === "done" || message.say === "refused") && message.rss > tiredMb * MB) stop();
      if (message.say === "refused") throw refuse(message.reason);
      return message;
    } catch (error) {
      if (from.child.exitCode !== null || from.child.signalCode !== null || !isRefusal(error)) stop();
      throw error;
    }
  };

  return {
    async open(path): Promise<OpenDocument> {
      const from = (running ??= await start());
      let left = mostMs;
      const timed = async (): Promise<Exclude<FromReader, { say: "refused" }>> => {
        const begun = performance.now();
        try {
          return await answer(from, left);
        } finally {
          left -= performance.now() - begun;
        }
      };
      from.ask({ ask: "open", path });
      const opened = await timed();
      if (opened.say !== "opened") throw new FlockError("bug", `the reader said ${opened.say}`);
      const blocks = async function* (): AsyncGenerator<DocumentBlock> {
        from.ask({ ask: "read" });
        let isDone = false;
        try {
          for (let message = await timed(); message.say === "blocks"; message = await timed())
            yield* message.blocks;
          isDone = true;
        } finally {
          // whoever stops listening half-way leaves a reader that is still talking
          if (!isDone && running === from) stop();
        }
      };
      return { hash: opened.hash, blocks };
    },
    close: stop,
  };
};

const isRefusal = (error: unknown): boolean => error instanceof FlockError && error.code === "document";
