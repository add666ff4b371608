import type { Engine } from "../../src/core/ports.ts";
import { LANGS } from "../../src/core/types.ts";
import { LONGEST_TEXT } from "../../src/language/read.ts";
import { templates } from "../fixtures/dev-sets.ts";
import { frameOf, read } from "../fixtures/understanding.ts";
import { keyOf } from "../../src/question/key.ts";

/** Asks a question as a door does and reads the answer to its end; milliseconds. */
const timed = async (engine: Engine, text: string): Promise<number> => {
  const from = performance.now();
  for await (const event of engine.ask({ text, channel: "bench" })) if (event.type === "answer-end") break;
  return performance.now() - from;
};

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

export interface Times {
  p50: number;
  p99: number;
  most: number;
}

/** Rounds of the development set before the clock starts: a server that has answered some thousand questions. */
const WARM_UP = 20;

/** Milliseconds a question, each asked once, after the lines of the development set have warmed the engine. */
export const questionTimes = async (engine: Engine, questions: readonly string[]): Promise<Times> => {
  for (let round = 0; round < WARM_UP; round += 1)
    for (const { text } of templates) await timed(engine, text);
  const times: number[] = [];
  for (const question of questions) times.push(await timed(engine, question));
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99), most: Math.max(...times) };
};

const filled = (piece: string, length: number): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** Texts of a length: the questions of each language one after another, and the least favourable strings we know. */
const texts = (length: number): [name: string, text: string][] => [
  ...LANGS.map((lang): [string, string] => [
    lang,
    filled(`${templates.flatMap((line) => (line.lang === lang ? [line.text] : [])).join(". ")}. `, length),
  ]),
  ["numbers", filled("1 ", length)],
  ["numbers and ages", filled("1 2d ", length)],
  ["unknown words", filled("qwxzt zzkqw plmkj ", length)],
  ["one word", filled("a", length)],
];

/** The slowest of the texts of the longest length that is read: its name and milliseconds, medians of seven. */
export const longestText = async (engine: Engine): Promise<{ name: string; ms: number }> => {
  let slowest = { name: "", ms: 0 };
  for (const [name, text] of texts(LONGEST_TEXT)) {
    const times: number[] = [];
    for (let round = 0; round < 7; round += 1) times.push(await timed(engine, text));
    const ms = percentile(times, 0.5);
    if (ms > slowest.ms) slowest = { name, ms };
  }
  return slowest;
};

/** Steps of the parser per character at each length, for the text that needs most. */
export const stepsPerCharacter = (lengths: readonly number[]): number[] =>
  lengths.map((length) => Math.max(...texts(length).map(([, text]) => read(text).steps / length)));

/** Lines of the development set whose whole frame is exact, of all, by language. */
export const frameAccuracy = (): { lang: string; exact: number; all: number }[] =>
  LANGS.map((lang) => {
    const own = templates.filter((line) => line.lang === lang);
    const exact = own.filter(({ text, frame }) => {
      const got = frameOf(text);
      return got !== null && keyOf(got) === keyOf(frame);
    });
    return { lang, exact: exact.length, all: own.length };
  });
