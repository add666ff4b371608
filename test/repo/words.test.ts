import { describe, expect, test } from "vitest";
import { z } from "zod";
import { LANGS, type Lang } from "../../src/core/types.ts";
import { json } from "./tree.ts";

type Words = string | Words[] | { [key: string]: Words };
const Words: z.ZodType<Words> = z.lazy(() =>
  z.union([z.string(), z.array(Words), z.record(z.string(), Words)]),
);

/** Messages by dotted key. */
const flat = (words: Words, key = ""): [string, string][] =>
  typeof words === "string"
    ? [[key, words]]
    : Object.entries(words).flatMap(([name, inner]) => flat(inner, key === "" ? name : `${key}.${name}`));
const messages = (lang: Lang, file: string) => new Map(flat(Words.parse(json(`locales/${lang}/${file}`))));

const variables = (text: string): string[] => [...new Set(text.match(/\{\{[^}]*\}\}/g) ?? [])].toSorted();
const categories = (lang: Lang) => new Intl.PluralRules(lang).resolvedOptions().pluralCategories;

/** Keys of English that are plural forms, without their ending: `age.days` of age.days_one and age.days_other. */
const plurals = (english: Map<string, string>): string[] =>
  [...english.keys()].flatMap((key) =>
    key.endsWith("_other") && english.has(key.replace(/_other$/, "_one")) ? [key.slice(0, -6)] : [],
  );

const concepts = z
  .record(
    z.string(),
    z.object({
      kind: z.string(),
      means: z.string(),
      antonym: z.string().optional(),
      broader: z.string().optional(),
    }),
  )
  .parse(json("data/concepts.json"));
const terms = (lang: Lang) =>
  z.record(z.string(), z.array(z.string())).parse(json(`locales/${lang}/terms.json`));

/** Forms that stand under two concepts of a language on purpose, as "form: concept concept". */
const shared: Partial<Record<Lang, string[]>> = {};

test("there are 500 concepts or more, each with a kind, a meaning, and an antonym that exists", () => {
  expect(Object.keys(concepts).length).toBeGreaterThanOrEqual(500);
  const dangling = Object.entries(concepts).filter(
    ([, { antonym }]) => antonym !== undefined && !(antonym in concepts),
  );
  expect(dangling).toEqual([]);
});

test("a narrower concept is of the kind of the one that it is under, which is under none", () => {
  const narrower = Object.entries(concepts).filter(([, { broader }]) => broader !== undefined);
  expect(narrower.length).toBeGreaterThanOrEqual(40);
  const faults = narrower.filter(([, { kind, broader }]) => {
    const wide = concepts[broader ?? ""];
    return wide === undefined || wide.kind !== kind || wide.broader !== undefined;
  });
  expect(faults).toEqual([]);
});

describe.each(LANGS)("%s", (lang) => {
  test.each(["answers.json", "ui.json"])("has every message of %s, with the same variables", (file) => {
    const english = messages("en", file);
    const own = messages(lang, file);
    const plural = plurals(english);
    const isPlural = (key: string) =>
      plural.some((stem) => key.startsWith(`${stem}_`) && !key.slice(stem.length + 1).includes("."));
    const wanted = [
      ...[...english.keys()].filter((key) => !isPlural(key)),
      ...plural.flatMap((stem) => categories(lang).map((category) => `${stem}_${category}`)),
    ];
    expect([...own.keys()].toSorted()).toEqual(wanted.toSorted());
    expect([...own].filter(([, text]) => text.trim() === "")).toEqual([]);
    // A dual or a singular may leave its number out ("two days" is one word in Arabic).
    const other = [...own].filter(([key]) => !isPlural(key) || key.endsWith("_other"));
    const faults = other.filter(
      ([key, text]) => variables(text).join() !== variables(english.get(key) ?? "").join(),
    );
    expect(faults).toEqual([]);
  });

  test("has a form for every concept, and no concept of its own", () => {
    const own = terms(lang);
    expect(Object.keys(concepts).filter((id) => (own[id] ?? []).length === 0)).toEqual([]);
    expect(Object.keys(own).filter((id) => !(id in concepts))).toEqual([]);
    const untidy = Object.values(own)
      .flat()
      .filter((form) => form.trim() !== form || form === "" || /\s{2}/.test(form));
    expect(untidy).toEqual([]);
  });

  test("has no form under two concepts", () => {
    const owners = new Map<string, Set<string>>();
    for (const [id, forms] of Object.entries(terms(lang)))
      for (const form of forms) {
        const key = form.normalize("NFKC").toLowerCase();
        owners.set(key, (owners.get(key) ?? new Set()).add(id));
      }
    const twice = [...owners]
      .filter(([, ids]) => ids.size > 1)
      .map(([form, ids]) => `${form}: ${[...ids].join(" ")}`);
    expect(twice.filter((line) => !(shared[lang] ?? []).includes(line))).toEqual([]);
    expect((shared[lang] ?? []).filter((line) => !twice.includes(line))).toEqual([]);
  });

  test("has three forms or more of a narrower concept, and two or more of the one that it is under", () => {
    const own = terms(lang);
    const thin = Object.entries(concepts).filter(
      ([id, { broader }]) =>
        broader !== undefined && ((own[id] ?? []).length < 3 || (own[broader] ?? []).length < 2),
    );
    expect(thin).toEqual([]);
  });

  test("has number words and function words", () => {
    const numbers = z
      .object({ words: z.record(z.string(), z.number()) })
      .loose()
      .parse(json(`locales/${lang}/numbers.json`));
    expect(Object.keys(numbers.words).length).toBeGreaterThanOrEqual(10);
    const functions = z.array(z.string().min(1)).parse(json(`locales/${lang}/function-words.json`));
    expect(functions.length).toBeGreaterThanOrEqual(40);
  });
});
