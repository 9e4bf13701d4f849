import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Files, openBrowser, withServer } from "../support/browser.js";
import { environment, example } from "../support/package.js";
import { runTool, serve } from "../support/tools.js";

/** Opens the page of an example as alice's, and waits until its status says that it is registered. */
async function registers(address: string): Promise<void> {
  const browser = await openBrowser();
  try {
    await withServer(async (server) => {
      const page = await browser.newPage();
      const user = { domain: "phone.test", user: "alice", password: "wonderland" };
      await page.goto(`${address}?${new URLSearchParams({ server, ...user })}`);
      await page.getByRole("status").getByText("Registered", { exact: true }).waitFor();
    });
  } finally {
    await browser.close();
  }
}

it.each(["react", "vue"])("the example %s runs from a build of Vite", async (name) => {
  const folder = example(name);
  runTool("vite", ["build"], folder);
  const files = await Files.of(join(folder, "dist"));
  await registers(files.url());
  await files.close();
});

it.each(["react", "vue"])("the example %s runs in Vite's development server", async (name) => {
  const serving = await serve("vite", ["--host", "127.0.0.1", "--port", "0"], example(name));
  await registers(serving.address);
  await serving.stop();
});

it("the example vanilla runs as its files lie there", async () => {
  const files = await Files.of(example("vanilla"));
  await registers(files.url());
  await files.close();
});

it("the example bot registers, and signs off", async () => {
  const folder = example("bot");
  await withServer(async (server) => {
    const args = ["bot.js", server, "phone.test", "carol", "christmas"];
    const bot = spawn(process.execPath, args, { cwd: folder, env: environment() });
    const exited = new Promise((resolve) => bot.once("exit", resolve));
    let said = "";
    const registered = new Promise<void>((resolve) => {
      const read = (data: unknown): void => {
        said += String(data);
        if (said.includes("Registered")) resolve();
      };
      bot.stdout.on("data", read);
      bot.stderr.on("data", read);
    });
    await Promise.race([registered, exited]);
    bot.kill("SIGINT");
    expect(await exited, said).toBe(0);
    expect(said).toContain("Registered");
  });
});
