import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FlockError } from "./core/errors.ts";
import { LANGS, type Lang } from "./core/types.ts";
import type { Vocabulary } from "./language/lexicon.ts";

const Forms = z.array(z.string().min(1));
const Concepts = z.record(
  z.string(),
  z.object({
    kind: z.string(),
    antonym: z.string().optional(),
    broader: z.string().optional(),
    means: z.string(),
  }),
);
const Line = z.strictObject({
  name: z.string(),
  kind: z.enum(["broiler", "layer", "parent"]),
  aliases: Forms,
  local: z.partialRecord(z.enum(LANGS), Forms).default({}),
  tables: z.array(z.string()).default([]),
  oneOf: z.array(z.string()).optional(),
  parentOf: z.string().optional(),
  only: z
    .object({ sex: z.enum(["male", "female"]).optional(), feathering: z.enum(["fast", "slow"]).optional() })
    .optional(),
});
const Lines = z.record(z.string(), Line);
/** Checked by hand: a schema takes a tenth of a second over a hundred thousand forms, and the service starts in two. */
const Terms = z.custom<Record<string, string[]>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every(
      (forms) => Array.isArray(forms) && forms.every((form) => typeof form === "string" && form !== ""),
    ),
  "every concept needs a list of forms, none of them empty",
);
const Numbers = z.object({
  words: z.record(z.string(), z.number()),
  and: z.array(z.string()).default([]),
  hundred: z.array(z.string()).default([]),
  thousand: z.array(z.string()).default([]),
  scales: z.record(z.string(), z.number()).default({}),
  half: z.array(z.string()).default([]),
  ten_thousand: z.array(z.string()).default([]),
  ordinal_prefix: z.array(z.string()).default([]),
  ordinal_suffix: z.array(z.string()).default([]),
  age_prefix: z.record(z.string(), z.enum(["day", "week"])).optional(),
  duals: z.record(z.string(), z.tuple([z.number(), z.string()])).default({}),
});

const read = <T>(file: string, schema: z.ZodType<T>): T => {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new FlockError("bad_data", `${file}: ${cause instanceof Error ? cause.message : "unreadable"}`, {
      cause,
    });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new FlockError("bad_data", `${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
};

/** Reads the words of the product from data/ and locales/; a bad file is refused with its reason. */
export const loadVocabulary = (root: string, tables: ReadonlySet<string>): Vocabulary => {
  const of = <T>(name: string, schema: z.ZodType<T>): Record<Lang, T> =>
    Object.fromEntries(
      LANGS.map((lang) => [lang, read(join(root, "locales", lang, name), schema)]),
    ) as Record<Lang, T>;
  const vocabulary = {
    concepts: read(join(root, "data/concepts.json"), Concepts),
    lines: read(join(root, "data/lines.json"), Lines),
    terms: of("terms.json", Terms),
    numbers: of("numbers.json", Numbers),
    functionWords: of("function-words.json", Forms),
  };
  check(vocabulary, tables);
  return vocabulary;
};

const check = ({ concepts, lines, terms }: Vocabulary, tables: ReadonlySet<string>): void => {
  for (const [id, line] of Object.entries(lines)) {
    const missing = line.tables.find((table) => !tables.has(table));
    if (missing) throw new FlockError("bad_data", `data/lines.json: ${id}: there is no table ${missing}`);
    const stray = [...(line.oneOf ?? []), ...(line.parentOf ? [line.parentOf] : [])].find(
      (other) => !lines[other],
    );
    if (stray) throw new FlockError("bad_data", `data/lines.json: ${id}: there is no line ${stray}`);
  }
  for (const [id, { broader }] of Object.entries(concepts)) {
    if (broader === undefined) continue;
    const wide = concepts[broader];
    if (wide === undefined || wide.broader !== undefined)
      throw new FlockError("bad_data", `data/concepts.json: ${id}: ${broader} is no concept to be under`);
  }
  for (const lang of LANGS) {
    const stray = Object.keys(terms[lang]).find((id) => !concepts[id]);
    if (stray)
      throw new FlockError(
        "bad_data",
        `locales/${lang}/terms.json: ${stray} is not a concept of data/concepts.json`,
      );
  }
};
