import type { Lang } from "../core/types.ts";
import { namesDrug, namesVaccine } from "./drug-names.ts";
import { namesRemedy, tellsSmallMeasure, tellsVessel } from "./kitchen.ts";
import { beginsCounted, isCounted, isDualMeasure } from "./measures.ts";
import type { Piece } from "./pieces.ts";
import { DRUGS } from "./substances.ts";

/** What one sentence of an answer says, as far as the gate asks. */
export interface Facts {
  /** It has one of these concepts. */
  has(...ids: string[]): boolean;
  /** A clause of it has a concept of each list and no negation. */
  claims(...lists: (readonly string[])[]): boolean;
  /** Something is hidden or not told, and no word forbids that. */
  hides: boolean;
  /** More than the dose is told of, and no negation stands before it: "double it if they do not recover". */
  overdoses: boolean;
  /** A clause of it has a concept of each list. */
  together(...lists: (readonly string[])[]): boolean;
  kinds: ReadonlySet<string>;
  /** A drug, vaccine or other medicine is named. */
  medicine: boolean;
  /** One that is no vaccine. */
  drug: boolean;
  /** A number in mg, ml, IU, tablets, drops, spoons. */
  fine: boolean;
  /** Such a number, or grams, for a unit of weight or water: mg/kg, ml/l. */
  ratio: boolean;
  grams: boolean;
  /** Drops, spoons, pinches or capfuls, with or without a number. */
  small: boolean;
  /** A bottle or a packet of something. */
  vessel: boolean;
  /** A chemical, or a remedy of the kitchen. */
  remedy: boolean;
  /** A few words that tell little but an amount: what they are an amount of stands before. */
  fragment: boolean;
  /** Its last word is a number, whose unit may stand in the next sentence. */
  endsInNumber: boolean;
  /** A number of percent or ppm. */
  share: boolean;
  /** A number of days, hours or weeks. */
  time: boolean;
}

const MEDICINE = new Set([...DRUGS, "vaccine", "vaccinate", "injection", "eye_drop", "disinfecting_spray"]);
const DRUG = new Set(DRUGS);
const FINE = new Set(["milligram", "millilitre"]);
const GRAMS = new Set(["gram", "ounce"]);
const SHARES = new Set(["percent", "ppm"]);
const TIMES = new Set(["day", "week", "hour"]);
const WHOLES = new Set(["litre", "kilogram", "gallon", "tonne", "pound"]);
const WATERS = new Set(["litre", "gallon"]);
/** So many pieces apart a measure and its whole still belong together: "10 mg of it per kg", "in each litre put 5 ml". */
const APART = 6;

const FRAGMENT = 7;

/** Negation by endings and signs, which the lexicon cannot list for every verb. */
const ENDINGS: Partial<Record<Lang, RegExp>> = {
  tr: /m[ae](?:yin|yiniz|yacak|yecek|yan|yen|z|zsa|mal[iı]\w*|mel[iı]\w*)$/u,
};
const SIGNS: Partial<Record<Lang, RegExp>> = {
  ja: /な[いくけ]|せん|禁じ|禁止で|ず|だめ/u,
  th: /ไม่|ห้าม|อย่า|งด/u,
  zh: /不|勿|别|別|禁|莫|停止/u,
  hi: /नहीं|रोक|(?:^|\s)(?:न|ना|मत)(?:\s|$)/u,
};
/** Languages in which the negation of a verb stands after what it is about. */
const VERB_LAST: ReadonlySet<Lang> = new Set(["hi", "ja", "tr"]);
const NEGATIONS = new Set(["not", "forbid", "without", "stop"]);

/** A stretch between commas. */
interface Clause {
  ids: Set<string>;
  negated: boolean;
  /** By a word of its own; "not to tell" has its negation in it. */
  denied: boolean;
  text: string;
  /** It says what is done, so that a list may go on from it: "do not treat, sell or slaughter". */
  acts: boolean;
}

const ACTS = new Set(["action", "treat", "metric"]);
/** A clause that says so begins anew after a negated one: "do not worry, you can sell". */
const ANEW = ["possible", "allow", "unneeded"];

/** Endings and signs of each clause, and negations that a list goes on from. */
const markNegated = (clauses: readonly Clause[], signs: RegExp | undefined): void => {
  for (const [at, clause] of clauses.entries()) {
    if (signs?.test(clause.text)) clause.negated = true;
    const before = clauses[at - 1];
    if (before?.negated && before.acts && !ANEW.some((id) => clause.ids.has(id))) clause.negated = true;
  }
};

/** `counted`: a number stands right before the sentence. */
export const factsOf = (pieces: readonly Piece[], sentence: string, lang: Lang, counted = false): Facts => {
  const ids = new Set<string>();
  const kinds = new Set<string>();
  const clauses: Clause[] = [];
  let clause: Clause | undefined;
  const ending = ENDINGS[lang];
  const is = (piece: Piece | undefined, set: ReadonlySet<string>): boolean =>
    piece !== undefined && piece.ids.some((id) => set.has(id));
  let overdoses = false;
  const measured = { fine: false, ratio: false, grams: false, share: false, time: false };
  const near = (at: number, set: ReadonlySet<string>): boolean => {
    for (let other = Math.max(0, at - APART); other <= at + APART; other += 1)
      if (other !== at && is(pieces[other], set)) return true;
    return false;
  };
  for (const [at, piece] of pieces.entries()) {
    if (!clause || piece.startsClause)
      clauses.push((clause = { ids: new Set(), negated: false, denied: false, text: "", acts: false }));
    clause.text += piece.text;
    for (const [which, id] of piece.ids.entries()) {
      // a bare "no" says that nothing is so; "no need" and the like are phrases
      const meant = id === "no_answer" && piece.isPhrase ? "unneeded" : id;
      ids.add(meant);
      if (id === "overdose" && !clause.negated) overdoses = true;
      clause.ids.add(meant);
      if (NEGATIONS.has(id) || (id === "no_answer" && !piece.isPhrase)) clause.negated = clause.denied = true;
      if (ACTS.has(piece.kinds[which] ?? "") || ACTS.has(id)) clause.acts = true;
    }
    for (const kind of piece.kinds) kinds.add(kind);
    if (ending?.test(piece.fold)) clause.negated = clause.denied = true;
    const dual = isDualMeasure(piece.fold);
    const begun = counted && at === 0 && !piece.isNumber;
    if (!piece.isNumber && !dual && !begun) continue;
    const unit = begun ? piece : pieces[at + 1];
    const fine =
      dual || is(unit, FINE) || (unit !== undefined && (isCounted(unit.fold) || beginsCounted(unit.rest)));
    const grams = is(unit, GRAMS);
    measured.fine ||= fine;
    measured.grams ||= grams;
    measured.ratio ||= (fine && near(at + 1, WHOLES)) || (grams && near(at + 1, WATERS));
    measured.share ||= is(unit, SHARES);
    measured.time ||= is(unit, TIMES);
  }
  markNegated(clauses, SIGNS[lang]);
  // "give twice the dose"; a double needle is none
  overdoses ||= clauses.some(({ ids: own, negated }) => !negated && own.has("twofold") && own.has("dose"));
  const named = namesDrug(sentence);
  const all = Array.from(ids);
  const inEach = (one: Clause, lists: readonly (readonly string[])[]): boolean =>
    lists.every((list) => list.some((id) => one.ids.has(id)));
  return {
    ...measured,
    small: tellsSmallMeasure(sentence),
    vessel: tellsVessel(sentence),
    remedy: kinds.has("chemical") || namesRemedy(sentence),
    fragment: pieces.length <= FRAGMENT,
    endsInNumber: pieces.at(-1)?.isNumber ?? false,
    kinds,
    overdoses:
      overdoses && (!VERB_LAST.has(lang) || clauses.some((one) => one.ids.has("overdose") && !one.negated)),
    hides: clauses.some((one) => one.ids.has("hide") && !one.denied),
    has: (...wanted) => wanted.some((id) => ids.has(id)),
    claims: (...lists) => clauses.some((one) => !one.negated && inEach(one, lists)),
    together: (...lists) => clauses.some((one) => inEach(one, lists)),
    medicine: named || namesVaccine(sentence) || all.some((id) => MEDICINE.has(id)),
    drug: named || all.some((id) => DRUG.has(id)),
  };
};
