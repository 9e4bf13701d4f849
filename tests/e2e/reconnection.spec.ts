import { end, establish, expectSound } from "../support/e2e/calls.js";
import { expect, test } from "../support/e2e/fixtures.js";
import type { Kamailio } from "../support/e2e/kamailio.js";
import type { Phone } from "../support/e2e/phone.js";
import { standsIn } from "../support/e2e/site.js";

async function restart(server: Kamailio, ...phones: Phone[]): Promise<void> {
  await server.kill();
  for (const phone of phones) {
    const { error } = await phone.take("disconnected");
    expect(error).toMatchObject({ message: expect.stringContaining(server.address) });
  }
  await server.start();
}

async function expectConnectedAgain(...phones: Phone[]): Promise<void> {
  for (const phone of phones) await phone.take("connected");
  for (const phone of phones) await phone.take("registration", { state: "Registered" });
}

test("phones register again when the server was killed and comes back", async ({
  phone,
  server
}) => {
  const phones = await Promise.all([phone("alice"), phone("bob")]);
  const [alice, bob] = phones;
  for (const each of phones) {
    await each.take("connected");
    await each.take("registration", { state: "Registered" });
    await each.keepConnected();
  }
  await restart(server, ...phones);
  await expectConnectedAgain(...phones);
  await establish(alice, bob);
  await expectSound(alice, bob);
  await end(alice, bob);
});

test("a phone registers when the server was killed before it answered the first time", async ({
  phone,
  server
}) => {
  test.fail(
    standsIn,
    "SIP.js keeps the REGISTER pending for 32 seconds after the connection is lost"
  );
  const alice = await phone("alice", { until: "started" });
  await alice.take("connected");
  await alice.keepConnected();
  server.freeze();
  await alice.beginRegistering();
  await restart(server, alice);
  await expectConnectedAgain(alice);
  const bob = await phone("bob");
  await establish(bob, alice);
});

test("what was sent while the network was away arrives when it is back", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await alice.keepConnected();
  await alice.context.setOffline(true);
  await alice.page.waitForFunction(() => !navigator.onLine);
  const answer = alice.say("bob", "from the tunnel");
  await alice.context.setOffline(false);
  expect(await answer).toMatchObject({ status: 200 });
  expect(await bob.take("message")).toMatchObject({ body: "from the tunnel" });
  await establish(bob, alice);
  await expectSound(alice, bob);
});

test("a phone registers again when the server was restarted while its network was away", async ({
  phone,
  server
}) => {
  const alice = await phone("alice");
  await alice.take("connected");
  await alice.take("registration", { state: "Registered" });
  await alice.keepConnected();
  await alice.context.setOffline(true);
  await alice.page.waitForFunction(() => !navigator.onLine);
  await server.kill();
  await server.start();
  await alice.context.setOffline(false);
  await expectConnectedAgain(alice);
  const bob = await phone("bob");
  await establish(bob, alice);
});

test("a phone that starts without a network gets an error, and connects when the network is there", async ({
  phone,
  server
}) => {
  const alice = await phone("alice", { until: "opened" });
  await alice.context.setOffline(true);
  expect(await alice.start()).toMatchObject({ message: expect.stringContaining(server.address) });
  await alice.context.setOffline(false);
  expect(await alice.reconnect()).toBeUndefined();
  expect(await alice.register()).toMatchObject({ status: 200 });
});

test("a stopped phone connects and registers again when started again", async ({ phone }) => {
  const alice = await phone("alice");
  await alice.stop();
  expect(await alice.take("disconnected")).toMatchObject({ error: undefined });
  expect(await alice.start()).toBeUndefined();
  expect(await alice.register()).toMatchObject({ status: 200 });
});
