import type { Reporter, TestModule } from "vitest/node";

/** Says which tests did not run and why: a quiet skip looks like a pass. */
export const skips: Reporter = {
  onTestRunEnd(modules: readonly TestModule[]) {
    const reasons = new Map<string, number>();
    for (const module of modules)
      for (const test of module.children.allTests("skipped")) {
        const result = test.result();
        const note = result.state === "skipped" ? result.note : undefined;
        const suite = test.parent.type === "suite" ? test.parent.fullName : module.relativeModuleId;
        const reason = note === undefined ? suite : `${test.fullName}: ${note}`;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    for (const [reason, count] of reasons) console.log(` ↓ ${count} skipped: ${reason}`);
  },
};
