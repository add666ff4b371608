import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { webRoutes } from "../../../adapters/web/index.ts";
import { LANGS } from "../../../src/core/types.ts";
import { door } from "../../fixtures/door.ts";

const { app } = door({ routes: webRoutes({ people: true }) });
const page = async (acceptLanguage: string) =>
  (await app.request("/", { headers: { "accept-language": acceptLanguage } })).text();

test.each([
  ["fr-CA,fr;q=0.9,en;q=0.8", "fr", "ltr"],
  ["sw,ar;q=0.5,de;q=0.7", "de", "ltr"],
  ["ar", "ar", "rtl"],
  ["xx", "en", "ltr"],
  ["", "en", "ltr"],
])("a browser that asks for %j gets the page in %s", async (header, lang, dir) => {
  expect(await page(header)).toContain(`<html lang="${lang}" dir="${dir}">`);
});

test("the page lets nothing in from outside, and leaves no placeholder unfilled", async () => {
  const response = await app.request("/");
  const policy = response.headers.get("content-security-policy");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  const html = await response.text();
  expect(html.replace(/<script type="application\/json"[\s\S]*?<\/script>/, "")).not.toMatch(
    /\{\{|https?:\/\/|<style|style=|onclick/,
  );
});

test("every script, style and text that the page names is served, once until it changes", async () => {
  const html = await page("en");
  const names = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((found) => found[1] ?? "");
  expect(names.length).toBeGreaterThan(4);
  for (const name of [...names, ...LANGS.map((lang) => `/strings/${lang}.json`)]) {
    const response = await app.request(name);
    expect([name, response.status]).toEqual([name, 200]);
    const again = await app.request(name, {
      headers: { "if-none-match": response.headers.get("etag") ?? "" },
    });
    expect([name, again.status]).toEqual([name, 304]);
  }
});

test("a page served to everyone does not offer what needs a token", async () => {
  const closed = door({ routes: webRoutes({ people: false }) }).app;
  expect(await (await closed.request("/")).text()).toContain('data-people="closed"');
});

test("a missing text is told at the start, with its file", () => {
  expect(() => webRoutes({ people: true, locales: "test/fixtures" })).toThrow(/locales\/ar\/answers\.json/);
});

test("the types in the scripts' comments hold", { timeout: 60_000 }, async () => {
  await promisify(execFile)(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "adapters/web"]);
});
