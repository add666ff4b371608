import { describe, expect, test } from "vitest";
import { markdownWriter } from "../../../adapters/terminal/markdown.ts";
import { displayWidth } from "../../../adapters/terminal/width.ts";

const whole = (text: string, colour = false): string => {
  const writer = markdownWriter(colour);
  return writer.push(text) + writer.end();
};
const inPieces = (text: string, size: number): string => {
  const writer = markdownWriter(false);
  let out = "";
  for (let i = 0; i < text.length; i += size) out += writer.push(text.slice(i, i + size));
  return out + writer.end();
};

const ANSWER = `**1,012 g** — Ross 308 · day 21

At what age? Some *slanted* words, and a [link](https://example.org/a).

- one
- **two**

| Day | body weight |
| --- | ---: |
| 7 | 213 g |
| 14 | 1,046 g |

\`\`\`
a | b
\`\`\`
Last line`;

test("plain output has no markup and no escape codes, and its tables are aligned", () => {
  expect(whole(ANSWER)).toBe(`1,012 g — Ross 308 · day 21

At what age? Some slanted words, and a link (https://example.org/a).

• one
• two

Day  body weight
───  ───────────
  7        213 g
 14      1,046 g

  a | b
Last line
`);
});

test.each([1, 2, 3, 7, 20])("pieces of %i signs give the same text as the whole", (size) => {
  expect(inPieces(ANSWER, size)).toBe(whole(ANSWER));
});

test("prose is shown word by word, before its line is complete", () => {
  const writer = markdownWriter(false);
  expect(writer.push("The weight is ab")).toBe("The weight is ");
  expect(writer.push("out right")).toBe("about ");
  expect(writer.end()).toBe("right\n");
});

test("colour means bold numbers, and every style is ended", () => {
  expect(whole("**1,012 g** x", true)).toBe("\u001B[1m1,012 g\u001B[22m x\n");
});

test("an answer cannot steer the terminal", () => {
  expect(whole("a\u001B[2Jb\u0007\u202Ec\u2068d\u2069\u009B31m")).toBe("a[2Jbcd31m\n");
});

describe("width of a text in columns", () => {
  test.each([
    ["abc", 3],
    ["体重", 4],
    ["日齢 7", 6],
    ["น้ำหนัก", 5],
    ["वज़न", 3],
    ["ＦＣＲ", 6],
    ["e\u0301", 1],
    ["", 0],
  ])("%j takes %i", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });

  test("aligns Japanese tables", () => {
    const lines = whole("| 日齢 | 体重 |\n|---|---|\n| 7 | 213 g |\n| 14 | 1,046 g |").trimEnd().split("\n");
    expect(lines.map(displayWidth)).toEqual([13, 13, 13, 13]);
  });
});
