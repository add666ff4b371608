import { createHash } from "node:crypto";

/**
 * Whether a chat belongs to the share that a candidate answers. By hash: a chat keeps its model through restarts
 * and on every replica, and another candidate gets other chats.
 */
export const inShare = (chat: string, candidate: string, share: number): boolean =>
  createHash("sha256")
    .update(JSON.stringify([candidate, chat]))
    .digest()
    .readUInt32BE(0) /
    2 ** 32 <
  share;
