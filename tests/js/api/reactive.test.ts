import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { reactive, toRaw } from "vue";
import * as SIP from "../../../js/index.js";
import type { Invitation, Session } from "../../../js/index.js";
import { ManagerStage, settle as pass } from "../platform/web/support/manager-stage.js";
import { address, Network, settle } from "./support/user-agents.js";

// Vue wraps whatever is put into its state, and what is read from there: every method is then called
// on a proxy, and `this` is the proxy.

describe("In Vue's reactive()", () => {
  it("user agents call each other, change the call, talk beside it, and end it", async () => {
    const network = new Network();
    const told: Session[] = [];
    const note = (session: Session) => () => void told.push(session);
    const state = reactive({ calls: [] as Session[] }) as { calls: Session[] };
    const follow = (session: Session): void => {
      state.calls.push(session);
      session.stateChange.addListener(note(session));
      session.delegate = { onInfo: note(session), onInvite: note(session), onBye: note(session) };
    };
    const alice = reactive((await network.add("alice")).userAgent) as SIP.UserAgent;
    const bob = reactive((await network.add("bob")).userAgent) as SIP.UserAgent;
    let invitation!: Invitation;
    bob.delegate = { onInvite: (each) => follow((invitation = each)) };
    const registerer = reactive(new SIP.Registerer(alice)) as SIP.Registerer;
    await registerer.register();
    await settle();
    expect(registerer.state).toBe("Registered");

    const inviter = new SIP.Inviter(alice, address("bob"));
    follow(inviter);
    const [calling, called] = [() => state.calls[0] as SIP.Inviter, () => state.calls[1]!];
    expect(calling()).not.toBe(inviter);
    await calling().invite();
    await settle();
    expect(toRaw(called())).toBe(invitation);
    await (called() as Invitation).accept();
    await settle();
    expect([calling().state, called().state]).toEqual(["Established", "Established"]);
    await calling().info();
    await called().invite();
    await settle();
    await called().bye();
    await settle();
    expect([calling().state, called().state]).toEqual(["Terminated", "Terminated"]);
    // alice is told of the re-INVITE and the BYE, bob of the INFO, both of their states.
    expect(told.filter((session) => session === inviter).length).toBe(5);
    expect(told.filter((session) => session === invitation).length).toBe(4);
    expect(told.length).toBe(9);
    await alice.stop();
    await bob.stop();
    expect([alice.state, registerer.state]).toEqual(["Stopped", "Terminated"]);
  });

  describe("a manager of sessions", () => {
    let stage: ManagerStage;

    beforeEach(() => {
      const toFake = [
        "setTimeout",
        "clearTimeout",
        "setInterval",
        "clearInterval",
        "Date"
      ] as const;
      vi.useFakeTimers({ toFake: [...toFake] });
      stage = new ManagerStage(SIP);
    });

    afterEach(() => {
      stage.end();
      vi.useRealTimers();
    });

    it("tells of the same session in every callback, and takes it back", async () => {
      const told: Session[] = [];
      const note = (session: Session): void => void told.push(session);
      const delegate = {
        onCallCreated: note,
        onCallAnswered: note,
        onCallHold: note,
        onCallHangup: note
      };
      const manager = reactive(stage.make({ delegate })) as SIP.Web.SessionManager;
      await manager.connect();
      await manager.call("sip:bob@example.com");
      await pass();
      const state = reactive({ session: told[0] }) as { session: Session };
      await manager.hold(state.session);
      await pass();
      expect(manager.isHeld(state.session)).toBe(true);
      await manager.hangup(state.session);
      await pass();
      expect(told.length).toBe(4);
      expect(new Set(told.map(toRaw)).size).toBe(1);
      expect(manager.managedSessions).toEqual([]);
    });
  });
});
