import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildSync } from "esbuild";
import { beforeAll, expect, it } from "vitest";
import { withServer } from "../support/browser.js";
import { application, environment } from "../support/package.js";
import { tool } from "../support/tools.js";

let folder: string;

beforeAll(() => {
  folder = application("jsdom");
  const outfile = join(folder, "phone.cjs");
  buildSync({ entryPoints: [join(folder, "phone.js")], outfile, format: "cjs" });
});

/** Runs one test of the application, which a server awaits. Gives what it printed. */
async function run(name: string, args: string[], env: Record<string, string> = {}) {
  const { stdout, stderr } = await withServer((server) =>
    promisify(execFile)(tool(name), args, {
      cwd: folder,
      env: environment({ ...env, SIP_SERVER: server, NO_COLOR: "1" })
    })
  );
  return stdout + stderr;
}

const onePassed = /Tests:? +1 passed/;

it("calls in Vitest with jsdom", async () => {
  const args = ["run", "--environment", "jsdom", "--globals", "vitest.test.mjs"];
  expect(await run("vitest", args)).toMatch(onePassed);
});

it("calls in Jest with jsdom, required", async () => {
  const args = ["--testMatch", "**/required.test.cjs"];
  expect(await run("jest", args)).toMatch(onePassed);
});

it("calls in Jest with jsdom, imported", async () => {
  const args = ["--testMatch", "**/imported.test.mjs"];
  const modules = { NODE_OPTIONS: "--experimental-vm-modules" };
  expect(await run("jest", args, modules)).toMatch(onePassed);
});
