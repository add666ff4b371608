import { z } from "zod";
import { FlockError } from "./core/errors.ts";

const blank = (value: unknown): unknown => (value === "" ? undefined : value);

/** Every variable of the environment, its default and what it is for; docs/config.md is checked against it. */
const Env = z.object({
  PORT: z
    .preprocess(blank, z.coerce.number().int().min(0).max(65_535).default(3000))
    .describe("port of the web chat and the HTTP door; 0 takes a free one"),
  HOST: z.preprocess(blank, z.string().default("127.0.0.1")).describe("address to listen on"),
  DATA_DIR: z.preprocess(blank, z.string().default("./var")).describe("the only folder that is written to"),
  LOG_LEVEL: z
    .preprocess(blank, z.enum(["debug", "info", "warn", "error", "silent"]).default("info"))
    .describe("least level of the log"),
  ADMIN_TOKEN: z
    .preprocess(blank, z.string().min(16, "must have at least 16 characters").optional())
    .describe("bearer token of /v1/export and /v1/forget when HOST is not a loopback address"),
});

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  adminToken: string | undefined;
}

/** Reads the environment; every fault is told at once, with the variable's name and without its value. */
export const loadConfig = (env: Record<string, string | undefined>): Config => {
  const parsed = Env.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new FlockError("bad_config", `configuration:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
  }
  const { PORT, HOST, DATA_DIR, LOG_LEVEL, ADMIN_TOKEN } = parsed.data;
  return { port: PORT, host: HOST, dataDir: DATA_DIR, logLevel: LOG_LEVEL, adminToken: ADMIN_TOKEN };
};

/** The environment of this process, read here and nowhere else. */
export const environment = (): Record<string, string | undefined> => process.env;
