const LINES = [
  "Ross 308",
  "Ross 708",
  "Cobb 500",
  "Arbor Acres Plus",
  "ross",
  "cobb",
  "Aviagen Ross 308",
  "ROSS 308",
];
const WORDINGS = [
  (line: string, day: number) => `Weight of a ${line} at ${day} days?`,
  (line: string, day: number) => `how much should a ${line} male weigh on day ${day}`,
  (line: string, day: number) => `${line} females day ${day} FCR please`,
  (line: string, day: number) => `cumulative feed ${line} ${day}d in kg`,
  (line: string, day: number) => `daily gain of ${line} at ${day} days of age`,
  (line: string, day: number) => `Quel poids pour un ${line} à ${day} jours ?`,
  (line: string, day: number) => `indice de consommation ${line} mâles j${day}`,
  (line: string, day: number) => `Gewicht ${line} am Tag ${day}?`,
  (line: string, day: number) => `Futterverzehr ${line} Hennen Tag ${day} in g`,
  (line: string, day: number) => `¿Cuánto pesa un ${line} a los ${day} días?`,
  (line: string, day: number) => `peso ${line} macho ${day} dias`,
  (line: string, day: number) => `${day} günlük ${line} kaç gram olmalı`,
  (line: string, day: number) => `berat badan ${line} umur ${day} hari`,
  (line: string, day: number) => `वजन ${line} ${day} दिन`,
  (line: string, day: number) => `وزن ${line} عمر ${day} يوم`,
  (line: string, day: number) => `${line} ${day}日齢の体重は？`,
  (line: string, day: number) => `${line} ${day}日龄体重是多少`,
  (line: string, day: number) => `น้ำหนัก ${line} อายุ ${day} วัน`,
  (line: string, day: number) => `ile waży ${line} w ${day} dniu`,
  (line: string, day: number) => `cân nặng ${line} ${day} ngày tuổi`,
];
const POLITE = ["", "please: ", "hi, ", "quick one: ", "for the report: ", "hello! ", "ok ", "and now "];
const DAYS = 56;

/** Number of questions before one comes again. */
const DISTINCT = LINES.length * WORDINGS.length * POLITE.length * DAYS;
/** Prime to DISTINCT, so that neighbours differ in everything. */
const STRIDE = 9973;

/** Question number `n` in many languages; the first DISTINCT of them all differ. */
export const benchQuestion = (n: number): string => {
  let at = (n * STRIDE) % DISTINCT;
  const take = (size: number): number => {
    const index = at % size;
    at = Math.floor(at / size);
    return index;
  };
  const line = LINES[take(LINES.length)] ?? "";
  const wording = WORDINGS[take(WORDINGS.length)];
  const polite = POLITE[take(POLITE.length)] ?? "";
  return polite + (wording?.(line, 1 + take(DAYS)) ?? "");
};
