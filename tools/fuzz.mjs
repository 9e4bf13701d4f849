#!/usr/bin/env node
// `npm run fuzz`: builds the fuzzers (clang, both sanitizers) and runs each for a minute.
//   --seconds N   how long each
//   --target T    only this one: message, header, challenge or trace
// What a run finds is kept in build/fuzz/found/; inputs that reach new code stay in
// build/fuzz/corpus/ for the next run. The vectors of tests/torture are the seeds of every fuzzer:
// whole, field by field, their challenges, or within a session.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { pathToFileURL } from "node:url";
import { at, run, stream } from "./lib/process.mjs";

/** All files under a folder. */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The names of the fuzzers: of tests/fuzz/NAME_fuzz.cc. */
export const targets = readdirSync(at("tests/fuzz"))
  .filter((name) => name.endsWith("_fuzz.cc"))
  .map((name) => name.replace("_fuzz.cc", ""));

/** Builds all fuzzers. */
export function buildFuzzers() {
  run("cmake", ["--preset", "fuzz"]);
  run("cmake", ["--build", "--preset", "fuzz"]);
}

/** The vectors of tests/torture, octet by octet. */
const vectors = () =>
  filesIn(at("tests/torture"))
    .filter((path) => /\.(dat|sip)$/.test(path))
    .map((path) => readFileSync(path, "latin1"));

/** The header fields of all vectors: name and value. */
const fields = () =>
  vectors().flatMap((text) =>
    text
      .split(/\r?\n\r?\n/)[0]
      .replace(/\r?\n[ \t]+/g, " ")
      .split(/\r?\n/)
      .slice(1)
      .map((line) => /^([^:]*):\s*(.*)$/s.exec(line)?.slice(1) ?? ["", line])
  );

/** The inputs that a fuzzer begins with, in the form that it reads; see tests/fuzz. */
const seeds = {
  message: vectors,
  header() {
    const table = readFileSync(at("src/messages/header_fields.cc"), "utf8");
    const names = [...table.matchAll(/\{HeaderId::k\w+, "([\w-]*)"/g)].map(([, name]) =>
      name.toLowerCase()
    );
    // 0: a header field that nobody knows.
    const number = (name) => Math.max(0, names.indexOf(name.toLowerCase()));
    return fields().map(([name, value]) => String.fromCharCode(number(name)) + value);
  },
  challenge: () =>
    fields()
      .filter(([name]) => /^(WWW|Proxy)-Authenticate$/i.test(name))
      .map(([name, value]) => (/^P/i.test(name) ? "P" : "") + value),
  // Reads the vectors by itself, as messages of a session.
  trace: () => []
};

/** The folder of what a fuzzer has learnt, with its seeds in it. */
function corpus(target) {
  const folder = at("build/fuzz/corpus", target);
  mkdirSync(folder, { recursive: true });
  for (const seed of new Set(seeds[target]())) {
    const name = createHash("sha1").update(seed, "latin1").digest("hex");
    if (!existsSync(join(folder, name))) writeFileSync(join(folder, name), seed, "latin1");
  }
  return folder;
}

/**
 * Runs one fuzzer, within limits as libFuzzer's options have them.
 * @returns whether it found nothing; what it said last: executions, coverage.
 */
export async function fuzz(target, limits, onLine) {
  const found = at("build/fuzz/found");
  mkdirSync(found, { recursive: true });
  const args = [
    ...limits,
    "-timeout=10",
    "-print_final_stats=1",
    `-dict=${at("tests/fuzz/sip.dict")}`,
    `-artifact_prefix=${found}/${target}-`,
    corpus(target)
  ];
  const env = {
    ...process.env,
    ASAN_OPTIONS: "detect_stack_use_after_return=1:strict_string_checks=1",
    UBSAN_OPTIONS: "print_stacktrace=1"
  };
  let executions = "?";
  let coverage = "";
  const code = await stream(
    at(`build/fuzz/${target}_fuzz`),
    args,
    (line) => {
      executions = /number_of_executed_units: (\d+)/.exec(line)?.[1] ?? executions;
      coverage = /cov: \d+ ft: \d+/.exec(line)?.[0] ?? coverage;
      onLine(line);
    },
    { env }
  );
  return { clean: code === 0, summary: `${target}: ${executions} executions, ${coverage}` };
}

/** Whether a line says what was found, and not how the search goes on. */
export const isFinding = (line) => /does not hold|ERROR|SUMMARY|runtime error|Test unit/.test(line);

async function main() {
  const { values } = parseArgs({
    options: { seconds: { type: "string", default: "60" }, target: { type: "string" } }
  });
  const chosen = values.target ? [values.target] : targets;
  const unknown = chosen.filter((target) => !targets.includes(target));
  if (unknown.length) throw new Error(`no fuzzer ${unknown}; there are ${targets}`);
  const { setup } = await import("./setup.mjs");
  await setup("test");
  buildFuzzers();
  let clean = true;
  for (const target of chosen) {
    const shown = (line) => isFinding(line) && console.log(line);
    const result = await fuzz(target, [`-max_total_time=${values.seconds}`], shown);
    console.log(`${result.summary}, ${result.clean ? "nothing found" : "FOUND SOMETHING"}`);
    clean &&= result.clean;
  }
  process.exitCode = clean ? 0 : 1;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main().catch((error) => {
    console.error(`fuzz: ${error.message}`);
    process.exitCode = 1;
  });
}
