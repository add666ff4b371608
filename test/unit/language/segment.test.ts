import { describe, expect, test } from "vitest";
import type { Lang } from "../../../src/core/types.ts";
import { read } from "../../fixtures/understanding.ts";

/** What was found, in short: concept ids, numbers, lines; words of grammar are left out. */
const found = (lang: Lang, text: string): (string | number)[] =>
  read(text, lang).items.flatMap((item): (string | number)[] => {
    if (item.is === "concept") return [item.id];
    if (item.is === "number") return [item.value];
    if (item.is === "line") return [item.ids.join("|")];
    return item.is === "unknown" ? [`?${item.text}`] : [];
  });

describe("scripts without spaces", () => {
  test.each([
    ["ja", "ロス308の35日目の体重", ["ross_308", 35, "day", "body_weight"]],
    ["ja", "コッブ500雌35日齢体重", ["cobb_500", "female", 35, "day", "body_weight"]],
    ["ja", "ハイラインブラウン30週齢産卵率", ["hy_line_brown", 30, "week", "hen_day"]],
    ["zh", "罗斯308公鸡三十五日龄体重", ["ross_308", "male", 35, "day", "body_weight"]],
    ["zh", "海兰褐30周产蛋率", ["hy_line_brown", 30, "week", "hen_day"]],
    ["zh", "科宝500四周耗料", ["cobb_500", 4, "week", "feed_intake"]],
    ["th", "น้ำหนักรอส308ตัวผู้อายุ35วัน", ["body_weight", "ross_308", "male", "at_age", 35, "day"]],
  ] as const)("%s: %s is cut into words", (lang, text, pieces) => {
    expect(found(lang, text)).toEqual(pieces);
  });

  test("words are found the same with and without spaces between them", () => {
    expect(found("zh", "罗斯 308 公鸡 35 日龄 体重")).toEqual(found("zh", "罗斯308公鸡35日龄体重"));
    expect(found("th", "น้ำหนัก รอส 308 35 วัน")).toEqual(
      found("th", "น้ำหนักรอส30835วัน".replace("30835", "308 35")),
    );
  });

  test("signs that nobody knows are one unknown piece", () => {
    expect(found("zh", "罗斯308麒麟麒麟体重")).toEqual(["ross_308", "?麒麟麒麟", "body_weight"]);
  });
});

describe("phrases", () => {
  test("the longest phrase wins over its parts", () => {
    expect(found("en", "cumulative feed")).toEqual(["cum_feed"]);
    expect(found("en", "feed conversion ratio")).toEqual(["fcr"]);
    expect(found("en", "average daily gain")).toEqual(["avg_daily_gain"]);
  });

  test.each(["Hy-Line Brown", "hy line brown", "HyLine Brown", "hyline-brown"])(
    "%s is one name, with or without the hyphen",
    (name) => {
      expect(found("en", name)).toEqual(["hy_line_brown"]);
    },
  );

  test("after a number the next word is its unit, not the beginning of a phrase", () => {
    expect(found("en", "21 day old chicks").slice(0, 2)).toEqual([21, "day"]);
  });

  test("an accent that was typed decides between two words", () => {
    expect(found("vi", "gà trống")).toContain("male");
    expect(found("vi", "trong 35 ngày")).not.toContain("male");
  });

  test("words of another language are understood beside the asker's own", () => {
    expect(found("fr", "Ross 308 body weight à 35 jours")).toEqual(["ross_308", "body_weight", 35, "day"]);
    expect(found("hi", "रॉस 308 FCR 35 दिन")).toEqual(["ross_308", "fcr", 35, "day"]);
  });
});

test("a text of 4,000 characters and more is read from its end", () => {
  const tail = "Ross 308 weight day 35";
  expect(found("en", `${"Cobb 500 fcr day 21. ".repeat(1000)}${" ".repeat(4000)}${tail}`)).toEqual(
    found("en", tail),
  );
});
