import { readFileSync } from "node:fs";
import { end, establish, expectSound } from "../support/e2e/calls.js";
import { expect, test } from "../support/e2e/fixtures.js";

/** The configuration that the guide shows. */
const guide = readFileSync(new URL("../../js/docs/kamailio.md", import.meta.url), "utf8");
const configurationText = /```txt\n(#!KAMAILIO[^`]*)```/.exec(guide)?.[1] ?? "";

test.use({ serverOptions: { configurationText } });

test("the Kamailio of the guide registers and connects, and the caller ends the call", async ({
  phone
}) => {
  expect(configurationText).toContain("request_route");
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await establish(alice, bob);
  await expectSound(alice, bob);
  await end(alice, bob);
});

test("the Kamailio of the guide brings the callee's BYE back", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  await establish(alice, bob);
  await end(bob, alice);
});
