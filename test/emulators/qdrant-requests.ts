import { z } from "zod";

const PointId = z.union([
  z.number().int().min(0),
  z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i),
]);
export type PointId = z.infer<typeof PointId>;
const Match = z.strictObject({ value: z.union([z.string(), z.number().int(), z.boolean()]) });
const Filter = z.strictObject({
  must: z.array(z.strictObject({ key: z.string().min(1), match: Match })).optional(),
});
export type Filter = z.infer<typeof Filter>;
const Index = z.enum(["keyword", "integer"]);
/** Bodies of the requests that the stand-in knows; anything else in them is refused. */
export const bodies = {
  create: z.strictObject({
    vectors: z.strictObject({
      size: z.number().int().min(1).max(65_536),
      distance: z.enum(["Cosine", "Dot", "Euclid", "Manhattan"]),
      on_disk: z.boolean().optional(),
    }),
    quantization_config: z
      .strictObject({
        scalar: z.strictObject({ type: z.literal("int8"), always_ram: z.boolean().optional() }),
      })
      .optional(),
  }),
  index: z.strictObject({
    field_name: z.string().min(1),
    field_schema: z.union([
      Index,
      z.strictObject({ type: z.literal("keyword"), is_tenant: z.boolean().optional() }),
    ]),
  }),
  upsert: z.strictObject({
    points: z
      .array(
        z.strictObject({
          id: PointId,
          vector: z.array(z.number()),
          payload: z.record(z.string(), z.unknown()),
        }),
      )
      .min(1),
  }),
  query: z.strictObject({
    query: z.array(z.number()),
    filter: Filter.optional(),
    limit: z.number().int().min(1),
    params: z
      .strictObject({
        quantization: z.strictObject({ rescore: z.boolean(), oversampling: z.number().min(1) }),
      })
      .optional(),
    with_payload: z.boolean().optional(),
  }),
  scroll: z.strictObject({
    limit: z.number().int().min(1).optional(),
    offset: PointId.optional(),
    filter: Filter.optional(),
    order_by: z.strictObject({ key: z.string(), direction: z.enum(["asc", "desc"]) }).optional(),
    with_payload: z.boolean().optional(),
    with_vector: z.boolean().optional(),
  }),
  count: z.strictObject({ filter: Filter.optional(), exact: z.boolean().optional() }),
  delete: z.union([z.strictObject({ points: z.array(PointId) }), z.strictObject({ filter: Filter })]),
};
