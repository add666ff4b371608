// The turns of a conversation as DOM: questions, answers with their proof, notes.

import { drawBlocks, el } from "./draw.js";
import { parse } from "./markdown.js";
import { isRtl, pageLang, say, sayIn } from "./strings.js";

/** @typedef {import("./stream.js").Flockwise} Flockwise */
/** @typedef {import("./stream.js").Source} Source */

/** Marks of direction: for the eye only. */
const MARKS = /[\u2066-\u2069]/g;

const list = /** @type {HTMLElement} */ (document.getElementById("turns"));

/** Who speaks, for those who do not see the layout; follows the page's language. @param {string} key */
const speaker = (key) => el("span", { class: "unseen", "data-text": key }, say(key));

/** @param {string} text */
export const addQuestion = (text) => {
  const turn = el("li", { class: "turn question" }, speaker("you"), el("p", { dir: "auto" }, text));
  list.append(turn);
  return turn;
};

/** "1,012 g" as a big number and a small unit. @param {HTMLElement} strong */
const splitUnit = (strong) => {
  const parts = /^([\s\S]*\p{Nd})(\s*)(\D{1,12})$/u.exec(strong.textContent ?? "");
  if (!parts) return;
  const [, number = "", gap = "", unit = ""] = parts;
  const amount = el("span", { class: "amount" }, number);
  strong.replaceChildren(el("bdi", {}, amount, gap, el("span", { class: "unit" }, unit.trimEnd())));
};

/** Gives the number that an answer begins with its place: big, with what it is beneath. @param {HTMLElement} body */
const liftFigure = (body) => {
  const first = body.firstElementChild;
  const strong = first?.firstChild;
  if (!(first instanceof HTMLParagraphElement) || !(strong instanceof HTMLElement)) return;
  if (
    strong.tagName !== "STRONG" ||
    !/\p{Nd}/u.test(strong.textContent ?? "") ||
    (strong.textContent ?? "").length > 28
  )
    return;
  first.classList.add("figure");
  splitUnit(strong);
  const rest = strong.nextSibling;
  // The dot stays for copying and for screen readers, which would run the two together.
  if (rest?.nodeType === Node.TEXT_NODE) {
    const [, dot = "", text = ""] = /^(\s*[·•–—:،,]?\s*)([\s\S]*)$/u.exec(rest.textContent ?? "") ?? [];
    rest.replaceWith(el("span", { class: "unseen" }, dot), text);
  }
};

/** Sources of one document together. @param {Source[]} sources */
const byDocument = (sources) => {
  /** @type {Map<string, Source[]>} */
  const documents = new Map();
  for (const source of sources) {
    const key = `${source.title}\n${source.edition}`;
    documents.set(key, [...(documents.get(key) ?? []), source]);
  }
  return [...documents.values()];
};

/** @param {Source[]} places in one document @param {string} lang */
const drawDocument = (places, lang) => {
  const [first] = places;
  if (!first) return "";
  const { title, publisher, edition, url } = first;
  const label = edition === "" ? "" : sayIn(lang, "edition").replace("{{edition}}", edition);
  const issued = [publisher, label].filter((part) => part !== "").join(" · ");
  const name =
    url && /^https?:\/\//.test(url)
      ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, title)
      : title;
  return el(
    "li",
    {},
    el("strong", { dir: "auto" }, name),
    ...(issued === "" ? [] : [el("span", { dir: "auto" }, issued)]),
    ...places.flatMap(({ locator, quote }) => [
      el("span", { class: "locator", dir: "auto", lang: "en" }, locator),
      ...(quote ? [el("blockquote", { class: "quote", dir: "auto" }, quote)] : []),
    ]),
  );
};

/**
 * The proof: what the answer says of its source stays in sight, and opens to all that is known of it.
 * @param {Source[]} sources @param {string} lang @param {Element[]} lines the answer's own source lines
 */
const drawSources = (sources, lang, lines) => {
  const [line] = lines;
  const [source] = sources;
  const word = el("span", { class: "word" }, sayIn(lang, "sources"));
  const shown = line ? [...line.childNodes] : [word, ` ${source?.title ?? ""} · ${source?.edition ?? ""}`];
  for (const old of lines) old.remove();
  const others = lines.reduce((sum, one) => sum + (one.tagName === "UL" ? one.children.length : 1), -1);
  const more = others > 0 ? [el("span", { class: "more", dir: "ltr" }, `+${others}`)] : [];
  const summary = el("summary", {}, el("span", { class: "line", dir: "auto" }, ...shown), ...more);
  const documents = byDocument(sources).map((places) => drawDocument(places, lang));
  return el("details", { class: "sources" }, summary, el("ul", {}, ...documents));
};

/** @param {string} text @param {string} word */
const beginsWith = (text, word) => text.startsWith(word) && /^\s?[:：]/.test(text.slice(word.length));

/** Paragraphs that begin with a word and a colon: "Source: …". @param {HTMLElement} body @param {string} word */
const linesWith = (body, word) =>
  [...body.children].filter((node) => node.tagName === "P" && beginsWith(node.textContent ?? "", word));

/** Source lines, each with the list of further places in the same document. @param {HTMLElement} body @param {string} word */
const proofIn = (body, word) =>
  linesWith(body, word).flatMap((line) => {
    const places = line.nextElementSibling;
    return places?.tagName === "UL" ? [line, places] : [line];
  });

/** @param {string} text @param {string} lang */
const copyButton = (text, lang) => {
  const button = el("button", { type: "button", class: "copy" }, sayIn(lang, "copy"));
  const copied = async () => {
    await navigator.clipboard.writeText(text.replace(MARKS, ""));
    button.textContent = sayIn(lang, "copied");
    setTimeout(() => (button.textContent = sayIn(lang, "copy")), 2000);
  };
  button.addEventListener("click", () => void copied());
  return button;
};

/**
 * @param {string[]} suggestions @param {string} lang
 * @param {(text: string, byKey: boolean) => void} choose
 */
const quickReplies = (suggestions, lang, choose) => {
  const buttons = suggestions.map((text) => {
    const button = el("button", { type: "button", dir: "auto" }, text);
    // A click without a mouse press behind it came from the keyboard.
    button.addEventListener("click", (event) => choose(text.replace(MARKS, ""), event.detail === 0));
    return button;
  });
  return el(
    "div",
    { class: "replies", role: "group", "aria-label": sayIn(lang, "quick_replies") },
    ...buttons,
  );
};

/** Buttons are for the latest answer only. */
export const dropReplies = () => {
  for (const old of list.querySelectorAll(".replies")) old.remove();
};

/** An answer that grows; text of up to one frame is drawn at once. */
export const addAnswer = () => {
  const body = el("div", { class: "body" });
  const waiting = el("p", { class: "waiting" }, say("working"));
  const turn = el(
    "li",
    { class: "turn answer", "aria-busy": "true", lang: pageLang() },
    speaker("adviser"),
    body,
    waiting,
  );
  list.append(turn);
  let text = "";
  let frame = 0;

  /** @param {string} lang @param {boolean} open */
  const draw = (lang, open) => {
    cancelAnimationFrame(frame);
    frame = 0;
    turn.lang = lang;
    turn.dir = isRtl(lang) ? "rtl" : "ltr";
    body.replaceChildren(...drawBlocks(parse(text, open), isRtl(lang)));
    liftFigure(body);
    for (const line of proofIn(body, sayIn(lang, "source_label"))) line.classList.add("proof");
    for (const line of linesWith(body, sayIn(lang, "formula_title"))) line.classList.add("formula");
  };
  const settle = () => {
    turn.removeAttribute("aria-busy");
    waiting.remove();
  };
  /** @param {string} kind @param {string} sentence */
  const note = (kind, sentence) => {
    if (text !== "") draw(turn.lang, false);
    settle();
    turn.append(
      el("p", { class: `note ${kind}`, lang: pageLang(), dir: isRtl(pageLang()) ? "rtl" : "ltr" }, sentence),
    );
  };

  return {
    turn,
    /** @param {string} delta */
    grow(delta) {
      text += delta;
      waiting.remove();
      frame ||= requestAnimationFrame(() => draw(guess(text), true));
    },
    /** @param {Flockwise} flockwise @param {(text: string, byKey: boolean) => void} choose */
    end({ via, lang, sources, suggestions }, choose) {
      draw(lang, false);
      turn.dataset["via"] = via;
      settle();
      const spoken = body.innerText;
      if (sources.length > 0)
        turn.append(drawSources(sources, lang, [...body.querySelectorAll(":scope > .proof")]));
      const after = el("div", { class: "after" });
      if (suggestions.length > 0) after.append(quickReplies(suggestions, lang, choose));
      if (navigator.clipboard) after.append(copyButton(text, lang));
      turn.append(after);
      return { text, spoken };
    },
    /** @param {string} sentence */
    stop: (sentence) => note("stopped", sentence),
    /** @param {string} sentence */
    fail: (sentence) => note("failed", sentence),
  };
};

const RTL_LETTERS = /\p{Script=Arabic}/u;
const LETTERS = /\p{L}/u;

/** The language is told with the answer's last event; until then its script gives the direction. @param {string} text */
const guess = (text) => {
  const letter = LETTERS.exec(text.replace(/\p{Script=Latin}+/gu, ""))?.[0] ?? "";
  if (RTL_LETTERS.test(letter)) return "ar";
  return isRtl(pageLang()) ? "en" : pageLang();
};

export const clearTurns = () => list.replaceChildren();
