import { beforeAll, describe, expect, test } from "vitest";

// The page's scripts are plain JavaScript with types in comments, checked by adapters/web/tsconfig.json.
const SCRIPT = "../../../adapters/web/markdown.js";
type Node = {
  type: string;
  text?: string;
  url?: string;
  children?: Node[];
  items?: Node[][];
  rows?: Node[][][];
  head?: Node[][];
};
let parse: (text: string, open?: boolean) => Node[];
beforeAll(async () => {
  ({ parse } = (await import(SCRIPT)) as { parse: typeof parse });
});

/** A short way to write trees down. */
const shown = (node: Node): string => {
  const inner = (nodes: Node[] | undefined) => (nodes ?? []).map(shown).join("");
  switch (node.type) {
    case "text":
      return node.text ?? "";
    case "link":
      return `<a ${node.url}>${inner(node.children)}</a>`;
    case "list":
      return `<list>${node.items?.map((item) => `[${inner(item)}]`).join("")}</list>`;
    case "table":
      return `<table>${[node.head ?? [], ...(node.rows ?? [])].map((row) => row.map(inner).join("|")).join("/")}</table>`;
    default:
      return `<${node.type}>${node.text ?? inner(node.children)}</${node.type}>`;
  }
};
const tree = (text: string, open = false): string => parse(text, open).map(shown).join("");

describe("inline", () => {
  test.each([
    ["**1,012 g** · Ross", "<strong>1,012 g</strong> · Ross"],
    ["*a* _b_ ~~c~~ `d*e*`", "<em>a</em> <em>b</em> <del>c</del> <code>d*e*</code>"],
    ["**bold *and slanted***", "<strong>bold <em>and slanted</em></strong>"],
    ["snake_case_name 2 * 3 * 4", "snake_case_name 2 * 3 * 4"],
    ["5 000 oiseaux × 3", "5 000 oiseaux × 3"],
    ["\\*not\\* \\[it\\]", "*not* [it]"],
    ["[Aviagen](https://aviagen.com/a_(b))", "<a https://aviagen.com/a_(b)>Aviagen</a>"],
    ["see https://a.org/x_y_z. End", "see <a https://a.org/x_y_z>https://a.org/x_y_z</a>. End"],
    ["[x](javascript:alert(1)) [y](data:text/html,z)", "[x](javascript:alert(1)) [y](data:text/html,z)"],
    ["<b onclick=x>hi</b> ![i](https://a.org/i.png)", "<b onclick=x>hi</b> !<a https://a.org/i.png>i</a>"],
    ["one  \ntwo", "one<break></break>two"],
    ["**open", "**open"],
  ])("%j", (text, expected) => {
    expect(tree(text)).toBe(`<paragraph>${expected}</paragraph>`);
  });

  test("a mark that is still open counts while the text grows", () => {
    expect(tree("**1,01", true)).toBe("<paragraph><strong>1,01</strong></paragraph>");
    expect(tree("**", true)).toBe("<paragraph>**</paragraph>");
  });
});

describe("blocks", () => {
  test.each([
    ["a\n\nb", "<paragraph>a</paragraph><paragraph>b</paragraph>"],
    ["## Head ##\ntext", "<heading>Head</heading><paragraph>text</paragraph>"],
    [
      "- a\n- b\n  more\n\n- c\n\nend",
      "<list>[<paragraph>a</paragraph>][<paragraph>b<break></break>more</paragraph>][<paragraph>c</paragraph>]</list><paragraph>end</paragraph>",
    ],
    ["1. a\n2) b", "<list>[<paragraph>a</paragraph>][<paragraph>b</paragraph>]</list>"],
    ["- a\n  - b", "<list>[<paragraph>a</paragraph><list>[<paragraph>b</paragraph>]</list>]</list>"],
    [
      "text\n| D | g |\n|--|--:|\n| 7 | 2\\|3 |\nend",
      "<paragraph>text</paragraph><table>D|g/7|2|3</table><paragraph>end</paragraph>",
    ],
    ["> a\n> b", "<quote><paragraph>a<break></break>b</paragraph></quote>"],
    ["```\n**x**\n```\n---", "<fence>**x**</fence><rule></rule>"],
    ["```\nopen", "<fence>open</fence>"],
    ["", ""],
  ])("%j", (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

test("hostile texts take time in proportion to their length", () => {
  const time = (text: string): number => {
    const start = performance.now();
    parse(text);
    return performance.now() - start;
  };
  for (const piece of ["*a ", "**", "[", "_a", "`a", "> ", "- a\n", "|a|\n|-|\n", "~~a", "\\"]) {
    const short = Math.max(1, time(piece.repeat(500)));
    // Twelve times the length may take a hundred times as long before this fails; quadratic work takes 144.
    expect([piece, time(piece.repeat(6000)) / short < 100]).toEqual([piece, true]);
  }
});
