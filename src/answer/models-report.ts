import type { Block, Term } from "../core/types.ts";
import type { ArmReport, Verdict } from "../model/arms.ts";
import type { Estimate } from "../model/intervals.ts";
import type { Answering, ModelsSoFar } from "./house.ts";

const NONE = "–";
const OUTCOMES = ["ok", "failed", "late", "lost", "spare", "left"] as const;
const MEASURES = ["quality", "liked", "failing"] as const;

const count = (amount: number): Term => ({ amount, unit: "", digits: 0 });

/** A figure with its interval, in a unit; shares are told in percent. */
const estimate = (found: Estimate | null | undefined, unit: "%" | "ms" | ""): Term => {
  if (!found) return NONE;
  const [scale, digits] = unit === "ms" ? [1, 0] : [100, 1];
  const told = (amount: number): Term => ({ amount: amount * scale, unit, digits });
  return {
    key: "ab.estimate",
    vars: { value: told(found.value), low: told(found.low), high: told(found.high) },
  };
};

const partOf = (part: number, all: number): Term =>
  all === 0 ? NONE : { key: "ab.of", vars: { part: count(part), all: count(all) } };

/** USD for the tokens that the servers told; null where a price or a count is not known. */
const costOf = (
  { model, calls, promptTokens, completionTokens, untold }: ArmReport,
  prices: ModelsSoFar["prices"],
): number | null => {
  const price = prices.get(model ?? "");
  if (!price || (untold > 0 && calls > 0)) return null;
  return (promptTokens * price.input + completionTokens * price.output) / 1_000_000;
};

type Row = readonly [name: string, cell: (arm: ArmReport) => Term];

const rowsOf = (arms: readonly ArmReport[], prices: ModelsSoFar["prices"]): Row[] => {
  const some = (amount: (arm: ArmReport) => number): boolean => arms.some((arm) => amount(arm) > 0);
  return [
    ["model", ({ model }) => model ?? NONE],
    ["calls", ({ calls }) => count(calls)],
    // what never happened needs no row
    ...OUTCOMES.filter((outcome) => outcome === "ok" || some(({ outcomes }) => outcomes[outcome])).map(
      (outcome): Row => [outcome, ({ outcomes }) => count(outcomes[outcome])],
    ),
    ["failing", ({ failing }) => estimate(failing, "%")],
    ["texts", ({ texts }) => count(texts)],
    ["quality", ({ quality }) => estimate(quality, "%")],
    ["pieces", ({ pieces, passedPieces }) => partOf(passedPieces, pieces)],
    ...(some(({ up, down }) => up + down)
      ? [["liked", ({ liked }) => estimate(liked, "%")] satisfies Row]
      : []),
    ["first_p50", ({ firstTokenMs }) => estimate(firstTokenMs?.p50, "ms")],
    ["first_p95", ({ firstTokenMs }) => estimate(firstTokenMs?.p95, "ms")],
    ["total_p50", ({ totalMs }) => estimate(totalMs?.p50, "ms")],
    ["total_p95", ({ totalMs }) => estimate(totalMs?.p95, "ms")],
    ["tokens_in", ({ promptTokens }) => count(promptTokens)],
    ["tokens_out", ({ completionTokens }) => count(completionTokens)],
    [
      "cost",
      (arm) => {
        const cost = costOf(arm, prices);
        return cost === null ? { key: "ab.not_known" } : { amount: cost, unit: "", digits: 4 };
      },
    ],
  ];
};

const say = (key: string, vars: Record<string, Term> = {}): Block => ({ type: "say", words: { key, vars } });

const verdictBlocks = ({ decision, reasons, differences }: Verdict): Block[] => {
  const known = MEASURES.filter((measure) => differences[measure] !== null);
  return [
    say(`ab.verdict.${decision}`),
    { type: "list", items: reasons.map((reason) => ({ key: `ab.reason.${reason}` })) },
    ...(known.length === 0
      ? []
      : [
          say("ab.differences"),
          {
            type: "list",
            items: known.map((measure) => ({
              key: "ab.difference",
              vars: { what: { key: `ab.row.${measure}` }, by: estimate(differences[measure], "") },
            })),
          } satisfies Block,
        ]),
  ];
};

const trialBlocks = ({ arms, verdict, share }: ModelsSoFar): Block[] => {
  const modelOn = (name: ArmReport["arm"]): string => arms.find(({ arm }) => arm === name)?.model ?? NONE;
  if (share === null) return [say("ab.no_trial")];
  const vars = {
    candidate: modelOn("candidate"),
    main: modelOn("main"),
    share: { amount: share * 100, unit: "%", digits: Number.isInteger(share * 100) ? 0 : 1 },
  };
  return [say("ab.trial", vars), ...(verdict ? verdictBlocks(verdict) : [say("ab.not_asked")])];
};

/** The same data with keys as callers know them from the other JSON. */
const inSnakeCase = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inSnakeCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      inSnakeCase(inner),
    ]),
  );
};

/** "/ab": what each model did so far, and whether the one on trial should take over. */
export const modelsReport: Answering = ({ text }, { models }) => {
  if (text.trim().toLowerCase() !== "/ab") return undefined;
  const via = "smalltalk";
  if (!models) return { via, frame: null, blocks: [say("ab.no_model")] };
  const soFar = models();
  const arms = soFar.arms.filter(({ arm }) => arm !== "candidate" || soFar.share !== null);
  const table: Block = {
    type: "table",
    head: [{ key: "ab.figure" }, ...arms.map(({ arm }): Term => ({ key: `ab.arm.${arm}` }))],
    rows: rowsOf(arms, soFar.prices).map(([name, cell]) => [{ key: `ab.row.${name}` }, ...arms.map(cell)]),
  };
  return {
    via,
    frame: null,
    blocks: [say("ab.intro"), table, ...trialBlocks(soFar)],
    report: {
      arms: arms.map((arm) => inSnakeCase({ ...arm, costUsd: costOf(arm, soFar.prices) })),
      verdict: soFar.share === null ? null : soFar.verdict,
      share: soFar.share,
    },
  };
};
