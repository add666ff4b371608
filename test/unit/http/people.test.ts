import { describe, expect, test } from "vitest";
import { door, post } from "../../fixtures/door.ts";
import { stubPeople } from "../../fixtures/stub-engine.ts";

const TOKEN = "admin-token-of-this-test";
const bearer = { authorization: `Bearer ${TOKEN}` };
const at = (host: string, adminToken?: string) => {
  const people = stubPeople();
  return { people, app: door({ people, config: { port: 0, host, adminToken } }).app };
};
const local = (path: string): string => `http://127.0.0.1:3000${path}`;
const EXPORT = local("/v1/export?user=telegram:7");
const FORGET = local("/v1/forget");

describe("on a loopback address", () => {
  test.each(["127.0.0.1", "localhost", "::1"])(
    "%s serves export and forget without a token",
    async (host) => {
      const { app, people } = at(host);
      expect(await (await app.request(EXPORT)).json()).toEqual({
        user: "telegram:7",
        messages: [{ role: "user", text: "hello" }],
        flocks: [],
        feedback: [],
      });
      expect((await app.request(FORGET, post({ user: "telegram:7" }))).status).toBe(200);
      expect(people.forgotten).toEqual(["telegram:7"]);
    },
  );

  test.each([{}, { user: "" }, { user: 7 }, [], "null"])("%j names nobody: 400", async (body) => {
    const { app, people } = at("127.0.0.1");
    expect((await app.request(FORGET, post(body as string))).status).toBe(400);
    expect((await app.request(local("/v1/export"))).status).toBe(400);
    expect(people.forgotten).toEqual([]);
  });

  test("another site's page is kept out", async () => {
    const { app, people } = at("127.0.0.1");
    const crossSite = await app.request(FORGET, post({ user: "u" }, { "sec-fetch-site": "cross-site" }));
    const rebound = await app.request("http://farm.example:3000/v1/export?user=u");
    expect([crossSite.status, rebound.status]).toEqual([401, 401]);
    expect(people.forgotten).toEqual([]);
  });
});

describe("on any other address", () => {
  test("they do not exist without ADMIN_TOKEN", async () => {
    const { app } = at("0.0.0.0");
    expect((await app.request(EXPORT)).status).toBe(404);
    expect((await app.request(FORGET, post({ user: "u" }, bearer))).status).toBe(404);
  });

  test("they want the token when there is one", async () => {
    const { app, people } = at("0.0.0.0", TOKEN);
    expect((await app.request(EXPORT)).status).toBe(401);
    expect((await app.request(EXPORT, { headers: { authorization: "Bearer wrong" } })).status).toBe(401);
    expect((await app.request(EXPORT, { headers: bearer })).status).toBe(200);
    expect((await app.request(FORGET, post({ user: "u" }, bearer))).status).toBe(200);
    expect(people.forgotten).toEqual(["u"]);
  });
});
