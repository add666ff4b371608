/** Kinds of the concepts that are ordinary words and no words of the trade: what they may stand for gives way to it. */
export const ORDINARY_KINDS: ReadonlySet<string> = new Set([
  "doing",
  "thing",
  "state",
  "notion",
  "time",
  "measure",
  "place",
]);
