import { afterEach, describe, expect, it, vi } from "vitest";
import { Core, SessionState, SIPExtension } from "../../../js/index.js";
import type { Invitation, SessionDelegate, UserAgentOptions } from "../../../js/index.js";
import { bodyOf, header, request, sdp, startLine } from "./support/message-text.js";
import { settle, startAgent, statesOf } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

const offer = { headers: sdp, body: "v=0\r\ns=peer\r\n" };

interface Ringing extends TestAgent {
  invitation: Invitation;
  states: string[];
  /** The INVITE as it came in. */
  invite: string;
}

/** Alice is being called; the peer is the test. */
async function ring(
  parts: Parameters<typeof request>[1] = offer,
  options: Partial<UserAgentOptions> = {},
  delegate?: SessionDelegate
): Promise<Ringing> {
  let invitation!: Invitation;
  const agent = await startAgent("alice", options);
  agent.userAgent.delegate = {
    onInvite: (each) => {
      invitation = each;
      invitation.delegate = delegate;
    }
  };
  const invite = request("INVITE", parts);
  agent.transport.receive(invite);
  await settle();
  return { ...agent, invitation, states: statesOf(invitation), invite };
}

/** A request that belongs to the INVITE: its CANCEL or, once it was answered, its ACK. */
function following(method: string, { invite, transport }: Ringing, body = ""): string {
  const sameBranch = /branch=(\w+)/.exec(invite)![1];
  return request(method, {
    ...(method === "CANCEL" ? { branch: sameBranch } : {}),
    callId: header(invite, "Call-ID"),
    cseq: method === "BYE" ? 2 : 1,
    from: header(invite, "From"),
    to: method === "CANCEL" ? header(invite, "To") : header(transport.last, "To"),
    headers: body ? sdp : [],
    body
  });
}

function statuses({ transport }: TestAgent): number[] {
  return transport.sentWith("SIP/2.0").map((response) => Number(response.slice(8, 11)));
}

afterEach(() => {
  vi.useRealTimers();
});

describe("Invitation", () => {
  it("is rung for before the application hears of it", async () => {
    const agent = await startAgent("alice");
    let before: number[] = [];
    agent.userAgent.delegate = { onInvite: () => void (before = statuses(agent)) };
    agent.transport.receive(request("INVITE", offer));
    await settle();
    expect(before).toEqual([100, 180]);
  });

  it.each([
    [{ sendInitialProvisionalResponse: false }, offer],
    [{ sipExtensionExtraSupported: ["100rel"] }, { ...offer, headers: [...sdp, "Require: 100rel"] }]
  ])("is not rung for if it is not to be: %j", async (options, parts) => {
    const ringing = await ring(parts, options);
    expect(ringing.invitation.autoSendAnInitialProvisionalResponse).toBe(false);
    expect(statuses(ringing)).toEqual([100]);
  });

  it("shows who calls", async () => {
    const asserted = "P-Asserted-Identity: <sip:really@example.com>";
    const { invitation, userAgent } = await ring({ ...offer, headers: [...sdp, asserted] });
    expect(invitation.state).toBe(SessionState.Initial);
    expect(String(invitation.remoteIdentity)).toBe("<sip:peer@example.com>;tag=peer");
    expect(String(invitation.localIdentity)).toBe("<sip:alice@example.com>");
    expect(String(invitation.assertedIdentity)).toBe("<sip:really@example.com>");
    expect(invitation.body).toBe(offer.body);
    expect(userAgent._sessions[invitation.id]).toBe(invitation);
    expect(invitation._contact).toBe(String(userAgent.contact));
  });

  it("is accepted: answer in the 2xx", async () => {
    const onAck = vi.fn();
    const ringing = await ring(offer, {}, { onAck });
    const { invitation, states, transport, handlers } = ringing;
    const accepted = invitation.accept({ extraHeaders: ["X-A: 1"] });
    expect(invitation.state).toBe(SessionState.Establishing);
    await accepted;
    expect(handlers[0].calls).toEqual(["set peer", "get"]);
    expect(statuses(ringing)).toEqual([100, 180, 200]);
    expect(header(transport.last, "X-A")).toBe("1");
    expect(bodyOf(transport.last)).toBe("v=0\r\ns=alice\r\n");
    expect(states).toEqual(["Establishing", "Established"]);
    transport.receive(following("ACK", ringing));
    expect(onAck).toHaveBeenCalledTimes(1);
    expect(invitation.sessionDescriptionHandler).toBe(handlers[0]);
    await expect(invitation.accept()).rejects.toThrow("Invalid session state Established");
    await expect(invitation.reject()).rejects.toThrow("Invalid session state Established");
    await expect(invitation.progress()).rejects.toThrow("Invalid session state Established");
  });

  it("is accepted: offer in the 2xx, answer in the ACK", async () => {
    const ringing = await ring({});
    const { invitation, transport, handlers } = ringing;
    await invitation.accept();
    expect(handlers[0].calls).toEqual(["get"]);
    transport.receive(following("ACK", ringing, offer.body));
    await settle();
    expect(handlers[0].calls).toEqual(["get", "set peer"]);
    expect(invitation.state).toBe(SessionState.Established);
  });

  it("ends with a BYE if the answer in the ACK is missing", async () => {
    const ringing = await ring({});
    await ringing.invitation.accept();
    ringing.transport.receive(following("ACK", ringing));
    await settle();
    const [bye] = ringing.transport.sentWith("BYE");
    expect(header(bye, "Reason")).toContain("cause=488;");
    expect(ringing.invitation.state).toBe(SessionState.Terminated);
  });

  it("is rejected", async () => {
    const ringing = await ring();
    const { invitation, states, transport } = ringing;
    const rejected = invitation.reject();
    expect(invitation.state).toBe(SessionState.Terminated);
    await rejected;
    expect(startLine(transport.last)).toBe("SIP/2.0 480 Temporarily Unavailable");
    expect(states).toEqual(["Terminated"]);
    await expect(invitation.reject()).rejects.toThrow("Invalid session state Terminated");
    await expect(invitation.accept()).rejects.toThrow("Invalid session state Terminated");
  });

  it("is rejected in the application's own words", async () => {
    const { invitation, transport } = await ring();
    await invitation.reject({
      statusCode: 603,
      reasonPhrase: "Not now",
      extraHeaders: ["X-A: 1"],
      body: { body: "later", contentType: "text/plain" }
    });
    expect(startLine(transport.last)).toBe("SIP/2.0 603 Not now");
    expect(header(transport.last, "X-A")).toBe("1");
    expect(header(transport.last, "Content-Type")).toBe("text/plain");
    expect(bodyOf(transport.last)).toBe("later");
  });

  it("sends further provisional responses, a 183 with a description", async () => {
    const ringing = await ring();
    const { invitation, transport, handlers } = ringing;
    await invitation.progress({ statusCode: 181, reasonPhrase: "Wait" });
    expect(startLine(transport.last)).toBe("SIP/2.0 181 Wait");
    await invitation.progress({ statusCode: 183 });
    expect(bodyOf(transport.last)).toBe("v=0\r\ns=alice\r\n");
    await invitation.progress({ statusCode: 182, body: "x" });
    expect(header(transport.last, "Content-Type")).toBe("application/sdp");
    await invitation.progress({ statusCode: 100 });
    await invitation.accept();
    expect(bodyOf(transport.last)).toBe("v=0\r\ns=alice\r\n");
    expect(handlers[0].calls).toEqual(["set peer", "get"]);
    expect(statuses(ringing)).toEqual([100, 180, 181, 183, 182, 100, 200]);
  });

  it("throws at a status code of another class", async () => {
    const { invitation } = await ring();
    expect(() => invitation.progress({ statusCode: 200 })).toThrow(TypeError);
    expect(() => invitation.reject({ statusCode: 200 })).toThrow(TypeError);
    expect(() => invitation.reject({ statusCode: 700 })).toThrow(TypeError);
    expect(invitation.state).toBe(SessionState.Initial);
  });

  it("is cancelled", async () => {
    const onCancel = vi.fn();
    const ringing = await ring(offer, {}, { onCancel });
    const { invitation, states, transport } = ringing;
    onCancel.mockImplementation(() => expect(invitation.state).toBe(SessionState.Initial));
    transport.receive(following("CANCEL", ringing));
    expect(onCancel.mock.lastCall![0].request.method).toBe("CANCEL");
    expect(statuses(ringing)).toEqual([100, 180, 200, 487]);
    expect(states).toEqual(["Terminated"]);
  });

  it("is ended by a BYE in the early dialog", async () => {
    const ringing = await ring();
    ringing.transport.receive(following("BYE", ringing));
    expect(ringing.states).toEqual(["Terminated"]);
    expect(statuses(ringing).slice(2).sort()).toEqual([200, 487]);
  });

  it("applies the answer in the ACK though a delegate throws", async () => {
    const uncaught: unknown[] = [];
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", (error) => uncaught.push(error));
    const fail = (): never => {
      throw new Error("of the delegate");
    };
    const ringing = await ring({}, {}, { onAck: fail, onSessionDescriptionHandler: fail });
    await ringing.invitation.accept();
    ringing.transport.receive(following("ACK", ringing, offer.body));
    await settle();
    expect(ringing.handlers[0].calls).toEqual(["get", "set peer"]);
    expect(uncaught).toHaveLength(2);
    process.removeAllListeners("uncaughtException");
    listeners.forEach((listener) => process.on("uncaughtException", listener));
  });

  it("is cancelled while accept() is at work, whose promise is rejected", async () => {
    const ringing = await ring();
    const accepted = ringing.invitation.accept();
    ringing.transport.receive(following("CANCEL", ringing));
    await expect(accepted).rejects.toThrow(Core.TransactionStateError);
    expect(ringing.states).toEqual(["Establishing", "Terminated"]);
    expect(ringing.handlers[0].closed).toBe(1);
    expect(statuses(ringing)).toEqual([100, 180, 200, 487]);
  });

  it("is rejected while accept() is at work, whose promise is rejected", async () => {
    const ringing = await ring();
    const accepted = ringing.invitation.accept();
    await ringing.invitation.reject({ statusCode: 486 });
    await expect(accepted).rejects.toThrow(Core.TransactionStateError);
    expect(statuses(ringing)).toEqual([100, 180, 486]);
    expect(ringing.handlers[0].closed).toBe(1);
  });

  it.each([
    ["the media are refused", offer, 480],
    [
      "the offer is of an unknown type",
      { headers: ["Content-Type: application/x", "Content-Disposition: session"], body: "x" },
      415
    ]
  ])("rejects the INVITE if %s", async (_, parts, status) => {
    const ringing = await ring(
      parts,
      {},
      {
        onSessionDescriptionHandler: () => {
          ringing.handlers[0].failing.get = new Error("Permission denied");
        }
      }
    );
    const { invitation, states } = ringing;
    await expect(invitation.accept()).rejects.toThrow(
      status === 415 ? "Unsupported content type." : "Permission denied"
    );
    expect(statuses(ringing)).toEqual([100, 180, status]);
    expect(states).toEqual(["Establishing", "Terminated"]);
    expect(ringing.handlers[0].closed).toBe(1);
  });

  it("is rejected with 480 if nobody answers it in time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const ringing = await ring(offer, { noAnswerTimeout: 10 });
    vi.advanceTimersByTime(9_999);
    expect(ringing.states).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ringing.states).toEqual(["Terminated"]);
    expect(statuses(ringing).at(-1)).toBe(480);
  });

  it("is rejected with 487 once it has expired", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const ringing = await ring({ ...offer, headers: [...sdp, "Expires: 5"] });
    vi.advanceTimersByTime(5_000);
    expect(statuses(ringing).at(-1)).toBe(487);
  });

  it("is ended by the core with a BYE if its ACK never comes", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const ringing = await ring();
    await ringing.invitation.accept();
    vi.advanceTimersByTime(32_000);
    expect(ringing.transport.sentWith("BYE")).toHaveLength(1);
    expect(ringing.states).toEqual(["Establishing", "Established", "Terminated"]);
  });

  it("has all of its INVITE though the transaction is long over", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    const ringing = await ring({ ...offer, headers: [...sdp, "Subject: hi", "X-Own: 1"] });
    const { invitation, invite, transport } = ringing;
    await invitation.accept();
    transport.receive(following("ACK", ringing));
    vi.advanceTimersByTime(60_000);
    const { request: message } = invitation;
    expect(String(message)).toBe(invite);
    expect(String(message.from)).toBe(header(invite, "From"));
    expect(message.ruri?.user).toBe("alice");
    expect(message.getHeaders("X-Own")).toEqual(["1"]);
    expect(message.headers["Subject"][0].raw).toBe("hi");
    expect(invitation.body).toBe(bodyOf(invite));
  });

  it("waits for the ACK before it sends a BYE", async () => {
    const ringing = await ring();
    const { invitation, states, transport } = ringing;
    await invitation.accept();
    const ack = following("ACK", ringing);
    const ended = invitation.bye();
    expect(invitation.state).toBe(SessionState.Terminating);
    expect(transport.sentWith("BYE")).toEqual([]);
    transport.receive(ack);
    const { message } = await ended;
    expect(message.toString()).toBe(transport.last);
    expect(startLine(transport.last)).toBe("BYE sip:peer@peer.invalid;transport=ws SIP/2.0");
    expect(states).toEqual(["Establishing", "Established", "Terminating", "Terminated"]);
  });

  it("takes the place of the session that Replaces names", async () => {
    const ringing = await ring(offer, { sipExtensionReplaces: SIPExtension.Supported });
    const { invitation, transport, userAgent } = ringing;
    await invitation.accept();
    transport.receive(following("ACK", ringing));
    const { callId, localTag, remoteTag } = invitation.dialog!;
    let second!: Invitation;
    userAgent.delegate = { onInvite: (each) => void (second = each) };
    const replaces = `Replaces: ${callId};to-tag=${localTag};from-tag=${remoteTag}`;
    transport.receive(request("INVITE", { ...offer, headers: [...sdp, replaces] }));
    await settle();
    expect(second.replacee).toBe(invitation);
    await second.accept();
    expect(transport.sentWith("BYE")).toHaveLength(1);
    expect(invitation.state).toBe(SessionState.Terminated);
    expect(second.state).toBe(SessionState.Established);
  });

  it("is answered 481 if Replaces names a session that nobody knows", async () => {
    const headers = [...sdp, "Replaces: x;to-tag=y;from-tag=z"];
    const agent = await startAgent("alice", { sipExtensionReplaces: SIPExtension.Supported });
    const onInvite = vi.fn();
    agent.userAgent.delegate = { onInvite };
    agent.transport.receive(request("INVITE", { ...offer, headers }));
    await settle();
    expect(statuses(agent)).toEqual([100, 481]);
    expect(onInvite).not.toHaveBeenCalled();
  });
});
