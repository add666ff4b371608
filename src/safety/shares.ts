/** Words for a great share of a flock; they mean something only beside birds that are lost or dead. */
const LATIN = [
  // en de nl
  "half|most|nearly all|almost all|all(?: of)? (?:my|them|the|our)|a third|two thirds|whole|entire|quarter",
  "h[äa]lfte|halbe[nrs]?|die meisten|fast alle|alle|s[äa]mtliche|ein drittel|ein viertel|ganze[nrs]?",
  "de helft|halve|de meeste|bijna alle|allemaal|een derde|een kwart|hele",
  // fr es pt it
  "moiti[ée]|la plupart|presque tou(?:s|tes|t)|tou(?:s|tes|t)|un tiers|un quart|les deux tiers",
  "mitad|medio|media|la mayor[íi]a|casi tod[oa]s?|tod[oa]s?|un tercio|la tercera parte|un cuarto",
  "metade|meio|a maioria|quase tod[oa]s?|quase tudo|tudo|um ter[çc]o|um quarto",
  "met[àa]|mezzo|la maggior parte|quasi tutt[ieao]|tutt[ieao]|un terzo|un quarto",
  // pl tr id vi
  "po[łl]ow[ęaey]|p[óo][łl] (?:stada|kurnika)|wi[ęe]kszo[śs][ćc]|prawie wszystkie|wszystkie|jedn[aą] trzeci[aą]|ca[łl]e",
  "yar[ıi]s[ıi]\\p{L}*|[çc]o[ğg]u\\p{L}*|hepsi\\p{L}*|t[üu]m[üu]?\\p{L}*|[üu][çc]te bir\\p{L}*|neredeyse hepsi",
  "separuh|setengah|sebagian besar|hampir semua|semua\\p{L}*|sepertiga|seluruh",
  "n[ửu]a|ph[ầa]n l[ớo]n|g[ầa]n h[ếe]t|h[ầa]u h[ếe]t|t[ấa]t c[ảa]|m[ộo]t ph[ầa]n ba|c[ảa] [đd][àa]n",
];
const SCRIPTS =
  /نصف|نص (?:ال|قطيع)|معظم|أغلب|اغلب|كلها|كلهم|كل ال|جميع|ثلث|ربع|आध[ाीे]|ज़?्?यादातर|अधिकतर|अधिकांश|सब(?:की सब|के सब)?(?:\s|$)|सभी|सारी|सारे|तिहाई|पूरा|पूरी|ครึ่ง|ส่วนใหญ่|ส่วนมาก|ทั้งหมด|ทั้งฝูง|ทั้งเล้า|เกือบหมด|หนึ่งในสาม|半分|半数|大半|ほとんど|全部|全滅|全羽|みんな|三分の一|3分の1|一半|半数|大半|大部分|大多数|大多數|几乎全|幾乎全|全部|全都|全死|三分之一/u;
const WORDS = new RegExp(`(?<!\\p{L})(?:${LATIN.join("|")})(?!\\p{L})`, "iu");

/** "200 of 1000", "1000羽中200羽": what stands between a part and its whole. */
const OF = /(\d[\d.,\s]{0,9}\d|\d+)([^\d]{1,14}?)(\d[\d.,\s]{0,9}\d|\d+)/gu;
const LINK =
  /^\s*(?:(?:birds?|hens?|chickens?|H[üu]hner|poules|poulets|gallinas|pollos|galinhas|frangos|galline|polli|kippen|kur|kurcz\p{L}+|ekor|ayam|con|g[àa]|tavu\p{L}+|دجاجة|طير|मुर्गि\p{L}+|ตัว|只|隻|羽)\s*)?(?:out of|of|from|von|aus|sur|de|des|em|su|di|van(?: de)?|op(?: de)?|z|na|dari|tr[êe]n|trong|من(?: أصل)?|में से|จาก|ใน|の?うち|中|里|裡|dan|den|tan|ten|\/)\s*$/iu;
/** A loss of less is told in every flock. */
const LEAST_PART = 0.05;

const valueOf = (digits: string): number => Number(digits.replace(/[.,\s]/g, ""));
/** Zero of each script whose digits farmers type. */
const ZEROS = [0x660, 0x6f0, 0x966, 0xe50];
const OTHER_DIGITS = /[٠-٩۰-۹०-९๐-๙]/g;
const asciiDigits = (text: string): string =>
  text.replace(OTHER_DIGITS, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    return String(code - (ZEROS.find((zero) => code >= zero && code <= zero + 9) ?? code));
  });

/** True when a text names a great share in words: half, most, all. */
export const namesGreatShare = (text: string): boolean => WORDS.test(text) || SCRIPTS.test(text);

/** True when a text tells so many of so many, and not a few of them. */
export const countsGreatShare = (text: string): boolean => {
  for (const [, first = "", link = "", second = ""] of asciiDigits(text.normalize("NFKC")).matchAll(OF)) {
    const [one, other] = [valueOf(first), valueOf(second)];
    const [part, whole] = one < other ? [one, other] : [other, one];
    const between = link.replace(/\p{L}*(?=(?:dan|den|tan|ten)\s*$)/iu, "");
    if (LINK.test(between) && part >= 2 && part / whole >= LEAST_PART) return true;
  }
  return false;
};
