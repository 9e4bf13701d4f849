import { establish, expectAllClosed, expectSound } from "../support/e2e/calls.js";
import { expect, test } from "../support/e2e/fixtures.js";

test("a blind transfer connects the transferee, and the referrer is told how it goes", async ({
  phone
}) => {
  const [alice, bob, carol] = await Promise.all([phone("alice"), phone("bob"), phone("carol")]);
  await establish(alice, bob);

  // alice -> REFER carol -> bob -> INVITE -> carol
  await alice.transfer("carol");
  expect(await alice.take("refer accepted")).toMatchObject({ status: 202 });
  expect(await bob.take("referred")).toMatchObject({ to: "carol" });
  await carol.take("ringing", { from: "bob" });
  await alice.take("transfer", { status: 100 });
  await carol.accept();
  await carol.take("session", { state: "Established" });
  await alice.take("transfer", { status: 200 });

  await alice.hangUp();
  await alice.take("session", { state: "Terminated" });
  await bob.take("bye");
  await expectAllClosed(alice);
  await expectSound(bob, carol);
  await bob.hangUp();
  await carol.take("session", { state: "Terminated" });
  await expectAllClosed(bob, carol);
});

test("the referrer is told that the target refuses, and the call goes on", async ({ phone }) => {
  const [alice, bob, carol] = await Promise.all([phone("alice"), phone("bob"), phone("carol")]);
  await establish(alice, bob);
  await alice.transfer("carol");
  await carol.take("ringing", { from: "bob" });
  await carol.reject(486);
  await alice.take("transfer", { status: 486 });
  await bob.switchBack(1);
  expect(await Promise.all([alice.state(), bob.state()])).toEqual(["Established", "Established"]);
  await expectSound(alice, bob);
});
