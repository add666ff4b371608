import { expect, test } from "vitest";
import type { Frame } from "../../../src/core/types.ts";
import { frameOf } from "../../fixtures/understanding.ts";

/** Ways of saying a thing that words alone do not settle: where it stands, what stands beside it. */
const SETTLED: [string, string, Partial<Frame>][] = [
  [
    "a verb whose parts stand apart",
    "wie viel g nimmt ein Ross 308 am 22. Tag zu",
    { metric: "daily_gain", age_days: 22, unit: "g" },
  ],
  [
    "the gain from one day to the next",
    "from day 29 to day 30 a cobb 500 should add how many grams?",
    { metric: "daily_gain", age_days: 30, unit: "g" },
  ],
  [
    "millilitres are drunk",
    "how many millilitres would a ross chick take in daily at two weeks?",
    { metric: "water", unit: "ml" },
  ],
  [
    "grams a day of a hen are feed",
    "g/ave/día de alimento, ISA Brown, 68 semanas",
    { metric: "daily_feed", unit: "g" },
  ],
  [
    "eggs a day from a hundred hens",
    "out of 100 lohmanns how many eggs a day at 50 weeks old?",
    { line: "lohmann_brown", metric: "hen_day", age_weeks: 50 },
  ],
  ["feed and meat", "rốt 308 33 ngày thì mấy cám ra một thịt", { metric: "fcr", age_days: 33 }],
  ["an age beside the peak", "海兰褐产蛋高峰后43周,日耗料标准", { metric: "daily_feed", age_weeks: 43 }],
  [
    "the comma after a name",
    "海兰W36,57周龄,日产蛋率参考",
    { line: "hy_line_w36", metric: "hen_day", age_weeks: 57 },
  ],
  [
    "the strain before the brand",
    "hembras 708 de ross, día treinta y seis, ganancia del día",
    { line: "ross_708", metric: "daily_gain", age_days: 36 },
  ],
  [
    "a preposition is no suffix of a line",
    "Wasserbedarf Cobb 500 pro Tier täglich in ml, 28. Tag",
    { line: "cobb_500", metric: "water" },
  ],
  [
    "an age in one Polish word",
    "ross 308 dwudziestoośmiodniowy ile powinien ważyć",
    { metric: "body_weight", age_days: 28 },
  ],
  [
    "two digits said one after the other",
    "hai bảy ngày rồi, gà ross 308 cân nặng bao nhiêu",
    { metric: "body_weight", age_days: 27 },
  ],
  [
    "a Thai vowel that was not struck",
    "น้ำหนกตัว ross308 เพศเมีย 24 วัน",
    { metric: "body_weight", sex: "female", age_days: 24 },
  ],
  [
    "a letter glued before a number",
    "pds oeuf lohmann brown S48 (g)",
    { metric: "egg_weight", age_weeks: 48, unit: "g" },
  ],
  [
    "an ordinal of one letter",
    "acqua consumata dalle femmine ross alla 3a settimana",
    { metric: "water", age_days: 21, sex: "female" },
  ],
  [
    "a dose of feed is no drug",
    "dose di mangime giornaliera isa brown 24 sett.",
    { metric: "daily_feed", age_weeks: 24 },
  ],
];

test.each(SETTLED)("%s: %s", (_, text, expected) => {
  expect(frameOf(text)).toMatchObject(expected);
});

test("grams a day of a broiler may be eaten or gained: the question goes back", () => {
  expect(frameOf("how many grams a day for Ross 308 at 21 days")).toMatchObject({ metric: null, unit: "g" });
});

test("a number before a word that nobody knows is not taken for an age", () => {
  expect(frameOf("weight of Ross 308 at 6 qwxzj")).toMatchObject({ age_days: null });
});
