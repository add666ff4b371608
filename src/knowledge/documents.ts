import type { Clock } from "../core/ports.ts";
import type { Lang, Passage } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { conceptWeight } from "../language/subject.ts";
import { surfaceFeatures, type Features } from "./features.ts";

/** What retrieval reads of the ingested documents. */
export interface DocumentPassages {
  all(): Passage[];
  search(match: string, limit: number): { id: string; rank: number }[];
  sources(): { source: string; version: string }[];
}

/** Candidates of the word search that are looked at. */
const MOST_CANDIDATES = 30;
/** Documents are ingested by another process: a change is seen after so many milliseconds. */
const LOOK_EVERY_MS = 5000;
/** Concepts by whose names a document in another language is searched. */
const MOST_NAMES = 12;

export interface DocumentSearch {
  /** Every passage by id; the same map as long as no document changes. */
  all(): ReadonlyMap<string, Passage>;
  /** A passage with its features. */
  find(id: string): { passage: Passage; features: Features } | undefined;
  /** Passages that may be about a question, with their features. */
  candidates(text: string, asked: Features): { passage: Passage; features: Features }[];
  /** The passage as it is in the store at this moment, whoever has changed it. */
  passage(id: string): Passage | undefined;
}

/** Candidates among ingested documents: by the question's words, and by the names of its concepts in the documents' languages. */
export const documentSearch = (
  open: () => DocumentPassages | undefined,
  lexicon: Lexicon,
  clock: Clock,
): DocumentSearch => {
  let known: ReadonlyMap<string, Passage> = new Map();
  let languages: ReadonlySet<Lang> = new Set();
  let features = new Map<string, Features>();
  let signature = "";
  let looked = -Infinity;

  const refresh = (store: DocumentPassages): void => {
    if (clock.monotonic() - looked < LOOK_EVERY_MS) return;
    looked = clock.monotonic();
    const now = JSON.stringify(store.sources());
    if (now === signature) return;
    signature = now;
    const all = store.all();
    known = new Map(all.map((passage) => [passage.id, passage]));
    languages = new Set(all.map(({ lang }) => lang));
    features = new Map();
  };

  const featuresOf = (passage: Passage): Features => {
    let found = features.get(passage.id);
    if (!found) {
      const all = surfaceFeatures(`${passage.title} ${passage.text}`, lexicon.languages[passage.lang]);
      for (const id of passage.concepts) all.set(`c:${id}`, conceptWeight(lexicon.concepts[id]?.kind ?? ""));
      features.set(passage.id, (found = all));
    }
    return found;
  };

  /** The names of the question's concepts, in the languages that the documents are in. */
  const namesOf = (asked: Features): string[] => {
    const concepts = [...asked]
      .filter(([key]) => key.startsWith("c:"))
      .sort((a, b) => b[1] - a[1])
      .slice(0, MOST_NAMES);
    return [...languages].flatMap((lang) =>
      concepts.flatMap(([key]) => lexicon.languages[lang].firstForms.get(key.slice(2)) ?? []),
    );
  };

  return {
    all() {
      const store = open();
      if (store) refresh(store);
      return known;
    },
    find(id) {
      const passage = known.get(id);
      return passage && { passage, features: featuresOf(passage) };
    },
    passage(id) {
      const store = open();
      if (!store) return undefined;
      looked = -Infinity;
      refresh(store);
      return known.get(id);
    },
    candidates(text, asked) {
      const store = open();
      if (!store) return [];
      refresh(store);
      if (known.size === 0) return [];
      const match = [...namesOf(asked), text].join(" ");
      return store.search(match, MOST_CANDIDATES).flatMap(({ id }) => {
        const passage = known.get(id);
        return passage ? [{ passage, features: featuresOf(passage) }] : [];
      });
    },
  };
};
