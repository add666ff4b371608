import type { Block, Lang, Source, Term, Words } from "../core/types.ts";
import type { Phrasebook } from "./i18n.ts";
import { formatNumber, isolate, isolateRuns, isRightToLeft } from "./numbers.ts";

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
  "ms",
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
  /** A term without direction marks, as a person would type it. */
  plain(term: Term, lang: Lang): string;
  /** Blocks as Markdown in a language, an element a block. */
  markdown(blocks: readonly Block[], sources: readonly Source[], lang: Lang): string[];
}

const ISOLATES = /[\u2066-\u2069]/g;

/** Neutral blocks to text: the one place where an answer gets a language. */
export const renderer = (book: Phrasebook, nameOf: (concept: string, lang: Lang) => string): Renderer => {
  const withUnit = (number: string, unit: string, lang: Lang): string => {
    if (unit === "") return isolate(number, lang);
    if (SIGNS.has(unit)) return isolate(`${number}\u00a0${unit}`, lang);
    return `${isolate(number, lang)} ${book.say(lang, `unit.${unit}`)}`;
  };

  const term = (value: Term, lang: Lang): string => {
    if (typeof value === "string") return isolate(value, lang);
    if ("low" in value) {
      const low = formatNumber(value.low, value.digits, lang);
      const high = formatNumber(value.high, value.digits, lang);
      return withUnit(`${low}–${high}`, value.unit, lang);
    }
    if ("amount" in value) return withUnit(formatNumber(value.amount, value.digits, lang), value.unit, lang);
    if ("times" in value)
      return `${isolate(formatNumber(value.times, 0, lang), lang)} × ${term(value.of, lang)}`;
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

  type SourceBlock = Extract<Block, { type: "source" }>;

  /** Table, row and page of a source, as its document prints them. */
  const place = ({ table, row, page }: SourceBlock, lang: Lang): string => {
    const parts = [
      isolate(table, lang),
      book.say(lang, "source.row", { row: row.map((one) => term(one, lang)).join(" · ") }),
    ];
    if (page !== null)
      parts.push(page.includes("p.") ? isolate(page, lang) : book.say(lang, "source.page", { page }));
    return parts.join(separator(lang));
  };

  /** Sources of one document: its title with the proof of the first number, the other places under it. */
  const sourceLines = (blocks: readonly SourceBlock[], sources: readonly Source[], lang: Lang): string => {
    const source = sources[blocks[0]?.index ?? -1];
    if (!source) return "";
    const edition = book.say(lang, "source.edition", { edition: isolate(source.edition, lang) });
    const [first = "", ...others] = blocks.map((block) => place(block, lang));
    const head = [`${book.say(lang, "source.label")}: ${isolate(source.title, lang)}`, edition, first].join(
      separator(lang),
    );
    return [head, ...others.map((one) => `- ${one}`)].join("\n");
  };

  /** The main sentences with the number of their source, and the sources under them. */
  const passages = (
    { items, prose }: Extract<Block, { type: "passages" }>,
    sources: readonly Source[],
    lang: Lang,
  ): string => {
    const said = items.map(({ gist, quote, from }, at) => {
      const text = gist?.[lang] ?? `${book.say(lang, "extract.quoted")} “${beginning(quote)}”`;
      return `${items.length > 1 ? `${at + 1}. ` : ""}${text} [${from + 1}]`;
    });
    const places = sources.slice(0, items.at(-1)?.to ?? 0).map(
      ({ title, edition, locator }, at) =>
        `[${at + 1}] ${[title, edition, locator]
          .filter((part) => part !== "")
          .map((part) => isolate(part, lang))
          .join(separator(lang))}`,
    );
    const [first = "", ...others] = places;
    const proof = [`${book.say(lang, "source.label")}: ${first}`, ...others.map((one) => `- ${one}`)];
    // what a model wrote stands as it was streamed
    if (prose !== undefined) return `${prose}\n\n${rightly(proof.join("\n"), lang)}`;
    return rightly(`${said.join("\n")}\n\n${proof.join("\n")}`, lang);
  };

  const block = (one: Block, sources: readonly Source[], lang: Lang): string => {
    switch (one.type) {
      case "value":
        return `**${term(one.amount, lang)}** — ${one.parts.map((part) => term(part, lang)).join(" · ")}`;
      case "say":
        return capital(words(one.words, lang), lang);
      case "list":
        return one.items.map((item) => `- ${capital(words(item, lang), lang)}`).join("\n");
      case "table": {
        const row = (cells: readonly Term[]): string =>
          `| ${cells.map((value) => cell(value, lang)).join(" | ")} |`;
        return [row(one.head), `|${" --- |".repeat(one.head.length)}`, ...one.rows.map(row)].join("\n");
      }
      case "formula":
        return `${book.say(lang, "formula.title")}: ${words(one.words, lang)}`;
      case "passages":
        return passages(one, sources, lang);
      case "source":
        return sourceLines([one], sources, lang);
      case "examples":
        return book
          .examples(lang)
          .map((example) => `- ${example}`)
          .join("\n");
    }
  };

  return {
    term,
    plain: (value, lang) => term(value, lang).replace(ISOLATES, ""),
    markdown(blocks, sources, lang) {
      const out: string[] = [];
      for (let at = 0; at < blocks.length; at += 1) {
        const one = blocks[at];
        if (!one) continue;
        const run = one.type === "source" ? sameDocument(blocks, at, sources) : [];
        const text = run.length > 1 ? sourceLines(run, sources, lang) : block(one, sources, lang);
        const asItIs = one.type === "examples" || one.type === "passages";
        if (text !== "") out.push(asItIs ? text : rightly(text, lang));
        at += Math.max(0, run.length - 1);
      }
      return out;
    },
  };
};

/** The source blocks from a place on that name the same document and edition. */
const sameDocument = (
  blocks: readonly Block[],
  at: number,
  sources: readonly Source[],
): Extract<Block, { type: "source" }>[] => {
  const run: Extract<Block, { type: "source" }>[] = [];
  for (const block of blocks.slice(at)) {
    const source = block.type === "source" ? sources[block.index] : undefined;
    const first = sources[run[0]?.index ?? -1];
    if (
      block.type !== "source" ||
      !source ||
      (first && (first.title !== source.title || first.edition !== source.edition))
    )
      break;
    run.push(block);
  }
  return run;
};

/** Runs of Latin letters and digits keep their own order inside right-to-left text. */
const rightly = (text: string, lang: Lang): string => (isRightToLeft(lang) ? isolateRuns(text) : text);

/** Words of a document that are quoted in a message; the rest opens with its source. */
const QUOTED = 60;
const beginning = (text: string): string => {
  const words = text.split(/\s+/);
  return words.length > QUOTED ? `${words.slice(0, QUOTED).join(" ")} …` : words.join(" ");
};

/** A semicolon of the reader's own script, which does not change sides in right-to-left text. */
const separator = (lang: Lang): string =>
  lang === "ar" ? "؛ " : lang === "zh" || lang === "ja" ? "；" : "; ";

/** A sentence begins with a capital letter where the script has them. */
const capital = (text: string, lang: Lang): string => {
  const first = text.charAt(0);
  if (first === first.toUpperCase()) return text;
  return first.toLocaleUpperCase(lang) + text.slice(1);
};
