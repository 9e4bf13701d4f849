import { describe, expect, it, vi } from "vitest";
import { Inviter, SessionState, UserAgent } from "../../../js/index.js";
import type { InviterOptions, UserAgentOptions } from "../../../js/index.js";
import {
  bodyOf,
  header,
  headers,
  inDialog,
  reply,
  request,
  sdp,
  startLine
} from "./support/message-text.js";
import { address, settle, startAgent, statesOf } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

const contact = "Contact: <sip:peer@peer.invalid;transport=ws>";
const answer = { headers: [contact, ...sdp], body: "v=0\r\ns=peer\r\n" };

interface Call extends TestAgent {
  inviter: Inviter;
  states: string[];
  log: string[];
  invite: string;
}

/** Alice has sent an INVITE; the peer is the test. */
async function call(
  options: InviterOptions = {},
  agentOptions: Partial<UserAgentOptions> = {}
): Promise<Call> {
  const agent = await startAgent("alice", agentOptions);
  const inviter = new Inviter(agent.userAgent, address("bob"), options);
  const states = statesOf(inviter);
  const log: string[] = [];
  await inviter.invite({
    requestDelegate: {
      onAccept: ({ message }) => void log.push(`onAccept ${message.statusCode} ${inviter.state}`),
      onProgress: ({ message }) => void log.push(`onProgress ${message.statusCode}`),
      onRedirect: ({ message }) => void log.push(`onRedirect ${message.statusCode}`),
      onReject: ({ message }) => void log.push(`onReject ${message.statusCode} ${inviter.state}`),
      onTrying: () => void log.push("onTrying")
    }
  });
  return { ...agent, inviter, states, log, invite: agent.transport.last };
}

describe("Inviter", () => {
  it("says whom it is for and from when its INVITE has been sent as before", async () => {
    const params = { fromUri: "sips:me@example.com:5061;a=b", fromDisplayName: 'a "b"' };
    const { userAgent, inviter, invite } = await call({ params });
    const { request } = new Inviter(userAgent, address("bob"), { params });
    for (const name of ["ruri", "fromURI", "toURI"] as const) {
      expect(inviter.request[name].toRaw()).toBe(request[name].toRaw());
    }
    expect(inviter.request.fromURI.port).toBe(5061);
    expect(String(inviter.localIdentity)).toBe(header(invite, "From"));
    expect(String(inviter.remoteIdentity)).toBe(header(invite, "To"));
    expect(String(inviter.request)).toBe(invite);
  });

  it("makes the INVITE that SIP.js makes", async () => {
    const { userAgent } = await startAgent("alice", { contactName: "me", viaHost: "v.invalid" });
    const inviter = new Inviter(userAgent, address("bob"), {
      extraHeaders: ["X-A: 1"],
      params: {
        fromDisplayName: "F",
        fromUri: "sip:from@example.com",
        toDisplayName: "T",
        toUri: UserAgent.makeURI("sip:to@example.com")
      }
    });
    const text = inviter.request.toString();
    expect(startLine(text)).toBe("INVITE sip:bob@example.com SIP/2.0");
    expect(header(text, "From")).toMatch(/^"F" <sip:from@example\.com>;tag=\w{10}$/);
    expect(header(text, "To")).toBe('"T" <sip:to@example.com>');
    expect(headers(text, "X-A")).toEqual(["1"]);
    expect(header(text, "Contact")).toBe("<sip:me@v.invalid;transport=ws;ob>");
    expect(header(text, "Allow")).toBe("ACK,CANCEL,INVITE,MESSAGE,BYE,OPTIONS,INFO,NOTIFY,REFER");
    expect(inviter.id).toBe(inviter.request.callId + inviter.request.fromTag);
    expect(userAgent._sessions[inviter.id]).toBe(inviter);
    expect(String(inviter.localIdentity)).toBe(header(text, "From"));
    expect(String(inviter.remoteIdentity)).toBe(header(text, "To"));
  });

  it("keeps an anonymous caller's name to itself", async () => {
    const { userAgent } = await startAgent("alice", { displayName: "Alice" });
    const { request } = new Inviter(userAgent, address("bob"), { anonymous: true });
    const text = request.toString();
    expect(header(text, "From")).toMatch(
      /^"Anonymous" <sip:anonymous@anonymous\.invalid>;tag=\w+$/
    );
    expect(header(text, "Contact")).toBe("<sip:anonymous@anonymous.invalid;transport=ws;ob>");
    expect(header(text, "Privacy")).toBe("id");
    expect(header(text, "P-Preferred-Identity")).toBe("sip:alice@example.com");
  });

  it("establishes a session: offer in the INVITE, answer in the 2xx", async () => {
    const { inviter, states, log, invite, transport, handlers } = await call();
    expect(inviter.state).toBe(SessionState.Establishing);
    expect(bodyOf(invite)).toBe("v=0\r\ns=alice\r\n");
    expect(inviter.body).toEqual({ body: bodyOf(invite), contentType: "application/sdp" });
    transport.receive(reply(invite, 100));
    transport.receive(reply(invite, 180));
    transport.receive(reply(invite, 200, answer));
    await settle();
    expect(handlers[0].calls).toEqual(["get", "set peer"]);
    expect(startLine(transport.last)).toBe("ACK sip:peer@peer.invalid;transport=ws SIP/2.0");
    expect(states).toEqual(["Establishing", "Established"]);
    expect(log).toEqual(["onTrying", "onProgress 180", "onAccept 200 Established"]);
    expect(inviter.dialog?.remoteTag).toBe("peer");
    await expect(inviter.cancel()).rejects.toThrow("Invalid session state Established");
  });

  it("establishes a session: offer in the 2xx, answer in the ACK", async () => {
    const { states, invite, transport, handlers } = await call({ inviteWithoutSdp: true });
    expect(bodyOf(invite)).toBe("");
    transport.receive(reply(invite, 200, answer));
    await settle();
    expect(handlers[0].calls).toEqual(["set peer", "get"]);
    expect(bodyOf(transport.last)).toBe("v=0\r\ns=alice\r\n");
    expect(states).toEqual(["Establishing", "Established"]);
  });

  it("sends the body that is to be shown with an INVITE without an offer", async () => {
    const options = { inviteWithoutSdp: true, renderbody: "hello", rendertype: "text/plain" };
    const { invite } = await call(options);
    expect([header(invite, "Content-Type"), bodyOf(invite)]).toEqual(["text/plain", "hello"]);
  });

  it.each([
    [404, ["onReject 404 Terminated"]],
    [302, ["onRedirect 302"]],
    [603, ["onReject 603 Terminated"]]
  ])("ends when it is answered with %i", async (status, expected) => {
    const { states, log, invite, transport, handlers, userAgent } = await call();
    transport.receive(reply(invite, status));
    expect(states).toEqual(["Establishing", "Terminated"]);
    expect(log).toEqual(expected);
    expect(handlers[0].closed).toBe(1);
    expect(startLine(transport.last)).toBe("ACK sip:bob@example.com SIP/2.0");
    expect(userAgent._sessions).toEqual({});
  });

  it("ends when the connection is lost before the final response", async () => {
    const { log, transport, handlers } = await call();
    transport.lose();
    await settle();
    expect(log).toEqual(["onReject 503 Terminated"]);
    expect(handlers[0].closed).toBe(1);
  });

  it("is cancelled after a provisional response, with a reason", async () => {
    const { inviter, states, log, invite, transport } = await call();
    transport.receive(reply(invite, 180));
    await settle();
    const cancelled = inviter.cancel({
      statusCode: 486,
      reasonPhrase: "ignored",
      extraHeaders: ["X-C: 1"]
    });
    expect(inviter.state).toBe(SessionState.Terminating);
    const cancel = transport.last;
    expect(startLine(cancel)).toBe("CANCEL sip:bob@example.com SIP/2.0");
    expect(header(cancel, "Reason")).toBe('SIP;cause=486;text="Busy Here"');
    expect(header(cancel, "X-C")).toBe("1");
    await cancelled;
    transport.receive(reply(cancel, 200));
    transport.receive(reply(invite, 487));
    expect(states).toEqual(["Establishing", "Terminating", "Terminated"]);
    expect(log).toEqual(["onProgress 180", "onReject 487 Terminated"]);
    await expect(inviter.cancel()).rejects.toThrow("Invalid session state Terminated");
  });

  it("lets the CANCEL wait for the first response", async () => {
    const { inviter, invite, transport } = await call();
    await inviter.cancel();
    expect(transport.sentWith("CANCEL")).toEqual([]);
    transport.receive(reply(invite, 100));
    expect(transport.sentWith("CANCEL")).toHaveLength(1);
  });

  it("acknowledges a 2xx that was faster than the CANCEL, and ends it with a BYE", async () => {
    const { inviter, states, invite, transport, handlers } = await call();
    transport.receive(reply(invite, 180));
    await inviter.cancel();
    transport.receive(reply(invite, 200, answer));
    await settle();
    const methods = transport.sent.map((message) => message.split(" ")[0]);
    expect(methods).toEqual(["INVITE", "CANCEL", "ACK", "BYE"]);
    expect(states).toEqual(["Establishing", "Terminating", "Terminated"]);
    expect(handlers[0].calls).toEqual(["get", "close"]);
  });

  it("is cancelled while the answer of a 2xx is still being applied", async () => {
    const { inviter, states, invite, transport } = await call();
    transport.receive(reply(invite, 200, answer));
    await inviter.cancel();
    await settle();
    const methods = transport.sent.map((message) => message.split(" ")[0]);
    expect(methods).toEqual(["INVITE", "ACK", "BYE"]);
    expect(states).toEqual(["Establishing", "Terminating", "Terminated"]);
  });

  it("is cancelled before the INVITE is sent", async () => {
    const { userAgent, transport, handlers } = await startAgent("alice");
    const inviter = new Inviter(userAgent, address("bob"));
    const invited = inviter.invite();
    await inviter.cancel();
    await expect(invited).rejects.toThrow("Invalid state transition from Terminated");
    expect(transport.sent).toEqual([]);
    expect(handlers[0].closed).toBe(1);
  });

  it("ends with the media's error if there is no offer", async () => {
    const { userAgent, transport, handlers } = await startAgent("alice");
    const inviter = new Inviter(userAgent, address("bob"), {
      delegate: {
        onSessionDescriptionHandler: () => {
          handlers[0].failing.get = new Error("Permission denied");
        }
      }
    });
    await expect(inviter.invite()).rejects.toThrow("Permission denied");
    expect(inviter.state).toBe(SessionState.Terminated);
    expect(handlers[0].closed).toBe(1);
    expect(transport.sent).toEqual([]);
    await expect(inviter.invite()).rejects.toThrow("Invalid session state Terminated");
  });

  it.each([
    ["an answer that cannot be applied", answer, 488],
    ["no answer", { headers: [contact] }, 400],
    [
      "an answer of an unknown type",
      {
        ...answer,
        headers: [contact, "Content-Type: application/x", "Content-Disposition: session"]
      },
      488
    ]
  ])("acknowledges a 2xx with %s, and ends it with a BYE", async (_, parts, cause) => {
    const { log, states, invite, transport, handlers } = await call();
    handlers[0].failing.set = new Error("No such codec");
    transport.receive(reply(invite, 200, parts));
    await settle();
    const [ack, bye] = transport.sent.slice(1);
    expect([startLine(ack).slice(0, 3), startLine(bye).slice(0, 3)]).toEqual(["ACK", "BYE"]);
    expect(header(bye, "Reason")).toContain(`cause=${cause};`);
    expect(states).toEqual(["Establishing", "Terminated"]);
    expect(handlers[0].closed).toBe(1);
    expect(log).toEqual(["onAccept 200 Terminated"]);
  });

  it("ends every further dialog that the INVITE's forks make", async () => {
    const { states, invite, transport } = await call();
    transport.receive(reply(invite, 200, { ...answer, toTag: "one" }));
    transport.receive(reply(invite, 200, { ...answer, toTag: "two" }));
    await settle();
    const byes = transport.sentWith("BYE");
    expect(byes).toHaveLength(1);
    expect(header(byes[0], "To")).toContain("tag=two");
    expect(states).toEqual(["Establishing", "Established"]);
  });

  it("applies an answer in a provisional response with earlyMedia, and not again", async () => {
    const { states, invite, transport, handlers } = await call({ earlyMedia: true });
    transport.receive(reply(invite, 183, answer));
    await settle();
    expect(handlers[0].calls).toEqual(["get", "set peer"]);
    transport.receive(reply(invite, 200, answer));
    await settle();
    expect(handlers[0].calls).toEqual(["get", "set peer"]);
    expect(states).toEqual(["Establishing", "Established"]);
  });

  it("does not accept somebody else's 2xx with earlyMedia", async () => {
    const { states, invite, transport } = await call({ earlyMedia: true });
    transport.receive(reply(invite, 183, { ...answer, toTag: "one" }));
    transport.receive(reply(invite, 200, { ...answer, toTag: "two" }));
    await settle();
    expect(transport.sentWith("BYE")).toHaveLength(1);
    expect(states).toEqual(["Establishing", "Terminated"]);
  });

  it("ignores an answer in a provisional response otherwise", async () => {
    const { invite, transport, handlers } = await call();
    transport.receive(reply(invite, 183, answer));
    await settle();
    expect(handlers[0].calls).toEqual(["get"]);
  });

  it("ends when the peer hangs up before the answer is applied", async () => {
    const { inviter, states, invite, transport } = await call();
    transport.receive(reply(invite, 200, answer));
    transport.receive(request("BYE", inDialog(invite)));
    await settle();
    expect(states).toEqual(["Establishing", "Terminated"]);
    expect(inviter.state).toBe(SessionState.Terminated);
    expect(transport.sentWith("SIP/2.0 200")).toHaveLength(1);
  });

  it("passes its options and modifiers to the media", async () => {
    const modifier = async (description: RTCSessionDescriptionInit) => description;
    const { invite, transport, handlers } = await call({
      sessionDescriptionHandlerOptions: { constraints: { audio: true } },
      sessionDescriptionHandlerModifiers: [modifier, modifier]
    });
    transport.receive(reply(invite, 200, answer));
    await settle();
    expect(handlers[0].options).toEqual([
      [{ constraints: { audio: true } }, 2],
      [{ constraints: { audio: true } }, 2]
    ]);
  });

  it("exchanges descriptions of another kind than SDP, if the media speak it", async () => {
    const { inviter, transport, handlers } = await call({
      delegate: {
        onSessionDescriptionHandler: (handler) => {
          handler.getDescription = async () => ({ body: "{}", contentType: "application/json" });
          handler.hasDescription = (contentType) => contentType === "application/json";
        }
      }
    });
    expect(header(transport.last, "Content-Disposition")).toBe("session");
    const kind = ["Content-Type: application/json", "Content-Disposition: session"];
    transport.receive(reply(transport.last, 200, { headers: [contact, ...kind], body: "[]" }));
    await settle();
    expect(handlers[0].calls).toEqual(["set []"]);
    expect(inviter.state).toBe(SessionState.Established);
  });

  it("reads the asserted identity of the peer", async () => {
    const { inviter, invite, transport } = await call();
    const asserted = 'P-Asserted-Identity: "Bob" <sip:bob@example.com>';
    transport.receive(reply(invite, 180, { headers: [asserted] }));
    expect(String(inviter.assertedIdentity)).toBe('"Bob" <sip:bob@example.com>');
  });

  it("can be invited once", async () => {
    const { userAgent, transport } = await startAgent("alice");
    const inviter = new Inviter(userAgent, address("bob"));
    const first = inviter.invite();
    await expect(inviter.invite()).rejects.toThrow("INVITE in progress.");
    await first;
    await expect(inviter.invite()).rejects.toThrow("Invalid session state Establishing");
    expect(transport.sentWith("INVITE")).toHaveLength(1);
  });

  it("survives listeners and delegates that throw", async () => {
    const uncaught: unknown[] = [];
    const listeners = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", (error) => uncaught.push(error));
    const { inviter, states, invite, transport } = await call();
    inviter.stateChange.addListener(() => {
      throw new Error("of the listener");
    });
    inviter.delegate = {
      onBye: () => {
        throw new Error("of the delegate");
      }
    };
    transport.receive(reply(invite, 200, answer));
    await settle();
    expect(() => transport.receive(request("BYE", inDialog(invite)))).toThrow("of the delegate");
    await settle();
    expect(states).toEqual(["Establishing", "Established", "Terminated"]);
    expect(uncaught).toHaveLength(2);
    process.removeAllListeners("uncaughtException");
    listeners.forEach((listener) => process.on("uncaughtException", listener));
  });

  it("disposes of itself: a ringing call is cancelled", async () => {
    const { inviter, invite, transport } = await call();
    transport.receive(reply(invite, 180));
    const disposed = vi.fn();
    void inviter.dispose().then(disposed);
    await settle();
    expect(transport.sentWith("CANCEL")).toHaveLength(1);
    expect(disposed).toHaveBeenCalled();
  });
});
