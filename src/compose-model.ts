import type { ModelsSoFar } from "./answer/house.ts";
import { translator, type Translate } from "./answer/translator.ts";
import { writer, type Writer } from "./answer/writer.ts";
import type { ModelConfig } from "./config.ts";
import type { Clock, KeyValue, Log, ModelWatch } from "./core/ports.ts";
import { hfModel } from "./drivers/hf-inference.ts";
import { loadLlamaTokenizer } from "./drivers/llama-tokenizer.ts";
import type { Lexicon } from "./language/lexicon.ts";
import type { Reader } from "./language/read.ts";
import { type Arms, createArms } from "./model/arms.ts";
import { circuitBreaker } from "./model/breaker.ts";
import { callModels } from "./model/call.ts";
import { keepWarm } from "./model/keep-warm.ts";
import { shelfIn } from "./model/shelf.ts";
import { loadPrompts } from "./prompt/texts.ts";
import { tokenizerOf } from "./prompt/tokens.ts";
import { gateFor } from "./safety/gate.ts";

export interface ModelHouse {
  writer: Writer;
  translate: Translate;
  /** The class of models and the version of what they are told: an answer of another is another answer. */
  version: string;
  /** What the models did so far, and what the trial of a candidate has shown. */
  soFar(): ModelsSoFar;
  /** Counts a thumb for the arm that wrote the answer. */
  rated: Arms["rated"];
  /** Name of the main model, for the start line. */
  id: string;
  stop(): Promise<void>;
}

/** Puts the models together: the large one, the fast one, a candidate on trial, kept warm and behind a breaker. */
export const composeModel = (
  config: ModelConfig,
  root: string,
  {
    lexicon,
    reader,
    clock,
    store,
    log,
    watch,
  }: {
    lexicon: Lexicon;
    reader: Reader;
    clock: Clock;
    store: KeyValue;
    log: Log;
    watch?: ModelWatch | undefined;
  },
): ModelHouse => {
  const open = (id: string) => hfModel({ id, baseUrl: config.baseUrl, token: config.token, clock });
  const main = open(config.main);
  const fast = config.fast === config.main ? main : open(config.fast);
  const candidate = config.candidate && {
    model: open(config.candidate.id),
    share: config.candidate.share,
  };
  const breaker = circuitBreaker(clock);
  const arms = createArms({
    models: { main: main.id, fast: fast.id, ...(candidate && { candidate: candidate.model.id }) },
    shelf: shelfIn(store, clock),
    failed: (error) => log.warn({ err: error }, "the figures of the models could not be kept"),
  });
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
      watch?.called(done);
    },
  });
  const texts = loadPrompts(root);
  const gate = gateFor(lexicon);
  return {
    translate: translator({ system: texts.translate, call, lexicon, gate }),
    version: `${main.id} ${texts.version}`,
    writer: writer({
      call,
      texts,
      counter: tokenizerOf(loadLlamaTokenizer),
      lexicon,
      reader,
      gate,
      judged: (text) => arms.judged(text),
      prompted: (tokens) => watch?.prompted(tokens),
    }),
    rated: (...thumb) => arms.rated(...thumb),
    soFar: () => ({
      ...arms.report(),
      share: config.candidate?.share ?? null,
      prices: config.prices ?? new Map(),
    }),
    id: main.id,
    stop() {
      arms.close();
      return keeper.stop();
    },
  };
};
