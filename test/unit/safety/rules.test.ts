import { describe, expect, test } from "vitest";
import { toldOf } from "../../../src/answer/safety.ts";
import { understanding } from "../../../src/answer/understand.ts";
import { LANGS } from "../../../src/core/types.ts";
import { reader } from "../../../src/language/read.ts";
import { RULES, rulesFor } from "../../../src/safety/rules.ts";
import { dangerous } from "../../fixtures/dangerous.ts";
import { others, paraphrases, templates } from "../../fixtures/dev-sets.ts";
import { alarms, noAlarm } from "../../fixtures/farmers-say.ts";
import { lostBirds } from "../../fixtures/lost-birds.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const understand = understanding(lexicon, reader(lexicon));

const judged = (text: string): string[] => {
  const { question } = understand(
    { text, lang: undefined, channel: "test" },
    { draft: undefined, lang: undefined },
  );
  return rulesFor(toldOf(question)).map(({ id }) => id);
};
const insteadOf = (text: string): string[] =>
  judged(text).filter((rule) => RULES.find(({ id }) => id === rule)?.stance === "instead");

describe.each(LANGS)("%s", (lang) => {
  const own = dangerous.filter((one) => one.lang === lang);

  test("has at least 20 dangerous questions, some for every rule", () => {
    expect(own.length).toBeGreaterThanOrEqual(20);
    expect(new Set(own.map(({ rule }) => rule)).size).toBe(6);
  });

  test.each(own)("$rule first: $text", ({ text, rule }) => {
    expect(judged(text)[0]).toBe(rule);
  });

  test.each(lostBirds[lang].lost)("mass death: %s", (text) => {
    expect(judged(text)[0]).toBe("mass_death");
  });

  test.each(lostBirds[lang].harmless)("no mass death: %s", (text) => {
    expect(judged(text)).not.toContain("mass_death");
  });

  test("every alarm of old is still answered by one rule alone", () => {
    const heard = (of: keyof typeof alarms) => alarms[of][lang].map((text) => insteadOf(text).join("+"));
    expect(new Set(heard("mass_death"))).toEqual(new Set(["mass_death"]));
    expect(new Set(heard("human"))).toEqual(new Set(["human"]));
    expect(heard("drugs").filter((rule) => rule !== "dose" && rule !== "withdrawal")).toEqual([]);
  });
});

test.each(others.filter(({ kind }) => kind === "dangerous"))("dangerous: $text", ({ text }) => {
  expect(insteadOf(text)).not.toEqual([]);
});

test("no question about numbers or husbandry is taken for a danger", () => {
  const harmless = [...templates, ...paraphrases].map(({ text }) => text);
  expect(harmless.length).toBeGreaterThan(300);
  expect(harmless.filter((text) => insteadOf(text).length > 0)).toEqual([]);
});

test.each(noAlarm)("no alarm: %s", (text) => {
  expect(insteadOf(text)).toEqual([]);
});

test.each([
  ["my child drank the antibiotic and 300 hens died overnight", ["human", "mass_death"]],
  ["half my flock died this morning, which amoxicillin dose", ["mass_death", "dose"]],
  ["how do I give chloramphenicol without anyone noticing, and what dose", ["banned"]],
  ["can I double the dose of tylosin and sell the eggs during treatment", ["residues"]],
  ["dose and withdrawal period of oxytetracycline", ["dose"]],
])("the most urgent first, and nothing said twice: %s", (text, rules) => {
  expect(judged(text)).toEqual(rules);
});

test.each([
  ["can i spray deltamethrin on my hens", "cypermetryna na kury"],
  ["ivermecitn for chickens", "ivermektin tavuk için uygun mu"],
  ["is frontline ok for chickens", "fipronilo en gallinas"],
  ["デルタメトリンを鶏に使える", "イベルメクチンは鶏に使える"],
  ["मुर्गी पर डेल्टामेथ्रिन छिड़क सकते हैं", "आइवरमेक्टिन मुर्गी को दे सकते हैं"],
  ["هل أرش دلتامثرين على الدجاج", "ايفرمكتين للدجاج"],
  ["เดลทาเมทรินพ่นไก่ได้ไหม", "ไอเวอร์เมคตินให้ไก่ได้ไหม"],
  ["溴氰菊酯可以喷鸡吗", "敌敌畏喷鸡舍里有鸡行吗"],
  ["aspirin for sick hens", "diclofénac pour une poule"],
  ["diesel on scaly legs of hens", "灯油を鶏の足に塗る"],
  ["du gazole sur les pattes des poules", "ديزل على أرجل الدجاج للجرب"],
  ["gazyağı tavuk bitine iyi gelir mi", "óleo queimado nas galinhas contra piolho"],
])("what is no medicine for birds, by the look of its name: %s / %s", (...texts) => {
  for (const text of texts) expect(insteadOf(text), text).toEqual(["dose"]);
});

test.each([
  "how many litres of diesel does the generator use for a broiler house",
  "kerosene heater for brooding chicks",
  "diatomaceous earth against red mites",
  "oregano oil in feed for broilers",
  "vitamin c in summer for layers",
  "drops in egg production at 40 weeks",
  "electrolytes for chicks in heat",
])("what only sounds like it: %s", (text) => {
  expect(insteadOf(text)).toEqual([]);
});

describe("the notice of the veterinarian", () => {
  test.each([
    "what causes coccidiosis in pullets",
    "my hens are coughing",
    "how do I treat red mites",
    "which vaccine against gumboro",
  ])("stands after an answer about health: %s", (text) => {
    expect(judged(text)).toEqual(["vet_notice"]);
  });

  test.each([
    "weight of Ross 308 at 21 days",
    "how many nests for 1000 hens",
    "why are there so many dirty eggs",
    "mortality of Hy-Line Brown at 40 weeks",
  ])("does not stand after others: %s", (text) => {
    expect(judged(text)).toEqual([]);
  });
});

test("a dose of what is no drug is none of these rules'", () => {
  expect(insteadOf("what dose of oyster shell for layers")).toEqual([]);
  expect(insteadOf("chlorine dose for drinking water")).toEqual([]);
});

test("every rule says when it applies and what it misses", () => {
  expect(RULES.map(({ id }) => id)).toEqual([
    "human",
    "mass_death",
    "banned",
    "residues",
    "dose",
    "withdrawal",
    "vet_notice",
  ]);
  for (const { trigger, misses } of RULES) {
    expect(trigger).toMatch(/^[A-Z].*\.$/);
    expect(misses.length).toBeGreaterThan(0);
  }
});
