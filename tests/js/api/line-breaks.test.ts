import { afterEach, expect } from "vitest";
import {
  Inviter,
  Messager,
  NameAddrHeader,
  Registerer,
  SessionState,
  URI,
  UserAgent
} from "../../../js/index.js";
import type { Core, Invitation, UserAgentOptions } from "../../../js/index.js";
import { describeDoors } from "./support/line-breaks.js";
import type { Doors } from "./support/line-breaks.js";
import { reply, request, sdp } from "./support/message-text.js";
import { address, settle, startAgent } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

// Every public method and option whose value ends in a header field is a door: a line break in it
// would end the field and begin one of somebody else's. Here each is knocked at.

let agent: TestAgent;

afterEach(() => agent?.userAgent.userAgentCore.reset());

async function start(options: Partial<UserAgentOptions> = {}): Promise<UserAgent> {
  agent = await startAgent("alice", { sendInitialProvisionalResponse: false, ...options });
  return agent.userAgent;
}

const bob = () => address("bob");

/** A session that alice has begun and bob has accepted. */
async function established(): Promise<Inviter> {
  const inviter = new Inviter(await start(), bob());
  await inviter.invite();
  const headers = ["Contact: <sip:peer@peer.invalid>", ...sdp];
  agent.transport.receive(reply(agent.transport.last, 200, { headers, body: "s=peer" }));
  await settle();
  expect(inviter.state).toBe(SessionState.Established);
  return inviter;
}

async function invited(): Promise<Invitation> {
  const userAgent = await start();
  let invitation: Invitation | undefined;
  userAgent.delegate = { onInvite: (each) => void (invitation = each) };
  const headers = [...sdp, "Supported: 100rel"];
  agent.transport.receive(request("INVITE", { headers, body: "s=peer" }));
  await settle();
  return invitation!;
}

/** A request of bob's outside of any dialog, as the delegate of the core gets it. */
async function asked(): Promise<Core.IncomingRequest> {
  const userAgent = await start();
  let asked: Core.IncomingRequest | undefined;
  userAgent.userAgentCore.delegate = { onMessage: (each) => void (asked = each) };
  agent.transport.receive(request("MESSAGE"));
  return asked!;
}

async function call(options: ConstructorParameters<typeof Inviter>[2]): Promise<unknown> {
  return new Inviter(await start(), bob(), options).invite();
}

async function write(...rest: [content?: string, type?: string, options?: object]) {
  const [content = "hi", type = "text/plain", options = {}] = rest;
  return new Messager(await start(), bob(), content, type, options).message();
}

async function register(options: ConstructorParameters<typeof Registerer>[1]): Promise<unknown> {
  return new Registerer(await start(), options).register();
}

/** A request of the core's own. */
async function send(
  options: Core.OutgoingRequestMessageOptions,
  change: (message: Core.OutgoingRequestMessage) => void = () => undefined,
  method = "OPTIONS",
  extraHeaders: string[] = [],
  body?: Core.Body
): Promise<unknown> {
  const { userAgentCore: core } = await start();
  const message = core.makeOutgoingRequestMessage(
    method,
    bob(),
    address("alice"),
    bob(),
    options,
    extraHeaders,
    body
  );
  change(message);
  return core.request(message);
}

async function configure(change: (core: Core.UserAgentCoreConfiguration) => void) {
  const userAgent = await start();
  change(userAgent.userAgentCore.configuration);
  return new Inviter(userAgent, bob()).invite();
}

const line = (evil: string) => ({ extraHeaders: ["X-A: " + evil] });
const asking = (evil: string) => ({ requestOptions: line(evil) });
const evilBody = (contentType: string) => ({ body: "hi", contentType });
const evilContent = (type: string, disposition = "render") => ({
  contentType: type,
  contentDisposition: disposition,
  content: "hi"
});

/** Answers a REGISTER with a challenge, so that the credentials are sent. */
async function challenged(options: Partial<UserAgentOptions>) {
  await new Registerer(await start(options)).register();
  const headers = ['WWW-Authenticate: Digest realm="r", nonce="n"'];
  agent.transport.receive(reply(agent.transport.last, 401, { headers }));
}

/** Where a line break is refused by an error, thrown or rejected. */
const refusing: Doors = [
  ["UserAgentOptions.contactName", (contactName) => start({ contactName })],
  ["UserAgentOptions.displayName", (displayName) => start({ displayName })],
  ["UserAgentOptions.preloadedRouteSet", (route) => start({ preloadedRouteSet: [route] })],
  ["UserAgentOptions.userAgentString", (userAgentString) => start({ userAgentString })],
  ["UserAgentOptions.viaHost", (viaHost) => start({ viaHost })],
  ["UserAgentOptions.hackIpInContact", (ip) => start({ hackIpInContact: ip })],
  [
    "UserAgentOptions.sipjsId",
    async (id) => new Messager(await start({ sipjsId: id }), bob(), "").message()
  ],
  [
    "UserAgentOptions.contactParams",
    async (x) => new Registerer(await start({ contactParams: { x } })).register()
  ],
  [
    "UserAgentOptions.contactParams, a name",
    async (x) => new Registerer(await start({ contactParams: { [x]: "1" } })).register()
  ],
  [
    "UserAgentOptions.instanceId",
    async (id) =>
      new Registerer(await start({ instanceId: id, instanceIdAlwaysAdded: true })).register()
  ],
  [
    "UserAgentOptions.sipExtensionExtraSupported",
    async (tag) =>
      new Messager(
        await start({ sipExtensionExtraSupported: [tag], hackAllowUnregisteredOptionTags: true }),
        bob(),
        ""
      ).message()
  ],
  [
    "UserAgentOptions.acceptedContentTypes",
    async (type) => new Messager(await start({ acceptedContentTypes: [type] }), bob(), "").message()
  ],
  ["UserAgentOptions.authorizationUsername", (user) => challenged({ authorizationUsername: user })],
  ["InviterOptions.extraHeaders", (evil) => call(line(evil))],
  ["InviterOptions.extraHeaders, a name", (evil) => call({ extraHeaders: [evil + ": a"] })],
  ["InviterOptions.params.fromDisplayName", (evil) => call({ params: { fromDisplayName: evil } })],
  ["InviterOptions.params.toDisplayName", (evil) => call({ params: { toDisplayName: evil } })],
  ["InviterOptions.params.fromUri", (evil) => call({ params: { fromUri: `sip:a@${evil}` } })],
  ["InviterOptions.params.toUri", (evil) => call({ params: { toUri: `sip:a@${evil}` } })],
  [
    "Inviter.invite, requestOptions.extraHeaders",
    async (evil) => new Inviter(await start(), bob()).invite(asking(evil))
  ],
  [
    "Inviter.cancel, extraHeaders",
    async (evil) => {
      const inviter = new Inviter(await start(), bob());
      await inviter.invite();
      agent.transport.receive(reply(agent.transport.last, 180));
      return inviter.cancel(line(evil));
    }
  ],
  ["MessagerOptions.extraHeaders", (evil) => write("", "a/b", line(evil))],
  [
    "MessagerOptions.params.fromDisplayName",
    (evil) => write("", "a/b", { params: { fromDisplayName: evil } })
  ],
  [
    "MessagerOptions.params.toDisplayName",
    (evil) => write("", "a/b", { params: { toDisplayName: evil } })
  ],
  ["MessagerOptions.params.fromTag", (evil) => write("", "a/b", { params: { fromTag: evil } })],
  ["Messager, contentType", (evil) => write("", evil)],
  [
    "Messager.message, extraHeaders",
    async (evil) => new Messager(await start(), bob(), "").message(asking(evil))
  ],
  ["RegistererOptions.extraHeaders", (evil) => register(line(evil))],
  [
    "RegistererOptions.extraContactHeaderParams",
    (evil) => register({ extraContactHeaderParams: [evil] })
  ],
  ["RegistererOptions.instanceId", (evil) => register({ instanceId: evil, regId: 1 })],
  [
    "RegistererOptions.params.fromDisplayName",
    (evil) => register({ params: { fromDisplayName: evil } })
  ],
  ["RegistererOptions.params.fromTag", (evil) => register({ params: { fromTag: evil } })],
  [
    "RegistererOptions.params.toDisplayName",
    (evil) => register({ params: { toDisplayName: evil } })
  ],
  [
    "RegistererOptions.params.toUri",
    (evil) => register({ params: { toUri: new URI("sip", "a", evil) } })
  ],
  ["RegistererOptions.registrar", (evil) => register({ registrar: new URI("sip", "", evil) })],
  [
    "Registerer.register, extraHeaders",
    async (evil) => new Registerer(await start()).register(asking(evil))
  ],
  [
    "Registerer.unregister, extraHeaders",
    async (evil) => {
      const registerer = new Registerer(await start());
      await registerer.register();
      agent.transport.receive(reply(agent.transport.last, 200));
      return registerer.unregister(asking(evil));
    }
  ],
  ["Session.bye, extraHeaders", async (evil) => (await established()).bye(asking(evil))],
  [
    "Session.info, contentType",
    async (evil) => (await established()).info({ requestOptions: { body: evilContent(evil) } })
  ],
  [
    "Session.info, contentDisposition",
    async (evil) =>
      (await established()).info({ requestOptions: { body: evilContent("a/b", evil) } })
  ],
  ["Session.message, extraHeaders", async (evil) => (await established()).message(asking(evil))],
  ["Session.invite, extraHeaders", async (evil) => (await established()).invite(asking(evil))],
  ["Session.refer, extraHeaders", async (evil) => (await established()).refer(bob(), asking(evil))],
  [
    "Session.refer, the target",
    async (evil) => (await established()).refer(new URI("sip", "b", evil))
  ],
  ["Invitation.progress, extraHeaders", async (evil) => (await invited()).progress(line(evil))],
  [
    "Invitation.progress, reasonPhrase",
    async (evil) => (await invited()).progress({ reasonPhrase: evil })
  ],
  [
    "Invitation.progress, contentType",
    async (evil) => (await invited()).progress({ statusCode: 183, body: evilBody(evil) })
  ],
  [
    "Invitation.progress, rel100",
    async (evil) => (await invited()).progress({ rel100: true, ...line(evil) })
  ],
  ["Invitation.accept, extraHeaders", async (evil) => (await invited()).accept(line(evil))],
  ["Invitation.reject, extraHeaders", async (evil) => (await invited()).reject(line(evil))],
  [
    "Invitation.reject, reasonPhrase",
    async (evil) => (await invited()).reject({ reasonPhrase: evil })
  ],
  [
    "Invitation.reject, contentType",
    async (evil) => (await invited()).reject({ body: evilBody(evil) })
  ],
  [
    "IncomingRequest.accept, extraHeaders",
    async (evil) => (await asked()).accept({ statusCode: 200, ...line(evil) })
  ],
  [
    "IncomingRequest.accept, reasonPhrase",
    async (evil) => (await asked()).accept({ statusCode: 200, reasonPhrase: evil })
  ],
  [
    "IncomingRequest.accept, userAgent",
    async (evil) => (await asked()).accept({ statusCode: 200, userAgent: evil })
  ],
  [
    "IncomingRequest.accept, supported",
    async (evil) => (await asked()).accept({ statusCode: 200, supported: [evil] })
  ],
  [
    "IncomingRequest.accept, contentType",
    async (evil) => (await asked()).accept({ statusCode: 200, body: evilContent(evil) })
  ],
  [
    "IncomingRequest.reject, extraHeaders",
    async (evil) => (await asked()).reject({ statusCode: 400, ...line(evil) })
  ],
  [
    "IncomingRequest.redirect",
    async (evil) => (await asked()).redirect([new URI("sip", "a", evil)])
  ],
  ["OutgoingRequestMessageOptions.callId", (callId) => send({ callId })],
  ["OutgoingRequestMessageOptions.callIdPrefix", (callIdPrefix) => send({ callIdPrefix })],
  ["OutgoingRequestMessageOptions.toDisplayName", (toDisplayName) => send({ toDisplayName })],
  ["OutgoingRequestMessageOptions.toTag", (toTag) => send({ toTag })],
  ["OutgoingRequestMessageOptions.fromDisplayName", (fromDisplayName) => send({ fromDisplayName })],
  ["OutgoingRequestMessageOptions.fromTag", (fromTag) => send({ fromTag })],
  ["OutgoingRequestMessageOptions.optionTags", (tag) => send({ optionTags: [tag] })],
  ["OutgoingRequestMessageOptions.routeSet", (route) => send({ routeSet: [route] })],
  ["OutgoingRequestMessageOptions.userAgentString", (userAgentString) => send({ userAgentString })],
  ["OutgoingRequestMessage, method", (method) => send({}, undefined, method)],
  [
    "OutgoingRequestMessage, extraHeaders",
    (evil) => send({}, undefined, "OPTIONS", ["X-A: " + evil])
  ],
  [
    "OutgoingRequestMessage, contentType",
    (evil) => send({}, undefined, "OPTIONS", [], evilContent(evil))
  ],
  [
    "OutgoingRequestMessage.setHeader",
    (evil) => send({}, (message) => message.setHeader("X-A", evil))
  ],
  [
    "OutgoingRequestMessage.setHeader, a name",
    (evil) => send({}, (message) => message.setHeader(evil, "a"))
  ],
  [
    "OutgoingRequestMessage.setHeader, From",
    (evil) => send({}, (message) => message.setHeader("From", evil))
  ],
  [
    "OutgoingRequestMessage.extraHeaders",
    (evil) => send({}, (message) => message.extraHeaders.push("X-A: " + evil))
  ],
  ["OutgoingRequestMessage.ruri", (evil) => send({}, (message) => (message.ruri.host = evil))],
  ["UserAgentCoreConfiguration.viaHost", (evil) => configure((core) => (core.viaHost = evil))],
  ["UserAgentCoreConfiguration.routeSet", (evil) => configure((core) => core.routeSet.push(evil))],
  ["UserAgentCoreConfiguration.sipjsId", (evil) => configure((core) => (core.sipjsId = evil))],
  [
    "UserAgentCoreConfiguration.supportedOptionTags",
    (evil) => configure((core) => core.supportedOptionTags.push(evil))
  ],
  [
    "UserAgentCoreConfiguration.supportedOptionTagsResponse",
    (evil) => configure((core) => core.supportedOptionTagsResponse.push(evil))
  ],
  ["Contact.uri", (evil) => configure((core) => (core.contact.uri.host = evil))],
  ["Contact.toString", (evil) => configure((core) => (core.contact.toString = () => evil))],
  [
    "URI.setParam",
    async (evil) => {
      const target = bob();
      target.setParam("x", evil);
      return new Messager(await start(), target, "").message();
    }
  ],
  [
    "URI.setHeader",
    async (evil) => {
      const target = bob();
      target.setHeader("Subject", evil);
      return (await established()).refer(target);
    }
  ],
  [
    "URI.port",
    async (evil) => {
      const target = bob();
      target.port = evil as unknown as number;
      return new Messager(await start(), target, "").message();
    }
  ],
  [
    "URI.scheme",
    async (evil) => {
      const target = bob();
      target.scheme = evil;
      return new Messager(await start(), target, "").message();
    }
  ]
];

/** Where it goes out escaped, or not at all. */
const harmless: Doors = [
  ["InviterOptions.params.fromTag", (evil) => call({ params: { fromTag: evil } })],
  ["InviterOptions.rendertype", (evil) => call({ renderbody: "a", rendertype: evil })],
  [
    "Inviter.cancel, reasonPhrase",
    async (evil) => {
      const inviter = new Inviter(await start(), bob());
      await inviter.invite();
      agent.transport.receive(reply(agent.transport.last, 180));
      return inviter.cancel({ statusCode: 486, reasonPhrase: evil });
    }
  ],
  [
    "UserAgentOptions.authorizationPassword",
    (secret) => challenged({ authorizationPassword: secret })
  ],
  ["UserAgentOptions.authorizationHa1", (secret) => challenged({ authorizationHa1: secret })],
  [
    "URI.user",
    async (user) => {
      const target = bob();
      target.user = user;
      return new Messager(await start(), target, "").message();
    }
  ],
  ["Messager, content", (content) => write(content)],
  [
    "Session.info, content",
    async (content) =>
      (await established()).info({ requestOptions: { body: { ...evilContent("a/b"), content } } })
  ],
  ["OutgoingRequestMessageOptions.viaHost", (viaHost) => send({ viaHost })],
  [
    "OutgoingRequestMessage.setHeader, Via",
    (evil) => send({}, (message) => message.setHeader("Via", evil))
  ],
  [
    "OutgoingRequestMessage.setHeader, CSeq",
    (evil) => send({}, (message) => message.setHeader("CSeq", evil))
  ],
  [
    "NameAddrHeader.toString",
    async (evil) => {
      await start();
      return new NameAddrHeader(bob(), evil, {}).toString();
    }
  ],
  [
    "UserAgent.makeURI",
    async (evil) => {
      await start();
      expect(UserAgent.makeURI(`sip:a@${evil}`)).toBeUndefined();
    }
  ]
];

describeDoors(refusing, harmless, () => agent?.transport.sent);
