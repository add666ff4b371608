import OpenAI, { APIError } from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openHouse } from "../fixtures/house.ts";

type Extra = {
  flockwise?: {
    via: string;
    lang: string;
    frame: Record<string, unknown>;
    sources: unknown[];
    receipt: string;
  };
};
const QUESTION = "Weight of a Ross 308 at 21 days?";

describe("the official client", () => {
  let house: Awaited<ReturnType<typeof openHouse>>;
  let client: OpenAI;
  beforeAll(async () => {
    house = await openHouse();
    client = new OpenAI({ baseURL: `${house.url}/v1`, apiKey: "none", maxRetries: 0 });
  });
  afterAll(() => house.close());

  const ask = (content: string, more: { user?: string; metadata?: Record<string, string> } = {}) =>
    client.chat.completions.create({ model: "flockwise", messages: [{ role: "user", content }], ...more });

  test("gets a whole answer with its proof", async () => {
    const { data, response } = await ask(QUESTION).withResponse();
    const { flockwise } = data as typeof data & Extra;
    expect(data.choices[0]).toMatchObject({ finish_reason: "stop", message: { role: "assistant" } });
    expect(data.choices[0]?.message.content).toMatch(/^\*\*1,012/);
    expect(flockwise).toMatchObject({
      via: "standard",
      lang: "en",
      frame: { line: "ross_308", metric: "body_weight", age_days: 21 },
    });
    expect(flockwise?.sources.length).toBeGreaterThan(0);
    expect(response.headers.get("x-flockwise-via")).toBe("standard");
    expect(response.headers.get("x-flockwise-receipt")).toBe(flockwise?.receipt);
  });

  test("gets the same answer streamed, the proof on the chunk that finishes", async () => {
    const messages = [{ role: "user" as const, content: QUESTION }];
    const stream = await client.chat.completions.create({
      model: "flockwise",
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = "";
    let last: Extra["flockwise"];
    let usage: unknown;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? "";
      if (chunk.choices[0]?.finish_reason) last = (chunk as typeof chunk & Extra).flockwise;
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe((await ask(QUESTION)).choices[0]?.message.content);
    expect(last).toMatchObject({ via: "standard", frame: { age_days: 21 } });
    expect(usage).toMatchObject({ total_tokens: expect.any(Number) });
  });

  test("works through the client's own stream helper", async () => {
    const messages = [{ role: "user" as const, content: QUESTION }];
    const final = await client.chat.completions.stream({ model: "flockwise", messages }).finalContent();
    expect(final).toMatch(/1,012/);
  });

  test("carries a conversation by `user`, and the same one by its messages alone", async () => {
    await ask(QUESTION, { user: "openai-test" });
    const remembered = (await ask("and at 28 days?", { user: "openai-test" })) as unknown as Extra;
    expect(remembered.flockwise?.frame).toMatchObject({
      line: "ross_308",
      metric: "body_weight",
      age_days: 28,
    });
    const messages = [
      { role: "user" as const, content: QUESTION },
      { role: "assistant" as const, content: "1,012 g" },
      { role: "user" as const, content: "and at 28 days?" },
    ];
    const stateless = (await client.chat.completions.create({
      model: "flockwise",
      messages,
    })) as unknown as Extra;
    expect(stateless.flockwise?.frame).toEqual(remembered.flockwise?.frame);
  });

  test("chooses the language by metadata", async () => {
    const answer = (await ask(QUESTION, { metadata: { lang: "de" } })) as unknown as Extra;
    expect(answer.flockwise?.lang).toBe("de");
  });

  test("lists the model, and gets errors as its own error type", async () => {
    expect((await client.models.list()).data.map((model) => model.id)).toEqual(["flockwise"]);
    expect((await client.models.retrieve("flockwise")).id).toBe("flockwise");
    const failure = await client.chat.completions
      .create({ model: "flockwise", messages: [] })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(APIError);
    expect(failure).toMatchObject({ status: 400, code: "missing_messages", type: "invalid_request_error" });
  });

  test("a person's words can be exported and forgotten", async () => {
    await ask(QUESTION, { user: "person-1" });
    const exported = async () =>
      (await fetch(`${house.url}/v1/export?user=person-1`)).json() as Promise<{ messages: unknown[] }>;
    expect((await exported()).messages.length).toBeGreaterThan(0);
    const headers = { "content-type": "application/json" };
    const forgotten = await fetch(`${house.url}/v1/forget`, {
      method: "POST",
      headers,
      body: JSON.stringify({ user: "person-1" }),
    });
    expect(forgotten.status).toBe(200);
    expect(await exported()).toEqual({ user: "person-1", messages: [], flocks: [], feedback: [] });
  });

  test("/metrics counts what was answered", async () => {
    const text = await (await fetch(`${house.url}/metrics`)).text();
    expect(text).toMatch(/flockwise_answers_total\{via="standard",lang="de",channel="http"\} 1/);
  });
});
