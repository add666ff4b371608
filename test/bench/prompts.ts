import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compose } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import type { Turn } from "../../src/core/types.ts";
import { CEILING_TOKENS, GOAL_TOKENS } from "../../src/prompt/budget.ts";
import { answering, modelEmulator } from "../emulators/model.ts";
import { questions } from "../fixtures/prompting.ts";
import { atMost, beside, mean, type Row } from "./rows.ts";

type Parts = Readonly<Record<string, number>>;

/** The parts in the order of a prompt, and how people call them. */
const NAMES: Readonly<Record<string, string>> = {
  system: "system, static (chat template included)",
  kind: "instruction of the question's kind",
  terms: "terms of the trade",
  passages: "passages",
  conversation: "conversation",
  question: "question",
  language: "order of language",
};
/** What the first design of the service sent. */
const ORIGINAL = { system: "2,400", user: "1,000–1,500" };

const total = (parts: Parts): number => Object.values(parts).reduce((sum, tokens) => sum + tokens, 0);
const both = (values: readonly number[]): string =>
  `${mean(values).toFixed(0)}, at most ${Math.max(...values)} tokens`;

/** Prompts as a model is sent them: each question once alone, and once after two turns about another one. */
const sent = async (): Promise<{ alone: Parts[]; following: Parts[] }> => {
  const server = await modelEmulator(() => answering(["…"]));
  const dataDir = mkdtempSync(join(tmpdir(), "flockwise-bench-"));
  let heard: Parts[] = [];
  const service = compose(loadConfig({ DATA_DIR: dataDir, LLM_BASE_URL: server.url, CACHE_MODE: "off" }), {
    watch: { called: () => undefined, prompted: (parts) => void heard.push(parts) },
  });
  const asked = async (withTurns: boolean): Promise<Parts[]> => {
    heard = [];
    let history: Turn[] = [];
    for (const { text, lang } of questions()) {
      const before = withTurns ? history : [];
      for await (const event of service.engine.ask({ text, lang, history: before, channel: "bench" }))
        if (event.type === "answer-end")
          history = [
            { role: "user", text },
            { role: "assistant", text: event.answer.text },
          ];
    }
    return heard;
  };
  try {
    return { alone: await asked(false), following: await asked(true) };
  } finally {
    await service.close();
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

/** Tokens of each part of the prompts, counted with Llama 3's tokenizer, beside those of the first design. */
export const promptRows = async (): Promise<Row[]> => {
  const { alone, following } = await sent();
  const all = [...alone, ...following];
  const user = all.map((parts) => total(parts) - (parts["system"] ?? 0));
  return [
    ...Object.entries(NAMES).map(([part, name]) =>
      beside(
        `prompt of ${all.length}, mean: ${name}`,
        both(all.map((parts) => parts[part] ?? 0)),
        part === "system" ? `${ORIGINAL.system} in the first design` : "–",
      ),
    ),
    beside("prompt: all but system", both(user), `${ORIGINAL.user} in the first design`),
    atMost("whole prompt, a first question, mean", mean(alone.map(total)), GOAL_TOKENS, "tokens"),
    atMost("whole prompt, after two turns, mean", mean(following.map(total)), GOAL_TOKENS, "tokens"),
    atMost("whole prompt, the greatest", Math.max(...all.map(total)), CEILING_TOKENS, "tokens"),
  ];
};
