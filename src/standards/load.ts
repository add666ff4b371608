import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FlockError } from "../core/errors.ts";
import { NUTRIENT_METRICS } from "../question/metric.ts";
import { COLUMNS, KEY_COLUMNS } from "./columns.ts";
import { entriesOf } from "./place.ts";
import { Sources, type Cell, type Row, type Table, type TableSource } from "./table.ts";

const bad = (file: string, line: number, column: string, reason: string): FlockError =>
  new FlockError("bad_data", `data/standards/${file}: row ${line}, column ${column}: ${reason}`);

const NUMBER = /^-?\d+(?:\.\d+)?$/;

const readNumber = (file: string, line: number, column: string, text: string): Cell => {
  if (!NUMBER.test(text)) throw bad(file, line, column, `"${text}" is not a number`);
  const amount = Number(text);
  if (amount < 0) throw bad(file, line, column, `${text} is below zero`);
  const unit = COLUMNS.get(column)?.unit;
  if (unit === "%" && amount > 100) throw bad(file, line, column, `${text} is more than 100 %`);
  return { amount, digits: text.split(".")[1]?.length ?? 0 };
};

const readRow = (file: string, line: number, columns: readonly string[], text: string): Row => {
  if (text.includes('"')) throw bad(file, line, columns[0] ?? "", "quotes are not allowed");
  const fields = text.split(",");
  if (fields.length !== columns.length)
    throw bad(
      file,
      line,
      columns[fields.length - 1] ?? "",
      `${fields.length} fields instead of ${columns.length}`,
    );
  const cells = new Map<string, Cell>();
  const row: Row = { line, product: "", cells };
  for (const [index, column] of columns.entries()) {
    const field = (fields[index] ?? "").trim();
    if (!KEY_COLUMNS.has(column)) {
      if (field) cells.set(column, readNumber(file, line, column, field));
      continue;
    }
    if (!field) continue;
    if (column === "line") row.product = field;
    else if (column === "age_days" || column === "age_weeks")
      row.age = readNumber(file, line, column, field).amount;
    else if (column === "live_weight_g") row.live_weight_g = readNumber(file, line, column, field).amount;
    else if (column === "sex") {
      if (field !== "as_hatched" && field !== "male" && field !== "female")
        throw bad(file, line, column, `"${field}" is not as_hatched, male or female`);
      row.sex = field;
    } else if (column !== "feed_type") Object.assign(row, { [column]: field });
  }
  if (!row.product) throw bad(file, line, "line", "is empty");
  return row;
};

const readTable = (folder: string, stem: string, source: TableSource): Table => {
  const file = `${stem}.csv`;
  const text = readFileSync(join(folder, file), "utf8");
  const [head = "", ...lines] = text.replaceAll("\r", "").split("\n");
  const columns = head.split(",");
  if (columns.join() !== source.columns.join()) throw bad(file, 1, "head", "differs from sources.json");
  for (const column of columns)
    if (!KEY_COLUMNS.has(column) && !COLUMNS.has(column))
      throw bad(file, 1, column, "is not a column that is known");
  const rows: Row[] = [];
  const seen = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    const row = readRow(file, index + 2, columns, line);
    checkRanges(file, row);
    checkKeys(file, row, source);
    const { line: _line, cells: _cells, ...keys } = row;
    const key = JSON.stringify(keys);
    const twin = seen.get(key);
    if (twin !== undefined) throw bad(file, row.line, "line", `the same row as row ${twin}`);
    seen.set(key, row.line);
    rows.push(row);
  }
  if (rows.length === 0) throw bad(file, 1, "line", "no rows");
  const ageUnit = columns.includes("age_days") ? "days" : columns.includes("age_weeks") ? "weeks" : undefined;
  const version = createHash("sha256").update(text).update(JSON.stringify(source)).digest("hex").slice(0, 12);
  return { stem, ageUnit, source, version, columns, rows };
};

/** Closed vocabularies of the key columns: a slip in one would let the row's numbers vanish without a word. */
const HOUSINGS = new Set(["cage", "alternative"]);
const UNITS = new Set(["%", "kcal/kg", "MJ/kg", "mg/kg", "IU/kg", "g"]);

const checkKeys = (file: string, row: Row, source: TableSource): void => {
  if (row.housing !== undefined && !HOUSINGS.has(row.housing))
    throw bad(file, row.line, "housing", `"${row.housing}" is not known`);
  if (row.nutrient !== undefined && !NUTRIENT_METRICS.has(row.nutrient))
    throw bad(file, row.line, "nutrient", `"${row.nutrient}" is not known`);
  if (row.unit !== undefined && !UNITS.has(row.unit))
    throw bad(file, row.line, "unit", `"${row.unit}" is not known`);
  for (const [column, cell] of row.cells)
    if (row.unit === "%" && cell.amount > 100)
      throw bad(file, row.line, column, `${cell.amount} is more than 100 %`);
  const pages = entriesOf(source, row).length;
  if (pages !== 1)
    throw bad(
      file,
      row.line,
      "keys",
      `${pages} page entries of sources.json cover the row instead of one (age, sex, phase, rearing_house, market, live_weight_g)`,
    );
};

const checkRanges = (file: string, row: Row): void => {
  for (const [column, cell] of row.cells) {
    if (COLUMNS.get(column)?.role !== "min") continue;
    const high = row.cells.get(column.replace("_min", "_max"));
    if (high && cell.amount > high.amount)
      throw bad(file, row.line, column, `${cell.amount} is more than the maximum ${high.amount}`);
  }
};

const readSources = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new FlockError(
      "bad_data",
      `data/standards/sources.json: ${cause instanceof Error ? cause.message : "unreadable"}`,
      { cause },
    );
  }
};

/** Reads and checks every table; one bad cell and the process refuses to start (file, row, column, reason). */
export const loadTables = (folder: string): Table[] => {
  const parsed = Sources.safeParse(readSources(join(folder, "sources.json")));
  if (!parsed.success)
    throw new FlockError("bad_data", `data/standards/sources.json: ${z.prettifyError(parsed.error)}`);
  const files = readdirSync(folder).filter((name) => name.endsWith(".csv"));
  for (const name of files)
    if (!parsed.data.tables[name]) throw bad(name, 1, "file", "has no entry in sources.json");
  return Object.entries(parsed.data.tables).map(([name, source]) => {
    if (!files.includes(name)) throw bad(name, 1, "file", "is named in sources.json but is missing");
    return readTable(folder, name.slice(0, -".csv".length), source);
  });
};
