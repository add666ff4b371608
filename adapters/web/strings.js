// The words of the page in the reader's language.

/** @typedef {{ [key: string]: string | string[] | Record<string, string> | undefined, examples: string[], errors: Record<string, string> }} Strings */

/** The 16 languages by their own names. @type {Record<string, string>} */
export const LANGUAGES = {
  ar: "العربية",
  de: "Deutsch",
  en: "English",
  es: "Español",
  fr: "Français",
  hi: "हिन्दी",
  id: "Bahasa Indonesia",
  it: "Italiano",
  ja: "日本語",
  nl: "Nederlands",
  pl: "Polski",
  pt: "Português",
  th: "ไทย",
  tr: "Türkçe",
  vi: "Tiếng Việt",
  zh: "中文",
};

/** @param {string} lang */
export const isRtl = (lang) => lang === "ar";

const root = document.documentElement;
/** @type {Map<string, Strings>} */
const loaded = new Map([[root.lang, JSON.parse(document.getElementById("strings")?.textContent ?? "{}")]]);

/** The language that the page speaks now. */
export const pageLang = () => root.lang;

/** A word of the page; the key itself would show a missing one. @param {string} key */
export const say = (key) => {
  const word = loaded.get(root.lang)?.[key];
  return typeof word === "string" ? word : key;
};

/** A word in another language than the page's, if it is loaded. @param {string} lang @param {string} key */
export const sayIn = (lang, key) => {
  const word = loaded.get(lang)?.[key];
  return typeof word === "string" ? word : say(key);
};

/** The sentence for an error's code, in the page's language. @param {string} code */
export const sayError = (code) => {
  const errors = loaded.get(root.lang)?.errors ?? {};
  return errors[code] ?? errors["bug"] ?? code;
};

export const examples = () => loaded.get(root.lang)?.examples ?? [];

/** @param {string} lang @returns {Promise<Strings | undefined>} */
const stringsOf = async (lang) => {
  const known = loaded.get(lang);
  if (known) return known;
  try {
    const response = await fetch(`/strings/${lang}.json`);
    if (!response.ok) return undefined;
    const strings = await response.json();
    loaded.set(lang, strings);
    return strings;
  } catch {
    // Without a connection the page keeps the language it has.
    return undefined;
  }
};

const apply = () => {
  for (const node of document.querySelectorAll("[data-text]"))
    node.textContent = say(/** @type {HTMLElement} */ (node).dataset["text"] ?? "");
  for (const node of document.querySelectorAll("[data-label]")) {
    const word = say(/** @type {HTMLElement} */ (node).dataset["label"] ?? "");
    node.setAttribute("aria-label", word);
    if (node instanceof HTMLButtonElement) node.title = word;
  }
  for (const node of document.querySelectorAll("[data-placeholder]")) {
    node.setAttribute("placeholder", say(/** @type {HTMLElement} */ (node).dataset["placeholder"] ?? ""));
  }
};

/** Lets the page speak `lang`; true when it changed. @param {string} lang */
export const speak = async (lang) => {
  if (lang === root.lang || !(lang in LANGUAGES)) return false;
  if (!(await stringsOf(lang))) return false;
  root.lang = lang;
  root.dir = isRtl(lang) ? "rtl" : "ltr";
  document.title = say("title");
  apply();
  return true;
};
