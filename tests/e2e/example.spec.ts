import type { Page } from "@playwright/test";
import { expect, passwordOf, test, type OpenPage } from "../support/e2e/fixtures.js";
import type { Kamailio } from "../support/e2e/kamailio.js";
import { standsIn, type Example } from "../support/e2e/site.js";

/** A page with the example application. */
class Application {
  private seen = 0;

  constructor(
    private readonly opened: OpenPage,
    readonly user: string,
    private readonly server: Kamailio
  ) {}

  get page(): Page {
    return this.opened.page;
  }

  async open(kind: string, address: string): Promise<void> {
    const { user, server } = this;
    const settings = {
      kind,
      user,
      password: passwordOf(user),
      domain: server.domain,
      server: server.address
    };
    await this.page.addInitScript((all) => Object.assign(window, { settings: all }), settings);
    await this.page.goto(address);
  }

  async press(button: string, fields: { destination?: Application; text?: string } = {}) {
    const { destination, text } = fields;
    if (destination) {
      const address = `sip:${destination.user}@${this.server.domain}`;
      await this.page.getByLabel("destination").fill(address);
    }
    if (text) await this.page.getByLabel("text").fill(text);
    await this.page.getByRole("button", { name: button, exact: true }).click();
  }

  /** Expects the lines that the application shows next. */
  async shows(...lines: string[]): Promise<void> {
    const all = (): Promise<string[]> => this.page.locator("li").allTextContents();
    await expect
      .poll(async () => (await all()).slice(this.seen, this.seen + lines.length), {
        message: `what ${this.user} is shown`
      })
      .toEqual(lines);
    this.seen += lines.length;
  }

  /** Expects that it was built with a package, that nothing more is shown and nothing was thrown. */
  async isDone(example: Example): Promise<void> {
    const name = example === "example_sipjs" || standsIn ? "SIP.js" : "sipwasm";
    expect(this.opened.wire.join()).toContain(`User-Agent: ${name}/`);
    expect(await this.page.locator("li").count()).toBe(this.seen);
    expect(this.opened.errors).toEqual([]);
  }

  /** Expects sound to be played, and to go on being played. */
  async plays(): Promise<void> {
    const time = (): Promise<number> =>
      this.page.locator("audio").evaluate((audio: HTMLAudioElement) => audio.currentTime);
    await expect.poll(time, { message: `sound at ${this.user}` }).toBeGreaterThan(0);
    const before = await time();
    await expect.poll(time, { message: `sound at ${this.user}` }).toBeGreaterThan(before);
  }
}

/** How many times something went out of a page. */
const sent = ({ wire }: OpenPage, pattern: RegExp): number =>
  wire.filter((frame) => frame.startsWith(">>> ") && pattern.test(frame)).length;

interface Cast {
  alice: Application;
  bob: Application;
}

async function talk({ alice, bob }: Cast): Promise<void> {
  await alice.press("call", { destination: bob });
  await bob.shows("ringing");
  await bob.press("answer");
  await Promise.all([alice.shows("talking"), bob.shows("talking")]);
  await Promise.all([alice.plays(), bob.plays()]);
}

async function useTheCall({ alice, bob }: Cast): Promise<void> {
  await alice.press("hold");
  await alice.shows("on hold");
  await alice.press("unhold");
  await alice.shows("off hold");
  await alice.press("mute");
  await alice.press("unmute");
  await bob.press("tone", { text: "5" });
  await alice.shows("tone: 5");
  await Promise.all([alice.plays(), bob.plays()]);
}

async function play(cast: Cast, examples: [Example, Example]): Promise<void> {
  const { alice, bob } = cast;
  for (const each of [alice, bob]) {
    await each.press("connect");
    await each.shows("connected", "registered");
  }
  await alice.press("message", { destination: bob, text: "hello" });
  await bob.shows("message: hello");

  await talk(cast);
  await useTheCall(cast);
  await alice.press("hang up");
  await Promise.all([alice.shows("ended"), bob.shows("ended")]);

  await bob.press("call", { destination: alice });
  await alice.shows("ringing");
  await alice.press("decline");
  await Promise.all([alice.shows("ended"), bob.shows("ended")]);

  await bob.press("call", { destination: alice });
  await alice.shows("ringing");
  await bob.press("hang up");
  await Promise.all([alice.shows("ended"), bob.shows("ended")]);

  for (const [i, each] of [alice, bob].entries()) {
    await each.press("disconnect");
    await each.shows("unregistered", "disconnected");
    await each.isDone(examples[i]!);
  }
}

const casts: [Example, Example][] = [
  ["example_sipjs", "example_sipjs"],
  ["example_sipwasm", "example_sipwasm"],
  ["example_sipwasm", "example_sipjs"]
];

for (const kind of ["audio call", "SessionManager", "SimpleUser"]) {
  for (const [mine, theirs] of casts) {
    test(`${kind}: alice on ${mine}, bob on ${theirs}`, async ({ open, server, site }) => {
      const enter = async (user: string, example: Example): Promise<Application> => {
        const application = new Application(await open(example, user), user, server);
        await application.open(kind, site.url(example));
        return application;
      };
      const cast = { alice: await enter("alice", mine), bob: await enter("bob", theirs) };
      await play(cast, [mine, theirs]);
    });
  }
}

for (const kind of ["SessionManager", "SimpleUser"]) {
  for (const example of ["example_sipjs", "example_sipwasm"] as const) {
    test(`${kind} on ${example} comes back after the server`, async ({ open, server, site }) => {
      const opened = await open(example, "alice");
      const alice = new Application(opened, "alice", server);
      await alice.open(kind, site.url(example));
      await alice.press("connect");
      await alice.shows("connected", "registered");
      await server.kill();
      await alice.shows("disconnected");
      await server.start();
      await expect
        .poll(() => sent(opened, /^>>> REGISTER/), { timeout: 20_000 })
        .toBeGreaterThan(2);
      await expect(alice.page.locator("li").last()).toHaveText("registered");
    });
  }
}
