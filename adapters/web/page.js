// Wires the page: the box, the buttons, the conversation.

import { el } from "./draw.js";
import { exportAll, forgetAll } from "./rights.js";
import * as store from "./store.js";
import { ask, Cut, Refused } from "./stream.js";
import { examples, LANGUAGES, say, sayError, speak } from "./strings.js";
import { addAnswer, addQuestion, clearTurns, dropReplies } from "./turns.js";

/** @template {HTMLElement} T @param {string} id @param {new () => T} type @returns {T} */
const byId = (id, type) => {
  const node = document.getElementById(id);
  if (!(node instanceof type)) throw new Error(`no ${id}`);
  return node;
};

const box = byId("question", HTMLTextAreaElement);
const send = byId("send", HTMLButtonElement);
const stop = byId("stop", HTMLButtonElement);
const language = byId("language", HTMLSelectElement);
const welcome = byId("welcome", HTMLElement);
const announcer = byId("announcer", HTMLElement);
const notice = byId("notice", HTMLElement);
const exampleList = byId("examples", HTMLElement);

/** The question that is being answered. @type {AbortController | undefined} */
let asking;

/** Says something once to those who listen; deltas are never announced. @param {string} text @param {string} [lang] */
const announce = (text, lang = document.documentElement.lang) => {
  announcer.textContent = "";
  announcer.lang = lang;
  setTimeout(() => (announcer.textContent = text), 60);
};

const fitBox = () => {
  box.style.height = "";
  // An empty box follows the page, so that its placeholder reads right; then the text decides.
  box.dir = box.value === "" ? "" : "auto";
  if (box.value !== "") box.style.height = `${box.scrollHeight}px`;
};

/** Shows a question and as much of its answer as fits. @param {Element} question */
const reveal = (question) => question.scrollIntoView({ block: "start" });

/** @param {boolean} busy */
const setBusy = (busy) => {
  const hadFocus = document.activeElement === send || document.activeElement === stop;
  send.hidden = busy;
  stop.hidden = !busy;
  if (hadFocus) box.focus();
};

const drawExamples = () => {
  exampleList.replaceChildren(
    ...examples().map((text) => {
      const button = el("button", { type: "button" }, text);
      button.addEventListener("click", (event) => choose(text, event.detail === 0));
      return el("li", {}, button);
    }),
  );
};

const showWelcome = () => {
  welcome.hidden = store.turns().length > 0;
};

/** In "auto" the page speaks the language of the last question. @param {string} lang */
const follow = async (lang) => {
  if (await speak(lang)) drawExamples();
};

/** A button with a whole question on it was pressed. @param {string} text @param {boolean} byKey */
const choose = (text, byKey) => {
  void submit(text);
  // On a phone the focus would open the keyboard over the answer.
  if (byKey || matchMedia("(pointer: fine)").matches) box.focus();
};

/** @param {string} text @param {ReturnType<typeof addAnswer>} answer @param {AbortSignal} signal */
const receive = async (text, answer, signal) => {
  const choice = store.languageChoice();
  const lang = choice === "auto" ? undefined : choice;
  for await (const piece of ask({ text, user: store.user(), lang, signal })) {
    if ("text" in piece) answer.grow(piece.text);
    else {
      if (!lang) await follow(piece.flockwise.lang);
      const { text: whole, spoken } = answer.end(piece.flockwise, choose);
      store.keepTurns(
        { role: "question", text },
        { role: "answer", text: whole, flockwise: piece.flockwise },
      );
      announce(spoken, piece.flockwise.lang);
    }
  }
};

/** @param {unknown} error @param {string} text @param {ReturnType<typeof addAnswer>} answer */
const explain = (error, text, answer) => {
  if (error instanceof DOMException && error.name === "AbortError") {
    answer.stop(say("stopped"));
    announce(say("stopped"));
    return;
  }
  const sentence =
    error instanceof Cut ? say("connection_lost") : sayError(error instanceof Refused ? error.code : "bug");
  answer.fail(sentence);
  announce(sentence);
  // What was typed meanwhile is worth more than what can be sent again.
  if (box.value.trim() === "") box.value = text;
  fitBox();
};

/** @param {string} typed */
const submit = async (typed) => {
  const text = typed.trim();
  if (asking || text === "") return;
  asking = new AbortController();
  const { signal } = asking;
  const late = setTimeout(() => announce(say("working")), 1500);
  notice.textContent = "";
  welcome.hidden = true;
  dropReplies();
  const question = addQuestion(text);
  const answer = addAnswer();
  setBusy(true);
  reveal(question);
  try {
    await receive(text, answer, signal);
  } catch (error) {
    explain(error, text, answer);
  } finally {
    clearTimeout(late);
    asking = undefined;
    setBusy(false);
    reveal(question);
  }
};

const newChat = () => {
  asking?.abort();
  store.renew();
  clearTurns();
  showWelcome();
  notice.textContent = "";
  box.value = "";
  fitBox();
  box.focus();
};

const restore = () => {
  for (const turn of store.turns()) {
    if (turn.role === "question") addQuestion(turn.text);
    else {
      const answer = addAnswer();
      answer.grow(turn.text);
      answer.end({ ...turn.flockwise, suggestions: [] }, choose);
    }
  }
  showWelcome();
  const last = document.querySelector(".question:nth-last-child(2)");
  if (last) reveal(last);
};

const languageOptions = () => {
  const automatic = say("automatic");
  const auto = el("option", { value: "auto" }, automatic === "automatic" ? "Auto" : automatic);
  const all = Object.entries(LANGUAGES).map(([lang, name]) => el("option", { value: lang, lang }, name));
  language.replaceChildren(auto, ...all);
  language.value = store.languageChoice();
};

const toggleTheme = () => {
  const { dataset } = document.documentElement;
  const dark = dataset["theme"]
    ? dataset["theme"] === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  dataset["theme"] = dark ? "light" : "dark";
  store.keepTheme(dark ? "light" : "dark");
};

const forget = async () => {
  if (!window.confirm(say("forget_confirm"))) return;
  const done = await forgetAll(store.users());
  if (done) {
    store.dropUsers();
    newChat();
  }
  notice.textContent = done ? say("forgotten") : sayError("bug");
};

const save = async () => {
  notice.textContent = (await exportAll(store.users())) ? "" : sayError("bug");
};

const wire = () => {
  byId("composer", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    if (asking || box.value.trim() === "") return;
    const text = box.value;
    box.value = "";
    fitBox();
    void submit(text);
  });
  box.addEventListener("input", fitBox);
  box.addEventListener("keydown", (event) => {
    // Enter that ends a conversion of an input method is not for us.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.form?.requestSubmit();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") asking?.abort();
  });
  stop.addEventListener("click", () => asking?.abort());
  byId("new-chat", HTMLButtonElement).addEventListener("click", newChat);
  byId("theme", HTMLButtonElement).addEventListener("click", toggleTheme);
  language.addEventListener("change", () => {
    store.keepLanguage(language.value);
    if (language.value !== "auto") void follow(language.value);
  });
  byId("forget", HTMLButtonElement).addEventListener("click", () => void forget());
  byId("export", HTMLButtonElement).addEventListener("click", () => void save());
  byId("rights", HTMLElement).hidden = document.body.dataset["people"] !== "open";
};

const begin = async () => {
  wire();
  const choice = store.languageChoice();
  const last = store.turns().at(-1);
  if (choice !== "auto") await speak(choice);
  else if (last?.role === "answer") await speak(last.flockwise.lang);
  languageOptions();
  drawExamples();
  restore();
  fitBox();
};

void begin();
