// What session sides and user agents take, beside SIP.js and JsSIP: each library in a process of its own.
import { bundle } from "./places.mjs";
import { run } from "../lib/process.mjs";

/** Octets of each library, the heap and WebAssembly's memory together. */
export async function compareMemory(options) {
  const path = await bundle("memory");
  const measure = (name) => {
    const script = `
      const { memoryOf } = await import(${JSON.stringify(path)});
      console.log(JSON.stringify(await memoryOf("${name}", ${JSON.stringify(options)})));
      process.exit(0);`;
    const output = run(process.execPath, ["--expose-gc", "--input-type=module", "-e", script]);
    return JSON.parse(output);
  };
  return Object.fromEntries(["sipwasm", "SIP.js", "JsSIP"].map((name) => [name, measure(name)]));
}

export function printMemory(result) {
  console.log(
    "\nmemory, KB of heap and WebAssembly, a minute later: made one a second, made all at once"
  );
  console.log(
    `  ${"".padEnd(10)}${"a session side".padStart(20)}${"a registered user agent".padStart(28)}` +
      "  of that the benchmark's transport".padStart(36)
  );
  const kb = (octets) => (octets / 1000).toFixed(1).padStart(8);
  for (const [name, { session, agent, fixture }] of Object.entries(result)) {
    const columns = [session, agent, fixture].map(({ steady, burst }) => kb(steady) + kb(burst));
    const [a, b, c] = columns;
    console.log(`  ${name.padEnd(10)}${a.padStart(20)}${b.padStart(28)}${c.padStart(36)}`);
  }
}
