import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Core } from "../../../js/index.js";
import { header, inDialog, reply, request, sdp, startLine } from "../api/support/message-text.js";
import { address, startAgent } from "../api/support/user-agents.js";
import type { TestAgent } from "../api/support/user-agents.js";

const applicationError = new Error("Of the application.");
const { resolve } = createRequire(import.meta.url);
type Any = any;

/** Every method of a delegate, as SIP.js declares it. */
function methodsOf(file: string): string[] {
  const path = resolve("sip.js/package.json").replace("package.json", `lib/core/${file}.d.ts`);
  return [...readFileSync(path, "utf8").matchAll(/^ {4}(on\w+)\??\(/gm)].map(([, name]) => name);
}

let agent: TestAgent;
let core: Core.UserAgentCore;
let called: boolean;

/** A delegate that accepts what it is given, and throws. */
const throwing = (method: string) => ({
  [method]: (given?: Any) => {
    called = true;
    given?.accept?.();
    throw applicationError;
  }
});

/** A message comes in, or time goes by: who brings it hears of the error. */
function expectThrown(what: () => void): void {
  expect(what).toThrow(applicationError);
  expect(called).toBe(true);
}

const receive = (method: string, parts: Parameters<typeof request>[1] = {}): string => {
  const text = request(method, parts);
  agent.transport.receive(text);
  return text;
};

/** The core goes on as before. */
function expectAlive(): void {
  const before = agent.transport.sent.length;
  receive("OPTIONS");
  expect(startLine(agent.transport.sent[before])).toBe("SIP/2.0 200 OK");
}

/** A session of which we are the caller, and its INVITE. */
function call(): [Core.Session, string] {
  let session!: Core.Session;
  const bob = address("bob");
  const invite = core.makeOutgoingRequestMessage("INVITE", bob, address("alice"), bob, {}, [], {
    contentDisposition: "session",
    contentType: "application/sdp",
    content: "offer"
  });
  core.invite(invite, {
    onAccept: (response) => {
      response.ack();
      ({ session } = response);
    }
  });
  const sent = agent.transport.last;
  const headers = ["Contact: <sip:peer@peer.invalid>", ...sdp];
  agent.transport.receive(reply(sent, 200, { headers, body: "answer" }));
  return [session, sent];
}

/** An INVITE that came in, and its text. */
function ring(...headers: string[]): [Core.IncomingInviteRequest, string] {
  let incoming!: Core.IncomingInviteRequest;
  core.delegate.onInvite = (each) => void (incoming = each);
  const text = receive("INVITE", {
    headers: [...sdp, ...headers],
    body: "offer",
    callId: "c"
  });
  return [incoming, text];
}

const answer = { contentDisposition: "session", contentType: "application/sdp", content: "answer" };
const more = ["Event: talk", "Subscription-State: active", "Refer-To: <sip:c@example.com>"];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  agent = await startAgent("alice");
  core = agent.userAgent.userAgentCore;
  called = false;
});

afterEach(() => {
  core.reset();
  vi.useRealTimers();
});

describe("An error of the application's comes out once, and all goes on, when it is thrown by the core's", () => {
  it.each(methodsOf("user-agent-core/user-agent-core-delegate"))("%s", (method) => {
    core.delegate = throwing(method);
    expectThrown(() => {
      receive(method.slice(2).toUpperCase(), { headers: more });
    });
    expect(agent.transport.sentWith("SIP/2.0 20")).toHaveLength(1);
    expectAlive();
  });
});

describe("... by a session's", () => {
  const own: { [method: string]: () => void } = {
    onAck: () => {
      const [incoming, text] = ring();
      const { session, message } = incoming.accept({ statusCode: 200, body: answer });
      session.delegate = throwing("onAck");
      const to = header(message, "To");
      expectThrown(() => void receive("ACK", { to, callId: header(text, "Call-ID") }));
    },
    onAckTimeout: () => {
      const [incoming] = ring();
      incoming.accept({ statusCode: 200, body: answer }).session.delegate =
        throwing("onAckTimeout");
      expectThrown(() => void vi.advanceTimersByTime(32_000));
      expect(agent.transport.sentWith("BYE")).toHaveLength(1);
    },
    onPrack: () => {
      const [incoming] = ring("Supported: 100rel");
      const extraHeaders = ["Require: 100rel"];
      const { session, message } = incoming.progress({ statusCode: 183, extraHeaders });
      session.delegate = throwing("onPrack");
      const headers = [`RAck: ${header(message, "RSeq")} 1 INVITE`];
      const to = header(message, "To");
      expectThrown(() => void receive("PRACK", { to, callId: "c", cseq: 2, headers }));
      expect(startLine(agent.transport.last)).toMatch("200");
    }
  };

  it.each(methodsOf("session/session-delegate"))("%s", (method) => {
    if (method in own) {
      own[method]();
    } else {
      const [session, invite] = call();
      session.delegate = throwing(method);
      const headers = method === "onInvite" ? sdp : more;
      const body = method === "onInvite" ? "offer" : "";
      const parts = { ...inDialog(invite), headers, body };
      expectThrown(() => void receive(method.slice(2).toUpperCase(), parts));
      expect(agent.transport.sentWith("SIP/2.0 20")).toHaveLength(1);
    }
    expectAlive();
  });
});

describe("... by a subscription's", () => {
  it.each(methodsOf("subscription/subscription-delegate"))("%s", (method) => {
    let subscription!: Core.Subscription;
    const bob = address("bob");
    const message = core.makeOutgoingRequestMessage("SUBSCRIBE", bob, address("alice"), bob, {}, [
      "Event: presence",
      "Expires: 600"
    ]);
    core.subscribe(message, {
      onNotify: (notify) => {
        notify.request.accept();
        subscription = notify.subscription!;
      }
    });
    const sent = agent.transport.last;
    const notify = (cseq: number, state: string): void => {
      const headers = ["Event: presence", `Subscription-State: ${state}`];
      receive("NOTIFY", { ...inDialog(sent), cseq, headers });
    };
    notify(1, "active;expires=600");
    subscription.autoRefresh = true;
    subscription.delegate = throwing(method);
    if (method === "onRefresh") {
      expectThrown(() => void vi.advanceTimersByTime(540_000));
      expect(agent.transport.sentWith("SUBSCRIBE")).toHaveLength(2);
    } else if (method === "onTerminated") {
      // The refresh is not answered, and no NOTIFY comes.
      vi.advanceTimersByTime(540_000);
      expectThrown(() => void vi.advanceTimersByTime(32_000));
    } else {
      expectThrown(() => notify(2, "active;expires=600"));
      expect(startLine(agent.transport.last)).toBe("SIP/2.0 200 OK");
    }
    expectAlive();
  });
});
