#!/usr/bin/env node
// `npm run profile`: where the time of the call benchmark goes, by TypeScript folder, by directory of the
// core and to the garbage collector; then the functions that take most. `-- parse` for the message layer,
// `--top N` for so many functions. Needs what `npm run build` leaves in build/.
import { existsSync, readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { bundle } from "./places.mjs";
import { at } from "../lib/process.mjs";
import { functionOwners } from "../lib/wasm-shares.mjs";

/** The sources in place of lib/, and the module in one piece with the names of its functions. */
const named = {
  name: "named",
  setup(build) {
    const module = readFileSync(at("build/wasm-release/wasm/named.wasm")).toString("base64");
    const whole = `export const first = Uint8Array.from(atob("${module}"), (c) => c.charCodeAt(0));
      export const decoder = "", encoded = "", size = 0;`;
    build.onResolve({ filter: /lib\/index\.js$/ }, ({ importer }) =>
      importer.includes("node_modules") ? undefined : { path: at("js/index.ts") }
    );
    build.onLoad({ filter: /js\/engine\/decode\.ts$/ }, () => ({
      contents: "export const bytesOf = (bytes) => bytes, decode = undefined;"
    }));
    build.onLoad({ filter: /engine\/generated\/sip-wasm-binary\.js$/ }, () => ({
      contents: whole
    }));
  }
};

/** For each line of a bundle the file that it is from, as esbuild notes before each. */
function filesOf(path) {
  let file = "";
  return readFileSync(path, "utf8")
    .split("\n")
    .map((line) => (file = /^\/\/ (\S+\.(?:ts|js|mjs))$/.exec(line)?.[1] ?? file));
}

async function main() {
  const options = { top: { type: "string", default: "30" }, times: { type: "string" } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [entry = "calls"] = positionals;
  if (!existsSync(at("build/wasm-release/wasm/named.wasm"))) {
    throw new Error("no module with names: run `npm run build` first");
  }
  const path = await bundle(entry, "esm", [named]);
  const { candidates } = await import(pathToFileURL(path).href);
  const round = entry === "calls" ? 1000 : 200000;
  const times = Number(values.times ?? (entry === "calls" ? 10000 : 200000));
  for (let left = 3; left > 0; left--) await candidates.sipwasm(round);

  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 100 });
  await session.post("Profiler.start");
  // In rounds, as the benchmark does, or what is kept for 32 seconds piles up.
  for (let left = times; left > 0; left -= round) await candidates.sipwasm(round);
  const { profile } = await session.post("Profiler.stop");

  const files = filesOf(path);
  const ownerOf = functionOwners();
  const place = ({ functionName, url, lineNumber }) => {
    if (url.startsWith("wasm://")) return ownerOf(functionName);
    if (url.endsWith(".mjs"))
      return files[lineNumber].replace(/^(js\/platform\/web|js\/\w+|tools).*/, "$1");
    return functionName === "(garbage collector)" ? "garbage collection" : "Node";
  };
  const parts = new Map();
  const functions = new Map();
  let total = 0;
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const add = (map, key, amount) => map.set(key, (map.get(key) ?? 0) + amount);
  profile.samples.forEach((id, i) => {
    const { callFrame } = nodes.get(id);
    if (callFrame.functionName === "(idle)") return;
    const delta = profile.timeDeltas[i];
    total += delta;
    const where = place(callFrame);
    add(parts, where, delta);
    add(functions, `${callFrame.functionName || "(a function)"}, ${where}`, delta);
  });
  const print = (map, count) => {
    for (const [name, time] of [...map].sort((a, b) => b[1] - a[1]).slice(0, count)) {
      console.log(`${((100 * time) / total).toFixed(1).padStart(6)} %  ${short(name)}`);
    }
  };
  console.log(`${entry}: ${(total / times).toFixed(1)} microseconds each, of these`);
  print(parts, parts.size);
  console.log("\nthe functions that take most");
  print(functions, Number(values.top));
  process.exit(0);
}

/** Without the spelling of types that only a compiler needs. */
const short = (name) =>
  name
    .replace(/\\([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    .replaceAll("std::__2::basic_string_view<char, std::__2::char_traits<char>>", "string_view")
    .replaceAll(/std::__2::basic_string<char, [^>]*>, [^>]*>>/g, "string");

try {
  await main();
} catch (error) {
  console.error(`profile: ${error.message}`);
  process.exit(1);
}
