import { describe, expect, test } from "vitest";
import { LANGS } from "../../../src/core/types.ts";
import { textFeatures } from "../../../src/knowledge/features.ts";
import { reader } from "../../../src/language/read.ts";
import { lexicon, parsed, read } from "../../fixtures/understanding.ts";

const reading = reader(lexicon);

describe("what is said of the wide concept is said of its kinds", () => {
  test.each([
    ["en", "how does tunnel ventilation work?", "tunnel_ventilation", "ventilation"],
    ["nl", "hoe werkt tunnelventilatie?", "tunnel_ventilation", "ventilation"],
    ["de", "Vorbrüter reinigen", "setter", "incubator"],
    ["fr", "température de l'éclosoir", "hatcher", "incubator"],
    ["zh", "灭活疫苗怎么用", "killed_vaccine", "vaccine"],
    ["pl", "zearalenon w paszy", "zearalenone", "mycotoxin"],
  ] as const)("%s: %s", (lang, text, narrow, wide) => {
    const { concepts, topics } = parsed(text, lang);
    expect([...concepts]).toEqual(expect.arrayContaining([narrow, wide]));
    expect(topics.map(({ id }) => id)).toEqual(expect.arrayContaining([narrow, wide]));
  });

  test("an enriched cage is a cage to the standards, and an aviary is none", () => {
    expect(parsed("Hy-Line Brown in enriched cages, egg weight at 30 weeks", "en").housing).toBe("cage");
    expect(parsed("Hy-Line Brown in an aviary, egg weight at 30 weeks", "en").housing).toBe("alternative");
  });

  test("a passage is found by the wide concept as by its own, and better by the narrow one beside it", () => {
    const features = (text: string) => textFeatures(text, lexicon.languages.en, reading);
    const wide = features("ventilation").get("c:ventilation") ?? 0;
    expect(features("tunnel ventilation").get("c:ventilation")).toBe(wide);
    expect(features("tunnel ventilation").get("c:tunnel_ventilation")).toBe(wide / 2);
  });
});

test.each(LANGS)("%s: the name of a narrow concept is read as it", (lang) => {
  const narrow = Object.entries(lexicon.concepts).flatMap(([id, { broader }]) =>
    broader === undefined ? [] : [id],
  );
  const missed = narrow.filter(
    (id) =>
      !read(lexicon.languages[lang].firstForms.get(id) ?? "", lang).items.some(
        (item) => item.is === "concept" && item.id === id,
      ),
  );
  expect(missed).toEqual([]);
});
