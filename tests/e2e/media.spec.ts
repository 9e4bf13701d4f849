import {
  end,
  establish,
  expectAllClosed,
  expectSilence,
  expectSound
} from "../support/e2e/calls.js";
import { expect, test } from "../support/e2e/fixtures.js";
import type { Phone } from "../support/e2e/phone.js";
import { standsIn } from "../support/e2e/site.js";

test("a held call is silent for who holds it, and sounds again when resumed", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await establish(alice, bob);
  await expectSound(alice, bob);

  expect(await alice.hold(true)).toMatchObject({ status: 200 });
  await bob.take("reinvited", { statusCode: 200 });
  expect(await alice.directions()).toEqual(["audio sendonly"]);
  expect(await bob.directions()).toEqual(["audio recvonly"]);
  await expectSilence(alice);

  expect(await alice.hold(false)).toMatchObject({ status: 200 });
  await bob.take("reinvited", { statusCode: 200 });
  expect(await alice.directions()).toEqual(["audio sendrecv"]);
  expect(await bob.directions()).toEqual(["audio sendrecv"]);
  await expectSound(alice, bob);
  await end(bob, alice);
  await expectAllClosed(alice, bob);
});

test("a call held by both sides is silent both ways, and either side can resume its part", async ({
  phone
}) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await establish(alice, bob);
  await expectSound(alice, bob);
  // The ACK to the other side's re-INVITE may be on its way yet: until it is there SIP.js refuses.
  const hold = (side: Phone, held: boolean) =>
    standsIn ? expect(() => side.hold(held)).toPass() : side.hold(held);
  await alice.hold(true);
  await hold(bob, true);
  await expectSilence(alice, bob);
  await bob.hold(false);
  await hold(alice, false);
  await expectSound(alice, bob);
});

test("tones are played into the call", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await establish(alice, bob);
  await expectSound(bob);
  expect(await alice.dial("12#")).toEqual({ began: true, heard: "12#" });
});

test("a caller whose microphone is refused gets an error, and nothing is sent", async ({
  phone
}) => {
  const [alice, bob] = await Promise.all([phone("alice", { microphone: false }), phone("bob")]);
  const error = await alice.tryCall("bob");
  expect(error?.message).toMatch(/permission denied/i);
  expect(await alice.state()).toBe("Terminated");
  expect(alice.wire.filter((frame) => frame.startsWith(">>> INVITE"))).toEqual([]);
  const { liveTracks, openPeerConnections } = await alice.leftovers();
  expect({ liveTracks, openPeerConnections }).toEqual({ liveTracks: [], openPeerConnections: 0 });
  expect(await bob.count("ringing")).toBe(0);
  expect(await alice.say("bob", "I have no microphone")).toMatchObject({ status: 200 });
});

test("a callee whose microphone is refused gets an error, and the caller is refused", async ({
  phone
}) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob", { microphone: false })]);
  await alice.call("bob");
  await bob.take("ringing");
  expect((await bob.tryAccept())?.message).toMatch(/permission denied/i);
  const refusal = await alice.take("rejected");
  expect(refusal["status"]).toBeGreaterThanOrEqual(400);
  expect(refusal["reason"]).not.toBe("");
  await Promise.all([alice, bob].map((each) => each.take("session", { state: "Terminated" })));
  expect(await alice.count("rejected")).toBe(1);
  await expectAllClosed(alice, bob);
  expect(await bob.say("alice", "I have no microphone")).toMatchObject({ status: 200 });
});

test("a callee that accepts without a session description is acknowledged and hung up on", async ({
  phone
}) => {
  const alice = await phone("alice");
  await alice.call("no-description");
  await alice.take("session", { state: "Terminated" });
  const sent = (method: string): number =>
    alice.wire.filter((frame) => frame.startsWith(`>>> ${method} `)).length;
  await expect.poll(() => [sent("ACK") > 0, sent("BYE") > 0]).toEqual([true, true]);
  expect(await alice.count("rejected")).toBe(0);
  await expectAllClosed(alice);
});
