/** What a cumulative amount grows by between two ages: its value at the end less its value at the start, same unit. */
export const difference = (atStart: number, atEnd: number, digits: number): number =>
  Number((atEnd - atStart).toFixed(digits));
