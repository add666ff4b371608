import type { Block, Source, Term } from "../core/types.ts";
import type { Row, Table } from "../standards/table.ts";
import { placeOf, type Place } from "../standards/place.ts";

/** The proof of an answer: one source for each table, page and row (or span of rows) that a value stands in. */
export interface Evidence {
  /** Index of the source of a value in the given rows (one, or the first and last of several). */
  cite(table: Table, rows: readonly Row[], column: string): number;
  /** Cites many rows of a table at once, a source a page; what is cited from them later shares it. */
  span(table: Table, rows: readonly Row[], column: string): void;
  sources: Source[];
  blocks(): Block[];
}

const phaseKey = (phase: string): string => phase.toLowerCase().replaceAll(" ", "_");

/** What tells a row from the others of its table, as terms: sex, age, live weight, phase, market. */
const rowTerms = (table: Table, rows: readonly Row[]): Term[] => {
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return [];
  const terms: Term[] = [];
  if (first.sex && table.columns.includes("sex")) terms.push({ key: `sex.${first.sex}` });
  if (first.rearing_house) terms.push({ key: `rearing_house.${first.rearing_house}` });
  if (first.market) terms.push({ key: `market.${marketKey(first.market)}` });
  if (first.phase && table.columns.includes("nutrient") && rows.every((row) => row.phase === first.phase))
    terms.push({ key: `phase.${phaseKey(first.phase)}` });
  if (first.age !== undefined && last.age !== undefined) {
    const unit = table.ageUnit === "days" ? "day" : "week";
    if (first.age === last.age) terms.push({ key: `age.${unit}`, vars: { n: String(first.age) } });
    else terms.push({ key: `age.${unit}_range`, vars: { from: String(first.age), to: String(last.age) } });
  }
  if (first.live_weight_g !== undefined)
    terms.push({
      list: [...new Set([first.live_weight_g, last.live_weight_g ?? 0])].map((amount) => ({
        amount,
        unit: "g",
        digits: 0,
      })),
    });
  return terms;
};

const MARKETS: Readonly<Record<string, string>> = {
  "target live weight up to 2.0 kg": "up_to_2_kg",
  "target live weight 2.0-3.5 kg": "2_to_3_5_kg",
  "target live weight over 3.5 kg": "over_3_5_kg",
  "small birds": "small_birds",
  "medium and large birds": "medium_and_large_birds",
};
export const marketKey = (market: string): string => MARKETS[market] ?? market;
export { phaseKey };

/** The row in plain English for the `locator` of docs/door.md, which programs read. */
const rowText = (table: Table, rows: readonly Row[]): string => {
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return "";
  const parts: string[] = [];
  if (first.sex) parts.push(first.sex.replace("_", " "));
  if (first.rearing_house) parts.push(first.rearing_house.replace("_", " "));
  if (first.market) parts.push(first.market);
  if (first.phase && table.columns.includes("nutrient"))
    parts.push(first.phase === last.phase ? first.phase : `${first.phase} to ${last.phase ?? ""}`);
  if (first.nutrient) parts.push(first.nutrient.replaceAll("_", " "));
  const unit = table.ageUnit === "days" ? "day" : "week";
  if (first.age !== undefined)
    parts.push(first.age === last.age ? `${unit} ${first.age}` : `${unit}s ${first.age}-${last.age ?? ""}`);
  if (first.live_weight_g !== undefined)
    parts.push(
      `live weight ${first.live_weight_g === last.live_weight_g ? first.live_weight_g : `${first.live_weight_g}-${last.live_weight_g ?? ""}`} g`,
    );
  return parts.join(", ");
};

const pageText = (page: string | null): string => {
  if (page === null) return "";
  return /^\d/.test(page) ? `, p. ${page}` : `, ${page}`;
};

interface Span {
  index: number;
  table: Table;
  place: string;
  rows: ReadonlySet<Row>;
}

export const evidence = (): Evidence => {
  const sources: Source[] = [];
  const shown: Block[] = [];
  const spans: Span[] = [];

  const add = (table: Table, rows: readonly Row[], place: Place): number => {
    const locator = `${place.table}, ${rowText(table, rows)}${pageText(place.page)}`;
    const known = sources.findIndex(
      (source) => source.locator === locator && source.version === table.version,
    );
    if (known >= 0) return known;
    const site = table.source.url_in_document;
    sources.push({
      title: table.source.title,
      publisher: table.source.breeder,
      edition: table.source.edition,
      locator,
      url: site ? `https://${site.toLowerCase()}` : null,
      version: table.version,
    });
    const index = sources.length - 1;
    shown.push({ type: "source", index, table: place.table, row: rowTerms(table, rows), page: place.page });
    return index;
  };

  return {
    sources,
    blocks: () => shown,
    span(table, rows, column) {
      const pages = new Map<string, { place: Place; rows: Row[] }>();
      for (const row of rows) {
        const place = placeOf(table, row, column);
        const key = keyOf(place);
        const page = pages.get(key);
        if (page) page.rows.push(row);
        else pages.set(key, { place, rows: [row] });
      }
      for (const [place, page] of pages)
        spans.push({ index: add(table, page.rows, page.place), table, place, rows: new Set(page.rows) });
    },
    cite(table, rows, column) {
      const first = rows[0];
      if (!first) return 0;
      const place = placeOf(table, first, column);
      const span = spans.find(
        (one) => one.table === table && one.place === keyOf(place) && rows.every((row) => one.rows.has(row)),
      );
      return span ? span.index : add(table, rows, place);
    },
  };
};

const keyOf = (place: Place): string => `${place.table}|${place.page ?? ""}`;
