import { describe, expect, it, vi } from "vitest";
import { engine } from "../../../js/engine/engine.js";
import { InviteUserAgentServer } from "../../../js/core/user-agents/invite-user-agent-server.js";
import { TransactionStateError } from "../../../js/core/exceptions/transaction-state-error.js";
import { SignalingState } from "../../../js/core/session/session.js";
import type { IncomingInviteRequest } from "../../../js/core/messages/methods/invite.js";
import type { IncomingPrackRequest } from "../../../js/core/messages/methods/prack.js";
import type { UserAgentCore } from "../../../js/core/user-agent-core/user-agent-core.js";
import { header, inDialog, reply, request, sdp, startLine } from "../api/support/message-text.js";
import { address, startAgent } from "../api/support/user-agents.js";
import type { TestAgent } from "../api/support/user-agents.js";

async function start(): Promise<TestAgent & { core: UserAgentCore }> {
  const agent = await startAgent("alice");
  return { ...agent, core: agent.userAgent.userAgentCore };
}

function invite(core: UserAgentCore, body?: string) {
  return core.makeOutgoingRequestMessage(
    "INVITE",
    address("bob"),
    address("alice"),
    address("bob"),
    {},
    [],
    body
      ? { contentDisposition: "session", contentType: "application/sdp", content: body }
      : undefined
  );
}

describe("UserAgentCore", () => {
  it("needs nothing of the stack before it is used, and leaves nothing in it", async () => {
    const before = engine().size;
    const { core, userAgent } = await start();
    expect(engine().size).toBe(before);
    core.request(invite(core));
    expect(core.userAgentClients.size).toBe(1);
    await userAgent.stop();
    expect(engine().size).toBe(before);
    expect(core.userAgentClients.size).toBe(0);
  });

  it("warns of what it read in spite of its form, in one line", async () => {
    const lines: string[] = [];
    const { transport } = await startAgent("alice", {
      logConnector: (level, category, _label, content) => {
        if (level === "warn") {
          lines.push(`${category}: ${content}`);
        }
      }
    });
    transport.receive(request("OPTIONS", { headers: ["Refer-To: <<>", "Contact: a@b <sip:a@b>"] }));
    expect(lines).toEqual(["sip.Parser: Refer-To cannot be read; Contact is not well-formed"]);
    expect(startLine(transport.last)).toMatch("200");
    transport.receive(request("OPTIONS", {}));
    expect(lines).toHaveLength(1);
  });

  it("goes by the lists of its configuration as they are when a message comes", async () => {
    const { core, transport } = await start();
    const { configuration } = core;
    const answered = (name: string): string | undefined => {
      transport.receive(request("OPTIONS", {}));
      return new RegExp(`^${name}: (.*)\r`, "m").exec(transport.last)?.[1];
    };
    expect(answered("Supported")).not.toMatch("timer");
    configuration.supportedOptionTagsResponse.push("timer", "tdialog");
    expect(answered("Supported")).toMatch(/, timer, tdialog$/);
    configuration.supportedOptionTagsResponse.pop();
    expect(answered("Supported")).toMatch(/, timer$/);
    configuration.acceptedContentTypes = ["text/plain", "text/html"];
    expect(answered("Accept")).toBe("text/plain, text/html");
    configuration.acceptedContentTypes[1] = "text/html;level=1";
    expect(answered("Accept")).toBe("text/plain, text/html;level=1");
  });

  it("refuses a configuration that cannot be sent each time, and goes on once it can be", async () => {
    const { core, transport } = await start();
    transport.receive(request("OPTIONS", {}));
    core.configuration.viaHost = "a\r\nb";
    const receive = (): void => transport.receive(request("OPTIONS", {}));
    expect(receive).toThrow(TypeError);
    expect(receive).toThrow(TypeError);
    core.configuration.viaHost = "a.invalid";
    receive();
    expect(startLine(transport.last)).toMatch("200");
  });

  it("tells the delegate of a request of each class of response", async () => {
    const { core, transport } = await start();
    const options = {
      onAccept: vi.fn(),
      onRedirect: vi.fn(),
      onReject: vi.fn(),
      onTrying: vi.fn()
    };
    for (const [status, method] of [
      [200, "onAccept"],
      [302, "onRedirect"],
      [404, "onReject"],
      [603, "onReject"]
    ] as const) {
      const sent = core.makeOutgoingRequestMessage(
        "MESSAGE",
        address("bob"),
        address("alice"),
        address("bob"),
        {}
      );
      core.message(sent, options);
      transport.receive(reply(transport.last, 100));
      transport.receive(reply(transport.last, status));
      expect(options[method].mock.lastCall![0].message.statusCode).toBe(status);
    }
    expect(options.onTrying).toHaveBeenCalledTimes(4);
  });

  it("gives an INVITE's responses their session, with offer and answer", async () => {
    const { core, transport } = await start();
    const onAccept = vi.fn();
    const onProgress = vi.fn();
    core.invite(invite(core, "offer"), { onAccept, onProgress });
    transport.receive(reply(transport.last, 180));
    const { session } = onProgress.mock.lastCall![0];
    expect(session.signalingState).toBe(SignalingState.HaveLocalOffer);
    const contact = "Contact: <sip:peer@peer.invalid>";
    transport.receive(
      reply(transport.sent[0], 200, { headers: [contact, ...sdp], body: "answer" })
    );
    const response = onAccept.mock.lastCall![0];
    expect(response.session).toBe(session);
    expect(session.signalingState).toBe(SignalingState.Stable);
    expect([session.offer.content, session.answer.content]).toEqual(["offer", "answer"]);
    expect(session.id).toBe(session.callId + session.localTag + session.remoteTag);
    expect(String(session.remoteTarget)).toBe("sip:peer@peer.invalid");
    expect(core.dialogs.get(session.id)).toBe(session);

    const { message } = response.ack();
    expect(message.toString()).toBe(transport.last);
    expect(startLine(transport.last)).toBe("ACK sip:peer@peer.invalid SIP/2.0");

    session.bye();
    expect(core.dialogs.size).toBe(0);
  });

  it("acknowledges a 2xx that nobody takes", async () => {
    const { core, transport } = await start();
    core.invite(invite(core));
    transport.receive(
      reply(transport.last, 200, { headers: ["Contact: <sip:peer@peer.invalid>"] })
    );
    expect(transport.sentWith("ACK")).toHaveLength(1);
  });

  it("answers an INVITE, and refuses a second final response", async () => {
    const { core, transport } = await start();
    let incoming!: IncomingInviteRequest;
    core.delegate.onInvite = (each) => (incoming = each);
    transport.receive(request("INVITE", { headers: sdp, body: "offer" }));
    expect(incoming).toBeInstanceOf(InviteUserAgentServer);
    expect(startLine(transport.last)).toBe("SIP/2.0 100 Trying");
    expect(() => incoming.accept({ statusCode: 180 })).toThrow(TypeError);
    const { session } = incoming.progress();
    const response = incoming.accept({
      statusCode: 200,
      extraHeaders: ["X-A: 1"],
      body: { contentDisposition: "session", contentType: "application/sdp", content: "answer" }
    });
    expect(response.message).toBe(transport.last);
    expect(header(transport.last, "X-A")).toBe("1");
    expect(response.session).toBe(session);
    expect(session.signalingState).toBe(SignalingState.Stable);
    expect([session.offer!.content, session.answer!.content]).toEqual(["offer", "answer"]);
    expect(() => incoming.reject()).toThrow(TransactionStateError);
  });

  it("acknowledges a reliable provisional response with its numbers", async () => {
    const { core, transport } = await start();
    const onProgress = vi.fn();
    core.invite(invite(core, "offer"), { onProgress });
    const sent = transport.last;
    const headers = ["Contact: <sip:peer@peer.invalid>", "Require: 100rel", "RSeq: 7", ...sdp];
    transport.receive(reply(sent, 183, { headers, body: "answer" }));
    const { session, prack } = onProgress.mock.lastCall![0];
    expect(session.signalingState).toBe(SignalingState.Stable);
    expect(session.answer.content).toBe("answer");
    prack({ extraHeaders: ["X-A: 1"] });
    expect(startLine(transport.last)).toBe("PRACK sip:peer@peer.invalid SIP/2.0");
    expect(header(transport.last, "RAck")).toBe(`7 ${header(sent, "CSeq")}`);
    expect(header(transport.last, "X-A")).toBe("1");
    // The same once more is nothing new (RFC 3262 section 4).
    transport.receive(reply(sent, 183, { headers, body: "answer" }));
    expect(onProgress).toHaveBeenCalledTimes(1);
  });

  it.each([true, false])("takes a PRACK, with a delegate: %s", async (delegated) => {
    const { core, transport } = await start();
    let incoming!: IncomingInviteRequest;
    core.delegate.onInvite = (each) => (incoming = each);
    const supported = [...sdp, "Supported: 100rel"];
    transport.receive(request("INVITE", { headers: supported, body: "offer", callId: "c" }));
    const { session, message } = incoming.progress({
      statusCode: 183,
      extraHeaders: ["Require: 100rel"],
      body: { contentDisposition: "session", contentType: "application/sdp", content: "answer" }
    });
    expect([session.signalingState, session.answer!.content]).toEqual(["Stable", "answer"]);
    expect(() => incoming.accept()).toThrow(TransactionStateError);
    const onPrack = vi.fn((prack: IncomingPrackRequest) => prack.accept({ statusCode: 202 }));
    session.delegate = delegated ? { onPrack } : undefined;
    const rack = `RAck: ${header(message, "RSeq")} 1 INVITE`;
    const to = header(message, "To");
    transport.receive(request("PRACK", { callId: "c", to, cseq: 2, headers: [rack] }));
    expect(startLine(transport.last)).toMatch(delegated ? "202" : "200");
    expect(onPrack).toHaveBeenCalledTimes(delegated ? 1 : 0);
    transport.receive(request("PRACK", { callId: "c", to, cseq: 3, headers: [rack] }));
    expect(startLine(transport.last)).toMatch("481");
    incoming.accept();
  });

  it.each([
    ["INVITE", "486"],
    ["MESSAGE", "200"],
    ["NOTIFY", "405"],
    ["REFER", "405"],
    ["INFO", "405"],
    ["BYE", "481"]
  ])("answers %s by itself with %s if nobody listens", async (method, status) => {
    const { core, transport } = await start();
    core.delegate = {};
    transport.receive(request(method, { headers: ["Refer-To: <sip:c@d>", "Event: x"] }));
    expect(startLine(transport.last).split(" ")[1]).toBe(status);
  });

  it("delivers what comes within a dialog to its session, and answers for it by default", async () => {
    const { core, transport } = await start();
    const onAccept = vi.fn();
    core.invite(invite(core, "offer"), { onAccept });
    const sent = transport.last;
    const headers = ["Contact: <sip:peer@peer.invalid>", ...sdp];
    transport.receive(reply(sent, 200, { headers, body: "answer" }));
    const { session, ack } = onAccept.mock.lastCall![0];
    ack();
    const onInfo = vi.fn();
    session.delegate = { onInfo };
    transport.receive(request("INFO", { ...inDialog(sent), cseq: 1 }));
    expect(onInfo).toHaveBeenCalledTimes(1);
    session.delegate = undefined;
    const answers: { [method: string]: string } = {};
    let cseq = 1;
    for (const method of ["INFO", "MESSAGE", "NOTIFY", "INVITE", "OPTIONS", "FOO", "BYE"]) {
      transport.receive(request(method, { ...inDialog(sent), cseq: ++cseq }));
      answers[method] = startLine(transport.last).split(" ")[1];
    }
    expect(answers).toEqual({
      INFO: "469",
      MESSAGE: "200",
      NOTIFY: "200",
      INVITE: "488",
      OPTIONS: "200",
      FOO: "501",
      BYE: "200"
    });
  });
});
