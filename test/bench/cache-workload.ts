import { readFileSync } from "node:fs";
import type { Lang } from "../../src/core/types.ts";
import { LANGS } from "../../src/core/types.ts";
import { generatedQuestions } from "./generated.ts";

/** One request of the workload: its text, and the family of questions that mean the same. */
export interface Asked {
  text: string;
  lang: Lang;
  /** Undefined for a question of the tables. */
  family: string | undefined;
  kind: "new" | "repeat" | "reworded" | "template";
}

interface Wording {
  lang: Lang;
  text: string;
}

/** The mix of design: exact repeats, other wordings or languages, template questions with new slots, new questions. */
const MIX = { repeat: 0.17, reworded: 0.27, template: 0.35 };

export const random = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
};

const lines = <T>(file: URL): T[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
const fixture = (name: string): URL => new URL(`../fixtures/questions/${name}`, import.meta.url);
const gistsOf = (lang: Lang): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../locales/${lang}/gists.json`, import.meta.url), "utf8")) as Record<
    string,
    string
  >;

/** Families whose truth is known: groups of questions by people, both sides of near misses, and the main sentence of each passage. */
const families = (): Map<string, Wording[]> => {
  const found = new Map<string, Wording[]>();
  const add = (family: string, wording: Wording): void => {
    const known = found.get(family);
    if (known) known.push(wording);
    else found.set(family, [wording]);
  };
  for (const file of ["paraphrase_groups.jsonl", "cache_groups.jsonl"])
    for (const { group, lang, text } of lines<{ group: string; lang: Lang; text: string }>(fixture(file)))
      add(group, { lang, text });
  for (const [at, { a, b, lang_a, lang_b }] of lines<{
    a: string;
    b: string;
    lang_a: Lang;
    lang_b: Lang;
  }>(fixture("cache_near_misses.jsonl")).entries()) {
    add(`near ${String(at)} a`, { lang: lang_a, text: a });
    add(`near ${String(at)} b`, { lang: lang_b, text: b });
  }
  for (const lang of LANGS)
    for (const [id, text] of Object.entries(gistsOf(lang))) add(`gist ${id}`, { lang, text });
  return found;
};

/** A stream of requests over the families: the popular ones come again most (Zipf, exponent 1). */
export const workload = (seed: number): Asked[] => {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(next() * list.length)];
  const all = [...families()].sort(() => next() - 0.5);
  const templates = generatedQuestions(4000);
  const asked: Asked[] = [];
  /** Families in the order in which they were first asked, with the wordings that were used. */
  const begun: { family: string; wordings: Wording[]; used: Wording[] }[] = [];
  let template = Math.floor(next() * templates.length);
  const popular = (): (typeof begun)[number] | undefined =>
    begun[Math.floor(Math.exp(next() * Math.log(begun.length + 1))) - 1];
  for (;;) {
    const draw = next();
    const known = popular();
    if (draw < MIX.repeat && known) {
      const again = pick(known.used);
      if (again) asked.push({ ...again, family: known.family, kind: "repeat" });
    } else if (draw < MIX.repeat + MIX.reworded && known) {
      const other = pick(known.wordings.filter((wording) => !known.used.includes(wording)));
      if (!other) continue;
      known.used.push(other);
      asked.push({ ...other, family: known.family, kind: "reworded" });
    } else if (draw < MIX.repeat + MIX.reworded + MIX.template) {
      const text = templates[template++ % templates.length] ?? "";
      asked.push({ text, lang: "en", family: undefined, kind: "template" });
    } else {
      const fresh = all.pop();
      if (!fresh) return asked;
      const [family, wordings] = fresh;
      const first = pick(wordings);
      if (!first) continue;
      begun.push({ family, wordings, used: [first] });
      asked.push({ ...first, family, kind: "new" });
    }
  }
};
