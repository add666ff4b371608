import { relative } from "node:path";
import { progress } from "@clack/prompts";
import { Command } from "commander";
import { composeIngest, type FileReport } from "../compose-ingest.ts";
import { environment, loadConfig } from "../config.ts";
import { FlockError } from "../core/errors.ts";

interface Options {
  dryRun?: boolean;
  json?: boolean;
}

/** Doubtful rows that are listed of one file; --json has more. */
const MOST_LISTED = 20;
/** Columns that a bar and a name need. */
const NARROWEST = 60;

/** A path as the operator would write it; never with signs that a terminal obeys. */
const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return plain(near === "" || near.startsWith("..") ? path : near);
};
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, "�");

const many = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : more}`;

const sentence = (
  { outcome, reason, passages, words, revision, languages }: FileReport,
  isDry: boolean,
): string => {
  switch (outcome) {
    case "refused":
      return `refused: ${plain(reason ?? "")}`;
    case "unchanged":
      return `unchanged since it was taken (version ${revision})`;
    case "duplicate":
      return `not taken: ${plain(reason ?? "")}`;
    case "added":
    case "replaced": {
      const verb = outcome === "added" ? "add" : "replace";
      const done = isDry ? `would ${verb}` : outcome;
      const langs = Object.entries(languages).map(([lang, count]) => `${lang} ${count}`);
      return `${done}: ${many(passages, "passage")}, ${many(words, "word")} (${langs.join(", ")}), version ${revision}`;
    }
  }
};

const placeOf = ({ page, sheet, row, line }: FileReport["doubts"][number]["at"]): string =>
  [
    page === undefined ? "" : `p. ${page}`,
    sheet === undefined ? "" : plain(sheet),
    row === undefined ? "" : `row ${row}`,
    line === undefined ? "" : page === undefined ? `line ${line}` : `row ${line} of the table`,
  ]
    .filter((part) => part !== "")
    .join(", ");

const doubtLines = ({ doubts, doubtfulRows }: FileReport): string[] => {
  const listed = doubts.slice(0, MOST_LISTED).map(({ at, column, cell, why, rows, leftOut }) => {
    const where = [
      placeOf(at),
      column === null ? "" : `column "${plain(column)}"`,
      cell === null ? "" : `"${plain(cell)}"`,
    ];
    const count = rows > 1 ? ` (${rows} rows)` : "";
    return `  ? ${where.filter((part) => part !== "").join(", ")}: ${plain(why)}${count}${leftOut ? "; left out" : ""}`;
  });
  const told = doubts.slice(0, MOST_LISTED).reduce((sum, { rows }) => sum + rows, 0);
  return doubtfulRows > told ? [...listed, `  ? and ${many(doubtfulRows - told, "row")} more`] : listed;
};

const totalsOf = (files: readonly FileReport[]) => {
  const of = (outcome: FileReport["outcome"]): number =>
    files.filter((file) => file.outcome === outcome).length;
  const sum = (pick: (file: FileReport) => number): number =>
    files.reduce((total, file) => total + pick(file), 0);
  return {
    files: files.length,
    added: of("added"),
    replaced: of("replaced"),
    unchanged: of("unchanged"),
    duplicates: of("duplicate"),
    refused: of("refused"),
    passages: sum(({ passages }) => passages),
    words: sum(({ words }) => words),
    doubtful_rows: sum(({ doubtfulRows }) => doubtfulRows),
    rows_left_out: sum(({ rowsLeftOut }) => rowsLeftOut),
  };
};

/** A bar on a terminal; lines, one a file, everywhere else. */
const teller = (total: number, { json, dryRun }: Options) => {
  const write = (text: string): void => void process.stdout.write(`${text}\n`);
  const isDry = dryRun === true;
  const isWide = process.stdout.isTTY && process.stdout.columns >= NARROWEST;
  const bar = !json && isWide ? progress({ max: Math.max(total, 1) }) : undefined;
  bar?.start(`${many(total, "document")}`);
  const held: string[] = [];
  return {
    file(report: FileReport): void {
      if (json) return;
      const lines = [`${shown(report.path)}: ${sentence(report, isDry)}`, ...doubtLines(report)];
      bar?.advance(1, shown(report.path));
      if (bar) held.push(...lines);
      else for (const line of lines) write(line);
    },
    end(files: readonly FileReport[], passedOver: number): void {
      const totals = totalsOf(files);
      if (json) {
        const named = files.map(({ doubtfulRows, rowsLeftOut, doubts, ...file }) => ({
          ...file,
          doubts: doubts.map(({ leftOut, ...doubt }) => ({ ...doubt, left_out: leftOut })),
          doubtful_rows: doubtfulRows,
          rows_left_out: rowsLeftOut,
        }));
        write(JSON.stringify({ dry_run: isDry, passed_over: passedOver, totals, files: named }));
        return;
      }
      bar?.stop(`${many(files.length, "document")} read`);
      for (const line of held) write(line);
      const { added, replaced, unchanged, duplicates, refused, passages, doubtful_rows, rows_left_out } =
        totals;
      const parts = [
        `${added} ${isDry ? "to add" : "added"}`,
        `${replaced} ${isDry ? "to replace" : "replaced"}`,
        `${unchanged} unchanged`,
        `${duplicates} the same as another`,
        `${refused} refused`,
      ];
      write(`${many(files.length, "document")}: ${parts.join(", ")}; ${many(passages, "passage")}`);
      if (doubtful_rows > 0) write(`${many(doubtful_rows, "doubtful row")}, ${rows_left_out} left out`);
      if (passedOver > 0) write(`${many(passedOver, "file")} of other formats passed over`);
      if (isDry) write("dry run: nothing was written");
    },
  };
};

const run = async (paths: string[], options: Options): Promise<void> => {
  const ingestion = composeIngest(loadConfig(environment()), paths, { dryRun: options.dryRun === true });
  process.once("SIGINT", () => {
    ingestion.close();
    process.exit(130);
  });
  try {
    const tell = teller(ingestion.files.length, options);
    const files: FileReport[] = [];
    for await (const report of ingestion.run()) {
      files.push(report);
      tell.file(report);
    }
    tell.end(files, ingestion.passedOver);
    if (files.some(({ outcome }) => outcome === "refused")) process.exitCode = 1;
  } finally {
    ingestion.close();
  }
};

const command = new Command("ingest")
  .description("Adds documents to the knowledge: PDF, DOCX, XLSX, CSV, HTML, MD, TXT.")
  .argument("<path...>", "documents, and folders of documents")
  .option("--dry-run", "read and report, write nothing")
  .option("--json", "print the report as one JSON object")
  .action(run);

command.parseAsync().catch((error: unknown) => {
  const message =
    error instanceof FlockError
      ? error.message
      : error instanceof Error
        ? `${error.name}: ${error.message}`
        : String(error);
  process.stderr.write(`ingest: ${message}\n`);
  process.exitCode = 1;
});
