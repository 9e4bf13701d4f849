#!/usr/bin/env node
// `npm run surface`: what the built package exports, beside SIP.js 0.21.2: names, members, types,
// values and files. Prints a table and each difference; `--missing` also says of what is missing
// what it is, `--more` what this package has and SIP.js has not. Fails unless all is the same but for
// what surface/exceptions.mjs names ("known").
//
// Types are compared by shape (surface/shape.mjs); where the shapes differ, by whether each can be
// assigned to the other, which cannot be decided, and counts as a difference, where one of them is a
// class with private members. Private members are not compared.
import { existsSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { at } from "./lib/process.mjs";
import { isKnown } from "./surface/exceptions.mjs";
import { compareModules } from "./surface/runtime.mjs";
import { Types, compareTypes } from "./surface/types.mjs";

const theirLib = at("node_modules/sip.js/lib");
const ourLib = at("lib");

/** What an application imports by name, and the file that it then gets. */
const modules = {
  "sip.js": "index",
  "sip.js/lib/api": "api/index",
  "sip.js/lib/core": "core/index",
  "sip.js/lib/grammar": "grammar/index",
  "sip.js/lib/platform/web": "platform/web/index"
};

/** What a package says of itself: these need not hold what SIP.js's hold. */
const itself = /^(name|version|LIBRARY_VERSION)( holds)?$/;

/** Other people's code inside of SIP.js, and what its generator of parsers has made: not its API. */
const inside = /^(core\/messages\/md5|grammar\/pegjs\/dist\/grammar)\.js$/;

/** Every file of SIP.js's that can be imported, without its suffix. */
function deepPaths(dir = theirLib) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return deepPaths(path);
    const name = relative(theirLib, path);
    return name.endsWith(".js") && !inside.test(name) ? [name.slice(0, -3)] : [];
  });
}

const load = (lib, path) => import(pathToFileURL(join(lib, `${path}.js`)).href);
const declarations = (lib, path) => join(lib, `${path}.d.ts`);

async function compareModule(types, path) {
  const found = compareTypes(types, declarations(theirLib, path), declarations(ourLib, path));
  const members = (name) => {
    const after = (prefix) =>
      found
        .filter((each) => each.verdict !== "more" && each.path.startsWith(prefix))
        .map((each) => each.path.slice(prefix.length));
    return { members: after(`${name}#`), statics: after(`${name}.`) };
  };
  const ours = existsSync(join(ourLib, `${path}.js`)) ? await load(ourLib, path) : {};
  const all = [...found, ...compareModules(await load(theirLib, path), ours, members)];
  for (const each of all) if (itself.test(each.path) && each.ours) each.verdict = "same";
  return all;
}

/** The ways to import a file by which package.json does not lead there. */
function unresolved(path) {
  const folder = path.replace(/\/?index$/, "");
  return [`${path}.js`, path, ...(folder === path ? [] : [folder])].filter((way) => {
    const specifier = `sipwasm/lib/${way}`.replace(/\/$/, "");
    try {
      return import.meta.resolve(specifier) !== pathToFileURL(join(ourLib, `${path}.js`)).href;
    } catch {
      return true;
    }
  });
}

/** Files: that they are there, can be imported in each way and export the same names. */
async function comparePaths(types, paths) {
  const found = [];
  for (const path of paths) {
    if (!existsSync(join(ourLib, `${path}.js`))) {
      found.push({ path: `${path}.js`, verdict: "missing" });
      continue;
    }
    const mine = new Set([
      ...types.exports(declarations(ourLib, path)).keys(),
      ...Object.keys(await load(ourLib, path))
    ]);
    const names = new Set([
      ...types.exports(declarations(theirLib, path)).keys(),
      ...Object.keys(await load(theirLib, path))
    ]);
    const lacking = [...[...names].filter((name) => !mine.has(name)), ...unresolved(path)];
    if (lacking.length) {
      found.push({
        path: `${path}.js`,
        verdict: "differs",
        theirs: lacking.join(", "),
        ours: "nothing"
      });
    } else {
      found.push({ path: `${path}.js`, verdict: "same" });
    }
  }
  return found;
}

/** What the files export that no module above does. */
async function compareRest(types, paths, told) {
  const found = new Map();
  for (const path of paths.filter((each) => existsSync(join(ourLib, `${each}.js`)))) {
    for (const each of await compareModule(types, path)) {
      if (!told.has(each.path) && each.verdict !== "more") found.set(each.path, each);
    }
  }
  return [...found.values()];
}

/**
 * Compares the packages.
 * @returns {Promise<Map<string, { path: string, verdict: string, theirs?: string, ours?: string }[]>>}
 */
export async function surface() {
  if (!existsSync(join(ourLib, "index.js"))) throw new Error("no lib/: run `npm run build` first");
  const paths = deepPaths();
  const files = paths.flatMap((path) => [declarations(theirLib, path), declarations(ourLib, path)]);
  const types = new Types(files.filter((file) => existsSync(file)));
  const result = new Map();
  for (const [name, path] of Object.entries(modules)) {
    result.set(name, await compareModule(types, path));
  }
  const told = new Set([...result.values()].flatMap((found) => found.map(({ path }) => path)));
  result.set("other files", await compareRest(types, paths, told));
  result.set("files", await comparePaths(types, paths));
  for (const each of [...result.values()].flat()) {
    if (isWrong(each) && isKnown(each)) each.verdict = "known";
  }
  return result;
}

/**
 * Says what is missing or differs, but for what surface/exceptions.mjs allows.
 * @returns {Promise<string[]>}
 */
export async function lost() {
  const all = [...(await surface()).values()].flat();
  const lines = all.filter(isWrong).map(({ path, verdict }) => `${verdict} ${path}`);
  return [...new Set(lines)];
}

const isWrong = ({ verdict }) => verdict === "missing" || verdict === "differs";

const count = (found, verdict) => found.filter((each) => each.verdict === verdict).length;

function printTable(result) {
  const cells = (...all) =>
    all.map((each, i) => String(each)[i ? "padStart" : "padEnd"](i ? 10 : 26));
  const verdicts = ["same", "differs", "missing", "known"];
  console.log(cells("", "total", ...verdicts).join(""));
  for (const [name, found] of result) {
    const counts = verdicts.map((each) => count(found, each));
    const total = counts.reduce((sum, each) => sum + each);
    console.log(cells(name, total, ...counts).join(""));
  }
}

/** Each difference once, though a name may be exported by several modules. */
function printDifferences(result, { missing, more }) {
  const told = new Set();
  const missed = new Set();
  for (const [name, found] of result) {
    for (const { path, verdict, theirs, ours } of found) {
      if (verdict === "same" || (verdict === "more" && !more)) continue;
      const line =
        verdict === "differs"
          ? `differs ${path}\n    SIP.js: ${theirs}\n    ours:   ${ours}`
          : `${verdict.padEnd(7)} ${path}${missing && theirs ? `: ${theirs}` : ""}`;
      // Of a class that is missing, its members go without saying.
      const parent = path.match(/^(?:new )?(\w+)\W/)?.[1];
      if (!missing && verdict === "missing" && missed.has(parent)) continue;
      if (verdict === "missing") missed.add(path);
      if (told.has(line)) continue;
      told.add(line);
      console.log(`${name}: ${line}`);
    }
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { missing: { type: "boolean" }, more: { type: "boolean" } }
  });
  try {
    const result = await surface();
    printDifferences(result, values);
    console.log();
    printTable(result);
    const all = [...result.values()].flat();
    process.exit(count(all, "missing") + count(all, "differs") ? 1 : 0);
  } catch (error) {
    console.error(`surface: ${error.stack}`);
    process.exit(1);
  }
}
