import type { Frame } from "../core/types.ts";

/** Canonical key of a frame: equal for equal questions in every language, made only here. */
export type FrameKey = string & { readonly brand: unique symbol };

export const keyOf = (frame: Frame): FrameKey =>
  Object.entries(frame)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join("&") as FrameKey;
