#!/usr/bin/env node
// `npm run bench`: how fast the message layer is beside SIP.js and JsSIP, in Node and in Chromium,
// and beside sofia-sip natively; whole calls in the same places, and their memory; the core natively
// beside WebAssembly; what the worst messages cost; what a page pays to start. Ratios count:
// everything that is compared runs in turns in one run. `--json` prints JSON; names of parts run
// these only.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { compareCore, printCore } from "./core.mjs";
import { compareMemory, printMemory } from "./memory-table.mjs";
import { messages } from "./messages.mjs";
import { bundle, folder, inChromium, inNode } from "./places.mjs";
import { compare, median } from "./rounds.mjs";
import { compareStart, printStart } from "./start.mjs";
import { sizes, worstCases } from "./worst-cases.mjs";
import { at, run } from "../lib/process.mjs";

const texts = messages.map(([, text]) => text);
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Rates and ratios of the candidates of an entry. */
async function compareIn(open, entry) {
  const place = await open(entry);
  try {
    return await compare(place);
  } finally {
    await place.close();
  }
}

const parts = {
  /** Messages a second and ratios in Node. */
  node: () => compareIn(inNode, "parse"),
  /** The same in headless Chromium. */
  chromium: () => compareIn(inChromium, "parse"),
  /** Nanoseconds a message natively, and how many times as long sofia-sip takes. */
  async native() {
    const files = texts.map((text, i) => written(`message-${i}.sip`, text));
    const rounds = Array.from({ length: 5 }, () => native(20, files));
    const means = (which) => rounds.map((all) => mean(files.map((file) => all[file][which])));
    const ours = means(0);
    const result = { nanoseconds: median(ours) };
    if (rounds[0][files[0]].length > 1) {
      result.ratioToSofia = median(means(1).map((theirs, i) => theirs / ours[i]));
    }
    return result;
  },
  /** Calls a second and ratios in Node. */
  calls: () => compareIn(inNode, "calls"),
  /** The same in headless Chromium. */
  "calls-chromium": () => compareIn(inChromium, "calls"),
  /** Octets that a session side and a registered user agent take. */
  memory: () => compareMemory(),
  /** Microseconds that calls take in the core, natively and as WebAssembly. */
  core: () => compareCore(),
  /** Milliseconds to the first user agent on a fresh page. */
  start: () => compareStart(),
  /** Nanoseconds an octet for each of the worst messages and size, natively and in Node. */
  async worst() {
    const { readWithOurs } = await import(pathToFileURL(await bundle("parse")).href);
    const rows = {};
    for (const [name, make] of Object.entries(worstCases)) {
      const cases = sizes.map((size) => make(size));
      const files = cases.map((text, i) => written(`worst-${i}.sip`, text));
      const all = native(15, files);
      const octets = cases.map((text) => Buffer.byteLength(text));
      rows[name] = {
        native: files.map((file, i) => all[file][0] / octets[i]),
        javascript: cases.map((text, i) => (1e6 * readWithOurs(text, 15)) / octets[i])
      };
    }
    return rows;
  }
};

function written(name, text) {
  writeFileSync(`${folder}/${name}`, text);
  return `${folder}/${name}`;
}

const native = (milliseconds, files) =>
  JSON.parse(run(at("build/native-release/sip_bench_parse"), [`${milliseconds}`, ...files]));

const times = (ratio) => `${ratio.toFixed(1)} x`;

const printRates = (title, unit) => (result) => {
  console.log(`\n${title}`);
  for (const [name, { rate, ratio }] of Object.entries(result)) {
    const other = name === "sipwasm" ? "" : `sipwasm is ${times(ratio).padStart(8)} as fast`;
    console.log(`  ${name.padEnd(10)}${rate.toFixed(0).padStart(9)} ${unit}/s  ${other}`);
  }
};
const parsed = "twelve messages, parsed and their usual values read";
const called = "calls of two user agents in one process, per second of processor time";

const print = {
  node: printRates(`Node ${process.version}: ${parsed}`, "messages"),
  chromium: printRates(`Chromium: ${parsed}`, "messages"),
  calls: printRates(`Node ${process.version}: ${called}`, "calls"),
  "calls-chromium": printRates(`Chromium: ${called}`, "calls"),
  memory: printMemory,
  core: printCore,
  native({ nanoseconds, ratioToSofia }) {
    console.log(`\nnatively: ${nanoseconds.toFixed(0)} ns a message`);
    if (ratioToSofia) console.log(`  ${times(ratioToSofia)} as fast as sofia-sip`);
    else console.log("  (without libsofia-sip-ua-dev there is nothing to compare with)");
  },
  start: printStart,
  worst(rows) {
    const labels = sizes.map((size) => `${size / 1024} KB`.padStart(8)).join("");
    console.log(`\nworst cases, nanoseconds an octet, and the largest size beside the 4 KB one`);
    for (const place of ["native", "javascript"]) {
      console.log(`  ${place.padEnd(38)}${labels}    growth`);
      for (const [name, row] of Object.entries(rows)) {
        const cells = row[place].map((each) => each.toFixed(2).padStart(8)).join("");
        const growth = row[place].at(-1) / row[place][1];
        console.log(`  ${name.padEnd(38)}${cells}${times(growth).padStart(10)}`);
      }
    }
  }
};

async function main() {
  const options = { json: { type: "boolean" } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const unknown = positionals.filter((name) => !(name in parts));
  if (unknown.length) throw new Error(`no part ${unknown}; there are ${Object.keys(parts)}`);
  const { setup } = await import("../setup.mjs");
  await setup("bench");
  if (!existsSync(at("lib/index.js"))) throw new Error("no lib/: run `npm run build` first");
  const chosen = positionals.length ? positionals : Object.keys(parts);
  if (chosen.some((name) => name === "native" || name === "worst")) {
    run("cmake", ["--preset", "native-release"]);
    run("cmake", ["--build", "--preset", "native-release", "--target", "sip_bench_parse"]);
  }
  mkdirSync(folder, { recursive: true });
  const results = {};
  for (const name of chosen) {
    results[name] = await parts[name]();
    if (!values.json) print[name](results[name]);
  }
  if (values.json) console.log(JSON.stringify(results, null, 2));
}

try {
  await main();
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exit(1);
}
