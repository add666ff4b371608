import { kindOf, nameOf, type Answering } from "./house.ts";

/** The tables of layers are those of their hens: a cock of the line is told nothing of them. */
export const roosters: Answering = ({ frame, draft }, house) => {
  if (!frame?.line || draft.sex !== "male" || kindOf(house, frame.line) !== "layer") return undefined;
  const metric = { key: `metric.${frame.metric ?? "body_weight"}` };
  return {
    via: "unknown",
    frame,
    blocks: [
      {
        type: "say",
        words: {
          key: "unknown.sex_not_in_table",
          vars: { line: nameOf(house, frame.line), metric, sexes: { list: [{ key: "sex.female" }] } },
        },
      },
    ],
  };
};
