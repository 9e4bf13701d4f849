import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Inviter, SessionState } from "../../../js/index.js";
import { engine } from "../../../js/engine/engine.js";
import { loadModule } from "../../../js/engine/module.js";
import { address, Network, settle } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const network = new Network();
let alice: TestAgent;
let bob: TestAgent;

/** What there is, after everything that has ended is gone. */
async function measure() {
  // RFC 6026: the transactions of an accepted INVITE live for another 64*T1.
  vi.advanceTimersByTime(40_000);
  await settle();
  collectGarbage();
  await settle();
  collectGarbage();
  return {
    faces: engine().size,
    handles: engine().handles,
    timers: vi.getTimerCount(),
    memory: loadModule().HEAPU8.byteLength,
    heap: process.memoryUsage().heapUsed,
    sessions: Object.keys(alice.userAgent._sessions).length
  };
}

/** One call: rung, accepted, put on hold, with an INFO in it, ended by either side. */
async function call(number: number): Promise<void> {
  const inviter = new Inviter(alice.userAgent, address("bob"));
  await inviter.invite();
  await settle();
  expect(inviter.state).toBe(SessionState.Established);
  if (number % 5 === 0) {
    await inviter.invite();
    await inviter.info();
    await settle();
  }
  const [session] = number % 2 === 0 ? [inviter] : Object.values(bob.userAgent._sessions).slice(-1);
  await session.bye();
  await settle();
  vi.advanceTimersByTime(1000);
  for (const { transport, handlers } of [alice, bob]) {
    transport.sent.length = handlers.length = 0;
  }
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  alice = await network.add("alice");
  bob = await network.add("bob");
  bob.userAgent.delegate = { onInvite: (invitation) => void invitation.accept() };
});

afterAll(async () => {
  await Promise.all([alice.userAgent.stop(), bob.userAgent.stop()]);
  vi.useRealTimers();
});

describe("500 calls in a row", () => {
  it(
    "leave neither heap, WebAssembly memory, timers nor handles grown",
    { timeout: 60_000 },
    async () => {
      // Until the engine has compiled what is called often, which takes heap of its own.
      for (let i = 0; i < 500; i++) await call(i);
      const before = await measure();
      for (let i = 0; i < 500; i++) await call(i);
      const after = await measure();

      expect(after).toMatchObject({ ...before, heap: expect.any(Number) });
      expect(after).toMatchObject({ faces: 2, handles: 2, timers: 0, sessions: 0 });
      // One call makes some 100 KB of objects: a single one that stayed behind of each would show.
      expect(after.heap - before.heap).toBeLessThan(500 * 1000);
    }
  );

  it("leave no more when they are refused or cancelled", { timeout: 60_000 }, async () => {
    const attempt = async (number: number): Promise<void> => {
      const inviter = new Inviter(alice.userAgent, address(number % 2 ? "bob" : "nobody"));
      const cancels = number % 4 === 1;
      bob.userAgent.delegate = cancels ? { onInvite: () => undefined } : {};
      await inviter.invite();
      await settle();
      if (cancels) await inviter.cancel();
      await settle();
      expect(inviter.state).toBe(SessionState.Terminated);
      vi.advanceTimersByTime(1000);
      for (const { transport, handlers } of [alice, bob]) {
        transport.sent.length = handlers.length = 0;
      }
    };
    for (let i = 0; i < 20; i++) await attempt(i);
    const before = await measure();
    for (let i = 0; i < 200; i++) await attempt(i);
    const after = await measure();
    expect(after).toMatchObject({ ...before, heap: expect.any(Number) });
    expect(after.heap - before.heap).toBeLessThan(300 * 1000);
  });
});
