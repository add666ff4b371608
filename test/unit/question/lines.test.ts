import { describe, expect, test } from "vitest";
import { LANGS } from "../../../src/core/types.ts";
import { lineName } from "../../../src/question/lines.ts";
import { frameOf, lexicon, parsed } from "../../fixtures/understanding.ts";

const lineOf = (text: string): string | null | undefined => frameOf(text)?.line;

test.each([
  ["Ross 308 weight at 35 days", "ross_308"],
  ["Ross308 weight at 35 days", "ross_308"],
  ["Ross-308 weight at 35 days", "ross_308"],
  ["R308 weight at 35 days", "ross_308"],
  ["Ross 308 FF weight at 35 days", "ross_308"],
  ["ross weight at 35 days", "ross_308"],
  ["cobb weight at 35 days", "cobb_500"],
  ["lohmann egg weight in week 35", "lohmann_brown"],
  ["Lohmann Brown-Classic egg weight in week 35", "lohmann_brown"],
  ["AA+ weight at 35 days", "arbor_acres_plus"],
  ["hyline w80 egg weight week 30", "hy_line_w80"],
  ["HY LINE W 36 egg weight week 30", "hy_line_w36"],
  ["LSL lite laying rate week 30", "lohmann_lsl_lite"],
  ["isa brown egg weight week 30", "isa_brown"],
])("«%s» is about %s", (text, line) => {
  expect(lineOf(text)).toBe(line);
});

describe("a line without a table is a line of its own, never another one", () => {
  test.each([
    ["Ross 708 weight at 35 days", "ross_708"],
    ["Ross 308 AP weight at 35 days", "ross_308_ap"],
    ["Ross PM3 weight at 35 days", "ross_pm3"],
    ["Ross 508 weight at 35 days", "ross_508"],
    ["Cobb 700 weight at 35 days", "cobb_700"],
    ["Hubbard weight at 35 days", "hubbard_classic"],
    ["Lohmann Brown-Lite laying rate week 30", "lohmann_brown_lite"],
    ["Lohmann Brown Extra laying rate week 30", "lohmann_brown_extra"],
    ["Lohmann LSL-Classic laying rate week 30", "lohmann_lsl_classic"],
    ["isa white laying rate week 30", "isa_white"],
  ])("«%s» is about %s", (text, line) => {
    expect(lineOf(text)).toBe(line);
  });

  test.each([
    ["en", "body weight of Ross 409 at 35 days", "ross_409"],
    ["en", "ROSS 709 FCR 35d", "ross_709"],
    ["en", "Cobb 501 weight 35 days", "cobb_501"],
    ["ar", "روس 409 وزن 35 يوم", "ross_409"],
    ["de", "Ross 410 Gewicht Tag 35", "ross_410"],
    ["es", "Cobb 509 peso 35 días", "cobb_509"],
    ["fr", "Ross 410 poids 35 jours", "ross_410"],
    ["hi", "रॉस 409 35 दिन वजन", "ross_409"],
    ["ja", "ロス409 35日齢の体重", "ross_409"],
    ["th", "น้ำหนัก รอส 409 35 วัน", "ross_409"],
    ["tr", "Ross 409 35 günlük ağırlık", "ross_409"],
    ["vi", "cân nặng Ross 409 35 ngày", "ross_409"],
    ["zh", "罗斯409 35日龄体重", "ross_409"],
  ])("%s: the unknown strain of «%s» is %s", (_, text, line) => {
    expect(frameOf(text)).toMatchObject({ line, age_days: 35, sex: "as_hatched" });
    expect(lexicon.lines[line]).toBeUndefined();
  });
});

test.each([
  ["708 Ross weight 35 days", "ross_708"],
  ["308 ross weight 35 days", "ross_308"],
  ["500 Cobb fcr 35 d", "cobb_500"],
  ["708罗斯 35日龄体重", "ross_708"],
])("the strain may stand before the brand: «%s» is %s", (text, line) => {
  expect(frameOf(text)).toMatchObject({ line, age_days: 35 });
});

test.each([
  ["ross 300 birds feed to 35 days", { line: "ross_308", birds: 300 }],
  ["Ross 1000 birds feed to 35 days", { line: "ross_308", birds: 1000 }],
  ["ross 350 g when", { line: "ross_308", target: 350 }],
  ["Cobb 500 birds weight 35 days", { line: "cobb_500", age_days: 35 }],
])("a number with its unit is no strain: «%s»", (text, slots) => {
  expect(frameOf(text)).toMatchObject(slots);
});

test.each([
  "Ross 308 and Cobb 500 weight 35 days",
  "weight of Ross 308, Cobb 500 at 35 days",
  "Ross 308 vs Cobb 500 weight 35 days",
  "compare Ross 308 and Cobb 500 weight at 35 days",
])("«%s»: the first line is asked about, the second compared with it", (text) => {
  expect(frameOf(text)).toMatchObject({ line: "ross_308", versus: "cobb_500", age_days: 35 });
});

test("a strain that no family has is no age", () => {
  expect(frameOf("Hy-Line W-37 egg weight week 30")).toMatchObject({ metric: "egg_weight", age_weeks: 30 });
});

test("a family name that may mean several lines leaves the choice open", () => {
  const { lines, choices } = parsed("Hy-Line egg weight week 30");
  expect(lines).toEqual([]);
  expect(choices).toContain("hy_line_brown");
  expect(choices).toContain("hy_line_w36");
  expect(frameOf("Hy-Line egg weight week 30")).toMatchObject({
    line: null,
    metric: "egg_weight",
    age_weeks: 30,
  });
});

describe("parent stock", () => {
  test.each([
    ["hy-line brown parent stock hatchability week 30", "hy_line_brown_ps", "female"],
    ["W-36 parents hatchability week 30", "hy_line_w36_ps", "female"],
    ["Cobb 500 fast feather breeder female weight week 30", "cobb_500_ff_breeder", "female"],
    ["Cobb 500 slow feather breeder hens weight week 30", "cobb_500_sf_breeder", "female"],
    ["Cobb male breeder weight week 30", "cobb_male_breeder", "male"],
    ["Cobb MX male weight week 30", "cobb_mx_breeder", "male"],
  ])("«%s» is about %s", (text, line, sex) => {
    expect(frameOf(text)).toMatchObject({ line, sex, age_weeks: 30 });
  });

  test("a breeder whose feathering is not told leaves the choice open", () => {
    expect(parsed("Cobb 500 breeder hens weight week 30").choices.toSorted()).toEqual([
      "cobb_500_ff_breeder",
      "cobb_500_sf_breeder",
    ]);
  });
});

test("every line is called by its name, a strain that nobody knows by brand and number", () => {
  expect(lineName(lexicon.lines, "ross_308")).toBe("Ross 308");
  expect(lineName(lexicon.lines, "ross_409")).toBe("Ross 409");
  expect(lineName(lexicon.lines, "xyz")).toBe("xyz");
});

test.each(LANGS)("%s: every spelling of data/lines.json names its line alone", (lang) => {
  const missed = Object.entries(lexicon.lines).flatMap(([id, { name, aliases, local, oneOf }]) =>
    [name, ...aliases, ...(local[lang] ?? [])].flatMap((spelling) => {
      const { lines, choices } = parsed(spelling, lang);
      const meant = oneOf === undefined ? [id] : oneOf;
      const got = oneOf !== undefined && oneOf.length > 1 ? choices : lines;
      return got.join() === meant.join()
        ? []
        : [`${spelling} (${id}) reads as ${[...lines, ...choices].join()}`];
    }),
  );
  expect(missed).toEqual([]);
});
