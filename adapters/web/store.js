// What the browser keeps: the random name of the conversation, the choices, and the transcript of this tab.

const PREFIX = "flockwise.";
/** Conversations that "forget me" can still reach. */
const MAX_USERS = 50;
/** Turns that survive a reload. */
const MAX_TURNS = 60;

/** Storage may be forbidden or full: the page then works without a memory. */
const guarded = (/** @type {() => Storage} */ storage) => ({
  /** @param {string} key */
  read(key) {
    try {
      return storage().getItem(PREFIX + key);
    } catch {
      return null;
    }
  },
  /** @param {string} key @param {string | null} value */
  write(key, value) {
    try {
      if (value === null) storage().removeItem(PREFIX + key);
      else storage().setItem(PREFIX + key, value);
    } catch {
      // nothing is kept
    }
  },
});

const kept = guarded(() => localStorage);
const tab = guarded(() => sessionStorage);

// crypto.randomUUID exists only on https and localhost; farms' servers are often neither.
const randomName = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `web-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
};

/** @type {string[] | undefined} */
let known;

/** All names this browser has used, the current one last. @returns {string[]} */
export const users = () => {
  known ??= (kept.read("users") ?? "").split(" ").filter((name) => name !== "");
  if (known.length === 0) renew();
  return known;
};

/** The name of the current conversation. */
export const user = () => users().at(-1) ?? "";

/** Begins a conversation under a new name. */
export const renew = () => {
  known = [...(known ?? []), randomName()].slice(-MAX_USERS);
  kept.write("users", known.join(" "));
  tab.write("turns", null);
};

/** Drops all names and begins anew. */
export const dropUsers = () => {
  known = [];
  renew();
};

/** A language, or "auto". @returns {string} */
export const languageChoice = () => kept.read("language") ?? "auto";
/** @param {string} choice */
export const keepLanguage = (choice) => kept.write("language", choice === "auto" ? null : choice);

/** @param {"light" | "dark"} theme */
export const keepTheme = (theme) => kept.write("theme", theme);

/**
 * @typedef {{ role: "question", text: string }} QuestionTurn
 * @typedef {{ role: "answer", text: string, flockwise: import("./stream.js").Flockwise }} AnswerTurn
 */

/** @returns {(QuestionTurn | AnswerTurn)[]} */
export const turns = () => {
  try {
    const list = JSON.parse(tab.read("turns") ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
};

/** @param {(QuestionTurn | AnswerTurn)[]} more */
export const keepTurns = (...more) =>
  tab.write("turns", JSON.stringify([...turns(), ...more].slice(-MAX_TURNS)));
