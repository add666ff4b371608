import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { FlockError } from "../../../src/core/errors.ts";
import { loadTables } from "../../../src/standards/load.ts";
import { STANDARDS } from "../../fixtures/tables.ts";

const ROSS = "ross-308-308ff_broiler_2022.csv";
const COBB = "cobb-500_broiler_2022.csv";
const BROWN = "hy-line-brown_conventional_2024.csv";
const PARENT = "hy-line-brown_parent-stock_2023.csv";
const FAST = "cobb-500-fast-feather_breeder-female_2020.csv";
const FEED = "cobb-500_broiler_nutrition-specifications_2022.csv";
const YIELD = "cobb-500_carcass-yield_2022.csv";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A copy of the tables, for a fault to be planted in. */
const copy = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "flockwise-tables-"));
  folders.push(folder);
  cpSync(STANDARDS, folder, { recursive: true });
  return folder;
};

/** Replaces the first match in a file; a test that plants nothing proves nothing. */
const change = (folder: string, file: string, from: string | RegExp, to: string): void => {
  const text = readFileSync(join(folder, file), "utf8");
  const changed = text.replace(from, to);
  expect(changed, `${file}: nothing to replace`).not.toBe(text);
  writeFileSync(join(folder, file), changed);
};

/** Line of a file (the head is 1) that begins with a text. */
const lineOf = (file: string, start: string): number =>
  readFileSync(join(STANDARDS, file), "utf8")
    .split("\n")
    .findIndex((line) => line.startsWith(start)) + 1;

const refusal = (folder: string): FlockError => {
  try {
    loadTables(folder);
  } catch (error) {
    if (error instanceof FlockError) return error;
    throw new Error(`refused with ${String(error)}, which says nothing of the file`, { cause: error });
  }
  throw new Error("the fault was loaded");
};

/** A fault of one cell: its file, the start of its row, what is replaced by what, its column, what the reason says. */
type Fault = [string, string, string, string | RegExp, string, string, RegExp];
const MALE_21 = "Ross 308 / Ross 308 FF,male,21,";
const COBB_3 = "Cobb 500,male,3,";
const WEEK_30 = "Hy-Line Brown,cage,laying,30,";
const FEMALE_1590 = "Cobb 500,female,1590,";
const STARTER = "Cobb 500,medium and large birds,Starter,0-12,crude_protein,";
const DARK_5 = "Cobb 500 fast feather breeder,female,dark_out,rearing,5,";

const amounts: Fault[] = [
  ["a letter in a number", ROSS, MALE_21, "1046", "1O46", "body_weight_g", /1O46.*not a number/],
  ["two decimal points", YIELD, FEMALE_1590, /1590,[\d.]+/, "1590,73.4.0", "carcass_pct", /not a number/],
  ["an exponent", BROWN, WEEK_30, ",30,", ",3e1,", "age_weeks", /not a number/],
  ["a number below zero", COBB, COBB_3, "male,3,", "male,3,-", "body_weight_g", /below zero/],
  ["a quoted number", YIELD, FEMALE_1590, /1590,[\d.]+/, '1590,"73"', "", /quotes/],
  ["min above max", BROWN, WEEK_30, /,30,\d+/, ",30,9999", "body_weight_min_g", /9999.*max/],
  ["more than 100 %", YIELD, FEMALE_1590, /1590,[\d.]+/, "1590,170.05", "carcass_pct", /100 %/],
  ["more than 100 % of a feed", FEED, STARTER, "21,22", "210,220", "value_min", /100 %/],
  ["min above max of a feed", FEED, STARTER, "21,22", "23,22", "value_min", /23.*max/],
];

/** Cells that say which row it is: a slip in one would let the row's numbers vanish without a word. */
const keys: Fault[] = [
  ["an unknown sex", ROSS, MALE_21, "FF,male", "FF,mael", "sex", /mael/],
  ["an unknown housing", BROWN, WEEK_30, ",cage,", ",cgae,", "housing", /cgae/],
  ["an unknown phase", BROWN, WEEK_30, ",laying,", ",layin,", "", /phase|page/],
  ["an unknown rearing house", FAST, DARK_5, "dark_out", "darkout", "", /rearing_house|page/],
  ["an unknown nutrient", FEED, STARTER, "crude_protein", "crude_protien", "nutrient", /crude_protien/],
  ["an unknown unit", FEED, STARTER, ",%,", ",g/kg,", "unit", /g\/kg/],
  ["an unknown market", FEED, STARTER, "medium and large birds", "medium birds", "", /market|page/],
  ["no line", COBB, COBB_3, "Cobb 500,", ",", "line", /empty/],
  ["no age", COBB, COBB_3, "male,3,", "male,,", "", /age|page/],
  ["no sex", COBB, COBB_3, ",male,", ",,", "", /sex|page/],
  ["no live weight", YIELD, FEMALE_1590, "female,1590,", "female,,", "", /live_weight_g|page/],
];

describe("a bad cell is refused with file, row, column and reason", () => {
  test.each([...amounts, ...keys])("%s", (_name, file, row, from, to, column, reason) => {
    const folder = copy();
    const line = lineOf(file, row);
    const printed = readFileSync(join(STANDARDS, file), "utf8").split("\n")[line - 1] ?? "";
    expect(printed.replace(from, to)).not.toBe(printed);
    change(folder, file, printed, printed.replace(from, to));
    const { code, message } = refusal(folder);
    expect(code).toBe("bad_data");
    expect(message).toContain(file);
    expect(message).toContain(`row ${line}`);
    expect(message).toContain(column);
    expect(message).toMatch(reason);
  });
});

describe("a bad row or head is refused", () => {
  test.each([
    ["an extra field", ROSS, /^(Ross 308 \/ Ross 308 FF,male,21,.*)$/m, "$1,7", /10 fields instead of 9/],
    ["a field too few", ROSS, /^(Ross 308 \/ Ross 308 FF,male,21,.*),[^,]*$/m, "$1", /8 fields instead of 9/],
    ["the same row twice", ROSS, /^(Ross 308 \/ Ross 308 FF,male,21,.*)$/m, "$1\n$1", /same row/],
    [
      "the same age twice with other numbers",
      BROWN,
      /^(Hy-Line Brown,cage,laying,)31,/m,
      "$130,",
      /same row/,
    ],
    ["another column than sources.json names", ROSS, "cum_fcr", "fcr", /sources\.json/],
    [
      "the same age in two phases of a layer",
      BROWN,
      /^(Hy-Line Brown,cage,)laying,18,/m,
      "$1rearing,17,",
      /same row/,
    ],
  ])("%s", (_name, file, from, to, reason) => {
    const folder = copy();
    change(folder, file, from, to);
    const { code, message } = refusal(folder);
    expect(code).toBe("bad_data");
    expect(message).toContain(file);
    expect(message).toMatch(/row \d+/);
    expect(message).toMatch(reason);
  });

  test("an unknown column, though sources.json names it too", () => {
    const folder = copy();
    change(folder, PARENT, "egg_weight_g", "egg_wait_g");
    const entry = /("hy-line-brown_parent-stock_2023\.csv"[\s\S]*?)"egg_weight_g"/;
    change(folder, "sources.json", entry, '$1"egg_wait_g"');
    expect(refusal(folder).message).toMatch(new RegExp(`${PARENT}.*egg_wait_g`));
  });

  test("a table without rows", () => {
    const folder = copy();
    writeFileSync(join(folder, ROSS), `${readFileSync(join(folder, ROSS), "utf8").split("\n")[0]}\n`);
    expect(refusal(folder).message).toMatch(new RegExp(`${ROSS}.*no rows`));
  });
});

describe("tables and sources.json belong together", () => {
  test("a file that is missing", () => {
    const folder = copy();
    rmSync(join(folder, COBB));
    expect(refusal(folder).message).toMatch(new RegExp(`${COBB}.*missing`));
  });

  test("a file that sources.json does not name", () => {
    const folder = copy();
    change(folder, "sources.json", `"${COBB}"`, '"cobb-501.csv"');
    cpSync(join(folder, COBB), join(folder, "cobb-501.csv"));
    expect(refusal(folder).message).toMatch(new RegExp(`${COBB}.*sources\\.json`));
  });

  test.each([
    ["an entry without its edition", /"edition": "2022 \(L-054-01-22 EN\)",/, "", /edition/],
    ["a page that is no page", /"page": 3,/, '"page": null,', /page/],
    ["broken JSON", /^\{/, "", /./],
  ])("sources.json with %s", (_name, from, to, reason) => {
    const folder = copy();
    change(folder, "sources.json", from, to);
    const { code, message } = refusal(folder);
    expect(code).toBe("bad_data");
    expect(message).toContain("sources.json");
    expect(message).toMatch(reason);
  });

  test("no sources.json", () => {
    const folder = copy();
    rmSync(join(folder, "sources.json"));
    expect(refusal(folder).message).toContain("sources.json");
  });

  test("a row that no page entry covers", () => {
    const folder = copy();
    change(folder, "sources.json", /("sex": "as_hatched",\s*"ages": \[\s*0,\s*)56/, "$155");
    expect(refusal(folder).message).toMatch(/row \d+.*page/);
  });
});

test("the tables as they are load, quirks and all, and their version follows their content", () => {
  const [before, folder] = [loadTables(STANDARDS), copy()];
  expect(before).toHaveLength(19);
  change(folder, ROSS, "as_hatched,21,1012,", "as_hatched,21,1013,");
  const after = loadTables(folder);
  const changed = after.filter((table, index) => table.version !== before[index]?.version);
  expect(changed.map((table) => table.stem)).toEqual(["ross-308-308ff_broiler_2022"]);
});
