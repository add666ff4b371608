import { createHash } from "node:crypto";
import type { Clock, Log, SharedRow, SharedStore } from "../core/ports.ts";
import type { Lang, ModelUse } from "../core/types.ts";
import { openEntry, sealEntry, type Entry } from "./entry.ts";
import { agesOf, classOf, isFresh } from "./freshness.ts";
import { exactKey, meaningKey, scopeKey } from "./keys.ts";
import type { Meaning } from "./meaning.ts";
import { quota } from "./quota.ts";
import type { Candidate, SemanticTier } from "./semantic.ts";
import type { Observation } from "./curve.ts";
import { sameEvidence, type Evidence } from "./similarity.ts";
import type { Decision, Threshold } from "./threshold.ts";

/** A question as the cache takes it: standing alone, read, and free of anything of its asker's own. */
export interface CacheQuestion {
  text: string;
  lang: Lang;
  meaning: Meaning;
  /** Workspace, guild, bot; the HTTP door is one tenant. */
  tenant: string;
  /** Who asks; undefined is anonymous. */
  asker: string | undefined;
}

export type Tier = "exact" | "frame" | "semantic";

export interface Hit {
  tier: Tier;
  entry: Entry;
  /** 1 for equality, else the similarity. */
  score: number;
  /** Milliseconds since the answer was made. */
  ageMs: number;
}

/** What a look-up found, and why: kept in the receipt. */
export interface LookUp {
  hit: Hit | undefined;
  candidates: readonly (Candidate & { decision?: Decision })[];
  /** Why nothing was served. */
  miss: string | undefined;
}

/** What is kept of an answer. */
export interface Kept {
  passages: Entry["passages"];
  prose: string | undefined;
  model: ModelUse | null;
  rules: readonly string[];
  evidence: readonly Evidence[];
}

export interface Judgement {
  right: boolean;
  /** Hash of who judges; undefined is anonymous. */
  by: string | undefined;
  /** Set where the answer was shared on similarity. */
  near: { pair: string; score: number } | undefined;
}

export interface AnswerCache {
  /** By the same text. */
  same(question: CacheQuestion): Promise<LookUp>;
  /** By equal meaning, else by a similar one, once the passages that speak to the question are known. */
  near(question: CacheQuestion, evidence: readonly Evidence[]): Promise<LookUp>;
  /** Keeps an answer; returns its entry, or undefined when it may not be kept. */
  keep(question: CacheQuestion, kept: Kept): Promise<Entry | undefined>;
  /** Adds a model's text in another language to an entry. */
  translated(entry: Entry, lang: Lang, prose: string): Promise<void>;
  /** Ends entries by a passage or document that they rest on, by id, or all of them. Returns how many. */
  purge(which: { source: string } | { entry: string } | { all: true }): Promise<number>;
  /**
   * An answer was judged by who asked. One that was shared on similarity and is wrong is gone for all, and its curve
   * learns; any other is gone for its judge, and with a second judge for all.
   */
  judged(entry: string, judgement: Judgement): Promise<void>;
}

export interface CacheParts {
  store: SharedStore;
  semantic: SemanticTier;
  threshold: Threshold;
  /** Teaches the curves, and keeps what was learnt. */
  learn(pair: string, seen: Observation): void;
  /** Version of a passage as it is now; undefined when it is gone. */
  versionOf(passage: string): string | undefined;
  /** Version of the prompts and the class of models that write; "quotes" without a model. */
  writer: string;
  /** Whether a model's text can be put into another language. */
  translates: boolean;
  secret: string;
  mode: "on" | "read-only";
  ttlMs: number | undefined;
  clock: Clock;
  log: Log;
  /** 0 to 1. */
  random(): number;
}

/** Where the best passages of two questions are each among the best of the other, evidence agrees. */
const AGREED = 0.9;
/** However few wrong answers a pair of languages has shown: below this nothing is shared. */
const LEAST_SIMILAR = 0.6;
const ENTRY = "e:";
const NOTHING: LookUp = { hit: undefined, candidates: [], miss: "nothing like it" };
/** Entries whose signature has been checked and whose body has been parsed. */
const MOST_OPENED = 2_000;

/** The time is in it: a wording that was let in to an entry that has ended is not let in to the next. */
const entryId = (scope: string, key: string, now: number): string =>
  `e_${createHash("sha256")
    .update(`${scope} ${key} ${String(now)}`)
    .digest("hex")
    .slice(0, 24)}`;

const hashOf = (asker: string): string => createHash("sha256").update(asker).digest("hex").slice(0, 32);

/** An entry that cannot be read rests on anything. */
const restsOn = (entry: Entry | undefined, source: string): boolean =>
  entry?.passages.some(({ id }) => id === source || id.startsWith(`${source}#`)) ?? true;

/** The topic of an entry: the file of its first passage. */
const clusterOf = ({ passages }: Entry): string => passages[0]?.id.split(".")[0] ?? "";

/** Answers that were given before: by equal text, by equal meaning, by similar meaning; each gate is passed on every hit. */
export const answerCache = (parts: CacheParts): AnswerCache => {
  const { store, semantic, threshold, clock, random } = parts;
  const mayWrite = quota(clock);
  const opened = new Map<string, { stored: string; entry: Entry }>();

  const open = (id: string, stored: string | undefined): Entry | undefined => {
    if (stored === undefined) return undefined;
    const known = opened.get(id);
    if (known?.stored === stored) return known.entry;
    const entry = openEntry(stored, parts.secret);
    if (!entry) return undefined;
    if (opened.size >= MOST_OPENED) opened.delete(opened.keys().next().value ?? "");
    opened.set(id, { stored, entry });
    return entry;
  };
  const scopeOf = ({ tenant }: CacheQuestion): string => scopeKey({ tenant, writer: parts.writer });

  /** The entry under an id, if it may be served to this question. */
  const usable = (
    entry: Entry | undefined,
    scope: string,
    { lang, asker }: CacheQuestion,
  ): string | undefined => {
    if (!entry) return "entry gone";
    if (asker !== undefined && entry.downs.includes(hashOf(asker))) return "judged wrong by this asker";
    if (entry.scope !== scope) return "other scope";
    if (!isFresh(entry, clock.now(), parts.versionOf)) return "stale";
    // a text of a model is served across languages only once it is translated
    const written = Object.keys(entry.prose).length > 0;
    return written && !parts.translates && entry.prose[lang] === undefined
      ? "not in this language"
      : undefined;
  };

  const write = (rows: readonly SharedRow[]): Promise<boolean> =>
    parts.mode === "on" ? store.put(rows) : Promise.resolve(false);
  const entryRow = (entry: Entry): SharedRow => ({
    key: ENTRY + entry.id,
    value: sealEntry(entry, parts.secret),
    expiresAt: entry.hard,
  });

  const read = async (id: string): Promise<Entry | undefined> => open(id, (await store.get([ENTRY + id]))[0]);
  /** The entry that a key leads to. */
  const under = async (key: string): Promise<Entry | undefined> => {
    const [id] = await store.get([key]);
    return id === undefined ? undefined : read(id);
  };
  const hitOf = (tier: Tier, entry: Entry, score: number): Hit => ({
    tier,
    entry,
    score,
    ageMs: clock.now() - entry.created,
  });
  /** Keys that lead to an entry that has ended lead to nothing, and expire. */
  const end = async (ids: readonly string[]): Promise<number> => {
    if (ids.length === 0) return 0;
    const count = await store.drop(ids.map((id) => ENTRY + id));
    for (const id of ids) opened.delete(id);
    await semantic.drop(ids);
    return count;
  };

  /** Off the path: the next time this wording is an exact hit, and what is near to it is found. */
  const alias = (
    question: CacheQuestion,
    entry: Entry,
    first: Meaning,
    evidence: readonly Evidence[],
  ): void => {
    if (parts.mode !== "on" || !mayWrite(question.asker)) return;
    const { text, lang, meaning } = question;
    const scope = scopeOf(question);
    const row = { key: exactKey(scope, lang, text), value: entry.id, expiresAt: entry.hard };
    Promise.all([
      store.put([row]),
      semantic.add({ text, lang, scope, asked: { meaning, evidence }, entry: entry.id, first }),
    ]).catch((error: unknown) => parts.log.warn({ err: error }, "a wording could not be kept"));
  };

  return {
    async same(question) {
      const { text, lang } = question;
      const scope = scopeOf(question);
      const entry = await under(exactKey(scope, lang, text));
      const why = entry === undefined ? NOTHING.miss : usable(entry, scope, question);
      if (!entry || why !== undefined) return { ...NOTHING, miss: why };
      return { hit: hitOf("exact", entry, 1), candidates: [], miss: undefined };
    },

    async near(question, evidence) {
      const { lang, meaning, text } = question;
      const scope = scopeOf(question);
      const frame = meaningKey(scope, meaning);
      const equal = frame === undefined ? undefined : await under(frame);
      // words that the lexicon takes for one may part at the passages
      if (
        equal &&
        usable(equal, scope, question) === undefined &&
        sameEvidence(equal.evidence, evidence) >= AGREED
      )
        return { hit: hitOf("frame", equal, 1), candidates: [], miss: undefined };
      // medicines and diseases that must be told: only an answer to the very question
      if (classOf(meaning) === "safety") return { ...NOTHING, miss: "safety class" };
      const found = await semantic.near({ text, lang, scope, asked: { meaning, evidence } });
      const candidates: LookUp["candidates"][number][] = [];
      let miss: string | undefined;
      for (const candidate of found) {
        const refused = candidate.refused ?? (candidate.score < LEAST_SIMILAR ? "too far" : undefined);
        if (refused !== undefined) {
          candidates.push({ ...candidate, refused });
          miss ??= refused;
          continue;
        }
        const entry = await read(candidate.entry);
        const why = usable(entry, scope, question);
        if (!entry || why !== undefined) {
          candidates.push({ ...candidate, refused: why });
          miss ??= why;
          continue;
        }
        const decision = threshold.decide(candidate.pair, clusterOf(entry), candidate.score, random());
        candidates.push({ ...candidate, decision });
        if (!decision.serve) {
          miss ??= decision.why;
          break;
        }
        const { score, first } = candidate;
        alias(question, entry, first, evidence);
        return { hit: hitOf("semantic", entry, score), candidates, miss: undefined };
      }
      return { hit: undefined, candidates, miss: miss ?? NOTHING.miss };
    },

    async keep(question, kept) {
      const { text, lang, meaning, asker } = question;
      if (parts.mode !== "on" || !mayWrite(asker)) return undefined;
      const scope = scopeOf(question);
      const now = clock.now();
      const exact = exactKey(scope, lang, text);
      const frame = meaningKey(scope, meaning);
      const kind = classOf(meaning);
      const entry: Entry = {
        id: entryId(scope, frame ?? exact, now),
        scope,
        passages: kept.passages,
        evidence: kept.evidence,
        prose: kept.prose === undefined ? {} : { [lang]: kept.prose },
        model: kept.model,
        rules: kept.rules,
        class: kind,
        created: now,
        ...agesOf(kind, now, random(), parts.ttlMs),
        downs: [],
        lang,
      };
      const expiresAt = entry.hard;
      const rows = [entryRow(entry), { key: exact, value: entry.id, expiresAt }];
      if (frame !== undefined) rows.push({ key: frame, value: entry.id, expiresAt });
      // the body first: a point without a body is a miss, never half an answer
      if (!(await write(rows))) return undefined;
      if (kind !== "safety")
        await semantic.add({
          text,
          lang,
          scope,
          asked: { meaning, evidence: kept.evidence },
          entry: entry.id,
          first: undefined,
        });
      return entry;
    },

    async translated(entry, lang, prose) {
      await write([entryRow({ ...entry, prose: { ...entry.prose, [lang]: prose } })]);
    },

    async purge(which) {
      if ("entry" in which) return end([which.entry]);
      let count = 0;
      for await (const page of store.scan(ENTRY)) {
        const stored = await store.get(page);
        const ended = page
          .map((key) => key.slice(ENTRY.length))
          .filter((id, at) => "all" in which || restsOn(open(id, stored[at]), which.source));
        count += await end(ended);
      }
      return count;
    },

    async judged(id, { right, by, near }) {
      const entry = await read(id);
      if (near) {
        parts.learn(near.pair, { score: near.score, right, weight: 1 });
        if (entry) threshold.judged(clusterOf(entry), right);
      }
      if (right || !entry || parts.mode !== "on") return;
      const downs = [...new Set([...entry.downs, by ?? ""])];
      if (near || downs.length > 1) await end([id]);
      else await write([entryRow({ ...entry, downs })]);
    },
  };
};
