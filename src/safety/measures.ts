import { foldWord } from "../language/normalise.ts";

/** Words for what a drug is counted in; units that feed has too are concepts of the lexicon. */
const COUNTED = new Set(
  [
    "tablet tablets capsule capsules pill pills drop drops teaspoon teaspoons tablespoon tablespoons tsp tbsp spoon spoons spoonful spoonfuls sachet sachets ampoule ampoules vial vials dropper droppers capful capfuls bolus",
    "tablette tabletten kapsel kapseln pille pillen tropfen teeloffel essloffel ampulle ampullen beutel messloffel",
    "comprime comprimes gelule gelules cachet cachets pilule pilules goutte gouttes cuillere cuilleres cuilleree cuillerees sachet sachets ampoule ampoules",
    "tableta tabletas pastilla pastillas capsula capsulas comprimido comprimidos gota gotas cucharada cucharadas cucharadita cucharaditas cuchara cucharas sobre sobres ampolla ampollas",
    "gotinha gotinhas colher colheres envelope envelopes ampola ampolas",
    "compressa compresse pastiglia pastiglie pillola pillole capsule goccia gocce cucchiaio cucchiai cucchiaino cucchiaini bustina bustine fiala fiale",
    "tabletten druppel druppels pil theelepel theelepels eetlepel eetlepels lepel lepels zakje zakjes ampul ampullen",
    "tabletka tabletki tabletek tabletke kapsulka kapsulki kapsulek kropla krople kropli lyzka lyzki lyzek lyzeczka lyzeczki lyzeczek saszetka saszetki saszetek ampulka ampulki",
    "tablet hap kapsul damla kasik olcek ampul saset",
    "kaplet tetes sendok sachet pil kapsul",
    "vien giot muong thia ong goi",
    "قرص اقراص حبه حبوب حبات كبسوله كبسولات قطره قطرات ملعقه ملاعق امبول كيس",
    "गोली गोलियां टैबलेट कैप्सूल बूंद बूंद बूंदें चम्मच पुड़िया",
    "iu ui ie jm mcg μg ug microgram micrograms microgramme mikrogramm mikrogram microgrammi microgramos cc ccm cm3",
  ]
    .join(" ")
    .split(" ")
    .map(foldWord),
);
/** A dual is a number and its unit in one word. */
const DUALS = new Set(["قرصين", "حبتين", "ملعقتين", "قطرتين", "كبسولتين"].map(foldWord));
const UNSPACED = [
  "เม็ด",
  "แคปซูล",
  "หยด",
  "ช้อน",
  "ซอง",
  "หลอด",
  "ไอยู",
  "หน่วยสากล",
  "錠",
  "滴",
  "カプセル",
  "粒",
  "さじ",
  "単位",
  "国際単位",
  "片",
  "勺",
  "单位",
  "國際單位",
  "国际单位",
  "支",
  "瓶",
  "包",
];

export const isCounted = (fold: string): boolean => COUNTED.has(fold);
export const isDualMeasure = (fold: string): boolean => DUALS.has(fold);
/** What stands after a number in a script without spaces. */
export const beginsCounted = (rest: string): boolean => UNSPACED.some((unit) => rest.startsWith(unit));
