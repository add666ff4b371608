import { expect, test } from "vitest";
import { int8Scan } from "../../../src/drivers/int8-scan.ts";
import { coded, vectorRows } from "../../../src/drivers/vector-rows.ts";

/** The same numbers in every run: a linear congruence. */
const random = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32 - 0.5;
};

test.each([16, 48, 384])("the scan gives the dot products of whole numbers, rows of %i bytes", (stride) => {
  const { memory, scan } = int8Scan(2);
  const next = random(stride);
  const rows = Int8Array.from({ length: stride * 5 }, () => Math.round(next() * 254));
  const query = Int16Array.from({ length: stride }, () => Math.round(next() * 254));
  // the extremes: nothing may overflow on the way
  rows.fill(-127, 0, stride);
  rows.fill(127, stride, stride * 2);
  query.set(query.map((value, at) => (at % 3 ? value : -127)));
  const at = { query: 0, out: 4096, rows: 8192 };
  new Int16Array(memory.buffer, at.query, stride).set(query);
  new Int8Array(memory.buffer, at.rows, rows.length).set(rows);
  new Int32Array(memory.buffer, at.out, 6).fill(77);
  scan(at.rows, at.rows + rows.length, at.query, stride, at.out);
  const expected = Array.from({ length: 5 }, (_, row) =>
    query.reduce((sum, value, place) => sum + value * (rows[row * stride + place] ?? 0), 0),
  );
  expect(Array.from(new Int32Array(memory.buffer, at.out, 6))).toEqual([...expected, 77]);
});

test("a coded vector is itself to within half a step", () => {
  const next = random(3);
  const vector = Float32Array.from({ length: 100 }, next);
  const { code, scale } = coded(vector);
  for (const [at, value] of vector.entries())
    expect(Math.abs((code[at] ?? 0) * scale - value)).toBeLessThanOrEqual(scale * 0.501);
  expect(coded(new Float32Array(4))).toEqual({ code: new Int8Array(4), scale: 0 });
});

test("rows that come and go leave every other row as it was, found where it belongs", () => {
  const next = random(9);
  const rows = vectorRows(20, ["lang"], ["age"]);
  const known = new Map<number, { vector: Float32Array; payload: Record<string, string | number> }>();
  for (let step = 0; step < 4000; step += 1) {
    const row = Math.floor((next() + 0.5) * 1500);
    if (next() > 0.1 || !known.has(row)) {
      const vector = Float32Array.from({ length: 20 }, next);
      const payload = { lang: `l${row % 3}`, age: Math.floor((next() + 0.5) * 4) };
      rows.add(row, coded(vector), payload);
      known.set(row, { vector, payload });
    } else {
      rows.remove(row);
      known.delete(row);
    }
  }
  expect(rows.size()).toBe(known.size);
  expect(known.size).toBeGreaterThan(800);
  for (const filter of [{}, { lang: "l1" }, { age: 2 }, { lang: "l0", age: 3 }, { lang: "none" }]) {
    const fits = [...known].filter(([, { payload }]) =>
      Object.entries(filter).every(([field, value]) => payload[field] === value),
    );
    expect(rows.matching(filter).toSorted((a, b) => a - b)).toEqual(
      fits.map(([row]) => row).toSorted((a, b) => a - b),
    );
    const [first] = fits;
    if (first) expect(rows.nearest(first[1].vector, filter, 3)[0]).toBe(first[0]);
    else expect(rows.nearest(new Float32Array(20).fill(1), filter, 3)).toEqual([]);
  }
});
