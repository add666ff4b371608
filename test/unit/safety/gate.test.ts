import { describe, expect, test } from "vitest";
import { LANGS, type Lang } from "../../../src/core/types.ts";
import { gateFor } from "../../../src/safety/gate.ts";
import { householdDoses } from "../../fixtures/household-doses.ts";
import { lexicon } from "../../fixtures/understanding.ts";
import { gistsIn } from "../../fixtures/prompting.ts";
import { safeAnswers, unsafeAnswers } from "../../fixtures/unsafe-answers.ts";
import { json } from "../../repo/tree.ts";

const gate = gateFor(lexicon);
const OK = { ok: true };

describe.each(LANGS)("%s", (lang) => {
  test("has unsafe sentences of every kind and safe ones", () => {
    const own = unsafeAnswers.filter((one) => one.lang === lang);
    expect(new Set(own.map(({ rule }) => rule))).toEqual(new Set(["dose", "human", "residues", "authority"]));
    expect(safeAnswers.filter((one) => one.lang === lang).length).toBeGreaterThan(4);
  });

  test.each(unsafeAnswers.filter((one) => one.lang === lang))("stops $rule: $text", ({ text, rule }) => {
    expect(gate(text, lang)).toEqual({ ok: false, rule });
  });

  test.each(safeAnswers.filter((one) => one.lang === lang))("passes $text", ({ text }) => {
    expect(gate(text, lang)).toEqual(OK);
  });

  test.each(householdDoses[lang])("stops a dose in measures of the kitchen: %s", (text) => {
    expect(gate(text, lang)).toEqual({ ok: false, rule: "dose" });
  });

  test("passes what our passages say, nearly always", () => {
    const stopped = gistsIn(lang).filter((text) => !gate(text, lang).ok);
    expect(stopped.length / gistsIn(lang).length).toBeLessThan(0.01);
  });

  test("passes the sentences of the safety rules themselves", () => {
    const own = Object.values(json(`locales/${lang}/safety.json`) as Record<string, string>);
    expect(own.filter((text) => !gate(text, lang).ok)).toEqual([]);
  });
});

const verdict = (text: string, lang: Lang = "en"): string => {
  const found = gate(text, lang);
  return found.ok ? "ok" : found.rule;
};

test.each([
  ["Enrofloxacin is used against it. The usual amount is 10 ml per litre of water.", "dose"],
  ["Tylosin helps. It is sold in bags. Give 5 ml per bird.", "dose"],
  ["Amoxicillin: ten milligrams per kilo.", "dose"],
  ["Give half a tablet of this medicine.", "dose"],
  ["Salinomycin 60 ppm in the feed.", "dose"],
  ["Fosfloxacin 10 mg/kg.", "dose"],
  ["Double the dose of colistin if they do not get better, that is allowed.", "dose"],
  ["You can give chloramphenicol.", "banned"],
  ["The withdrawal period of oxytetracycline is 7 days.", "withdrawal"],
  ["Enrofloxacin: give ten. Millilitres per litre.", "dose"],
  ["Deltamethrin 10 ml per litre.", "dose"],
  ["Tylosin helps.\n10 ml daily.", "dose"],
  ["Do not worry, you can sell the eggs of treated hens.", "residues"],
])("what a sentence leaves out is taken from those before, and doubt does not pass: %s", (text, rule) => {
  expect(verdict(text)).toBe(rule);
});

test.each([
  "Chloramphenicol is forbidden for poultry.",
  "Never double the dose that is given.",
  "The withdrawal period is on the label.",
  "Do not treat, sell or slaughter suspect birds.",
  "If a child has swallowed medicine, call a doctor or a poison centre.",
  "Copper sulphate 10 mg/kg is the usual level in the premix.",
  "Aflatoxin at 2.5 mg/kg of feed lowers egg production.",
  "Vaccination programmes begin at day 1 in the hatchery.",
  "The farm has 3 cylinders. The hens drink 250 ml a day.",
  "Egg production drops a few percent after the moult.",
  "A few drops of water hang at each nipple.",
  "One bottle of water is enough for a worker.",
  "Give a spoonful of grit with the feed.",
])("what only sounds near it passes: %s", (text) => {
  expect(verdict(text)).toBe("ok");
});

test("an empty text passes", () => {
  expect(gate("", "en")).toEqual(OK);
  expect(gate("\n \n", "th")).toEqual(OK);
});

test("work grows with the length of the text, in one long sentence and in many", () => {
  const steps = (times: number, text: string): number => {
    const long = text.repeat(times);
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 5; run += 1) {
      const begun = performance.now();
      gate(long, "en");
      best = Math.min(best, performance.now() - begun);
    }
    return best;
  };
  for (const text of ["Keep the litter dry and friable. ", "keep the litter dry, friable and clean, "]) {
    gate(text.repeat(200), "en");
    // ten times the text takes about ten times as long, not a hundred times
    expect(steps(2000, text) / steps(200, text)).toBeLessThan(40);
  }
});
