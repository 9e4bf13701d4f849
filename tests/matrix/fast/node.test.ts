import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, it } from "vitest";
import { withServer } from "../support/browser.js";
import { talked } from "../support/expected.js";
import { application, root } from "../support/package.js";

const execute = promisify(execFile);
let folder: string;

beforeAll(() => {
  folder = application("node");
});

/** Runs a program, with a WebSocket where Node has none of its own, and reads what it prints. */
function told(file: string, ...options: string[]): Promise<unknown> {
  const webSocket = join(root, "tests/matrix/support/web-socket.cjs");
  return withServer(async (server) => {
    const args = ["--no-warnings", ...options, "--require", webSocket, file, server];
    const { stdout } = await execute(process.execPath, args, { cwd: folder });
    return JSON.parse(stdout) as unknown;
  });
}

it("calls from a program that imports it", async () => {
  expect(await told("main.mjs")).toEqual({ same: true, told: talked });
});

it("calls from a program that requires it, and gives what import gives", async () => {
  expect(await told("main.cjs")).toEqual({ same: true, told: talked });
});

it("calls from CommonJS alone, where ES modules cannot be required", async () => {
  const outcome = await told("mirror.cjs", "--no-experimental-require-module");
  expect(outcome).toEqual({ same: true, mirrored: true, told: talked });
});

it("has the same behind every path of SIP.js by import, by require and in the mirror", async () => {
  const paths = readdirSync(join(root, "node_modules/sip.js/lib"), { recursive: true })
    .map((file) => String(file).replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".js") && existsSync(join(root, "lib", file)))
    .map((file) => `sipwasm/lib/${file}`);
  expect(paths.length).toBeGreaterThan(90);
  const loaded = async (way: string, ...options: string[]): Promise<Record<string, string[]>> => {
    const args = ["--no-warnings", ...options, "paths.cjs", way, ...paths];
    const { stdout } = await execute(process.execPath, args, { cwd: folder });
    return JSON.parse(stdout) as Record<string, string[]>;
  };
  const imported = await loaded("import");
  expect(Object.keys(imported)).toEqual(paths);
  expect(imported["sipwasm/lib/api/session.js"]).toEqual(["Session"]);
  expect(await loaded("require")).toEqual(imported);
  expect(await loaded("require", "--no-experimental-require-module")).toEqual(imported);
});
