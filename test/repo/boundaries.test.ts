import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { read, root } from "./tree.ts";

const Report = z.object({
  number_of_files: z.number(),
  diagnostics: z.array(z.object({ code: z.string(), severity: z.string(), filename: z.string() })),
});

const lint = (folder: string) => {
  const oxlint = join(root, "node_modules/.bin/oxlint");
  const { stdout } = spawnSync(oxlint, ["--type-aware", "-f", "json"], { cwd: folder, encoding: "utf8" });
  return Report.parse(JSON.parse(stdout));
};

/** Faults, each in a file of its own, and the rule that must find it. */
const faults: [file: string, rule: string, source: string][] = [
  ["src/core/fault-package.ts", "no-restricted-imports", `import { z } from "zod";\nexport const x = z;`],
  ["src/core/fault-room.ts", "no-restricted-imports", `export * from "../words/planted.ts";`],
  ["src/core/fault-node.ts", "no-restricted-imports", `export { join } from "node:path";`],
  ["src/words/fault.ts", "no-restricted-imports", `export * from "../language/planted.ts";`],
  ["src/language/fault.ts", "no-restricted-imports", `export * from "../words/planted.ts";`],
  ["src/language/fault-roundabout.ts", "no-restricted-imports", `export * from "./../words/planted.ts";`],
  ["src/question/fault.ts", "no-restricted-imports", `export * from "../standards/planted.ts";`],
  ["src/standards/fault.ts", "no-restricted-imports", `export type { X } from "../memory/planted.ts";`],
  ["src/memory/fault.ts", "no-restricted-imports", `export * from "../standards/planted.ts";`],
  ["src/safety/fault.ts", "no-restricted-imports", `export const x = () => import("../answer/planted.ts");`],
  ["src/answer/fault-door.ts", "no-restricted-imports", `export * from "../http/planted.ts";`],
  ["src/answer/fault-driver.ts", "no-restricted-imports", `export * from "../drivers/planted.ts";`],
  ["src/http/fault.ts", "no-restricted-imports", `export * from "../answer/planted.ts";`],
  [
    "src/http/fault-sdk.ts",
    "no-restricted-imports",
    `import Database from "libsql";\nexport const x = Database;`,
  ],
  ["src/observe/fault.ts", "no-restricted-imports", `export * from "../question/planted.ts";`],
  ["src/drivers/fault.ts", "no-restricted-imports", `export * from "../answer/planted.ts";`],
  ["src/cli/fault.ts", "no-restricted-imports", `export * from "../drivers/planted.ts";`],
  ["adapters/web/fault.ts", "no-restricted-imports", `export * from "../terminal/planted.ts";`],
  ["adapters/terminal/fault.ts", "no-restricted-imports", `export * from "../../src/answer/planted.ts";`],
  [
    "src/question/fault-circle-a.ts",
    "no-cycle",
    `export { b } from "./fault-circle-b.ts";\nexport const a = 1;`,
  ],
  [
    "src/question/fault-circle-b.ts",
    "no-cycle",
    `export { a } from "./fault-circle-a.ts";\nexport const b = 1;`,
  ],
  [
    "src/answer/fault-promise.ts",
    "no-floating-promises",
    `const f = async () => 1;\nexport const g = () => { f(); };`,
  ],
  [
    "src/answer/fault-switch.ts",
    "switch-exhaustiveness-check",
    `export const f = (x: "a" | "b") => { switch (x) { case "a": return 1; } return 2; };`,
  ],
  ["src/answer/fault-any.ts", "no-explicit-any", `export const f = (x: any): unknown => x;`],
  ["src/http/fault-env.ts", "no-process-env", `export const port = process.env.PORT;`],
  ["src/http/fault-console.ts", "no-console", `console.log("hello");\nexport {};`],
  ["src/words/fault-default.ts", "no-default-export", `const x = 1;\nexport default x;`],
  ["src/words/fault-long.ts", "max-lines", "export {};\n".repeat(301)],
];

const rooms = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));

let copy = "";
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "flockwise-lint-"));
  for (const path of [".oxlintrc.json", "tsconfig.json", "package.json", "src", "adapters"])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  const plant = (file: string, source: string): void => {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), source);
  };
  for (const [file, , source] of faults) {
    plant(file, source);
    plant(join(dirname(file), "planted.ts"), "export type X = 1;\nexport const x = 1;\n");
  }
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

test("the clean tree has files, and no fault", () => {
  const report = lint(root);
  expect(report.number_of_files).toBeGreaterThan(20);
  expect(report.diagnostics.map((found) => `${found.filename} ${found.code}`)).toEqual([]);
});

test("the linter finds every planted fault, and nothing in the files beside it", () => {
  const found = new Set(
    lint(copy).diagnostics.map(({ filename, code }) => `${filename} ${code.replace(/^.*\(|\)$/g, "")}`),
  );
  const missed = faults.map(([file, rule]) => `${file} ${rule}`).filter((fault) => !found.has(fault));
  expect(missed).toEqual([]);
  expect([...found].filter((fault) => fault.includes("/planted.ts "))).toEqual([]);
});

test("every room has a floor of its own", () => {
  const config = read(".oxlintrc.json");
  const folders = [
    ...rooms(join(root, "src")).map((room) => `src/${room}`),
    ...rooms(join(root, "adapters")).map((name) => `adapters/${name}`),
  ];
  expect(folders.filter((folder) => !config.includes(`"${folder}/**"`))).toEqual([]);
  expect(existsSync(join(root, "src/core"))).toBe(true);
});
