// What `npm pack` ships beside lib/: the CommonJS mirror, the classic scripts, and the map that leads
// every tool to its form of the package.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import ts from "typescript";

/**
 * Writes lib/ a second time, file by file, as CommonJS. Not a bundle: what is imported by deep paths
 * and from the root are then the same objects.
 * @param {string} from - The directory of the ES modules.
 * @param {string} to - The mirror. A file that is no longer in `from` goes.
 */
export function writeCommonJs(from, to) {
  const files = readdirSync(from, { recursive: true }).filter((file) => /\.(js|d\.ts)$/.test(file));
  const texts = new Map([["package.json", '{ "type": "commonjs" }\n']]);
  for (const file of files) {
    const text = readFileSync(join(from, file), "utf8");
    texts.set(file, file.endsWith(".js") ? commonJs(text, file) : text);
  }
  removeOthers(to, (file) => texts.has(file));
  for (const [file, text] of texts) writeIfNew(join(to, file), text);
}

const compilerOptions = {
  module: ts.ModuleKind.CommonJS,
  target: ts.ScriptTarget.ES2022,
  esModuleInterop: true,
  removeComments: false
};

function commonJs(text, fileName) {
  return ts.transpileModule(text, { compilerOptions, fileName }).outputText;
}

/** Removes what an earlier build has left: the files in a directory that are not to be kept. */
export function removeOthers(directory, kept) {
  if (!existsSync(directory)) return;
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept(relative(directory, path))) rmSync(path);
  }
}

/** The files for pages without a bundler. A classic script defines the global `SIP`. */
const singleFiles = {
  "sip.js": { format: "iife", globalName: "SIP" },
  "sip.min.js": { format: "iife", globalName: "SIP", minify: true },
  "sip.esm.min.js": { format: "esm", minify: true }
};

/**
 * Writes the whole package as single files.
 * @param {string} entry - The ES module of all exports.
 * @param {string} to - The directory.
 * @param {string} version - Said in the first line of each.
 */
export async function writeSingleFiles(entry, to, version) {
  const { build } = await import("esbuild");
  for (const [file, form] of Object.entries(singleFiles)) {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      ...form,
      target: "es2022",
      legalComments: "none",
      banner: { js: `/*! sipwasm ${version}, licences: MIT and those of wasm/THIRD-PARTY.md */` },
      write: false
    });
    const [{ text }] = outputFiles;
    writeIfNew(join(to, file), form.minify ? await shorter(text, form.format) : text);
  }
}

/**
 * Writes worker.js: one classic script, which Workers of either type can be started from, by its path
 * in the package also where nobody knows of `exports`. Its like among the CommonJS files is for tools
 * that take whatever `require` finds for CommonJS.
 * @param {string} source - The script.
 * @param {string} root - The folder of the package.
 */
export async function writeWorker(source, root) {
  const { build } = await import("esbuild");
  const options = { bundle: true, format: "iife", minify: true, target: "es2022", write: false };
  const { outputFiles } = await build({ entryPoints: [source], ...options });
  for (const folder of [root, join(root, "dist/cjs")]) {
    writeIfNew(join(folder, "worker.js"), outputFiles[0].text);
    writeIfNew(join(folder, "worker.d.ts"), "export {};\n");
  }
}

/** terser takes another 0.7 KB (brotli) off what esbuild has minified. */
async function shorter(text, format) {
  const { minify } = await import("terser");
  const compress = { passes: 2 };
  return (await minify(text, { module: format === "esm", ecma: 2022, compress })).code;
}

/**
 * The `exports` of package.json. SIP.js has none, so that every file is importable, by bundlers also
 * without its ending and a directory by its name; here it is the same, but for the engine.
 * @param {string} lib - The directory of the ES modules.
 */
export function exportsOf(lib) {
  const directories = readdirSync(lib, { recursive: true })
    .filter((file) => posix.basename(file) === "index.js")
    .map((file) => posix.dirname(file))
    .filter((directory) => directory !== ".")
    .sort();
  return {
    ".": conditions("index"),
    "./lib": conditions("index"),
    ...Object.fromEntries(directories.map((name) => [`./lib/${name}`, conditions(`${name}/index`)])),
    "./lib/engine/*": null,
    "./lib/*.js": conditions("*"),
    "./lib/*": conditions("*"),
    "./worker.js": {
      require: { types: "./dist/cjs/worker.d.ts", default: "./dist/cjs/worker.js" },
      default: { types: "./worker.d.ts", default: "./worker.js" }
    },
    "./package.json": "./package.json"
  };
}

/**
 * One module in both forms. `module-sync` comes first, so that `require` and `import` get the same
 * objects from every Node that can require an ES module, and so does `module` from bundlers. The
 * mirror is for those that can not.
 */
function conditions(name) {
  const es = { types: `./lib/${name}.d.ts`, default: `./lib/${name}.js` };
  const commonJs = { types: `./dist/cjs/${name}.d.ts`, default: `./dist/cjs/${name}.js` };
  return {
    "module-sync": es,
    module: es,
    import: es,
    require: commonJs,
    default: `./lib/${name}.js`
  };
}

/** Writes a file unless it is so already. */
export function writeIfNew(file, text) {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
