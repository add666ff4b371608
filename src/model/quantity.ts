/** A number of a text as it may be meant, with the unit that it stands in. */
export interface Quantity {
  /** "1.012" is 1.012 and 1012: a model copies an English figure into a text of another language as it is. */
  readings: { value: number; decimals: number }[];
  /** Units that its sign or word may mean; none: it stands alone. */
  units: string[];
  /** Unit of the number that it makes a range or a list with ("20 to 25 °C"). */
  shared: string[];
  /** In words, not digits. */
  spoken: boolean;
  /** Part of a phrase that is more than its number ("in 24 hours" is daily): no fact of its own. */
  inPhrase: boolean;
  /** Only words like "hundred" or "thousand", which are also told of no certain number. */
  round: boolean;
  /** The numbers that it is put together from, should they be meant each on its own ("12 000", "2 kg 300 g"). */
  apart?: Quantity[];
}

/** A quantity with its place among the segments: first, end of the number, end of its unit. */
export interface Placed extends Quantity {
  from: number;
  to: number;
  end: number;
}

export const placed = (readings: Quantity["readings"], from: number, to: number): Placed => ({
  readings,
  units: [],
  shared: [],
  spoken: false,
  inPhrase: false,
  round: false,
  from,
  to,
  end: to,
});
