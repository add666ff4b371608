import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writer } from "../../src/answer/writer.ts";
import { understanding } from "../../src/answer/understand.ts";
import { compose, type Service } from "../../src/compose.ts";
import { loadConfig } from "../../src/config.ts";
import type { Found } from "../../src/core/ports.ts";
import { type Answer, type Block, LANGS, type Lang } from "../../src/core/types.ts";
import { loadLlamaTokenizer } from "../../src/drivers/llama-tokenizer.ts";
import { reader } from "../../src/language/read.ts";
import type { Counter } from "../../src/prompt/tokens.ts";
import { tokenizerOf } from "../../src/prompt/tokens.ts";
import { gateFor } from "../../src/safety/gate.ts";
import { answering, modelEmulator, type Script, type Step } from "../emulators/model.ts";
import { knowledge, questions, texts } from "../fixtures/prompting.ts";
import { lexicon } from "../fixtures/understanding.ts";
import { atMost, beside, mean, percentile, type Row } from "./rows.ts";

const TOKENS_A_SECOND = 80;
/** Questions of each language. */
const QUESTIONS = 4;
/** Times that a text goes through the guards; the median counts, and what else the machine did is not in it. */
const ROUNDS = 9;

type Quotes = Extract<Block, { type: "passages" }>["items"];
interface Asked {
  lang: Lang;
  text: string;
  /** What a model that keeps to its passages writes: their main sentences, with their numbers. */
  prose: string;
}

const answerOf = async (service: Service, text: string, lang: Lang): Promise<Answer> => {
  for await (const event of service.engine.ask({ text, lang, channel: "bench" }))
    if (event.type === "answer-end") return event.answer;
  throw new Error("no answer-end");
};

const proseOf = (items: Quotes, lang: Lang): string =>
  items
    .map(({ gist }, at) => `${gist?.[lang] ?? ""} [${at + 1}].`.replace(/([.。।!])( \[\d+\])\.$/, "$2$1"))
    .join(" ");

/** Some questions of each language that passages answer, with what a model should say to them. */
const toAsk = async (): Promise<Asked[]> => {
  const dataDir = mkdtempSync(join(tmpdir(), "flockwise-bench-"));
  const service = compose(loadConfig({ DATA_DIR: dataDir, CACHE_MODE: "off" }));
  const out: Asked[] = [];
  try {
    for (const lang of LANGS) {
      const own = questions().filter((question) => question.lang === lang);
      for (const { text } of own) {
        if (out.filter((asked) => asked.lang === lang).length === QUESTIONS) break;
        const { via, blocks } = await answerOf(service, text, lang);
        const [quotes] = blocks;
        if (via === "extract" && quotes?.type === "passages")
          out.push({ lang, text, prose: proseOf(quotes.items, lang) });
      }
    }
  } finally {
    await service.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return out;
};

/** A text in the pieces that a server sends: one token each, or one sign where a sign takes more. */
const tokensOf = (text: string, lang: Lang, count: Counter): { text: string; tokens: number }[] => {
  const out: { text: string; tokens: number }[] = [];
  let piece = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (piece !== "" && count(piece + segment, lang) > Math.max(1, count(piece, lang))) {
      out.push({ text: piece, tokens: count(piece, lang) });
      piece = "";
    }
    piece += segment;
  }
  if (piece !== "") out.push({ text: piece, tokens: count(piece, lang) });
  return out;
};

/** Says a text at the rate of a model, and notes when it sent the first word. */
const spoken = (prose: string, lang: Lang, count: Counter, first: (at: number) => void): Script => {
  const pieces = tokensOf(prose, lang, count);
  const started: { at: number | undefined } = { at: undefined };
  let sent = 0;
  const steps = pieces.flatMap(({ text, tokens }): Step[] => {
    const due = (sent * 1000) / TOKENS_A_SECOND;
    sent += tokens;
    return [
      // by the clock, so that timers that come late do not add up
      {
        get wait() {
          return started.at === undefined ? 0 : Math.max(0, due - (performance.now() - started.at));
        },
      },
      {
        get say() {
          if (started.at === undefined) first((started.at = performance.now()));
          return text;
        },
      },
    ];
  });
  const end: Step[] = [
    { finish: "stop", usage: { prompt_tokens: 1000, completion_tokens: sent } },
    { done: true },
  ];
  return { steps: [...steps, ...end] };
};

/** Milliseconds from the model's first token to the first text that a reader gets, by language; null where none came from the model. */
const firstTexts = async (
  asked: readonly Asked[],
  count: Counter,
): Promise<{ lang: Lang; ms: number | null }[]> => {
  let script: Script = { steps: [] };
  let began = 0;
  const server = await modelEmulator(() => script);
  const dataDir = mkdtempSync(join(tmpdir(), "flockwise-bench-"));
  const service = compose(loadConfig({ DATA_DIR: dataDir, LLM_BASE_URL: server.url, CACHE_MODE: "off" }));
  const out: { lang: Lang; ms: number | null }[] = [];
  try {
    // a service that has answered in each language once
    for (const lang of LANGS) {
      const first = asked.find((one) => one.lang === lang);
      if (!first) continue;
      script = answering([first.prose]);
      await answerOf(service, first.text, lang);
    }
    for (const { lang, text, prose } of asked) {
      script = spoken(prose, lang, count, (at) => (began = at));
      let ms: number | null = null;
      for await (const event of service.engine.ask({ text, lang, channel: "bench" })) {
        if (event.type === "text-delta") ms ??= performance.now() - began;
        if (event.type === "answer-end" && event.answer.via !== "model") ms = null;
      }
      out.push({ lang, ms });
    }
  } finally {
    await service.close();
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
  return out;
};

/** The passages that a text was made of, as the writer gets them. */
const passagesOf = (prose: string, lang: Lang): Found[] =>
  knowledge()
    .filter(({ gist }) => gist !== undefined && prose.includes(gist[lang].replace(/[.。।!]$/, "")))
    .map((passage) => ({ passage, score: 1, evidence: 9 }));

/**
 * Milliseconds of the guards for each piece of a text, from a model that needs no time, and the tokens that it has
 * written when the first text is let through; one figure a text.
 */
const guardFigures = async (
  asked: readonly Asked[],
  count: Counter,
): Promise<{ ms: number[]; firstAt: number[] }> => {
  const firstAt: number[] = [];
  const words = reader(lexicon);
  const gate = gateFor(lexicon);
  const understand = understanding(lexicon, words);
  let pieces = 0;
  const timed = async ({ lang, text, prose }: Asked): Promise<number> => {
    const tokens = tokensOf(prose, lang, count);
    let ended = 0;
    let working = 0;
    let said = 0;
    let first: number | undefined;
    const { write } = writer({
      async *call() {
        for (const token of tokens) {
          const from = performance.now();
          said += token.tokens;
          yield { model: "bench", arm: "main", piece: { text: token.text } };
          working += performance.now() - from;
        }
        ended = performance.now();
        yield {
          model: "bench",
          arm: "main",
          piece: { end: "stop", promptTokens: null, completionTokens: null },
        };
      },
      texts,
      counter: () => Promise.resolve(count),
      lexicon,
      reader: words,
      gate,
      judged: (judged) => (pieces = judged.pieces),
    });
    const { question } = understand({ text, lang, channel: "bench" }, { draft: undefined, lang: undefined });
    pieces = 0;
    const written = await write(question, passagesOf(prose, lang), {
      turns: [],
      chat: undefined,
      signal: undefined,
    });
    for await (const piece of written.pieces) if (piece.trim() !== "") first ??= said;
    if (first !== undefined) firstAt.push(first);
    working += performance.now() - ended;
    return working / Math.max(1, pieces);
  };
  const rounds: number[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const took: number[] = [];
    for (const one of asked) took.push(await timed(one));
    rounds.push(took);
  }
  const ms = asked.map((_, nth) =>
    percentile(
      rounds.map((took) => took[nth] ?? 0),
      0.5,
    ),
  );
  return { ms, firstAt };
};

/** Time to the first readable text of a model at 80 tokens a second, and what the guards take of it. */
export const streamRows = async (): Promise<Row[]> => {
  const count = await tokenizerOf(loadLlamaTokenizer)();
  const asked = await toAsk();
  const firsts = await firstTexts(asked, count);
  const heard = firsts.flatMap(({ ms }) => ms ?? []);
  const slowest = LANGS.map((lang) => ({
    lang,
    ms: percentile(
      firsts.flatMap((first) => (first.lang === lang && first.ms !== null ? [first.ms] : [])),
      0.5,
    ),
  })).toSorted((a, b) => b.ms - a.ms)[0];
  const { ms: guards, firstAt } = await guardFigures(asked, count);
  const name = `model's first token to the first readable text at ${TOKENS_A_SECOND} tokens a second`;
  return [
    atMost(`${name}, p50 of ${heard.length}`, percentile(heard, 0.5), 500, "ms"),
    atMost(`${name}, p95`, percentile(heard, 0.95), 500, "ms"),
    atMost(`${name}, the slowest language (${slowest?.lang}), p50`, slowest?.ms, 500, "ms"),
    beside(
      "tokens that the model has written by then, p50, p95",
      `${percentile(firstAt, 0.5)}, ${percentile(firstAt, 0.95)} tokens`,
      `${TOKENS_A_SECOND / 2} tokens take 500 ms`,
    ),
    beside("answers that the model wrote, of those it was asked for", `${heard.length} of ${firsts.length}`),
    atMost("guards, a piece, mean", mean(guards), 2, "ms", 3),
    atMost("guards, a piece, the slowest text", Math.max(...guards), 2, "ms", 3),
  ];
};
