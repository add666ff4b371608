import { describe, expect, test } from "vitest";
import { z } from "zod";
import { isLang, LANGS, type Lang } from "../../../src/core/types.ts";
import { json } from "../../repo/tree.ts";
import { numbersIn, sharedEngine } from "../../fixtures/asking.ts";

const engine = sharedEngine();

const lines = z
  .record(
    z.string(),
    z.looseObject({
      name: z.string(),
      kind: z.enum(["broiler", "layer", "parent"]),
      aliases: z.array(z.string()),
      local: z.record(z.string(), z.array(z.string())).default({}),
      tables: z.array(z.string()).default([]),
      oneOf: z.array(z.string()).optional(),
    }),
  )
  .parse(json("data/lines.json"));
const without = Object.entries(lines).filter(
  ([, line]) => line.tables.length === 0 && line.oneOf === undefined,
);
const withTable = Object.entries(lines).filter(([, line]) => line.tables.length > 0);

/** "Weight of X at 21 days" and "at 30 weeks" in every language. */
const weight: Record<Lang, [broiler: string, layer: string]> = {
  ar: ["وزن X بعمر 21 يوم", "وزن X بعمر 30 أسبوع"],
  de: ["Gewicht X mit 21 Tagen", "Gewicht X mit 30 Wochen"],
  en: ["body weight of X at 21 days", "body weight of X at 30 weeks"],
  es: ["peso X a los 21 días", "peso X a las 30 semanas"],
  fr: ["poids X à 21 jours", "poids X à 30 semaines"],
  hi: ["X का 21 दिन पर वजन", "X का 30 हफ्ते पर वजन"],
  id: ["bobot X umur 21 hari", "bobot X umur 30 minggu"],
  it: ["peso X a 21 giorni", "peso X a 30 settimane"],
  ja: ["X 21日齢の体重は", "X 30週齢の体重は"],
  nl: ["gewicht X op 21 dagen", "gewicht X op 30 weken"],
  pl: ["masa ciała X w 21 dniu", "masa ciała X w 30 tygodniu"],
  pt: ["peso X aos 21 dias", "peso X com 30 semanas"],
  th: ["น้ำหนัก X อายุ 21 วัน", "น้ำหนัก X อายุ 30 สัปดาห์"],
  tr: ["X 21 günlük canlı ağırlık", "X 30 haftalık canlı ağırlık"],
  vi: ["trọng lượng X 21 ngày tuổi", "trọng lượng X 30 tuần tuổi"],
  zh: ["X 21日龄体重", "X 30周龄体重"],
};
const asking = (lang: Lang, kind: string, name: string): string =>
  weight[lang][kind === "broiler" ? 0 : 1].replace("X", name);

/** Digits that are left of a text when the names of lines, which have digits of their own, are taken out. */
const digitsBesideNames = (text: string): string[] => {
  const names = Object.values(lines)
    .map((line) => line.name)
    .toSorted((a, b) => b.length - a.length);
  return numbersIn(names.reduce((rest, name) => rest.replaceAll(name, ""), text));
};

test("there are lines without a table to ask for", () => {
  expect(without.length).toBeGreaterThan(60);
  expect(withTable).toHaveLength(14);
});

test.each(LANGS)("every line without a table is answered without a number: %s", async (lang) => {
  const faults: string[] = [];
  for (const [id, { name, kind, aliases, local }] of without)
    for (const form of [name, ...(lang === "en" ? aliases : []), ...(local[lang] ?? [])]) {
      const text = asking(lang, kind, form);
      const answer = await engine.ask(text);
      const wrong = [
        answer.via === "unknown" ? "" : `via ${answer.via}`,
        answer.values.length === 0
          ? ""
          : `values ${answer.values.map((one) => `${one.line} ${one.amount}`).join()}`,
        answer.frame?.line === id ? "" : `line ${answer.frame?.line}`,
        answer.frame?.metric === "body_weight" ? "" : `metric ${answer.frame?.metric}`,
        answer.text.includes(name) ? "" : "does not name the line",
        digitsBesideNames(answer.text).length === 0 ? "" : `digits ${digitsBesideNames(answer.text).join()}`,
      ].filter((one) => one !== "");
      if (wrong.length > 0) faults.push(`${text}: ${wrong.join("; ")}`);
    }
  expect(faults).toEqual([]);
});

test.each(LANGS)("every line with a table is answered from its own: %s", async (lang) => {
  const faults: string[] = [];
  for (const [id, { name, kind, aliases, local }] of withTable)
    for (const form of [name, ...(lang === "en" ? aliases : []), ...(local[lang] ?? [])]) {
      const text = asking(lang, kind, form);
      const answer = await engine.ask(text);
      const own =
        answer.via === "standard" &&
        answer.values.every((value) => value.line === id) &&
        answer.frame?.line === id;
      if (!own)
        faults.push(
          `${text}: ${answer.via} ${answer.frame?.line} ${answer.values.map((one) => one.line).join()}`,
        );
    }
  expect(faults).toEqual([]);
});

describe("a name of two scripts is one line, never its brand's best-known one", () => {
  const brands: [Lang, string, string][] = [
    ["ar", "لوهمان", "هاي لاين"],
    ["hi", "लोहमान", "हाइलाइन"],
    ["ja", "ローマン", "ハイライン"],
    ["th", "โลห์มันน์", "ไฮไลน์"],
    ["zh", "罗曼", "海兰"],
  ];
  const cases = brands.flatMap(([lang, lohmann, hyLine]) => [
    [lang, `${lohmann} LSL-Lite`, "lohmann_lsl_lite"] as const,
    [lang, `${lohmann} Brown-Lite`, "lohmann_brown_lite"] as const,
    [lang, `${lohmann} LSL-Classic`, "lohmann_lsl_classic"] as const,
    [lang, `${hyLine} W-80`, "hy_line_w80"] as const,
    [lang, `${hyLine} Silver Brown`, "hy_line_silver_brown"] as const,
  ]);
  test.each(cases)("%s: %s", async (lang, name, line) => {
    const { frame, values } = await engine.ask(asking(lang, "layer", name), { lang });
    expect(frame?.line).toBe(line);
    expect(values.filter((value) => value.line !== line)).toEqual([]);
  });
});

describe("a strain or a variety that nobody knows is not its neighbour", () => {
  test.each([
    "Ross 409",
    "Cobb 600",
    "Cobb 500 Plus",
    "Ross 308 Plus",
    "Hy-Line W-90",
    "Hy-Line Brown Plus",
    "Lohmann Brown Ultra",
    "Ross 308 AP 95",
  ])("%s", async (name) => {
    const { values } = await engine.ask(asking("en", /Hy|Loh/.test(name) ? "layer" : "broiler", name));
    expect(values).toEqual([]);
  });
});

test("two lines, one of them without a table: the other is told, and that the one is missing", async () => {
  const { text, values } = await engine.ask("weight of Ross 308 and Ross 708 at 21 days");
  expect(new Set(values.map((value) => value.line))).toEqual(new Set(["ross_308"]));
  expect(text).toContain("Ross 708");
});

test("the letter and number of a week are no name of a line", async () => {
  for (const [text, line, age] of [
    ["nieśność Hy-Line Brown w 36 tygodniu", "hy_line_brown", 36],
    ["nieśność Hy-Line W-80 w 36 tygodniu", "hy_line_w80", 36],
    ["masa jaja Lohmann Brown w 80 tygodniu", "lohmann_brown", 80],
  ] as const) {
    const { frame, values } = await engine.ask(text);
    expect([text, frame?.line, frame?.age_weeks, frame?.versus]).toEqual([text, line, age, undefined]);
    expect(values[0]).toMatchObject({ line, age_weeks: age });
  }
});

test("languages of lines.json are ours", () => {
  expect(
    Object.values(lines).flatMap(({ local }) => Object.keys(local).filter((lang) => !isLang(lang))),
  ).toEqual([]);
});
