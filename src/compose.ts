import { fileURLToPath } from "node:url";
import { engine } from "./answer/ask.ts";
import type { Config } from "./config.ts";
import type { Clock, Engine, People } from "./core/ports.ts";
import { openEmbeddedStore } from "./drivers/embedded-store.ts";
import { passageRetriever } from "./knowledge/retrieve.ts";
import { loadPassages } from "./knowledge/passages.ts";
import { reader } from "./language/read.ts";
import { indexLexicon } from "./language/index-lexicon.ts";
import { conversations } from "./memory/conversation.ts";
import { standards } from "./standards/look-up.ts";
import { loadVocabulary } from "./vocabulary.ts";
import { phrasebook } from "./words/i18n.ts";

export interface Service {
  engine: Engine;
  people: People;
  clock: Clock;
  /** Names of the stores in use, for the start line. */
  stores: string[];
  /** Folder of the product's words. */
  locales: string;
  close(): void;
}

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Puts the house together: data and words from the repository, stores under DATA_DIR. Throws when a data file is bad. */
export const compose = (config: Config, clock: Clock = systemClock): Service => {
  const tables = standards(`${ROOT}data/standards`);
  const vocabulary = loadVocabulary(ROOT, new Set(tables.tables.map((table) => table.stem)));
  const store = openEmbeddedStore(config.dataDir, clock);
  const memory = conversations(store.port, clock);
  const lexicon = indexLexicon(vocabulary);
  const passages = loadPassages(ROOT, new Set(Object.keys(vocabulary.concepts)));
  return {
    engine: engine({
      lexicon,
      standards: tables,
      book: phrasebook(`${ROOT}locales`),
      conversations: memory,
      retriever: passageRetriever(passages, lexicon, reader(lexicon)),
      clock,
    }),
    people: memory,
    clock,
    stores: ["libsql"],
    locales: `${ROOT}locales`,
    close: store.close,
  };
};
