import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  Inviter,
  Messager,
  Publisher,
  Registerer,
  SessionState,
  Subscriber,
  SubscriptionState
} from "../../../js/index.js";
import type { Invitation } from "../../../js/index.js";
import { engine } from "../../../js/engine/engine.js";
import { loadModule } from "../../../js/engine/module.js";
import type { FakeHandler } from "./support/fake-handler.js";
import type { FakeTransport } from "./support/fake-transport.js";
import { header, inDialog, reply, request } from "./support/message-text.js";
import { address, makeAgent, Network, settle } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** How many are under way at the same time. */
const batch = 100;
/** How many messages, subscriptions, publications, user agents and registrations. */
const total = 10_000;
/** How many calls end in each way: with two sessions each, 10,000 sessions in all. */
const calls = 500;
/** What Node itself keeps of code that has run, in octets. One session makes some 50 KB of objects. */
const noise = 1_500_000;

const network = new Network();
let alice: TestAgent;
let bob: TestAgent;
let invitations: Invitation[] = [];
/** How many of the objects that were made there are yet. */
let alive = 0;
const collected = new FinalizationRegistry(() => void alive--);

/** Lets everything end, and forgets what the test itself has kept. */
async function tidy(): Promise<void> {
  // RFC 6026: the transactions of an accepted INVITE live for another 64*T1.
  vi.advanceTimersByTime(100_000);
  await settle();
  invitations = [];
  for (const { transport, handlers } of network.agents) {
    transport.sent.length = handlers.length = 0;
  }
}

/** What there is, after everything that has ended is gone. */
async function measure() {
  await tidy();
  for (let i = 0; i < 3 || (alive > 0 && i < 30); i++) {
    collectGarbage();
    await settle();
  }
  return {
    faces: engine().size,
    handles: engine().handles,
    timers: vi.getTimerCount(),
    memory: loadModule().HEAPU8.byteLength,
    sessions: [alice, bob].flatMap(({ userAgent }) => Object.keys(userAgent._sessions)).length,
    registerers: Object.keys(alice.userAgent._registerers).length,
    subscriptions: Object.keys(alice.userAgent._subscriptions).length,
    publishers: Object.keys(alice.userAgent._publishers).length,
    alive,
    heap: process.memoryUsage().heapUsed
  };
}

/** Does something so often that the engine has compiled it, then `count` times, and compares. */
async function expectNothingLeft(count: number, once: () => Promise<void>): Promise<void> {
  const repeat = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i += batch) await once();
  };
  // Twice at least: what the first batch gives back has other sizes than the next one takes.
  await repeat(Math.max(count / 10, 2 * batch));
  const before = await measure();
  await repeat(count);
  const after = await measure();
  expect(after).toEqual({ ...before, heap: expect.any(Number) });
  expect(after).toMatchObject({ alive: 0, timers: 0, sessions: 0, registerers: 0 });
  expect(after.heap - before.heap).toBeLessThan(noise);
}

/** Counts an object until it is collected. */
function watched<T extends object>(each: T): T {
  alive++;
  collected.register(each, undefined);
  return each;
}

const nothing = (): boolean => false;
const acks = (message: string): boolean => message.startsWith("ACK");

/** The ways in which a call ends, each given what the two have of it. */
const endings: { [name: string]: (caller: Inviter, callee: Invitation) => unknown } = {
  "the caller hangs up": async (caller, callee) => {
    await callee.accept();
    await settle();
    await caller.bye();
  },
  "the callee hangs up, after requests both ways": async (caller, callee) => {
    await callee.accept();
    await settle();
    await caller.invite();
    await caller.info();
    await settle();
    await callee.invite();
    await callee.message();
    await settle();
    await callee.bye();
  },
  "the callee refuses": (_, callee) => callee.reject(),
  "the callee redirects": (_, callee) => callee.reject({ statusCode: 302 }),
  "the caller gives up": (caller) => caller.cancel(),
  "the caller gives up while it is accepted": (caller, callee) =>
    Promise.allSettled([callee.accept(), caller.cancel()]),
  "nobody answers": () => undefined,
  "the callee hangs up before the ACK": async (_, callee) => {
    await callee.accept();
    await callee.bye();
  },
  "the callee cannot describe media": async (_, callee) => {
    callee.delegate = {
      onSessionDescriptionHandler: (handler) =>
        void ((handler as FakeHandler).failing = { get: new Error("No.") })
    };
    await callee.accept().catch(() => undefined);
  },
  "the ACK is lost": async (_, callee) => {
    network.loses = acks;
    await callee.accept();
  }
};

/** A batch of calls that end in the same way. */
async function callsThatEnd(how: (caller: Inviter, callee: Invitation) => unknown): Promise<void> {
  const callers = Array.from({ length: batch }, () =>
    watched(new Inviter(alice.userAgent, address("bob")))
  );
  await Promise.all(callers.map((each) => each.invite()));
  await settle();
  const callees = new Map(invitations.map((each) => [each.request.callId, watched(each)]));
  await Promise.all(callers.map((each) => how(each, callees.get(each.request.callId)!)));
  await settle();
  await tidy();
  network.loses = nothing;
  expect(callers.filter(({ state }) => state !== SessionState.Terminated)).toHaveLength(0);
}

/** A batch of messages, to somebody who takes them and to nobody. */
async function messages(): Promise<void> {
  for (let i = 0; i < batch; i++) {
    const messager = new Messager(alice.userAgent, address(i % 2 ? "bob" : "nobody"), "hi");
    await watched(messager).message();
  }
  await settle();
}

type Notify = (state: string) => void;

/** The ways in which a subscription ends, each given what it is and what its notifier says. */
const ends: Array<(subscriber: Subscriber, subscribe: string, notify: Notify) => unknown> = [
  // The peer ends it, at once or later, or refuses it; nobody notifies; we end it.
  (_, _subscribe, notify) => notify("terminated;reason=noresource"),
  (_, _subscribe, notify) => (notify("active;expires=60"), notify("terminated;reason=rejected")),
  (_, subscribe) => alice.transport.receive(reply(subscribe, 403)),
  () => undefined,
  (subscriber, _, notify) => (notify("pending"), subscriber.unsubscribe()),
  // It is to be made anew, and given up before that; its refresh is not answered.
  (subscriber, _, notify) => (
    notify("active"),
    notify("terminated;reason=probation;retry-after=60"),
    subscriber.unsubscribe()
  ),
  (_, subscribe, notify) => {
    alice.transport.receive(reply(subscribe, 200, { headers: ["Expires: 30"] }));
    notify("active;expires=30");
  }
];

/** A batch of subscriptions that end in different ways. */
async function subscriptions(): Promise<void> {
  const subscribers: Subscriber[] = [];
  for (let i = 0; i < batch; i++) {
    const delegate = { onNotify: (each: { accept(): unknown }) => void each.accept() };
    const options = { delegate, expires: 60 };
    const subscriber = watched(
      new Subscriber(alice.userAgent, address("silent"), "presence", options)
    );
    subscribers.push(subscriber);
    await subscriber.subscribe();
    const subscribe = alice.transport.last;
    let cseq = 0;
    await ends[i % ends.length](subscriber, subscribe, (state) => {
      const headers = ["Event: presence", `Subscription-State: ${state}`];
      const parts = { ...inDialog(subscribe), cseq: ++cseq, headers };
      alice.transport.receive(request("NOTIFY", parts));
    });
  }
  await tidy();
  expect(subscribers.filter(({ state }) => state !== SubscriptionState.Terminated)).toEqual([]);
}

/** A batch of publications that are refused, at once or when they are to be refreshed. */
async function publications(): Promise<void> {
  for (let i = 0; i < batch; i++) {
    const publisher = watched(
      new Publisher(alice.userAgent, address("silent"), "presence", { expires: 60 })
    );
    await publisher.publish("open");
    const headers = ["Expires: 60", "SIP-ETag: one"];
    alice.transport.receive(reply(alice.transport.last, i % 2 ? 200 : 403, { headers }));
  }
  await tidy();
}

/** A batch of user agents, each of which registers, and stops. */
async function userAgents(): Promise<void> {
  const agents = Array.from({ length: batch }, () => makeAgent("carol", {}, answer));
  for (const { userAgent } of agents) {
    await watched(userAgent).start();
    await watched(new Registerer(userAgent)).register();
  }
  await settle();
  await Promise.all(agents.map(({ userAgent }) => userAgent.stop()));
  await settle();
}

/** A user agent that calls, subscribes, publishes and registers in several ways, and stops. */
async function busyUserAgent(): Promise<void> {
  const { userAgent } = makeAgent("carol", {}, answer);
  await watched(userAgent).start();
  for (let i = 0; i < batch / 4; i++) {
    const registerer = watched(new Registerer(userAgent));
    await registerer.register();
    if (i % 2) {
      await settle();
      await registerer.unregister();
    }
    await watched(new Inviter(userAgent, address("nobody"))).invite();
    await watched(new Subscriber(userAgent, address("nobody"), "presence")).subscribe();
    await watched(new Publisher(userAgent, address("nobody"), "presence")).publish("open");
  }
  await userAgent.stop();
  await settle();
}

/** A registrar, at which nobody else can be reached. */
function answer(message: string, { onMessage }: FakeTransport): void {
  const registers = message.startsWith("REGISTER");
  const headers = registers ? [`Contact: ${header(message, "Contact")}`] : [];
  if (!message.startsWith("ACK")) {
    queueMicrotask(() => onMessage?.(reply(message, registers ? 200 : 404, { headers })));
  }
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  // Somebody answers nothing, and nobody else is there.
  network.elsewhere = (message) => {
    if (/^(?!SIP|ACK)\w+ sip:(?!silent)/.test(message)) {
      alice.transport.receive(reply(message, 404));
    }
  };
  alice = await network.add("alice");
  bob = await network.add("bob", {
    delegate: {
      onInvite: (invitation) => void invitations.push(invitation),
      onMessage: (message) => void message.accept()
    }
  });
});

afterAll(async () => {
  await Promise.all([alice.userAgent.stop(), bob.userAgent.stop()]);
  vi.useRealTimers();
});

describe("Nothing is left, though nobody disposes of anything,", { timeout: 120_000 }, () => {
  it.each(Object.entries(endings))(`of ${calls} calls at each of which %s`, (_, how) =>
    expectNothingLeft(calls, () => callsThatEnd(how))
  );

  it(`of ${total} messages`, () => expectNothingLeft(total, messages));

  it(`of ${total} subscriptions`, () => expectNothingLeft(total, subscriptions));

  it(`of ${total} publications`, () => expectNothingLeft(total, publications));

  it(`of ${total} user agents and their registrations`, () => expectNothingLeft(total, userAgents));

  it(`of user agents that stop in the midst of everything`, () =>
    expectNothingLeft(20 * batch, busyUserAgent));
});
