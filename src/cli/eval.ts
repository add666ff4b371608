import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { compose, type Service } from "../compose.ts";
import { environment, loadConfig } from "../config.ts";
import { readFloor } from "./eval/floors.ts";
import { evaluate, type Options } from "./eval/run.ts";

/** More askings of one question tell nothing new. */
const MOST_REPEATS = 100;

const repeatsOption = (value: string): number => {
  const repeats = Number(value);
  if (Number.isInteger(repeats) && repeats >= 1 && repeats <= MOST_REPEATS) return repeats;
  throw new InvalidArgumentError(`a whole number from 1 to ${MOST_REPEATS}`);
};
const floorOption = (value: string): number => {
  const floor = readFloor(value);
  if (floor !== undefined) return floor;
  throw new InvalidArgumentError('a share such as "0.6" or "60%"');
};

const run = async (files: string[], options: Options): Promise<void> => {
  // conversations are played in a store of their own, of which nothing is left, and none that replicas share
  const folder = mkdtempSync(join(tmpdir(), "flockwise-eval-"));
  const opened: Service[] = [];
  const open = (name: string, more: Record<string, string> = {}): Service => {
    const own = { DATA_DIR: join(folder, name), REDIS_URL: "", QDRANT_URL: "", ...more };
    const service = compose(loadConfig({ ...environment(), ...own }));
    opened.push(service);
    return service;
  };
  try {
    const house = open("house");
    process.exitCode = await evaluate(
      { ...house, forgetful: () => open("forgetful", { CACHE_MODE: "off" }).engine },
      files,
      options,
      { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) },
    );
  } finally {
    for (const service of opened) await service.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

const command = new Command("eval")
  .description("Scores question files, one JSON object a line: right, wrong, unanswered, not judged.")
  .argument("<file...>", "files of the formats of test/fixtures/questions/README.md")
  .option("--json", "print the report as one JSON object")
  .option("--repeats <n>", "how often each golden question is asked", repeatsOption, 3)
  .option("--floor <share>", "least share right of the golden questions (0.6 or 60%)", floorOption)
  .action(run);

command.parseAsync().catch((error: unknown) => {
  process.stderr.write(`eval: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
