import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openEngine } from "../../fixtures/asking.ts";
import { DAY, fakeClock, HOUR } from "../../fixtures/fake-clock.ts";

const clock = fakeClock();
const engine = openEngine(clock);
afterAll(() => engine.close());

/** A person of this test only, another whose id begins with it, and a word that stands in their questions and nowhere else. */
let count = 0;
const people = () => {
  count += 1;
  const user = `farmer-77e1c0-Ørsted-${count}.`;
  return { user, other: `${user}2`, mark: `Quittenhof${"abcdefgh"[count] ?? ""}` };
};

const filesWith = (needle: string): string[] =>
  readdirSync(engine.dataDir, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .filter((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return bytes.includes(needle) || bytes.includes(Buffer.from(needle, "utf16le"));
    })
    .map((entry) => entry.name);

const talk = async (chat: string, mark: string): Promise<void> => {
  await engine.ask(`${mark}: weight of Ross 308 at 21 days`, { chat });
  await engine.ask("and at 28 days?", { chat });
  await engine.ask(`hello from ${mark}`, { chat });
  for (let day = 22; day < 56; day += 1) await engine.ask(`${mark} Ross 308 weight at ${day} days`, { chat });
};

test("a forgotten person leaves neither id nor words in any byte of DATA_DIR", async () => {
  const { user, mark } = people();
  await talk(user, mark);
  expect(filesWith(user)).not.toEqual([]);
  expect(filesWith(mark)).not.toEqual([]);
  engine.people.forget(user);
  expect({ id: filesWith(user), words: filesWith(mark) }).toEqual({ id: [], words: [] });
  expect(engine.people.export(user)).toEqual({ user, messages: [], flocks: [], feedback: [] });
});

test("forgetting also reaches what had expired", async () => {
  const { user, mark } = people();
  await talk(user, mark);
  clock.pass(400 * DAY);
  engine.people.forget(user);
  expect({ id: filesWith(user), words: filesWith(mark) }).toEqual({ id: [], words: [] });
});

test("the others keep their conversation, in the middle of it", async () => {
  const { user, other } = people();
  await engine.ask("weight of Ross 308 at 21 days", { chat: user });
  await engine.ask("weight of Cobb 500 at 21 days", { chat: other });
  engine.people.forget(user);
  expect(engine.people.export(other).messages).toHaveLength(1);
  expect((await engine.ask("and at 28 days?", { chat: other })).frame).toMatchObject({
    line: "cobb_500",
    age_days: 28,
  });
  // nothing to complete any more
  expect((await engine.ask("and at 28 days?", { chat: user })).via).toBe("clarify");
});

test("the export shows what was asked and answered, through the engine", async () => {
  const { user } = people();
  const first = await engine.ask("weight of Ross 308 at 21 days", { chat: user });
  clock.pass(1000);
  const second = await engine.ask("et pour les femelles ?", { chat: user });
  expect(engine.people.export(user).messages).toMatchObject([
    { question: "weight of Ross 308 at 21 days", answer: first.text, lang: "en", frame: first.frame },
    { question: "et pour les femelles ?", answer: second.text, lang: "fr", frame: second.frame },
  ]);
});

test("without a chat nothing is written", async () => {
  const { mark } = people();
  await engine.ask(`${mark}: weight of Ross 308 at 21 days`);
  await engine.ask("28", { history: [{ role: "user", text: `${mark}: weight of Ross 308 at 21 days` }] });
  expect(filesWith(mark)).toEqual([]);
});

test("the next day begins anew, and never borrows from another conversation", async () => {
  const { user, other } = people();
  await engine.ask("weight of Ross 308 at 21 days", { chat: user });
  expect((await engine.ask("and at 28 days?", { chat: other })).via).toBe("clarify");
  clock.pass(HOUR);
  expect((await engine.ask("and at 28 days?", { chat: user })).frame).toMatchObject({
    line: "ross_308",
    age_days: 28,
  });
  clock.pass(2 * DAY);
  expect((await engine.ask("and at 35 days?", { chat: user })).via).toBe("clarify");
});
