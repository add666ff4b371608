import { OTHER_BONES, SCRIPTS } from "./drug-scripts.ts";
import { latinBones, latinSounds, otherBones } from "./letters.ts";

/**
 * Endings by which substances are named the world over (INN stems), as they are spelt in the languages of the
 * product, and beginnings of the words for medicines inside longer words (Arzneimittelgabe). Each is long enough not to
 * stand in an ordinary word: "silindir" (cylinder), "sulfate" and "シリンジ" (syringe) are none.
 */
const LATIN = [
  "antibioti",
  "antybioty",
  "medikament",
  "arzneimittel",
  "geneesmiddel",
  "wurmmittel",
  "wormmiddel",
  "ontworm",
  "[a-z]{3}my[ck](?:in|yn)",
  "[a-z]{3}mi[cz]in[aeo]?\\b",
  "[a-z]{2}[aeo]misin",
  "[a-z]{2}[cs]il+in[ae]?\\b",
  "[a-z]{2}cylin",
  "[a-z]{2}isilin",
  "isylin",
  "flo(?:x|ks)a[cs]",
  "[a-z]{2}[cks][yi][ck]lin[aei]?\\b",
  "siklin",
  "cyklin",
  "[a-z]{2}benda[zs]o",
  "[a-z]{2}nid[ai][zs]o",
  "sul(?:f|ph)a(?:d|m|q|ki|qu|ch|cl|cetil|g)",
  "nitrofura",
  "fenicol",
  "fenikol",
  "phenicol",
  "[a-z]{2}profen",
  "coxib",
  "vermec?tin",
  "wermektyn",
];

/** The same for what kills parasites and pain, in the sounds of any Latin spelling. */
const SOUNDS = [
  // pyrethroids
  "(?:[ae]m|perm|tetram|flum|piret|pinam)[ei]?tri[nm]",
  "(?:feno?|alo|ale|flu|nofeno)tri[nm]",
  "val(?:era|ina)t[eo]?\\b",
  "bifentri",
  "alotrin",
  "piretr[io]",
  "pir[ei]troid",
  // macrocyclic lactones, anthelmintics, coccidiostats
  "(?:me[ks]?|ksidek?)kti[nm]",
  "(?:l[ei]va|tetra)mi[ks]?sol",
  "pipera[sk]i",
  "(?:kui?|mor|pir|klos|feb)antel",
  "fendasol",
  "mulin[aei]?\\b",
  "robenidi",
  "lasalo[sk]id",
  "narasin",
  "asuril",
  "amprol",
  // organophosphates, carbamates and other acaricides
  "diklor?[vf]o[sk]",
  "(?:meti|teme|nami|pe?tam)fos",
  "(?:itro|fen)tion\\b",
  "metomil",
  "nitenpiram",
  "pirifos",
  "ko?umafos",
  "ametoksam",
  "trik?lorfon",
  "malati?on",
  "diasinon",
  "foksim",
  "karbar[iu]l",
  "propoksur",
  "amitra[sk]",
  "kloprid",
  "fi[pb]ron[iae]l",
  "spinosad",
  "[a-z]{3}laner\\b",
  "siromasin|kiromasin",
  "diflubensuron",
  "dimetoat",
  // against bacteria and pain
  "mi[ks]osin",
  "[sk]e[fv]kuinom",
  "nensin",
  "(?:kef|sef)(?:alek|tio|kin|ur|tri|ale)",
  "sali[sk]il",
  "met[oa]prim",
  "para[sk]+etamol",
  "a[sk]etaminofen",
  "aspirin",
  "diklofena",
  "ibuprof",
  "oksikam",
  "metami[sk]ol",
  "dipiron",
  "analgin",
  "novalgin",
  "naproksen",
  "indometa",
  "ameta[sk]on",
  "pred?nisolon",
  "nimesulid",
  "fluniksin",
  "fenami[sk]",
  "tramadol",
  "fentanil",
  "kodein",
  // trade names that the whole world knows
  "frontlin",
  "ivome[ks]",
  "ivermek",
  "baitril",
  "eksolt",
  "neguvon",
  "panadol",
  "tilenol",
];

/** Consonants of the names that farmers misspell: "ivermecitn", "deltametherin", "fipronel". */
const BONES = [
  "vrmktn",
  "dltmtrn",
  "kprmtrn",
  "sprmtrn",
  "prmtrn",
  "fprnl",
  "dklrvs",
  "krbrl",
  "lvmsl",
  "pprsn",
  "prktml",
  "prstml",
  "dklfnk",
  "nrflkskn",
  "nrflkssn",
  "tltrsrl",
  "mkskln",
  "mksln",
  "dkskln",
  "kstrtrkln",
  "kstrtrsklin",
];
/** So many letters of grammar may follow a name. */
const ENDING = 2;

const LATIN_NAMES = new RegExp(LATIN.join("|"));
const SOUND_NAMES = new RegExp(SOUNDS.join("|"));
const BONE_NAMES = new RegExp(`(?<![a-z])(?:${BONES.join("|")})[a-z]{0,${ENDING}}(?![a-z])`);
const OTHER_NAMES = new RegExp(SCRIPTS.join("|"), "u");
const OTHER_BONE_NAMES = new RegExp(OTHER_BONES.join("|"), "u");
const MARKS = /[\u0300-\u036f]/g;
const BEYOND_LATIN = /[\u0600-\uffff]/;
const LETTERS = /[a-z]/i;

/** True when a text names a drug by the look of its name, in whatever language and spelling. */
export const namesDrug = (text: string): boolean => {
  const beyond = BEYOND_LATIN.test(text);
  if (beyond && (OTHER_NAMES.test(text) || OTHER_BONE_NAMES.test(otherBones(text)))) return true;
  if (!LETTERS.test(text)) return false;
  const folded = text.toLowerCase().normalize("NFD");
  if (LATIN_NAMES.test(beyond ? folded : folded.replace(MARKS, ""))) return true;
  const sounds = latinSounds(text);
  return SOUND_NAMES.test(sounds) || BONE_NAMES.test(latinBones(sounds));
};

const VACCINES = /impfstoff|va[ck][cks]in|vacun/;

/** True when a vaccine is named inside a longer word. */
export const namesVaccine = (text: string): boolean => VACCINES.test(text.toLowerCase());
