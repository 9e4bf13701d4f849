import { expect, it } from "vitest";
import { openBrowser, outcomeIn } from "../support/browser.js";
import { talkedByWebRtc } from "../support/expected.js";
import { application } from "../support/package.js";
import { runTool, serve } from "../support/tools.js";

const quiet = { NEXT_TELEMETRY_DISABLED: "1" };

/** Starts what serves the application in `folder`, and looks at both of its sides. */
async function rendersAndCalls(folder: string, ...command: string[]): Promise<void> {
  const serving = await serve("next", [...command, "--port", "0"], folder, quiet);
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
}

it.each([
  ["Turbopack", "--turbopack"],
  ["webpack", "--webpack"]
])("renders on Next's server and calls in its client, built by %s", async (_name, builder) => {
  const folder = application("next", `next${builder}`);
  runTool("next", ["build", builder], folder, quiet);
  await rendersAndCalls(folder, "start");
});

it.each([
  ["Turbopack", "--turbopack"],
  ["webpack", "--webpack"]
])("does so in Next's development server with %s", async (_name, builder) => {
  await rendersAndCalls(application("next", `next-dev${builder}`), "dev", builder);
});
