import { tells, type Told } from "./told.ts";

/** Fuels and used oil, which people put on birds against mites, lice and scaly legs. */
const LATIN =
  /(?<!\p{L})(?:di[eé]s[eé]l|dizel|gasoil|gazole|kero[sz]en|k[eé]ros[iè]n|kerozin|queros[ei]n|parafin ?öl|petroleum|petr[oó]leo|p[eé]trole|petrolio|petrol(?!\p{L})|gasoline|essence(?!\p{L}| (?:de|d['’]))|gasolina|benzin|benzyn|bensin|nafta|naft[ay]|gaz ?ya[gğ]|mazot|minyak tanah|solar(?!\p{L})|oli bekas|dầu hỏa|dầu hoả|dầu diesel|xăng|dầu nhớt|motor oil|engine oil|used oil|burnt oil|huile de vidange|aceite (?:quemado|usado|de motor)|óleo (?:queimado|usado|de motor|diesel)|altöl|motoröl|motorolie|afgewerkte olie|olio (?:esausto|motore)|olej(?:em|u)? (?:silnikow|napędow|przepracowan)|yanık yağ|motor yağ|gasolio|turpentin|trementin)/iu;
const OTHER =
  /ديزل|سولار|كيروسين|كاز|نفط|بنزين|مازوت|زيت (?:محروق|محرك|المحرك|مستعمل)|डीज़?ल|केरोसिन|मिट्टी (?:का|के) तेल|पेट्रोल|जला हुआ (?:तेल|मोबिल)|ดีเซล|น้ำมันก๊าด|น้ำมันเครื่อง|เบนซิน|軽油|灯油|ガソリン|ディーゼル|廃油|エンジンオイル|柴油|煤油|汽油|废机油|廢機油|机油/;

/** What burns fuel: a heater, a lamp, a generator, a lorry. */
const BURNS = [
  "generator",
  "heater",
  "truck",
  "power_failure",
  "heat",
  "start_up",
  "cost",
  "transport",
  "fan",
];
const ON_BIRDS = new Set(["animal", "product", "parasite", "part", "sign", "disease", "sex"]);

/** "灯油" begins with the sign for a lamp, so lamps are told by their words. */
const LAMPS = /lamp|lantern|laterne|lampara|lâmpada|đèn|ランプ|ตะเกียง|लालटेन|लैंप|فانوس|لمبة|煤油灯|煤油燈/iu;

/** A fuel is meant for birds, not for an engine or a stove. */
export const fuelsBirds = (told: Told): boolean =>
  (LATIN.test(told.text) || OTHER.test(told.text)) &&
  Array.from(told.kinds).some((kind) => ON_BIRDS.has(kind)) &&
  !LAMPS.test(told.text) &&
  !tells(told, BURNS);
