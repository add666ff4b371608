import { inUnit } from "./measures.ts";
import type { Placed } from "./quantity.ts";
import { tokenAt, type Sheet } from "./sheet.ts";
import { isTime, unitsBefore } from "./unit-beside.ts";

const JOINERS = new Set(["until", "and_then", "between", "from_time"]);
/** What may stand between two numbers of a range or a list: a dash, "to", "and", "or", a comma. */
const isJoined = (sheet: Sheet, from: number, to: number): boolean => {
  if (to - from > 2) return false;
  if (from === to) return tokenAt(sheet, to)?.stop ?? false;
  return sheet.segments.slice(from, to).every(({ at, hits }) => {
    const token = sheet.tokens[at];
    if (token?.kind === "symbol") return token.fold === "-" || token.fold === "~" || token.fold === "/";
    if (sheet.words.ands.has(token?.fold ?? "")) return true;
    return hits.some((hit) => hit.is === "function" || (hit.is === "concept" && JOINERS.has(hit.id)));
  });
};

/**
 * The units of numbers that have none after them: the day, week or percent right before, else that of the next number
 * in a range or a list, else a day or week a little before, else that of the number before in the same range.
 */
export const shareUnits = (sheet: Sheet, found: readonly Placed[]): void => {
  for (const [at, one] of found.entries()) {
    if (one.units.length > 0) continue;
    const before = found[at - 1];
    const units = unitsBefore(sheet, one.from, Math.max(one.from - 1, before?.end ?? 0));
    // "80 weeks 360": the week may be that of the number before it
    if (before?.shared.some((unit) => units.includes(unit))) one.shared = units;
    else one.units = units;
  }
  for (let at = found.length - 2; at >= 0; at -= 1) {
    const [one, next] = [found[at], found[at + 1]];
    if (one && next && one.units.length + one.shared.length === 0 && isJoined(sheet, one.end, next.from))
      one.shared = next.units.length > 0 ? next.units : next.shared;
  }
  for (const [at, one] of found.entries()) {
    const before = found[at - 1];
    if (one.units.length + one.shared.length > 0) continue;
    one.units = unitsBefore(sheet, one.from, before?.end ?? 0);
    if (one.units.length === 0 && before && isJoined(sheet, before.end, one.from))
      one.shared = [...before.units, ...before.shared].filter((unit) => isTime([unit]));
  }
};

/** "2 kg 300 g", "5 ft 2 in": one amount told in two units. */
export const putTogether = (sheet: Sheet, found: readonly Placed[]): Placed[] => {
  const out: Placed[] = [];
  for (const one of found) {
    const before = out.at(-1);
    const [unit, greater] = [one.units[0], before?.units[0]];
    const [last, first] = [one.readings[0], before?.readings[0]];
    const ands = before && sheet.words.ands.has(tokenAt(sheet, before.end)?.fold ?? "") ? 1 : 0;
    const aged = isTime([unit ?? ""]) && !(unit === "day" && greater === "week");
    const rest =
      !aged && unit !== undefined && greater !== undefined && unit !== greater && first
        ? inUnit(first.value, greater, unit)
        : undefined;
    if (!before || !last || !first || rest === undefined || unit === undefined) out.push(one);
    else if (before.end + ands !== one.from || tokenAt(sheet, one.from)?.stop || rest <= last.value)
      out.push(one);
    else
      out[out.length - 1] = {
        ...one,
        from: before.from,
        readings: [{ value: rest + last.value, decimals: last.decimals }],
        apart: [before, one],
      };
  }
  return out;
};
