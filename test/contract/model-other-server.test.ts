import { LLMock } from "@copilotkit/aimock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Model } from "../../src/core/ports.ts";
import { hfModel } from "../../src/drivers/hf-inference.ts";
import { expectFailure, failing, never, prompt, QUESTION, read } from "../fixtures/model-stream.ts";

const open = (baseUrl: string): Model =>
  hfModel({ id: "test/model-8b", baseUrl, retry: { tries: 3, baseMs: 2, maxWaitMs: 8, deadlineMs: 2_000 } });

describe("against a server of another hand", () => {
  let mock = new LLMock();
  beforeEach(async () => {
    mock = new LLMock({ port: 0, chunkSize: 8 });
    await mock.start();
  });
  afterEach(() => mock.stop());

  test.each(["", "/v1", "/v1/"])("speaks to it, its address ending in %j", async (end) => {
    mock.onMessage(/pullets/, {
      content: "Give them more room.",
      usage: { prompt_tokens: 11, completion_tokens: 5 },
    });
    const { text, ends } = await read(open(`${mock.url}${end}`).stream(prompt, never()));
    expect(text).toBe("Give them more room.");
    expect(ends).toHaveLength(1);
    expect(ends[0]).toMatchObject({ end: "stop" });
    expect(mock.getRequests()).toHaveLength(1);
  });

  test("tries again when it is told to come later", async () => {
    mock.onMessage(/pullets/, { content: "Served." });
    mock.nextRequestError(503, { message: `busy with ${QUESTION}` });
    expect((await read(open(mock.url).stream(prompt, never()))).text).toBe("Served.");
    expect(mock.getRequests()).toHaveLength(2);
  });

  test("fails when it goes away in the middle", async () => {
    mock.onMessage(/pullets/, { content: "One two three four five six." }, { truncateAfterChunks: 3 });
    const { said, error } = await failing(open(mock.url).stream(prompt, never()));
    expect("One two three four five six.").toContain(said);
    expectFailure(error);
  });
});
