// What `new UserAgent()` costs on a page that has just loaded, beside SIP.js: milliseconds in
// Chromium. Every measurement has a page and a context of its own, the packages take turns.
import { launch } from "./places.mjs";
import { median } from "./rounds.mjs";
import { at } from "../lib/process.mjs";

const address = "http://localhost/";

/** What is measured: a package and what the page does before. */
const candidates = {
  "SIP.js": { packageName: "sip.js" },
  sipwasm: { packageName: "./lib/index.js" },
  "sipwasm, preloaded": { packageName: "./lib/index.js", preload: true }
};

/** The package as a page has it: minified, in one file, which notes how long it takes to run. */
async function script(packageName) {
  const { build } = await import("esbuild");
  const result = await build({
    stdin: {
      contents: `import * as S from "${packageName}"; globalThis.S = S;`,
      resolveDir: at(".")
    },
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    banner: { js: "const begin = performance.now();" },
    footer: { js: "globalThis.run = performance.now() - begin;" },
    write: false,
    logLevel: "error"
  });
  return result.outputFiles[0].text;
}

/** In the page: milliseconds to run the script, to preload and to make a user agent. */
async function measure(preload) {
  const { S, run } = globalThis;
  const begun = performance.now();
  if (preload) await S.preload();
  const preloaded = performance.now();
  const uri = S.UserAgent.makeURI("sip:alice@example.com");
  const transportOptions = { server: "wss://example.com" };
  new S.UserAgent({ uri, transportOptions, logBuiltinEnabled: false });
  return { script: run, preload: preloaded - begun, userAgent: performance.now() - preloaded };
}

/** The medians for each candidate, of so many pages each. */
export async function compareStart(pages = 21) {
  const rows = Object.entries(candidates).map(([name, each]) => ({ name, ...each, found: [] }));
  for (const row of rows) row.body = await script(row.packageName);
  const browser = await launch();
  try {
    for (let i = 0; i < pages; i++) {
      for (const { body, preload, found } of rows)
        found.push(await onePage(browser, body, preload));
    }
  } finally {
    await browser.close();
  }
  const middle = (found, key) => median(found.map((each) => each[key]));
  return Object.fromEntries(
    rows.map(({ name, found }) => [
      name,
      {
        script: middle(found, "script"),
        preload: middle(found, "preload"),
        userAgent: middle(found, "userAgent"),
        toSipJs: median(found.map((each, i) => each.userAgent / rows[0].found[i].userAgent))
      }
    ])
  );
}

async function onePage(browser, body, preload) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.route(`${address}*`, (route) =>
      route.request().url().endsWith(".js")
        ? route.fulfill({ contentType: "text/javascript", body })
        : // Isolated, for the finest clock.
          route.fulfill({
            contentType: "text/html",
            headers: {
              "Cross-Origin-Opener-Policy": "same-origin",
              "Cross-Origin-Embedder-Policy": "require-corp"
            },
            body: "<!doctype html><script src=package.js></script>"
          })
    );
    await page.goto(address);
    return await page.evaluate(measure, !!preload);
  } finally {
    await context.close();
  }
}

export function printStart(result) {
  console.log(
    "\nstart on a fresh page in Chromium, milliseconds: the script, preload(), a UserAgent"
  );
  for (const [name, { script, preload, userAgent, toSipJs }] of Object.entries(result)) {
    const cells = [script, preload, userAgent].map((each) => each.toFixed(1).padStart(7)).join("");
    const ratio = name === "SIP.js" ? "" : `${toSipJs.toFixed(2)} of SIP.js`.padStart(18);
    console.log(`  ${name.padEnd(20)}${cells}${ratio}`);
  }
}
