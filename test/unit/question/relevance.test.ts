import { describe, expect, test } from "vitest";
import { others, paraphrases } from "../../fixtures/dev-sets.ts";
import { frameOf, parsed } from "../../fixtures/understanding.ts";

describe("a question that no table answers has no frame", () => {
  test.each(paraphrases.map(({ group, lang, text }): [string, string, string] => [group, lang, text]))(
    "%s, %s: %s",
    (_, __, text) => {
      expect(frameOf(text)).toBeNull();
    },
  );

  const elsewhere = others.filter(({ kind }) => kind !== "incomplete");
  test.each(elsewhere.map(({ kind, lang, text }): [string, string, string] => [kind, lang, text.slice(-80)]))(
    "%s, %s: %s",
    (kind, lang, end) => {
      const line = elsewhere.find((one) => one.kind === kind && one.lang === lang && one.text.endsWith(end));
      expect(frameOf(line?.text ?? "")).toBeNull();
    },
  );

  test.each([
    ["en", "how do I treat coccidiosis in Ross 308 at 21 days?"],
    ["en", "my Ross 308 are coughing at 21 days, weight is low"],
    ["en", "why do Ross 308 weigh less at 35 days?"],
    ["en", "water temperature for ducks at 21 days"],
    ["fr", "pourquoi mes Ross 308 boivent moins à 21 jours ?"],
    ["es", "cómo tratar la coccidiosis en Ross 308 de 21 días"],
    ["de", "Impfung Ross 308 Tag 14 gegen Gumboro"],
    ["zh", "罗斯308 21日龄 球虫病怎么治"],
    ["ar", "علاج الكوكسيديا في روس 308 عمر 21 يوم"],
  ])("%s: «%s», though a breed and an age are named", (_, text) => {
    expect(frameOf(text)).toBeNull();
  });
});

describe("an incomplete question", () => {
  const incomplete = others.filter(({ kind }) => kind === "incomplete");
  test.each(incomplete.map(({ lang, text }): [string, string] => [lang, text]))(
    "%s: «%s» never gets a line or an age that it does not name",
    (_, text) => {
      const frame = frameOf(text);
      if (frame === null) return;
      expect(frame.line).toBeNull();
      expect(frame.age_days ?? frame.age_weeks ?? null).toBeNull();
    },
  );
});

describe("what turns a question away", () => {
  test.each([
    ["Ross 308 weight at 35 days with coccidiosis", "coccidiosis"],
    ["why is the weight of Ross 308 at 35 days low", "why"],
    ["treat Ross 308 at 35 days", "treat"],
  ])("«%s»: %s, also where a breed is named", (text, blocker) => {
    expect(parsed(text).blockers).toContain(blocker);
  });

  test("how does so only where no breed is named", () => {
    expect(parsed("how do I weigh them").blockers).toContain("how");
    expect(parsed("how much does a Ross 308 weigh at 35 days").blockers).toEqual([]);
  });

  test("more than does so only where no amount is to be reached", () => {
    expect(parsed("when does a Ross 308 weigh more than 2 kg").blockers).toEqual([]);
  });
});

test("what else a number question is about is part of it", () => {
  expect(parsed("Ross 308 weight at 35 days in summer").about).not.toEqual([]);
  expect(parsed("in summer with a fan, Ross 308 weight at 35 days").about).toEqual(
    parsed("Ross 308 weight at 35 days with a fan in summer").about,
  );
  expect(frameOf("Ross 308 weight at 35 days in summer")).not.toEqual(frameOf("Ross 308 weight at 35 days"));
});
