import { writer, type Writer } from "./answer/writer.ts";
import type { ModelConfig } from "./config.ts";
import type { Clock } from "./core/ports.ts";
import { hfModel } from "./drivers/hf-inference.ts";
import { loadLlamaTokenizer } from "./drivers/llama-tokenizer.ts";
import type { Lexicon } from "./language/lexicon.ts";
import type { Reader } from "./language/read.ts";
import { type Arms, createArms } from "./model/arms.ts";
import { circuitBreaker } from "./model/breaker.ts";
import { callModels } from "./model/call.ts";
import { keepWarm } from "./model/keep-warm.ts";
import { loadPrompts } from "./prompt/texts.ts";
import { tokenizerOf } from "./prompt/tokens.ts";
import { gateFor } from "./safety/gate.ts";

export interface ModelHouse {
  writer: Writer;
  /** What the trial of a candidate has shown so far. */
  arms: Arms;
  /** Name of the main model, for the start line. */
  id: string;
  stop(): Promise<void>;
}

/** Puts the models together: the large one, the fast one, a candidate on trial, kept warm and behind a breaker. */
export const composeModel = (
  config: ModelConfig,
  root: string,
  { lexicon, reader, clock }: { lexicon: Lexicon; reader: Reader; clock: Clock },
): ModelHouse => {
  const open = (id: string) => hfModel({ id, baseUrl: config.baseUrl, token: config.token, clock });
  const main = open(config.main);
  const fast = config.fast === config.main ? main : open(config.fast);
  const candidate = config.candidate && {
    model: open(config.candidate.id),
    share: config.candidate.share,
  };
  const breaker = circuitBreaker(clock);
  const arms = createArms();
  const keeper = keepWarm({ models: [main, fast], everyMs: config.keepAliveMs, breaker, clock });
  const call = callModels({
    fast,
    main,
    candidate,
    breaker,
    clock,
    limits: config.limits,
    report: (done) => {
      keeper.used(done.model);
      arms.record(done);
    },
  });
  return {
    writer: writer({
      call,
      texts: loadPrompts(root),
      counter: tokenizerOf(loadLlamaTokenizer),
      lexicon,
      reader,
      gate: gateFor(lexicon),
    }),
    arms,
    id: main.id,
    stop: () => keeper.stop(),
  };
};
