import type { Lang } from "../core/types.ts";
import type { Lexicon } from "../language/lexicon.ts";
import { factsOf, type Facts } from "./facts.ts";
import { piecesOf } from "./pieces.ts";
import { sentencesOf } from "./sentences.ts";
import { BANNED, DRUGS } from "./substances.ts";

export type Verdict = { ok: true } | { ok: false; rule: GateRule };
export type GateRule = "dose" | "withdrawal" | "human" | "banned" | "residues" | "authority";
export type Gate = (text: string, lang: Lang) => Verdict;

/** What the sentences before one have named: a dose may stand in the sentence after the drug. */
interface Before {
  medicine: boolean;
  /** A remedy or a chemical. */
  remedy: boolean;
  people: boolean;
}

/** Substances of feed and water, which specifications give in mg/kg and ppm. */
const SPECIFIED_KINDS = ["nutrient", "chemical"];
const SPECIFIED = [
  "mycotoxin",
  "premix",
  "enzyme",
  "probiotic",
  "grit",
  "oyster_shell",
  "toxin_binder",
  "chlorine",
  "acid",
];
const PEOPLE = ["human", "child"];
const DOING = ["give", "treat", "dose", "injection", "mix", "add"];
const GIVING = [...DOING, "allow", "possible"];
const TAKING = [...DOING, "allow", "feed_intake", "water_intake"];
const FOOD = ["egg", "meat", "bird", "hen", "broiler", "layer", "flock"];
const MARKET = ["sell", "slaughter"];
const LATER = ["after", "before", "until"];

/** What has its own amounts in kitchen and feed store and is no remedy. */
const FOODS = ["feed", "nutrient", "litter"];
const FOOD_WORDS = ["feed", "egg", "oyster_shell", "grit", "probiotic", "electrolyte"];

const GIVEN = ["give", "mix", "add", "water", "per_bird", "dose", "drinking_water_route"];

/** Drops, spoons and capfuls of a medicine or a remedy, or of what is not named at all; bottles of them for a tank. */
const isKitchenDose = (facts: Facts, before: Before): boolean => {
  const { small, vessel, medicine, remedy } = facts;
  if (!small && !vessel) return false;
  if (medicine || (remedy && small)) return true;
  if (before.medicine || (before.remedy && small)) return true;
  if (FOODS.some((kind) => facts.kinds.has(kind)) || facts.has(...FOOD_WORDS)) return false;
  return small && facts.has(...GIVEN);
};

/** An amount of a medicine, whether the sentence names it, names an illness, or follows one that did. */
const isDose = (facts: Facts, before: Before): boolean => {
  const { fine, ratio, grams, share, time } = facts;
  if (isKitchenDose(facts, before)) return true;
  if (fine && facts.fragment && before.medicine && !facts.has("water_intake", "feed_intake")) return true;
  // grams beside a vaccine are those of the milk powder in its water
  if ((facts.medicine && fine) || (facts.drug && grams)) return true;
  if (facts.drug && share && facts.has("feed", "water", "mix", "add", "ppm", "give")) return true;
  // "amoxicillin for 5 days"
  if (facts.drug && time && facts.claims(DOING) && !facts.has("withdrawal_period", ...LATER)) return true;
  if (facts.has(...SPECIFIED) || SPECIFIED_KINDS.some((kind) => facts.kinds.has(kind))) return false;
  const aboutIllness = facts.has("treat") || facts.kinds.has("disease") || facts.kinds.has("parasite");
  if (ratio && (aboutIllness || facts.has("dose", "overdose") || before.medicine)) return true;
  // in some languages "per litre of water" is a word for a dose
  if (grams && aboutIllness && facts.has("dose") && !facts.has("feed")) return true;
  if (fine && (facts.has("dose", "overdose") || (before.medicine && facts.has(...DOING, "per_bird"))))
    return true;
  return facts.overdoses && facts.has(...GIVING) && (facts.medicine || facts.has("dose") || before.medicine);
};

const isHumanAdvice = (facts: Facts, before: Before): boolean => {
  if (facts.has("doctor", "human_harm")) return false;
  const people = facts.has(...PEOPLE);
  if (people && facts.drug && (facts.claims(PEOPLE, TAKING) || facts.claims(PEOPLE, ["possible"], DRUGS)))
    return true;
  return (people || before.people) && facts.fine && !facts.has("vaccine");
};

/** Food of treated birds told as if it may be sold, or residues to be hidden. */
const isResidues = (facts: Facts): boolean => {
  const waits = facts.has("withdrawal_period");
  if ((facts.drug || waits || facts.has("residue")) && facts.hides) return true;
  if (facts.together(["withdrawal_period"], ["unneeded"]) || (waits && facts.claims(["skip"]))) return true;
  if (!facts.has(...FOOD) || !facts.claims(MARKET)) return false;
  if (facts.has("skip", "under_treatment")) return true;
  if (waits) return facts.has("during");
  // the last feed of broilers, which has no drugs in it
  if (facts.has("withdrawal_feed")) return false;
  return facts.drug || (facts.has("treat", "injection") && facts.has("egg", "meat"));
};

const judge = (facts: Facts, before: Before): GateRule | undefined => {
  if (isHumanAdvice(facts, before)) return "human";
  if (facts.claims(BANNED, GIVING)) return "banned";
  if (isDose(facts, before)) return "dose";
  // the German for it is also the time that a lorry waits
  if (facts.has("withdrawal_period") && facts.time && !facts.has("fasting", "transport", "catch"))
    return "withdrawal";
  if (isResidues(facts)) return "residues";
  if (facts.together(["authority"], ["unneeded"]) || (facts.has("authority") && facts.hides))
    return "authority";
  return undefined;
};

const OK: Verdict = { ok: true };

/**
 * Judges the text of an answer, whoever wrote it: a model, a cache or a document. What is doubtful does not pass.
 * A sentence is judged with what the two before it named, so a caller who streams passes those along with each new
 * one. Linear in the length of the text.
 */
export const gateFor = (lexicon: Lexicon): Gate => {
  return (text, lang) => {
    const named: Before[] = [];
    let counted = false;
    for (const sentence of sentencesOf(text)) {
      const facts = factsOf(piecesOf(sentence, lang, lexicon), sentence, lang, counted);
      counted = facts.endsInNumber;
      const recent = named.slice(-2);
      const rule = judge(facts, {
        medicine: recent.some(({ medicine }) => medicine),
        remedy: recent.some(({ remedy }) => remedy),
        people: recent.some(({ people }) => people),
      });
      if (rule) return { ok: false, rule };
      named.push({
        medicine: facts.medicine,
        remedy: facts.remedy,
        people: facts.has(...PEOPLE) && facts.drug,
      });
    }
    return OK;
  };
};
