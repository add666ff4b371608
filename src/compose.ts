import { fileURLToPath } from "node:url";
import { engine } from "./answer/ask.ts";
import { composeModel } from "./compose-model.ts";
import type { Config } from "./config.ts";
import type { Clock, Engine, Log, People } from "./core/ports.ts";
import { openEmbeddedStore } from "./drivers/embedded-store.ts";
import { hasPassages, openPassageStore, type PassageStore } from "./drivers/passage-store.ts";
import { documentSearch } from "./knowledge/documents.ts";
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
  /** Name of the model in use, for the start line. */
  model: string | null;
  /** Folder of the product's words. */
  locales: string;
  close(): Promise<void>;
}

const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
const quiet: Log = { info: () => {}, warn: () => {}, error: () => {} };
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Puts the house together: data and words from the repository, stores under DATA_DIR. Throws when a data file is bad. */
export const compose = (
  config: Config,
  { clock = systemClock, log = quiet }: { clock?: Clock; log?: Log } = {},
): Service => {
  const tables = standards(`${ROOT}data/standards`);
  const vocabulary = loadVocabulary(ROOT, new Set(tables.tables.map((table) => table.stem)));
  const store = openEmbeddedStore(config.dataDir, clock);
  const memory = conversations(store.port, clock);
  const lexicon = indexLexicon(vocabulary);
  const models =
    config.model && composeModel(config.model, ROOT, { lexicon, reader: reader(lexicon), clock });
  const library = documents(config.dataDir);
  const passages = loadPassages(ROOT, new Set(Object.keys(vocabulary.concepts)));
  return {
    engine: engine({
      lexicon,
      standards: tables,
      book: phrasebook(`${ROOT}locales`),
      conversations: memory,
      retriever: passageRetriever(
        passages,
        lexicon,
        reader(lexicon),
        documentSearch(library.port, lexicon, clock),
      ),
      writer: models?.writer,
      clock,
      log,
    }),
    people: memory,
    clock,
    stores: ["libsql"],
    model: models?.id ?? null,
    locales: `${ROOT}locales`,
    async close() {
      const stopped = models?.stop();
      store.close();
      library.close();
      await stopped;
    },
  };
};

/** The ingested documents, opened once there are any. */
const documents = (dataDir: string): { port(): PassageStore | undefined; close(): void } => {
  let opened: ReturnType<typeof openPassageStore> | undefined;
  return {
    port() {
      if (!opened && hasPassages(dataDir)) opened = openPassageStore(dataDir);
      return opened?.port;
    },
    close: () => opened?.close(),
  };
};
