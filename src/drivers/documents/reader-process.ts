import { createHash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { DocumentBlock } from "../../core/documents.ts";
import { FlockError } from "../../core/errors.ts";
import { kindOf } from "./kinds.ts";
import { beginningOf } from "./lines.ts";
import type { FromReader, ToReader } from "./messages.ts";
import { MB, MOST_BYTES, refuse } from "./refuse.ts";

/** Reads documents in a process of its own: a hostile file ends this process, never the one that asks. */

/** Text of one message; the next one waits until it is taken. */
const BATCH = 512 * 1024;
const MOST_RSS = Number(process.argv[2] ?? 220) * MB;

/** Buffers stand outside of what the engine limits: a thread of its own watches them, also while a parser runs. */
const watch = (): void => {
  const code = `const parent = process.ppid;
    setInterval(() => {
      if (process.memoryUsage.rss() > ${MOST_RSS} || process.ppid !== parent) process.kill(process.pid, "SIGKILL");
    }, 50);`;
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 };
  new Worker(code, { eval: true, resourceLimits: limits, execArgv: [] }).unref();
};

const send = (message: FromReader): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!process.send) return reject(new FlockError("bug", "the reader has nobody to tell"));
    process.send(message, (error: Error | null) => (error ? reject(error) : resolve()));
  });

/** Judges a file by its size and its first bytes, and gives the hash of all of them. */
const check = async (path: string): Promise<string> => {
  const { size } = statSync(path);
  if (size === 0) throw refuse("it is empty");
  if (size > MOST_BYTES) throw refuse(`it is larger than ${MOST_BYTES / MB} MB`);
  const kind = kindOf(path);
  if (!kind) throw refuse("its format is not one that can be read (PDF, DOCX, XLSX, CSV, HTML, MD, TXT)");
  if (kind.magic) {
    const start = beginningOf(path, kind.magic.within + 16).toString("latin1");
    const at = start.indexOf(kind.magic.bytes);
    // Word and Excel put an encrypted file into a container of the old formats
    if (start.startsWith("\u00d0\u00cf\u0011\u00e0"))
      throw refuse("it is encrypted, or of an old Office format");
    if (at < 0 || at > kind.magic.within)
      throw refuse(`it is damaged: it does not begin as a ${kind.magic.name} does`);
  }
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest("hex");
};

const sizeOf = (block: DocumentBlock): number =>
  block.type === "table"
    ? block.rows.reduce(
        (sum, { cells }) =>
          sum +
          cells.reduce((own: number, cell) => own + 8 + (typeof cell === "string" ? cell.length : 0), 0),
        100,
      )
    : block.text.length + 100;

const read = async (path: string): Promise<void> => {
  const blocksOf = await kindOf(path)?.load();
  if (!blocksOf) throw refuse("its format is not one that can be read");
  let batch: DocumentBlock[] = [];
  let size = 0;
  for await (const block of blocksOf(path)) {
    batch.push(block);
    size += sizeOf(block);
    if (size < BATCH) continue;
    await send({ say: "blocks", blocks: batch });
    batch = [];
    size = 0;
  }
  if (batch.length > 0) await send({ say: "blocks", blocks: batch });
};

const reasonOf = (error: unknown): string => {
  if (error instanceof FlockError) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return "it is not there";
  if (code === "EACCES" || code === "EPERM") return "it may not be read";
  return "it is damaged: it cannot be read";
};

let current = "";
const answer = async (message: ToReader): Promise<void> => {
  try {
    if (message.ask === "open") {
      current = message.path;
      await send({ say: "opened", hash: await check(current) });
    } else {
      await read(current);
      await send({ say: "done", rss: process.memoryUsage.rss() });
    }
  } catch (error) {
    await send({ say: "refused", reason: reasonOf(error), rss: process.memoryUsage.rss() });
  }
};

watch();
process.on("message", (message: ToReader) => void answer(message));
process.on("disconnect", () => process.exit());
// a library that fails out of turn: the file is refused, and the process that asked begins a new reader
process.on("uncaughtException", () => process.exit(70));
process.on("unhandledRejection", () => process.exit(70));
await send({ say: "ready" });
