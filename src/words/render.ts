import type { Block, Lang, Source, Term, Words } from "../core/types.ts";
import type { Phrasebook } from "./i18n.ts";
import { formatNumber, isolate } from "./numbers.ts";

/** Signs of units that every language writes alike; other units are words of answers.json. */
const SIGNS = new Set([
  "g",
  "kg",
  "lb",
  "oz",
  "t",
  "mg",
  "ml",
  "l",
  "gal",
  "%",
  "kcal",
  "MJ",
  "kcal/kg",
  "MJ/kg",
  "mg/kg",
  "IU/kg",
]);

export interface Renderer {
  term(term: Term, lang: Lang): string;
  /** Blocks as Markdown in a language, an element a block. */
  markdown(blocks: readonly Block[], sources: readonly Source[], lang: Lang): string[];
}

/** Neutral blocks to text: the one place where an answer gets a language. */
export const renderer = (book: Phrasebook, nameOf: (concept: string, lang: Lang) => string): Renderer => {
  const amountText = (amount: number, unit: string, digits: number, lang: Lang): string => {
    const number = formatNumber(amount, digits, lang);
    if (unit === "") return isolate(number, lang);
    if (SIGNS.has(unit)) return isolate(`${number}\u00a0${unit}`, lang);
    return `${isolate(number, lang)} ${book.say(lang, `unit.${unit}`)}`;
  };

  const term = (value: Term, lang: Lang): string => {
    if (typeof value === "string") return isolate(value, lang);
    if ("low" in value) {
      const low = formatNumber(value.low, value.digits, lang);
      const high = formatNumber(value.high, value.digits, lang);
      return isolate(value.unit === "" ? `${low}–${high}` : `${low}–${high}\u00a0${value.unit}`, lang);
    }
    if ("amount" in value) return amountText(value.amount, value.unit, value.digits, lang);
    if ("concept" in value) return nameOf(value.concept, lang);
    if ("list" in value)
      return value.list
        .map((one) => term(one, lang))
        .join(lang === "ar" ? "، " : lang === "zh" || lang === "ja" ? "、" : ", ");
    return book.say(lang, value.key, value.vars && filled(value.vars, lang));
  };

  const filled = (vars: Record<string, Term>, lang: Lang): Record<string, string | number> =>
    Object.fromEntries(
      Object.entries(vars).map(([name, value]) => [
        name,
        // `count` picks the plural form, so it must arrive as a number
        name === "count" && typeof value === "object" && "amount" in value ? value.amount : term(value, lang),
      ]),
    );

  const words = (said: Words, lang: Lang): string =>
    "text" in said ? said.text : book.say(lang, said.key, said.vars && filled(said.vars, lang));

  const cell = (value: Term, lang: Lang): string => term(value, lang).replaceAll("|", "\\|");

  const sourceLine = (
    block: Extract<Block, { type: "source" }>,
    sources: readonly Source[],
    lang: Lang,
  ): string => {
    const source = sources[block.index];
    if (!source) return "";
    const parts = [
      isolate(source.title, lang),
      book.say(lang, "source.edition", { edition: isolate(source.edition, lang) }),
      isolate(block.table, lang),
      book.say(lang, "source.row", { row: block.row.map((one) => term(one, lang)).join(" · ") }),
    ];
    if (block.page !== null)
      parts.push(
        block.page.includes("p.")
          ? isolate(block.page, lang)
          : book.say(lang, "source.page", { page: block.page }),
      );
    return `${book.say(lang, "source.label")}: ${parts.join("; ")}`;
  };

  const block = (one: Block, sources: readonly Source[], lang: Lang): string => {
    switch (one.type) {
      case "value":
        return `**${term(one.amount, lang)}** — ${one.parts.map((part) => term(part, lang)).join(" · ")}`;
      case "say":
        return words(one.words, lang);
      case "list":
        return one.items.map((item) => `- ${words(item, lang)}`).join("\n");
      case "table": {
        const row = (cells: readonly Term[]): string =>
          `| ${cells.map((value) => cell(value, lang)).join(" | ")} |`;
        return [row(one.head), `|${" --- |".repeat(one.head.length)}`, ...one.rows.map(row)].join("\n");
      }
      case "formula":
        return `${book.say(lang, "formula.title")}: ${words(one.words, lang)}`;
      case "source":
        return sourceLine(one, sources, lang);
      case "examples":
        return book
          .examples(lang)
          .map((example) => `- ${example}`)
          .join("\n");
    }
  };

  return {
    term,
    markdown: (blocks, sources, lang) =>
      blocks.map((one) => block(one, sources, lang)).filter((text) => text !== ""),
  };
};
