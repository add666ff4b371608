import type { LineEntry } from "../language/lexicon.ts";
import { bareAge, draftOf, productOf, type Draft } from "./frame.ts";
import { modified } from "./metric.ts";
import type { Parsed } from "./parse.ts";
import type { Age } from "./ages.ts";
import { blocksFollowUp } from "./relevance.ts";

type Lines = Readonly<Record<string, LineEntry>>;

const hasSlot = (parsed: Parsed): boolean =>
  parsed.lines.length > 0 ||
  parsed.choices.length > 0 ||
  parsed.metric !== undefined ||
  parsed.ages.length > 0 ||
  parsed.bare.length > 0 ||
  parsed.sex !== undefined ||
  parsed.henWord ||
  parsed.housing !== undefined ||
  parsed.rearing_house !== undefined ||
  parsed.phase !== undefined ||
  parsed.market !== undefined ||
  parsed.unit !== undefined ||
  parsed.mass !== undefined ||
  parsed.percent !== undefined ||
  parsed.birds !== undefined ||
  ["total", "daily", "average", "until"].some((id) => parsed.concepts.has(id));

const begins = (parsed: Parsed): boolean =>
  ["and_then", "same", "instead", "in_unit"].some((id) => parsed.concepts.has(id));

/** Says everything a number question needs, so that nothing is taken from an earlier one. */
const standsAlone = (parsed: Parsed): boolean =>
  (parsed.lines.length > 0 || parsed.choices.length > 0) &&
  (parsed.metric !== undefined || parsed.backwards || parsed.unit === "kg" || parsed.unit === "lb") &&
  (parsed.ages.length > 0 || parsed.backwards || parsed.bare.length > 0 || !begins(parsed));

/** In scripts without spaces a run of unknown signs counts as one word, however long it is. */
const WITHOUT_SPACES: ReadonlySet<string> = new Set(["ja", "th", "zh"]);
const MOST_UNREAD_SIGNS = 5;

/** True for a text that only changes something of the question before ("and the females?", "28"). */
export const isFollowUp = (parsed: Parsed): boolean => {
  if (parsed.blockers.some(blocksFollowUp) || parsed.about.length > 0 || parsed.otherSpecies) return false;
  if (!hasSlot(parsed) || standsAlone(parsed)) return false;
  if (WITHOUT_SPACES.has(parsed.lang) && parsed.unreadLength > MOST_UNREAD_SIGNS) return false;
  return parsed.unread <= (begins(parsed) ? 2 : 1);
};

/** An ellipsis on its own: it cannot be answered without the question before it. */
export const isFragment = (parsed: Parsed): boolean =>
  isFollowUp(parsed) &&
  parsed.metric === undefined &&
  parsed.lines.length === 0 &&
  parsed.choices.length === 0;

/** The age that a follow-up names: its own, one so many days after the last, or a number on its own. */
const agesAfter = (parsed: Parsed, own: Draft, before: Draft, product: Draft["product"]): Age[] => {
  const last = before.ages.at(-1);
  const [only] = parsed.bare;
  if (own.ages.length === 1 && own.ages[0] && last && parsed.concepts.has("after")) {
    // "a week later, at 28": the age itself is named too
    if (only !== undefined) return bareAge(only, product);
    return [{ days: last.days + own.ages[0].days, unit: "day", amount: last.days + own.ages[0].days }];
  }
  if (own.ages.length === 2 && parsed.concepts.has("after")) return own.ages.slice(1);
  if (own.ages.length > 0) return own.ages;
  return only === undefined ? [] : bareAge(only, product, last?.unit === "week");
};

/** "And the 708?": a number that is a strain of the brand asked about. */
const strainOf = (parsed: Parsed, before: Draft, lines: Lines): string | undefined => {
  const brand = before.lines[0]?.replace(/_\d+$/, "");
  const number = parsed.birds ?? parsed.bare[0];
  return brand !== undefined && number !== undefined && lines[`${brand}_${number}`]
    ? `${brand}_${number}`
    : undefined;
};

/** The earlier question with what the new text changes in it. */
export const complete = (parsed: Parsed, before: Draft, lines: Lines): Draft => {
  const own = draftOf(parsed, lines);
  const strain = strainOf(parsed, before, lines);
  if (strain !== undefined) Object.assign(own, { lines: [strain], birds: undefined });
  const named = own.lines.length > 0 || own.choices.length > 0;
  const metric =
    parsed.metric ??
    (before.metric ? (modified(before.metric, parsed.concepts) ?? before.metric) : undefined);
  const changed = metric !== before.metric;
  const draft: Draft = {
    lines: named ? own.lines : before.lines,
    choices: named ? own.choices : before.choices,
    product: named ? own.product : (own.product ?? before.product),
    metric,
    ages: before.ages,
    span: before.span,
    pair: before.pair,
    sex: own.sex ?? before.sex,
    housing: own.housing ?? before.housing,
    rearing_house: own.rearing_house ?? before.rearing_house,
    phase: own.phase ?? (changed ? undefined : before.phase),
    market: own.market ?? (named ? undefined : before.market),
    unit: own.unit ?? (changed ? undefined : before.unit),
    mass: own.mass ?? (changed ? undefined : before.mass),
    percent: own.percent ?? (changed ? undefined : before.percent),
    massUnit: own.massUnit ?? before.massUnit,
    ratio: own.ratio,
    birds: own.birds ?? (changed ? undefined : before.birds),
    backwards: before.backwards && !changed,
    about: [],
  };
  const product = productOf(draft, lines);
  if (own.sex === undefined && parsed.henWord && product === "broiler") draft.sex = "female";
  const ages = agesAfter(parsed, own, before, product);
  if (ages.length > 0) {
    draft.ages = ages;
    draft.span = own.span;
    draft.pair = own.pair;
    draft.backwards = false;
  }
  if (parsed.backwards || (before.backwards && own.mass !== undefined)) draft.backwards = true;
  return draft;
};
