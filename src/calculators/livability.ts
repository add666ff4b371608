/** Livability in % of the birds that began the period: 100 % less cumulative mortality (%) of the same period. */
export const livability = (mortalityPct: number, digits: number): number =>
  Number((100 - mortalityPct).toFixed(digits));
