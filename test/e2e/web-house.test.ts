import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answered, askPage, launch, noChromium, openPage, PHONE } from "../fixtures/browser.ts";
import { openHouse } from "../fixtures/house.ts";
import { needs } from "../servers.ts";

needs("chromium", noChromium)("the web chat over the real engine", () => {
  let browser: Browser;
  let house: Awaited<ReturnType<typeof openHouse>>;
  beforeAll(async () => {
    [browser, house] = await Promise.all([launch(), openHouse()]);
  });
  afterAll(async () => {
    await browser.close();
    await house.close();
  });

  test("a question gets its number and proof, and a quick reply the next number", async () => {
    const { page, faults } = await openPage(browser, house.url);
    await askPage(page, "Weight of a Ross 308 at 21 days?");
    expect(await page.locator(".amount").innerText()).toBe("1,012");
    expect(await page.locator(".sources summary").innerText()).toMatch(/Ross.*2022.*p\. 3/is);
    await page.locator(".replies button", { hasText: "at 28 days" }).click();
    await expect.poll(() => page.locator(".amount").count()).toBe(2);
    expect(await page.locator(".figure").last().innerText()).toMatch(/Ross 308.*day 28/);
    expect(faults).toEqual([]);
  });

  test("an incomplete question shows a table and asks; a bare number completes it", async () => {
    const { page } = await openPage(browser, house.url, PHONE);
    await askPage(page, "weight of a Ross 308 male?");
    expect(await page.locator(".body tbody tr").count()).toBeGreaterThan(3);
    await askPage(page, "28");
    expect(await page.locator(".figure").innerText()).toMatch(/males.*day 28/);
    await page.context().close();
  });

  test.each(["ar", "de", "fr", "hi", "ja", "th", "tr", "zh"])(
    "the three examples of %s are understood",
    async (locale) => {
      const { page, context } = await openPage(browser, house.url, { locale });
      const examples = await page.locator("#examples button").allTextContents();
      for (const example of examples) await askPage(page, example);
      await answered(page);
      expect(await page.locator(".figure").count()).toBe(3);
      expect(await page.locator("html").getAttribute("lang")).toBe(locale);
      await context.close();
    },
  );
});
