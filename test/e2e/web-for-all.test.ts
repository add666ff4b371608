import { readFileSync } from "node:fs";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Answer, Lang } from "../../src/core/types.ts";
import { askPage, launch, noChromium, openPage, PHONE, serveWeb, styleOf } from "../fixtures/browser.ts";
import { atOnce, stubAnswer, stubEngine } from "../fixtures/stub-engine.ts";
import { needs } from "../servers.ts";

const TABLE =
  "At what age?\n\n| Day | body weight | FCR |\n|---|---|---|\n| 7 | 213 g | 0.81 |\n| 14 | 531 g | 1.05 |";
const ARABIC =
  "**\u20681,012 g\u2069** — وزن الجسم · \u2068Ross 308\u2069 · اليوم \u206821\u2069\n\nالذكور: 1,052 g · الإناث: 973 g";

const answers: Partial<Record<string, Partial<Answer>>> = {
  table: { text: TABLE, via: "clarify" },
  وزن: { text: ARABIC, lang: "ar", suggestions: ["ذكور"] },
  poids: { lang: "fr", suggestions: ["mâles"] },
};

needs("chromium", noChromium)("the web chat, for everyone", () => {
  let browser: Browser;
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const open = async (options: BrowserContextOptions = {}) => {
    const engine = stubEngine((request) => {
      const over = answers[request.text.split(" ")[0] ?? ""] ?? {};
      return atOnce(stubAnswer(request.lang ? { ...over, lang: request.lang } : over));
    });
    const server = await serveWeb({ engine });
    const opened = await openPage(browser, server.url, options);
    closing.push(() => opened.context.close(), server.close);
    return { ...opened, engine };
  };
  const lang = (page: Page) => page.locator("html").getAttribute("lang");
  const overflow = (page: Page) =>
    page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  const violations = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe.source);
    type Found = { id: string; nodes: { html: string }[] };
    const found = await page.evaluate<Found[]>("axe.run().then((result) => result.violations)");
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
  };

  describe("axe-core finds nothing", () => {
    test.each<[string, BrowserContextOptions, string]>([
      ["in light", { colorScheme: "light" }, "weight"],
      ["in dark", { colorScheme: "dark" }, "weight"],
      ["on a phone, with a table", PHONE, "table"],
      ["in Arabic, dark, on a phone", { ...PHONE, locale: "ar", colorScheme: "dark" }, "وزن"],
    ])("%s", async (_name, options, question) => {
      const { page } = await open(options);
      expect(await violations(page)).toEqual([]);
      await askPage(page, question);
      await page.locator("summary").click();
      expect(await violations(page)).toEqual([]);
    });
  });

  describe("by keyboard alone", () => {
    const focused = (page: Page) =>
      page.evaluate<string>("document.activeElement.id || document.activeElement.className");

    test("the first stop leads to the box, and everything has a visible focus", async () => {
      const { page } = await open();
      await page.focus("#new-chat");
      await page.keyboard.press("Shift+Tab");
      expect(await focused(page)).toBe("skip");
      await page.keyboard.press("Enter");
      await expect.poll(() => focused(page)).toBe("question");
      for (const stop of [
        "#new-chat",
        "#language",
        "#theme",
        "#send",
        "#export",
        "#forget",
        "#examples button",
      ]) {
        await page.locator(stop).first().focus();
        await page.keyboard.press("Shift+Tab");
        await page.keyboard.press("Tab");
        const outline = await styleOf(page, stop, "outline-style");
        expect([stop, outline]).toEqual([stop, "solid"]);
      }
    });

    test("Enter sends, Shift+Enter breaks the line, and an empty box sends nothing", async () => {
      const { page, engine } = await open();
      await page.focus("#question");
      await page.keyboard.press("Enter");
      expect(engine.asked).toEqual([]);
      await page.keyboard.type("weight");
      await page.keyboard.press("Shift+Enter");
      await page.keyboard.type("ross");
      await page.keyboard.press("Enter");
      await expect.poll(() => engine.asked[0]?.text).toBe("weight\nross");
      expect(await page.inputValue("#question")).toBe("");
    });

    test("a quick reply pressed by key leaves the focus in the box", async () => {
      const { page } = await open();
      await askPage(page, "weight");
      await page.locator(".replies button").first().focus();
      await page.keyboard.press("Enter");
      await expect.poll(() => page.locator(".turn").count()).toBe(4);
      expect(await focused(page)).toBe("question");
    });
  });

  describe("in its reader's language", () => {
    test.each<[string, Lang, string]>([
      ["fr-CA", "fr", "ltr"],
      ["ar-EG", "ar", "rtl"],
      ["pt-BR", "pt", "ltr"],
      ["sw", "en", "ltr"],
    ])("a browser in %s gets the page in %s", async (locale, expected, dir) => {
      const { page } = await open({ locale });
      expect([await lang(page), await page.locator("html").getAttribute("dir")]).toEqual([expected, dir]);
      const strings = JSON.parse(readFileSync(`locales/${expected}/answers.json`, "utf8")) as {
        examples: string[];
      };
      expect(await page.locator("#examples button").allTextContents()).toEqual(strings.examples);
    });

    test("follows the language of the last question, and each answer keeps its own", async () => {
      const { page, engine } = await open();
      await askPage(page, "weight");
      await askPage(page, "poids d'un Ross 308");
      expect(await lang(page)).toBe("fr");
      expect(
        await page.evaluate("[...document.querySelectorAll('.answer')].map((answer) => answer.lang)"),
      ).toEqual(["en", "fr"]);
      expect(engine.asked.map((request) => request.lang)).toEqual([undefined, undefined]);
    });

    test("keeps a chosen language, asks for it, and remembers it", async () => {
      const { page, engine } = await open();
      await page.selectOption("#language", "th");
      await expect.poll(() => lang(page)).toBe("th");
      await askPage(page, "weight");
      expect(engine.asked[0]?.lang).toBe("th");
      await page.reload();
      await expect.poll(() => lang(page)).toBe("th");
      expect(await page.inputValue("#language")).toBe("th");
      expect(await page.locator("#language option").count()).toBe(17);
    });

    test("Arabic runs from right to left, with numbers and Latin names isolated", async () => {
      const { page } = await open({ ...PHONE, locale: "ar" });
      await askPage(page, "وزن روس 308");
      const answer = page.locator(".answer");
      expect(await answer.getAttribute("dir")).toBe("rtl");
      expect(await answer.locator(".body bdi").allTextContents()).toEqual([
        "1,012 g",
        "Ross 308",
        "21",
        "1,052 g",
        "973 g",
      ]);
      const box = (selector: string) => page.locator(selector).boundingBox();
      const [amount, unit] = [await box(".amount"), await box(".unit")];
      expect(amount?.x).toBeLessThan(unit?.x ?? 0);
      expect(await overflow(page)).toBe(0);
    });
  });

  test.each([320, 360, 768, 1280])("nothing runs off a screen of %i pixels", async (width) => {
    const { page } = await open({ viewport: { width, height: 700 } });
    expect(await overflow(page)).toBe(0);
    await askPage(page, "table");
    await askPage(page, `weight of ${"x".repeat(300)}`);
    expect(await overflow(page)).toBe(0);
    const send = await page.locator("#send").boundingBox();
    expect((send?.x ?? 0) + (send?.width ?? 0)).toBeLessThanOrEqual(width);
    expect(send?.height).toBeGreaterThanOrEqual(44);
  });

  test("dark follows the system, and a choice of one's own wins and stays", async () => {
    const { page } = await open({ colorScheme: "dark" });
    const brightness = async (): Promise<number> => {
      const colour = await styleOf(page, "body", "background-color");
      return (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
    };
    expect(await brightness()).toBeLessThan(150);
    await page.click("#theme");
    expect(await brightness()).toBeGreaterThan(600);
    await page.reload();
    expect(await brightness()).toBeGreaterThan(600);
  });
});
