import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInstance, type TFunction } from "i18next";
import { FlockError } from "../core/errors.ts";
import { LANGS, type Lang } from "../core/types.ts";

/** Words of the product in 16 languages (locales/<lang>/answers.json and ui.json). */
export interface Phrasebook {
  /** The message of a key, its variables filled in; `count` chooses the plural form. */
  say(lang: Lang, key: string, vars?: Record<string, string | number>): string;
  /** Three questions of the language that the product answers. */
  examples(lang: Lang): readonly string[];
  /** True when the key has a message. */
  has(lang: Lang, key: string): boolean;
}

const readJson = (file: string): Record<string, unknown> => {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  } catch (cause) {
    throw new FlockError("bad_data", `${file}: ${cause instanceof Error ? cause.message : "unreadable"}`, {
      cause,
    });
  }
};

/** Reads the messages of every language once, at the start. */
export const phrasebook = (folder: string): Phrasebook => {
  const resources = Object.fromEntries(
    LANGS.map((lang) => [
      lang,
      {
        answers: {
          ...readJson(join(folder, lang, "answers.json")),
          safety: readJson(join(folder, lang, "safety.json")),
        },
      },
    ]),
  );
  const i18n = createInstance();
  void i18n.init({
    resources,
    lng: "en",
    // a missing message is a fault that a test finds, not something to paper over in English
    fallbackLng: false,
    defaultNS: "answers",
    initAsync: false,
    // platforms escape for themselves; a breed name must arrive as it is
    interpolation: { escapeValue: false },
  });
  const speakers = Object.fromEntries(LANGS.map((lang) => [lang, i18n.getFixedT(lang)])) as unknown as Record<
    Lang,
    TFunction
  >;
  // keys come from the code, so this map is as bounded as the messages are
  const compiled = new Map<string, readonly string[]>();
  const partsOf = (lang: Lang, key: string, count: number | undefined): readonly string[] => {
    const cacheKey = count === undefined ? `${lang} ${key}` : `${lang} ${key} ${pluralOf(lang, count)}`;
    let parts = compiled.get(cacheKey);
    if (!parts) {
      const options = count === undefined ? AS_WRITTEN : { ...AS_WRITTEN, count };
      compiled.set(cacheKey, (parts = String(speakers[lang](key, options)).split(VARIABLE)));
    }
    return parts;
  };
  return {
    say(lang, key, vars) {
      const count = vars?.["count"];
      const parts = partsOf(lang, key, typeof count === "number" ? count : undefined);
      let text = parts[0] ?? "";
      for (let at = 1; at < parts.length; at += 2)
        text += `${vars?.[parts[at] ?? ""] ?? ""}${parts[at + 1] ?? ""}`;
      return text;
    },
    examples: (lang) => speakers[lang]("examples", { returnObjects: true }) as string[],
    has: (lang, key) => i18n.exists(key, { lng: lang }),
  };
};

/** The message with its variables left in it: they are filled in here, a hundred times faster. */
const AS_WRITTEN = { skipInterpolation: true } as const;
/** Splits a message into text, variable, text, variable … */
const VARIABLE = /\{\{(\w+)\}\}/;

/** Plural forms of small counts, as days and weeks are. */
const plurals = new Map<string, Intl.LDMLPluralRule>();
const MOST_COUNTED = 200;
const pluralOf = (lang: Lang, count: number): Intl.LDMLPluralRule => {
  if (!Number.isInteger(count) || count < 0 || count > MOST_COUNTED) return rulesOf(lang).select(count);
  const key = `${lang}${count}`;
  let form = plurals.get(key);
  if (!form) plurals.set(key, (form = rulesOf(lang).select(count)));
  return form;
};

const rules = new Map<Lang, Intl.PluralRules>();
const rulesOf = (lang: Lang): Intl.PluralRules => {
  let found = rules.get(lang);
  if (!found) rules.set(lang, (found = new Intl.PluralRules(lang)));
  return found;
};
