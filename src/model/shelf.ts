import type { Clock, KeyValue } from "../core/ports.ts";
import { Figures, noFigures, together } from "./figures.ts";
import type { Arm } from "./run.ts";

/** Where the figures of a model on an arm are kept. */
export interface Shelf {
  read(arm: Arm, model: string): Figures;
  /** Adds what was counted since; throws when it cannot be kept. */
  add(arm: Arm, model: string, counted: Figures): void;
}

/** Figures that nobody adds to for so long are those of a trial that is over. */
const KEPT_MS = 90 * 24 * 3_600_000;
const SPACE = "model-figures";

/** A shelf that lasts as long as the process. */
export const shelfInMemory = (): Shelf => {
  const kept = new Map<string, Figures>();
  const keyOf = (arm: Arm, model: string): string => `${arm} ${model}`;
  return {
    read: (arm, model) => kept.get(keyOf(arm, model)) ?? noFigures(),
    add(arm, model, counted) {
      kept.set(keyOf(arm, model), together(this.read(arm, model), counted));
    },
  };
};

/**
 * A shelf under DATA_DIR, one row an arm and model, so that another model begins anew and every process of the
 * folder sees the same figures. Each adds what it has counted: two that do so within the same millisecond can lose
 * the few seconds of one of them, never more.
 */
export const shelfIn = (store: KeyValue, clock: Clock): Shelf => {
  const keyOf = (arm: Arm, model: string): string => JSON.stringify([arm, model]);
  const read = (arm: Arm, model: string): Figures => {
    const row = store.get(SPACE, keyOf(arm, model));
    if (row === undefined) return noFigures();
    // a row of another layout is worth no failure: its figures begin anew
    const parsed = Figures.safeParse(JSON.parse(row));
    return parsed.success ? parsed.data : noFigures();
  };
  return {
    read,
    add(arm, model, counted) {
      const sum = together(read(arm, model), counted);
      store.put(SPACE, keyOf(arm, model), JSON.stringify(sum), clock.now() + KEPT_MS);
    },
  };
};
