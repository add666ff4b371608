import { expect, test } from "vitest";
import { createLog } from "../../../src/observe/log.ts";

const logInto = (lines: string[], level = "info") =>
  createLog({ level, secrets: ["hf_verysecret", "x"], write: (line) => void lines.push(line) });

test("writes one JSON object a line, with level, time, fields and message", () => {
  const lines: string[] = [];
  logInto(lines).info({ question: "q1" }, "answered");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    level: 30,
    question: "q1",
    msg: "answered",
    time: expect.stringMatching(/^\d{4}-/),
  });
});

test("hides secrets in messages, fields and stack traces, and token fields whatever they hold", () => {
  const lines: string[] = [];
  const log = logInto(lines);
  log.error({ err: new Error("401 for hf_verysecret") }, "call with hf_verysecret failed");
  log.warn({ authorization: "Bearer other", model: { apiKey: "k-123" } }, "x marks ordinary words too");
  expect(lines.join("")).not.toMatch(/verysecret|other|k-123/);
  expect(lines[1]).toContain("x marks ordinary");
});

test("keeps quiet below its level", () => {
  const lines: string[] = [];
  logInto(lines, "warn").info({}, "not this");
  expect(lines).toEqual([]);
});
