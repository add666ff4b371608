/** Numbers as WebAssembly writes them: seven bits a byte, the lowest first, a mark on all but the last. */
const leb = (value: number): number[] =>
  value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...leb(value >>> 7)];
const section = (id: number, ...content: number[]): number[] => [id, ...leb(content.length), ...content];

const ascii = (text: string): number[] => [text.length, ...Array.from(text, (sign) => sign.charCodeAt(0))];

const I32 = 0x7f;
const V128 = 0x7b;
/** Locals by index: the five parameters, then the end of the row, the place in the query, and the sums. */
const [ROW, END, QUERY, STRIDE, OUT, ROW_END, AT, SUM] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const i32 = (value: number): number[] => [0x41, ...leb(value)];
const ADD = 0x6a;
const add = (local: number, step: number): number[] => [...get(local), ...i32(step), ADD, ...set(local)];
/** Eight int8 at an address, widened to int16. */
const load8x8 = (local: number, offset: number): number[] => [...get(local), 0xfd, 0x01, 0, offset];
/** Eight int16 at an address. */
const load = (local: number, offset: number): number[] => [...get(local), 0xfd, 0x00, 0, offset];
/** Multiplies eight pairs of int16 and adds neighbours: four int32. */
const DOT = [0xfd, 0xba, 0x01];
const ADD_FOUR = [0xfd, 0xae, 0x01];
const lane = (at: number): number[] => [...get(SUM), 0xfd, 0x1b, at];
/** While `local` is below `end`, back to the beginning of the loop. */
const again = (local: number, end: number): number[] => [...get(local), ...get(end), 0x49, 0x0d, 0];
const loop = (...body: number[][]): number[] => [0x03, 0x40, ...body.flat(), 0x0b];

/**
 * scan(row, end, query, stride, out): the dot product of the query (int16) with each row (int8) from `row` to before
 * `end`, as int32 from `out` on. Rows stand one after another, each `stride` bytes long, a multiple of 16.
 */
const SCAN = [
  // two locals of int32, one of 128 bits
  [2, 2, I32, 1, V128],
  loop(
    // SUM = 0, AT = QUERY, ROW_END = ROW + STRIDE
    [0xfd, 0x0c, ...Array.from({ length: 16 }, () => 0), ...set(SUM)],
    [...get(QUERY), ...set(AT)],
    [...get(ROW), ...get(STRIDE), ADD, ...set(ROW_END)],
    // sixteen places a turn
    loop(
      [...load8x8(ROW, 0), ...load(AT, 0), ...DOT],
      [...load8x8(ROW, 8), ...load(AT, 16), ...DOT],
      [...ADD_FOUR, ...get(SUM), ...ADD_FOUR, ...set(SUM)],
      add(AT, 32),
      add(ROW, 16),
      again(ROW, ROW_END),
    ),
    // the four sums as one, to OUT
    [...get(OUT), ...lane(0), ...lane(1), ADD, ...lane(2), ADD, ...lane(3), ADD, 0x36, 2, 0],
    add(OUT, 4),
    again(ROW, END),
  ),
  [0x0b],
].flat();

const MODULE = Uint8Array.from(
  [
    [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    // one type: five int32, no result
    section(1, 1, 0x60, 5, I32, I32, I32, I32, I32, 0),
    // the memory comes from outside, one page at least
    section(2, 1, ...ascii("m"), ...ascii("m"), 0x02, 0x00, 1),
    section(3, 1, 0),
    section(7, 1, ...ascii("scan"), 0x00, 0),
    section(10, 1, ...leb(SCAN.length), ...SCAN),
  ].flat(),
);

/** Byte addresses within the memory; `end` is beyond `row`, and all but `out` are multiples of 16. */
export type Int8Scan = (row: number, end: number, query: number, stride: number, out: number) => void;

/** What is used of WebAssembly, which the types of Node leave out. */
export interface ScanMemory {
  readonly buffer: ArrayBuffer;
  /** By so many pages of 64 KB; views of the old buffer are empty afterwards. */
  grow(pages: number): number;
}
interface Wasm {
  Memory: new (limits: { initial: number }) => ScanMemory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: { scan: Int8Scan } };
}
const wasm = (globalThis as unknown as { WebAssembly: Wasm }).WebAssembly;
let compiled: object | undefined;

/** Dot products of int8 rows in SIMD, over rows that stand in `memory`: many times as fast as JavaScript. */
export const int8Scan = (pages: number): { memory: ScanMemory; scan: Int8Scan } => {
  const memory = new wasm.Memory({ initial: pages });
  compiled ??= new wasm.Module(MODULE);
  return { memory, scan: new wasm.Instance(compiled, { m: { m: memory } }).exports.scan };
};
