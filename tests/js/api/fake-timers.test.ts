import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  Inviter,
  Messager,
  Publisher,
  PublisherState,
  Registerer,
  RegistererState,
  SessionState,
  Subscriber,
  SubscriptionState
} from "../../../js/index.js";
import type { Invitation } from "../../../js/index.js";
import { header, inDialog, reply, request, sdp } from "./support/message-text.js";
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

const fakes: { [name: string]: Fake } = {
  // Does not say how late it is.
  "Jasmine's clock": jasmine.clock(),
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
  // As it is where Jasmine runs the tests.
  vi.stubGlobal("jasmine", jasmine);
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

/** A subscription of ten minutes, and what its notifier says of it. */
async function subscribe(): Promise<{ subscriber: Subscriber; notify(state: string): void }> {
  const subscriber = new Subscriber(alice.userAgent, address("bob"), "presence", { expires: 600 });
  await subscriber.subscribe();
  let cseq = 0;
  const notify = (state: string): void => {
    const headers = ["Event: presence", `Subscription-State: ${state}`];
    const parts = { ...inDialog(alice.transport.sentWith("SUBSCRIBE")[0]), cseq: ++cseq, headers };
    alice.transport.receive(request("NOTIFY", parts));
  };
  return { subscriber, notify };
}

async function subscribed(): ReturnType<typeof subscribe> {
  const subscription = await subscribe();
  alice.transport.receive(reply(alice.transport.last, 200, { headers: ["Expires: 600"] }));
  subscription.notify("active;expires=600");
  expect(subscription.subscriber.state).toBe(SubscriptionState.Subscribed);
  return subscription;
}

const sent = (method: string) => () => alice.transport.sentWith(method).length;

afterEach(() => {
  alice.userAgent.userAgentCore.reset();
  fake.uninstall();
  vi.unstubAllGlobals();
});

describe.each(Object.entries(fakes))("Driven by %s", (_, which) => {
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

  it("a subscription that nobody notifies of is over after 64*T1", async () => {
    const { subscriber } = await subscribe();
    alice.transport.receive(reply(alice.transport.last, 200, { headers: ["Expires: 600"] }));
    const { NotifyWait, Terminated } = SubscriptionState;
    await expectIn(32_000, () => subscriber.state, NotifyWait, Terminated);
  });

  it("a subscription is refreshed when nine tenths of its time are over, again and again", async () => {
    const { notify } = await subscribed();
    for (let round = 2; round < 5; round++) {
      await expectIn(540_000, sent("SUBSCRIBE"), round - 1, round);
      alice.transport.receive(reply(alice.transport.last, 200, { headers: ["Expires: 600"] }));
      notify("active;expires=600");
    }
  });

  it("a subscription is over when its refresh brings no NOTIFY in 64*T1", async () => {
    const { subscriber } = await subscribed();
    await tick(540_000);
    alice.transport.receive(reply(alice.transport.last, 200, { headers: ["Expires: 600"] }));
    const { Subscribed, Terminated } = SubscriptionState;
    await expectIn(32_000, () => subscriber.state, Subscribed, Terminated);
  });

  it("a subscription that is not refreshed is over when it has expired", async () => {
    const { subscriber } = await subscribed();
    await tick(540_000);
    alice.transport.receive(reply(alice.transport.last, 503));
    const { Subscribed, Terminated } = SubscriptionState;
    // 600 seconds, and 64*T1 for the last NOTIFY.
    await expectIn(92_000, () => subscriber.state, Subscribed, Terminated);
  });

  it("a subscription is made anew after the seconds of retry-after", async () => {
    const { notify } = await subscribed();
    notify("terminated;reason=probation;retry-after=30");
    await expectIn(30_000, sent("SUBSCRIBE"), 1, 2);
    // Timer N has begun then.
    const states: string[] = [];
    Object.values(alice.userAgent._subscriptions)[0].stateChange.addListener(
      (state) => void states.push(state)
    );
    alice.transport.receive(reply(alice.transport.last, 200, { headers: ["Expires: 600"] }));
    await expectIn(32_000, () => states, [], [SubscriptionState.Terminated]);
  });

  it("a subscription that was to be made anew is not once it was given up", async () => {
    const { subscriber, notify } = await subscribed();
    notify("terminated;reason=giveup;retry-after=30");
    await subscriber.unsubscribe();
    await tick(100_000);
    expect(sent("SUBSCRIBE")()).toBe(1);
  });

  it("a publication is refreshed when nine tenths of its time are over, again and again", async () => {
    const publisher = new Publisher(alice.userAgent, address("alice"), "presence");
    await publisher.publish("open");
    for (let round = 2; round < 5; round++) {
      const headers = ["Expires: 100", `SIP-ETag: ${round}`];
      alice.transport.receive(reply(alice.transport.last, 200, { headers }));
      await expectIn(90_000, sent("PUBLISH"), round - 1, round);
    }
    expect(publisher.state).toBe(PublisherState.Published);
  });

  it("a publication whose refresh is not answered is over after 64*T1", async () => {
    const publisher = new Publisher(alice.userAgent, address("alice"), "presence");
    await publisher.publish("open");
    const headers = ["Expires: 600", "SIP-ETag: one"];
    alice.transport.receive(reply(alice.transport.last, 200, { headers }));
    await tick(540_000);
    const { Published, Terminated } = PublisherState;
    await expectIn(32_000, () => publisher.state, Published, Terminated);
  });

  it("nothing is left when everything has ended", async () => {
    await register(600);
    await new Inviter(alice.userAgent, address("bob")).invite();
    alice.userAgent.userAgentCore.reset();
    const count = alice.transport.sent.length;
    await tick(1_000_000);
    expect(alice.transport.sent).toHaveLength(count);
  });

  it("a call is in time after minutes in which nothing happened", async () => {
    await register(600);
    for (let i = 0; i < 4; i++) {
      await tick(50_007);
      const inviter = new Inviter(alice.userAgent, address("bob"));
      await inviter.invite();
      const { Establishing, Terminated } = SessionState;
      await expectIn(32_000, () => inviter.state, Establishing, Terminated);
    }
    await expectIn(594_000 - 4 * 82_007, sent("REGISTER"), 1, 2);
  });

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
