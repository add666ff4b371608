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

  test("a candidate has a share of a tenth unless another is named", () => {
    const env = { HF_TOKEN: "hf_abc", LLM_CANDIDATE_MODEL: "Qwen/Qwen2.5-7B-Instruct" };
    expect(loadConfig(env).model?.candidate).toEqual({ id: "Qwen/Qwen2.5-7B-Instruct", share: 0.1 });
    expect(loadConfig({ ...env, LLM_CANDIDATE_SHARE: "0.5" }).model?.candidate?.share).toBe(0.5);
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
    ].toSorted(),
  );
  for (const value of ["many", "secret", "letmein"]) expect(message).not.toContain(value);
});

test("every token and key is told to the log", () => {
  const env = {
    ADMIN_TOKEN: "a-token-of-16-letters",
    HF_TOKEN: "hf_abc",
    LLM_BASE_URL: "http://vllm:8000",
    LLM_API_KEY: "llm-key",
  };
  expect(secretsOf(loadConfig(env)).toSorted()).toEqual(["a-token-of-16-letters", "llm-key"]);
  expect(secretsOf(loadConfig({}))).toEqual([]);
});
