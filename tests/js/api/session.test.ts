import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Inviter, RequestPendingError, SessionState } from "../../../js/index.js";
import type { Invitation, Session, SessionDelegate } from "../../../js/index.js";
import { header, headers, startLine } from "./support/message-text.js";
import { address, Network, settle, statesOf } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

let network: Network;
let alice: TestAgent;
let bob: TestAgent;
let inviter: Inviter;
let invitation: Invitation;

/** Alice has called bob, bob has accepted. */
async function establish(delegates: { alice?: SessionDelegate; bob?: SessionDelegate } = {}) {
  network = new Network();
  alice = await network.add("alice");
  bob = await network.add("bob");
  bob.userAgent.delegate = {
    onInvite: (each) => {
      invitation = each;
      invitation.delegate = delegates.bob;
      void invitation.accept();
    }
  };
  await callAgain(delegates.alice);
  expect([inviter.state, invitation.state]).toEqual(["Established", "Established"]);
}

async function callAgain(delegate?: SessionDelegate) {
  inviter = new Inviter(alice.userAgent, address("bob"), { delegate });
  await inviter.invite();
  await settle();
}

const body = (content: string) => ({
  contentDisposition: "render",
  contentType: "text/plain",
  content
});

/** What the response to a request was. */
function outcome() {
  const statuses: Array<number | undefined> = [];
  const push = ({ message }: { message: { statusCode?: number } }) =>
    void statuses.push(message.statusCode);
  return { statuses, requestDelegate: { onAccept: push, onReject: push } };
}

beforeEach(() => establish());

afterEach(() => {
  alice.userAgent.userAgentCore.reset();
  bob.userAgent.userAgentCore.reset();
});

describe("Session", () => {
  it.each(["the caller", "the callee"])("is ended by %s with a BYE", async (who) => {
    const [session, peer] = who === "the caller" ? [inviter, invitation] : [invitation, inviter];
    const seen: string[] = [];
    peer.delegate = { onBye: (bye) => void bye.accept().then(() => seen.push(peer.state)) };
    const { statuses, requestDelegate } = outcome();
    const ended = (session as Session).bye({
      requestDelegate,
      requestOptions: { extraHeaders: ["X-Why: done"] }
    });
    expect(session.state).toBe(SessionState.Terminated);
    await ended;
    await settle();
    expect(peer.state).toBe(SessionState.Terminated);
    expect(statuses).toEqual([200]);
    expect([alice.handlers[0].closed, bob.handlers[0].closed]).toEqual([1, 1]);
    expect([alice.userAgent._sessions, bob.userAgent._sessions]).toEqual([{}, {}]);
    expect(seen).toHaveLength(1);
  });

  it("has a BYE answered though nobody listens", async () => {
    const { statuses, requestDelegate } = outcome();
    await inviter.bye({ requestDelegate });
    await settle();
    expect(statuses).toEqual([200]);
  });

  it("refuses everything after its end", async () => {
    await inviter.bye();
    for (const method of ["bye", "info", "invite", "message"] as const) {
      await expect(inviter[method]()).rejects.toThrow("Invalid session state Terminated");
    }
    await expect(inviter.refer(address("carol"))).rejects.toThrow(
      "Invalid session state Terminated"
    );
  });

  it.each(["info", "message"] as const)("sends %s and has it answered", async (method) => {
    const { statuses, requestDelegate } = outcome();
    const requestOptions = { body: body("hi"), extraHeaders: ["X-A: 1"] };
    const { message } = await inviter[method]({ requestDelegate, requestOptions });
    expect(message.toString()).toBe(alice.transport.last);
    await settle();
    const seen: string[] = [];
    invitation.delegate = {
      onInfo: (info) => void info.accept().then(() => seen.push(info.request.body)),
      onMessage: (each) => void each.reject().then(() => seen.push(each.request.body))
    };
    await inviter[method]({ requestDelegate, requestOptions });
    await settle();
    expect(seen).toEqual(["hi"]);
    expect(statuses).toEqual([200, method === "info" ? 200 : 480]);
  });

  it("is renegotiated by a re-INVITE, with options for hold", async () => {
    const onInvite = vi.fn();
    invitation.delegate = { onInvite };
    const { statuses, requestDelegate } = outcome();
    const modifier = async (description: RTCSessionDescriptionInit) => description;
    const options = { hold: true } as object;
    await inviter.invite({
      requestDelegate,
      sessionDescriptionHandlerOptions: options,
      sessionDescriptionHandlerModifiers: [modifier]
    });
    await settle();
    expect(alice.handlers[0].calls).toEqual(["get", "set bob", "get", "set bob"]);
    expect(bob.handlers[0].calls).toEqual(["set alice", "get", "set alice", "get"]);
    expect(alice.handlers[0].options.slice(2)).toEqual([
      [options, 1],
      [options, 1]
    ]);
    expect(inviter.sessionDescriptionHandlerOptionsReInvite).toEqual(options);
    expect(statuses).toEqual([200]);
    const [request, response, status] = onInvite.mock.lastCall!;
    expect([request.method, startLine(response), status]).toEqual([
      "INVITE",
      "SIP/2.0 200 OK",
      200
    ]);
    expect(alice.transport.sentWith("ACK")).toHaveLength(2);
  });

  it("keeps its Contact in a re-INVITE", async () => {
    await inviter.invite();
    await settle();
    const contacts = alice.transport.sentWith("INVITE").map((each) => headers(each, "Contact"));
    expect(contacts[1]).toEqual(contacts[0]);
  });

  it("is renegotiated by a re-INVITE that asks for an offer", async () => {
    await invitation.invite({ withoutSdp: true });
    await settle();
    expect(bob.handlers[0].calls).toEqual(["set alice", "get", "set alice", "get"]);
    expect(alice.handlers[0].calls).toEqual(["get", "set bob", "get", "set bob"]);
    expect([inviter.state, invitation.state]).toEqual(["Established", "Established"]);
  });

  it("refuses a second re-INVITE while the first is under way", async () => {
    const first = inviter.invite();
    await expect(inviter.invite()).rejects.toThrow(RequestPendingError);
    await first;
    await expect(inviter.invite()).rejects.toThrow(RequestPendingError);
    await settle();
    await inviter.invite();
    expect(alice.transport.sentWith("INVITE")).toHaveLength(3);
  });

  it("refuses a re-INVITE while the peer's is being answered", async () => {
    const { handlers } = bob;
    let release!: () => void;
    vi.spyOn(handlers[0], "setDescription").mockReturnValueOnce(
      new Promise((resolve) => (release = () => resolve()))
    );
    await inviter.invite();
    await settle();
    await expect(invitation.invite()).rejects.toThrow(RequestPendingError);
    release();
    await settle();
    await invitation.invite();
    await settle();
    expect(bob.transport.sentWith("INVITE")).toHaveLength(1);
  });

  it.each(["the INVITE", "a re-INVITE"])(
    "sends a re-INVITE once the ACK to its 2xx to %s is there",
    async (which) => {
      const acks: string[] = [];
      network.loses = (message) => message.startsWith("ACK") && acks.push(message) > 0;
      if (which === "the INVITE") await callAgain();
      else await inviter.invite();
      await settle();
      const { statuses, requestDelegate } = outcome();
      const sent = invitation.invite({ requestDelegate });
      await settle();
      expect(bob.transport.sentWith("INVITE")).toHaveLength(0);
      bob.transport.receive(acks[0]);
      await sent;
      await settle();
      expect(statuses).toEqual([200]);
    }
  );

  it("does not send a re-INVITE that waited for the ACK when the session ends", async () => {
    network.loses = (message) => message.startsWith("ACK");
    await inviter.invite();
    await settle();
    const sent = invitation.invite();
    network.loses = () => false;
    await inviter.bye();
    await expect(sent).rejects.toThrow("Invalid session state Terminated");
    expect(bob.transport.sentWith("INVITE")).toHaveLength(0);
  });

  it("goes on as it was when a re-INVITE is refused", async () => {
    const states = statesOf(inviter);
    const onInvite = vi.fn();
    invitation.delegate = { onInvite };
    bob.handlers[0].failing.set = new Error("No such codec");
    const { statuses, requestDelegate } = outcome();
    await inviter.invite({ requestDelegate });
    await settle();
    expect(statuses).toEqual([488]);
    expect(onInvite.mock.lastCall![2]).toBe(488);
    expect(alice.handlers[0].calls.at(-1)).toBe("rollback");
    expect(bob.handlers[0].calls.at(-1)).toBe("rollback");
    bob.handlers[0].failing = {};
    await inviter.invite({ requestDelegate });
    await settle();
    expect(statuses).toEqual([488, 200]);
    expect(states).toEqual([]);
  });

  it("goes on as it was when there is no offer for a re-INVITE", async () => {
    alice.handlers[0].failing.get = new Error("No camera");
    await expect(inviter.invite()).rejects.toThrow("No camera");
    await expect(inviter.invite()).rejects.toThrow("No camera");
    expect(inviter.state).toBe(SessionState.Established);
    expect(alice.transport.sentWith("INVITE")).toHaveLength(1);
  });

  it("ends with a BYE when the answer to a re-INVITE cannot be applied", async () => {
    alice.handlers[0].failing.set = new Error("No such codec");
    await inviter.invite();
    await settle();
    expect(header(alice.transport.sentWith("BYE")[0], "Reason")).toContain("cause=488;");
    expect([inviter.state, invitation.state]).toEqual(["Terminated", "Terminated"]);
  });

  it("is over when the peer no longer knows it", async () => {
    bob.userAgent.userAgentCore.reset();
    const { statuses, requestDelegate } = outcome();
    await inviter.info({ requestDelegate });
    await settle();
    expect(statuses).toEqual([481]);
    expect(inviter.state).toBe(SessionState.Terminated);
    expect(alice.handlers[0].closed).toBe(1);
  });

  it("outlives the connection, and ends at once without one", async () => {
    alice.transport.lose();
    expect(inviter.state).toBe(SessionState.Established);
    await alice.userAgent.reconnect();
    const { statuses, requestDelegate } = outcome();
    await inviter.info({ requestDelegate });
    await settle();
    expect(statuses).toEqual([200]);
    alice.transport.lose();
    await inviter.bye({ requestDelegate });
    await settle();
    expect(statuses).toEqual([200, 503]);
    expect(inviter.state).toBe(SessionState.Terminated);
  });

  it("disposes of itself with a BYE", async () => {
    await inviter.dispose();
    expect(alice.transport.sentWith("BYE")).toHaveLength(1);
    expect(inviter.state).toBe(SessionState.Terminated);
    await inviter.dispose();
  });

  it("closes the media once, even if closing fails", async () => {
    const close = vi.spyOn(alice.handlers[0], "close").mockImplementation(() => {
      throw new Error("no");
    });
    await inviter.bye();
    await settle();
    expect(close).toHaveBeenCalledTimes(1);
    expect(inviter.state).toBe(SessionState.Terminated);
  });

  it("can be wrapped in a proxy", async () => {
    const proxy = new Proxy(inviter, {});
    expect(proxy.state).toBe(SessionState.Established);
    await proxy.info();
    await proxy.bye();
    expect(inviter.state).toBe(SessionState.Terminated);
    for (const object of [
      inviter,
      alice.userAgent,
      inviter.request,
      alice.userAgent.userAgentCore
    ]) {
      const own = Object.values(Object.getOwnPropertyDescriptors(object));
      expect(own.every(({ configurable }) => configurable)).toBe(true);
    }
  });
});
