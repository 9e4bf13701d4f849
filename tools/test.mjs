#!/usr/bin/env node
// `npm test`: everything, ending in one line of totals. `npm test -- native js` runs some parts.
// `npm run test:matrix` runs what it does not: the packed package in every tool there is.
// Logs and reports are in build/logs/. A failing part does not stop the others.
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { at, bin, run, stream } from "./lib/process.mjs";
import { crashTotals, gtestTotals, playwrightTotals, vitestTotals } from "./lib/totals.mjs";

const logs = at("build/logs");
const none = { passed: 0, failed: 0, skipped: 0 };
const oneFailed = { ...none, failed: 1 };
const onePassed = { ...none, passed: 1 };

const parts = {
  async build() {
    const { build } = await import("./build.mjs");
    await build();
    return onePassed;
  },
  async check() {
    const { check } = await import("./check.mjs");
    return { ...none, ...(await check()) };
  },
  async native() {
    run("cmake", ["--preset", "native-debug"]);
    const build = ["--build", "--preset", "native-debug"];
    const code = await stream("cmake", build, logged("native-build", isComplaint));
    if (code !== 0) throw new Error("the native build failed");
    const executables = ["sip_tests", "sip_trace_tests"];
    const there = executables.filter((name) => existsSync(at("build/native-debug", name)));
    const totals = await Promise.all(there.flatMap((name) => [0, 1].map((i) => gtest(name, i, 2))));
    return totals.reduce(sum, schemaTotals());
  },
  async fuzz() {
    const { buildFuzzers, fuzz, isFinding, targets } = await import("./fuzz.mjs");
    buildFuzzers();
    let totals = none;
    for (const target of targets) {
      const { clean, summary } = await fuzz(
        target,
        ["-runs=5000", "-seed=1"],
        logged(`fuzz-${target}`, isFinding)
      );
      console.log(summary);
      totals = sum(totals, clean ? onePassed : oneFailed);
    }
    return totals;
  },
  js: () => vitest("vitest", []),
  matrix: () => vitest("matrix", ["--config", "tests/matrix/vitest.config.ts"]),
  everywhere: () => vitest("everywhere", ["--config", "tests/matrix/vitest.full.config.ts"]),
  async surface() {
    const { lost } = await import("./surface.mjs");
    const names = await lost();
    for (const line of names) console.log(`${line}: see npm run surface`);
    return names.length ? oneFailed : onePassed;
  },
  async size() {
    const { size } = await import("./size.mjs");
    return (await size()) ? onePassed : oneFailed;
  },
  async e2e() {
    const report = `${logs}/playwright.json`;
    const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    const args = ["test", "--reporter=list,json"];
    const code = await stream(bin("playwright"), args, logged("playwright"), { env });
    return reported(report, playwrightTotals, code);
  }
};

/** What `npm test` runs. */
const usual = Object.keys(parts).filter((name) => name !== "everywhere");

/** Runs Vitest, its log and its report under `name`. */
async function vitest(name, options) {
  const report = `${logs}/${name}.json`;
  const args = ["run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const code = await stream(bin("vitest"), [...args, ...options], logged(name));
  return reported(report, vitestTotals, code);
}

/** Takes lines: appends each to a log, and prints those that `shown` accepts. */
function logged(name, shown = () => true) {
  return (line) => {
    appendFileSync(`${logs}/${name}.log`, `${line}\n`);
    if (shown(line)) console.log(line);
  };
}

/** Whether a line is more than ninja's or CMake's progress. */
const isComplaint = (line) => !/^\[\d+\/\d+\]|^ninja: (no work|Entering)|^-- /.test(line);

/** Runs one share of an executable's tests. Prints the failures; all of it is in its log. */
async function gtest(name, index, count) {
  const report = `${logs}/${name}-${index}.json`;
  const env = {
    ...process.env,
    GTEST_TOTAL_SHARDS: `${count}`,
    GTEST_SHARD_INDEX: `${index}`,
    ASAN_OPTIONS: "detect_stack_use_after_return=1:strict_string_checks=1",
    UBSAN_OPTIONS: "print_stacktrace=1"
  };
  const lines = [];
  const log = logged(`${name}-${index}`, () => false);
  const onLine = (line) => {
    lines.push(line);
    log(line);
  };
  const args = [`--gtest_output=json:${report}`];
  const code = await stream(at("build/native-debug", name), args, onLine, { env });
  const totals = existsSync(report) ? gtestTotals(readJson(report)) : crashTotals(lines);
  // A sanitizer speaks after the last test too, of leaks.
  if (code !== 0 && totals.failed === 0) totals.failed = 1;
  if (totals.failed) {
    const interesting = lines.filter((line) => !/^\[( +OK|-+|=+) ?\]/.test(line));
    interesting.forEach((line) => console.log(line));
  }
  return totals;
}

/** One test: js/engine/wire.ts is what `npm run generate` would write. */
function schemaTotals() {
  if (
    run(at("build/native-debug/sip_schema"), []) === readFileSync(at("js/engine/wire.ts"), "utf8")
  ) {
    return onePassed;
  }
  console.log(
    "js/engine/wire.ts is not what the core's headers say: `npm run generate` writes it anew"
  );
  return oneFailed;
}

/** The totals of a reporter's file; a run that left none, or failed without a failure, failed once. */
function reported(report, read, code) {
  if (!existsSync(report)) return oneFailed;
  const totals = read(readJson(report));
  return code !== 0 && totals.failed === 0 ? sum(totals, oneFailed) : totals;
}

const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));

const sum = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped
});

const words = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;

async function main() {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !(name in parts));
  if (unknown.length) throw new Error(`no part ${unknown}; there are ${Object.keys(parts)}`);
  const { setup } = await import("./setup.mjs");
  await setup(asked.includes("everywhere") ? "matrix" : "test");
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  let totals = none;
  for (const name of asked.length ? asked : usual) {
    const begin = performance.now();
    console.log(`\n=== ${name}`);
    const result = await parts[name]().catch((error) => {
      console.log(error.message);
      return oneFailed;
    });
    totals = sum(totals, result);
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    console.log(`--- ${name}: ${words(result)} (${seconds} s)`);
  }
  return totals;
}

let totals;
try {
  totals = await main();
} catch (error) {
  console.error(`test: ${error.message}`);
  totals = oneFailed;
}
console.log(`\n${words(totals)}`);
process.exit(totals.failed || !totals.passed ? 1 : 0);
