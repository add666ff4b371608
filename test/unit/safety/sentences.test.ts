import { describe, expect, test } from "vitest";
import { LANGS } from "../../../src/core/types.ts";
import { RULES } from "../../../src/safety/rules.ts";
import { sentencesOf } from "../../../src/safety/sentences.ts";
import { json } from "../../repo/tree.ts";

const EMERGENCY = ["110", "112", "114", "119"];

describe.each(LANGS)("the sentences of %s", (lang) => {
  const own = json(`locales/${lang}/safety.json`) as Record<string, string>;

  test("are one for each rule, each its own", () => {
    expect(Object.keys(own).toSorted()).toEqual(RULES.map(({ id }) => id as string).toSorted());
    expect(new Set(Object.values(own)).size).toBe(RULES.length);
  });

  test("are at most three, and short", () => {
    const long = Object.entries(own).filter(
      ([, text]) => sentencesOf(text).length > 3 || text.length > 420 || text.length < 15,
    );
    expect(long).toEqual([]);
  });

  test("name no number but those of the emergency services", () => {
    const numbers = Object.values(own).flatMap((text) => text.match(/\p{N}+/gu) ?? []);
    expect(numbers.filter((number) => !EMERGENCY.includes(number))).toEqual([]);
  });
});

test("a decimal point and an abbreviation inside a number end no sentence", () => {
  expect(sentencesOf("Weigh 2.5 kg. Then wait!\nDone")).toEqual(["Weigh 2.5 kg.", "Then wait!", "Done"]);
  expect(sentencesOf("体重は1.2 kgです。次へ。")).toEqual(["体重は1.2 kgです。", "次へ。"]);
});
