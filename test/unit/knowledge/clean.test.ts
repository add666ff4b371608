import { expect, test } from "vitest";
import { cleanLine } from "../../../src/knowledge/clean.ts";

test.each([
  ["controls", "a\u0000b\u0007c\u001b[31md\u0085e", "abc[31md e"],
  ["bidi marks", "\u202eevil\u202c \u2066x\u2069 \u200fy", "evil x y"],
  ["invisible letters", "pass\u200bword\u2060\u00ad\ufeff\u3164\u115f", "password"],
  ["tags", "hi\u{e0041}\u{e0042}\u{e007f}", "hi"],
  ["variation selectors", "♀\ufe0f 葛\u{e0100}", "♀ 葛"],
  ["half a pair", "a\ud800b\udc00c", "abc"],
  ["joiners outside of words that need them", "ig\u200dnore\u200c", "ignore"],
  ["line ends and wide spaces", " a\r\n\tb\u2028c\u3000d\u00a0 e ", "a b c d e"],
])("%s are removed", (_what, dirty, clean) => {
  expect(cleanLine(dirty)).toBe(clean);
});

test.each(["می\u200cخواهم", "क्\u200dष", "emoji 🐔 stays", "Größe č ł ố ไก่ 鶏", "١٬٠١٢ جم"])(
  "%s stays as it is",
  (text) => {
    expect(cleanLine(text)).toBe(text.normalize("NFC"));
  },
);
