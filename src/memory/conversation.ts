import type { Clock, KeyValue, People } from "../core/ports.ts";
import type { Frame, Lang, Via } from "../core/types.ts";
import type { Draft } from "../question/frame.ts";

/** What is carried from turn to turn. */
export interface Thread {
  draft: Draft | undefined;
  lang: Lang | undefined;
  /** The veterinarian was named in it already. */
  noticed?: boolean;
  /** The last question that asked for no number. */
  asked?: string | undefined;
}

export interface KeptTurn {
  thread: Thread;
  question: string;
  answer: { via: Via; lang: Lang; frame: Frame | null; text: string };
}

export interface Conversations {
  /** The thread of a conversation; empty when there is none or it has expired. */
  recall(chat: string): Thread;
  keep(chat: string, turn: KeptTurn): void;
}

const HOUR_MS = 3_600_000;
/** A flock is asked about in the morning and in the evening; the next day begins anew. */
const THREAD_MS = 12 * HOUR_MS;
const MESSAGE_MS = 30 * 24 * HOUR_MS;
/** Messages kept of one conversation; older ones are overwritten. */
const MOST_MESSAGES = 200;

const THREADS = "threads";
const MESSAGES = "messages";
/** Number of messages ever kept of a conversation: it outlives the thread, so that no message is overwritten early. */
const COUNTS = "counts";

/** Beginning of a conversation's keys: quoted, so that no id is the beginning of another, whatever signs it has. */
const keyOf = (chat: string): string => JSON.stringify(chat);

/** Remembers conversations in the embedded store, each under its own id, with expiry. */
export const conversations = (store: KeyValue, clock: Clock): Conversations & People => {
  const threadOf = (chat: string): Thread | undefined => {
    const stored = store.get(THREADS, keyOf(chat));
    return stored === undefined ? undefined : (JSON.parse(stored) as Thread);
  };
  return {
    recall(chat) {
      const thread = threadOf(chat);
      return {
        draft: thread?.draft,
        lang: thread?.lang,
        ...(thread?.noticed === true ? { noticed: true } : {}),
        ...(thread?.asked === undefined ? {} : { asked: thread.asked }),
      };
    },
    keep(chat, { thread, question, answer }) {
      const now = clock.now();
      const turns = Number(store.get(COUNTS, keyOf(chat)) ?? 0) + 1;
      const slot = String(turns % MOST_MESSAGES).padStart(4, "0");
      const message = {
        at: new Date(now).toISOString(),
        question,
        via: answer.via,
        lang: answer.lang,
        frame: answer.frame,
        answer: answer.text,
      };
      store.put(MESSAGES, keyOf(chat) + slot, JSON.stringify(message), now + MESSAGE_MS);
      store.put(COUNTS, keyOf(chat), String(turns), now + MESSAGE_MS);
      store.put(THREADS, keyOf(chat), JSON.stringify(thread), now + THREAD_MS);
    },
    export(user) {
      const messages = store
        .list(MESSAGES, keyOf(user), MOST_MESSAGES)
        .map(({ value }) => JSON.parse(value) as { at: string })
        .sort((a, b) => (a.at < b.at ? -1 : 1));
      return { user, messages, flocks: [], feedback: [] };
    },
    forget(user) {
      for (const space of [THREADS, MESSAGES, COUNTS]) store.drop(space, keyOf(user), { prefix: true });
    },
  };
};
