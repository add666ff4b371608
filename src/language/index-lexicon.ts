import { LANGS, type Lang } from "../core/types.ts";
import type { Hit, LanguageWords, Lexicon, Phrases, Reading, Vocabulary, WordEntry } from "./lexicon.ts";
import { inPhrase, tokenise, type Token } from "./normalise.ts";
import { shapesOf } from "./shape.ts";

const CORE_KINDS = new Set(["metric", "nutrient", "qualifier", "unit", "sex", "product", "housing", "phase"]);
const CORE = new Set([
  "feed",
  "water",
  "egg",
  "lay",
  "yield",
  "bird",
  "breast",
  "carcass",
  "how_much",
  "how_many",
  "what_age",
  "grow",
]);

const plainReadings = new WeakMap<Hit, Reading>();

/** The one reading for all forms of a hit that are spelt as they are folded: the lexicon is most of the memory. */
const plainReading = (hit: Hit): Reading => {
  let reading = plainReadings.get(hit);
  if (!reading) plainReadings.set(hit, (reading = { raw: undefined, hit }));
  return reading;
};

const add = (phrases: Phrases, form: string, hit: Hit): Token[] => {
  const tokens = tokenise(form).filter(inPhrase);
  const last = tokens.length - 1;
  let key = "";
  let raw = "";
  for (const [index, token] of tokens.entries()) {
    key = index === 0 ? token.fold : `${key} ${token.fold}`;
    raw = index === 0 ? token.raw : `${raw} ${token.raw}`;
    if (index < last && !phrases.has(key)) phrases.set(key, null);
  }
  if (last < 0) return tokens;
  const reading = raw === key ? plainReading(hit) : { raw, hit };
  const before = phrases.get(key);
  if (!before) phrases.set(key, reading);
  else if (Array.isArray(before)) before.push(reading);
  else if (before.hit !== hit || before.raw !== reading.raw) phrases.set(key, [before, reading]);
  return tokens;
};

/** The key that a form is indexed by. */
const keyOf = (form: string): string =>
  tokenise(form)
    .filter(inPhrase)
    .map(({ fold }) => fold)
    .join(" ");

/** "nimmt … zu": verbs whose two parts stand apart, by their first. */
const separableVerbs = (forms: readonly string[]): Map<string, string[]> => {
  const verbs = new Map<string, string[]>();
  for (const form of forms) {
    const [first, last] = form.split(" … ");
    if (first && last) verbs.set(first, [...(verbs.get(first) ?? []), last]);
  }
  return verbs;
};

const HANGING_VOWEL = /[\u0e31\u0e34-\u0e39]/g;
/** "น้ำหนก" for "น้ำหนัก": the slip of a Thai hand is a vowel above or below that was not struck. */
const withoutOneVowel = (form: string): string[] =>
  form.length < LEAST_FOR_SLIPS
    ? []
    : [...form.matchAll(HANGING_VOWEL)].map(({ index }) => form.slice(0, index) + form.slice(index + 1));
const LEAST_FOR_SLIPS = 7;

type Use = "core" | "plain" | "grammar";

const entryOf = (words: Map<string, WordEntry>, word: string): WordEntry => {
  let entry = words.get(word);
  if (!entry) words.set(word, (entry = { known: 0, exact: 0, grammar: 0, core: 0 }));
  return entry;
};

const languageWords = (
  lang: Lang,
  vocabulary: Vocabulary,
  lexicon: Pick<Lexicon, "words" | "accented">,
): LanguageWords => {
  const phrases: Phrases = new Map();
  const bit = 1 << LANGS.indexOf(lang);
  const put = (form: string, hit: Hit, use: Use): void => {
    for (const { kind, fold, raw } of add(phrases, form, hit)) {
      if (kind !== "word") continue;
      const entry = entryOf(lexicon.words, fold);
      entry.known |= bit;
      if (use === "core") entry.core |= bit;
      const spelt = raw === fold ? entry : entryOf(lexicon.accented, raw);
      spelt.exact |= bit;
      if (use === "grammar") spelt.grammar |= bit;
    }
  };
  for (const [id, forms] of Object.entries(vocabulary.terms[lang])) {
    const kind = vocabulary.concepts[id]?.kind ?? "";
    const broader = vocabulary.concepts[id]?.broader;
    const hit: Hit = { is: "concept", id, kind, ...(broader === undefined ? {} : { broader }) };
    const use = CORE_KINDS.has(kind) || CORE.has(id) ? "core" : "plain";
    for (const form of forms) {
      put(form, hit, use);
      if (lang === "th" && kind === "metric")
        for (const slip of withoutOneVowel(form)) if (!phrases.get(slip)) add(phrases, slip, hit);
    }
  }
  const numbers = vocabulary.numbers[lang];
  for (const [form, value] of Object.entries(numbers.scales)) put(form, { is: "scale", value }, "core");
  const half: Hit = { is: "half" };
  for (const [form, value] of Object.entries(numbers.words))
    put(form, value === 0.5 ? half : { is: "number", value }, "core");
  const scales = [
    [numbers.hundred, 100],
    [numbers.thousand, 1000],
    [numbers.ten_thousand, 10_000],
  ] as const;
  for (const [forms, value] of scales) for (const form of forms) put(form, { is: "scale", value }, "core");
  for (const form of numbers.half) put(form, half, "core");
  for (const [form, [value, unit]] of Object.entries(numbers.duals))
    put(form, { is: "dual", value, unit }, "plain");
  const grammar: Hit = { is: "function" };
  for (const form of vocabulary.functionWords[lang]) put(form, grammar, "grammar");
  const folds = (forms: readonly string[]): Set<string> =>
    new Set(forms.flatMap((form) => tokenise(form).map((token) => token.fold)));
  return {
    lang,
    bit,
    phrases,
    ands: folds(numbers.and),
    ordinals: folds([...numbers.ordinal_suffix, ...numbers.ordinal_prefix]),
    separable: separableVerbs(Object.values(vocabulary.terms[lang]).flat()),
    agePrefixes: new Map(Object.entries(numbers.age_prefix ?? {})),
    firstForms: new Map(Object.entries(vocabulary.terms[lang]).map(([id, forms]) => [id, forms[0] ?? id])),
  };
};

/** Languages that their script alone tells: they are indexed at the first question in them. */
const BY_SCRIPT: ReadonlySet<Lang> = new Set(["ar", "ja", "th", "zh"]);

const lazily = (languages: Partial<Lexicon["languages"]>, lang: Lang, build: () => LanguageWords): void => {
  let built: LanguageWords | undefined;
  Object.defineProperty(languages, lang, { enumerable: true, get: () => (built ??= build()) });
};

/** Words of breed names that are ordinary English words too. */
const ORDINARY = new Set([
  "male",
  "female",
  "breeder",
  "parent",
  "fast",
  "slow",
  "feather",
  "feathering",
  "meat",
  "broiler",
  "chicken",
  "white",
  "light",
  "plus",
]);

/**
 * A brand as a language spells it and what a name of the brand goes on with: "hayline" and "hy-line brown" make
 * "hayline brown", which no list of names needs to hold.
 */
const crossedNames = (lines: Vocabulary["lines"]): { id: string; form: string }[] => {
  const after = (forms: readonly string[], brands: readonly string[]): string[] =>
    forms.flatMap((form) =>
      brands.flatMap((brand) => (form.startsWith(`${brand} `) ? [form.slice(brand.length + 1)] : [])),
    );
  const out: { id: string; form: string }[] = [];
  for (const family of Object.values(lines))
    for (const id of family.oneOf ?? []) {
      const line = lines[id];
      if (!line) continue;
      const plain = after(line.aliases, family.aliases);
      for (const [lang, spellings] of Object.entries(family.local)) {
        const rests = new Set([...plain, ...after(line.local[lang as Lang] ?? [], spellings)]);
        // "giống ross" is the word for a breed and the brand as it is: nothing new to cross
        const own = spellings.filter((one) => !family.aliases.some((alias) => one.endsWith(` ${alias}`)));
        for (const spelling of own) for (const rest of rests) out.push({ id, form: `${spelling} ${rest}` });
      }
    }
  return out;
};

/** Indexes the vocabulary once, at the start. */
export const indexLexicon = (vocabulary: Vocabulary): Lexicon => {
  const names: Phrases = new Map();
  const nameWords = new Set<string>();
  const foreignWords = new Set<string>();
  for (const [id, line] of Object.entries(vocabulary.lines)) {
    const hit: Hit = { is: "line", id };
    const put = (form: string, into: Set<string>): void => {
      for (const token of add(names, form, hit)) if (token.kind === "word") into.add(token.fold);
    };
    for (const form of Object.values(line.local).flat()) put(form, nameWords);
    for (const form of [line.name, ...line.aliases]) {
      put(form, foreignWords);
      // "hylinebrown": names are also typed as one word
      if (/^[a-z]+(?: [a-z]{3,})+$/i.test(form)) put(form.replaceAll(" ", ""), foreignWords);
    }
  }
  const hits = new Map<string, Hit>();
  for (const { id, form } of crossedNames(vocabulary.lines)) {
    const hit = hits.get(id) ?? { is: "line", id };
    hits.set(id, hit);
    const key = keyOf(form);
    if (!names.get(key))
      for (const token of add(names, form, hit)) if (token.kind === "word") nameWords.add(token.fold);
  }
  for (const word of foreignWords) nameWords.add(word);
  for (const word of ORDINARY) foreignWords.delete(word);
  const words = new Map<string, WordEntry>();
  const accented = new Map<string, WordEntry>();
  const languages: Partial<Lexicon["languages"]> = {};
  for (const lang of LANGS)
    if (BY_SCRIPT.has(lang))
      lazily(languages, lang, () => languageWords(lang, vocabulary, { words, accented }));
    else languages[lang] = languageWords(lang, vocabulary, { words, accented });
  return {
    concepts: vocabulary.concepts,
    lines: vocabulary.lines,
    languages: languages as Lexicon["languages"],
    names,
    nameWords,
    foreignWords,
    words,
    accented,
    shapes: shapesOf([words, accented], LANGS.length),
  };
};
