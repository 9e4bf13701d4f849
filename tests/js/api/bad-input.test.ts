import { afterEach, describe, expect, it, vi } from "vitest";
import {
  Inviter,
  Messager,
  Registerer,
  RegistererState,
  SessionState,
  UserAgent
} from "../../../js/index.js";
import type { Invitation, UserAgentOptions } from "../../../js/index.js";
import { FakeNetwork } from "../../support/js/fake-websocket.js";
import { header, reply, request, sdp } from "./support/message-text.js";
import { address, makeAgent, settle, startAgent } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

let agent: TestAgent;

/** The user agent is as good as new: it can register and call. */
async function expectUsable({ userAgent, transport }: TestAgent): Promise<void> {
  const registerer = new Registerer(userAgent);
  await registerer.register();
  transport.receive(reply(transport.last, 200));
  expect(registerer.state).toBe(RegistererState.Registered);
  const inviter = new Inviter(userAgent, address("bob"));
  await inviter.invite();
  transport.receive(reply(transport.last, 486));
  expect(inviter.state).toBe(SessionState.Terminated);
  expect(userAgent._sessions).toEqual({});
}

afterEach(() => {
  agent?.userAgent.userAgentCore.reset();
});

describe("A server that cannot be used", () => {
  const cases: Array<[string, (network: FakeNetwork) => void]> = [
    ["is unreachable", ({ latest }) => latest.fail()],
    ["refuses the path", ({ latest }) => latest.fail()],
    ["agrees to no sub-protocol", ({ latest }) => latest.accept("")]
  ];
  it.each(cases)("%s: start() is rejected, and reconnect() works later", async (_, misbehave) => {
    const network = new FakeNetwork();
    vi.stubGlobal("WebSocket", network.WebSocket);
    const options: Partial<UserAgentOptions> = {
      transportOptions: { server: "wss://sip.example.com/ws" },
      logBuiltinEnabled: false
    };
    const userAgent = new UserAgent(options);
    const started = userAgent.start();
    await settle();
    misbehave(network);
    await expect(started).rejects.toBeInstanceOf(Error);
    expect(userAgent.isConnected()).toBe(false);
    const reconnected = userAgent.reconnect();
    await settle();
    network.latest.accept("sip");
    await reconnected;
    expect(userAgent.isConnected()).toBe(true);
    const stopped = userAgent.stop();
    await settle();
    network.latest.end();
    await stopped;
  });

  it("has no URL: the constructor throws", () => {
    const transportOptions = { server: "not a url" };
    expect(() => new UserAgent({ transportOptions, logBuiltinEnabled: false })).toThrow(
      "Invalid WebSocket Server URL"
    );
  });
});

describe("What the peer refuses", () => {
  it("wrong password: onReject, once, and the state says so", async () => {
    agent = await startAgent("alice", { authorizationPassword: "wrong" });
    const registerer = new Registerer(agent.userAgent);
    const onReject = vi.fn();
    await registerer.register({ requestDelegate: { onReject } });
    for (let i = 0; i < 3; i++) {
      const challenge = `WWW-Authenticate: Digest realm="r", nonce="${i}", algorithm=MD5`;
      agent.transport.receive(reply(agent.transport.last, 401, { headers: [challenge] }));
    }
    expect(onReject).toHaveBeenCalledTimes(1);
    expect(onReject.mock.lastCall![0].message.statusCode).toBe(401);
    expect(registerer.state).toBe(RegistererState.Unregistered);
    await expectUsable(agent);
  });

  it("unknown callee: onReject with 404", async () => {
    agent = await startAgent("alice");
    const onReject = vi.fn();
    const inviter = new Inviter(agent.userAgent, address("nobody"));
    await inviter.invite({ requestDelegate: { onReject } });
    agent.transport.receive(reply(agent.transport.last, 404, { reason: "Not Found" }));
    expect(onReject.mock.lastCall![0].message.reasonPhrase).toBe("Not Found");
    await expectUsable(agent);
  });

  it("callee without media: onReject with 488", async () => {
    agent = await startAgent("alice");
    const onReject = vi.fn();
    const inviter = new Inviter(agent.userAgent, address("bob"));
    await inviter.invite({ requestDelegate: { onReject } });
    agent.transport.receive(reply(agent.transport.last, 488));
    expect(onReject).toHaveBeenCalledTimes(1);
    expect(agent.handlers[0].closed).toBe(1);
    await expectUsable(agent);
  });

  it("no answer at all: onReject with a local 408 after 64*T1", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
    agent = await startAgent("alice");
    const onReject = vi.fn();
    const inviter = new Inviter(agent.userAgent, address("bob"));
    await inviter.invite({ requestDelegate: { onReject } });
    vi.advanceTimersByTime(32_000);
    expect(onReject.mock.lastCall![0].message.statusCode).toBe(408);
    expect(inviter.state).toBe(SessionState.Terminated);
    vi.useRealTimers();
    await expectUsable(agent);
  });
});

describe("Malformed addresses", () => {
  it.each(["", "bob", "sip:", "sip:bob@", "sip:b ob@example.com", "http://example.com"])(
    "%j is no target: makeURI() gives undefined, and a TypeError if that is called",
    async (text) => {
      agent = await startAgent("alice");
      const target = UserAgent.makeURI(text)!;
      expect(target).toBeUndefined();
      expect(() => new Inviter(agent.userAgent, target)).toThrow(TypeError);
      expect(() => new Messager(agent.userAgent, target, "hi")).toThrow(TypeError);
      await expectUsable(agent);
    }
  );

  it("a URI that was spoilt after it was made is refused when sent", async () => {
    agent = await startAgent("alice");
    const target = address("bob");
    target.host = "exam ple.com\r\nX-Evil: 1";
    const inviter = new Inviter(agent.userAgent, target);
    await expect(inviter.invite()).rejects.toThrow(TypeError);
    expect(inviter.state).toBe(SessionState.Terminated);
    expect(agent.handlers[0].closed).toBe(1);
    expect(agent.transport.sent).toEqual([]);
    await expectUsable(agent);
  });
});

describe("Line breaks in what becomes a header field", () => {
  const evil = "X-A: b\r\nX-Evil: 1";

  it.each(["\r\n", "\n", "\r", "\0"])("%j is refused", async (lineBreak) => {
    agent = await startAgent("alice");
    const extraHeaders = [`X-A: b${lineBreak}X-Evil: 1`];
    const messager = new Messager(agent.userAgent, address("bob"), "hi", "text/plain", {
      extraHeaders
    });
    await expect(messager.message()).rejects.toThrow(TypeError);
    expect(agent.transport.sent).toEqual([]);
    await expectUsable(agent);
  });

  it("Inviter: invite() is rejected, the session terminated, the media closed", async () => {
    agent = await startAgent("alice");
    const inviter = new Inviter(agent.userAgent, address("bob"), { extraHeaders: [evil] });
    await expect(inviter.invite()).rejects.toThrow(TypeError);
    expect(inviter.state).toBe(SessionState.Terminated);
    expect(agent.handlers[0].closed).toBe(1);
    await expectUsable(agent);
  });

  it("Inviter: a display name", async () => {
    agent = await startAgent("alice");
    const params = { fromDisplayName: 'A"\r\nX-Evil: 1' };
    const inviter = new Inviter(agent.userAgent, address("bob"), { params });
    await expect(inviter.invite()).rejects.toThrow(TypeError);
    expect(agent.transport.sent).toEqual([]);
  });

  it("Messager: a content type", async () => {
    agent = await startAgent("alice");
    const messager = new Messager(agent.userAgent, address("bob"), "hi", "a/b\r\nX-Evil: 1");
    await expect(messager.message()).rejects.toThrow(TypeError);
    expect(agent.transport.sent).toEqual([]);
  });

  it("Registerer: register() is rejected and may be called again", async () => {
    agent = await startAgent("alice");
    const registerer = new Registerer(agent.userAgent);
    const requestOptions = { extraHeaders: [evil] };
    await expect(registerer.register({ requestOptions })).rejects.toThrow(TypeError);
    await registerer.register();
    expect(agent.transport.sent).toHaveLength(1);
    await expectUsable(agent);
  });

  it("UserAgentCore: what was configured later is refused when it is sent", async () => {
    agent = await startAgent("alice");
    agent.userAgent.userAgentCore.configuration.userAgentHeaderFieldValue = "x\r\nX-Evil: 1";
    const inviter = new Inviter(agent.userAgent, address("bob"));
    await expect(inviter.invite()).rejects.toThrow(TypeError);
    expect(agent.transport.sent).toEqual([]);
  });

  it("UserAgent: the constructor throws", () => {
    for (const name of ["contactName", "displayName", "userAgentString", "viaHost"]) {
      expect(() => makeAgent("alice", { [name]: "x\r\nX-Evil: 1" }), name).toThrow(/line break/);
    }
    expect(() => makeAgent("alice", { preloadedRouteSet: ["<sip:p>\n"] })).toThrow(TypeError);
  });

  it("Session: bye(), info(), refer() are rejected, the session goes on", async () => {
    agent = await startAgent("alice");
    const { userAgent, transport } = agent;
    const inviter = new Inviter(userAgent, address("bob"));
    await inviter.invite();
    const contact = "Contact: <sip:peer@peer.invalid>";
    transport.receive(reply(transport.last, 200, { headers: [contact, ...sdp], body: "s=peer" }));
    await settle();
    const requestOptions = { extraHeaders: [evil] };
    for (const method of ["bye", "info", "message", "invite"] as const) {
      await expect(inviter[method]({ requestOptions })).rejects.toThrow(TypeError);
    }
    await expect(inviter.refer(address("carol"), { requestOptions })).rejects.toThrow(TypeError);
    expect(inviter.state).toBe(SessionState.Established);
    await inviter.bye();
    expect(transport.sent.join()).not.toContain("X-Evil");
    await expectUsable(agent);
  });

  it("Invitation: reject() and accept() are rejected, nothing is sent", async () => {
    agent = makeAgent("alice");
    const invitations: Invitation[] = [];
    agent.userAgent.delegate = { onInvite: (each) => void invitations.push(each) };
    await agent.userAgent.start();
    for (let i = 0; i < 2; i++) {
      agent.transport.receive(request("INVITE", { headers: sdp, body: "s=peer" }));
      await settle();
    }
    const [one, two] = invitations;
    await expect(one.reject({ reasonPhrase: "x\r\nX-Evil: 1" })).rejects.toThrow(TypeError);
    expect(one.state).toBe(SessionState.Initial);
    await one.reject();
    await expect(two.accept({ extraHeaders: [evil] })).rejects.toThrow(TypeError);
    expect(two.state).toBe(SessionState.Terminated);
    expect(header(agent.transport.last, "X-Evil")).toBe("");
    expect(agent.transport.sent.join()).not.toContain("X-Evil");
    await expectUsable(agent);
  });
});
