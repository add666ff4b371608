import { readdirSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { FlockError } from "../../core/errors.ts";
import { kindOf } from "./kinds.ts";

const MOST_FILES = 10_000;
const DEEPEST = 32;

export interface Walked {
  /** Absolute paths, each once, in order. */
  files: string[];
  /** Paths that are named and cannot be taken. */
  faults: { path: string; reason: string }[];
  /** Files of folders whose format is not read. */
  passedOver: number;
}

/** Files of other programs: hidden ones, and locks of open documents ("~$feed.docx"). */
const isOthers = (name: string): boolean => name.startsWith(".") || name.startsWith("~$");

/**
 * The documents under the paths. Links in folders are not followed: what they lead to is either in the folder anyway,
 * or outside of what was named.
 */
export const walk = (paths: readonly string[]): Walked => {
  const files = new Set<string>();
  const faults: Walked["faults"] = [];
  let passedOver = 0;
  const add = (path: string): void => {
    if (files.size >= MOST_FILES)
      throw new FlockError("document", `more than ${MOST_FILES.toLocaleString("en")} documents at once`);
    files.add(path);
  };
  const folder = (path: string, depth: number): void => {
    if (depth > DEEPEST) {
      faults.push({ path, reason: `it lies more than ${DEEPEST} folders deep` });
      return;
    }
    const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const own = join(path, entry.name);
      if (isOthers(entry.name)) continue;
      if (entry.isDirectory()) attempt(own, () => folder(own, depth + 1));
      else if (entry.isFile() && kindOf(entry.name)) add(own);
      else passedOver += 1;
    }
  };
  const attempt = (path: string, take: () => void): void => {
    try {
      take();
    } catch (error) {
      if (error instanceof FlockError) throw error;
      const missing = error instanceof Error && "code" in error && error.code === "ENOENT";
      faults.push({ path, reason: missing ? "it is not there" : "it may not be read" });
    }
  };
  for (const path of paths) {
    const own = resolve(path);
    attempt(own, () => {
      const found = statSync(own);
      if (found.isDirectory()) folder(own, 0);
      else if (!found.isFile()) faults.push({ path: own, reason: "it is neither a file nor a folder" });
      else if (kindOf(basename(own))) add(own);
      else
        faults.push({
          path: own,
          reason: "its format is not one that can be read (PDF, DOCX, XLSX, CSV, HTML, MD, TXT)",
        });
    });
  }
  return { files: [...files], faults, passedOver };
};
