/** A full stop ends a sentence before a space; the marks of other scripts end it wherever they stand. */
const END = /(?<=[.!?…])["')\]»”]*\s+|(?<=[。！？])|(?<=[؟।])\s*|\n+/u;

/** The sentences of a text, in order, without empty ones. Linear in its length. */
export const sentencesOf = (text: string): string[] =>
  text.split(END).filter((sentence) => sentence.trim() !== "");
