import type { InferenceClient } from "@huggingface/inference";
import type { Embedder } from "../core/ports.ts";
import { type EmbeddingsOptions, remoteEmbedder } from "./embeddings-wire.ts";
import { bounded, refusal } from "./model-wire.ts";

const ROUTER = "https://router.huggingface.co/hf-inference/models";
const ROOM_PER_TEXT = 60;

/** Embeddings through the Hugging Face client: its router, or an endpoint of one's own at `baseUrl`. */
export const hfEmbedder = (options: EmbeddingsOptions): Embedder => {
  const { model, token = "", clock } = options;
  // an address of its own spares the client a look-up at the hub, which has no time-out
  const endpointUrl = options.baseUrl ?? `${ROUTER}/${model}/pipeline/feature-extraction`;
  const id = `hf:${model}`;
  let loading: Promise<InferenceClient> | undefined;
  // loaded with the first call: a service that uses another embedder never pays for it
  const client = (): Promise<InferenceClient> => {
    loading ??= import("@huggingface/inference").then(
      (sdk) => new sdk.InferenceClient(token, { endpointUrl, retry_on_error: false }),
    );
    return loading;
  };
  return remoteEmbedder("hf", options, async (inputs, signal) => {
    const sent: unknown = await (
      await client()
    ).featureExtraction(
      { model, inputs, normalize: true },
      {
        signal,
        fetch: async (url, init) => {
          const response = await fetch(url, { ...init, redirect: "error" });
          if (!response.ok) {
            void response.body?.cancel().catch(() => undefined);
            throw refusal(id, response, clock?.now() ?? Date.now(), "embedder");
          }
          const body = response.body && bounded(id, response.body, inputs.length * ROOM_PER_TEXT);
          return new Response(body, { status: response.status, headers: response.headers });
        },
      },
    );
    return Array.isArray(sent) ? sent : [];
  });
};
