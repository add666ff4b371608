import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../../repo/tree.ts";

const TABLE = "data/standards/cobb-500_broiler_2022.csv";

let copy = "";
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "flockwise-start-"));
  for (const path of ["src", "data", "locales", "adapters", "package.json", "tsconfig.json"])
    cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

test("the process refuses to start on a bad cell, and says where it is", () => {
  const file = join(copy, TABLE);
  const lines = readFileSync(file, "utf8").split("\n");
  const row = lines.findIndex((line) => line.startsWith("Cobb 500,female,35,"));
  lines[row] = (lines[row] ?? "").replace("female,35,", "female,35,x");
  writeFileSync(file, lines.join("\n"));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "src/main.ts"], {
    cwd: copy,
    env: { PATH: process.env["PATH"], PORT: "0", DATA_DIR: join(copy, "var") },
    encoding: "utf8",
    timeout: 9000,
  });
  expect(status).toBe(1);
  const said = stdout + stderr;
  for (const part of [TABLE, `row ${row + 1}`, "body_weight_g", "not a number"]) expect(said).toContain(part);
  expect(said).not.toContain('"msg":"ready"');
  expect(said).not.toMatch(/^\s+at /m);
});
