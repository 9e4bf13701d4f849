import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { end, establish, expectAllClosed } from "../support/e2e/calls.js";
import { expect, test } from "../support/e2e/fixtures.js";
import type { Phone } from "../support/e2e/phone.js";
import { standsIn } from "../support/e2e/site.js";

// What is wrong with the address of the server is one Error that names the address, each time.
async function expectNoConnection(phone: Phone, address: string): Promise<void> {
  for (const failure of [await phone.start(), await phone.reconnect()]) {
    expect(failure).toMatchObject({ type: "Error", message: expect.stringContaining(address) });
  }
  expect(await phone.count("connected")).toBe(0);
}

test("an unreachable server is one clear error, and the phone works once the server is there", async ({
  phone,
  server
}) => {
  await server.kill();
  const alice = await phone("alice", { until: "opened" });
  await expectNoConnection(alice, server.address);
  await server.start();
  expect(await alice.reconnect()).toBeUndefined();
  expect(await alice.register()).toMatchObject({ status: 200 });
});

test("a wrong path is one clear error", async ({ phone, server }) => {
  const address = server.address.replace("/ws", "/elsewhere");
  const alice = await phone("alice", { until: "opened", server: address });
  await expectNoConnection(alice, address);
  await alice.stop();
});

test("a server that does not speak the sub-protocol is one clear error", async ({ phone }) => {
  const other = new WebSocketServer({ host: "127.0.0.1", port: 0, handleProtocols: () => false });
  await once(other, "listening");
  const address = `ws://127.0.0.1:${(other.address() as AddressInfo).port}/ws`;
  const alice = await phone("alice", { until: "opened", server: address });
  await expectNoConnection(alice, address);
  await alice.stop();
  other.close();
});

test("a server that never answers the handshake is one clear error", async ({ phone, server }) => {
  const alice = await phone("alice", { until: "opened", connectionTimeout: 1 });
  server.freeze();
  expect(await alice.start()).toMatchObject({
    type: "Error",
    message: expect.stringContaining(server.address)
  });
});

test("an address that is no WebSocket address is refused at once", async ({ phone }) => {
  const opening = phone("alice", { until: "opened", server: "nothing like an address" });
  await expect(opening).rejects.toThrow("Invalid WebSocket Server URL");
});

test("a malformed target is no address, and calling it is a TypeError", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  const targets = [
    "sip:",
    "sip:@sip.test",
    "sip:bob@",
    "sip:b ob@sip.test",
    "sip:bob@sip.test:port"
  ];
  for (const target of [":", ...targets, "sip:bob\r\n@sip.test", "sip:bob@sip.test\r\nEvil: yes"]) {
    const made = await alice.page.evaluate(
      (text) => typeof window.sip.UserAgent.makeURI(text),
      target
    );
    expect([target, made]).toEqual([target, "undefined"]);
    const failure = await alice.tryCall(target);
    expect(failure?.isTypeError, `${target}: ${failure?.message}`).toBe(true);
    expect(failure?.message).toMatch(/URI|target/);
  }
  await establish(alice, bob);
});

test.describe("CR or LF in what becomes a header", () => {
  test.fail(standsIn, "SIP.js sends it");

  const values = ["a\r\nEvil: yes", "a\rEvil: yes", "a\nEvil: yes"];
  const refused = { isTypeError: true, message: expect.stringMatching(/\b(CR|LF|line)/i) };
  const expectNothingSent = (...phones: Phone[]): void => {
    for (const phone of phones) expect(phone.wire.join("\n")).not.toContain("Evil");
  };

  test("is refused in an extra header of a REGISTER, which can be sent without", async ({
    phone
  }) => {
    const alice = await phone("alice", { until: "started" });
    for (const value of values) {
      expect(await alice.tryRegister([`X-Test: ${value}`])).toMatchObject(refused);
    }
    expect(await alice.register()).toMatchObject({ status: 200 });
    expectNothingSent(alice);
  });

  test("is refused in an extra header of an INVITE or BYE, which can be sent without", async ({
    phone
  }) => {
    const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
    for (const value of values) {
      expect(await alice.tryCall("bob", {}, [`X-Test: ${value}`])).toMatchObject(refused);
    }
    await establish(alice, bob);
    for (const value of values) {
      expect(await alice.tryHangUp([`X-Test: ${value}`])).toMatchObject(refused);
    }
    await end(alice, bob);
    expectNothingSent(alice);
    await expectAllClosed(alice, bob);
  });

  test("is refused in an extra header and in the type of a MESSAGE", async ({ phone }) => {
    const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
    for (const value of values) {
      const header = [`X-Test: ${value}`];
      expect(await alice.say("bob", "hello", "text/plain", header)).toMatchObject(refused);
      expect(await alice.say("bob", "hello", `text/plain;${value}`)).toMatchObject(refused);
    }
    expect(await alice.say("bob", "hello")).toMatchObject({ status: 200 });
    await bob.take("message");
    expectNothingSent(alice);
  });

  test("is refused in a reason phrase, and the call can still be accepted", async ({ phone }) => {
    const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
    await alice.call("bob");
    await bob.take("ringing");
    for (const value of values) {
      expect(await bob.tryReject(486, value)).toMatchObject(refused);
    }
    await bob.accept();
    await alice.take("session", { state: "Established" });
    expectNothingSent(bob);
  });

  test("is refused in a display name", async ({ phone }) => {
    for (const displayName of values) {
      const opening = phone("alice", { until: "opened", displayName });
      await expect(opening).rejects.toThrow(/\b(CR|LF|line)/i);
    }
  });
});
