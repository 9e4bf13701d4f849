import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Files, openBrowser, outcomeIn } from "../support/browser.js";
import { talkedByWebRtc } from "../support/expected.js";
import { application } from "../support/package.js";

let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await openBrowser();
  folder = application("csp");
});

afterAll(() => browser.close());

/** What the page tells under a policy, and what its browser has refused. */
async function under(policy: string): Promise<unknown> {
  const files = await Files.of(folder, { "Content-Security-Policy": policy });
  const outcome = await outcomeIn(browser, files.url());
  await files.close();
  return outcome;
}

const rest = "connect-src ws:; require-trusted-types-for 'script'; trusted-types 'none'";

it("calls behind script-src 'self' 'wasm-unsafe-eval' and nothing weaker", async () => {
  const policy = `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; ${rest}`;
  expect(await under(policy)).toEqual({ told: talkedByWebRtc, violations: [] });
});

it("says what to add where WebAssembly is refused", async () => {
  const outcome = await under(`default-src 'none'; script-src 'self'; ${rest}`);
  expect(outcome).toEqual({
    told: expect.stringMatching(/script-src needs .*'wasm-unsafe-eval'/),
    violations: ["wasm-eval"]
  });
});
