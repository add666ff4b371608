import type { Verdict } from "./judged.ts";
import { percent, type Report } from "./report.ts";

/** Columns as wide as their widest cell: the first to the left, numbers to the right. */
const aligned = (rows: readonly (string | number)[][]): string => {
  const width = (at: number): number => Math.max(...rows.map((row) => String(row[at] ?? "").length));
  const cell = (value: string | number, at: number): string =>
    at === 0 ? String(value).padEnd(width(at)) : String(value).padStart(width(at));
  return rows.map((row) => row.map(cell).join("  ")).join("\n");
};

const rowOf = (name: string, { right, wrong, unanswered, not_judged }: Record<Verdict, number>) => {
  const asked = right + wrong + unanswered;
  const share = asked === 0 ? "-" : percent(right / asked);
  return [name, asked + not_judged, right, wrong, unanswered, not_judged, share];
};

type GoldenReport = NonNullable<Report["golden"]>;

const goldenRow = (name: string, { right, wrong, unanswered, share }: GoldenReport["all"]) => [
  name,
  right + wrong + unanswered,
  right,
  wrong,
  unanswered,
  ...(share ? [share.value, share.low, share.high].map(percent) : ["-", "-", "-"]),
];

const goldenParts = (golden: GoldenReport): string[] => {
  const { all, by_lang, rounds, spread, changed, unequal, answered_by, model, repeats } = golden;
  const head = ["golden", "questions", "right", "wrong", "unanswered", "right %", "95 % from", "to"];
  const rows = Object.entries(by_lang).map(([code, counts]) => goldenRow(code, counts));
  const asked = all.right + all.wrong + all.unanswered;
  const repeated = [
    `model ${model ?? "none"}; each question asked ${repeats} times:`,
    `right ${rounds.map(({ right }) => percent(right / asked)).join(" / ")} %`,
    `(spread ${percent(spread.high - spread.low)} points),`,
    `${changed} judged differently, ${unequal.length} answered differently`,
  ].join(" ");
  const by = Object.entries(answered_by).map(([who, { right, wrong, unanswered }]) => [
    who,
    right,
    wrong,
    unanswered,
  ]);
  const askings = aligned([["askings answered by", "right", "wrong", "unanswered"], ...by]);
  return [aligned([head, ...rows, goldenRow("all", all)]), repeated, askings];
};

const tables = ({ sets, kinds, golden, floors }: Report): string[] => {
  const head = ["lines", "right", "wrong", "unanswered", "not judged", "right %"];
  const parts = Object.entries(sets)
    .filter(([set]) => set !== "golden")
    .map(([set, { all, by_lang }]) => {
      const rows = Object.entries(by_lang).map(([code, counts]) => rowOf(code, counts));
      return aligned([[set, ...head], ...rows, rowOf("all", all)]);
    });
  const vias = [...new Set(Object.values(kinds).flatMap((by) => Object.keys(by)))].sort();
  const rows = Object.entries(kinds).map(([kind, by]) => [kind, ...vias.map((via) => by[via] ?? 0)]);
  if (rows.length > 0) parts.push(aligned([["answered by", ...vias], ...rows]));
  if (golden) parts.push(...goldenParts(golden));
  const held = floors.map(({ file, floor, share, passed }) =>
    [
      `floor of ${file}: ${percent(floor)} %,`,
      share === null ? "nothing asked," : `${percent(share)} % right,`,
    ]
      .concat(passed ? "held" : "not held")
      .join(" "),
  );
  return held.length > 0 ? [...parts, held.join("\n")] : parts;
};

const listing = ({ wrong, unanswered }: Report): string[] =>
  [...wrong, ...unanswered].map(({ verdict, file, line, text: asked, want, got }) => {
    const told = `  want ${JSON.stringify(want)}\n  got  ${JSON.stringify(got)}`;
    return `${verdict} ${file}:${line} ${asked.slice(-200)}\n${told}`;
  });

/** The report as people read it: tables, and the lines that went wrong. */
export const printed = (report: Report): string => [...tables(report), ...listing(report)].join("\n\n");
