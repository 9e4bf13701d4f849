import { createHash } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { UserAgent as Reference } from "sip.js";
import {
  Inviter,
  name,
  Registerer,
  SessionState,
  UserAgent,
  UserAgentState,
  version
} from "../../../js/index.js";
import type { Notification } from "../../../js/index.js";
import { engine } from "../../../js/engine/engine.js";
import packageJson from "../../../package.json" with { type: "json" };
import { FakeTransport } from "./support/fake-transport.js";
import { header, reply, request, startLine } from "./support/message-text.js";
import {
  address,
  makeAgent,
  Network,
  settle,
  startAgent,
  statesOf
} from "./support/user-agents.js";

const quiet = { transportConstructor: FakeTransport, logBuiltinEnabled: false };

describe("UserAgent", () => {
  it("has SIP.js's defaults", () => {
    const ours = new UserAgent(quiet).configuration;
    const theirs = new Reference({ ...quiet } as object).configuration;
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    const random = ["sipjsId", "uri", "viaHost", "userAgentString", "logConnector"];
    const own = ["sessionDescriptionHandlerFactory", "transportConstructor"];
    const fixed = Object.entries(ours).filter(([key]) => ![...random, ...own].includes(key));
    expect(theirs).toMatchObject(Object.fromEntries(fixed));
    expect(ours.userAgentString).toBe(`${name}/${version}`);
    expect([name, version]).toEqual([packageJson.name, packageJson.version]);
    expect(String(ours.uri)).toMatch(/^sip:anonymous\.\w{6}@anonymous\.invalid$/);
    expect(ours.viaHost).toMatch(/^\w{12}\.invalid$/);
    expect(ours.sipjsId).toMatch(/^\w{5}$/);
  });

  it("takes an option that is undefined for one that is not given", () => {
    const options = { ...quiet, noAnswerTimeout: undefined, uri: undefined };
    expect(new UserAgent(options).configuration.noAnswerTimeout).toBe(60);
  });

  it("has options that another one does not share", () => {
    const [one, other] = [new UserAgent(quiet), new UserAgent(quiet)];
    const changed = one.configuration;
    changed.contactParams.transport = "tcp";
    changed.preloadedRouteSet.push("<sip:proxy.example.com;lr>");
    Object.assign(one.delegate!, { onConnect: () => undefined });
    expect(one.configuration).toBe(changed);
    expect(one.userAgentCore.configuration.routeSet).toHaveLength(1);
    for (const agent of [other, new UserAgent(quiet)]) {
      expect(agent.configuration.contactParams).toEqual({ transport: "ws" });
      expect(agent.configuration.preloadedRouteSet).toEqual([]);
      expect(agent.delegate).toEqual({});
    }
  });

  it("has a Contact of the parts it was given, whatever they are", () => {
    const contactParams = { transport: "WS", x: "q q" };
    const viaHost = "192.0.2.1:5060";
    const agent = new UserAgent({ ...quiet, contactName: "a%20b", viaHost, contactParams });
    contactParams.x = "later";
    const { contact } = agent;
    expect(contact.toString()).toBe("<sip:a%20b@192.0.2.1:5060;transport=WS;x=q q>");
    expect([contact.uri.user, contact.uri.host]).toEqual(["a%20b", viaHost]);
    expect(contact.uri.getParam("x")).toBe("q q");
    contact.uri.user = "other";
    expect(contact.toString()).toContain("<sip:other@");
  });

  it("tells its core what another core can be made of", () => {
    const agent = new UserAgent({ ...quiet, authorizationUsername: "alice" });
    const { authenticationFactory, transportAccessor, ...others } = {
      ...agent.userAgentCore.configuration
    };
    expect(transportAccessor()).toBe(agent.transport);
    agent.configuration.authorizationPassword = "secret";
    expect(authenticationFactory()).toMatchObject({
      _username: "alice",
      _password: "secret"
    });
    expect(others.supportedOptionTags).toEqual(others.supportedOptionTagsResponse);
    expect(others.supportedOptionTags).not.toBe(others.supportedOptionTagsResponse);
  });

  it("shows its contact in the ways a message may need", () => {
    const { contact } = new UserAgent({ ...quiet, contactName: "me", viaHost: "v.invalid" });
    expect(String(contact)).toBe("<sip:me@v.invalid;transport=ws>");
    expect(contact.toString({ outbound: true })).toBe("<sip:me@v.invalid;transport=ws;ob>");
    expect(contact.toString({ anonymous: true })).toBe(
      "<sip:anonymous@anonymous.invalid;transport=ws>"
    );
    contact.pubGruu = UserAgent.makeURI("sip:alice@example.com;gr=x");
    expect(String(contact)).toBe("<sip:alice@example.com;gr=x>");
    expect(contact.toString({ register: true })).toBe("<sip:me@v.invalid;transport=ws>");
  });

  it("logs its configuration but not the password", () => {
    const lines: string[] = [];
    new UserAgent({
      ...quiet,
      authorizationPassword: "sesame",
      logConnector: (_level, _category, _label, content) => lines.push(content)
    });
    expect(lines.join()).toContain("authorizationUsername");
    expect(lines.join()).not.toContain("sesame");
  });

  it("does not log its configuration, nor a registerer's, where that is not wanted", () => {
    const lines: string[] = [];
    const userAgent = new UserAgent({
      ...quiet,
      logConfiguration: false,
      logConnector: (_level, _category, _label, content) => lines.push(content)
    });
    new Registerer(userAgent, { logConfiguration: false });
    expect(lines).toEqual([]);
    new Registerer(userAgent);
    expect(lines).toContain("Configuration:");
  });

  it("sends by the method that its transport has at the moment, with one argument, at once", async () => {
    const { userAgent, transport } = makeAgent("alice");
    expect(userAgent.transport).toBe(transport);
    await userAgent.start();
    const send = vi.fn<(...args: string[]) => Promise<void>>(() => Promise.resolve());
    transport.send = send;
    const inviter = new Inviter(userAgent, address("bob"), { inviteWithoutSdp: true });
    void inviter.invite();
    expect(send.mock.calls).toEqual([[inviter.request.toString()]]);
    expect(send.mock.contexts).toEqual([transport]);
    transport.receive(request("OPTIONS"));
    expect(send.mock.calls).toHaveLength(2);
    expect(send.mock.contexts[1]).toBe(transport);
    userAgent.userAgentCore.reset();
  });

  it("takes a transport whose send() returns nothing", async () => {
    const { userAgent, transport } = makeAgent("alice");
    await userAgent.start();
    const sent: string[] = [];
    transport.send = (message): Promise<void> => {
      sent.push(message);
      return undefined as never;
    };
    const inviter = new Inviter(userAgent, address("bob"), { inviteWithoutSdp: true });
    await inviter.invite();
    transport.receive(request("OPTIONS"));
    transport.receive(request("REGISTER"));
    expect(sent.map(startLine)).toEqual([
      "INVITE sip:bob@example.com SIP/2.0",
      "SIP/2.0 200 OK",
      "SIP/2.0 405 Method Not Allowed"
    ]);
    expect(inviter.state).toBe(SessionState.Establishing);
    userAgent.userAgentCore.reset();
  });

  it("refuses an instanceId that is no UUID", () => {
    expect(() => new UserAgent({ ...quiet, instanceId: "x" })).toThrow("Invalid instanceId.");
    const instanceId = "b8d061b0-5833-4785-aa3d-95c4f6df05a9";
    expect(new UserAgent({ ...quiet, instanceId }).instanceId).toBe(instanceId);
  });

  it("prints what is at the log level or above, and gives out its loggers", () => {
    const printed: unknown[] = [];
    for (const method of ["error", "warn", "log", "debug"] as const) {
      vi.spyOn(console, method).mockImplementation(() => printed.push(method));
    }
    const logConfiguration = false;
    const userAgent = new UserAgent({
      transportConstructor: FakeTransport,
      logConfiguration,
      logLevel: "warn"
    });
    const logger = userAgent.getLogger("x");
    for (const method of ["error", "warn", "log", "debug"] as const) logger[method]("hi");
    expect(printed).toEqual(["error", "warn"]);
    expect(userAgent.getLoggerFactory().getLogger("x")).toBe(logger);
    expect(userAgent.getLogger("x", "label")).toBe(logger);
  });

  it("starts, stops and starts again", async () => {
    const { userAgent } = makeAgent("alice");
    const states: string[] = [];
    userAgent.stateChange.addListener((state) => states.push(state));
    expect([userAgent.state, userAgent.isConnected()]).toEqual([UserAgentState.Stopped, false]);
    const started = userAgent.start();
    expect(userAgent.state).toBe(UserAgentState.Started);
    await started;
    expect(userAgent.isConnected()).toBe(true);
    await userAgent.start();
    await Promise.all([userAgent.stop(), userAgent.stop()]);
    await userAgent.stop();
    expect([userAgent.state, userAgent.isConnected()]).toEqual([UserAgentState.Stopped, false]);
    await userAgent.start();
    expect(states).toEqual(["Started", "Stopped", "Started"]);
    await userAgent.stop();
  });

  it("is started though the transport cannot connect, and can reconnect", async () => {
    const { userAgent, transport } = makeAgent("alice");
    const connect = vi.spyOn(transport, "connect").mockRejectedValueOnce(new Error("refused"));
    await expect(userAgent.start()).rejects.toThrow("refused");
    expect(userAgent.state).toBe(UserAgentState.Started);
    await userAgent.reconnect();
    expect(userAgent.isConnected()).toBe(true);
    await userAgent.stop();
    await expect(userAgent.reconnect()).rejects.toThrow("User agent stopped.");
    expect(connect).toHaveBeenCalledTimes(2);
  });

  it("tells of the connection, and why it was lost", async () => {
    const told: unknown[] = [];
    const delegate = {
      onConnect: () => told.push("connected"),
      onDisconnect: (error?: Error) => told.push(error?.message)
    };
    const { userAgent, transport } = makeAgent("alice", { delegate });
    await userAgent.start();
    transport.lose();
    await userAgent.reconnect();
    await userAgent.stop();
    expect(told).toEqual(["connected", "Lost.", "connected", undefined]);
  });

  it("reconnects by itself as often as the deprecated option says", async () => {
    const agent = await startAgent("alice", { reconnectionAttempts: 2, reconnectionDelay: 0 });
    const connect = vi.spyOn(agent.transport, "connect").mockRejectedValue(new Error("no"));
    agent.transport.lose();
    await vi.waitFor(() => expect(connect).toHaveBeenCalledTimes(2));
    await settle();
    expect(connect).toHaveBeenCalledTimes(2);
    await agent.userAgent.stop();
  });

  it.each([
    ["INVITE", "486"],
    ["MESSAGE", "200"],
    ["NOTIFY", "481"],
    ["REFER", "405"],
    ["SUBSCRIBE", "405"],
    ["OPTIONS", "200"],
    ["BYE", "481"]
  ])("answers %s with %s if its delegate does not", async (method, status) => {
    const { userAgent, transport } = await startAgent("alice");
    transport.receive(request(method, { headers: ["Event: x", "Refer-To: <sip:a@b>"] }));
    expect(startLine(transport.last).split(" ")[1]).toBe(status);
    await userAgent.stop();
  });

  it.each([
    ["415", ["Content-Type: application/x-foo"], {}],
    ["415", ["Content-Type: application/x-foo"], { acceptedContentTypes: ["application/sdp"] }],
    ["406", ["Content-Type: application/sdp", "Accept: text/plain"], {}],
    ["486", ["Content-Type: application/sdp", "Accept: application/sdp"], {}],
    ["486", ["Content-Type: application/x-foo"], { acceptedContentTypes: ["application/x-foo"] }]
  ])("answers %s to an INVITE with %s and %o", async (status, headers, options) => {
    const sessionDescriptionHandlerFactory = undefined;
    const { userAgent, transport } = await startAgent("alice", {
      sessionDescriptionHandlerFactory,
      ...options
    });
    transport.receive(request("INVITE", { headers, body: "x" }));
    expect(startLine(transport.last).split(" ")[1]).toBe(status);
    if (status === "415") expect(header(transport.last, "Accept")).toMatch(/^application\/sdp/);
    await userAgent.stop();
  });

  it("leaves the bodies of INVITEs to a session description handler of its user's", async () => {
    const onInvite = vi.fn();
    const { userAgent, transport } = await startAgent("alice", { delegate: { onInvite } });
    transport.receive(
      request("INVITE", { headers: ["Content-Type: application/x-foo"], body: "x" })
    );
    await settle();
    expect(onInvite).toHaveBeenCalledOnce();
    await userAgent.stop();
  });

  it("answers 513 to what is larger than maxMessageSize", async () => {
    const { userAgent, transport } = await startAgent("alice", { maxMessageSize: 1000 });
    transport.receive(request("MESSAGE", { body: "x".repeat(1000) }));
    expect(startLine(transport.last)).toMatch(/^SIP\/2.0 513 /);
    transport.receive(request("MESSAGE", { body: "x" }));
    expect(startLine(transport.last)).toMatch(/^SIP\/2.0 200 /);
    await userAgent.stop();
  });

  it("takes a NOTIFY outside of any dialog if its delegate does, or an option says so", async () => {
    const onNotify = vi.fn((notification: Notification) => void notification.accept());
    const agents = [{ delegate: { onNotify } }, { allowLegacyNotifications: true }];
    for (const options of agents) {
      const { userAgent, transport } = await startAgent("alice", options);
      transport.receive(request("NOTIFY", { headers: ["Event: x"] }));
      expect(startLine(transport.last)).toBe("SIP/2.0 200 OK");
      await userAgent.stop();
    }
    expect(onNotify).toHaveBeenCalledOnce();
  });

  it("drops what comes in before it is started", () => {
    const { transport } = makeAgent("alice");
    transport.receive(request("OPTIONS"));
    expect(transport.sent).toEqual([]);
  });

  it("survives what is no SIP message", async () => {
    const { userAgent, transport } = await startAgent("alice");
    for (const nonsense of ["", "\r\n\r\n", "nonsense", "\u0000", "SIP/2.0 999\r\n\r\n"]) {
      transport.receive(nonsense);
    }
    transport.receive(request("OPTIONS"));
    expect(transport.sentWith("SIP/2.0 200")).toHaveLength(1);
    await userAgent.stop();
  });

  it("ends sessions and registrations before it disconnects", async () => {
    const network = new Network();
    const alice = await network.add("alice");
    const bob = await network.add("bob", {
      delegate: { onInvite: (invitation) => void invitation.accept() }
    });
    const inviter = new Inviter(alice.userAgent, address("bob"));
    await inviter.invite();
    await settle();
    expect(inviter.state).toBe(SessionState.Established);
    const ringing = new Inviter(alice.userAgent, address("nobody"));
    const states = statesOf(ringing);
    await alice.userAgent.stop();
    expect(inviter.state).toBe(SessionState.Terminated);
    expect(states).toEqual(["Terminating", "Terminated"]);
    expect(alice.userAgent._sessions).toEqual({});
    expect(alice.transport.sentWith("BYE")).toHaveLength(1);
    expect(bob.handlers[0].closed).toBe(1);
    await bob.userAgent.stop();
  });

  it("abandons them if it is told to, but closes the media", async () => {
    const network = new Network();
    const alice = await network.add("alice", { gracefulShutdown: false });
    const bob = await network.add("bob", {
      gracefulShutdown: false,
      delegate: { onInvite: (invitation) => void invitation.accept() }
    });
    const inviter = new Inviter(alice.userAgent, address("bob"));
    await inviter.invite();
    await settle();
    await alice.userAgent.stop();
    expect(alice.transport.sentWith("BYE")).toEqual([]);
    expect(inviter.state).toBe(SessionState.Terminated);
    expect(alice.handlers[0].closed).toBe(1);
    await bob.userAgent.stop();
  });

  it("answers a challenge with the credentials of the moment", async () => {
    const { userAgent, transport } = await startAgent("alice", { authorizationPassword: "old" });
    const inviter = new Inviter(userAgent, address("bob"));
    await inviter.invite();
    const challenge = 'WWW-Authenticate: Digest realm="r", nonce="n", algorithm=MD5';
    userAgent.configuration.authorizationPassword = "";
    const ha1 = "0123456789abcdef0123456789abcdef";
    userAgent.configuration.authorizationHa1 = ha1;
    transport.receive(reply(transport.last, 401, { headers: [challenge] }));
    const [, second] = transport.sentWith("INVITE");
    const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
    const authorization = header(second, "Authorization");
    expect(authorization).toMatch(/^Digest .*username="alice"/);
    // RFC 2617 section 3.2.2.1, without qop.
    const response = md5(`${ha1}:n:${md5("INVITE:sip:bob@example.com")}`);
    expect(authorization).toContain(`response="${response}"`);
    expect(header(second, "CSeq")).toBe("2 INVITE");
    expect(inviter.request.toString()).toBe(second);
    expect(inviter.request.cseq).toBe(2);
    await userAgent.stop();
  });

  it("leaves nothing in the core when it is stopped", async () => {
    const before = engine().size;
    const { userAgent, transport } = await startAgent("alice");
    transport.receive(request("OPTIONS"));
    expect(engine().size).toBeGreaterThan(before);
    await userAgent.stop();
    expect(engine().size).toBe(before);
  });
});
