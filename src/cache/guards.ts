import type { Concept } from "../language/lexicon.ts";
import type { Meaning } from "./meaning.ts";
import { nameOf } from "./meaning.ts";
import { overlap } from "./similarity.ts";

/** Why two questions must not share an answer; undefined when nothing speaks against it. */
export type Guard = (a: Meaning, b: Meaning) => string | undefined;

const only = (a: Meaning, b: Meaning): string[] => [...a.concepts.keys()].filter((id) => !b.concepts.has(id));

const equal = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((one, at) => one === b[at]);

/** Numbers with their units must be the same: another age, temperature or flock is another question. */
const numbers: Guard = (a, b) => (equal(a.numbers, b.numbers) ? undefined : "numbers");

const breeds: Guard = (a, b) => (equal(a.breeds, b.breeds) ? undefined : "breed");

/** Kinds that name the very subject: one that only one of the two names makes another question. */
const HARD = new Set("disease parasite drug chemical nutrient species sex market negation metric".split(" "));
/** Of those kinds, words that name nothing in particular. */
const SOFT = new Set([
  "disease",
  "drug",
  "vitamin",
  "mineral",
  "electrolyte",
  "vaccine",
  "antibiotic",
  "withdrawal",
]);
const HARD_IDS = new Set(
  "summer winter spring autumn rainy_season dry_season night forbid organic conventional wild_bird compare difference better worse without before after end last_time next_time".split(
    " ",
  ),
);
/** Words of direction and bounds: one that only one side has may stand unread on the other. */
const DIRECTED = new Set("minimum maximum increase decrease more_than less_than start".split(" "));

const subjects: Guard = (a, b) => {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const)
    for (const id of only(one, other)) {
      const kind = one.concepts.get(id) ?? "";
      if ((HARD.has(kind) && !SOFT.has(id)) || HARD_IDS.has(id)) return `only one: ${id}`;
      if (id === "with" && a.lang === b.lang) return "only one: with";
      if (DIRECTED.has(id) && other.unread.length > 0) return `only one: ${id}`;
    }
  return undefined;
};

/** "Raise" and "lower", "mash" and "pellets", "before" and "after": each names the other's opposite. */
const opposites =
  (concepts: Readonly<Record<string, Concept>>): Guard =>
  (a, b) => {
    for (const id of only(a, b)) {
      const antonym = concepts[id]?.antonym;
      if (antonym !== undefined && b.concepts.has(nameOf(antonym)) && !a.concepts.has(nameOf(antonym)))
        return `opposites: ${id}`;
    }
    return undefined;
  };

/** Kinds of things: each side naming one that the other does not name makes them different questions. */
const THINGS = new Set(
  "climate equipment housing phase part feed event management nutrient drug comparison time_relation metric thing".split(
    " ",
  ),
);
/** Of these only one of the same kind takes another's place: words for the birds are used loosely. */
const LOOSE = new Set("product animal".split(" "));
/** How much, which way, where and when: each side with a word of its own may say the opposite of the other. */
const CONTRASTS = new Set(
  "qualifier comparison measure place state time quality time_relation negation".split(" "),
);

/** "Nipples" here and "bells" there, eggs here and meat there: something was put in the place of something else. */
const swaps: Guard = (a, b) => {
  const ours = only(a, b).map((id) => a.concepts.get(id) ?? "");
  const other = only(b, a).find((id) => {
    const kind = b.concepts.get(id) ?? "";
    if (CONTRASTS.has(kind)) return ours.some((one) => CONTRASTS.has(one));
    if (LOOSE.has(kind)) return ours.includes(kind) || (id === "egg" && a.concepts.has("meat"));
    return THINGS.has(kind) && ours.some((one) => THINGS.has(one) || one === "animal");
  });
  return other === undefined ? undefined : `swapped: ${other}`;
};

/** What is asked of a subject; those of one row may stand for each other. */
const VIEWS: Readonly<Record<string, readonly string[]>> = {
  cause: ["why", "who_is_it", "reason_for"],
  treat: ["treat", "control", "stop"],
  prevent: ["prevent", "control", "protect", "avoid"],
  transmit: ["transmit"],
  symptom: ["symptom", "form_shape", "look_see"],
  effect: ["affect"],
  rules: ["forbid"],
};
const viewsOf = ({ concepts }: Meaning): string[] =>
  Object.entries(VIEWS)
    .filter(([, ids]) => ids.some((id) => concepts.has(id)))
    .map(([view]) => view);
/** Asked in so many words, or not at all. */
const PLAIN = new Set(["cause", "effect", "rules"]);
const AILMENTS = new Set(["disease", "parasite"]);
const isOfAilment = ({ concepts }: Meaning): boolean =>
  [...concepts.values()].some((kind) => AILMENTS.has(kind));

/** Cause, treatment, prevention, signs and spread of one thing are five questions; of a disease none is taken for granted. */
const views: Guard = (a, b) => {
  const ours = viewsOf(a);
  const theirs = viewsOf(b);
  if (ours.some((view) => theirs.includes(view))) return undefined;
  if (ours.length === 0 && theirs.length === 0)
    return isOfAilment(a) && a.amounts.length === 0 ? "asks: not read" : undefined;
  const open = ours.length === 0 || theirs.length === 0;
  const taken = [...ours, ...theirs].every((view) => !PLAIN.has(view));
  if (open && taken && !isOfAilment(a)) return undefined;
  return `asks: ${ours.join("+")} / ${theirs.join("+")}`;
};

/** "How many days" is not "what per cent", and neither is "what happens then". */
const amounts: Guard = (a, b) => {
  if ((a.amounts.length === 0) !== (b.amounts.length === 0)) return "an amount is asked for";
  const named = [a, b].map((one) => one.amounts.filter((measure) => measure !== "some"));
  const [ours = [], theirs = []] = named;
  if (ours.length === 0 || theirs.length === 0) return undefined;
  return ours.some((measure) => theirs.includes(measure)) ? undefined : "another amount";
};

/** The birds that a question is about; a word for them on one side alone is used loosely. */
const BIRDS = ["chick", "pullet", "broiler", "layer", "parent_stock"];
const birds: Guard = (a, b) => {
  const [ours = [], theirs = []] = [a, b].map(({ concepts }) => BIRDS.filter((id) => concepts.has(id)));
  if (ours.length === 0 || theirs.length === 0) return undefined;
  return ours.some((id) => theirs.includes(id)) ? undefined : "other birds";
};

/** An amount holds for all that is named with it: one thing more is another amount. */
const conditions: Guard = (a, b) => {
  if (a.amounts.length === 0) return undefined;
  const more = [...only(a, b).map((id) => [a, id] as const), ...only(b, a).map((id) => [b, id] as const)];
  const thing = more.find(([one, id]) => DIRECTED.has(id) || CONDITIONS.has(one.concepts.get(id) ?? ""));
  return thing && `amount of: ${thing[1]}`;
};
const CONDITIONS = new Set("part equipment management nutrient event drug sign phase".split(" "));

/** Kinds whose words can change places: "from chicks to hens", "a fan before a pad". */
const MOVABLE = new Set([...THINGS, ...LOOSE, ...CONTRASTS, "unit", ""]);

/** What is said on both sides stands in the same order on both: "from A to B" is not "from B to A". */
const order: Guard = (a, b) => {
  const shared = (one: Meaning, other: Meaning): string[] =>
    [...new Set(one.order)].filter(
      (said) =>
        other.order.includes(said) &&
        MOVABLE.has(one.concepts.get(said) ?? "") &&
        other.concepts.get(said) === one.concepts.get(said),
    );
  const kinds = (list: string[], one: Meaning): string[] =>
    list.map(
      (said) => `${one.lang === b.lang && a.lang === b.lang ? "" : (one.concepts.get(said) ?? "")}:${said}`,
    );
  const ours = kinds(shared(a, b), a);
  const theirs = kinds(shared(b, a), b);
  if (a.lang !== b.lang) return sameByKind(ours, theirs) ? undefined : "order";
  // in one language the same words in another order are another question
  const sameBag = equal([...new Set(a.order)].sort(), [...new Set(b.order)].sort());
  return sameBag && !equal(ours, theirs) ? "order" : undefined;
};

/** Languages put verbs and objects differently, but not two things of a kind ("AからBへ", "from A to B"). */
const sameByKind = (ours: readonly string[], theirs: readonly string[]): boolean => {
  const of = (list: readonly string[], kind: string): string[] =>
    list.filter((said) => said.startsWith(`${kind}:`));
  const kinds = new Set(ours.map((said) => said.slice(0, said.indexOf(":"))));
  return [...kinds].every((kind) => kind === "" || equal(of(ours, kind), of(theirs, kind)));
};

/** A word nobody knows may be what was changed: in one language both must have it, across languages not both one. */
const unread: Guard = (a, b) => {
  const ours = a.unread.filter((word) => !b.unread.includes(word));
  const theirs = b.unread.filter((word) => !a.unread.includes(word));
  const apart = a.lang === b.lang ? ours.length + theirs.length > 0 : ours.length > 0 && theirs.length > 0;
  return apart ? "unread words" : undefined;
};

/** However near the passages: less than this in common and they speak of different things. */
const LEAST_SHARED = 0.45;
const LEAST_SAID = 1.3;
const tooLittle: Guard = (a, b) => {
  const { share, said } = overlap(a, b);
  return share < LEAST_SHARED || said < LEAST_SAID ? "too little in common" : undefined;
};

export const guardsOf = (concepts: Readonly<Record<string, Concept>>): Guard => {
  const all = [
    numbers,
    breeds,
    subjects,
    opposites(concepts),
    swaps,
    views,
    amounts,
    conditions,
    birds,
    order,
    unread,
    tooLittle,
  ];
  return (a, b) => {
    for (const guard of all) {
      const why = guard(a, b);
      if (why !== undefined) return why;
    }
    return undefined;
  };
};
