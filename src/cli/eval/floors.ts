import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The least share right of a file's golden questions, and what it came to. */
export interface Floor {
  file: string;
  floor: number;
  /** Null when none of its lines was a golden question. */
  share: number | null;
  passed: boolean;
}

const LINE = /^\W*floor of `?([^`\s]+?)`?\s*:\s*(\d+(?:\.\d+)?)\s*%/gim;

/** The floor that the README beside a file gives it: a line "Floor of golden.jsonl: 60 %". */
export const floorBeside = (file: string): number | undefined => {
  let readme: string;
  try {
    readme = readFileSync(join(dirname(file), "README.md"), "utf8");
  } catch {
    return undefined;
  }
  for (const [, name, percent] of readme.matchAll(LINE))
    if (name === basename(file)) return Number(percent) / 100;
  return undefined;
};

/** "0.6" or "60%"; undefined for anything else. */
export const readFloor = (text: string): number | undefined => {
  const [, digits, sign] = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text.trim()) ?? [];
  const share = Number(digits) / (sign === "%" ? 100 : 1);
  return share >= 0 && share <= 1 ? share : undefined;
};

/** A floor over nothing is not reached. */
export const floorOf = (file: string, floor: number, right: number, asked: number): Floor => {
  const share = asked === 0 ? null : right / asked;
  return { file, floor, share, passed: share !== null && share >= floor };
};
