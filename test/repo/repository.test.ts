import { expect, test } from "vitest";
import { files, read } from "./tree.ts";

const text = files().filter((path) => !/\.(png|ico|woff2?)$/.test(path));

/** Written in pieces, so that this file does not find itself. */
const banned: [what: string, pattern: RegExp][] = [
  [
    "a path of one machine",
    new RegExp(["(?<![\\w/]\\S*)/(home|Users|root|work|mnt)", "/[a-z]{2}"].join(""), "g"),
  ],
  ["a path of one Windows machine", new RegExp(["[A-Z]:\\\\", "Users"].join(""), "g")],
  [
    "an address of a package registry",
    new RegExp(
      ["registry\\.", "(npmjs|yarnpkg|npmmirror)|artifact", "ory|py", "pi\\.org|/npm", "/-/"].join(""),
      "gi",
    ),
  ],
  ["a merge left over", new RegExp(["^<", "<<<<<< |^>", ">>>>>> "].join(""), "gm")],
  ["a private key", new RegExp(["-----BEGIN [A-Z ]*", "PRIVATE KEY"].join(""), "g")],
];

test("there are files to read", () => {
  expect(text.length).toBeGreaterThan(40);
});

test.each(banned)("no file holds %s", (_what, pattern) => {
  const found = text.flatMap((path) =>
    [...read(path).matchAll(pattern)].map(([words]) => `${path}: ${words}`),
  );
  expect(found).toEqual([]);
});

test("every file ends with a line end and has no carriage return", () => {
  const untidy = text
    .filter((path) => !/^(data|locales)\//.test(path))
    .filter((path) => {
      const words = read(path);
      return words !== "" && (!words.endsWith("\n") || words.includes("\r"));
    });
  expect(untidy).toEqual([]);
});
