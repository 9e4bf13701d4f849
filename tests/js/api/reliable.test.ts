import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SessionState, SIPExtension } from "../../../js/index.js";
import type { Invitation } from "../../../js/index.js";
import { header, request, sdp, startLine } from "./support/message-text.js";
import { settle, startAgent } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

/**
 * What comes of reliable provisional responses in time. What they are beside SIP.js's is in
 * differential/reliable.ts.
 */
describe("A reliable provisional response whose PRACK does not come", () => {
  let agent: TestAgent;
  let invitation: Invitation;
  const outcomes: string[] = [];

  const follow = (what: string, promise: Promise<void>): void => {
    promise.then(
      () => outcomes.push(`${what} resolved`),
      (error: Error) => outcomes.push(`${what} ${error.constructor.name}`)
    );
  };

  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    agent = await startAgent("alice", { sipExtension100rel: SIPExtension.Supported });
    agent.userAgent.delegate = { onInvite: (each) => void (invitation = each) };
    const headers = ["Require: 100rel", ...sdp];
    agent.transport.receive(request("INVITE", { callId: "late", headers, body: "s=peer" }));
    follow("progress", invitation.progress());
    await settle();
  });

  afterEach(async () => {
    agent.userAgent.userAgentCore.reset();
    await settle();
    outcomes.length = 0;
    vi.useRealTimers();
  });

  it("is sent again, then the INVITE is answered 504 and progress() rejected, as in SIP.js", async () => {
    vi.advanceTimersByTime(31_000);
    await settle();
    expect(agent.transport.sentWith("SIP/2.0 183")).toHaveLength(6);
    expect(outcomes).toEqual([]);
    vi.advanceTimersByTime(1_000);
    await settle();
    expect(startLine(agent.transport.last)).toBe("SIP/2.0 504 Server Time-out");
    expect(invitation.state).toBe(SessionState.Terminated);
    expect(outcomes).toEqual(["progress SessionTerminatedError"]);
  });

  it("fails accept() in the same way", async () => {
    follow("accept", invitation.accept());
    vi.advanceTimersByTime(32_000);
    await settle();
    expect(outcomes.sort()).toEqual([
      "accept SessionTerminatedError",
      "progress SessionTerminatedError"
    ]);
    expect(agent.transport.sentWith("SIP/2.0 200")).toEqual([]);
  });

  it("is not waited for by an INVITE that comes after it", async () => {
    await invitation.reject();
    await settle();
    expect(outcomes).toEqual(["progress resolved"]);
    const headers = ["Require: 100rel", ...sdp];
    agent.transport.receive(request("INVITE", { callId: "next", headers, body: "s=peer" }));
    follow("next", invitation.progress());
    await settle();
    const { last } = agent.transport;
    expect(startLine(last)).toBe("SIP/2.0 183 Session Progress");
    const uri = /<([^>]*)>/.exec(header(last, "Contact"))![1];
    const rack = `RAck: ${header(last, "RSeq")} 1 INVITE`;
    const to = header(last, "To");
    agent.transport.receive(
      request("PRACK", { uri, to, callId: "next", cseq: 2, headers: [rack] })
    );
    await settle();
    expect(outcomes).toEqual(["progress resolved", "next resolved"]);
  });
});
