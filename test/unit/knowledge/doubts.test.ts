import { describe, expect, test } from "vitest";
import { knownMetrics } from "../../../src/compose-ingest.ts";
import type { DocumentTable, TableCell, TableRow } from "../../../src/core/documents.ts";
import { examine, type Doubt } from "../../../src/knowledge/doubts.ts";
import { reader } from "../../../src/language/read.ts";
import { standards } from "../../../src/standards/look-up.ts";
import { root } from "../../repo/tree.ts";
import { lexicon } from "../../fixtures/understanding.ts";

const { tables } = standards(`${root}/data/standards`);
const known = knownMetrics(tables);
const words = reader(lexicon);

const HEADER = ["Age (days)", "Body weight (g)", "Cum. feed (g)", "FCR"];
/** A Ross 308 in rounded numbers: nothing in it is doubtful. */
const GOOD: TableCell[][] = [
  [7, 213, 170, 0.8],
  [14, 533, 570, 1.07],
  [21, 1012, 1270, 1.25],
  [28, 1621, 2250, 1.39],
  [35, 2296, 3460, 1.51],
  [42, 2985, 4810, 1.61],
];

const look = (rows: readonly TableCell[][], header = HEADER, marks: Partial<TableRow>[] = []) => {
  const table: DocumentTable = {
    type: "table",
    header: [...header],
    at: { sheet: "Weights", row: 1 },
    rows: rows.map((cells, at) => ({ cells, at: { sheet: "Weights", row: at + 2 }, ...marks[at] })),
  };
  const found = examine(table, words, known, undefined);
  return { ...found, kept: found.table.rows.map(({ cells }) => cells) };
};
const told = (doubts: readonly Doubt[]) =>
  doubts.map(({ kind, at, column, leftOut }) => [kind, at.row, column, leftOut]);
/** The good rows, one of them changed. */
const changed = (at: number, cells: TableCell[]): TableCell[][] =>
  GOOD.map((row, index) => (index === at ? cells : row));

test("a good table has no doubts and keeps every row", () => {
  const { doubts, kept } = look(GOOD);
  expect(doubts).toEqual([]);
  expect(kept).toEqual(GOOD);
});

test("each table of the standards is beyond doubt", () => {
  const doubtful = tables.flatMap(({ stem, ageUnit, columns, rows }) => {
    if (ageUnit === undefined) return [];
    const names = columns.filter((column) =>
      ["body_weight_g", "cum_feed_g", "cum_fcr", "egg_weight_g"].includes(column),
    );
    const said: Record<string, string> = {
      body_weight_g: "Body weight (g)",
      cum_feed_g: "Cumulative feed (g)",
      cum_fcr: "FCR",
      egg_weight_g: "Egg weight (g)",
    };
    const males = rows.filter(({ sex }) => sex === rows[0]?.sex);
    const { doubts } = look(
      males.map(({ age, cells }) => [age ?? null, ...names.map((name) => cells.get(name)?.amount ?? null)]),
      [`Age (${ageUnit})`, ...names.map((name) => said[name] ?? name)],
    );
    return doubts.map((doubt) => [stem, doubt]);
  });
  expect(doubtful).toEqual([]);
});

describe("units", () => {
  test("a value in kilograms in a column of grams is told and left out", () => {
    const { doubts, kept } = look(changed(4, [35, 2.296, 3460, 1.51]));
    expect(told(doubts)).toEqual([["unit", 6, "Body weight (g)", true]]);
    expect(doubts[0]?.why).toBe("the value fits kg, not g");
    expect(kept).toHaveLength(5);
  });

  test("a column whose name says grams and whose values are kilograms is emptied, its rows stay", () => {
    const rows = GOOD.map(([age, weight, feed, fcr]) => [
      age ?? null,
      Number(weight) / 1000,
      feed ?? null,
      fcr ?? null,
    ]);
    const { doubts, kept } = look(rows);
    expect(doubts).toMatchObject([{ kind: "unit", column: "Body weight (g)", rows: 6, leftOut: true }]);
    expect(kept).toEqual(GOOD.map(([age, , feed, fcr]) => [age, null, feed, fcr]));
  });

  test("kilograms and pounds are right in columns of kilograms and pounds", () => {
    for (const [name, grams] of [
      ["Weight (kg)", 1000],
      ["Weight (lb)", 453.59],
      ["Weight", 1000],
    ] as const)
      expect(
        look(
          GOOD.map(([age, weight]) => [age ?? null, Number(weight) / grams]),
          ["Day", name],
        ).doubts,
      ).toEqual([]);
  });

  test("a unit in the cell that is not the column's is told", () => {
    const { doubts } = look(changed(2, [21, "1.012 kg", 1270, 1.25]));
    expect(told(doubts)).toEqual([["unit", 4, "Body weight (g)", true]]);
    expect(look(changed(2, [21, "1,012 g", 1270, 1.25])).doubts).toEqual([]);
  });
});

describe("values", () => {
  test("what no breed has at that age is told and left out", () => {
    const { doubts, kept } = look(changed(1, [14, 5330, 570, 1.07]));
    expect(told(doubts)).toEqual([["range", 3, "Body weight (g)", true]]);
    expect(kept).toHaveLength(5);
  });

  test("a column that most rows of leave is another metric than its name: its rows stay, one doubt says so", () => {
    const turkeys = GOOD.map(([age, weight]) => [age ?? null, Number(weight) * 9]);
    const { doubts, kept } = look(turkeys, ["Age (days)", "Body weight (g)"]);
    expect(doubts).toMatchObject([{ kind: "range", rows: 6, leftOut: false }]);
    expect(kept).toEqual(turkeys);
  });

  test.each([
    [
      "de",
      ["Alter (Tage)", "Körpergewicht (g)"],
      ["7", "213"],
      ["14", "533"],
      ["21", "1.012"],
      ["28", "16,21"],
    ],
    ["fr", ["Âge (jours)", "Poids vif (g)"], ["7", "213"], ["14", "533"], ["21", "1 012"], ["28", "16,21"]],
    ["ar", ["العمر (يوم)", "وزن الجسم (غ)"], ["٧", "٢١٣"], ["١٤", "٥٣٣"], ["٢١", "١٬٠١٢"], ["٢٨", "١٦"]],
    ["hi", ["आयु (दिन)", "शरीर का वजन (ग्राम)"], ["७", "२१३"], ["१४", "५३३"], ["२१", "१,०१२"], ["२८", "१६"]],
    ["ja", ["日齢", "体重(g)"], ["7", "213"], ["14", "533"], ["21", "1,012"], ["28", "16"]],
    ["th", ["อายุ (วัน)", "น้ำหนักตัว (กรัม)"], ["๗", "๒๑๓"], ["๑๔", "๕๓๓"], ["๒๑", "๑,๐๑๒"], ["๒๘", "๑๖"]],
    ["zh", ["日龄", "体重 (g)"], ["7", "213"], ["14", "533"], ["21", "1,012"], ["28", "16"]],
  ])("names and digits of %s are read", (_lang, header, ...rows) => {
    const { doubts } = look(rows, header);
    expect(doubts).toMatchObject([{ kind: "range", at: { row: 5 }, leftOut: true }]);
  });
});

describe("rows", () => {
  test("a row that slipped to the right or to the left is told and left out", () => {
    expect(told(look(changed(3, [null, 28, 1621, 2250])).doubts)).toContainEqual(["shifted", 5, null, true]);
    expect(look(changed(3, [null, 28, 1621, 2250])).kept).toHaveLength(5);
    const left = look(changed(3, [1621, 2250, 1.39, null]));
    expect(left.kept).toHaveLength(5);
    expect(left.doubts.every(({ at }) => at.row === 5)).toBe(true);
  });

  test("a row with more or fewer cells than the header is told", () => {
    const { doubts } = look(GOOD, HEADER, [{}, {}, { ragged: { cells: 3, header: 4 } }]);
    expect(told(doubts)).toEqual([["shifted", 4, null, true]]);
    expect(doubts[0]?.why).toBe("the row has 3 cells, the header 4");
  });

  test("a value that was not given is no slip", () => {
    expect(look(changed(3, [28, null, 2250, 1.39])).doubts).toEqual([]);
  });

  test("the age that breaks the order is the doubtful one, not those after it", () => {
    const { doubts, kept } = look(changed(2, [41, 1012, 1270, 1.25]), ["Age (days)", "A", "B", "C"]);
    expect(told(doubts)).toEqual([["age_order", 4, "Age (days)", true]]);
    expect(kept.map(([age]) => age)).toEqual([7, 14, 28, 35, 42]);
  });

  test("an age column without a unit is checked too", () => {
    expect(told(look(changed(2, [41, 1, 1, 1]), ["Age", "A", "B", "C"]).doubts)).toEqual([
      ["age_order", 4, "Age", true],
    ]);
  });

  test("ages that fall, or start again for another sex or table, are in order", () => {
    const header = ["Age (days)", "Sex", "Grade"];
    const rows = GOOD.map(([age]) => age ?? null);
    expect(
      look(
        rows.toReversed().map((age) => [age, "x", "y"]),
        header,
      ).doubts,
    ).toEqual([]);
    expect(
      look(
        [...rows, ...rows].map((age) => [age, null, null, 1]),
        HEADER,
      ).doubts,
    ).toEqual([]);
    const turns = rows.flatMap(
      (age) =>
        [
          [age, "male", "A"],
          [age, "female", "A"],
        ] as TableCell[][],
    );
    expect(look(turns, header).doubts).toEqual([]);
  });

  test("merged cells are told, and the row stays", () => {
    const { doubts, kept } = look(GOOD, HEADER, [{}, { merged: true }]);
    expect(told(doubts)).toEqual([["merged", 3, null, false]]);
    expect(kept).toEqual(GOOD);
  });

  test("a label over all columns is no doubtful row", () => {
    expect(
      look([["Males", null, null, null], ...GOOD, ["Females", null, null, null], ...GOOD]).doubts,
    ).toEqual([]);
  });

  test("a table without names of columns is told once", () => {
    expect(look(GOOD, []).doubts).toMatchObject([{ kind: "no_header", rows: 6, leftOut: false }]);
  });
});
