import {
  end,
  establish,
  expectAllClosed,
  expectPictures,
  expectSound
} from "../support/e2e/calls.js";
import { expect, test } from "../support/e2e/fixtures.js";

test("a call carries sound both ways, and leaves nothing open when the caller hangs up", async ({
  phone
}) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await establish(alice, bob);
  expect(await alice.count("accepted")).toBe(1);
  await expectSound(alice, bob);
  for (const each of [alice, bob]) {
    const { liveTracks, openPeerConnections } = await each.leftovers();
    expect([liveTracks.length, openPeerConnections]).toEqual([2, 1]);
  }
  await end(alice, bob);
  expect(await bob.count("bye")).toBe(1);
  await expectAllClosed(alice, bob);
});

test("the callee can hang up", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await establish(alice, bob);
  await end(bob, alice);
  expect(await alice.count("bye")).toBe(1);
  await expectAllClosed(alice, bob);
});

test("a call carries pictures and sound both ways", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await establish(alice, bob, { video: true });
  await expectPictures(alice, bob);
  await expectSound(alice, bob);
  await end(alice, bob);
  await expectAllClosed(alice, bob);
});

test("two phones can call each other again and again", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  for (const [caller, callee] of [
    [alice, bob],
    [bob, alice],
    [alice, bob]
  ] as const) {
    await establish(caller, callee);
    await end(callee, caller);
  }
  await expectAllClosed(alice, bob);
});

for (const [status, reason] of [
  [486, "Busy Here"],
  [603, "Decline"]
] as const) {
  test(`the caller learns that the callee refuses with ${status}`, async ({ phone }) => {
    const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
    await alice.call("bob");
    await bob.take("ringing");
    await bob.reject(status);
    expect(await alice.take("rejected")).toMatchObject({ status, reason });
    await Promise.all([alice, bob].map((each) => each.take("session", { state: "Terminated" })));
    expect(await alice.count("rejected")).toBe(1);
    await expectAllClosed(alice);
    await establish(alice, bob);
  });
}

test("the caller hears that it rings, and can give up", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await alice.call("bob");
  await bob.take("ringing");
  await alice.take("progress", { status: 180 });
  await alice.cancel();
  await bob.take("cancelled");
  await Promise.all([alice, bob].map((each) => each.take("session", { state: "Terminated" })));
  expect(await alice.take("rejected")).toMatchObject({ status: 487 });
  await expectAllClosed(alice);
  await establish(alice, bob);
});

test("a busy callee refuses a second caller, and the first call goes on", async ({ phone }) => {
  const [alice, bob, carol] = await Promise.all([phone("alice"), phone("bob"), phone("carol")]);
  await establish(alice, bob);
  await carol.call("bob");
  await bob.take("ringing", { from: "carol" });
  await bob.reject(486);
  expect(await carol.take("rejected")).toMatchObject({ status: 486 });
  await carol.take("session", { state: "Terminated" });
  await bob.switchBack(1);
  await expectSound(alice, bob);
  await end(bob, alice);
  await expectAllClosed(alice, bob, carol);
});

test("the caller learns that nobody has the name", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await alice.call("nobody");
  expect(await alice.take("rejected")).toMatchObject({ status: 404, reason: "Not Found" });
  await alice.take("session", { state: "Terminated" });
  expect(await alice.count("rejected")).toBe(1);
  await expectAllClosed(alice);
  await establish(alice, bob);
});

test.describe("with a server that challenges inside dialogs too", () => {
  test.use({ serverOptions: { challengeInDialog: true } });

  test("holds, resumes and hangs up", async ({ phone }) => {
    const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
    await establish(alice, bob);
    expect(await alice.hold(true)).toMatchObject({ status: 200 });
    expect(await bob.hold(false)).toMatchObject({ status: 200 });
    await end(alice, bob);
    expect(
      alice.wire.filter((frame) => frame.startsWith("<<< SIP/2.0 407")).length
    ).toBeGreaterThanOrEqual(3);
    await expectAllClosed(alice, bob);
  });
});
