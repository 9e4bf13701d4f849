import { expect, test } from "../support/e2e/fixtures.js";
import type { Phone } from "../support/e2e/phone.js";
import { standsIn } from "../support/e2e/site.js";

function registersSent(phone: Phone): string[] {
  return phone.wire.filter((frame) => frame.startsWith(">>> REGISTER"));
}

test("registers with a digest challenge in MD5", async ({ phone }) => {
  const alice = await phone("alice", { until: "started" });
  expect(await alice.register()).toEqual({ status: 200, reason: "OK" });
  await alice.take("registration", { state: "Registered" });
  const [asked, answered] = registersSent(alice);
  expect(asked).not.toContain("Authorization:");
  expect(answered).toMatch(/^Authorization: Digest .*username="alice"/im);
});

test("is reached once registered, and no more once unregistered", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  expect(await alice.say("bob", "first")).toMatchObject({ status: 200 });
  await bob.unregister();
  expect(await alice.say("bob", "second")).toMatchObject({ status: 404 });
});

test("gives one refusal for a wrong password, and can be used afterwards", async ({ phone }) => {
  const alice = await phone("alice", { until: "started", password: "wrong" });
  expect(await alice.register()).toMatchObject({ status: 401, reason: "Unauthorized" });
  expect(await alice.count("register rejected")).toBe(1);
  expect(registersSent(alice)).toHaveLength(2);
  expect(await alice.register()).toMatchObject({ status: 401 });
  expect(await alice.count("disconnected")).toBe(0);
});

test("gives one refusal for a call with a wrong password", async ({ phone }) => {
  const [alice, bob] = await Promise.all([
    phone("alice", { until: "started", password: "wrong" }),
    phone("bob")
  ]);
  await alice.call("bob");
  expect(await alice.take("rejected")).toMatchObject({ status: 407 });
  await alice.take("session", { state: "Terminated" });
  expect(await alice.count("rejected")).toBe(1);
  expect(await bob.count("ringing")).toBe(0);
});

test.describe("with a server that challenges in SHA-256", () => {
  test.use({ serverOptions: { algorithm: "SHA-256" } });

  test("registers", async ({ phone }) => {
    test.fail(standsIn, "SIP.js answers in MD5 alone");
    const alice = await phone("alice", { until: "started" });
    expect(await alice.register()).toEqual({ status: 200, reason: "OK" });
    expect(registersSent(alice)[1]).toMatch(/^Authorization: Digest .*algorithm=SHA-256/im);
  });

  test("calls and sends messages", async ({ phone }) => {
    test.fail(standsIn, "SIP.js answers in MD5 alone");
    const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
    expect(await alice.say("bob", "hello")).toMatchObject({ status: 200 });
    await alice.call("bob");
    await bob.take("ringing", { from: "alice" });
  });

  test("gives one refusal for a wrong password", async ({ phone }) => {
    const alice = await phone("alice", { until: "started", password: "wrong" });
    expect(await alice.register()).toMatchObject({ status: 401 });
    expect(await alice.count("register rejected")).toBe(1);
  });
});
