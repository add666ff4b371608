import type { LineEntry } from "./lexicon.ts";
import { inPhrase, tokenise, type Token } from "./normalise.ts";

/** Suffixes by which breeders tell one product from another, as they are typed. */
const SUFFIXES = [
  // in other scripts
  "เอ็กซ์ตร้า",
  "เอ็กซ์ตรา",
  "คลาสสิก",
  "คลาสสิค",
  "ไลท์",
  "ไลต์",
  "พลัส",
  "แม็กซ์",
  "プラス",
  "クラシック",
  "ライト",
  "エクストラ",
  "マックス",
  "كلاسيك",
  "لايت",
  "بلس",
  "بلاس",
  "اكسترا",
  "प्लस",
  "लाइट",
  "क्लासिक",
  "एक्स्ट्रा",
  "xl",
  "x",
  "xs",
  "max",
  "maxx",
  "plus",
  "+",
  "ultra",
  "gold",
  "premium",
  "extra",
  "pro",
  "super",
  "lite",
  "light",
  "classic",
  "ap",
  "sp",
  "elite",
  "platinum",
  "select",
  "sf",
  "new",
  "xtra",
];

const keyOf = (form: string): string =>
  tokenise(form)
    .filter(inPhrase)
    .map((token) => token.fold)
    .join(" ");

const BY_KEY = new Map(SUFFIXES.map((suffix) => [keyOf(suffix), suffix]));
/** Longest suffix, in tokens: a Thai or Japanese one has a token a sign. */
const LONGEST = Math.max(...Array.from(BY_KEY.keys(), (key) => key.split(" ").length));

/**
 * "Cobb 500 XL" is not Cobb 500: a name with a suffix is a line of its own, without a table, unless data/lines.json
 * knows it. The suffix that stands at `at`, if one does, and the place of its last token.
 */
export const suffixAt = (
  tokens: readonly Token[],
  at: number,
): { suffix: string; key: string; end: number } | undefined => {
  let found: { suffix: string; key: string; end: number } | undefined;
  let key = "";
  for (let end = at, words = 0; end < tokens.length && words < LONGEST; end += 1) {
    const token = tokens[end];
    if (!token || token.stop) break;
    if (!inPhrase(token)) {
      if (token.fold !== "-" || words > 0) break;
      continue;
    }
    key = words === 0 ? token.fold : `${key} ${token.fold}`;
    words += 1;
    const suffix = BY_KEY.get(key);
    if (suffix !== undefined) found = { suffix, key, end };
  }
  return found;
};

/** The line that a name with a suffix means. */
export const variantOf = (id: string, suffix: string, lines: Readonly<Record<string, LineEntry>>): string =>
  lines[`${id}_${suffix}`] ? `${id}_${suffix}` : `${id}~${suffix}`;
