import { describe, expect, test } from "vitest";
import { sharedEngine } from "../../fixtures/asking.ts";
import { json } from "../../repo/tree.ts";

const engine = sharedEngine();

const OPEN = "\u2068";
const CLOSE = "\u2069";
const { examples } = json("locales/ar/answers.json") as { examples: string[] };

/** Latin letters and digits that stand outside every isolate. */
const bare = (text: string): string[] => {
  let depth = 0;
  let outside = "";
  for (const sign of text) {
    if (sign === OPEN) depth += 1;
    else if (sign === CLOSE) depth -= 1;
    else outside += depth === 0 ? sign : " ";
    expect(depth).toBeGreaterThanOrEqual(0);
  }
  expect(depth, "an isolate is left open").toBe(0);
  return outside.match(/[\p{Script=Latin}0-9]+/gu) ?? [];
};

/** The three examples are questions to be sent back as they stand: no isolates in them. */
const withoutExamples = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !examples.some((example) => line === `- ${example}`))
    .join("\n");

describe("every Latin run and number of an Arabic answer stands inside isolates", () => {
  test.each([
    ["a value with its sexes and sources", "وزن روس 308 بعمر 21 يوم؟"],
    ["a page that is only known in the PDF", "وزن Cobb 500 fast feather breeder بعمر 30 أسبوع"],
    ["a printed range and a housing", "وزن هاي لاين براون بعمر 30 أسبوع"],
    ["an interpolated value", "وزن هاي لاين براون بعمر 200 يوم"],
    ["a converted value", "وزن روس 308 بعمر 21 يوم بالكيلو"],
    ["feed conversion", "معامل التحويل الغذائي روس 308 بعمر 35 يوم"],
    ["a total with its formula", "كمية العلف لـ 5000 كوب 500 حتى عمر 35 يوم؟"],
    ["a difference with its formula", "علف روس 308 من 21 إلى 35 يوم"],
    ["the table read backwards", "في أي عمر يصل روس 308 إلى 2 كجم؟"],
    ["livability with its formula", "نسبة الحياة هاي لاين براون بعمر 60 أسبوع"],
    ["a feed specification with its table", "البروتين الخام روس 308"],
    ["a yield by live weight", "نسبة التصافي كوب 500 وزن 2500 جرام"],
    ["eggs", "عدد البيض لكل دجاجة مسكنة هاي لاين براون بعمر 60 أسبوع"],
    ["a question back with a table", "وزن روس 308؟"],
    ["a question back for the line", "الوزن بعمر 21 يوم؟"],
    ["no table for the line", "وزن روس 708 بعمر 21 يوم"],
    ["no such metric in the table", "استهلاك الماء روس 308 بعمر 21 يوم"],
    ["outside the table", "وزن روس 308 بعمر 70 يوم"],
    ["never reached", "متى يصل روس 308 إلى 20 كجم؟"],
    ["a greeting", "السلام عليكم"],
    ["nothing to say", "من فاز بكأس العالم؟"],
    ["drugs", "جرعة أموكسيسيلين لألف دجاجة"],
  ])("%s", async (_name, text) => {
    const answer = await engine.ask(text);
    expect(answer.lang).toBe("ar");
    expect(bare(withoutExamples(answer.text))).toEqual([]);
  });
});

test("a suggestion is understood, isolated or not, when it is sent back", async () => {
  const { suggestions } = await engine.ask("وزن روس 308؟", { chat: "isolates" });
  expect(suggestions.length).toBeGreaterThan(0);
  for (const suggestion of suggestions) {
    for (const sent of [suggestion, suggestion.replace(/\d+/, `${OPEN}$&${CLOSE}`)]) {
      await engine.ask("وزن روس 308؟", { chat: sent });
      const { via, frame } = await engine.ask(sent, { chat: sent });
      expect({ via, line: frame?.line }).toEqual({ via: "standard", line: "ross_308" });
    }
  }
});

test("no other language has isolates in its answers", async () => {
  for (const text of ["Weight of Ross 308 at 21 days", "罗斯308 21日龄体重", "Gewicht Ross 308 mit 21 Tagen"])
    expect((await engine.ask(text)).text).not.toMatch(/[\u2066-\u2069\u200e\u200f]/);
});
