import type { DocumentBlock } from "../../core/documents.ts";

/** What is said between the process that ingests and the one that reads. */
export type ToReader = { ask: "open"; path: string } | { ask: "read" };
export type FromReader =
  | { say: "ready" }
  | { say: "opened"; hash: string }
  | { say: "blocks"; blocks: DocumentBlock[] }
  /** `rss`: memory of the reader, which grows with what its libraries keep. */
  | { say: "done"; rss: number }
  | { say: "refused"; reason: string; rss: number };
