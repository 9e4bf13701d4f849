import { expect, test } from "../support/e2e/fixtures.js";

test("a message arrives with its text, its type and its sender", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  expect(await alice.say("bob", "Hello, Bob")).toMatchObject({ status: 200 });
  expect(await bob.take("message")).toMatchObject({
    body: "Hello, Bob",
    contentType: "text/plain",
    from: "alice"
  });
});

test("a message of many lines and scripts arrives as it was", async ({ phone }) => {
  const [alice, bob] = await Promise.all([phone("alice"), phone("bob")]);
  const body = 'first\r\n\r\nEvil: no header\r\nGrüße, 你好, 👋🏽 "quoted" \\ and\ttabs\r\n';
  expect(await alice.say("bob", body, "text/html;charset=utf-8")).toMatchObject({ status: 200 });
  expect(await bob.take("message")).toMatchObject({ body, contentType: "text/html;charset=utf-8" });
});

test("the sender learns that nobody has the name", async ({ phone }) => {
  const alice = await phone("alice");
  expect(await alice.say("nobody", "hello?")).toMatchObject({ status: 404, reason: "Not Found" });
  expect(await alice.count("message rejected")).toBe(1);
});
