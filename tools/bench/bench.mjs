#!/usr/bin/env node
// `npm run bench`: how fast the message layer is beside SIP.js and JsSIP, in Node and in Chromium,
// and beside sofia-sip natively; what the worst messages cost; what a page pays to start. Ratios count: everything that is
// compared runs in turns in one run. `--json` prints JSON; names of parts run these only.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { messages } from "./messages.mjs";
import { compareStart, printStart } from "./start.mjs";
import { sizes, worstCases } from "./worst-cases.mjs";
import { at, run } from "../lib/process.mjs";

const folder = at("build/bench");
const texts = messages.map(([, text]) => text);
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

const parts = {
  /** Messages a second and ratios in Node. */
  async node() {
    const { compareParsers } = await import(pathToFileURL(await bundle()).href);
    return compareParsers(texts);
  },
  /** The same in headless Chromium. */
  async chromium() {
    const { chromium } = await import("@playwright/test");
    const paths = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
    const executablePath = paths.find((path) => path && existsSync(path));
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      await page.addScriptTag({ path: await bundle("iife") });
      return await page.evaluate((all) => globalThis.bench.compareParsers(all), texts);
    } finally {
      await browser.close();
    }
  },
  /** Nanoseconds a message natively, and how many times as long sofia-sip takes. */
  async native() {
    const files = texts.map((text, i) => written(`message-${i}.sip`, text));
    const rounds = Array.from({ length: 5 }, () => native(20, files));
    const { median } = await import("./rounds.mjs");
    const means = (which) => rounds.map((all) => mean(files.map((file) => all[file][which])));
    const ours = means(0);
    const result = { nanoseconds: median(ours) };
    if (rounds[0][files[0]].length > 1) {
      result.ratioToSofia = median(means(1).map((theirs, i) => theirs / ours[i]));
    }
    return result;
  },
  /** Milliseconds to the first user agent on a fresh page. */
  start: () => compareStart(),
  /** Nanoseconds an octet for each of the worst messages and size, natively and in Node. */
  async worst() {
    const { readWithOurs } = await import(pathToFileURL(await bundle()).href);
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

/** The libraries and their readers as one file; returns its path. */
async function bundle(format = "esm") {
  const { build } = await import("esbuild");
  const outfile = `${folder}/parse.${format === "esm" ? "mjs" : "js"}`;
  await build({
    entryPoints: [at("tools/bench/parse.mjs")],
    outfile,
    format,
    globalName: "bench",
    bundle: true,
    platform: "browser",
    logLevel: "error"
  });
  return outfile;
}

function written(name, text) {
  writeFileSync(`${folder}/${name}`, text);
  return `${folder}/${name}`;
}

const native = (milliseconds, files) =>
  JSON.parse(run(at("build/native-release/sip_bench_parse"), [`${milliseconds}`, ...files]));

const times = (ratio) => `${ratio.toFixed(1)} x`;

function printParsers(place, result) {
  console.log(`\n${place}: twelve messages, parsed and their usual values read`);
  for (const [name, { rate, ratio }] of Object.entries(result)) {
    const other = name === "sipwasm" ? "" : `sipwasm is ${times(ratio).padStart(8)} as fast`;
    console.log(`  ${name.padEnd(10)}${rate.toFixed(0).padStart(9)} messages/s  ${other}`);
  }
}

const print = {
  node: (result) => printParsers(`Node ${process.version}`, result),
  chromium: (result) => printParsers("Chromium", result),
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
