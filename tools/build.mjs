#!/usr/bin/env node
// `npm run build`: C++ -> WebAssembly -> JavaScript string -> lib/ -> dist/. Each step is skipped when
// its inputs have not changed. `--debug` builds the module with assertions and names.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { encodedSource } from "./lib/encode.mjs";
import { split } from "./lib/split.mjs";
import { at, bin, emscriptenEnvironment, run, stream } from "./lib/process.mjs";
import { locked } from "./lib/lock.mjs";
import {
  exportsOf,
  removeOthers,
  writeCommonJs,
  writeIfNew,
  writeSingleFiles,
  writeWorker
} from "./lib/package.mjs";
import { withNames } from "./lib/wasm-names.mjs";

const generated = "js/engine/generated";

/** What Chromium 115 and Node 20 understand; with `--all-features` they refuse the module. */
const features = [
  "--mvp-features",
  "--enable-bulk-memory",
  "--enable-sign-ext",
  "--enable-nontrapping-float-to-int",
  "--enable-mutable-globals"
];

/** With offsets folded into loads and stores, as nothing lies below address 1024. */
const smaller = ["--low-memory-unused", "-Oz", "--converge", "-Oz"];

const glueTypes = `import type { SipModule } from "../module.js";
export interface GlueOptions {
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance) => void
  ): WebAssembly.Exports;
}
export default function createModule(options: GlueOptions): Pick<SipModule, "Door">;
`;

const binaryTypes = `export declare const decoder: string;
export declare const encoded: string;
export declare const first: string;
export declare const size: number;
`;

/** Builds everything. `debug` chooses the kind of module. */
export function build({ debug = false } = {}) {
  return locked(at("build/lock"), async () => {
    await compileModule(debug ? "wasm-debug" : "wasm-release");
    await generate(debug);
    await compileTypeScript();
    await completePackage();
  });
}

async function compileModule(preset) {
  const env = emscriptenEnvironment();
  const folder = at("build", preset);
  // A tree that was copied has a build of the tree that it was copied from.
  if (!existsSync(join(folder, "build.ninja")) || !isOf(folder, at("."))) {
    rmSync(folder, { recursive: true, force: true });
    console.log(`build: configuring ${preset}`);
    run("cmake", ["--preset", preset], { env });
  }
  const said = [];
  let steps = 0;
  const onLine = (line) => {
    said.push(line);
    const [, done, all] = /^\[(\d+)\/(\d+)\] (?:Building|Linking)/.exec(line) ?? [];
    if (!done) return;
    if (++steps === 1) console.log(`build: compiling C++ to WebAssembly, ${all} steps`);
    else if (steps % 50 === 0) console.log(`build: ${done} of ${all}`);
  };
  const code = await stream("cmake", ["--build", "--preset", preset], onLine, { env });
  if (code !== 0) throw new Error(said.filter(isDiagnostic).slice(0, 80).join("\n"));
}

/** Whether a build folder was configured for the sources in `root`. */
function isOf(folder, root) {
  const cache = readFileSync(join(folder, "CMakeCache.txt"), "utf8");
  return cache.includes(`\nCMAKE_HOME_DIRECTORY:INTERNAL=${join(root)}\n`);
}

/** Not progress and not the command lines of failed steps, which are a page long each. */
const isDiagnostic = (line) =>
  !/^\[\d+\/\d+\] (Building|Linking|Re-)|^(\S*\/cmake|: &&) |^em\+\+: error: '|^-- |^$/.test(line);

/** Writes the glue and the encoded module, unless they were written from the same files before. */
async function generate(debug) {
  const dir = at("build", debug ? "wasm-debug" : "wasm-release", "wasm");
  const glue = readFileSync(`${dir}/sip-wasm.mjs`);
  const wasm = readFileSync(`${dir}/sip-wasm.wasm`);
  const decoder = readFileSync(`${dir}/sip-wasm-decoder.wasm`);
  const encoder = readFileSync(`${dir}/sip-wasm-encoder.wasm`);
  const hash = createHash("sha256").update(glue).update(wasm).update(decoder).update(encoder);
  for (const tool of [
    "build",
    "lib/encode",
    "lib/patterns",
    "lib/wasm-code",
    "lib/wasm-stack",
    "lib/split"
  ]) {
    hash.update(readFileSync(at("tools", `${tool}.mjs`)));
  }
  const stamp = hash.digest("hex");
  const stampFile = at("build", "generated.stamp");
  const files = ["sip-wasm.js", "sip-wasm.d.ts", "sip-wasm-binary.js", "sip-wasm-binary.d.ts"];
  const complete = files.every((file) => existsSync(at(generated, file)));
  if (complete && readIfThere(stampFile) === stamp) return;

  mkdirSync(at(generated), { recursive: true });
  writeFileSync(at(generated, "sip-wasm.js"), await minify(glue.toString(), debug));
  const [first, second] = debug ? [wasm] : await optimize(dir, wasm);
  writeFileSync(at(generated, "sip-wasm.d.ts"), glueTypes);
  writeFileSync(at("build/encoder.wasm"), encoder);
  const binary = encodedSource(first, decoderAlone(dir), encoder, second);
  writeFileSync(at(generated, "sip-wasm-binary.js"), binary);
  writeFileSync(at(generated, "sip-wasm-binary.d.ts"), binaryTypes);
  writeFileSync(stampFile, stamp);
  const rest = second ? ` + ${second.length}` : "";
  console.log(`build: encoded the module, ${first.length}${rest} bytes`);
}

/**
 * Runs binaryen once more, keeping a copy with function names beside it for `npm run size`, and splits
 * off what a page does not take at first.
 */
async function optimize(dir, wasm) {
  const symbols = readIfThere(`${dir}/sip-wasm.mjs.symbols`) ?? "";
  writeFileSync(`${dir}/in.wasm`, withNames(wasm, symbols));
  const strip = ["--strip-producers", "--strip-target-features"];
  const args = [...features, ...strip, ...smaller];
  run(bin("wasm-opt"), [`${dir}/in.wasm`, ...args, "-g", "-o", `${dir}/named.wasm`]);
  const out = ["--strip-debug", "-o", `${dir}/out.wasm`];
  run(bin("wasm-opt"), [`${dir}/named.wasm`, ...features, ...out]);
  return split(dir, features);
}

/** The decoder without what emcc exports on top of its one function and its memory. */
function decoderAlone(dir) {
  const roots = ["decode", "memory"].map((name) => ({ name, root: true, export: name }));
  const files = ["graph.json", "sip-wasm-decoder.wasm", "decoder.wasm"];
  const [graph, from, to] = files.map((file) => `${dir}/${file}`);
  writeFileSync(graph, JSON.stringify(roots));
  run(bin("wasm-metadce"), [from, "--graph-file", graph, "-o", to, ...features]);
  const strip = ["--strip-producers", "--strip-target-features", "--strip-debug"];
  run(bin("wasm-opt"), [to, ...features, ...strip, ...smaller, "-o", to]);
  return readFileSync(to);
}

/**
 * What goes from the glue before it is minified, as it is the same in every place, loads no file and
 * starts at once: the branches that ask where they run; what would load the module if
 * js/engine/module.ts did not give it; waiting for that; views of the memory that nobody reads. What
 * another version of Emscripten writes otherwise stays.
 */
const unused = [
  [/\bENVIRONMENT_IS_(WEB|WORKER)\b(?!\s*=[^=])/g, "false"],
  [/var ENVIRONMENT_IS_NODE=[^;]*;/, ""],
  [/var _scriptDir = [^;]*;/, "var _scriptDir;"],
  [/if\(typeof WebAssembly!="object"\)\{[^}]*\}/, ""],
  [/if\(!isDataURI\(wasmBinaryFile\)\)\{[^}]*\}/, ""],
  [/what\+="\. Build with [^"]*";/, ""],
  [/Module\["preloaded(Images|Audios)"\]=\{\};/g, ""],
  [
    /if\((Module\["instantiateWasm"\])\)\{try\{.*?return false\}\}/,
    "return $1(info,receiveInstance);"
  ],
  [/(var moduleOverrides=|)Object\.assign\([^)]*\);(moduleOverrides=null;|)/g, ""],
  [/Module\["ready"\]=new Promise\(function\([^)]*\)\{[^}]*\}\);/, ""],
  [/readyPromise(Resolve|Reject)\(\w*\);/g, ""],
  [/(add|remove)RunDependency\("[^"]*"\);?/g, ""],
  [/addOnInit\(([^)]*)\);/, "$1();"],
  [/(?<!function )callRuntimeCallbacks\(\w*\);?/g, ""],
  [/dependenciesFulfilled=function runCaller\(\)\{.*?runCaller\};/, ""],
  [/Module\["HEAP(8|16|U16|U32|F32|F64)"\]=[^;}]*;?/g, ""],
  [/Module\["(HEAP32|HEAPU8|calledRun|run|___wasm_call_ctors)"\]=/g, ""],
  [/var (out|err)=console\.\w+\.bind\(console\);/g, "var $1=(text)=>console.warn(text);"]
];

/**
 * The glue as shipped. terser and not esbuild, as it also drops what is unused inside of functions,
 * which is half of the glue.
 */
async function minify(source, debug) {
  if (debug) return source;
  const { minify: terser } = await import("terser");
  const used = unused.reduce((text, [pattern, by]) => text.replace(pattern, by), source);
  const compress = { passes: 3, pure_getters: true };
  return (await terser(used, { module: true, ecma: 2020, compress })).code;
}

/** How terser goes over lib/: nothing is renamed, and it can still be read. */
const plainer = {
  module: true,
  ecma: 2022,
  mangle: false,
  compress: { passes: 3, sequences: false, join_vars: false, reduce_funcs: false },
  format: { beautify: true, comments: "all" }
};

/** js/ -> lib/, private and internal members by short names, and the generated files, which tsc does not copy. */
async function compileTypeScript() {
  const config = "tsconfig.build.json";
  const inputs = readdirSync(at("js"), { recursive: true })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `js/${file}`);
  const hash = createHash("sha256");
  for (const file of [
    ...inputs.sort(),
    config,
    "tsconfig.json",
    "tools/lib/shorten.mjs",
    "tools/lib/short-names.mjs",
    "tools/build.mjs"
  ]) {
    hash.update(file).update(readFileSync(at(file)));
  }
  const stamp = hash.digest("hex");
  const stampFile = at("build/lib.stamp");
  if (!existsSync(at("lib/index.js")) || readIfThere(stampFile) !== stamp) {
    const { compileShortened, membersDeclaredIn } = await import("./lib/shorten.mjs");
    const { minify_sync: terser } = await import("terser");
    const known = membersDeclaredIn(at("node_modules/sip.js/lib"));
    const { files, naming } = compileShortened(at(config), known);
    for (const [file, text] of files) {
      if (file.endsWith(".js")) files.set(file, terser(text, plainer).code);
    }
    const ways = naming(await bundled(files, (text) => text, false));
    const named = await smallest(ways, (way) => bundled(files, way, true));
    for (const [file, text] of files) writeIfNew(file, named(text));
    const written = (file) => files.has(at("lib", file)) || file.startsWith("engine/generated/");
    removeOthers(at("lib"), written);
    writeFileSync(stampFile, stamp);
  }
  for (const file of [
    "sip-wasm.js",
    "sip-wasm.d.ts",
    "sip-wasm-binary.js",
    "sip-wasm-binary.d.ts"
  ]) {
    writeIfNew(at("lib/engine/generated", file), readFileSync(at(generated, file), "utf8"));
  }
}

/** Of some ways to name members the one that makes the smallest download. */
async function smallest(ways, bundle) {
  const sizes = [];
  for (const way of ways) sizes.push(brotliCompressSync(await bundle(way)).length);
  return ways[sizes.indexOf(Math.min(...sizes))];
}

/** An application that uses all of `files`, as a bundler makes it, with the module or without. */
async function bundled(files, named, withModule) {
  const { build: bundle } = await import("esbuild");
  const path = ({ path, importer }) => (isAbsolute(path) ? path : join(dirname(importer), path));
  const inMemory = {
    name: "in-memory",
    setup(build) {
      build.onResolve({ filter: /./ }, (found) => ({
        path: path(found),
        external: !withModule && !files.has(path(found)),
        sideEffects: false
      }));
      build.onLoad({ filter: /./ }, ({ path }) => ({
        contents: files.has(path)
          ? named(files.get(path))
          : readFileSync(path.replace(at("lib"), at("js")), "utf8")
      }));
    }
  };
  const options = { bundle: true, minify: true, format: "esm", target: "es2022", write: false };
  const contents = `import * as S from ${JSON.stringify(at("lib/index.js"))}; globalThis.S = S;`;
  const made = await bundle({ ...options, stdin: { contents }, plugins: [inMemory] });
  return made.outputFiles[0].text;
}

/** lib/ -> dist/, and the `exports` of package.json, which name what lib/ has. */
async function completePackage() {
  const described = JSON.parse(readFileSync(at("package.json"), "utf8"));
  described.exports = exportsOf(at("lib"));
  writeIfNew(at("package.json"), `${JSON.stringify(described, undefined, 2)}\n`);

  const hash = createHash("sha256").update(described.version);
  for (const file of ["tools/lib/package.mjs", "js/worker.ts"]) hash.update(readFileSync(at(file)));
  for (const file of readdirSync(at("lib"), { recursive: true }).sort()) {
    if (/\.(js|d\.ts)$/.test(file)) hash.update(file).update(readFileSync(at("lib", file)));
  }
  const stamp = hash.digest("hex");
  const stampFile = at("build/dist.stamp");
  if (
    existsSync(at("dist/sip.js")) &&
    existsSync(at("worker.js")) &&
    readIfThere(stampFile) === stamp
  )
    return;
  writeCommonJs(at("lib"), at("dist/cjs"));
  await writeSingleFiles(at("lib/index.js"), at("dist"), described.version);
  await writeWorker(at("js/worker.ts"), at("."));
  writeFileSync(stampFile, stamp);
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { debug: { type: "boolean" }, "no-setup": { type: "boolean" } }
  });
  try {
    if (!values["no-setup"]) await (await import("./setup.mjs")).setup("build");
    await build(values);
  } catch (error) {
    console.error(`build: ${error.message}`);
    process.exit(1);
  }
}
