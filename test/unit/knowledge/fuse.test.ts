import { expect, test } from "vitest";
import type { Found } from "../../../src/core/ports.ts";
import { fuse, type Near } from "../../../src/knowledge/fuse.ts";

const found = (id: string, score: number, evidence = 1): Found => ({
  passage: {
    id,
    title: id,
    applies: "",
    concepts: [],
    sources: [],
    text: id,
    lang: "en",
    gist: undefined,
    version: "1",
  },
  score,
  evidence,
});
const nearness = { least: 0.8, sure: 0.9 };
const near = (id: string, cosine: number, score = 0, evidence = 0): Near => ({
  ...found(id, score, evidence),
  cosine,
  nearness,
});
const ids = (all: readonly Found[]): string[] => all.map(({ passage }) => passage.id);

test("without a near passage the words decide", () => {
  const lexical = [found("a", 0.9), found("b", 0.5), found("c", 0.1)];
  expect(fuse(lexical, [])).toEqual(lexical);
  expect(fuse([], [])).toEqual([]);
});

test("vectors choose between rivals of nearly the same score", () => {
  const lexical = [found("a", 0.8), found("b", 0.78), found("c", 0.3)];
  expect(ids(fuse(lexical, [near("b", 0.7, 0.78), near("c", 0.6, 0.3), near("a", 0.1, 0.8)]))).toEqual([
    "b",
    "a",
    "c",
  ]);
});

test("a passage that words hardly find is not lifted by a cosine below the least", () => {
  const lexical = [found("a", 0.8), found("b", 0.2)];
  expect(fuse(lexical, [near("b", 0.79, 0.2), near("new", 0.79)])).toEqual(lexical);
});

test("what only vectors find counts from the least cosine on, and never quite as sure as words that fit", () => {
  const [least] = fuse([], [near("new", 0.8)]);
  const [sure] = fuse([], [near("new", 1)]);
  expect(least?.score).toBeCloseTo(0.58);
  expect(sure?.score).toBeCloseTo(0.7);
  expect(sure?.evidence).toBe(0);
  expect(fuse([], [{ ...near("new", 0.99), nearness: undefined }])).toEqual([]);
});

test("the first is never less sure than one behind it", () => {
  const fused = fuse([found("a", 0.95), found("b", 0.75)], [near("b", 0.85, 0.75), near("new", 0.84)]);
  expect(ids(fused)[0]).toBe("b");
  expect(fused[0]?.score).toBe(0.95);
  for (const [at, { score }] of fused.entries())
    expect(score).toBeGreaterThanOrEqual(fused[at + 1]?.score ?? 0);
});
