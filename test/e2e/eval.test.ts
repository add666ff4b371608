import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

interface Counts {
  right: number;
  wrong: number;
  unanswered: number;
  not_judged: number;
}
interface Listed {
  set: string;
  file: string;
  line: number;
  text: string;
  want: unknown;
  got: unknown;
}
interface Report {
  sets: Record<string, { all: Counts; by_lang: Record<string, Counts> }>;
  kinds: Record<string, Record<string, number>>;
  wrong: Listed[];
  unanswered: Listed[];
  unread: { file: string; line: number; reason: string }[];
}

const at21 = { line: "ross_308", metric: "body_weight", age_days: 21, sex: "as_hatched", unit: null };
const counts = (right: number, wrong: number, unanswered: number, not_judged: number): Counts => ({
  right,
  wrong,
  unanswered,
  not_judged,
});

describe("npm run eval", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "flockwise-evaluated-"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, lines: readonly unknown[]): string => {
    const path = join(folder, name);
    writeFileSync(
      path,
      lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"),
    );
    return path;
  };
  const evaluate = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, DATA_DIR: join(folder, "var"), TMPDIR: folder };
      execFile(
        process.execPath,
        ["--import", "tsx", "src/cli/eval.ts", ...args],
        { env },
        (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      );
    });
  const report = async (...files: string[]): Promise<Report> =>
    JSON.parse((await evaluate(...files, "--json")).stdout) as Report;

  test("a template line is right when the frames are equal key by key, in any order of keys", async () => {
    const { sex, ...rest } = at21;
    const path = file("template.jsonl", [
      { lang: "en", text: "Weight of a Ross 308 at 21 days?", frame: { sex, ...rest } },
      { lang: "en", text: "Weight of a Ross 308 at 22 days?", frame: at21 },
      { lang: "fr", text: "Poids d'un Ross 308 à 21 jours ?", frame: { ...at21, housing: "cage" } },
      { lang: "fr", text: "Qui est le premier ministre ?", frame: at21 },
    ]);
    const { sets, wrong, unanswered } = await report(path);
    expect(sets["template"]?.by_lang).toEqual({ en: counts(1, 1, 0, 0), fr: counts(0, 1, 1, 0) });
    expect(wrong.map(({ line, want, got }) => ({ line, want, got }))).toEqual([
      { line: 2, want: at21, got: { ...at21, age_days: 22 } },
      { line: 3, want: { ...at21, housing: "cage" }, got: at21 },
    ]);
    expect(unanswered).toMatchObject([{ set: "template", file: path, line: 4, got: null }]);
  });

  test("a near miss is a fault when both frames are equal, and is not judged when there is none", async () => {
    const { sets } = await report(
      file("near.jsonl", [
        { lang_a: "en", lang_b: "en", a: "Ross 308 weight day 21", b: "Ross 308 weight day 28", why: "age" },
        {
          lang_a: "en",
          lang_b: "fr",
          a: "Ross 308 weight day 21",
          b: "poids Ross 308 à 21 jours",
          why: "none",
        },
        { lang_a: "de", lang_b: "de", a: "Wer ist Bundeskanzler?", b: "Wer ist Papst?", why: "person" },
      ]),
    );
    expect(sets["near_miss"]?.by_lang).toEqual({ de: counts(0, 0, 0, 1), en: counts(1, 1, 0, 0) });
  });

  test("each conversation begins anew; without a frame its last turn is compared with `expect` asked alone", async () => {
    const { sets, wrong } = await report(
      file("conversation.jsonl", [
        { lang: "en", turns: ["Ross 308 weight day 28", "and at 21 days?"], expect: "", frame: at21 },
        { lang: "en", turns: ["and the females?"], expect: "", frame: { ...at21, sex: "female" } },
        { lang: "es", turns: ["peso ross 308 35 días", "¿y a los 28?"], expect: "peso ross 308 28 días" },
        { lang: "es", turns: ["peso ross 308 35 días", "¿y a los 28?"], expect: "peso ross 308 29 días" },
        {
          lang: "en",
          turns: ["price of pullets today?", "and tomorrow?"],
          expect: "what do pullets cost tomorrow?",
        },
      ]),
    );
    expect(sets["conversation"]?.by_lang).toEqual({ en: counts(1, 0, 2, 0), es: counts(1, 1, 0, 0) });
    expect(wrong.map(({ line }) => line)).toEqual([4]);
  });

  test("a later line of a paraphrase group is right when its answer is the first one's; without one it is not judged", async () => {
    const { sets } = await report(
      file("groups.jsonl", [
        { group: "pox", lang: "en", text: "What does fowl pox look like?" },
        { group: "pox", lang: "en", text: "what does fowl pox look like" },
        { group: "pox", lang: "fr", text: "Combien d'ammoniac dans un poulailler de chair ?" },
        { group: "price", lang: "de", text: "Was kosten Junghennen heute?" },
        { group: "price", lang: "de", text: "Was kosten heute Junghennen?" },
      ]),
    );
    expect(sets["paraphrase"]?.by_lang).toEqual({
      de: counts(0, 0, 0, 2),
      en: counts(1, 0, 0, 1),
      fr: counts(0, 1, 0, 0),
    });
  });

  test("lines without a number are counted by kind and by who answered them; a table's number is a fault", async () => {
    const { kinds, sets } = await report(
      file("kinds.jsonl", [
        { lang: "en", text: "what FCR is good?", kind: "incomplete" },
        { lang: "en", text: "Ross 308 weight day 21", kind: "incomplete" },
        { lang: "fr", text: "salut", kind: "smalltalk" },
        { lang: "fr", text: "qui est le premier ministre", kind: "off_topic" },
        { lang: "fr", text: "poids Ross 308 à 21 jours", kind: "off_topic" },
      ]),
    );
    expect(kinds).toEqual({
      incomplete: { clarify: 1, standard: 1 },
      off_topic: { standard: 1, off_topic: 1 },
      smalltalk: { smalltalk: 1 },
    });
    expect(sets["other"]?.by_lang).toEqual({ en: counts(1, 1, 0, 0), fr: counts(2, 1, 0, 0) });
  });

  test("a bad line is told with file, line and reason, the others are scored, and the exit code is 1", async () => {
    const path = file("bad.jsonl", [
      { lang: "en", text: "Weight of a Ross 308 at 21 days?", frame: at21 },
      "",
      "{not json",
      { lang: "xx", text: "Weight?", frame: at21 },
      { lang: "en", text: "Weight?", kind: "riddle" },
      { lang: "en" },
    ]);
    const missing = join(folder, "missing.jsonl");
    const { code, stdout, stderr } = await evaluate(path, missing, "--json");
    expect(code).toBe(1);
    const { sets, unread } = JSON.parse(stdout) as Report;
    expect(sets["template"]?.all).toEqual(counts(1, 0, 0, 0));
    expect(unread.map(({ line }) => line)).toEqual([3, 4, 5, 6, 0]);
    expect(stderr).toMatch(/bad\.jsonl:3: .*JSON/);
    expect(stderr).toMatch(/bad\.jsonl:4: lang: /);
    expect(stderr).toMatch(/bad\.jsonl:5: kind: /);
    expect(stderr).toMatch(/missing\.jsonl: ENOENT/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("people get aligned tables and the lines that went wrong, and nothing stays in DATA_DIR", async () => {
    const path = file("table.jsonl", [
      { lang: "en", text: "Weight of a Ross 308 at 21 days?", frame: at21 },
      { lang: "en", text: "Weight of a Ross 308 at 22 days?", frame: at21 },
    ]);
    const { code, stdout } = await evaluate(path);
    expect(code).toBe(0);
    const rows = stdout.split("\n").slice(0, 3);
    expect(rows).toEqual([
      "template  lines  right  wrong  unanswered  not judged  right %",
      "en            2      1      1           0           0     50.0",
      "all           2      1      1           0           0     50.0",
    ]);
    expect(stdout).toContain(`wrong ${path}:2 Weight of a Ross 308 at 22 days?`);
    expect(existsSync(join(folder, "var"))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.startsWith("flockwise-eval-"))).toEqual([]);
  });
});
