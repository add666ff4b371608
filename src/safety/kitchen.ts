/**
 * Measures of the kitchen and the bottle, told with or without a number. What may also be a verb ("production drops")
 * counts only after a number or a word like "a few".
 */
const SOME =
  "(?:\\d[\\d.,/–-]*|half|few|some|several|couple|couple of|one|two|three|four|five|six|seven|eight|nine|ten" +
  "|ein(?:e[nmrs]?|ige[nr]?)?|paar|halbe[nrs]?|zwei|drei|vier|funf|sechs|zehn" +
  "|une?|quelques|demi|deux|trois|quatre|cinq|dix" +
  "|un(?:a|as|os|o)?|algun[ao]s|media|medio|dos|tres|cuatro|cinco|diez" +
  "|uma?s?|algumas?|alguns|meia|meio|duas|dois|quatro|dez" +
  "|qualche|alcun[ei]|mezz[ao]|due|tre|quattro|cinque|dieci" +
  "|een|enkele|halve|twee|drie|vijf|tien" +
  "|kilka|kilku|pare|pol|jedn[aeo]|dwie|dwa|trzy|cztery|piec|dziesiec" +
  "|bir|birkac|bir kac|yarim|iki|uc|dort|bes|on" +
  "|satu|beberapa|sedikit|setengah|dua|tiga|empat|lima" +
  "|mot|vai|nua|may|hai|ba|bon|nam|muoi)";
const DROPS =
  "(?:drops?|tropfen|tropfchen|gouttes?|gott?as?|gotinhas?|gocc[ei]a?|goccioline|druppels?|druppeltjes|kropl[aeiy]|kropel|kropelki|damla|tetes|giot)";
const SMALL_LATIN = new RegExp(
  [
    `(?<![a-z])${SOME} ${DROPS}(?![a-z])`,
    "(?<![a-z])a drop of(?![a-z])",
    "(?<![a-z])(?:setetes|sesendok|sejumput|setutup|seujung)(?![a-z])",
    "(?<![a-z])(?:cap-?fuls?|bottle ?caps?|spoon(?:ful)?s?|tea ?spoon(?:ful)?s?|table ?spoon(?:ful)?s?|tsps?|tbsps?|dropper(?:ful)?s?|pinch of|an? pinch|pinches)(?![a-z])",
    "(?<![a-z])(?:tee|ess|mess)?loffel(?:n|chen)?(?![a-z])|verschluss?kappen?|(?<![a-z])(?:eine?|zwei|\\d) prisen?(?![a-z])|messerspitzen?|(?<![a-z])schuss (?:essig|chlor)|schraubverschluss",
    "(?<![a-z])(?:bouchons?|capuchons?) d|cuill(?:e|è)re(?:es?|s)?(?![a-z])|(?<![a-z])pincees?(?![a-z])|compte-gouttes",
    "(?<![a-z])(?:cuchar(?:ad)?(?:it)?as?|tapit?as?|tapon(?:es|cito)?|pizcas?|chorrit?os? de|goteros?)(?![a-z])",
    "(?<![a-z])(?:colher(?:es|inha)?|tampinhas?|tampas? de|pitadas?|conta-gotas|um fio de)(?![a-z])",
    "(?<![a-z])(?:cucchiai(?:n?[oi]|ata)?|tapp(?:o|i|ino)|pizzic(?:o|hi)|contagocce|misurino|misurini)(?![a-z])",
    "(?<![a-z])(?:(?:thee|eet)?lepel(?:tje)?s?|dop(?:je|jes)|snufjes?|mespunt(?:je)?|scheutje|maatschepjes?)(?![a-z])",
    "(?<![a-z])(?:lyz(?:ka|ke|ki|ek|eczk[aeiy]|eczek)|nakret(?:ka|ke|ki|ek)|szczypt(?:a|e|y)|zakraplacz\\w*)(?![a-z])",
    "(?<![a-z])(?:(?:cay |yemek |tatli )?kasig?[ki]\\w*|tutam\\w*|(?:bir|iki|uc|yarim|\\d+) (?:kapak|olcek)|damlalik\\w*)(?![a-z])",
    "(?<![a-z])(?:sendok(?: teh| makan)?|tutup botol|jumput|cubit|seujung sendok)(?![a-z])",
    "(?<![a-z])(?:muong|muong ca phe|thia|nhum|(?:mot|hai|nua|\\d+) nap)(?![a-z])",
  ].join("|"),
);
const SMALL_OTHER = new RegExp(
  [
    // Arabic
    "قطرتين|قطرتان|(?:بضع|عدة|بعض|نقط|[\\d٠-٩]+|ثلاث|أربع|اربع|خمس|عشر)\\s?(?:قطرات|نقط|نقاط)|ملعقة|ملعقت[يا]ن|ملاعق|غطاء (?:واحد|من|زجاجة|القنينة)|غطاءين|(?<!\\p{L})[وبف]?رشة|قطارة|قبصة",
    // Devanagari
    "(?:कुछ|एक|दो|तीन|चार|पांच|पाँच|दो-चार|[\\d०-९]+)\\s?बू[ंँ]द|चम्मच|ढक्कन|चुटकी|ड्रॉपर",
    // Thai
    "(?:[\\d๑-๙]+|หนึ่ง|สอง|สาม|สองสาม|ไม่กี่|ห้า|สิบ|2-3)\\s?หยด|หยดเดียว|ช้อน|(?:[\\d๑-๙]+|หนึ่ง|ครึ่ง|สอง)\\s?ฝา|หยิบมือ|หลอดหยด",
    // Japanese
    "数滴|[一二三四五六七八九十\\d]+、?滴|[小大]さじ|スプーン|ひとつまみ|ふたつまみ|キャップ.{0,2}杯|ふた.{0,2}杯|スポイト",
    // Chinese
    "[几幾一二两兩三四五六七八九十\\d]+滴(?!水)|[茶汤湯]匙|[一半两兩三几幾\\d]勺|瓶[盖蓋]|[一几幾半]小?撮|滴管",
  ].join("|"),
  "u",
);

/** Water at a nipple or on a pad. */
const OF_WATER = new RegExp(
  `${DROPS} (?:of |de |d'|di |van )?(?:water|wasser|eau|agua|acqua|wody|su|air|nuoc)(?![a-z])`,
  "g",
);

/** A whole vessel of something for a tank, a barrel, a bucket: "a bottle per tank". */
const VESSEL_LATIN = new RegExp(
  `(?<![a-z])(?:${SOME}|an?) (?:whole |full |small |ganze |kleine )?(?:bottles?|vials?|sachets?|packets?|tins?|flasche[n]?|flaschchen|beutel|packchen|flacons?|bouteilles?|botellas?|frascos?|sobres?|garrafas?|envelopes?|sachets?|flacon[ei]|bottigli[ae]|bustin[ae]|fles(?:sen|je)?|zakjes?|butelk[aei]|butelek|saszetk[aei]|saszetek|sise|paket|poset|botol|bungkus|chai|lo|goi)(?![a-z])|(?<![a-z])(?:sebotol|sebungkus)(?![a-z])`,
);
const VESSEL_OTHER =
  /(?:[\d٠-٩]+|نصف) ?(?:زجاجة|قنينة|عبوة|كيس|ظرف)|(?:زجاجة|قنينة|عبوة|ظرف)(?: واحدة| من)?|كيس(?: واحد| من)|(?:एक|दो|आधी|[\d०-९]+) (?:पूरी )?(?:बोतल|शीशी|पुड़िया|पैकेट)|(?:[\d๑-๙]+|หนึ่ง|ครึ่ง|สอง)\s?(?:ขวด|ซอง)|[一二三半\d]+(?:瓶(?![盖蓋])|袋|包|本)/u;

const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replaceAll("ł", "l")
    .replaceAll("ı", "i")
    .replaceAll("đ", "d")
    .replaceAll("ß", "ss");

/** What people give and pour that is no drug by name: remedies of the kitchen and the cleaning cupboard. */
const REMEDIES =
  /vinegar|vinagre|vinaigre|essig|azijn|aceto(?![a-z])|ocet|octu|sirke|cuka|giam(?![a-z])|bleach|lejia|lavandina|candeggina|bleekmiddel|wybielacz|pemutih|thuoc tay|javel|agua sanitaria|camasir suyu|baking soda|bicarbonat|natron|epsom|iod(?:ine|o|e)(?![a-z])|(?:kalium|potassium )permangan|permangan|essential oil|oregano ?(?:oil|ol|olie)|huile essentielle|aceite esencial|oleo essencial|olio essenziale|tea tree|garlic juice|copper sul|kupfersul|sulfate de cuivre|sulfato de cobre/;
const REMEDIES_OTHER =
  /خل(?=[\s.،]|$)|الخل|مبيض|كلوركس|برمنجنات|सिरक|ब्लीच|फिटकरी|น้ำส้มสายชู|ด่างทับทิม|ไฮเตอร์|酢|漂白|重曹|ヨード|醋|高锰酸钾|高錳酸鉀|小苏打|碘/;

export const tellsSmallMeasure = (sentence: string): boolean =>
  SMALL_LATIN.test(fold(sentence).replace(OF_WATER, "")) || SMALL_OTHER.test(sentence.normalize("NFC"));
export const tellsVessel = (sentence: string): boolean =>
  VESSEL_LATIN.test(fold(sentence)) || VESSEL_OTHER.test(sentence.normalize("NFC"));
export const namesRemedy = (sentence: string): boolean =>
  REMEDIES.test(fold(sentence)) || REMEDIES_OTHER.test(sentence);
