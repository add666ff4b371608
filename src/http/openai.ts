import { randomBytes } from "node:crypto";
import type { Clock, Engine, Log } from "../core/ports.ts";
import type { Answer, AnswerEvent } from "../core/types.ts";
import { type Gate, takeReady } from "./answering.ts";
import type { Read } from "./body.ts";
import { type ChatRequest, checkChat } from "./chat-request.ts";
import { type Chunks, chunks, completionJson, type Head } from "./chunks.ts";
import { errorJson, errorResponse, faultOf, overloaded } from "./faults.ts";

export interface Completions {
  engine: Engine;
  clock: Clock;
  log: Log;
  gate: Gate;
  /** Milliseconds that a reader may leave a stream untouched before it is cut off. */
  stallMs: number;
}

/** Who waits for the answer. */
export interface Caller {
  /** Aborts when the caller has left. */
  signal: AbortSignal;
  /** Cuts the connection of a caller that has stopped reading. */
  hangUp(): void;
}

const JSON_TYPE = "application/json";
const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache",
  "x-accel-buffering": "no",
};
const encoder = new TextEncoder();

const answerHeaders = (answer: Answer): Record<string, string> => ({
  "x-flockwise-via": answer.via,
  "x-flockwise-receipt": answer.receipt,
});

const answerOf = (events: readonly AnswerEvent[]): Answer | undefined => {
  const last = events.at(-1);
  return last?.type === "answer-end" ? last.answer : undefined;
};

/** One event as stream text; stages are not for callers. */
const eventText = (event: AnswerEvent, write: Chunks): string => {
  switch (event.type) {
    case "stage-start":
      return "";
    case "text-delta":
      return write.text(event.text);
    case "answer-end":
      return write.end(event.answer);
  }
};

/** Identifies completions: random for each process, then counted. */
const heads = (clock: Clock): (() => Head) => {
  const prefix = `chatcmpl-${randomBytes(9).toString("base64url")}`;
  let count = 0;
  return () => ({ id: `${prefix}${(count++).toString(36)}`, created: Math.floor(clock.now() / 1000) });
};

/** Answers POST /v1/chat/completions; `body` is what was read of the request. */
export const completions = ({ engine, clock, log, gate, stallMs }: Completions) => {
  const nextHead = heads(clock);

  const failed = (error: unknown, signal: AbortSignal) => {
    const problem = faultOf(error, signal.aborted);
    if (problem.status === 500) log.error({ err: error }, "an answer failed");
    return problem;
  };

  /** The rest of an answer that takes its time: pulled by the reader, so a slow one holds one event at most. */
  const live = (
    began: string,
    rest: AsyncIterator<AnswerEvent>,
    write: Chunks,
    caller: Caller,
    leave: () => void,
  ) => {
    let stall: NodeJS.Timeout | undefined;
    let opening = began;
    const close = (): void => {
      clearTimeout(stall);
      leave();
    };
    const nextText = async (): Promise<string | undefined> => {
      for (;;) {
        const step = await rest.next();
        if (step.done === true) return undefined;
        const text = eventText(step.value, write);
        if (text !== "") return text;
      }
    };
    return new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          clearTimeout(stall);
          try {
            const text = opening === "" ? await nextText() : opening;
            opening = "";
            if (text !== undefined) controller.enqueue(encoder.encode(text));
            else {
              close();
              controller.close();
              return;
            }
          } catch (error) {
            // The status line is gone already: the error travels as an event, as OpenAI's does.
            controller.enqueue(encoder.encode(write.error(errorJson(failed(error, caller.signal)))));
            close();
            controller.close();
            return;
          }
          stall = setTimeout(() => {
            close();
            caller.hangUp();
          }, stallMs);
          stall.unref();
        },
        async cancel() {
          close();
          await rest.return?.();
        },
      },
      { highWaterMark: 0 },
    );
  };

  // Headers go out before the first byte. A complete answer puts `via` and the receipt there; one that is
  // still being written cannot know them, and carries both on its last chunk only.
  const streamed = async (chat: ChatRequest, caller: Caller, leave: () => void): Promise<Response> => {
    const { events, rest } = await takeReady(engine.ask(chat.question, caller.signal));
    const write = chunks(nextHead(), chat.usage);
    let text = write.role();
    for (const event of events) text += eventText(event, write);
    if (rest) return new Response(live(text, rest, write, caller, leave), { headers: STREAM_HEADERS });
    leave();
    const answer = answerOf(events);
    const headers = answer ? { ...STREAM_HEADERS, ...answerHeaders(answer) } : STREAM_HEADERS;
    return new Response(text, { headers });
  };

  const whole = async (chat: ChatRequest, caller: Caller, leave: () => void): Promise<Response> => {
    for await (const event of engine.ask(chat.question, caller.signal)) {
      if (event.type !== "answer-end") continue;
      leave();
      const headers = { "content-type": JSON_TYPE, ...answerHeaders(event.answer) };
      return new Response(completionJson(nextHead(), event.answer), { headers });
    }
    throw new Error("the engine ended without an answer");
  };

  return async (body: Read, caller: Caller): Promise<Response> => {
    if ("fault" in body) return errorResponse(body.fault);
    const checked = checkChat(body.json);
    if ("fault" in checked) return errorResponse(checked.fault);
    const leave = gate.enter();
    if (!leave) return errorResponse(overloaded());
    try {
      return await (checked.chat.stream ? streamed : whole)(checked.chat, caller, leave);
    } catch (error) {
      leave();
      return errorResponse(failed(error, caller.signal));
    }
  };
};
