import type { Lang } from "../core/types.ts";
import { readingsAt, type Hit, type Lexicon, type Phrases, type Reading } from "../language/lexicon.ts";
import { foldWord, inPhrase, tokenise, type Token } from "../language/normalise.ts";
import { hidesNumber } from "./number-words.ts";

/** What a piece of text holds that must be checked with its whole sentence. */
export interface Sensed {
  /** A digit, number word, unit, drug or safety term. */
  held: boolean;
  /** It ends inside a phrase that may become one. */
  open: boolean;
  /** It ends in a number word, whose unit may follow. */
  counting: boolean;
}
export interface Senses {
  read(text: string): Sensed;
  /** Phrases looked up and signs read, to prove that work grows linearly. */
  steps(): number;
}

/** Concepts beside drugs whose mention binds a sentence together: dangers, people, poisons, the law. */
const GRAVE = new Set([
  "avian_influenza",
  "newcastle",
  "outbreak",
  "mass_death",
  "sudden_death",
  "culling",
  "euthanasia",
  "human",
  "child",
  "doctor",
  "authority",
  "disinfectant",
  "disinfecting_spray",
  "chlorine",
]);
/** Languages that write no spaces between words: any sign may begin one. */
const LONGEST_PHRASE = 12;
/** A drug's name is told by so many of its first letters, whatever ending it has. */
const STEM = 6;
const FROM_STEM = 7;
const DIGIT = /\p{N}/u;
const PLAIN_LETTER = /^[a-z]$/;
/** A shorter English word may be an ordinary word of another language. */
const SHORTEST_ENGLISH = 4;

type Weight = "grave" | "number" | "unit";

const weightOf = (hit: Hit): Weight | undefined => {
  if (hit.is === "number") return hit.value === 1 ? undefined : "number";
  if (hit.is === "scale" || hit.is === "half" || hit.is === "dual") return "number";
  if (hit.is !== "concept") return undefined;
  if (hit.kind === "drug" || GRAVE.has(hit.broader ?? hit.id)) return "grave";
  return hit.kind === "unit" ? "unit" : undefined;
};

/** The spelling as meant, or without any accents: "trong" is not "trống" once it has some. */
const isSpelt = (reading: Reading, key: string, raw: string): boolean =>
  (reading.raw ?? key) === raw || foldWord(raw) === raw;

const stemsOf = (phrases: Phrases): Set<string> => {
  const stems = new Set<string>();
  for (const [key, found] of phrases) {
    if (!found || key.includes(" ") || key.length < FROM_STEM) continue;
    if (readingsAt(found).some(({ hit }) => hit.is === "concept" && hit.kind === "drug"))
      stems.add(key.slice(0, Math.max(STEM, key.length - 3)));
  }
  return stems;
};

const known = new WeakMap<Phrases, Set<string>>();
const drugStems = (phrases: Phrases): Set<string> => {
  let stems = known.get(phrases);
  if (!stems) known.set(phrases, (stems = stemsOf(phrases)));
  return stems;
};

/** Finds in pieces of a model's text what must not be let out before its whole sentence is known. */
export const senses = (lexicon: Lexicon, lang: Lang): Senses => {
  const own = lexicon.languages[lang].phrases;
  const maps = lang === "en" ? [own] : [own, lexicon.languages.en.phrases];
  const stems = maps.map(drugStems);
  let steps = 0;

  const isDrug = (token: Token): boolean => {
    if (token.kind !== "word" || token.fold.length < STEM) return false;
    for (let end = STEM; end <= Math.min(token.fold.length, 24); end += 1) {
      steps += 1;
      const head = token.fold.slice(0, end);
      if (stems.some((set) => set.has(head))) return true;
    }
    return false;
  };

  /** Walks the phrases that begin at a token; `seen` is told of each with its end. */
  const walk = (
    tokens: readonly Token[],
    at: number,
    seen: (weight: Weight, end: number) => void,
  ): boolean => {
    let open = false;
    for (const [rank, phrases] of maps.entries()) {
      let [key, raw] = ["", ""];
      for (let end = at, words = 0; end < tokens.length && words < LONGEST_PHRASE; end += 1) {
        const next = tokens[end];
        if (!next || (words > 0 && next.stop)) break;
        steps += 1;
        if (!inPhrase(next)) continue;
        key = words === 0 ? next.fold : `${key} ${next.fold}`;
        raw = words === 0 ? next.raw : `${raw} ${next.raw}`;
        words += 1;
        const found = phrases.get(key);
        if (found === undefined) break;
        if (end === tokens.length - 1) open ||= found === null;
        if (found === null) continue;
        // "l'eau", "d'abord": a letter is a unit beside a digit alone
        if (words === 1 && (PLAIN_LETTER.test(key) || (rank === 1 && key.length < SHORTEST_ENGLISH)))
          continue;
        for (const reading of readingsAt(found)) {
          const weight = isSpelt(reading, key, raw) ? weightOf(reading.hit) : undefined;
          if (weight) seen(weight, end);
        }
      }
    }
    return open;
  };

  return {
    read(text) {
      steps += text.length;
      const sensed: Sensed = { held: DIGIT.test(text), open: false, counting: false };
      const tokens = tokenise(text);
      for (const [at, token] of tokens.entries()) {
        if (token.fold === "%") sensed.held = true;
        if (token.kind === "number" || token.kind === "symbol") {
          sensed.held ||= token.kind === "number";
          continue;
        }
        if (isDrug(token)) sensed.held = true;
        if (hidesNumber(token, lexicon, lang)) sensed.held = true;
        const open = walk(tokens, at, (weight, end) => {
          sensed.held = true;
          sensed.counting ||= weight === "number" && end === tokens.length - 1;
        });
        sensed.open ||= open;
      }
      return sensed;
    },
    steps: () => steps,
  };
};
