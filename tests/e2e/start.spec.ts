import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import type * as Package from "../../js/index.js";
import { expect, test, type Page } from "@playwright/test";
import { standsIn } from "../support/e2e/site.js";

declare const sipwasm: typeof Package;

test.skip(standsIn, "SIP.js has no WebAssembly");

const address = "http://localhost/";

/** Serves a page that has the package and a Content-Security-Policy. */
async function open(page: Page, policy: string): Promise<void> {
  const entryPoints = [fileURLToPath(new URL("../../lib/index.js", import.meta.url))];
  const bundled = buildSync({
    entryPoints,
    bundle: true,
    globalName: "sipwasm",
    target: "es2022",
    write: false
  });
  await page.route(`${address}*`, (route) =>
    route.request().url().endsWith(".js")
      ? route.fulfill({ contentType: "text/javascript", body: bundled.outputFiles[0]!.text })
      : route.fulfill({
          contentType: "text/html",
          headers: { "Content-Security-Policy": policy },
          body: "<!doctype html><script src=package.js></script>"
        })
  );
  await page.goto(address);
}

/** What a page says of its start: by `preload()`, then by `new UserAgent()`. */
function start(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const options = { transportOptions: { server: "ws://localhost" }, logBuiltinEnabled: false };
    const said = await sipwasm.preload().then(() => "done", String);
    try {
      return [said, new sipwasm.UserAgent(options).state];
    } catch (error) {
      return [said, String(error)];
    }
  });
}

test("needs nothing of a Content-Security-Policy but 'wasm-unsafe-eval'", async ({ page }) => {
  await open(page, "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'");
  expect(await start(page)).toEqual(["done", "Stopped"]);
});

test("where WebAssembly is refused, preload() and new UserAgent() say what to add", async ({
  page
}) => {
  await open(page, "default-src 'none'; script-src 'self'");
  for (const said of await start(page)) {
    expect(said).toContain("its script-src needs 'wasm-unsafe-eval'");
  }
});
