/** What the safety rules know of a text. */
export interface Told {
  concepts: ReadonlySet<string>;
  /** Kinds of those concepts: disease, sign, drug, person … */
  kinds: ReadonlySet<string>;
  /** Those of the kind `sign`. */
  signs: readonly string[];
  /** The text itself: names of substances that no lexicon lists are told by their endings. */
  text: string;
  /** The text asks for a number of the breed standards. */
  asksNumber: boolean;
  /** Greatest number of birds, or share of them in %, that the text names. */
  count: number;
  /** The text counts birds. */
  countsBirds: boolean;
  /** A long text: its losses are those of many days. */
  pasted: boolean;
}

/** True when the text has one of these concepts. */
export const tells = ({ concepts }: Told, ids: readonly string[]): boolean =>
  ids.some((id) => concepts.has(id));
