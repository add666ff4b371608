import { z } from "zod";
import { FlockError } from "../core/errors.ts";
import type { Embedder } from "../core/ports.ts";
import { type EmbeddingsOptions, remoteEmbedder } from "./embeddings-wire.ts";
import { bounded, refusal } from "./model-wire.ts";

const Reply = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.unknown() })),
});

/** A vector of 4,096 numbers is some 90 KB of JSON; `bounded` counts in tokens of 2 KB. */
const ROOM_PER_TEXT = 60;

/** Any server with OpenAI's `/v1/embeddings`: TEI, vLLM, llama.cpp, Ollama, OpenAI. Its address may end in `/v1`. */
export const openaiEmbedder = (
  options: EmbeddingsOptions & { baseUrl: string; provider?: "openai" | "local" },
): Embedder => {
  const { model, token, provider = "openai", clock } = options;
  const url = `${options.baseUrl.replace(/\/+$/, "").replace(/\/v1$/, "")}/v1/embeddings`;
  const id = `${provider}:${model}`;
  return remoteEmbedder(provider, options, async (inputs, signal) => {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ model, input: inputs, encoding_format: "float" }),
      signal,
      // a redirect would carry a question to a host that nobody named
      redirect: "error",
    });
    if (!response.ok) {
      void response.body?.cancel().catch(() => undefined);
      throw refusal(id, response, clock?.now() ?? Date.now(), "embedder");
    }
    if (response.body === null) throw new FlockError("embedder", `embedder ${id}: sent nothing`);
    const text = await new Response(bounded(id, response.body, inputs.length * ROOM_PER_TEXT)).text();
    const parsed = Reply.safeParse(JSON.parse(text));
    if (!parsed.success) throw new FlockError("embedder", `embedder ${id}: sent what is no list of vectors`);
    // the order is told, not promised
    return parsed.data.data.toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding);
  });
};
