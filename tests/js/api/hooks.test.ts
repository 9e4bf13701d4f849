import { afterEach, describe, expect, it, vi } from "vitest";
import * as Reference from "sip.js";
import * as Ours from "../../../js/index.js";
import { FakeHandler } from "./support/fake-handler.js";
import { FakeTransport } from "./support/fake-transport.js";
import { startLine } from "./support/message-text.js";
import { settle } from "./support/user-agents.js";

type Library = typeof Ours;

/** The protected methods of `Session` that stand for a step of their own. */
const hooks = [
  "onAckRequest",
  "onByeRequest",
  "onInfoRequest",
  "onInviteRequest",
  "onMessageRequest",
  "onNotifyRequest",
  "onReferRequest",
  "generateResponseOfferAnswer",
  "generateResponseOfferAnswerInDialog",
  "getOffer",
  "rollbackOffer",
  "setAnswer",
  "setOfferAndGetAnswer",
  "setSessionDescriptionHandler",
  "setupSessionDescriptionHandler"
];

/** Alice and bob; which hooks of their sessions are called, and what they send. */
class Stage {
  readonly log: string[] = [];
  readonly agents: Ours.UserAgent[] = [];
  invitation!: Ours.Invitation;

  constructor(readonly library: Library) {
    const prototype = library.Session.prototype as unknown as Record<
      string,
      (...args: never[]) => unknown
    >;
    for (const hook of hooks) {
      const original = prototype[hook];
      // eslint-disable-next-line @typescript-eslint/no-this-alias
      const stage = this;
      vi.spyOn(prototype, hook as never).mockImplementation(function (
        this: Ours.Session,
        ...args: never[]
      ) {
        const who = this.constructor.name.includes("Inviter") ? "alice" : "bob";
        // A handler may be asked for at any time, it is made once.
        if (!/^setup/.test(hook)) stage.log.push(`${who} ${hook}`);
        return original.apply(this, args);
      } as never);
    }
    this.agents.push(
      this.agent("alice", () => this.agents[1]),
      this.agent("bob", () => this.agents[0])
    );
  }

  private agent(name: string, peer: () => Ours.UserAgent): Ours.UserAgent {
    return new this.library.UserAgent({
      uri: this.uri(name),
      transportConstructor: FakeTransport,
      transportOptions: {
        onSend: (message: string) => {
          this.log.push(`${name} sends ${startLine(message).replace(/ sip:\S+/, "")}`);
          queueMicrotask(() => (peer().transport as FakeTransport).receive(message));
        }
      },
      sessionDescriptionHandlerFactory: () => new FakeHandler(name),
      logBuiltinEnabled: false,
      delegate: { onInvite: (invitation) => void (this.invitation = invitation) }
    });
  }

  uri(name: string): Ours.URI {
    return this.library.UserAgent.makeURI(`sip:${name}@example.com`)!;
  }

  async call(options: Ours.InviterOptions = {}): Promise<Ours.Inviter> {
    const inviter = new this.library.Inviter(this.agents[0], this.uri("bob"), options);
    await inviter.invite();
    await settle();
    return inviter;
  }

  async established(options: Ours.InviterOptions = {}): Promise<Ours.Inviter> {
    const inviter = await this.call(options);
    await this.invitation.accept();
    await settle();
    return inviter;
  }
}

const body = { contentDisposition: "render", contentType: "text/plain", content: "hi" };

const scripts: { [name: string]: (stage: Stage) => Promise<void> } = {
  "a call": async (stage) => {
    const inviter = await stage.established();
    await inviter.bye();
    await settle();
  },
  "a call without an offer": async (stage) => {
    await stage.established({ inviteWithoutSdp: true });
    await stage.invitation.bye();
    await settle();
  },
  "requests within a call": async (stage) => {
    const inviter = await stage.established();
    await inviter.info({ requestOptions: { body } });
    await settle();
    await inviter.message({ requestOptions: { body } });
    await settle();
    await inviter.invite();
    await settle();
    await inviter.invite({ withoutSdp: true });
    await settle();
    await stage.invitation.invite();
    await settle();
  },
  "a transfer": async (stage) => {
    const inviter = await stage.established();
    stage.invitation.delegate = { onRefer: (referral) => void referral.reject() };
    await inviter.refer(stage.uri("carol"));
    await settle();
  }
};

async function play(library: Library, name: string): Promise<string[]> {
  const stage = new Stage(library);
  await Promise.all(stage.agents.map((agent) => agent.start()));
  await scripts[name](stage);
  stage.agents.forEach((agent) => agent.userAgentCore.reset());
  vi.restoreAllMocks();
  return stage.log;
}

describe("Protected methods of sessions are called when SIP.js calls them", () => {
  afterEach(() => void vi.restoreAllMocks());

  it.each(Object.keys(scripts))("%s", async (name) => {
    const theirs = await play(Reference as unknown as Library, name);
    const ours = await play(Ours, name);
    expect(ours).toEqual(theirs);
    expect(ours.length).toBeGreaterThan(5);
  });
});

describe("A session's own setupSessionDescriptionHandler() is what makes its handler", () => {
  it.each([
    ["SIP.js", Reference as unknown as Library],
    ["ours", Ours]
  ])("with %s", async (_, library) => {
    const stage = new Stage(library);
    vi.restoreAllMocks();
    await Promise.all(stage.agents.map((agent) => agent.start()));
    const [alice, bob] = [new FakeHandler("own of alice"), new FakeHandler("own of bob")];
    class OwnInviter extends library.Inviter {
      // What SIP.js's types call private.
      override setupSessionDescriptionHandler(): FakeHandler {
        return alice;
      }
    }
    const inviter = new OwnInviter(stage.agents[0], stage.uri("bob"));
    await inviter.invite();
    await settle();
    Object.assign(stage.invitation, { setupSessionDescriptionHandler: () => bob });
    await stage.invitation.accept();
    await settle();
    await inviter.invite();
    await settle();
    expect(alice.calls).toEqual(["get", "set own of bob", "get", "set own of bob"]);
    expect(bob.calls).toEqual(["set own of alice", "get", "set own of alice", "get"]);
    stage.agents.forEach((agent) => agent.userAgentCore.reset());
  });
});
