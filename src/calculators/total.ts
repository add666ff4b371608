/** Total for a flock: number of birds times the amount per bird, in the unit of the amount. */
export const total = (birds: number, each: number): number => Number((birds * each).toFixed(3));
