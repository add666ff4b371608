import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { guardsOf } from "./cache/guards.ts";
import { meaningOf } from "./cache/meaning.ts";
import { similarity, type Asked } from "./cache/similarity.ts";
import { LANGS, type Lang } from "./core/types.ts";
import { documentSearch } from "./knowledge/documents.ts";
import { loadPassages } from "./knowledge/passages.ts";
import { passageRetriever } from "./knowledge/retrieve.ts";
import { indexLexicon } from "./language/index-lexicon.ts";
import { reader } from "./language/read.ts";
import { standards } from "./standards/look-up.ts";
import { loadVocabulary } from "./vocabulary.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const PAIRS = `${ROOT}data/cache-pairs.jsonl`;
const EVIDENCE = 3;
/** Passages of one file that each passage is compared with. */
const NEIGHBOURS = 3;

interface Written {
  a: string;
  b: string;
  lang_a: Lang;
  lang_b: Lang;
  same: boolean;
}

/**
 * Writes data/cache-seeds.json: comparisons of texts whose truth is known, which the curves of the answer cache begin
 * with. The main sentence of a passage says the same in 16 languages (right); those of two passages of one file are
 * near, and different (wrong). data/cache-pairs.jsonl adds pairs of questions that people wrote.
 */
export const seedCache = async (): Promise<void> => {
  const tables = standards(`${ROOT}data/standards`);
  const vocabulary = loadVocabulary(ROOT, new Set(tables.tables.map(({ stem }) => stem)));
  const lexicon = indexLexicon(vocabulary);
  const read = reader(lexicon);
  const passages = loadPassages(ROOT, new Set(Object.keys(vocabulary.concepts)));
  const noDocuments = documentSearch(() => undefined, lexicon, {
    now: () => Date.now(),
    monotonic: () => performance.now(),
  });
  const retriever = passageRetriever(passages, lexicon, read, noDocuments);
  const guard = guardsOf(lexicon.concepts);

  const ask = async (text: string, lang: Lang): Promise<Asked> => {
    const found = await retriever.search({ text, lang, concepts: new Set() }, EVIDENCE);
    return {
      meaning: meaningOf(text, lang, read),
      evidence: found.map(({ passage, score }) => ({ id: passage.id, score })),
    };
  };

  /** How often each score was right, and wrong, by pair of languages. */
  const seen = new Map<string, Map<string, number>>();
  const note = (a: Asked, b: Asked, right: boolean): void => {
    if (guard(a.meaning, b.meaning) !== undefined) return;
    const pair = `${a.meaning.lang}>${b.meaning.lang}`;
    const scores = seen.get(pair) ?? new Map<string, number>();
    seen.set(pair, scores);
    const score = `${similarity(a, b).toFixed(2)} ${right ? "1" : "0"}`;
    scores.set(score, (scores.get(score) ?? 0) + 1);
  };

  const texts = new Map<Lang, Asked[]>();
  const ours = passages.filter(({ gist }) => gist !== undefined);
  for (const lang of LANGS)
    texts.set(lang, await Promise.all(ours.map(({ gist }) => ask(gist?.[lang] ?? "", lang))));
  const fileOf = (at: number): string | undefined => ours[at]?.id.split(".")[0];
  for (const [from, here] of texts)
    for (const [to, there] of texts)
      for (const [at, one] of here.entries()) {
        const same = there[at];
        if (same && from !== to) note(one, same, true);
        for (let next = at + 1; next <= at + NEIGHBOURS; next += 1) {
          const other = there[next];
          if (other && fileOf(next) === fileOf(at)) note(one, other, false);
        }
      }

  if (existsSync(PAIRS))
    for (const line of readFileSync(PAIRS, "utf8").split("\n").filter(Boolean)) {
      const { a, b, lang_a, lang_b, same } = JSON.parse(line) as Written;
      note(await ask(a, lang_a), await ask(b, lang_b), same);
    }

  const rows = [...seen]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([pair, scores]) => {
      const counts = [...scores]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([score, count]) => `[${score.replace(" ", ",")},${String(count)}]`);
      return `  "${pair}": [${counts.join(",")}]`;
    });
  writeFileSync(`${ROOT}data/cache-seeds.json`, `{\n${rows.join(",\n")}\n}\n`);
};
