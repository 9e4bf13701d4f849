import { join } from "node:path";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { Files, openBrowser, outcomeIn } from "../support/browser.js";
import { talkedByWebRtc } from "../support/expected.js";
import { application } from "../support/package.js";

it("calls from a bundle of esbuild, which has it once for import and require", async () => {
  const folder = application("esbuild");
  const entryPoints = [join(folder, "main.js")];
  await build({ entryPoints, bundle: true, minify: true, outfile: join(folder, "bundle.js") });
  const files = await Files.of(folder);
  const browser = await openBrowser();
  expect(await outcomeIn(browser, files.url())).toEqual(talkedByWebRtc);
  await browser.close();
  await files.close();
});
