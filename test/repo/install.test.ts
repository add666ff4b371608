import { expect, test } from "vitest";
import { z } from "zod";
import { files, json, read } from "./tree.ts";

const Versions = z.record(z.string(), z.string());
const Package = z.object({
  license: z.string(),
  engines: Versions,
  scripts: Versions,
  dependencies: Versions,
  devDependencies: Versions,
  allowScripts: z.record(z.string(), z.boolean()),
});
const Locked = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: Versions.optional(),
  devDependencies: Versions.optional(),
  optionalDependencies: Versions.optional(),
});

const manifest = Package.parse(json("package.json"));
const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
const lock = z.object({ packages: z.record(z.string(), Locked) }).parse(json("package-lock.json")).packages;
const installed = Object.keys(lock).filter((path) => path !== "");

test("Node 20.19 is the floor", () => {
  expect(manifest.engines.node).toBe(">=20.19");
  expect(manifest.license).toBe("MIT");
});

test("every version is pinned, and the lock file holds the same", () => {
  const loose = Object.entries(wanted).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
  expect({ ...lock[""]?.dependencies, ...lock[""]?.devDependencies }).toEqual(wanted);
  const other = Object.entries(wanted).filter(
    ([name, version]) => lock[`node_modules/${name}`]?.version !== version,
  );
  expect(other).toEqual([]);
});

test("the lock file holds checksums, and no addresses to download from", () => {
  expect(read("package-lock.json")).not.toContain('"resolved"');
  expect(installed.length).toBeGreaterThan(50);
  expect(installed.filter((path) => lock[path]?.integrity === undefined)).toEqual([]);
});

// A registry that lags leaves such entries out, and `npm ci` then fails on the other platforms.
test("the lock file is whole for every platform", () => {
  const missing = installed.flatMap((path) =>
    Object.keys(lock[path]?.optionalDependencies ?? {}).filter(
      (name) => !installed.some((other) => other.endsWith(`node_modules/${name}`)),
    ),
  );
  expect(missing).toEqual([]);
});

test("no package may run a script at install", () => {
  const runs = installed.filter((path) => lock[path]?.hasInstallScript === true);
  const names = runs.map((path) => path.replace(/^.*node_modules\//, ""));
  expect(names.filter((name) => manifest.allowScripts[name] !== false)).toEqual([]);
  expect(Object.values(manifest.allowScripts)).not.toContain(true);
});

test("every command starts a file that exists", () => {
  const tree = new Set(files());
  const started = Object.values(manifest.scripts).flatMap((script) => script.match(/\S+\.ts\b/g) ?? []);
  expect(started.length).toBeGreaterThan(3);
  expect(started.filter((path) => !tree.has(path))).toEqual([]);
});
