import { expect, test } from "vitest";
import type { Lang } from "../../../src/core/types.ts";
import { type Difficulty, type Reason, routeOf } from "../../../src/model/route.ts";

const question = (over: Partial<Difficulty> = {}): Difficulty => ({
  text: "litter moisture target",
  lang: "en",
  concepts: new Set(["litter", "moisture"]),
  found: 0.9,
  ...over,
});

test("a short question with sure sources goes to the fast model", () => {
  expect(routeOf(question())).toEqual({ route: "fast", reasons: ["simple"] });
});

test.each<[string, Partial<Difficulty>, Reason[]]>([
  ["why", { concepts: new Set(["why", "pecking"]) }, ["explains"]],
  ["how", { concepts: new Set(["how", "ventilation"]) }, ["explains"]],
  ["compare", { concepts: new Set(["compare", "cage", "aviary"]) }, ["compares"]],
  ["long", { text: "x ".repeat(80) }, ["long"]],
  ["many concepts", { concepts: new Set(["a", "b", "c", "d", "e", "f"]) }, ["many_concepts"]],
  ["weak sources", { found: 0.3 }, ["weak_sources"]],
  ["no source", { found: undefined }, ["weak_sources"]],
  [
    "several",
    { found: 0.1, concepts: new Set(["why", "difference"]) },
    ["explains", "compares", "weak_sources"],
  ],
])("%s: the large model, and the reason is told", (_what, over, reasons) => {
  expect(routeOf(question(over))).toEqual({ route: "main", reasons });
});

test("a question for an amount is no question for an explanation", () => {
  const concepts = new Set(["how_much", "how_many", "feed"]);
  expect(routeOf(question({ concepts })).route).toBe("fast");
});

test.each<[Lang, string]>([
  ["zh", "鸡".repeat(60)],
  ["ja", "鶏".repeat(80)],
])("in %s fewer signs make a long question", (lang, text) => {
  expect(routeOf(question({ lang, text })).reasons).toEqual(["long"]);
  expect(routeOf(question({ lang: "en", text })).route).toBe("fast");
});
