import { expect, it } from "vitest";
import { openBrowser, outcomeIn } from "../support/browser.js";
import { talkedByWebRtc } from "../support/expected.js";
import { application } from "../support/package.js";
import { runTool, serve } from "../support/tools.js";

it.each([
  ["Turbopack", "--turbopack"],
  ["webpack", "--webpack"]
])("renders on Next's server and calls in its client, built by %s", async (_name, builder) => {
  const folder = application("next", `next${builder}`);
  runTool("next", ["build", builder], folder, { NEXT_TELEMETRY_DISABLED: "1" });
  const serving = await serve("next", ["start", "--port", "0"], folder);
  const browser = await openBrowser();
  try {
    const page = await (await fetch(serving.address)).text();
    expect(page).toContain('<p id="server">sip:bob@phone.test;transport=ws</p>');
    expect(page).toContain('<p id="client">sip:carol@phone.test</p>');
    expect(await outcomeIn(browser, serving.address)).toEqual(talkedByWebRtc);
  } finally {
    await browser.close();
    await serving.stop();
  }
});
