import { expect, test } from "vitest";
import { sharedEngine, told } from "../../fixtures/asking.ts";
import { sampledCells } from "../../fixtures/sampled-cells.ts";
import { tables } from "../../fixtures/tables.ts";

const engine = sharedEngine();

const cells = sampledCells(18);

test("300 cells are sampled, from every table and in six languages", () => {
  expect(cells.length).toBeGreaterThanOrEqual(300);
  expect(new Set(cells.map(({ edition, line }) => `${line} ${edition}`)).size).toBeGreaterThanOrEqual(16);
  expect(new Set(cells.map(({ lang }) => lang))).toEqual(new Set(["en", "fr", "ar", "zh", "hi", "pl"]));
  expect(new Set(cells.map(({ metric }) => metric)).size).toBeGreaterThanOrEqual(45);
  expect(tables).toHaveLength(19);
});

test.each(cells.map((cell) => [`${cell.lang}: ${cell.text}`, cell] as const))("%s", async (_name, cell) => {
  const answer = await engine.ask(cell.text);
  const [value] = answer.values;
  expect(value && told(value)).toEqual(cell.expected);
  expect({ via: answer.via, lang: answer.lang }).toEqual({ via: "standard", lang: cell.lang });
  expect(value).toMatchObject({ metric: cell.metric, line: cell.line, interpolated: false, ...cell.at });
  expect(answer.frame).toMatchObject({ metric: cell.metric, line: cell.line });
  if (cell.sex) expect(value?.sex).toBe(cell.sex);
  const source = answer.sources[value?.source ?? -1];
  expect(source?.edition).toBe(cell.edition);
  expect(source?.locator).toContain(cell.table);
  expect(source?.locator).toContain(/^\d/.test(cell.page) ? `p. ${cell.page}` : cell.page);
  expect(source?.version).toMatch(/^[0-9a-f]{8,}$/);
  expect(answer.text).toContain(source?.title ?? "?");
});
