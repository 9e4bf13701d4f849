import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expectSound } from "../support/e2e/calls.js";
import { expect, passwordOf, test, type OpenPage } from "../support/e2e/fixtures.js";
import type { Kamailio } from "../support/e2e/kamailio.js";
import type { Phone } from "../support/e2e/phone.js";
import { standsIn, type Site } from "../support/e2e/site.js";

// The program is alice's. It is watched from outside: on the wire, and by bob.
async function runProgram({ page }: OpenPage, site: Site, server: Kamailio): Promise<void> {
  const addresses = {
    alice: `sip:alice@${server.domain}`,
    bob: `sip:bob@${server.domain}`,
    carol: `sip:carol@${server.domain}`,
    options: {
      transportOptions: { server: server.address },
      authorizationUsername: "alice",
      authorizationPassword: passwordOf("alice"),
      sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } }
    }
  };
  await page.addInitScript((all) => Object.assign(window, { addresses: all }), addresses);
  await page.goto(site.url("overview"));
}

function registrations(wire: string[]): number {
  return wire.filter(
    (frame) => /^<<< SIP\/2\.0 200 [^]*^CSeq: \d+ REGISTER/m.test(frame) && /^Contact:/m.test(frame)
  ).length;
}

async function answer(bob: Phone): Promise<void> {
  await bob.take("ringing", { from: "alice" });
  await bob.accept();
  await bob.take("session", { state: "Established" });
  await expectSound(bob);
}

async function callProgram(bob: Phone): Promise<void> {
  await bob.call("alice");
  await bob.take("session", { state: "Established" });
  await expectSound(bob);
}

async function hangUp(bob: Phone): Promise<void> {
  await bob.hangUp();
  await bob.take("session", { state: "Terminated" });
}

test("the program of the API overview registers, calls, is called, and comes back after the server", async ({
  open,
  phone,
  server,
  site
}) => {
  const bob = await phone("bob");
  await bob.take("connected");
  await bob.keepConnected();
  const program = await open("overview", "alice");
  await runProgram(program, site, server);

  await answer(bob);
  await hangUp(bob);
  expect(registrations(program.wire)).toBe(1);
  await callProgram(bob);
  await hangUp(bob);
  // It registers twice at once, and transfers a call that is not established: two promises nobody catches.
  expect(program.errors.map((error) => error.message).sort()).toEqual([
    expect.stringMatching(/^Invalid session state/),
    expect.stringMatching(/^REGISTER request already in progress/)
  ]);

  // The first attempt to reconnect fails, the second comes four seconds later.
  const attempts = (): number => program.wire.filter((line) => line.startsWith("--- open")).length;
  const before = attempts();
  await server.kill();
  await expect.poll(attempts).toBe(before + 1);
  await server.start();
  await bob.take("connected");
  await bob.take("registration", { state: "Registered" });
  await expect.poll(() => registrations(program.wire)).toBe(2);
  await callProgram(bob);
  await hangUp(bob);
});

test("the program of the API overview and the phone of these tests fit the package's types", async () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const project = `tests/e2e/tsconfig${standsIn ? ".standin" : ""}.json`;
  const tsc = `${root}node_modules/typescript/bin/tsc`;
  const run = promisify(execFile)(process.execPath, [tsc, "-p", project], { cwd: root });
  expect(
    await run.then(
      () => "",
      (error: { stdout: string }) => error.stdout
    )
  ).toBe("");
});
