import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Ask } from "./asking.ts";
import { Conversation, conversation } from "./conversation.ts";
import { Golden, golden, type GoldenAsking } from "./golden.ts";
import type { Judged } from "./judged.ts";
import { NearMiss, nearMiss } from "./near-miss.ts";
import { Other, other } from "./other.ts";
import { type Groups, Paraphrase, paraphrase } from "./paraphrase.ts";
import { Template, template } from "./template.ts";

/** A line that is none of the formats, told in one sentence. */
class Unreadable extends Error {}

const check = <T>(schema: z.ZodType<T>, value: unknown): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => [...path, message].join(": "));
  throw new Unreadable(faults.join("; "));
};

/** How the lines of all files are asked. */
export interface Asking {
  ask: Ask;
  groups: Groups;
  golden: GoldenAsking;
}

/** Tells the formats apart by the keys that only one of them has. */
const judge = (asking: Asking, source: string, chat: string): Promise<Judged> => {
  const { ask, groups } = asking;
  let json: unknown;
  try {
    json = JSON.parse(source.trim());
  } catch (cause) {
    throw new Unreadable(cause instanceof Error ? cause.message : "not JSON", { cause });
  }
  const line = check(z.record(z.string(), z.unknown()), json);
  if (line["kind"] === "golden") return golden(check(Golden, line), chat, asking.golden);
  if ("turns" in line) return conversation(ask, check(Conversation, line), chat);
  if ("a" in line && "b" in line) return nearMiss(ask, check(NearMiss, line));
  if ("group" in line) return paraphrase(ask, check(Paraphrase, line), groups);
  if ("frame" in line) return template(ask, check(Template, line));
  if ("kind" in line) return other(ask, check(Other, line));
  throw new Unreadable("has neither turns, a and b, group, frame nor kind");
};

export interface Scored {
  judged: (Judged & { file: string; line: number })[];
  unread: { file: string; line: number; reason: string }[];
}

/** Asks the lines of a file one after the other; those that cannot be read are kept with their reason. */
export const scoreFile = async (asking: Asking, file: string, scored: Scored): Promise<void> => {
  const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : "unreadable");
  let lines: string[] = [];
  try {
    lines = readFileSync(file, "utf8").split("\n");
  } catch (error) {
    scored.unread.push({ file, line: 0, reason: reasonOf(error) });
  }
  for (const [index, source] of lines.entries()) {
    if (source.trim() === "") continue;
    const line = index + 1;
    try {
      const judged = await judge(asking, source, `eval-${scored.judged.length}`);
      scored.judged.push({ ...judged, file, line });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      scored.unread.push({ file, line, reason: reasonOf(error) });
    }
  }
};
