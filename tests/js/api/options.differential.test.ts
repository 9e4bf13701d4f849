import { afterEach, describe, expect, it } from "vitest";
import type { InviterOptions, RegistererOptions, UserAgentOptions } from "../../../js/index.js";
import { inOneOrder, libraries } from "./differential/stage.js";
import type { Library } from "./differential/stage.js";
import { FakeHandler } from "./support/fake-handler.js";
import { FakeTransport } from "./support/fake-transport.js";
import { request } from "./support/message-text.js";
import { settle } from "./support/user-agents.js";

interface Given {
  userAgent?: Partial<UserAgentOptions>;
  inviter?: (library: Library) => InviterOptions;
  registerer?: (library: Library) => RegistererOptions;
  /** Header fields of ours that differ on purpose. */
  apart?: string[];
}

const instanceId = "8f1fa16a-1165-4a96-8341-785b1ef24f12";

/** What an application may ask for, and how it shows in what is sent. */
const cases: { [what: string]: Given } = {
  nothing: {},
  contactName: { userAgent: { contactName: "reception" } },
  contactParams: { userAgent: { contactParams: { transport: "tcp", x: "y" } } },
  displayName: { userAgent: { displayName: "Alice M\u00fcller" } },
  forceRport: { userAgent: { forceRport: true } },
  "hackIpInContact: true": { userAgent: { hackIpInContact: true } },
  "hackIpInContact: an address": { userAgent: { hackIpInContact: "192.0.2.1" } },
  hackViaTcp: { userAgent: { hackViaTcp: true } },
  "sipExtensionExtraSupported: one that is registered": {
    userAgent: { sipExtensionExtraSupported: ["timer"] }
  },
  "sipExtensionExtraSupported: one that is not": {
    userAgent: { sipExtensionExtraSupported: ["nonsense"] }
  },
  hackAllowUnregisteredOptionTags: {
    userAgent: { sipExtensionExtraSupported: ["nonsense"], hackAllowUnregisteredOptionTags: true }
  },
  "sipExtensionReplaces: Required": {
    userAgent: { sipExtensionReplaces: "Required" as never },
    apart: ["Supported"]
  },
  "sipExtensionReplaces: Supported": {
    userAgent: { sipExtensionReplaces: "Supported" as never }
  },
  instanceIdAlwaysAdded: { userAgent: { instanceId, instanceIdAlwaysAdded: true } },
  preloadedRouteSet: {
    userAgent: { preloadedRouteSet: ["<sip:one.example.com;lr>", "<sip:two.example.com;lr>"] }
  },
  viaHost: { userAgent: { viaHost: "alice.example.org" } },
  userAgentString: { userAgent: { userAgentString: "Phone/1.0 (x)" } },
  "Inviter: anonymous": { inviter: () => ({ anonymous: true }) },
  "Inviter: extraHeaders": { inviter: () => ({ extraHeaders: ["X-B: 1", "X-A: 2", "X-B: 3"] }) },
  "Inviter: params": {
    inviter: ({ UserAgent }) => ({
      params: {
        fromDisplayName: "Reception",
        fromUri: UserAgent.makeURI("sip:reception@example.com")!,
        toDisplayName: "Bob",
        toUri: UserAgent.makeURI("sip:bobby@example.com")!
      }
    })
  },
  "Inviter: a body of the application's": {
    inviter: () => ({ inviteWithoutSdp: true, renderbody: "<p>hi</p>", rendertype: "text/html" })
  },
  "Registerer: expires and extraHeaders": {
    registerer: () => ({ expires: 77, extraHeaders: ["X-B: 1", "X-A: 2"] })
  },
  "Registerer: extraContactHeaderParams": {
    registerer: () => ({ extraContactHeaderParams: ["q=0.5", "methods=INVITE"] })
  },
  "Registerer: instanceId and regId": { registerer: () => ({ instanceId, regId: 3 }) },
  "Registerer: registrar": {
    registerer: ({ UserAgent }) => ({
      registrar: UserAgent.makeURI("sip:registrar.example.org")!
    })
  },
  "Registerer: params": {
    registerer: ({ UserAgent }) => ({
      params: {
        fromDisplayName: "Reception",
        fromUri: UserAgent.makeURI("sip:reception@example.com")!,
        toDisplayName: "Alice",
        toUri: UserAgent.makeURI("sip:alias@example.com")!
      } as never
    })
  }
};

const running: Array<InstanceType<Library["UserAgent"]>> = [];

afterEach(() => running.splice(0).forEach((each) => each.userAgentCore.reset()));

/** The messages of one who registers, calls, writes and is asked, each in lines in one order. */
async function play(library: Library, given: Given): Promise<string[][]> {
  const uri = (name: string) => library.UserAgent.makeURI(`sip:${name}@example.com`)!;
  const userAgent = new library.UserAgent({
    uri: uri("alice"),
    transportConstructor: FakeTransport,
    sessionDescriptionHandlerFactory: () => new FakeHandler("alice"),
    logBuiltinEnabled: false,
    userAgentString: "Test",
    ...given.userAgent
  });
  running.push(userAgent);
  await userAgent.start();
  await new library.Registerer(userAgent, given.registerer?.(library)).register();
  await new library.Inviter(userAgent, uri("bob"), given.inviter?.(library)).invite();
  await new library.Messager(userAgent, uri("bob"), "hi").message();
  const { sent, receive } = userAgent.transport as FakeTransport;
  receive.call(userAgent.transport, request("INVITE", { uri: "sip:alice@example.com" }));
  await settle();
  return sent.filter((each) => !each.startsWith("SIP/2.0 100")).map(normalized);
}

function normalized(message: string): string[] {
  const names = new Map<string, string>();
  const named = (random: string): string => {
    names.set(random, names.get(random) ?? `#${names.size}`);
    return names.get(random)!;
  };
  const [head, body] = message
    .replace(/\d+ REGISTER/, "n REGISTER")
    .replace(/(?<=Call-ID: )\S+/, "#")
    .replace(/(?<=tag=|branch=)\w+/g, "#")
    .replace(/\w+(?=@[\w.]+;transport)/g, named)
    .replace(/\w+\.invalid/g, named)
    .replace(/192\.0\.2\.\d+/g, "192.0.2.x")
    .replace(/(?<=urn:uuid:)[\w-]+/g, "#")
    .split("\r\n\r\n");
  const [line, ...fields] = head.split("\r\n");
  return [line, ...inOneOrder(fields), body];
}

describe("Options show in messages as SIP.js's do:", () => {
  it.each(Object.entries(cases))("%s", async (_, given) => {
    const of = async (library: Library) =>
      (await play(library, given)).map((lines) =>
        // REGISTER and responses have Allow and Supported where the RFC wants them.
        lines
          .filter((line) => !/^(Allow|Supported):/.test(line) || lines[0].startsWith("INVITE"))
          .filter((line) => !given.apart?.some((name) => line.startsWith(name + ":")))
      );
    const [theirs, ours] = [await of(libraries.theirs), await of(libraries.ours)];
    expect(ours).toEqual(theirs);
    expect(ours).toHaveLength(4);
  });
});
