import { z } from "zod";
import { LANGS } from "../../core/types.ts";

/** Fields that several kinds of lines have. */
export const text = z.string();
export const lang = z.enum(LANGS);
export const frame = z.record(z.string(), z.unknown()).nullable();
