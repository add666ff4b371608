import { defineConfig } from "vitest/config";
import { skips } from "./test/skips.ts";

const project = (name: string, testTimeout: number) => ({
  extends: true as const,
  // the lexicon takes longest: unit tests share it, so they run in one context a worker
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout,
    hookTimeout: testTimeout,
    isolate: name !== "unit",
  },
});

export default defineConfig({
  test: {
    reporters: ["default", skips],
    projects: [
      project("unit", 10_000),
      project("contract", 20_000),
      project("e2e", 60_000),
      project("repo", 60_000),
    ],
  },
});
