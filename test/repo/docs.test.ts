import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { files, read, root } from "./tree.ts";

const pages = files().filter(
  (path) => path.endsWith(".md") && (path.startsWith("docs/") || !path.includes("/")),
);
const sources = files().filter((path) => /^(src|adapters|test)\/.*\.ts$/.test(path));

const code = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map((found) => found[1] ?? "");
const links = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].map((found) => found[1] ?? "");
const unfenced = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, "");

/** Paths that a page names, from the root. LANG stands for any language, NAME for any name. */
const pathsNamedIn = (page: string): string[] => {
  const text = unfenced(read(page));
  const named = code(text).filter((word) =>
    /^(\.ci|src|adapters|test|locales|data|docs)\/[\w./-]*$/.test(word),
  );
  const linked = links(text).filter((link) => !/^\w+:/.test(link));
  return [...named, ...linked.map((link) => normalize(join(dirname(page), link)))];
};
const resolved = (path: string): string => path.replace("LANG", "en").replace(/\/$/, "");

test("there is documentation to check", () => {
  expect(pages).toContain("README.md");
  expect(pages.length).toBeGreaterThan(5);
});

test.each(pages)("every path named in %s exists", (page) => {
  const missing = pathsNamedIn(page).filter(
    (path) => !path.includes("NAME") && !existsSync(join(root, resolved(path))),
  );
  expect(missing).toEqual([]);
});

test.each(pages)("every npm command of %s exists", (page) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const named = [...read(page).matchAll(/npm run ([\w-]+)/g)].map((found) => found[1] ?? "");
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("a comment names no page that is not here", () => {
  const known = new Set(
    files()
      .filter((path) => path.endsWith(".md"))
      .map((path) => path.replace(/^.*\//, "")),
  );
  const dangling = sources.flatMap((path) =>
    // only what a comment says: code may name files of its own making
    [...read(path).matchAll(/^\s*(?:\/\/|\/?\*).*?\b([\w-]+\.md)\b/gm)]
      .map((found) => [found[1] ?? ""])
      .filter(([name = ""]) => !known.has(name))
      .map(([name = ""]) => `${path}: ${name}`),
  );
  expect(dangling).toEqual([]);
});

test("docs/config.md lists exactly the variables of src/config.ts", () => {
  const listed = [...read("docs/config.md").matchAll(/^\| `([A-Z][A-Z0-9_]*)`/gm)].map(
    (found) => found[1] ?? "",
  );
  const schema = [...read("src/config.ts").matchAll(/^\s+([A-Z][A-Z0-9_]*):/gm)].map(
    (found) => found[1] ?? "",
  );
  expect(schema.length).toBeGreaterThan(0);
  expect(listed.toSorted()).toEqual(schema.toSorted());
});

/** Examples of the pages as virtual files beside them, so that their imports resolve. */
const examples = (): Map<string, string> =>
  new Map(
    pages.flatMap((page) =>
      [...read(page).matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(
        (found, index) => [join(root, `${page}.${index}.ts`), found[1] ?? ""] as const,
      ),
    ),
  );

test("the TypeScript of the pages compiles", () => {
  const virtual = examples();
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost({ ...options, noUnusedLocals: false });
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.readFile = (path) => virtual.get(path) ?? readFile(path);
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.getSourceFile = (path, target, ...rest) => {
    const text = virtual.get(path);
    return text === undefined
      ? getSourceFile(path, target, ...rest)
      : ts.createSourceFile(path, text, target);
  };
  const program = ts.createProgram([...virtual.keys()], { ...options, noUnusedLocals: false }, host);
  const faults = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => file === undefined || virtual.has(file.fileName));
  expect(
    faults.map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    ),
  ).toEqual([]);
});
