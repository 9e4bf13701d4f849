#!/usr/bin/env node
// `npm run check`: format, lint, types and layering, in seconds. `npm run format` mends the format.
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { cppFiles, lintFiles, prettierFiles, ownFiles } from "./lib/files.mjs";
import { layering } from "./lib/layering.mjs";
import { at, bin, stream } from "./lib/process.mjs";

/** Each check's name and what it says; it passes if that is nothing. */
const checks = {
  "format of C++": () => quiet("clang-format", ["--dry-run", "--Werror"], cppFiles()),
  "format of TypeScript": () =>
    quiet(bin("prettier"), ["--check", "--log-level=warn"], prettierFiles()),
  lint: () => quiet(bin("eslint"), ["--cache", "--cache-location", "build/eslint/"], lintFiles()),
  types: () => quiet(bin("tsc"), [], ["-p", "tsconfig.json"]),
  "types without Node": () => quiet(bin("tsc"), [], ["-p", "tsconfig.build.json", "--noEmit"]),
  "types of the end-to-end tests": () => typesOf("tests/e2e/tsconfig.json"),
  documentation: () => quiet(bin("typedoc"), ["--emit", "none"], ["--treatWarningsAsErrors"]),
  layering: () => {
    const paths = ownFiles(/^(src|wasm|js|demo|tests|tools)\/.*\.(cc|h|ts|mts)$/);
    return layering(new Map(paths.map((path) => [path, readFileSync(at(path), "utf8")])));
  }
};

/** What the program says if it fails, or nothing. */
async function quiet(program, options, files) {
  if (!files.length) return [];
  const lines = [];
  const code = await stream(program, [...options, ...files], (line) => lines.push(line));
  return code === 0 ? [] : lines.length ? lines : [`exit code ${code}`];
}

const typesOf = (config) => (existsSync(at(config)) ? quiet(bin("tsc"), [], ["-p", config]) : []);

/** How many lines of a failing check are printed; `npm run check -- --all` prints all. */
const shown = process.argv.includes("--all") ? Infinity : 30;

/**
 * Runs every check, two at a time, and prints a line for each and what a failing one says.
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function check() {
  const waiting = Object.entries(checks);
  const totals = { passed: 0, failed: 0 };
  const worker = async () => {
    for (let next; (next = waiting.shift());) {
      const [name, run] = next;
      const begin = performance.now();
      const said = await Promise.resolve()
        .then(run)
        .catch((error) => [error.message]);
      const seconds = ((performance.now() - begin) / 1000).toFixed(1);
      totals[said.length ? "failed" : "passed"]++;
      console.log(`${said.length ? "FAILED" : "ok    "} ${name} (${seconds} s)`);
      for (const line of said.slice(0, shown)) console.log(`    ${line}`);
      if (said.length > shown) console.log(`    ... ${said.length - shown} lines more`);
    }
  };
  await Promise.all([worker(), worker()]);
  return totals;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { failed } = await check();
  process.exit(failed ? 1 : 0);
}
