import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Files, openBrowser, outcomeIn } from "../support/browser.js";
import { talked, talkedByWebRtc } from "../support/expected.js";
import { application, root } from "../support/package.js";
import { runTool, serve, type Serving } from "../support/tools.js";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

/** The one application of all bundlers, with what each needs beside it. */
function bundled(as: string): string {
  const folder = application("bundled", as);
  cpSync(join(root, "tests/matrix/apps", as), folder, { recursive: true });
  return folder;
}

/** The page calls, so does a Worker that its bundler has made, and worker.js answers. */
function calls(address: () => string): void {
  it("from a page", async () => {
    expect(await outcomeIn(browser, address())).toEqual(talkedByWebRtc);
  });

  it("from a worker", async () => {
    expect(await outcomeIn(browser, `${address()}?kind=worker`)).toEqual(talked);
  });

  it("and starts worker.js by its name", async () => {
    expect(await outcomeIn(browser, `${address()}?kind=waker`)).toBe("a deadline");
  });
}

describe.each([
  ["Vite's development server", []],
  ["Vite's build, previewed", ["preview"]]
])("%s calls", (_name, command) => {
  let serving: Serving;

  beforeAll(async () => {
    const folder = bundled("vite");
    if (command.length > 0) runTool("vite", ["build"], folder);
    serving = await serve("vite", [...command, "--host", "127.0.0.1", "--port", "0"], folder);
  });

  afterAll(() => serving.stop());

  calls(() => serving.address);
});

describe.each(["development", "production"])("webpack's bundle for %s calls", (mode) => {
  let files: Files;

  beforeAll(async () => {
    const folder = bundled("webpack");
    runTool("webpack", ["--mode", mode], folder);
    cpSync(join(folder, "index.html"), join(folder, "dist/index.html"));
    files = await Files.of(join(folder, "dist"));
  });

  afterAll(() => files.close());

  calls(() => files.url());
});

describe("Rollup's bundle calls", () => {
  let files: Files;

  beforeAll(async () => {
    const folder = bundled("rollup");
    runTool("rollup", ["--config", "rollup.config.mjs"], folder);
    files = await Files.of(join(folder, "dist"));
  });

  afterAll(() => files.close());

  it("from a page", async () => {
    expect(await outcomeIn(browser, files.url())).toEqual(talkedByWebRtc);
  });

  it("from a worker", async () => {
    expect(await outcomeIn(browser, files.url("?kind=worker"))).toEqual(talked);
  });
});
