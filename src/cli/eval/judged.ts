import type { Given } from "./asking.ts";

export const VERDICTS = ["right", "wrong", "unanswered", "not_judged"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** One asking of a golden question, and who answered it. */
export interface Asking {
  verdict: Verdict;
  via: string;
  model: Given["model"];
}

/** A line after it was asked; the lines of off_topic_and_attacks are the set "other" and have a kind. */
export interface Judged {
  set: "template" | "near_miss" | "conversation" | "paraphrase" | "other" | "golden";
  lang: string;
  verdict: Verdict;
  text: string;
  want: unknown;
  got: unknown;
  kind?: string;
  /** Every asking of a golden question, and whether all of them got the same answer. */
  askings?: readonly Asking[];
  equal?: boolean;
}

/** Equal key by key, whatever their order. */
export const same = (a: unknown, b: unknown): boolean => {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)))
  );
};

export const byFrame = (
  want: object | null,
  { frame: got }: Given,
): Pick<Judged, "verdict" | "want" | "got"> => ({
  verdict: same(want, got) ? "right" : got === null ? "unanswered" : "wrong",
  want,
  got,
});
