import { FlockError } from "../core/errors.ts";
import type { VectorCollection, VectorFilter } from "../core/ports.ts";

/** Refuses what no point of the collection can be compared with. */
export const checkVector = ({ name, dimensions }: VectorCollection, vector: Float32Array): void => {
  if (vector.length !== dimensions)
    throw new FlockError(
      "store",
      `vectors ${name}: has ${dimensions} dimensions, was given ${vector.length}`,
    );
  for (const value of vector)
    if (!Number.isFinite(value))
      throw new FlockError("store", `vectors ${name}: was given a vector with a value that is no number`);
};

/** A field that was not declared has no index: asking for it would find nothing in one store and all in another. */
export const checkFilter = ({ name, filters }: VectorCollection, filter: VectorFilter): void => {
  for (const [field, value] of Object.entries(filter)) {
    const kind = filters[field];
    if (kind === undefined)
      throw new FlockError("store", `vectors ${name}: no filter is declared on ${field}`);
    if (kind === "integer" ? !Number.isSafeInteger(value) : typeof value !== "string")
      throw new FlockError("store", `vectors ${name}: ${field} holds ${kind}`);
  }
};

/** The vector with length 1; one of zeros stays as it is and is like nothing. */
export const unit = (vector: Float32Array): Float32Array => {
  let square = 0;
  for (const value of vector) square += value * value;
  if (square === 0) return vector;
  const length = Math.sqrt(square);
  return vector.map((value) => value / length);
};

/** Cosine of two unit vectors, never beyond its bounds by rounding. */
export const cosine = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return Math.min(1, Math.max(-1, sum));
};
