import { z } from "zod";
import type { Sex } from "../core/types.ts";

export interface Cell {
  amount: number;
  /** Digits after the decimal point, as printed. */
  digits: number;
}

export interface Row {
  /** Line of the csv file, the head being line 1. */
  line: number;
  product: string;
  sex?: Sex;
  /** Days for broilers, weeks for layers and parent stock. */
  age?: number;
  phase?: string;
  housing?: string;
  rearing_house?: string;
  live_weight_g?: number;
  market?: string;
  nutrient?: string;
  unit?: string;
  feed_days?: string;
  cells: ReadonlyMap<string, Cell>;
}

const Page = z.union([z.number(), z.string()]);
const Ages = z.tuple([z.number(), z.number()]);
const PageEntry = z.object({
  page: Page,
  covers: z.record(z.string(), z.union([z.string(), Ages])),
  table: z.string(),
  columns_elsewhere: z
    .array(z.object({ page: Page, ages: Ages.optional(), columns: z.array(z.string()), table: z.string() }))
    .optional(),
});
const SourceEntry = z.object({
  columns: z.array(z.string()),
  breeder: z.string(),
  product: z.string(),
  title: z.string(),
  edition: z.string(),
  url_in_document: z.string().optional(),
  table: z.string(),
  pages: z.array(PageEntry),
});
export const Sources = z.object({ tables: z.record(z.string(), SourceEntry) });
export type TableSource = z.infer<typeof SourceEntry>;

export interface Table {
  /** File name without its ending. */
  stem: string;
  ageUnit: "days" | "weeks" | undefined;
  source: TableSource;
  /** Content hash: changes when the file or its source entry does. */
  version: string;
  columns: string[];
  rows: Row[];
}
