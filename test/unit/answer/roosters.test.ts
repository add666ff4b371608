import { expect, test } from "vitest";
import { sharedEngine } from "../../fixtures/asking.ts";

const engine = sharedEngine();

test.each([
  "Hy-Line Brown rooster weight at 30 weeks",
  "Gewicht Hy-Line Brown Hahn 30 Wochen",
  "poids coq Hy-Line W-36 30 semaines",
])("a layer's table tells nothing of a cock: %s", async (text) => {
  const { via, values } = await engine.ask(text);
  expect({ via, values }).toEqual({ via: "unknown", values: [] });
});

test.each(["20% mortality this week", "hier j'ai perdu 40 poulets sur 100, tête bleue et gonflée"])(
  "many deaths come first: %s",
  async (text) => {
    const { via, rules } = await engine.ask(text);
    expect(via).toBe("safety");
    expect(rules).toContain("mass_death");
  },
);
