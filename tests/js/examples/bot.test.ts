import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startServer, type RunningServer } from "../../../tools/server/server.js";
import { SipClient } from "../tools/sip-client.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));

let folder: string;
let server: RunningServer;
let bot: ChildProcess;
let said: string;
let heard: () => void;

/** Waits until the bot has said something. */
async function says(text: string): Promise<void> {
  while (!said.includes(text)) {
    await new Promise<void>((resolve) => (heard = resolve));
  }
}

beforeEach(async () => {
  server = await startServer();
  // The example as it is, in a folder of its own, with what its `npm install` would bring.
  folder = mkdtempSync(join(tmpdir(), "sip-bot-"));
  cpSync(join(root, "demo/examples/bot"), folder, { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/sipwasm"));
  symlinkSync(join(root, "node_modules/ws"), join(folder, "node_modules/ws"));
  said = "";
  const address = `ws://127.0.0.1:${server.port}/sip`;
  bot = spawn(process.execPath, ["bot.js", address, "phone.test", "carol", "christmas"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"]
  });
  for (const stream of [bot.stdout!, bot.stderr!]) {
    stream.on("data", (data) => {
      said += String(data);
      heard?.();
    });
  }
  await says("Registered");
});

afterEach(async () => {
  const ended = bot.exitCode !== null || new Promise((resolve) => bot.once("exit", resolve));
  bot.kill("SIGKILL");
  await ended;
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

it("answers a message, refuses a call, and signs off", async () => {
  const alice = await SipClient.connect(server.port, "alice");
  await alice.register("wonderland");
  const digest = { password: "wonderland" };
  const [carol, text] = ["sip:carol@phone.test", { "Content-Type": "text/plain" }];
  await alice.authenticated("MESSAGE", carol, digest, text, "stressed");
  expect(await alice.next("SIP/2.0")).toContain("SIP/2.0 200");
  const answer = await alice.next("MESSAGE");
  expect(answer).toMatch(/\r\n\r\ndesserts$/);
  alice.send(alice.response(answer, 200));
  await alice.authenticated("INVITE", carol, digest);
  await alice.next("SIP/2.0 488");
  bot.kill("SIGINT");
  await says("Unregistered");
  expect(await new Promise((resolve) => bot.once("exit", resolve))).toBe(0);
  await alice.close();
});
