import { describe, expect, test } from "vitest";
import { loadConfig, secretsOf } from "../../src/config.ts";
import { FlockError } from "../../src/core/errors.ts";

const faultsOf = (env: Record<string, string>): string => {
  try {
    loadConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(FlockError);
    expect(error).toHaveProperty("code", "bad_config");
    return (error as FlockError).message;
  }
  return "";
};

describe("model", () => {
  test("neither token nor server: no model, whatever else is named", () => {
    expect(loadConfig({}).model).toBe(undefined);
    expect(loadConfig({ HF_TOKEN: "", LLM_BASE_URL: "", LLM_MODEL: "x" }).model).toBe(undefined);
    expect(loadConfig({ LLM_API_KEY: "key", LLM_FAST_MODEL: "x" }).model).toBe(undefined);
  });

  test("a token alone: the router, with the models and limits of the documentation", () => {
    expect(loadConfig({ HF_TOKEN: "hf_abc" }).model).toEqual({
      baseUrl: undefined,
      token: "hf_abc",
      main: "meta-llama/Llama-3.1-8B-Instruct",
      fast: "meta-llama/Llama-3.2-3B-Instruct",
      candidate: undefined,
      keepAliveMs: 0,
      limits: { firstTokenMs: 8_000, gapMs: 10_000, hedgeMs: 1_500, totalMs: 60_000 },
    });
  });

  test("a server alone needs no key", () => {
    const { model } = loadConfig({ LLM_BASE_URL: "http://127.0.0.1:8000/v1/", LLM_MODEL: "llama3.1:8b" });
    expect(model).toMatchObject({
      baseUrl: "http://127.0.0.1:8000/v1",
      token: undefined,
      main: "llama3.1:8b",
    });
  });

  test.each([
    ["http://vllm:8000/v1", undefined],
    ["https://huggingface.co.example.com/v1", undefined],
    ["http://x.endpoints.huggingface.cloud/v1", undefined],
    ["https://x.eu.endpoints.huggingface.cloud/v1", "hf_abc"],
    ["https://router.huggingface.co/v1", "hf_abc"],
  ])("the token of Hugging Face goes to its own hosts only: %s", (baseUrl, token) => {
    expect(loadConfig({ HF_TOKEN: "hf_abc", LLM_BASE_URL: baseUrl }).model?.token).toBe(token);
  });

  test("a server's own key comes first, and never goes to the router", () => {
    const env = { HF_TOKEN: "hf_abc", LLM_API_KEY: "own" };
    expect(loadConfig({ ...env, LLM_BASE_URL: "http://vllm:8000" }).model?.token).toBe("own");
    expect(loadConfig(env).model?.token).toBe("hf_abc");
  });

  test("prices are named by model, and a wrong one is refused", () => {
    const env = { HF_TOKEN: "hf_abc" };
    expect(loadConfig({ ...env, LLM_PRICES: "a/b:7b=0.05/0.08, c=1/2" }).model?.prices).toEqual(
      new Map([
        ["a/b:7b", { input: 0.05, output: 0.08 }],
        ["c", { input: 1, output: 2 }],
      ]),
    );
    expect(() => loadConfig({ ...env, LLM_PRICES: "a=1" })).toThrow(/LLM_PRICES: must be name=input\/output/);
  });

  test("a candidate has a share of a tenth unless another is named", () => {
    const env = { HF_TOKEN: "hf_abc", LLM_CANDIDATE_MODEL: "Qwen/Qwen2.5-7B-Instruct" };
    expect(loadConfig(env).model?.candidate).toEqual({ id: "Qwen/Qwen2.5-7B-Instruct", share: 0.1 });
    expect(loadConfig({ ...env, LLM_CANDIDATE_SHARE: "0.5" }).model?.candidate?.share).toBe(0.5);
  });
});

describe("embedder and vectors", () => {
  const local = { EMBED_PROVIDER: "local", EMBED_BASE_URL: "http://127.0.0.1:8080/v1/" };

  test("nothing named: the builtin embedder, and vectors under DATA_DIR", () => {
    for (const env of [
      {},
      { EMBED_PROVIDER: "", EMBED_BASE_URL: "", QDRANT_URL: "" },
      { QDRANT_API_KEY: "key" },
    ])
      expect(loadConfig(env)).toMatchObject({ embedder: undefined, qdrant: undefined });
  });

  test("a server on this machine needs no key", () => {
    expect(loadConfig(local).embedder).toEqual({
      provider: "local",
      baseUrl: "http://127.0.0.1:8080/v1",
      token: undefined,
      model: "intfloat/multilingual-e5-small",
    });
  });

  test.each([
    ["http://127.0.0.9:1", true],
    ["http://localhost:1", true],
    ["http://[::1]:1", true],
    ["http://127.0.0.1.example.com", false],
    ["http://localhost.example.com", false],
    ["http://10.0.0.7:8080", false],
  ])("local is this machine: %s, %s", (baseUrl, ok) => {
    const env = { EMBED_PROVIDER: "local", EMBED_BASE_URL: baseUrl };
    if (ok) expect(loadConfig(env).embedder?.baseUrl).toBe(baseUrl);
    else expect(faultsOf(env)).toMatch(/EMBED_BASE_URL: must be on this machine/);
  });

  test("the token of Hugging Face goes to its own hosts only, a key to its own server only", () => {
    const tokenOf = (env: Record<string, string>) => loadConfig(env).embedder?.token;
    const hf = { EMBED_PROVIDER: "hf", HF_TOKEN: "hf_abc" };
    expect(tokenOf(hf)).toBe("hf_abc");
    expect(tokenOf({ ...hf, EMBED_API_KEY: "own" })).toBe("hf_abc");
    expect(tokenOf({ ...hf, EMBED_BASE_URL: "https://x.endpoints.huggingface.cloud" })).toBe("hf_abc");
    expect(tokenOf({ ...hf, EMBED_BASE_URL: "https://embed.example.com" })).toBe(undefined);
    expect(tokenOf({ ...hf, ...local, EMBED_PROVIDER: "openai" })).toBe(undefined);
    expect(tokenOf({ ...hf, ...local, EMBED_PROVIDER: "openai", EMBED_API_KEY: "own" })).toBe("own");
  });

  test("what a provider lacks is told beside every other fault", () => {
    expect(faultsOf({ EMBED_PROVIDER: "hf" })).toMatch(/HF_TOKEN: /);
    expect(faultsOf({ EMBED_PROVIDER: "openai" })).toMatch(/EMBED_BASE_URL: /);
    const all = faultsOf({
      EMBED_PROVIDER: "local",
      PORT: "many",
      QDRANT_URL: "ftp://qdrant",
      QDRANT_API_KEY: "a b",
    });
    for (const name of ["EMBED_BASE_URL", "PORT", "QDRANT_URL", "QDRANT_API_KEY"])
      expect(all).toContain(`${name}: `);
    expect(faultsOf({ EMBED_PROVIDER: "cloud" })).toMatch(/EMBED_PROVIDER: /);
  });

  test("Qdrant has an address and, where it asks for one, a key", () => {
    expect(loadConfig({ QDRANT_URL: "http://qdrant:6333/" }).qdrant).toEqual({
      url: "http://qdrant:6333",
      apiKey: undefined,
    });
    const config = loadConfig({
      ...local,
      EMBED_API_KEY: "embed-key",
      QDRANT_URL: "https://q.example.com",
      QDRANT_API_KEY: "qdrant-key",
    });
    expect(config.qdrant?.apiKey).toBe("qdrant-key");
    expect(secretsOf(config).toSorted()).toEqual(["embed-key", "qdrant-key"]);
  });
});

test("every fault is told at once, by name and without values", () => {
  const message = faultsOf({
    PORT: "many",
    HF_TOKEN: "hf secret\n",
    LLM_BASE_URL: "http://me:letmein@vllm",
    LLM_CANDIDATE_SHARE: "2",
    LLM_KEEPALIVE_MS: "5",
    LLM_TIMEOUT_MS: "-1",
    LLM_API_KEY: "",
    REDIS_URL: "http://:redispass@cache",
  });
  const named = message
    .split("\n")
    .slice(1)
    .map((line) => line.trim().replace(/:.*$/, ""));
  expect(named.toSorted()).toEqual(
    [
      "HF_TOKEN",
      "LLM_BASE_URL",
      "LLM_CANDIDATE_SHARE",
      "LLM_KEEPALIVE_MS",
      "LLM_TIMEOUT_MS",
      "PORT",
      "REDIS_URL",
    ].toSorted(),
  );
  for (const value of ["many", "secret", "letmein", "redispass"]) expect(message).not.toContain(value);
});

test.each(["redis://cache", "rediss://u:p%40ss@cache.example:6380/2", "redis://:pw@[::1]:6379/"])(
  "an address of Redis: %s",
  (address) => {
    expect(loadConfig({ REDIS_URL: address }).redisUrl).toBe(address);
  },
);

test.each([
  "cache:6379",
  "redis://",
  "http://cache",
  "redis://cache/zero",
  "redis://cache?db=1",
  "redis://:%zz@cache",
  "redis://cache 2",
])("no address of Redis: %s", (address) => {
  expect(faultsOf({ REDIS_URL: address })).toContain("REDIS_URL: must be");
});

test("every token, key and password is told to the log", () => {
  const env = {
    ADMIN_TOKEN: "a-token-of-16-letters",
    HF_TOKEN: "hf_abc",
    LLM_BASE_URL: "http://vllm:8000",
    LLM_API_KEY: "llm-key",
    REDIS_URL: "redis://me:redis%2Fpass@cache",
  };
  expect(secretsOf(loadConfig(env)).toSorted()).toEqual([
    "a-token-of-16-letters",
    "llm-key",
    "redis%2Fpass",
    "redis/pass",
  ]);
  expect(secretsOf(loadConfig({}))).toEqual([]);
});
