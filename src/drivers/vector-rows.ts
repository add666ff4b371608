import { int8Scan } from "./int8-scan.ts";

/** Rows of a partition stand together in blocks of so many. */
const BLOCK = 256;
const PAGE = 65_536;

/** A unit vector in a byte a place: `code × scale`, to within half a step. */
export interface Coded {
  code: Int8Array;
  scale: number;
}

export const coded = (vector: Float32Array): Coded => {
  let most = 0;
  for (const value of vector) most = Math.max(most, Math.abs(value));
  if (most === 0) return { code: new Int8Array(vector.length), scale: 0 };
  const scale = most / 127;
  const code = new Int8Array(vector.length);
  for (let at = 0; at < code.length; at += 1) code[at] = Math.round((vector[at] ?? 0) / scale);
  return { code, scale };
};

type Value = string | number;
type Values = Readonly<Record<string, Value>>;

/** 53 bits of a value (cyrb53): a filter compares numbers instead of texts. */
const hashOf = (value: Value | undefined): number => {
  if (value === undefined) return -1;
  const text = typeof value === "number" ? `n${value}` : `t${value}`;
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & low) + (high >>> 0);
};

interface Partition {
  key: string;
  /** Hashes of the values of the partition fields. */
  values: readonly number[];
  blocks: number[];
  size: number;
}

export interface VectorRows {
  size(): number;
  add(row: number, vector: Coded, payload: Values): void;
  remove(row: number): void;
  /** Rows whose payload has the values of the filter; which fields it may name was settled at the start. */
  matching(filter: Values): number[];
  /** The nearest of them by the coded vectors, best first. */
  nearest(vector: Float32Array, filter: Values, most: number): number[];
}

/** The vectors of a collection in memory, a byte a place, kept apart by the partition fields. */
export const vectorRows = (
  dimensions: number,
  partitionFields: readonly string[],
  otherFields: readonly string[],
): VectorRows => {
  const stride = Math.ceil(dimensions / 16) * 16;
  const queryBytes = stride * 2;
  const first = queryBytes + BLOCK * 4;
  const { memory, scan } = int8Scan(Math.ceil((first + BLOCK * stride) / PAGE));
  let codes = new Int8Array(memory.buffer);
  let query = new Int16Array(memory.buffer, 0, stride);
  let dots = new Int32Array(memory.buffer, queryBytes, BLOCK);
  let scales = new Float32Array(BLOCK);
  let rows = new Float64Array(BLOCK);
  let hashes = otherFields.map(() => new Float64Array(BLOCK));
  let blocks = 0;
  const free: number[] = [];
  const partitions = new Map<string, Partition>();
  const places = new Map<number, { partition: Partition; at: number }>();

  const larger = (old: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> => {
    const grown = new Float64Array(length);
    grown.set(old);
    return grown;
  };
  const block = (): number => {
    const reused = free.pop();
    if (reused !== undefined) return reused;
    blocks += 1;
    const bytes = first + blocks * BLOCK * stride;
    if (bytes > codes.length) {
      // by a half, so that filling it takes few steps
      memory.grow(Math.ceil((bytes + blocks * BLOCK * stride * 0.5 - codes.length) / PAGE));
      codes = new Int8Array(memory.buffer);
      query = new Int16Array(memory.buffer, 0, stride);
      dots = new Int32Array(memory.buffer, queryBytes, BLOCK);
    }
    if (blocks * BLOCK > rows.length) {
      const length = Math.ceil(blocks * 1.5) * BLOCK;
      rows = larger(rows, length);
      hashes = hashes.map((old) => larger(old, length));
      const grown = new Float32Array(length);
      grown.set(scales);
      scales = grown;
    }
    return blocks - 1;
  };
  const slotOf = ({ blocks: own }: Partition, at: number): number =>
    (own[Math.trunc(at / BLOCK)] ?? 0) * BLOCK + (at % BLOCK);
  const addressOf = (slot: number): number => first + slot * stride;

  const partitionOf = (payload: Values): Partition => {
    const values = partitionFields.map((field) => hashOf(payload[field]));
    const key = values.join();
    let partition = partitions.get(key);
    if (!partition) partitions.set(key, (partition = { key, values, blocks: [], size: 0 }));
    return partition;
  };

  const remove = (row: number): void => {
    const place = places.get(row);
    if (!place) return;
    const { partition, at } = place;
    places.delete(row);
    partition.size -= 1;
    const last = slotOf(partition, partition.size);
    const slot = slotOf(partition, at);
    if (slot !== last) {
      // the last row closes the gap
      codes.copyWithin(addressOf(slot), addressOf(last), addressOf(last) + stride);
      scales[slot] = scales[last] ?? 0;
      rows[slot] = rows[last] ?? 0;
      for (const field of hashes) field[slot] = field[last] ?? 0;
      places.set(rows[slot] ?? 0, { partition, at });
    }
    if (partition.size % BLOCK === 0) free.push(...partition.blocks.splice(partition.size / BLOCK));
    if (partition.size === 0) partitions.delete(partition.key);
  };

  /** What a filter says of partitions and of rows, as hashes. */
  const split = (filter: Values) => {
    const wanted = (fields: readonly string[]): [number, number][] =>
      fields.flatMap((field, at): [number, number][] =>
        field in filter ? [[at, hashOf(filter[field])]] : [],
      );
    const ofPartition = wanted(partitionFields);
    const columns: Float64Array[] = [];
    const wantedThere: number[] = [];
    for (const [at, hash] of wanted(otherFields)) {
      columns.push(hashes[at] ?? new Float64Array());
      wantedThere.push(hash);
    }
    return {
      partitions: [...partitions.values()].filter(({ values }) =>
        ofPartition.every(([at, hash]) => values[at] === hash),
      ),
      // asked of every row that might be near: no call within
      fits: (slot: number): boolean => {
        for (let at = 0; at < columns.length; at += 1)
          if (columns[at]?.[slot] !== wantedThere[at]) return false;
        return true;
      },
    };
  };

  return {
    size: () => places.size,
    add(row, { code, scale }, payload) {
      remove(row);
      const partition = partitionOf(payload);
      const at = partition.size;
      if (at % BLOCK === 0) partition.blocks.push(block());
      partition.size += 1;
      const slot = slotOf(partition, at);
      codes.fill(0, addressOf(slot), addressOf(slot) + stride);
      codes.set(code, addressOf(slot));
      scales[slot] = scale;
      rows[slot] = row;
      for (const [field, name] of otherFields.entries()) {
        const column = hashes[field];
        if (column) column[slot] = hashOf(payload[name]);
      }
      places.set(row, { partition, at });
    },
    remove,
    matching(filter) {
      const { partitions: found, fits } = split(filter);
      const out: number[] = [];
      for (const partition of found)
        for (let at = 0; at < partition.size; at += 1) {
          const slot = slotOf(partition, at);
          if (fits(slot)) out.push(rows[slot] ?? 0);
        }
      return out;
    },
    nearest(vector, filter, most) {
      const { partitions: found, fits } = split(filter);
      const { code } = coded(vector);
      query.fill(0);
      query.set(code);
      // kept sorted: few enter once the first blocks are through
      const best: { slot: number; score: number }[] = [];
      let least = -Infinity;
      for (const { blocks: own, size } of found)
        for (const [nth, number] of own.entries()) {
          const count = Math.min(BLOCK, size - nth * BLOCK);
          const from = number * BLOCK;
          scan(addressOf(from), addressOf(from + count), 0, stride, queryBytes);
          for (let at = 0; at < count; at += 1) {
            const score = (dots[at] ?? 0) * (scales[from + at] ?? 0);
            if (score <= least || !fits(from + at)) continue;
            let place = best.length;
            while (place > 0 && (best[place - 1]?.score ?? 0) < score) place -= 1;
            best.splice(place, 0, { slot: from + at, score });
            if (best.length > most) best.pop();
            if (best.length === most) least = best.at(-1)?.score ?? 0;
          }
        }
      return best.map(({ slot }) => rows[slot] ?? 0);
    },
  };
};
