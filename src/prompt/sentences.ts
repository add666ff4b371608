const ENDS = new Set(Array.from(".!?…。！？؟।\n"));
/** Marks that end a sentence without a space after them. */
const ALONE = new Set(Array.from("。！？\n"));
const CLOSERS = new Set(Array.from("\"'”’»)]」』）*_"));
const LETTER = /\p{L}/u;
const LOWER_OR_DIGIT = /[\p{Ll}\p{N}]/u;
const THAI = /[\u0e00-\u0e7f]/;

/** "approx. 25 °C", "E. coli", "z. B.": a full stop that ends an abbreviation or an initial. */
const abbreviates = (text: string, at: number, next: number): boolean => {
  if (text[at] !== ".") return false;
  if (LOWER_OR_DIGIT.test(text[next] ?? "")) return true;
  return LETTER.test(text[at - 1] ?? "") && !/[\p{L}\p{N}]/u.test(text[at - 2] ?? " ");
};

/** Thai parts sentences by spaces alone; a space beside a figure or a Latin word parts nothing. */
const partsThai = (text: string, at: number): boolean =>
  text[at] === " " && THAI.test(text[at - 1] ?? "") && THAI.test(text[at + 1] ?? "");

/** Cuts a text into its sentences, in every script; put together they are the text without outer spaces. Linear. */
export const sentencesOf = (text: string): string[] => {
  const sentences: string[] = [];
  let from = 0;
  const cut = (end: number): void => {
    const sentence = text.slice(from, end).trim();
    if (sentence !== "") sentences.push(sentence);
    from = end;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (partsThai(text, at)) cut(at);
    if (!ENDS.has(sign)) continue;
    let end = at + 1;
    while (CLOSERS.has(text[end] ?? "")) end += 1;
    if (!ALONE.has(sign)) {
      if (end < text.length && !/\s/.test(text[end] ?? "")) continue;
      let next = end;
      while (next < text.length && next < end + 4 && text[next] === " ") next += 1;
      if (abbreviates(text, at, next)) continue;
    }
    cut(end);
    at = end - 1;
  }
  cut(text.length);
  return sentences;
};
