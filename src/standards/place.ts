import type { Row, TableSource } from "./table.ts";

/** Table and page of a value, as its document prints them. */
export interface Place {
  table: string;
  page: string | null;
}

type PageEntry = TableSource["pages"][number];

const inAges = (span: [number, number] | undefined, at: number | undefined): boolean =>
  span === undefined || (at !== undefined && at >= span[0] && at <= span[1]);

const covers = (entry: PageEntry, row: Row): boolean =>
  Object.entries(entry.covers).every(([key, want]) => {
    if (typeof want !== "string") return inAges(want, key === "ages" ? row.age : row.live_weight_g);
    return (row as unknown as Record<string, unknown>)[key] === want;
  });

/** Page entries of sources.json that a row falls under; a checked row has exactly one. */
export const entriesOf = (source: TableSource, row: Row): PageEntry[] =>
  source.pages.filter((entry) => covers(entry, row));

/** Page and printed table of a row's column (sources.json: pages, columns_elsewhere). */
export const placeOf = ({ source }: { source: TableSource }, row: Row, column: string): Place => {
  const [entry] = entriesOf(source, row);
  if (!entry) return { table: source.table, page: null };
  const elsewhere = entry.columns_elsewhere?.find(
    (other) => inAges(other.ages, row.age) && other.columns.includes(column),
  );
  const at = elsewhere ?? entry;
  return { table: at.table, page: String(at.page) };
};
