// The benchmarks run: what they measure is not looked at here.
import { describe, expect, test } from "vitest";
import { bundle } from "../../../tools/bench/places.mjs";
import { run } from "../../../tools/lib/process.mjs";

/** What a script prints, in a Node of its own, as the bundles have a clock of their own. */
const output = (script, ...flags) =>
  run(process.execPath, [...flags, "--input-type=module", "-e", `${script}; process.exit(0)`]);

describe("The benchmarks", () => {
  test.each(["parse", "calls"])("do the same work with each library: %s", async (entry) => {
    const path = JSON.stringify(await bundle(entry));
    const script = `
      const { candidates } = await import(${path});
      for (const [name, work] of Object.entries(candidates)) {
        await work(2);
        console.log(name);
      }`;
    expect(output(script)).toBe("sipwasm\nSIP.js\nJsSIP\n");
  });

  test("measure what sessions and user agents take", async () => {
    const path = JSON.stringify(await bundle("memory"));
    const script = `
      const { memoryOf } = await import(${path});
      console.log(JSON.stringify(await memoryOf("sipwasm", { calls: 2, agents: 2 })))`;
    const { session, agent } = JSON.parse(output(script, "--expose-gc"));
    expect([session.steady, session.burst, agent.steady, agent.burst].every(Number.isFinite)).toBe(
      true
    );
  });
});
