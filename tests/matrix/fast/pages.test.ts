import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Files, openBrowser, outcomeIn } from "../support/browser.js";
import { talked, talkedByWebRtc } from "../support/expected.js";
import { application } from "../support/package.js";

let browser: Browser;
let files: Files;

beforeAll(async () => {
  browser = await openBrowser();
  files = await Files.of(application("page"));
});

afterAll(async () => {
  await browser.close();
  await files.close();
});

describe("a page without a bundler calls", () => {
  it.each([
    ["a module script", "module.html"],
    ["a module script of one file", "one-file.html"],
    ["a classic script", "classic-sip.html"],
    ["a minified classic script", "classic-sip.min.html"]
  ])("from %s", async (_name, page) => {
    expect(await outcomeIn(browser, files.url(page))).toEqual(talkedByWebRtc);
  });

  it.each([
    ["a dedicated module worker", "module"],
    ["a dedicated classic worker", "classic"],
    ["a shared worker", "shared"]
  ])("from %s", async (_name, kind) => {
    expect(await outcomeIn(browser, files.url(`worker.html?kind=${kind}`))).toEqual(talked);
  });
});

it("refreshes a registration in time in a page whose timers stand still, woken by worker.js", async () => {
  const outcome = await outcomeIn(browser, files.url("woken.html"), { minExpires: 1 });
  expect(outcome).toBe("REGISTER");
});
