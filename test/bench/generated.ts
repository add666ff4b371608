import { LANGS, type Lang } from "../../src/core/types.ts";
import { templates, type TemplateLine } from "../fixtures/dev-sets.ts";
import { lexicon } from "../fixtures/understanding.ts";

/** A wording of the development set with its line and its age taken out. */
interface Wording {
  before: string;
  between: string;
  after: string;
  lineFirst: boolean;
  layer: boolean;
  /** The age is told in weeks. */
  weeks: boolean;
}

interface Span {
  at: number;
  text: string;
}

const BROILERS = ["Ross 308", "Cobb 500", "Ross 708", "Arbor Acres Plus"];
const LAYERS = ["Hy-Line Brown", "Hy-Line W-36", "Lohmann Brown", "ISA Brown"];

/** The line as the text names it: the longest spelling of it that lines.json knows. */
const namedIn = ({ lang, text, frame }: TemplateLine): Span | undefined => {
  const entries = Object.entries(lexicon.lines).filter(
    ([id, line]) => id === frame.line || line.oneOf?.[0] === frame.line,
  );
  const spellings = entries.flatMap(([, line]) => [line.name, ...line.aliases, ...(line.local[lang] ?? [])]);
  const glued = spellings.flatMap((one) => [one, one.replaceAll(" ", ""), one.replaceAll(" ", "-")]);
  const lower = text.toLowerCase();
  const found = glued
    .filter((one) => lower.includes(one.toLowerCase()))
    .sort((a, b) => b.length - a.length)[0];
  if (found === undefined) return undefined;
  const at = lower.indexOf(found.toLowerCase());
  return { at, text: text.slice(at, at + found.length) };
};

/** The age in digits, outside the line's name. */
const ageIn = ({ text, frame }: TemplateLine, name: Span): (Span & { weeks: boolean }) | undefined => {
  const days = frame.age_days ?? undefined;
  const weeks = frame.age_weeks ?? (days === undefined ? undefined : days / 7);
  for (const match of text.matchAll(/[0-9]+/g)) {
    if (match.index >= name.at && match.index < name.at + name.text.length) continue;
    const value = Number(match[0]);
    if (value === days || value === weeks) return { at: match.index, text: match[0], weeks: value !== days };
  }
  return undefined;
};

const wordingOf = (line: TemplateLine): Wording | undefined => {
  const name = namedIn(line);
  const age = name && ageIn(line, name);
  if (!name || !age) return undefined;
  const lineFirst = name.at < age.at;
  const [first, second] = lineFirst ? [name, age] : [age, name];
  return {
    before: line.text.slice(0, first.at),
    between: line.text.slice(first.at + first.text.length, second.at),
    after: line.text.slice(second.at + second.text.length),
    lineFirst,
    layer: line.frame.age_weeks !== undefined,
    weeks: age.weeks,
  };
};

const agesOf = ({ layer, weeks }: Wording): number[] => {
  const [from, to] = layer ? [18, 90] : weeks ? [1, 8] : [1, 56];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
};

const questionsIn = (lang: Lang): string[] => {
  const own = templates.filter((line) => line.lang === lang);
  const out = new Set<string>();
  for (const line of own) {
    const wording = wordingOf(line);
    if (!wording) continue;
    const spelt = own
      .filter((one) => (one.frame.age_weeks !== undefined) === wording.layer)
      .flatMap((one) => namedIn(one)?.text ?? []);
    for (const name of new Set([...spelt, ...(wording.layer ? LAYERS : BROILERS)]))
      for (const age of agesOf(wording)) {
        const [first, second] = wording.lineFirst ? [name, age] : [age, name];
        out.add(`${wording.before}${first}${wording.between}${second}${wording.after}`);
      }
  }
  return [...out];
};

/** Prime to the number of questions of any language, so that neighbours differ in everything. */
const STRIDE = 7919;

/** Distinct questions, as many of each language: the wordings of the development set with other lines and ages. */
export const generatedQuestions = (wanted: number): string[] => {
  const share = wanted / LANGS.length;
  const byLang = LANGS.map((lang) => {
    const all = questionsIn(lang);
    if (all.length < share) throw new Error(`${lang}: only ${all.length} questions can be generated`);
    return Array.from({ length: share }, (_, n) => all[(n * STRIDE) % all.length] ?? "");
  });
  return Array.from(
    { length: wanted },
    (_, n) => byLang[n % LANGS.length]?.[Math.floor(n / LANGS.length)] ?? "",
  );
};
