import { createHash, randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CacheHouse } from "./answer/from-passages.ts";
import type { Translate } from "./answer/translator.ts";
import type { Config } from "./config.ts";
import { answerCache } from "./cache/cache.ts";
import { flight } from "./cache/flight.ts";
import { guardsOf } from "./cache/guards.ts";
import { exactKey, meaningKey, scopeKey } from "./cache/keys.ts";
import { meaningOf } from "./cache/meaning.ts";
import { learnt } from "./cache/learnt.ts";
import { semanticTier } from "./cache/semantic.ts";
import { threshold } from "./cache/threshold.ts";
import type { Clock, Embedder, Log, Retriever, SharedStore, VectorStore } from "./core/ports.ts";
import type { Lexicon } from "./language/lexicon.ts";
import type { Reader } from "./language/read.ts";
import { loadSeeds } from "./cache/seeds.ts";

/** Puts the answer cache together: keys and leases in the shared store, questions in the vector store. */
export const composeCache = (
  config: Config["cache"],
  root: string,
  parts: {
    shared: SharedStore;
    vectors: VectorStore;
    embedder: Embedder;
    lexicon: Lexicon;
    reader: Reader;
    retriever: Retriever;
    /** Version of the prompts and the models that write; "quotes" without a model. */
    writer: string;
    translate: Translate | undefined;
    dataDir: string;
    adminToken: string | undefined;
    clock: Clock;
    log: Log;
  },
): CacheHouse | undefined => {
  if (config.mode === "off") return undefined;
  const { shared, lexicon, reader, clock, log } = parts;
  const curves = threshold(config.maxError, loadSeeds(root));
  const { learn } = learnt({ store: shared, threshold: curves, embedder: parts.embedder.id, clock, log });
  const answers = answerCache({
    learn,
    store: shared,
    semantic: semanticTier({
      vectors: parts.vectors,
      embedder: parts.embedder,
      guard: guardsOf(lexicon.concepts),
      concepts: lexicon.concepts,
    }),
    threshold: curves,
    versionOf: (passage) => parts.retriever.passage(passage)?.version,
    writer: parts.writer,
    translates: parts.translate !== undefined,
    secret: secretOf(parts.dataDir, parts.adminToken),
    mode: config.mode,
    ttlMs: config.ttlMs,
    clock,
    log,
    random: Math.random,
  });
  return {
    answers,
    flight: flight(shared, log),
    translate: parts.translate,
    meaningOf: (text, lang) => meaningOf(text, lang, reader),
    flightKey: ({ tenant, lang, text, meaning }) => {
      const scope = scopeKey({ tenant, writer: parts.writer });
      return `flight:${lang}:${meaningKey(scope, meaning) ?? exactKey(scope, lang, text)}`;
    },
  };
};

/** What entries are signed with: the admin's token where there is one, so that replicas agree, else a key of this machine's own. */
const secretOf = (dataDir: string, adminToken: string | undefined): string => {
  if (adminToken !== undefined) return createHash("sha256").update(`cache ${adminToken}`).digest("hex");
  const path = join(dataDir, "cache.key");
  if (existsSync(path)) return readFileSync(path, "utf8");
  mkdirSync(dataDir, { recursive: true });
  const secret = randomBytes(32).toString("hex");
  writeFileSync(path, secret, { mode: 0o600, flag: "wx" });
  chmodSync(path, 0o600);
  return secret;
};
