/** Units that can be told in one another: a dimension, and how many of its base unit one is. */
const MEASURES: Readonly<Record<string, readonly [dimension: string, factor: number]>> = {
  milligram: ["mass", 0.001],
  gram: ["mass", 1],
  ounce: ["mass", 28.349523125],
  hectogram: ["mass", 100],
  pound: ["mass", 453.59237],
  catty: ["mass", 500],
  kilogram: ["mass", 1000],
  quintal: ["mass", 100_000],
  tonne: ["mass", 1_000_000],
  millilitre: ["volume", 1],
  litre: ["volume", 1000],
  gallon: ["volume", 3785.411784],
  minute: ["time", 1 / 60],
  hour: ["time", 1],
  day: ["time", 24],
  week: ["time", 168],
  millimetre: ["length", 1],
  centimetre: ["length", 10],
  inch: ["length", 25.4],
  foot: ["length", 304.8],
  metre: ["length", 1000],
  kilometre: ["length", 1_000_000],
  square_metre: ["area", 1],
  square_foot: ["area", 0.09290304],
  kilocalorie: ["energy", 1],
  megajoule: ["energy", 1 / 0.004184],
};

/** A value in another unit of the same kind; undefined where the two measure different things. */
export const inUnit = (value: number, from: string, to: string): number | undefined => {
  if (from === to) return value;
  if (from === "celsius" && to === "fahrenheit") return (value * 9) / 5 + 32;
  if (from === "fahrenheit" && to === "celsius") return ((value - 32) * 5) / 9;
  const [source, target] = [MEASURES[from], MEASURES[to]];
  return source && target && source[0] === target[0] ? (value * source[1]) / target[1] : undefined;
};

/** What a unit measures; a unit that is told in no other measures itself. */
export const kindOf = (unit: string): string =>
  MEASURES[unit]?.[0] ?? (unit === "celsius" || unit === "fahrenheit" ? "heat" : unit);

/** Units of the tables' values by the concept of the same unit. */
const TABLE_UNITS: Readonly<Record<string, string>> = {
  mg: "milligram",
  g: "gram",
  kg: "kilogram",
  lb: "pound",
  oz: "ounce",
  t: "tonne",
  ml: "millilitre",
  l: "litre",
  gal: "gallon",
  "%": "percent",
  kcal: "kilocalorie",
  MJ: "megajoule",
};
export const tableUnit = (unit: string): string | undefined => TABLE_UNITS[unit];

/** International signs, which every language writes alike, and the small lengths that the lexicon has no words for. */
const SIGNS: Readonly<Record<string, string>> = {
  milligram: "mg",
  gram: "g",
  kilogram: "kg",
  pound: "lb lbs",
  ounce: "oz",
  millilitre: "ml",
  litre: "l",
  kilocalorie: "kcal",
  megajoule: "mj",
  hour: "h",
  minute: "min",
  metre: "m",
  centimetre: "cm",
  millimetre: "mm milimetre milimeter 毫米 公厘 ミリ मिमी ملم مم มม มิลลิเมตร",
  kilometre: "km kilometer 公里 千米 キロメートル किमी كم กม กิโลเมตร",
  inch: "inch inches zoll pouce pouces pulgada pulgadas pollice pollici polegada polegadas cale cali inc inci इंच بوصة بوصه بوصات นิ้ว นิว 英寸 吋 インチ",
  foot: "ft feet foot fuß fuss pied pieds pie pies piede piedi pes voet stopy stopa kaki ayak फुट फीट قدم اقدام ฟุต 英尺 呎 フィート",
};
const BY_SIGN = new Map(
  Object.entries(SIGNS).flatMap(([unit, signs]) => signs.split(" ").map((sign) => [sign, unit] as const)),
);
export const LONGEST_SIGN = Math.max(...[...BY_SIGN.keys()].map((sign) => sign.length));
/** The unit that a folded word or sign stands for in every language. */
export const unitOfSign = (sign: string): string | undefined => BY_SIGN.get(sign);
