import { expect, test } from "vitest";
import { inShare } from "../../../src/model/candidate.ts";

test("a candidate is shared out by the chat alone, near the share, and anew for each candidate", () => {
  const chats = Array.from({ length: 20_000 }, (_, nth) => `telegram:${nth}`);
  const chosen = chats.filter((chat) => inShare(chat, "new-7b", 0.1));
  expect(chosen.length / chats.length).toBeGreaterThan(0.09);
  expect(chosen.length / chats.length).toBeLessThan(0.11);
  expect(chats.filter((chat) => inShare(chat, "new-7b", 0.1))).toEqual(chosen);
  expect(chosen.every((chat) => inShare(chat, "new-7b", 0.2))).toBe(true);
  const also = chosen.filter((chat) => inShare(chat, "other-7b", 0.1));
  expect(also.length / chosen.length).toBeLessThan(0.2);
  expect(chats.some((chat) => inShare(chat, "new-7b", 0))).toBe(false);
  expect(chats.every((chat) => inShare(chat, "new-7b", 1))).toBe(true);
});
