/**
 * Endings by which substances are named the world over (INN stems), as they are spelt in the languages of the
 * product, and beginnings of the words for medicines inside longer words (Arzneimittelgabe). Each is long enough not to stand in an ordinary word: "silindir" (cylinder),
 * "sulfate" and "シリンジ" (syringe) are none.
 */
const LATIN = [
  "antibioti",
  "antybioty",
  "medikament",
  "arzneimittel",
  "geneesmiddel",
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
const SCRIPTS = [
  "ميسين",
  "مايسين",
  "[اأإ]?م[يو]?[كس]سيل+ين",
  "سيكلين",
  "فلوكساسين",
  "بندازول",
  "نيدازول",
  "سلفا(?:د|م|ك)",
  "माइसिन",
  "मायसिन",
  "सिलिन",
  "साइक्लिन",
  "फ्लॉ?ो?क्सासिन",
  "बेंडाजोल",
  "マイシン",
  "シリン(?![ジダド])",
  "サイクリン",
  "フロキサシン",
  "ダゾール",
  "スルファ[^ー]",
  "[霉黴]素",
  "沙星",
  "西林",
  "[环環]素",
  "磺胺",
  "硝唑",
  "头孢",
  "頭孢",
  "มัยซิน",
  "มายซิน",
  "ไซคลิน",
  "ซิลลิน",
  "ซาซิน",
  "ดาโซล",
  "ซัลฟา(?!ต|เต)",
];

const LATIN_NAMES = new RegExp(LATIN.join("|"));
const OTHER_NAMES = new RegExp(SCRIPTS.join("|"), "u");
const MARKS = /[\u0300-\u036f]/g;
const BEYOND_LATIN = /[\u0600-\uffff]/;

/** True when a text names a drug by the look of its name, in whatever language. */
export const namesDrug = (text: string): boolean => {
  const beyond = BEYOND_LATIN.test(text);
  if (beyond && OTHER_NAMES.test(text)) return true;
  const folded = text.toLowerCase().normalize("NFD");
  return LATIN_NAMES.test(beyond ? folded : folded.replace(MARKS, ""));
};

const VACCINES = /impfstoff|va[ck][cks]in|vacun/;

/** True when a vaccine is named inside a longer word. */
export const namesVaccine = (text: string): boolean => VACCINES.test(text.toLowerCase());
