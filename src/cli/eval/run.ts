import type { Engine } from "../../core/ports.ts";
import { asker, type Ask } from "./asking.ts";
import type { GoldenAsking } from "./golden.ts";
import { type Scored, scoreFile } from "./lines.ts";
import { printed } from "./print.ts";
import { faultsOf, reportOf } from "./report.ts";
import { wordsOf } from "./words.ts";

export interface Options {
  json?: boolean;
  /** How often a golden question is asked. */
  repeats: number;
  floor?: number;
}

/** What is evaluated: the engine, the name of its model, the folder of the product's words. */
export interface Evaluated {
  engine: Engine;
  /** The same without a memory of answers: a golden question that is asked again must be answered again. */
  forgetful(): Engine;
  model: string | null;
  locales: string;
}

/** Scores files; returns the exit code, which is 1 when a line cannot be read or a floor is not held. */
export const evaluate = async (
  { engine, forgetful, model, locales }: Evaluated,
  files: readonly string[],
  options: Options,
  write: { out(text: string): void; err(text: string): void },
): Promise<0 | 1> => {
  const scored: Scored = { judged: [], unread: [] };
  let again: Ask | undefined;
  const golden: GoldenAsking = {
    repeats: options.repeats,
    wordsOf: wordsOf(locales),
    ask: (question, chat) => (again ??= asker(forgetful()))(question, chat),
  };
  const asking = { ask: asker(engine), groups: new Map<string, string | null>(), golden };
  for (const file of files) await scoreFile(asking, file, scored);
  const report = reportOf(scored, files, { model, repeats: options.repeats, floor: options.floor });
  write.out(`${options.json ? JSON.stringify(report) : printed(report)}\n`);
  const faults = faultsOf(report);
  for (const fault of faults) write.err(`${fault}\n`);
  return faults.length > 0 ? 1 : 0;
};
