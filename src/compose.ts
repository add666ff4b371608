import { fileURLToPath } from "node:url";
import { engine } from "./answer/ask.ts";
import { composeCache } from "./compose-cache.ts";
import { type CountFeedback, feedbackDesk, type Judgement } from "./compose-feedback.ts";
import { composeModel } from "./compose-model.ts";
import { openShared } from "./compose-stores.ts";
import type { AnswerCache } from "./cache/cache.ts";
import type { Config } from "./config.ts";
import type { Clock, Engine, Log, ModelWatch, People } from "./core/ports.ts";
import { openVectors } from "./compose-vectors.ts";
import { openEmbeddedStore } from "./drivers/embedded-store.ts";
import { hasPassages, openPassageStore, type PassageStore } from "./drivers/passage-store.ts";
import { documentSearch } from "./knowledge/documents.ts";
import { passageVectors } from "./knowledge/passage-vectors.ts";
import { passageRetriever } from "./knowledge/retrieve.ts";
import { loadPassages } from "./knowledge/passages.ts";
import { reader } from "./language/read.ts";
import { indexLexicon } from "./language/index-lexicon.ts";
import { conversations } from "./memory/conversation.ts";
import { feedbackBook } from "./memory/feedback.ts";
import { ownerOf, withReceipts } from "./observe/receipts.ts";
import { standards } from "./standards/look-up.ts";
import { loadVocabulary } from "./vocabulary.ts";
import { phrasebook } from "./words/i18n.ts";

type PurgeOf = Parameters<AnswerCache["purge"]>[0];

export interface Service {
  engine: Engine;
  people: People;
  /** What the operator may see and end. */
  admin: { receipt(id: string): object | undefined; purge(which: PurgeOf): Promise<number> };
  /** Takes a thumb; false when there is no such receipt. */
  feedback(judgement: Judgement): Promise<boolean>;
  clock: Clock;
  /** Names of the stores in use, for the start line. */
  stores: string[];
  /** Name of the model in use, for the start line. */
  model: string | null;
  /** The embedder in use, for the start line. */
  embedder: string;
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
  {
    clock = systemClock,
    log = quiet,
    watch,
    counted = () => {},
  }: { clock?: Clock; log?: Log; watch?: ModelWatch; counted?: CountFeedback } = {},
): Service => {
  const tables = standards(`${ROOT}data/standards`);
  const vocabulary = loadVocabulary(ROOT, new Set(tables.tables.map((table) => table.stem)));
  const store = openEmbeddedStore(config.dataDir, clock);
  const memory = conversations(store.port, clock);
  const lexicon = indexLexicon(vocabulary);
  const models =
    config.model &&
    composeModel(config.model, ROOT, {
      lexicon,
      reader: reader(lexicon),
      clock,
      store: store.port,
      log,
      watch,
    });
  const library = documents(config.dataDir);
  const passages = loadPassages(ROOT, new Set(Object.keys(vocabulary.concepts)));
  const vectors = openVectors(config, reader(lexicon), clock);
  const search = documentSearch(library.port, lexicon, clock);
  // the concepts of the builtin embedder are in the ranking already
  const near =
    config.embedder &&
    passageVectors({
      ours: passages,
      documents: search.all,
      embedder: vectors.embedder,
      store: vectors.store(),
      isShared: vectors.name === "qdrant",
      kept: store.port,
      clock,
      log,
    });
  near?.start();
  const retriever = passageRetriever(passages, lexicon, reader(lexicon), search, near?.port);
  const shared = openShared(config, clock, log);
  const cache = composeCache(config.cache, ROOT, {
    shared: shared.port,
    vectors: vectors.store(),
    embedder: vectors.embedder,
    lexicon,
    reader: reader(lexicon),
    retriever,
    writer: models?.version ?? "quotes",
    translate: models?.translate,
    dataDir: config.dataDir,
    adminToken: config.adminToken,
    clock,
    log,
  });
  const { engine: answering, receipts } = withReceipts(
    engine({
      lexicon,
      standards: tables,
      book: phrasebook(`${ROOT}locales`),
      conversations: memory,
      retriever,
      cache,
      writer: models?.writer,
      models: models?.soFar,
      clock,
      log,
    }),
    store.port,
    clock,
    log,
  );
  const book = feedbackBook(store.port, clock);
  return {
    engine: answering,
    admin: {
      receipt: (id) => receipts.get(id)?.receipt,
      purge: (which) => cache?.answers.purge(which) ?? Promise.resolve(0),
    },
    feedback: feedbackDesk({ receipts, book, answers: cache?.answers, counted, clock, log }),
    people: {
      export: (user) => ({ ...memory.export(user), feedback: book.of(ownerOf(user)) }),
      forget(user) {
        memory.forget(user);
        receipts.forget(user);
        book.forget(ownerOf(user));
      },
    },
    clock,
    stores: [...new Set(["libsql", shared.name, vectors.name])],
    model: models?.id ?? null,
    embedder: vectors.embedder.id,
    locales: `${ROOT}locales`,
    async close() {
      receipts.flush();
      const stopped = models?.stop();
      await near?.stop();
      await shared.port.close();
      vectors.close();
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
