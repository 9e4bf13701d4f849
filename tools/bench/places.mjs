// Where a benchmark runs: a bundle of what is compared, in this Node or in headless Chromium. The
// entry exports `candidates`, for each name a function `(times) => void | Promise`.
import { existsSync, mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { at } from "../lib/process.mjs";

/** Where bundles and messages are written to. */
export const folder = at("build/bench");

/** An entry of this folder and all it imports as one file; returns its path. */
export async function bundle(entry, format = "esm", plugins = []) {
  const { build } = await import("esbuild");
  mkdirSync(folder, { recursive: true });
  const outfile = `${folder}/${entry}.${format === "esm" ? "mjs" : "js"}`;
  await build({
    entryPoints: [at(`tools/bench/${entry}.mjs`)],
    outfile,
    format,
    globalName: "bench",
    bundle: true,
    plugins,
    platform: "browser",
    logLevel: "error"
  });
  return outfile;
}

/** This process. */
export async function inNode(entry) {
  const { candidates } = await import(pathToFileURL(await bundle(entry)).href);
  const clock = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  return {
    names: Object.keys(candidates),
    work: (name, times) => candidates[name](times),
    clock,
    close: () => {}
  };
}

/** A page, whose whole process is timed. */
export async function inChromium(entry) {
  const browser = await launch();
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.addScriptTag({ path: await bundle(entry, "iife") });
  return {
    names: await page.evaluate(() => Object.keys(globalThis.bench.candidates)),
    work: (name, times) =>
      page.evaluate(([name, times]) => globalThis.bench.candidates[name](times), [name, times]),
    async clock() {
      const { metrics } = await session.send("Performance.getMetrics");
      return 1000 * metrics.find(({ name }) => name === "ProcessTime").value;
    },
    close: () => browser.close()
  };
}

/** Chromium without a window. */
export async function launch() {
  const { chromium } = await import("@playwright/test");
  const paths = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"];
  const executablePath = paths.find((path) => path && existsSync(path));
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}
