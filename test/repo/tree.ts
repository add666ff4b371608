import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** Root folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const notOurs = new Set(["node_modules", ".git", "var", "coverage"]);

/** Every file of the repository below `folder`, as a path from the root, installed and written-at-run files left out. */
export const files = (folder = "."): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (notOurs.has(entry.name) || /^\.env|\.log$/.test(entry.name)) return [];
    return entry.isDirectory() ? files(path) : [relative(".", path)];
  });

export const read = (path: string): string => readFileSync(join(root, path), "utf8");
export const json = (path: string): unknown => JSON.parse(read(path));
