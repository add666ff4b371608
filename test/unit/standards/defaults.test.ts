import { describe, expect, test } from "vitest";
import { sharedEngine } from "../../fixtures/asking.ts";
import { cell, rowOf } from "../../fixtures/tables.ts";

const engine = sharedEngine();

const keysOf = (blocks: unknown): string[] => JSON.stringify(blocks).match(/"note\.[a-z_]+"/g) ?? [];
const note = (key: string): string => `"note.${key}"`;

describe("unstated sex is answered as hatched, says so, and shows both sexes beside", () => {
  test.each([
    ["Ross 308 weight at 21 days", "ross-308-308ff_broiler_2022", "body_weight_g"],
    ["FCR Ross 308 35 jours", "ross-308-308ff_broiler_2022", "cum_fcr"],
    ["科宝500 21日龄体重", "cobb-500_broiler_2022", "body_weight_g"],
    ["Ile waży Cobb 500 w 21 dniu", "cobb-500_broiler_2022", "body_weight_g"],
  ])("%s", async (text, stem, column) => {
    const { values, blocks, frame } = await engine.ask(text);
    expect(frame?.sex).toBe("as_hatched");
    expect(values.map(({ sex }) => sex)).toEqual(["as_hatched", "male", "female"]);
    for (const { sex, amount, age_days } of values)
      expect(amount).toBe(cell(rowOf(stem, { sex, age_days: age_days ?? -1 }), column));
    expect(keysOf(blocks)).toEqual(expect.arrayContaining([note("sex_default"), note("by_sex")]));
  });

  test.each([
    ["Ross 308 males weight at 21 days", "male", 1046],
    ["Ross 308 female weight at 21 days", "female", 978],
    ["weight of Ross 308 pullets at 21 days", "female", 978],
    ["weight of Ross 308 as hatched at 21 days", "as_hatched", 1012],
    ["poids mixte Ross 308 à 21 jours", "as_hatched", 1012],
  ])("a stated sex stands alone: %s", async (text, sex, amount) => {
    const { values, blocks } = await engine.ask(text);
    expect(values.map((value) => [value.sex, value.amount])).toEqual([[sex, amount]]);
    expect(keysOf(blocks)).not.toContain(note("sex_default"));
  });

  test.each([
    "Feed for 5,000 Ross 308 up to day 35?",
    "feed of Ross 308 from 21 to 35 days",
    "when does Ross 308 reach 2 kg?",
  ])("a calculated answer says which birds it is about: %s", async (text) => {
    const { blocks, values } = await engine.ask(text);
    expect(values[0]?.sex).toBe("as_hatched");
    expect(JSON.stringify(blocks)).toContain('"sex.as_hatched"');
  });
});

describe("parent stock is told by sex", () => {
  test.each([
    ["weight of Hy-Line Brown parent stock at 30 weeks", "female", "female_weight"],
    ["weight of Hy-Line Brown parent stock males at 30 weeks", "male", "male_weight"],
    ["poids mâles reproducteurs Hy-Line Brown à 30 semaines", "male", "male_weight"],
  ])("%s", async (text, sex, column) => {
    const { values, frame } = await engine.ask(text);
    const row = rowOf("hy-line-brown_parent-stock_2023", { age_weeks: 30 });
    expect(frame?.sex).toBe(sex);
    expect(values[0]).toMatchObject({
      sex,
      low: cell(row, `${column}_min_g`),
      high: cell(row, `${column}_max_g`),
    });
  });

  test("a sex that the line's table does not have is never answered with the other's number", async () => {
    for (const text of [
      "weight of Cobb 500 fast feather breeder males at 30 weeks",
      "weight of Cobb male breeder females at 30 weeks",
    ]) {
      const { values, frame } = await engine.ask(text);
      const wanted = text.includes("females") ? "female" : "male";
      expect([text, frame?.sex]).toEqual([text, wanted]);
      expect(values.filter(({ sex }) => sex !== wanted)).toEqual([]);
    }
  });
});

describe("unstated housing is the cage table, and the answer says so", () => {
  const layers = ["Hy-Line Brown", "Hy-Line W-36", "Hy-Line W-80", "Lohmann Brown", "Lohmann LSL-Lite"];
  test.each(layers)("%s", async (line) => {
    const { values, blocks } = await engine.ask(`${line} body weight at 30 weeks`);
    expect(values[0]?.housing).toBe("cage");
    expect(keysOf(blocks)).toContain(note("housing_default"));
  });

  test.each([
    "how many eggs will 1,000 Hy-Line Brown lay by 72 weeks?",
    "Hy-Line Brown body weight from 3 to 5 weeks",
    "when does Hy-Line Brown reach 90 % laying rate?",
    "livability of Hy-Line Brown at 60 weeks",
    "weight of Hy-Line Brown?",
  ])("also where the number is calculated or shown along the way: %s", async (text) => {
    const { blocks, values } = await engine.ask(text);
    expect(values.length).toBeGreaterThan(0);
    expect(keysOf(blocks)).toContain(note("housing_default"));
  });

  test("a stated housing is used and not called a default", async () => {
    for (const [text, housing, low] of [
      ["Hy-Line Brown body weight at 30 weeks in cages", "cage", 1910],
      ["Hy-Line Brown free range body weight at 30 weeks", "alternative", 1870],
      ["poids Hy-Line Brown en volière à 30 semaines", "alternative", 1870],
      ["海兰褐平养30周龄体重", "alternative", 1870],
    ] as const) {
      const { values, blocks, frame } = await engine.ask(text);
      expect([text, frame?.housing, values[0]?.housing, values[0]?.low]).toEqual([
        text,
        housing,
        housing,
        low,
      ]);
      expect(keysOf(blocks)).not.toContain(note("housing_default"));
    }
  });

  test("a housing that the line has no table for is unknown, and the answer says what there is", async () => {
    const { via, values, frame, text } = await engine.ask("Hy-Line W-36 free range body weight at 30 weeks");
    expect({ via, values, housing: frame?.housing }).toEqual({
      via: "unknown",
      values: [],
      housing: "alternative",
    });
    expect(text).toMatch(/Hy-Line W-36/);
    expect(text).toMatch(/cage/i);
  });
});

describe("the rearing house of a broiler breeder", () => {
  test.each([
    ["weight of Cobb 500 fast feather breeder at 30 weeks", 3600, true],
    ["weight of Cobb 500 fast feather breeder dark-out at 30 weeks", 3600, false],
    ["weight of Cobb 500 fast feather breeder open-sided at 30 weeks", 3660, false],
  ])("%s", async (text, amount, isDefault) => {
    const { values, blocks } = await engine.ask(text);
    expect(values[0]?.amount).toBe(amount);
    expect(keysOf(blocks).includes(note("rearing_house_default"))).toBe(isDefault);
  });
});

describe("Lohmann Brown is served from the Brown-Classic table, and the answer says so", () => {
  test.each([
    "Lohmann Brown body weight at 30 weeks",
    "poids Lohmann Brown à 30 semaines",
    "罗曼褐30周龄体重",
    "Lohmann laying rate at 30 weeks",
    "when does Lohmann Brown reach 1900 g?",
    "Lohmann Brown laying rate from 30 to 33 weeks",
    "weight of Lohmann Brown?",
  ])("%s", async (text) => {
    const { values, frame, text: said } = await engine.ask(text);
    expect(frame?.line).toBe("lohmann_brown");
    expect(values.length).toBeGreaterThan(0);
    expect(said).toMatch(/Brown-Classic/);
  });

  test.each(["Lohmann Brown-Lite", "Lohmann LSL-Classic", "Lohmann Brown-Plus", "Ross 308 AP"])(
    "%s is a line without a table",
    async (line) => {
      const { via, values } = await engine.ask(`${line} body weight at 30 weeks`);
      expect({ via, values }).toEqual({ via: "unknown", values: [] });
    },
  );
});
