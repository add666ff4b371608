import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FlockError } from "../core/errors.ts";
import { LANGS, type Lang, type Passage, type PassageSource } from "../core/types.ts";

/** What the lines above a passage's text may say. */
const FIELDS = new Set(["title", "applies", "concepts", "source"]);

type Gists = Readonly<Record<Lang, Readonly<Record<string, string>>>>;

const bad = (file: string, line: number, reason: string): FlockError =>
  new FlockError("bad_data", `${file}, line ${line}: ${reason}`);

/** "TITLE | PAGE" or "TITLE | PAGE | URL". */
const sourceOf = (value: string, file: string, line: number): PassageSource => {
  const [title = "", page = "", url] = value.split("|").map((part) => part.trim());
  if (title === "" || page === "") throw bad(file, line, "a source has a title and a page");
  return { title, page, url: url ?? null };
};

interface Section {
  id: string;
  line: number;
  fields: Map<string, { value: string; line: number }[]>;
  text: string;
}

/** Cuts a file into its passages: "## id", fields, an empty line, the text. */
const sectionsOf = (text: string, file: string): Section[] => {
  const sections: Section[] = [];
  let body: string[] | undefined;
  for (const [index, row] of text.split("\n").entries()) {
    const line = index + 1;
    if (row.startsWith("## ")) {
      body = undefined;
      sections.push({ id: row.slice(3).trim(), line, fields: new Map(), text: "" });
      continue;
    }
    const section = sections.at(-1);
    if (!section) {
      if (row.trim() !== "") throw bad(file, line, "text before the first passage");
      continue;
    }
    if (body) {
      body.push(row);
      section.text = body.join("\n").trim();
    } else if (row.trim() === "") body = [];
    else {
      const [, name = "", value = ""] = /^([a-z]+): (.+)$/.exec(row) ?? [];
      if (!FIELDS.has(name))
        throw bad(file, line, "a passage begins with title, applies, concepts and source");
      const all = section.fields.get(name) ?? [];
      section.fields.set(name, [...all, { value: value.trim(), line }]);
    }
  }
  return sections;
};

const gistsOf = (id: string, gists: Gists, file: string, line: number): Record<Lang, string> => {
  const missing = LANGS.filter((lang) => !gists[lang][id]?.trim());
  if (missing.length > 0) throw bad(file, line, `${id} has no gist in ${missing.join(", ")}`);
  return Object.fromEntries(LANGS.map((lang) => [lang, gists[lang][id]])) as Record<Lang, string>;
};

const passageOf = (section: Section, file: string, concepts: ReadonlySet<string>, gists: Gists): Passage => {
  const only = (name: string): { value: string; line: number } => {
    const [first, second] = section.fields.get(name) ?? [];
    if (!first || second) throw bad(file, section.line, `${section.id} has one line "${name}:"`);
    return first;
  };
  const named = only("concepts");
  const ids = named.value.split(",").map((id) => id.trim());
  const unknown = ids.filter((id) => !concepts.has(id));
  if (unknown.length > 0) throw bad(file, named.line, `no such concept: ${unknown.join(", ")}`);
  const sources = (section.fields.get("source") ?? []).map(({ value, line }) => sourceOf(value, file, line));
  if (sources.length === 0) throw bad(file, section.line, `${section.id} has no source`);
  if (section.text === "") throw bad(file, section.line, `${section.id} has no text`);
  const gist = gistsOf(section.id, gists, file, section.line);
  const content = JSON.stringify([section.id, section.text, sources, gist]);
  return {
    id: section.id,
    title: only("title").value,
    applies: only("applies").value,
    concepts: ids,
    sources,
    text: section.text,
    lang: "en",
    gist,
    version: createHash("sha256").update(content).digest("hex").slice(0, 16),
  };
};

/**
 * Our own passages: data/knowledge/*.md with the main sentence of each in every language (locales/<lang>/gists.json).
 * A bad one is refused with its file, line and reason.
 */
export const loadPassages = (root: string, concepts: ReadonlySet<string>): Passage[] => {
  const gists = Object.fromEntries(
    LANGS.map((lang) => {
      const file = join(root, "locales", lang, "gists.json");
      try {
        return [lang, JSON.parse(readFileSync(file, "utf8")) as Record<string, string>];
      } catch (cause) {
        throw new FlockError(
          "bad_data",
          `${file}: ${cause instanceof Error ? cause.message : "unreadable"}`,
          {
            cause,
          },
        );
      }
    }),
  ) as unknown as Gists;
  const folder = join(root, "data", "knowledge");
  const seen = new Set<string>();
  const passages: Passage[] = [];
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith(".md"))
    .sort()) {
    const file = join(folder, name);
    for (const section of sectionsOf(readFileSync(file, "utf8"), file)) {
      if (seen.has(section.id)) throw bad(file, section.line, `${section.id} is there twice`);
      seen.add(section.id);
      passages.push(passageOf(section, file, concepts, gists));
    }
  }
  return passages;
};
