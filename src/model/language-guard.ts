import type { Lang } from "../core/types.ts";
import { detect } from "../language/detect.ts";
import { readingsAt, type Lexicon } from "../language/lexicon.ts";
import { tokenise, type Token } from "../language/normalise.ts";
import { unitOfSign } from "./measures.ts";

export interface LanguageGuard {
  /** False when a text is clearly in another language than asked for. */
  fits(text: string): boolean;
}

/** Genera that stand in texts of the trade, with the species name after them; and their one-letter short forms. */
const BINOMIALS =
  /\b(?:Escherichia|Salmonella|Eimeria|Mycoplasma|Clostridium|Clostridioides|Pasteurella|Avibacterium|Ascaridia|Heterakis|Capillaria|Raillietina|Dermanyssus|Ornithonyssus|Argas|Campylobacter|Aspergillus|Histomonas|Staphylococcus|Streptococcus|Enterococcus|Ornithobacterium|Bordetella|Gallibacterium|Riemerella|Candida|Alphitobius|Culicoides|Fusarium|Brachyspira|Gallus)(?:\s+[a-z]{3,})?|\b[A-Z]\.\s+[a-z]{3,}/g;
/** Abbreviations and names of strains: FCR, EPEF, H5N1, QX. */
const CAPITALS = /(?<![\p{L}\p{N}])[A-Z][A-Z0-9/-]{1,9}(?![\p{L}\p{N}])/gu;
const CITATIONS = /\[[^\]]{0,12}\]/g;
/** "1'de", "kg'da": Turkish endings of figures and units, short words of other languages on their own. */
const ENDINGS = /['’]\p{L}{1,5}/gu;
const ADDRESSES = /\bhttps?:\/\/\S+|\bwww\.\S+/gi;

/** Fewer different words say too little about a language. */
const FEWEST_WORDS = 4;
/** Fewer Han signs may be a term of either Chinese or Japanese. */
const FEWEST_SIGNS = 14;
/** Of a text in another script a little may be a name or a quoted term; alone, fewer words say enough. */
const FOREIGN_SHARE = 0.5;
const FEWEST_LETTERS = 8;
const FEWEST_FOREIGN = 4;
const FEWEST_ALONE = 3;

const SCRIPTS: Partial<Record<Lang, RegExp>> = {
  ar: /\p{Script=Arabic}/u,
  hi: /\p{Script=Devanagari}/u,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u,
  th: /\p{Script=Thai}/u,
  zh: /\p{Script=Han}/u,
};
const LATIN = /\p{Script=Latin}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Letters of a text in the asked language's script and in others, and the words or signs of the others. */
const lettersOf = (
  tokens: readonly Token[],
  script: RegExp,
): { own: number; other: number; foreign: number } => {
  let [own, other, foreign] = [0, 0, 0];
  for (const { raw } of tokens)
    if (script.test(raw)) own += raw.length;
    else {
      other += raw.length;
      foreign += 1;
    }
  return { own, other, foreign };
};

/** Judges by the language room's own detection; breed names, units, abbreviations and Latin names speak for none. */
export const languageGuard = (lexicon: Lexicon, lang: Lang): LanguageGuard => {
  const script = SCRIPTS[lang] ?? LATIN;
  const isUnit = ({ fold }: Token): boolean => {
    if (unitOfSign(fold) !== undefined) return true;
    const found = lexicon.languages.en.phrases.get(fold);
    return found
      ? fold.length <= 3 && readingsAt(found).some(({ hit }) => hit.is === "concept" && hit.kind === "unit")
      : false;
  };
  const telling = (text: string): Token[] => {
    const plain = (lang === "tr" ? text.replace(ENDINGS, " ") : text)
      .replace(ADDRESSES, " ")
      .replace(CITATIONS, " ")
      .replace(BINOMIALS, " ")
      .replace(CAPITALS, " ");
    return tokenise(plain).filter(
      (token) =>
        token.kind === "sign" ||
        (token.kind === "word" && !lexicon.foreignWords.has(token.fold) && !isUnit(token)),
    );
  };
  return {
    fits(text) {
      const tokens = telling(text);
      const { own, other, foreign } = lettersOf(tokens, script);
      const enough = foreign >= (own === 0 ? FEWEST_ALONE : FEWEST_FOREIGN) && other >= FEWEST_LETTERS;
      if (enough && other > FOREIGN_SHARE * (own + other)) return false;
      if (own === 0) return true;
      if (lang === "zh") return !tokens.some(({ raw }) => KANA.test(raw));
      if (lang === "ja") {
        const signs = tokens.filter(({ kind }) => kind === "sign");
        return (
          signs.some(({ raw }) => KANA.test(raw)) ||
          (signs.length < FEWEST_SIGNS && detect(tokens, lexicon, lang, true).lang === lang)
        );
      }
      if (script !== LATIN) return true;
      const words = tokens.filter(({ kind }) => kind === "word");
      const different = new Set(words.map(({ fold }) => fold)).size;
      return different < FEWEST_WORDS || detect(words, lexicon, lang, true).lang === lang;
    },
  };
};
