import { createHmac, timingSafeEqual } from "node:crypto";
import type { Lang, ModelUse } from "../core/types.ts";
import type { Evidence } from "./similarity.ts";

/** How soon an answer ages, and which tiers may serve it. */
export type EntryClass = "management" | "disease" | "safety";

/** An answer that is kept: what it rests on, and a model's text by language; quotes are rendered from the passages. */
export interface Entry {
  id: string;
  scope: string;
  /** Passages that it quotes or was written from, in order, at the versions they had. */
  passages: readonly { id: string; version: string }[];
  /** Passages that spoke to its first question, best first. */
  evidence: readonly Evidence[];
  /** A model's text by language; empty when passages are quoted. */
  prose: Partial<Record<Lang, string>>;
  model: ModelUse | null;
  rules: readonly string[];
  class: EntryClass;
  /** Milliseconds since 1970. */
  created: number;
  /** After it the answer is made anew while the old one may still be served. */
  soft: number;
  /** After it the answer is gone. */
  hard: number;
  /** Who said that it is wrong, as hashes: they do not get it again; with the second it is gone for all. */
  downs: readonly string[];
  /** Language of its first question. */
  lang: Lang;
}

const signatureOf = (body: string, secret: string): string =>
  createHmac("sha256", secret).update(body).digest("base64url");

/** An entry as it is stored: its signature, then its body. */
export const sealEntry = (entry: Entry, secret: string): string => {
  const body = JSON.stringify(entry);
  return `${signatureOf(body, secret)}.${body}`;
};

/** A stored entry; undefined when anyone else has written or changed it. */
export const openEntry = (stored: string, secret: string): Entry | undefined => {
  const at = stored.indexOf(".");
  const body = stored.slice(at + 1);
  const given = Buffer.from(stored.slice(0, Math.max(0, at)));
  const own = Buffer.from(signatureOf(body, secret));
  if (given.length !== own.length || !timingSafeEqual(given, own)) return undefined;
  return JSON.parse(body) as Entry;
};
