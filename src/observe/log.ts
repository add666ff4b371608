import { pino } from "pino";
import type { Log } from "../core/ports.ts";

export interface LogOptions {
  level: string;
  /** Texts that must never show: tokens and keys of the configuration. */
  secrets?: readonly string[];
  /** Where the lines go; standard error, because standard output belongs to the one `ready` line. */
  write?: (line: string) => void;
}

const HIDDEN = "[redacted]";
/** Field names whose values are hidden whatever they are. */
const TOKEN_FIELDS = ["token", "adminToken", "apiKey", "authorization", "password", "secret"];
const redact = { paths: TOKEN_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: HIDDEN };
/** A shorter "secret" would blot out ordinary words. */
const MIN_SECRET = 6;

/** JSON lines through pino; secrets are blotted out of every line, in messages and stack traces too. */
export const createLog = ({ level, secrets = [], write }: LogOptions): Log => {
  // As JSON writes them, for a secret with a quote or a backslash in it.
  const hidden = secrets.filter((s) => s.length >= MIN_SECRET).map((s) => JSON.stringify(s).slice(1, -1));
  const out = write ?? ((line: string) => void process.stderr.write(line));
  const logger = pino(
    { level, base: null, redact, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write(line: string) {
        out(hidden.reduce((text, secret) => text.replaceAll(secret, HIDDEN), line));
      },
    },
  );
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
};
