const CITATION = /(\s?)[[【［]\s*(\p{Nd}{1,3}(?:\s*[,;、]\s*\p{Nd}{1,3})*)\s*[\]】］]/gu;
const LEADING = /^\s*(?:[[【［]\s*\p{Nd}{1,3}(?:\s*[,;、]\s*\p{Nd}{1,3})*\s*[\]】］]\s*)+/u;
/** Zero of each script whose digits a model may write. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0xe50, 0xff10];

/** Value of a whole number in digits of any script. */
export const valueOfDigits = (digits: string): number =>
  Array.from(digits).reduce((value, digit) => {
    const code = digit.charCodeAt(0);
    const zero = ZEROS.find((one) => code >= one && code <= one + 9);
    return zero === undefined ? Number.NaN : value * 10 + code - zero;
  }, 0);

/** The citations of a text as "[1][2]", without those of passages that there are not. */
export const citationsOf = (
  text: string,
  passages: ReadonlySet<number>,
): { text: string; removed: number } => {
  let removed = 0;
  const cited = text.replace(CITATION, (_, space: string, numbers: string) => {
    const all = numbers.split(/\s*[,;、]\s*/).map(valueOfDigits);
    const kept = all.filter((n) => passages.has(n));
    removed += all.length - kept.length;
    return kept.length === 0 ? "" : space + kept.map((n) => `[${n}]`).join("");
  });
  return { text: cited, removed };
};

/** A text without the citations that it begins with: they belong to the sentence before. */
export const withoutLeadingCitations = (text: string): string => text.replace(LEADING, "");
