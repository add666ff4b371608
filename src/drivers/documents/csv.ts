import type { DocumentBlock } from "../../core/documents.ts";
import { cellCounter, gridBlocks, type GridRow } from "./grid.ts";
import { textPieces } from "./lines.ts";
import { refuse } from "./refuse.ts";

/** Marks that may part cells. A comma may be a decimal one: of marks that as many lines agree on, it is the last. */
const MARKS = ["\t", ";", "|", ","];
const SAMPLE_LINES = 20;
const LONGEST_CELL = 32_767;

const count = (text: string, mark: string): number => {
  let found = 0;
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    else if (sign === mark && !quoted) found += 1;
  }
  return found;
};

/** "1,5;2,5" is parted by its semicolons: the mark that stands equally often in the most lines. */
const markOf = (sample: string): string => {
  const lines = sample
    .split(/\r?\n/)
    .slice(0, SAMPLE_LINES)
    .filter((line) => line.trim() !== "");
  const scored = MARKS.map((mark) => {
    const counts = lines.map((line) => count(line, mark));
    const usual = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
    return { mark, agree: usual === 0 ? 0 : counts.filter((own) => own === usual).length };
  });
  const [best] = scored.toSorted((a, b) => b.agree - a.agree);
  return best && best.agree > 0 ? best.mark : ",";
};

/** Comma-separated values (RFC 4180), parted by commas, semicolons, tabs or bars. */
export async function* csvBlocks(path: string): AsyncGenerator<DocumentBlock> {
  const counted = cellCounter("it");
  const rows: GridRow[] = [];
  let mark: string | undefined;
  let cells: string[] = [];
  let cell = "";
  let state: "plain" | "quoted" | "quote_seen" = "plain";
  let row = 1;
  const endCell = (): void => {
    cells.push(cell.trim());
    cell = "";
    state = "plain";
  };
  const endRow = (): void => {
    endCell();
    counted(cells.length);
    rows.push({ cells: cells.map((text) => (text === "" ? null : text)), at: { row } });
    cells = [];
    row += 1;
  };
  const take = (text: string): void => {
    for (const sign of text) {
      if (state === "quoted") {
        if (sign === '"') state = "quote_seen";
        else cell += sign;
      } else if (sign === '"' && state === "quote_seen") {
        cell += sign;
        state = "quoted";
      } else if (sign === '"' && cell.trim() === "") {
        cell = "";
        state = "quoted";
      } else if (sign === mark) endCell();
      else if (sign === "\n") endRow();
      else if (sign !== "\r") cell += sign;
      if (cell.length > LONGEST_CELL)
        throw refuse(`row ${row} has a cell of more than ${LONGEST_CELL.toLocaleString("en")} characters`);
    }
  };
  let head = "";
  for await (const piece of textPieces(path)) {
    if (mark === undefined) {
      head += piece;
      mark = markOf(head);
      take(head.replace(/^sep=.\r?\n/, ""));
    } else take(piece);
  }
  if (cell !== "" || cells.length > 0) endRow();
  yield* gridBlocks(rows, true);
}
