#!/usr/bin/env node
// `npm run size`: what an application downloads when it uses everything, brotli-11, beside SIP.js
// measured in the same way; and what each part of it costs. Fails above the budget.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { at } from "./lib/process.mjs";
import { wasmShares } from "./lib/wasm-shares.mjs";

/** In bytes; a KB here is 1000 of them, as in the 50.4 KB that SIP.js is known to take. */
const budget = 64_000;

/** Parts of lib/ by path; the first that matches takes the file. */
const parts = [
  ["WebAssembly", /engine\/generated\/sip-wasm-binary\.js$/],
  ["glue", /engine\/generated\//],
  ["decoder", /engine\/decode\.js$/],
  ["js/engine", /^engine\//],
  ["js/grammar", /^grammar\//],
  ["js/core", /^core\//],
  ["js/api", /^api\//],
  ["js/platform", /^platform\//],
  ["the rest", /./]
];

function brotli(text) {
  return brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length
    }
  }).length;
}

/** The brotli size of everything that the package at `dir` exports, bundled and minified. */
async function bundled(dir) {
  const { build } = await import("esbuild");
  const result = await build({
    stdin: { contents: `import * as S from "./lib/index.js"; globalThis.S = S;`, resolveDir: dir },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "error"
  });
  return brotli(result.outputFiles[0].contents);
}

/** Each part of lib/ minified and compressed by itself, scaled so that they add up to the total. */
async function shares(total) {
  const { transform } = await import("esbuild");
  const texts = new Map(parts.map(([name]) => [name, ""]));
  for (const file of javascriptIn(at("lib"))) {
    const path = relative(at("lib"), file);
    const [name] = parts.find(([, pattern]) => pattern.test(path));
    const { code } = await transform(readFileSync(file, "utf8"), {
      minify: true,
      target: "es2022"
    });
    texts.set(name, texts.get(name) + code);
  }
  const alone = [...texts].map(([name, text]) => [name, text ? brotli(text) : 0]);
  const sum = alone.reduce((sofar, [, bytes]) => sofar + bytes, 0);
  return alone.filter(([, bytes]) => bytes).map(([name, bytes]) => [name, (bytes * total) / sum]);
}

function javascriptIn(dir) {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return javascriptIn(path);
    return name.endsWith(".js") ? [path] : [];
  });
}

const kb = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const row = (name, bytes, whole) =>
  `  ${name.padEnd(24)}${kb(bytes).padStart(9)}${`${((100 * bytes) / whole).toFixed(0)} %`.padStart(7)}`;

/** Prints the table. Returns whether the total is within the budget. */
export async function size() {
  if (!existsSync(at("lib/index.js"))) throw new Error("no lib/: run `npm run build` first");
  const ours = await bundled(at("."));
  const sipJs = await bundled(at("node_modules/sip.js"));
  console.log("everything, minified, brotli-11:");
  console.log(`  sipwasm ${kb(ours)} (budget ${kb(budget)}), SIP.js 0.21.2 ${kb(sipJs)}\n`);
  for (const [name, bytes] of await shares(ours)) {
    console.log(row(name, bytes, ours));
    if (name === "WebAssembly") {
      for (const [directory, share] of wasmShares()) {
        console.log(row(`  ${directory}`, share * bytes, ours));
      }
    }
  }
  if (ours > budget) console.log(`\nover the budget by ${kb(ours - budget)}`);
  return ours <= budget;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    process.exit((await size()) ? 0 : 1);
  } catch (error) {
    console.error(`size: ${error.message}`);
    process.exit(1);
  }
}
