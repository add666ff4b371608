import { createInflateRaw } from "node:zlib";
import { MB, refuse } from "./refuse.ts";

/** Inflated size of a whole archive, and of what a library is handed of it. */
const MOST_INFLATED = 200 * MB;
const MOST_HANDED = 48 * MB;
const MOST_RATIO = 100;
/** Smaller entries may be as repetitive as they like. */
const RATIO_MATTERS = 64 * 1024;
const MOST_ENTRIES = 10_000;
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const ENCRYPTED = 1;

interface Entry {
  name: string;
  method: number;
  crc: number;
  packed: number;
  size: number;
  /** Packed bytes of the entry. */
  data: Buffer;
}

const damaged = (): Error => refuse("it is damaged: its zip directory cannot be read");
const bomb = (why: string): Error => refuse(`it is a zip bomb: ${why}`);

const endOf = (bytes: Buffer): number => {
  for (
    let at = bytes.length - END_SIZE;
    at >= Math.max(0, bytes.length - END_SIZE - LONGEST_COMMENT);
    at -= 1
  )
    if (bytes.readUInt32LE(at) === END) return at;
  throw damaged();
};

const dataOf = (bytes: Buffer, local: number, packed: number): Buffer => {
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL) throw damaged();
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (start + packed > bytes.length) throw damaged();
  return bytes.subarray(start, start + packed);
};

/** The directory as it is declared, judged before anything is inflated. */
const directory = (bytes: Buffer): Entry[] => {
  const end = endOf(bytes);
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw bomb(`it has more than ${MOST_ENTRIES.toLocaleString("en")} entries`);
  const entries: Entry[] = [];
  let total = 0;
  for (let at = bytes.readUInt32LE(end + 16), seen = 0; seen < count; seen += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw damaged();
    if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw refuse("it is encrypted");
    const [packed, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, nameEnd);
    total += size;
    if (total > MOST_INFLATED) throw bomb(`it would inflate to more than ${MOST_INFLATED / MB} MB`);
    if (size > RATIO_MATTERS && size > packed * MOST_RATIO)
      throw bomb(`a part of it would inflate more than ${MOST_RATIO} times`);
    const data = dataOf(bytes, bytes.readUInt32LE(at + 42), packed);
    entries.push({
      name,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed,
      size,
      data,
    });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
};

/** Inflates one entry piece by piece, never more than it declares. */
const inflate = (entry: Entry, see: ((piece: Buffer) => void) | undefined): Promise<void> => {
  if (entry.method === 0) {
    if (entry.packed !== entry.size) throw damaged();
    see?.(entry.data);
    return Promise.resolve();
  }
  if (entry.method !== 8) throw refuse("it is packed by a method that is not deflate");
  return new Promise((resolve, reject) => {
    const stream = createInflateRaw();
    let size = 0;
    stream.on("data", (piece: Buffer) => {
      size += piece.length;
      if (size > entry.size) {
        stream.destroy();
        reject(bomb("it inflates to more than it declares"));
      } else
        try {
          see?.(piece);
        } catch (error) {
          stream.destroy();
          reject(error instanceof Error ? error : damaged());
        }
    });
    stream.on("error", () => reject(damaged()));
    stream.on("end", () => (size === entry.size ? resolve() : reject(damaged())));
    stream.end(entry.data);
  });
};

/** The same entries in a new archive, in the given order, packed as they are. */
const archive = (entries: readonly Entry[]): Buffer => {
  const pieces: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, method, crc, packed, size, data } of entries) {
    const bytes = Buffer.from(name, "utf8");
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(0x0800, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packed, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(bytes.length, 26);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(CENTRAL, 0);
    head.writeUInt16LE(20, 4);
    local.copy(head, 6, 4, 28);
    head.writeUInt16LE(bytes.length, 28);
    head.writeUInt32LE(offset, 42);
    pieces.push(local, bytes, data);
    central.push(head, bytes);
    offset += local.length + bytes.length + data.length;
  }
  const directorySize = central.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(END_SIZE);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directorySize, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, ...central, end]);
};

/**
 * Proves that an office file is no zip bomb, by what it declares and by inflating all of it, and gives the parts that
 * hold text as an archive of their own, so that no library sees its pictures or macros. `see` looks at the pieces of
 * an entry that its library gets; `order` puts entries where a library that reads front to back needs them.
 */
export const textParts = async (
  bytes: Buffer,
  {
    keeps,
    order,
    see,
  }: {
    keeps(name: string): boolean;
    order?(name: string): number;
    see?(name: string, piece: Buffer): void;
  },
): Promise<Buffer> => {
  const entries = directory(bytes);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > RATIO_MATTERS && total > bytes.length * MOST_RATIO)
    throw bomb(`it would inflate more than ${MOST_RATIO} times`);
  const kept = entries.filter(({ name }) => keeps(name));
  if (kept.reduce((sum, { size }) => sum + size, 0) > MOST_HANDED)
    throw refuse(`it holds more than ${MOST_HANDED / MB} MB of text`);
  for (const entry of entries)
    await inflate(entry, keeps(entry.name) ? (piece) => see?.(entry.name, piece) : undefined);
  const place = order ?? (() => 0);
  return archive(kept.toSorted((a, b) => place(a.name) - place(b.name)));
};
