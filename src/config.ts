import { z } from "zod";
import { FlockError } from "./core/errors.ts";

const blank = (value: unknown): unknown => (value === "" ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blank, schema.optional());

/** A name or key that goes into a header or a body as it stands: a line end in it would break the request. */
const word = z.string().regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces");
const isWebAddress = (value: string): boolean => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url !== undefined && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
};
const address = z
  .string()
  .refine(isWebAddress, "must be an http or https address, without user name and password")
  .transform((value) => value.replace(/\/+$/, ""));

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
  HF_TOKEN: optional(word).describe("token of the Hugging Face router; turns the model on"),
  LLM_BASE_URL: optional(address).describe("an OpenAI-compatible server instead of the router"),
  LLM_API_KEY: optional(word).describe("key of LLM_BASE_URL"),
  LLM_MODEL: z
    .preprocess(blank, word.default("meta-llama/Llama-3.1-8B-Instruct"))
    .describe("model that answers hard questions"),
  LLM_FAST_MODEL: z
    .preprocess(blank, word.default("meta-llama/Llama-3.2-3B-Instruct"))
    .describe("model that answers easy questions, and stands in for the other"),
  LLM_CANDIDATE_MODEL: optional(word).describe("model on trial against LLM_MODEL"),
  LLM_CANDIDATE_SHARE: z
    .preprocess(blank, z.coerce.number().min(0).max(1).default(0.1))
    .describe("share of the chats that the candidate answers"),
  LLM_KEEPALIVE_MS: z
    .preprocess(
      blank,
      z.coerce
        .number()
        .int()
        .max(86_400_000)
        .refine((ms) => ms === 0 || ms >= 100, "must be 0 (off) or at least 100")
        .default(0),
    )
    .describe("an idle model is asked for one token this often"),
  LLM_TIMEOUT_MS: z
    .preprocess(blank, z.coerce.number().int().min(100).max(600_000).default(60_000))
    .describe("most time of one answer, fall-backs included"),
});
type Environment = z.infer<typeof Env>;

export interface ModelConfig {
  /** An OpenAI-compatible server; undefined is the Hugging Face router. */
  baseUrl: string | undefined;
  token: string | undefined;
  main: string;
  fast: string;
  candidate: { id: string; share: number } | undefined;
  /** 0 is off. */
  keepAliveMs: number;
  limits: { firstTokenMs: number; gapMs: number; hedgeMs: number; totalMs: number };
}

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  adminToken: string | undefined;
  /** Undefined when there is neither a token nor a server: answers come without a model. */
  model: ModelConfig | undefined;
}

/** A farmer waits no longer than this for a first word; within it the fast model is asked too. */
const FIRST_TOKEN_MS = 8_000;
const GAP_MS = 10_000;
const HEDGE_MS = 1_500;

/** The token of Hugging Face goes to hosts of Hugging Face, over TLS, and nowhere else. */
const isHuggingFace = (address: string): boolean => {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" && /(^|\.)(huggingface\.co|huggingface\.cloud)$/.test(hostname);
};

const modelOf = (env: Environment): ModelConfig | undefined => {
  if (env.HF_TOKEN === undefined && env.LLM_BASE_URL === undefined) return undefined;
  const own = env.LLM_BASE_URL === undefined || isHuggingFace(env.LLM_BASE_URL) ? env.HF_TOKEN : undefined;
  return {
    baseUrl: env.LLM_BASE_URL,
    token: (env.LLM_BASE_URL === undefined ? undefined : env.LLM_API_KEY) ?? own,
    main: env.LLM_MODEL,
    fast: env.LLM_FAST_MODEL,
    candidate:
      env.LLM_CANDIDATE_MODEL === undefined
        ? undefined
        : { id: env.LLM_CANDIDATE_MODEL, share: env.LLM_CANDIDATE_SHARE },
    keepAliveMs: env.LLM_KEEPALIVE_MS,
    limits: { firstTokenMs: FIRST_TOKEN_MS, gapMs: GAP_MS, hedgeMs: HEDGE_MS, totalMs: env.LLM_TIMEOUT_MS },
  };
};

/** Reads the environment; every fault is told at once, with the variable's name and without its value. */
export const loadConfig = (env: Record<string, string | undefined>): Config => {
  const parsed = Env.safeParse(env);
  const faults = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  if (!parsed.success)
    throw new FlockError("bad_config", `configuration:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
  const known = parsed.data;
  return {
    port: known.PORT,
    host: known.HOST,
    dataDir: known.DATA_DIR,
    logLevel: known.LOG_LEVEL,
    adminToken: known.ADMIN_TOKEN,
    model: modelOf(known),
  };
};

/** Tokens and keys of a configuration: the log blots them out of every line. */
export const secretsOf = (config: Config): string[] =>
  [config.adminToken, config.model?.token].filter((secret) => secret !== undefined);

/** The environment of this process, read here and nowhere else. */
export const environment = (): Record<string, string | undefined> => process.env;
