import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test as base, type Page } from "@playwright/test";
// @ts-expect-error A tool without types.
import { buildReplay } from "../../tools/replay.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What `npm start` runs once all is built, as a process of the test's own. */
class Demo {
  private constructor(
    /** What it has printed. */
    readonly output: string,
    readonly base: string,
    private readonly end: () => Promise<void>
  ) {}

  static start(...options: string[]): Promise<Demo> {
    const args = ["tools/start.mjs", "--host", "127.0.0.1", "--port", "0", ...options];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    let output = "";
    return new Promise((resolve, reject) => {
      const read = (data: unknown) => {
        output += String(data);
        const base = /http:\/\/[^/\s]+\//.exec(output)?.[0];
        const end = () => (child.kill(), exited);
        if (base && /\n$/.test(output)) resolve(new Demo(output, base, end));
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      void exited.then(() => reject(new Error(`The demo ended: ${output}`)));
    });
  }

  get port(): string {
    return new URL(this.base).port;
  }

  stop(): Promise<void> {
    return this.end();
  }
}

/** How a page is opened. */
interface Wishes {
  microphone?: boolean;
  query?: Record<string, string>;
}

interface Fixtures {
  open: (user: string, wishes?: Wishes) => Promise<Page>;
  /** Opens a page and waits until it is registered. */
  phone: (user: string, wishes?: Wishes) => Promise<Page>;
}

const test = base.extend<Fixtures, { demo: Demo }>({
  demo: [
    async ({}, use) => {
      const demo = await Demo.start();
      await use(demo);
      await demo.stop();
    },
    { scope: "worker" }
  ],

  open: async ({ browser, demo }, use) => {
    const pages: Page[] = [];
    const failures: string[] = [];
    await use(async (user, { microphone = true, query = {} } = {}) => {
      const permissions = microphone ? ["microphone", "camera"] : [];
      const context = await browser.newContext({ permissions, reducedMotion: "reduce" });
      const page = await context.newPage();
      page.on("pageerror", (error) => failures.push(`${user}: ${error.message}`));
      pages.push(page);
      await page.goto(`${demo.base}?${new URLSearchParams({ user, ...query })}`);
      return page;
    });
    for (const page of pages) await page.context().close();
    expect(failures, "uncaught errors in the page").toEqual([]);
  },

  phone: async ({ open }, use) => {
    await use(async (user, wishes) => {
      const page = await open(user, wishes);
      await expect(page.locator("#status")).toContainText("Registered");
      return page;
    });
  }
});

const state = (page: Page) => page.locator("#call-state");
const press = (page: Page, name: string) =>
  page.locator("#controls").getByRole("button", { name, exact: true }).click();
const labels = (page: Page) => page.locator("#controls button").allInnerTexts();

async function talk(from: Page, to: Page, name: string, video = false): Promise<void> {
  await from.getByRole("button", { name: `${video ? "Video call with" : "Call"} ${name}` }).click();
  await expect(state(to)).toHaveText(video ? "Incoming video call" : "Incoming call");
  await press(to, "Answer");
  for (const page of [from, to]) {
    await expect(page.locator("#call")).toHaveAttribute("data-phase", "active");
  }
}

/** True once the element shows a moving picture. */
function plays(page: Page, id: string): Promise<boolean> {
  return page.locator(id).evaluate((video: HTMLVideoElement) => {
    return video.checkVisibility({ visibilityProperty: true }) && video.currentTime > 0.2;
  });
}

test("alice calls bob with video; each sees the other until she hangs up", async ({ phone }) => {
  const [alice, bob] = [await phone("alice"), await phone("bob")];
  await alice.getByRole("button", { name: "Video call with Bob" }).click();
  await expect(state(alice)).toHaveText("Ringing…");
  expect(await labels(alice)).toEqual(["Cancel"]);
  await expect(bob.locator("#call-name")).toHaveText("Alice");
  await expect(bob).toHaveTitle("☎ Alice is calling");
  expect(await labels(bob)).toEqual(["Decline", "Audio only", "Answer"]);
  await press(bob, "Answer");
  for (const page of [alice, bob]) {
    await expect.poll(() => plays(page, "#remote")).toBe(true);
    await expect.poll(() => plays(page, "#local")).toBe(true);
    await expect(page.locator("#call-timer")).toHaveText(/0:0[1-9]/);
  }
  expect(await labels(alice)).toEqual([
    "Mute",
    "Camera off",
    "Hold",
    "Keypad",
    "Transfer",
    "Hang up"
  ]);
  await press(alice, "Hang up");
  await expect(state(alice)).toHaveText("You hung up");
  await expect(state(bob)).toHaveText("Alice hung up");
  await press(bob, "Close");
  await expect(bob.locator("#idle")).toBeVisible();
});

test("bob answers a video call without his camera", async ({ phone }) => {
  const [alice, bob] = [await phone("alice"), await phone("bob")];
  await alice.getByRole("button", { name: "Video call with Bob" }).click();
  await press(bob, "Audio only");
  await expect.poll(() => plays(bob, "#remote")).toBe(true);
  await expect(alice.locator("#call-avatar")).toBeVisible();
  expect(await labels(bob)).not.toContain("Camera off");
});

test("hold, resume, mute and digits show on the page", async ({ phone }) => {
  const [alice, bob] = [await phone("alice"), await phone("bob")];
  await talk(alice, bob, "Bob");
  await press(alice, "Hold");
  await expect(state(alice)).toHaveText("On hold");
  await expect(state(bob)).toHaveText("Alice put you on hold");
  expect(await labels(alice)).toEqual(["Resume", "Transfer", "Hang up"]);
  await press(alice, "Resume");
  await expect(state(alice)).toHaveText("");
  await expect(state(bob)).toHaveText("");
  await press(alice, "Mute");
  await press(alice, "Unmute");
  await press(alice, "Keypad");
  await alice.locator("#keys").getByRole("button", { name: "5" }).click();
  await alice.keyboard.press("#");
  await expect(alice.locator("#tones")).toHaveText("5#");
});

test("alice transfers bob to carol", async ({ phone }) => {
  const [alice, bob, carol] = [await phone("alice"), await phone("bob"), await phone("carol")];
  await talk(alice, bob, "Bob");
  await press(alice, "Transfer");
  await alice.locator("#transfer-people").getByRole("button", { name: "Carol" }).click();
  await expect(carol.locator("#call-name")).toHaveText("Bob");
  await expect(state(bob)).toHaveText("Alice transfers you to Carol");
  await press(carol, "Answer");
  await expect(state(alice)).toHaveText("Transferred to Carol");
  await expect(bob.locator("#call-name")).toHaveText("Carol");
  await expect(bob.locator("#call-timer")).toHaveText(/0:0\d/);
  await press(bob, "Hang up");
  await expect(state(carol)).toHaveText("Bob hung up");
});

test("a transfer that carol declines leaves alice with bob, and says why", async ({ phone }) => {
  const [alice, bob, carol] = [await phone("alice"), await phone("bob"), await phone("carol")];
  await talk(alice, bob, "Bob");
  await press(alice, "Transfer");
  await alice.locator("#transfer-people").getByRole("button", { name: "Carol" }).click();
  await press(carol, "Decline");
  await expect(alice.locator("#call-trouble")).toContainText("Carol declined");
  await expect(bob.locator("#call-trouble")).toContainText("Carol declined");
  await expect(bob.locator("#call-name")).toHaveText("Alice");
  expect(await labels(alice)).toContain("Hold");
});

test("texts go both ways, and one that cannot says so", async ({ phone }) => {
  const [alice, bob] = [await phone("alice"), await phone("bob")];
  const send = async (page: Page, text: string) => {
    await page.getByLabel("Message", { exact: true }).fill(text);
    await page.getByRole("button", { name: "Send" }).click();
  };
  await alice.getByRole("button", { name: "Write to Bob" }).click();
  await send(alice, "Hello <b>Bob</b>, grüß dich");
  await expect(alice.locator("#texts")).toContainText("delivered");
  await bob.locator("#chat-list").getByRole("button", { name: "Alice" }).click();
  await expect(bob.locator("#texts p")).toHaveText("Hello <b>Bob</b>, grüß dich");
  await send(bob, "Hi!");
  await expect(alice.locator("#texts p").last()).toHaveText("Hi!");
  await alice.getByRole("button", { name: "Write to Dave" }).click();
  await send(alice, "Dave?");
  await expect(alice.locator("#texts")).toContainText("not sent: Dave is not available");
});

test("the caller learns why there is no call", async ({ phone }) => {
  const [alice, bob] = [await phone("alice"), await phone("bob")];
  const trouble = alice.locator("#call-trouble");
  const dial = async (whom: string) => {
    await alice.getByLabel("Name or address to call").fill(whom);
    await alice.getByLabel("Name or address to call").press("Enter");
  };
  await dial("zoe");
  await expect(trouble).toContainText("There is no Zoe here");
  await dial("dave");
  await expect(trouble).toContainText("Dave is not available");
  await dial("bob");
  await press(bob, "Decline");
  await expect(trouble).toContainText("Bob declined");
  await dial("two words");
  await expect(alice.locator("#notice")).toContainText("“two words” is no address");
  await dial("bob");
  await expect(state(alice)).toHaveText("Ringing…");
  await press(alice, "Cancel");
  await expect(state(bob)).toHaveText("Missed call from Alice");
});

test("who is in a call is busy for a third", async ({ phone }) => {
  const [alice, bob, carol] = [await phone("alice"), await phone("bob"), await phone("carol")];
  await talk(alice, bob, "Bob");
  await carol.getByRole("button", { name: "Call Bob" }).click();
  await expect(carol.locator("#call-trouble")).toContainText("Bob is busy");
});

test("a refused microphone is said on either side", async ({ phone }) => {
  const alice = await phone("alice");
  const bob = await phone("bob", { microphone: false });
  await bob.getByRole("button", { name: "Call Alice" }).click();
  await expect(bob.locator("#call-trouble")).toContainText("Microphone or camera blocked");
  await alice.getByRole("button", { name: "Call Bob" }).click();
  await press(bob, "Answer");
  await expect(bob.locator("#call-trouble")).toContainText("Microphone or camera blocked");
  await expect(alice.locator("#call-trouble")).toContainText("Bob is not available");
});

test("a wrong password and a server that is not there are said, and can be mended", async ({
  open
}) => {
  const page = await open("alice", { query: { password: "wrong" } });
  const trouble = page.locator("#sign-in-trouble");
  await expect(trouble).toContainText("does not accept this user and password");
  expect(page.url()).not.toContain("wrong");
  const address = await page.getByLabel("SIP server").inputValue();
  await page.getByLabel("Password").fill("wonderland");
  await page.getByLabel("SIP server").fill("ws://127.0.0.1:9/sip");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(trouble).toContainText("The server cannot be reached");
  await page.getByLabel("SIP server").fill(address);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.locator("#status")).toContainText("Registered");
});

test("a phone whose network goes away comes back and can be called", async ({ phone }) => {
  const [alice, bob] = [await phone("alice"), await phone("bob")];
  await bob.context().setOffline(true);
  await expect(bob.locator("#status")).toContainText("Reconnecting");
  await expect(bob.getByRole("button", { name: "Call Alice" })).toBeDisabled();
  await bob.context().setOffline(false);
  await expect(bob.locator("#status")).toContainText("Registered");
  await talk(alice, bob, "Bob");
});

test("a call outlives the server, and can be hung up after it is back", async ({ browser }) => {
  let demo = await Demo.start();
  const context = await browser.newContext({ permissions: ["microphone", "camera"] });
  const [alice, bob] = [await context.newPage(), await context.newPage()];
  await alice.goto(`${demo.base}?user=alice`);
  await bob.goto(`${demo.base}?user=bob`);
  await expect(bob.locator("#status")).toContainText("Registered");
  await expect(alice.locator("#status")).toContainText("Registered");
  await talk(alice, bob, "Bob");
  await demo.stop();
  for (const page of [alice, bob]) {
    await expect(page.locator("#status")).toContainText("Reconnecting");
  }
  demo = await Demo.start("--port", demo.port);
  for (const page of [alice, bob]) {
    await expect(page.locator("#status")).toContainText("Registered", { timeout: 20_000 });
  }
  await press(alice, "Hang up");
  await expect(state(bob)).toHaveText("Alice hung up");
  await context.close();
  await demo.stop();
});

test("a page for a server of one's own is filled in, and no password is printed", async ({
  browser,
  demo
}) => {
  const server = `${demo.base.replace("http", "ws")}sip`;
  const options = ["--server", server, "--user", "bob", "--realm", "phone.test"];
  const own = await Demo.start(...options, "--password", "builder");
  expect(own.output).not.toContain("builder");
  const page = await browser.newPage();
  await page.goto(own.base);
  await expect(page.locator("#status")).toContainText("Registered");
  await expect(page.locator("#me-address")).toHaveText("bob@phone.test");
  await page.close();
  await own.stop();
});

test("the event log has the messages without the credentials", async ({ phone }) => {
  const alice = await phone("alice");
  await alice.getByText("Event log").click();
  const sent = alice.locator("#log-entries li").filter({ hasText: "Authorization" });
  await sent.getByText("REGISTER sip:phone.test").first().click();
  await expect(sent.locator("pre")).toContainText('Digest username="alice", (hidden)');
  await expect(alice.locator("#log-entries")).not.toContainText("response=");
});

const showLadder = async (page: Page) => {
  await page.getByText("Event log").click();
  await page.getByRole("button", { name: "Ladder" }).click();
};

test("the ladder shows a call as it went over the wire", async ({ phone }) => {
  const [alice, bob] = [await phone("alice"), await phone("bob")];
  await showLadder(alice);
  const ladder = alice.locator("#ladder");
  await talk(alice, bob, "Bob");
  await press(alice, "Hang up");
  await expect(ladder.locator('[data-kind="sent"]').last()).toContainText("BYE");
  const labels = (kind: string) => ladder.locator(`[data-kind="${kind}"] > text`).allTextContents();
  await expect.poll(() => labels("received")).toContain("200 OK (BYE)");
  expect(await labels("sent")).toEqual([
    "REGISTER",
    "REGISTER",
    "INVITE",
    "ACK",
    "INVITE",
    "ACK",
    "BYE"
  ]);
  expect(await labels("received")).toEqual([
    "401 Unauthorized (REGISTER)",
    "200 OK (REGISTER)",
    "407 Proxy Authentication Required (INVITE)",
    "100 Trying (INVITE)",
    "180 Ringing (INVITE)",
    "200 OK (INVITE)",
    "200 OK (BYE)"
  ]);
  expect((await labels("order")).join()).toContain("sendRequest INVITE");
  await expect(ladder.locator(".step title").nth(3)).toContainText("SIP/2.0");
});

test("the ladder fits a phone and a wide page", async ({ phone }) => {
  const alice = await phone("alice");
  for (const width of [390, 1280]) {
    await alice.setViewportSize({ width, height: 844 });
    if (width === 390) {
      await alice.getByRole("button", { name: "Log" }).click();
      await alice.getByRole("button", { name: "Ladder" }).click();
    }
    const drawing = alice.locator("#ladder > svg").last();
    await expect(drawing).toHaveAttribute("width", width === 390 ? /^3\d\d$/ : "900");
    const overflow = await alice.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth
    );
    expect(overflow).toBe(0);
    const box = (await drawing.boundingBox())!;
    for (const text of await drawing.locator("text").all()) {
      const { x, width: length } = (await text.boundingBox())!;
      expect(x).toBeGreaterThanOrEqual(box.x);
      expect(x + length).toBeLessThanOrEqual(box.x + box.width);
    }
  }
});

test("the trace can be saved, has no secrets, and runs natively", async ({ phone }) => {
  test.setTimeout(600_000); // builds what runs it if nobody has
  const [alice, bob] = [await phone("alice"), await phone("bob")];
  await talk(alice, bob, "Bob");
  await press(alice, "Hang up");
  await expect(state(bob)).toHaveText("Alice hung up");
  await alice.getByText("Event log").click();
  const [download] = await Promise.all([
    alice.waitForEvent("download"),
    alice.getByRole("button", { name: "Save trace" }).click()
  ]);
  expect(download.suggestedFilename()).toBe("trace-alice.jsonl");
  const file = await download.path();
  const trace = readFileSync(file, "utf8");
  const has = (part: RegExp) => part.test(trace);
  expect(has(/"receive":"SIP\/2.0 401 Unauthorized/)).toBe(true);
  expect(has(/ response=\\"\*{64}\\"/)).toBe(true);
  expect(has(/wonderland|a=ice-pwd:\w|nonce=\\"[^*]/)).toBe(false);
  const { status, stdout, stderr } = spawnSync((buildReplay as () => string)(), [file], {
    encoding: "utf8"
  });
  expect(stderr).toBe("");
  expect(stdout).toContain("-> BYE");
  expect(stdout).not.toContain("^");
  expect(status).toBe(0);
});
