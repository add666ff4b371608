import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Retriever } from "../../src/core/ports.ts";
import { LANGS, type Lang, type Passage } from "../../src/core/types.ts";
import { openPassageStore, type PassageStore } from "../../src/drivers/passage-store.ts";
import { documentSearch } from "../../src/knowledge/documents.ts";
import { passageRetriever } from "../../src/knowledge/retrieve.ts";
import { tagger } from "../../src/knowledge/tag.ts";
import { reader } from "../../src/language/read.ts";
import { realClock } from "../fixtures/door.ts";
import { gistsIn, knowledge, questions } from "../fixtures/prompting.ts";
import { lexicon } from "../fixtures/understanding.ts";
import { atMost, beside, percentile, type Row } from "./rows.ts";

const CHUNKS = 5_000;
const DOCUMENT_CHUNKS = 100;
/** Sentences of a chunk: about a hundred words. */
const SENTENCES = 6;
const ROUNDS = 9;
const LIMIT = 8;

/** Chunk number `n`: main sentences that never stand together twice in the same order. */
const chunkOf = (n: number, gists: readonly string[]): string =>
  Array.from({ length: SENTENCES }, (_, at) => gists[(n * 31 + at * (n % 57) + at) % gists.length]).join(" ");

/** Fills the store until it has 5,000 chunks with our own passages; the documents take turns in 16 languages. */
const fill = (store: PassageStore, count: number): void => {
  const tag = tagger(reader(lexicon), lexicon);
  for (let from = 0, n = 0; from < count; from += DOCUMENT_CHUNKS, n += 1) {
    const lang = LANGS[n % LANGS.length] ?? "en";
    const gists = gistsIn(lang);
    const title = `Handbook ${n}`;
    const passages = Array.from({ length: Math.min(DOCUMENT_CHUNKS, count - from) }, (_, chunk): Passage => {
      const text = `${chunkOf(from + chunk, gists)} (${n}.${chunk})`;
      const { concepts, applies } = tag(text, lang);
      return {
        id: `bench-${n}-${chunk}`,
        title,
        applies: applies.join(", "),
        concepts,
        sources: [{ title, page: String(chunk), url: null }],
        text,
        lang,
        gist: undefined,
        version: createHash("sha256").update(text).digest("hex"),
      };
    });
    store.replace(`handbook-${n}`, String(n), passages);
  }
};

/** Milliseconds a question, the median of its rounds: what else the machine did in one of them is not in it. */
const times = async (retriever: Retriever): Promise<number[]> => {
  const asked = questions();
  const search = async ({ text, lang }: { text: string; lang: Lang }): Promise<number> => {
    const from = performance.now();
    await retriever.search({ text, lang, concepts: new Set() }, LIMIT);
    return performance.now() - from;
  };
  // the first round indexes each language and the documents
  for (const question of asked) await search(question);
  const rounds: number[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const took: number[] = [];
    for (const question of asked) took.push(await search(question));
    rounds.push(took);
  }
  return asked.map((_, nth) =>
    percentile(
      rounds.map((took) => took[nth] ?? 0),
      0.5,
    ),
  );
};

/** Time to find passages among 5,000 chunks, ours and ingested ones, for questions in 16 languages. */
export const retrievalRows = async (): Promise<Row[]> => {
  const dataDir = mkdtempSync(join(tmpdir(), "flockwise-bench-"));
  const { port, close } = openPassageStore(dataDir);
  try {
    const own = knowledge();
    fill(port, CHUNKS - own.length);
    const documents = documentSearch(() => port, lexicon, realClock);
    const took = await times(passageRetriever(own, lexicon, reader(lexicon), documents));
    const among = CHUNKS.toLocaleString("en");
    return [
      atMost(`retrieval among ${among} chunks, p50`, percentile(took, 0.5), 5, "ms", 2),
      beside(`retrieval among ${among} chunks, p99`, `${percentile(took, 0.99).toFixed(2)} ms`),
    ];
  } finally {
    close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};
