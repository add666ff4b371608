import type { Config, EmbedderConfig } from "./config.ts";
import type { Clock, Embedder, VectorStore } from "./core/ports.ts";
import { openEmbeddedVectors } from "./drivers/embedded-vectors.ts";
import { hfEmbedder } from "./drivers/embeddings-hf.ts";
import { openaiEmbedder } from "./drivers/embeddings-openai.ts";
import { qdrantVectors } from "./drivers/qdrant.ts";
import { questionVectors } from "./drivers/question-vectors.ts";
import { builtinEmbedder } from "./language/builtin-embedder.ts";
import type { Reader } from "./language/read.ts";

export interface Vectors {
  embedder: Embedder;
  /** Opened at its first use. */
  store(): VectorStore;
  /** Name of the store, for the start line. */
  name: "qdrant" | "libsql";
  close(): void;
}

const remote = ({ provider, baseUrl, token, model }: EmbedderConfig, clock: Clock): Embedder =>
  provider === "hf" || baseUrl === undefined
    ? hfEmbedder({ model, baseUrl, token, clock })
    : openaiEmbedder({ provider, model, baseUrl, token, clock });

/** The embedder, and where vectors are kept: in Qdrant where QDRANT_URL names one, else under DATA_DIR. */
export const openVectors = (config: Config, reader: Reader, clock: Clock): Vectors => {
  const { embedder, qdrant, dataDir } = config;
  let opened: { port: VectorStore; close(): void } | undefined;
  const open = () =>
    qdrant ? { port: qdrantVectors({ ...qdrant, clock }), close: () => {} } : openEmbeddedVectors(dataDir);
  return {
    embedder: embedder ? questionVectors(remote(embedder, clock), clock) : builtinEmbedder(reader),
    store: () => (opened ??= open()).port,
    name: qdrant ? "qdrant" : "libsql",
    close: () => opened?.close(),
  };
};
