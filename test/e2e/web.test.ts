import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { answered, askPage, launch, noChromium, openPage, serveWeb, styleOf } from "../fixtures/browser.ts";
import {
  atOnce,
  inPieces,
  type Script,
  stubAnswer,
  stubEngine,
  stubPeople,
} from "../fixtures/stub-engine.ts";
import { needs } from "../servers.ts";

const LONG = "word ".repeat(400).trim();

needs("chromium", noChromium)("the web chat", () => {
  let browser: Browser;
  const closing: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  const open = async (script?: Script) => {
    const engine = stubEngine(script);
    const people = stubPeople();
    const server = await serveWeb({ engine, people });
    const opened = await openPage(browser, server.url);
    closing.push(() => opened.context.close(), server.close);
    return { ...opened, engine, people, server };
  };

  test("starts with three questions, and asks one at a click, with nothing from outside", async () => {
    const { page, engine, faults, foreign } = await open();
    const examples = await page.locator("#examples button").allTextContents();
    expect(examples).toHaveLength(3);
    await page.locator("#examples button").nth(1).click();
    await answered(page);
    expect(engine.asked[0]).toMatchObject({ text: examples[1], channel: "web", lang: undefined });
    expect(engine.asked[0]?.chat).toMatch(/^web-[0-9a-f]{32}$/);
    expect(await page.locator("#welcome").isVisible()).toBe(false);
    expect([faults, foreign]).toEqual([[], []]);
  });

  test("shows the number first and big, and its proof, which opens by keyboard", async () => {
    const { page } = await open();
    await askPage(page, "Weight of a Ross 308 at 21 days?");
    const size = async (selector: string) => Number.parseFloat(await styleOf(page, selector, "font-size"));
    expect(await page.locator(".answer .amount").textContent()).toBe("1,012");
    expect(await size(".answer .amount")).toBeGreaterThan(2.5 * (await size(".answer .figure")));
    const sources = page.locator(".sources");
    expect(await sources.locator("li").isVisible()).toBe(false);
    await sources.locator("summary").focus();
    await page.keyboard.press("Enter");
    for (const part of ["Ross 308 Performance Objectives", "Aviagen", "2022", "day 21; p. 3"]) {
      expect(await sources.locator("li").innerText()).toContain(part);
    }
  });

  test("shows text while it is written, and tells listeners only of the whole", async () => {
    const { page } = await open((_r, signal) =>
      inPieces(stubAnswer({ text: LONG }), () => sleep(3, undefined, { signal })),
    );
    await page.evaluate(`
      said = [];
      const live = document.getElementById("announcer");
      new MutationObserver(() => live.textContent && said.push(live.textContent)).observe(live, { childList: true });
    `);
    await page.fill("#question", "long");
    await page.press("#question", "Enter");
    const body = page.locator(".answer .body");
    await expect.poll(async () => (await body.innerText()).length).toBeGreaterThan(10);
    expect((await body.innerText()).length).toBeLessThan(LONG.length);
    expect(await page.locator(".answer").getAttribute("aria-busy")).toBe("true");
    await answered(page);
    expect(await body.innerText()).toBe(LONG);
    const said = () => page.evaluate<string[]>("said");
    await expect.poll(said).toContain(LONG);
    expect((await said()).filter((text) => text.startsWith("word"))).toEqual([LONG]);
  });

  test("stops at Escape, keeps what came, and ends the engine's work", async () => {
    const { page, engine } = await open((_r, signal) =>
      inPieces(stubAnswer({ text: LONG }), () => sleep(10, undefined, { signal })),
    );
    await page.fill("#question", "long");
    await page.press("#question", "Enter");
    await expect.poll(() => page.locator(".answer .body").innerText()).toContain("word");
    expect(await page.locator("#stop").isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await answered(page);
    expect(await page.locator(".answer .note").innerText()).toBe("Stopped.");
    expect(await page.locator(".answer .body").innerText()).toContain("word");
    await expect.poll(() => engine.aborted).toBe(true);
    expect(await page.locator("#send").isVisible()).toBe(true);
  });

  test("sends quick replies in the same conversation, and offers only the latest", async () => {
    const { page, engine } = await open();
    await askPage(page, "Weight of a Ross 308 at 21 days?");
    await page.getByRole("group", { name: "Quick replies" }).getByText("at 28 days").click();
    await expect.poll(() => page.locator(".turn").count()).toBe(4);
    await answered(page);
    expect(engine.asked.map((request) => request.text)).toEqual([
      "Weight of a Ross 308 at 21 days?",
      "at 28 days",
    ]);
    expect(engine.asked[1]?.chat).toBe(engine.asked[0]?.chat);
    expect(await page.locator(".replies").count()).toBe(1);
  });

  test("keeps the question when the connection is lost, before and during the answer", async () => {
    const { page, server } = await open((_r, signal) =>
      inPieces(stubAnswer({ text: LONG }), () => sleep(10, undefined, { signal })),
    );
    await page.fill("#question", "half an answer");
    await page.press("#question", "Enter");
    await expect.poll(() => page.locator(".answer .body").innerText()).toContain("word");
    await server.close();
    await answered(page);
    expect(await page.locator(".answer .failed").innerText()).toContain("connection was lost");
    expect(await page.inputValue("#question")).toBe("half an answer");
    await page.press("#question", "Enter");
    await expect.poll(() => page.locator(".failed").count()).toBe(2);
    expect(await page.inputValue("#question")).toBe("half an answer");
  });

  test("says what the server refuses in the page's language", async () => {
    const { page } = await open(async function* () {
      yield* [];
      throw new Error("inside");
    });
    await page.selectOption("#language", "fr");
    await expect.poll(() => page.locator("html").getAttribute("lang")).toBe("fr");
    await askPage(page, "x");
    expect(await page.locator(".failed").innerText()).toMatch(/question/);
    expect(await page.locator(".failed").innerText()).not.toMatch(/inside|wrong/);
  });

  test("draws Markdown, and never an answer's HTML", async () => {
    const text =
      "**Bold** and *slanted* `code`\n\n- one\n- two\n\n| Day | g |\n|---|---:|\n| 7 | 213 |\n\n<img src=x onerror=alert(1)> [bad](javascript:alert(1)) [good](https://example.org/a)";
    const { page, faults } = await open(() => atOnce(stubAnswer({ text })));
    await askPage(page, "x");
    const body = page.locator(".answer .body");
    expect(await body.locator("strong").first().innerText()).toBe("Bold");
    expect(await body.locator("em, code, li, td").allInnerTexts()).toEqual([
      "slanted",
      "code",
      "one",
      "two",
      "213",
    ]);
    expect(await body.locator("th").allInnerTexts()).toEqual(["Day", "g", "7"]);
    expect(await body.locator("img, script").count()).toBe(0);
    expect(await page.evaluate("[...document.querySelectorAll('.body a')].map((link) => link.href)")).toEqual(
      ["https://example.org/a"],
    );
    expect(await body.innerText()).toContain("<img src=x onerror=alert(1)>");
    expect(faults).toEqual([]);
  });

  test("keeps the transcript over a reload, and begins anew at 'New chat'", async () => {
    const { page, engine } = await open();
    await askPage(page, "first");
    await page.reload();
    await expect.poll(() => page.locator(".turn").count()).toBe(2);
    await askPage(page, "second");
    await page.click("#new-chat");
    expect(await page.locator(".turn").count()).toBe(0);
    expect(await page.locator("#welcome").isVisible()).toBe(true);
    await askPage(page, "third");
    const [first, second, third] = engine.asked.map((request) => request.chat);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  test("exports and forgets all conversations of this browser, after asking", async () => {
    const { page, engine, people } = await open();
    await askPage(page, "first");
    await page.click("#new-chat");
    await askPage(page, "second");
    const names = engine.asked.map((request) => request.chat ?? "");
    const saving = page.waitForEvent("download");
    await page.click("#export");
    expect((await saving).suggestedFilename()).toBe("flockwise-export.json");

    page.once("dialog", (dialog) => void dialog.dismiss());
    await page.click("#forget");
    expect(people.forgotten).toEqual([]);
    page.once("dialog", (dialog) => void dialog.accept());
    await page.click("#forget");
    await expect.poll(() => people.forgotten).toEqual(names);
    await expect.poll(() => page.locator("#notice").innerText()).toBe("Everything was deleted.");
    expect(await page.locator(".turn").count()).toBe(0);
    await askPage(page, "after");
    expect(names).not.toContain(engine.asked.at(-1)?.chat);
  });
});
