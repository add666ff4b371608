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

const isRedisAddress = (value: string): boolean => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return (
    url !== undefined &&
    /^rediss?:$/.test(url.protocol) &&
    url.hostname !== "" &&
    /^(\/\d*)?$/.test(url.pathname) &&
    url.search + url.hash === "" &&
    !/%(?![\da-f]{2})/i.test(url.username + url.password)
  );
};
const redisAddress = word.refine(
  isRedisAddress,
  "must be redis:// or rediss://[user:password@]host[:port][/database]",
);

const PRICE = /^(\S+)=(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/;
const prices = z
  .string()
  .transform((value) => value.split(",").map((one) => PRICE.exec(one.trim())))
  .refine((found) => !found.includes(null), "must be name=input/output, separated by commas")
  .transform(
    (found) =>
      new Map(
        found.map((one): [string, ModelPrice] => [
          one?.[1] ?? "",
          { input: Number(one?.[2]), output: Number(one?.[3]) },
        ]),
      ),
  );

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
  LLM_PRICES: optional(prices).describe("USD a million tokens, by model: name=input/output, …"),
  EMBED_PROVIDER: z
    .preprocess(blank, z.enum(["builtin", "hf", "openai", "local"]).default("builtin"))
    .describe("what makes texts comparable: the lexicon, or a model behind a server"),
  EMBED_BASE_URL: optional(address).describe("server of the embedder"),
  EMBED_API_KEY: optional(word).describe("key of EMBED_BASE_URL"),
  EMBED_MODEL: z
    .preprocess(blank, word.default("intfloat/multilingual-e5-small"))
    .describe("model of the embedder's server"),
  QDRANT_URL: optional(address).describe("Qdrant that replicas share, instead of vectors under DATA_DIR"),
  QDRANT_API_KEY: optional(word).describe("key of QDRANT_URL"),
  CACHE_MODE: z
    .preprocess(blank, z.enum(["on", "read-only", "off"]).default("on"))
    .describe(
      "answers given before: used and kept, only used, or neither (and no joining of equal questions)",
    ),
  CACHE_TTL_MS: z
    .preprocess(blank, z.coerce.number().int().min(1000).max(31_536_000_000).optional())
    .describe("longest life of a kept answer; unset, its topic decides: a day to 30 days"),
  CACHE_MAX_ERROR: z
    .preprocess(blank, z.coerce.number().min(0).max(0.5).default(0.005))
    .describe("most wrong answers shared on similarity, as a share of all questions"),
  REDIS_URL: optional(redisAddress).describe("Redis that replicas share, instead of a store under DATA_DIR"),
});
type Environment = z.infer<typeof Env>;

/** USD a million tokens. */
export interface ModelPrice {
  input: number;
  output: number;
}

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
  /** By model; a model that is not in it has no known price. */
  prices: ReadonlyMap<string, ModelPrice> | undefined;
}

/** An embedder behind a server. */
export interface EmbedderConfig {
  provider: "hf" | "openai" | "local";
  /** Undefined is the Hugging Face router. */
  baseUrl: string | undefined;
  token: string | undefined;
  model: string;
}

export interface Config {
  port: number;
  host: string;
  dataDir: string;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  adminToken: string | undefined;
  /** Undefined when there is neither a token nor a server: answers come without a model. */
  model: ModelConfig | undefined;
  /** Undefined: the builtin embedder, which needs no server. */
  embedder: EmbedderConfig | undefined;
  /** Undefined: vectors are kept under dataDir. */
  qdrant: { url: string; apiKey: string | undefined } | undefined;
  cache: {
    mode: "on" | "read-only" | "off";
    /** Undefined leaves the life of an answer to its class. */
    ttlMs: number | undefined;
    maxError: number;
  };
  /** Undefined: what replicas would share is kept under dataDir. */
  redisUrl: string | undefined;
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
    prices: env.LLM_PRICES,
  };
};

const isLoopback = (value: string): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(value).hostname);

/** What an embedder's provider needs of other variables; told beside the faults of single ones. */
const embedderFaults = (env: Record<string, string | undefined>): string[] => {
  const { EMBED_PROVIDER: provider, EMBED_BASE_URL: baseUrl = "", HF_TOKEN: token = "" } = env;
  if (provider === "hf" && baseUrl === "" && token === "") return ["HF_TOKEN: EMBED_PROVIDER hf needs it"];
  if (provider !== "openai" && provider !== "local") return [];
  if (baseUrl === "") return [`EMBED_BASE_URL: EMBED_PROVIDER ${provider} needs it`];
  if (provider === "local" && isWebAddress(baseUrl) && !isLoopback(baseUrl))
    return [
      "EMBED_BASE_URL: must be on this machine for EMBED_PROVIDER local; for another one there is openai",
    ];
  return [];
};

const embedderOf = (env: Environment): EmbedderConfig | undefined => {
  const { EMBED_PROVIDER: provider, EMBED_BASE_URL: baseUrl, EMBED_API_KEY: key, EMBED_MODEL: model } = env;
  if (provider === "builtin") return undefined;
  const own =
    provider === "hf" && (baseUrl === undefined || isHuggingFace(baseUrl)) ? env.HF_TOKEN : undefined;
  return { provider, baseUrl, token: (baseUrl === undefined ? undefined : key) ?? own, model };
};

/** Reads the environment; every fault is told at once, with the variable's name and without its value. */
export const loadConfig = (env: Record<string, string | undefined>): Config => {
  const parsed = Env.safeParse(env);
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join(".")}: ${issue.message}`),
    ...embedderFaults(env),
  ];
  if (!parsed.success || faults.length > 0)
    throw new FlockError("bad_config", `configuration:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
  const known = parsed.data;
  return {
    port: known.PORT,
    host: known.HOST,
    dataDir: known.DATA_DIR,
    logLevel: known.LOG_LEVEL,
    adminToken: known.ADMIN_TOKEN,
    model: modelOf(known),
    embedder: embedderOf(known),
    qdrant:
      known.QDRANT_URL === undefined ? undefined : { url: known.QDRANT_URL, apiKey: known.QDRANT_API_KEY },
    cache: { mode: known.CACHE_MODE, ttlMs: known.CACHE_TTL_MS, maxError: known.CACHE_MAX_ERROR },
    redisUrl: known.REDIS_URL,
  };
};

/** The password of an address, as it stands there and as it is meant. */
const passwordsOf = (address: string | undefined): string[] => {
  const password = address === undefined ? "" : new URL(address).password;
  return password === "" ? [] : [...new Set([password, decodeURIComponent(password)])];
};

/** Tokens, keys and passwords of a configuration: the log blots them out of every line. */
export const secretsOf = (config: Config): string[] => [
  ...[config.adminToken, config.model?.token, config.embedder?.token, config.qdrant?.apiKey].filter(
    (secret) => secret !== undefined,
  ),
  ...passwordsOf(config.redisUrl),
];

/** The environment of this process, read here and nowhere else. */
export const environment = (): Record<string, string | undefined> => process.env;
