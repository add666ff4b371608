import { describe, test } from "vitest";

/** Titles of skipped suites carry this mark and the reason; test/skips.ts prints them. */
const SKIPPED = "skipped:";

/**
 * A `describe` for tests that need something from outside (`name`: chromium, redis, …), whose absence is told by
 * `reason`. Without it the suite is skipped aloud, or fails when FLOCKWISE_SERVERS=required.
 */
export const needs = (name: string, reason: string | undefined) => {
  return (title: string, suite: () => void): void => {
    if (reason === undefined) describe(title, suite);
    else if (process.env.FLOCKWISE_SERVERS === "required")
      describe(title, () =>
        test(`has ${name}`, () => {
          throw new Error(`FLOCKWISE_SERVERS=required, but ${name} is absent: ${reason}`);
        }),
      );
    else describe.skip(`${title} (${SKIPPED} needs ${name}: ${reason})`, suite);
  };
};
