import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Ours from "../../../js/index.js";
import type { Invitation } from "../../../js/index.js";
import { FakeNetwork } from "../../support/js/fake-websocket.js";
import { address, makeAgent, Network, settle, statesOf } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

const wrappers = new WeakMap<object, object>();

/**
 * What Vue's `reactive()` makes of an object: whatever is read from it is wrapped, too, and methods are
 * called on the wrapper.
 */
function reactive<T extends object>(target: T): T {
  const wrapped = wrappers.get(target) as T | undefined;
  if (wrapped) return wrapped;
  const wrapper = new Proxy(target, {
    get(object, name, receiver) {
      const value = Reflect.get(object, name, receiver) as unknown;
      const wraps =
        typeof value === "object" &&
        value !== null &&
        /Object|Array/.test(Object.prototype.toString.call(value));
      return wraps ? reactive(value) : value;
    }
  });
  wrappers.set(target, wrapper);
  return wrapper;
}

const network = new Network();
let alice: TestAgent;
let bob: TestAgent;
let invitation: Invitation;

beforeEach(async () => {
  network.agents.length = 0;
  alice = makeAgent("alice", {}, (message) => network.route(message));
  network.agents.push(alice);
  bob = await network.add("bob", {
    delegate: { onInvite: (each) => void (invitation = reactive(each)) }
  });
});

afterEach(() => {
  for (const { userAgent } of [alice, bob]) userAgent.userAgentCore.reset();
});

/** Every object that can be reached from these by their own properties. */
function reachable(...roots: unknown[]): Set<object> {
  const found = new Set<object>();
  const visit = (each: unknown): void => {
    if (typeof each !== "object" || each === null || found.has(each)) return;
    found.add(each);
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(each))) visit(value);
  };
  roots.forEach(visit);
  return found;
}

describe("Objects that an application wraps in proxies", () => {
  it("register, call, hold, transfer and hang up as they do bare", async () => {
    const userAgent = reactive(alice.userAgent);
    await userAgent.start();
    const registerer = reactive(new Ours.Registerer(userAgent));
    await registerer.register();
    await settle();
    expect(registerer.state).toBe(Ours.RegistererState.Registered);

    const inviter = reactive(new Ours.Inviter(userAgent, address("bob")));
    const states = statesOf(inviter);
    await inviter.invite();
    await settle();
    await invitation.accept();
    await settle();
    expect(states).toEqual(["Establishing", "Established"]);
    await inviter.invite();
    await settle();
    await invitation.invite();
    await settle();
    await inviter.info();
    await inviter.message();
    await inviter.refer(address("carol"));
    await settle();
    await reactive(new Ours.Messager(userAgent, address("bob"), "hi")).message();
    await settle();
    expect(inviter.dialog!.callId).toBe(invitation.dialog!.callId);
    await invitation.bye();
    await settle();
    expect(inviter.state).toBe(Ours.SessionState.Terminated);
    await registerer.unregister();
    await settle();
    expect(registerer.state).toBe(Ours.RegistererState.Unregistered);
    await userAgent.stop();
  });

  it("cancel and reject", async () => {
    const userAgent = reactive(alice.userAgent);
    await userAgent.start();
    for (const end of [
      (inviter: Ours.Inviter) => inviter.cancel(),
      () => invitation.reject(),
      () => invitation.progress().then(() => invitation.reject())
    ]) {
      const inviter = reactive(new Ours.Inviter(userAgent, address("bob")));
      await inviter.invite();
      await settle();
      await end(inviter);
      await settle();
      expect([inviter.state, invitation.state]).toEqual(["Terminated", "Terminated"]);
    }
  });

  it("are the same in every callback", async () => {
    await alice.userAgent.start();
    const seen = new Set<unknown>();
    alice.userAgent.delegate = { onInvite: (each) => void seen.add(each) };
    const { sessionDescriptionHandlerFactory } = bob.userAgent.configuration;
    const inviter = new Ours.Inviter(bob.userAgent, address("alice"));
    bob.userAgent.configuration.sessionDescriptionHandlerFactory = (session, options) => {
      expect(session).toBe(inviter);
      return sessionDescriptionHandlerFactory(session, options);
    };
    await inviter.invite();
    await settle();
    const [incoming] = Object.values(alice.userAgent._sessions);
    expect([...seen]).toEqual([incoming]);
    expect(inviter.userAgent).toBe(bob.userAgent);
    expect(bob.userAgent.transport).toBe(bob.transport);
    await inviter.cancel();
    await settle();
  });
});

describe("Public objects", () => {
  it("have no own properties that a proxy may not answer for otherwise", async () => {
    await alice.userAgent.start();
    const inviter = new Ours.Inviter(alice.userAgent, address("bob"));
    await inviter.invite();
    await settle();
    await invitation.accept();
    await settle();
    const logger = alice.userAgent.getLogger("x");
    const transport = new Ours.Web.Transport(logger, { server: "wss://x" } as never);
    const manager = new Ours.Web.SessionManager("wss://x", {
      userAgentOptions: { logBuiltinEnabled: false }
    });
    const simple = new Ours.Web.SimpleUser("wss://x", {
      userAgentOptions: { logBuiltinEnabled: false }
    });
    const all = reachable(
      ...[alice.userAgent, bob.userAgent, inviter, invitation, inviter.dialog, transport],
      ...[manager, simple, new Ours.Registerer(alice.userAgent), logger, address("x")],
      ...[new Ours.Messager(alice.userAgent, address("bob"), "hi"), new FakeNetwork()]
    );
    const fixed = [...all]
      .filter((each) => !Array.isArray(each) && !ArrayBuffer.isView(each) && !Object.isFrozen(each))
      .flatMap((each) =>
        Object.entries(Object.getOwnPropertyDescriptors(each))
          .filter(([, { configurable }]) => !configurable)
          .map(([name]) => `${each.constructor?.name}.${name}`)
      );
    expect(fixed).toEqual([]);
    expect(all.size).toBeGreaterThan(50);
    await inviter.bye();
    await settle();
  });

  it("have no #private members", () => {
    const classes = [Ours, Ours.Core, Ours.Web]
      .flatMap((each) => Object.values(each) as unknown[])
      .filter((each) => typeof each === "function");
    const hidden = classes.filter((each) =>
      /(^|[\s.;{(])#[a-z_]\w*/im.test(`${each as () => void}`)
    );
    expect(hidden.map(({ name }) => name)).toEqual([]);
    expect(classes.length).toBeGreaterThan(60);
  });
});
