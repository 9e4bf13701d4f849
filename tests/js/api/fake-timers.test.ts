import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Inviter, Messager, Registerer, RegistererState, SessionState } from "../../../js/index.js";
import type { Invitation } from "../../../js/index.js";
import { header, reply, request, sdp } from "./support/message-text.js";
import { address, makeAgent, settle, statesOf } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

/** A way in which the tests of an application may have time go by. */
interface Fake {
  install(): void;
  uninstall(): void;
  tick(ms: number): void;
}

const { jasmine } = createRequire(import.meta.url)("jasmine-core") as {
  jasmine: { clock(): Fake & { mockDate(): void } };
};
const vitest = (toFake: Array<"setTimeout" | "clearTimeout" | "Date">): Fake => ({
  install: () => void vi.useFakeTimers({ toFake }),
  uninstall: () => void vi.useRealTimers(),
  tick: (ms) => void vi.advanceTimersByTime(ms)
});

/** Fakes `setTimeout` alone, and does not say how late it is. */
const clockless: { [name: string]: Fake } = { "Jasmine's clock": jasmine.clock() };
const withClock: { [name: string]: Fake } = {
  "Jasmine's clock with mockDate()": {
    install() {
      jasmine.clock().install();
      jasmine.clock().mockDate();
    },
    uninstall: () => jasmine.clock().uninstall(),
    tick: (ms) => jasmine.clock().tick(ms)
  },
  "fake-timers, setTimeout alone": vitest(["setTimeout", "clearTimeout"]),
  "fake-timers, and Date": vitest(["setTimeout", "clearTimeout", "Date"])
};

let alice: TestAgent;
let fake: Fake;
let invitation: Invitation;

async function begin(which: Fake): Promise<void> {
  fake = which;
  fake.install();
  alice = makeAgent("alice", {
    sipExtension100rel: "Supported" as never,
    delegate: { onInvite: (each) => void (invitation = each) }
  });
  await alice.userAgent.start();
}

/** Lets so much time go by, and has everything happen that follows. */
async function tick(ms: number): Promise<void> {
  fake.tick(ms);
  await settle();
}

/** What happens `ms` from now, and not a millisecond earlier. */
async function expectIn<T>(ms: number, what: () => T, before: T, after: T): Promise<void> {
  await tick(ms - 1);
  expect(what()).toEqual(before);
  await tick(1);
  expect(what()).toEqual(after);
}

async function register(seconds: number): Promise<Registerer> {
  const registerer = new Registerer(alice.userAgent, { expires: seconds });
  await registerer.register();
  grant(seconds);
  await settle();
  expect(registerer.state).toBe(RegistererState.Registered);
  return registerer;
}

function grant(seconds: number): void {
  const contact = header(alice.transport.last, "Contact").replace(/;expires=.*/, "");
  const headers = [`Contact: ${contact};expires=${seconds}`];
  alice.transport.receive(reply(alice.transport.last, 200, { headers }));
}

const sent = (method: string) => () => alice.transport.sentWith(method).length;

afterEach(() => {
  alice.userAgent.userAgentCore.reset();
  fake.uninstall();
});

describe.each(Object.entries({ ...clockless, ...withClock }))("Driven by %s", (_, which) => {
  beforeEach(() => begin(which));

  it("an INVITE times out after 64*T1", async () => {
    const inviter = new Inviter(alice.userAgent, address("bob"));
    await inviter.invite();
    const { Establishing, Terminated } = SessionState;
    await expectIn(32_000, () => inviter.state, Establishing, Terminated);
  });

  it("a MESSAGE times out after 64*T1", async () => {
    const rejected: Array<number | undefined> = [];
    await new Messager(alice.userAgent, address("bob"), "hi").message({
      requestDelegate: { onReject: ({ message }) => void rejected.push(message.statusCode) }
    });
    await expectIn(32_000, () => rejected, [], [408]);
  });

  it("a registration is refreshed when 99 % of its time are over, again and again", async () => {
    const registerer = await register(600);
    for (let round = 2; round < 5; round++) {
      await expectIn(594_000, sent("REGISTER"), round - 1, round);
      grant(600);
    }
    expect(registerer.state).toBe(RegistererState.Registered);
  });

  it("a registration ends when its refresh is not answered", async () => {
    const registerer = await register(600);
    await tick(594_000);
    const { Registered, Unregistered } = RegistererState;
    await expectIn(6000, () => registerer.state, Registered, Unregistered);
  });

  it("a 2xx is sent again after T1, 2*T1 ... T2, and after 64*T1 the session ended", async () => {
    alice.transport.receive(request("INVITE", { headers: sdp, body: "v=0\r\n" }));
    await settle();
    await invitation.accept();
    const states = statesOf(invitation);
    let count = 1;
    let elapsed = 0;
    for (const interval of [500, 1000, 2000, ...Array<number>(7).fill(4000)]) {
      await expectIn(interval, sent("SIP/2.0 200"), count, ++count);
      elapsed += interval;
    }
    await expectIn(32_000 - elapsed, () => states, [], [SessionState.Terminated]);
    expect(sent("BYE")()).toBe(1);
  });

  it("a reliable provisional response is sent again, and refused after 64*T1", async () => {
    const headers = [...sdp, "Supported: 100rel"];
    alice.transport.receive(request("INVITE", { headers, body: "v=0\r\n" }));
    await settle();
    const progress = invitation.progress({ rel100: true });
    const outcome = expect(progress).rejects.toThrow();
    await settle();
    await expectIn(500, sent("SIP/2.0 183"), 1, 2);
    await expectIn(1000, sent("SIP/2.0 183"), 2, 3);
    await expectIn(32_000 - 1500, sent("SIP/2.0 504"), 0, 1);
    await outcome;
  });

  it("an INVITE that nobody answers is refused after a minute, or when it expires", async () => {
    alice.transport.receive(request("INVITE", { headers: sdp, body: "v=0\r\n" }));
    await settle();
    await expectIn(60_000, sent("SIP/2.0 480"), 0, 1);
    const headers = [...sdp, "Expires: 20"];
    alice.transport.receive(request("INVITE", { headers, body: "v=0\r\n" }));
    await settle();
    await expectIn(20_000, sent("SIP/2.0 487"), 0, 1);
  });

  it("a refresh comes in time though other timers have been set and have expired", async () => {
    await register(600);
    await tick(100_000);
    const inviter = new Inviter(alice.userAgent, address("bob"));
    await inviter.invite();
    const { Establishing, Terminated } = SessionState;
    await expectIn(32_000, () => inviter.state, Establishing, Terminated);
    await expectIn(594_000 - 132_000, sent("REGISTER"), 1, 2);
  });

  it("nothing is left when everything has ended", async () => {
    await register(600);
    await new Inviter(alice.userAgent, address("bob")).invite();
    alice.userAgent.userAgentCore.reset();
    const count = alice.transport.sent.length;
    await tick(1_000_000);
    expect(alice.transport.sent).toHaveLength(count);
  });
});

describe.each(Object.entries(withClock))("Driven by %s, which knows how late it is", (_, which) => {
  beforeEach(() => begin(which));

  it("a timer that is set while a later one runs, and one that is due before, is in time", async () => {
    const states = [];
    for (const pause of [10_000, 7000, 0]) {
      const inviter = new Inviter(alice.userAgent, address("bob"));
      await inviter.invite();
      states.push(() => inviter.state);
      await tick(pause);
    }
    const { Establishing, Terminated } = SessionState;
    await expectIn(15_000, states[0], Establishing, Terminated);
    await expectIn(10_000, states[1], Establishing, Terminated);
    await expectIn(7000, states[2], Establishing, Terminated);
  });
});
