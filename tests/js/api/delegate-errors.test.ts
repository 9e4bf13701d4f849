import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Inviter, Messager, Publisher, Registerer, Subscriber } from "../../../js/index.js";
import type {
  Core,
  Invitation,
  Notification,
  Session,
  SessionDelegate
} from "../../../js/index.js";
import { engine } from "../../../js/engine/engine.js";
import { inDialog, reply, request, startLine } from "./support/message-text.js";
import { address, Network, settle } from "./support/user-agents.js";
import type { TestAgent } from "./support/user-agents.js";

const applicationError = new Error("Of the application.");
const text = { contentDisposition: "render", contentType: "text/plain", content: "hi" };

/** What throws, once it has done what it is for: "bob's session onInfo", "" for nothing. */
let throwing = "";
const called = new Set<string>();

type Listener = (...args: any[]) => unknown;

/** A delegate of an application's, each of whose methods throws if it is the one that is to. */
function delegate<T extends object>(whose: string, methods: T): T {
  for (const [name, method] of Object.entries(methods) as Array<[string, Listener]>) {
    (methods as { [name: string]: Listener })[name] = (...args) => {
      const which = `${whose} ${name}`;
      called.add(which);
      method(...args);
      if (which === throwing) throw applicationError;
    };
  }
  return methods;
}

const nothing = (): void => undefined;
const accept = (each: { accept(): Promise<void> }): void => void each.accept();

const requestDelegate = (whose: string): Core.OutgoingRequestDelegate =>
  delegate(whose, {
    onAccept: nothing,
    onProgress: nothing,
    onRedirect: nothing,
    onReject: nothing,
    onTrying: nothing
  });

const sessionDelegate = (whose: string): SessionDelegate =>
  delegate(`${whose} session`, {
    onAck: nothing,
    onBye: accept,
    onCancel: nothing,
    onInfo: accept,
    onInvite: nothing,
    onMessage: accept,
    onNotify: accept,
    onRefer: (referral: { reject(): Promise<void> }) => void referral.reject(),
    onSessionDescriptionHandler: nothing
  });

function listen(whose: string, emitter: { addListener(listener: Listener): void }): void {
  emitter.addListener(delegate(whose, { stateChange: nothing }).stateChange);
}

/** What everything on the stage has to say, a start line for each message. */
class Stage {
  readonly wire: string[] = [];
  private readonly network = new Network();
  private alice!: TestAgent;
  private bob!: TestAgent;
  private respond: (invitation: Invitation) => void = nothing;

  async play(): Promise<string[]> {
    const { route } = this.network;
    this.network.route = (message) => {
      this.wire.push(startLine(message).replace(/ sip:.*/, ""));
      route.call(this.network, message);
    };
    this.network.elsewhere = (message) => this.answer(message);
    this.alice = await this.add("alice", nothing);
    this.bob = await this.add("bob", (invitation) => {
      invitation.delegate = sessionDelegate("bob's");
      listen("bob's session", invitation.stateChange);
      this.respond(invitation);
    });
    await this.register();
    await this.write();
    await this.talk();
    await this.callsThatComeToNothing();
    await this.hear();
    await this.subscribe();
    await this.publish();
    for (const { userAgent } of [this.alice, this.bob]) await userAgent.stop();
    await settle();
    return this.wire;
  }

  private async add(name: string, onInvite: (invitation: Invitation) => void): Promise<TestAgent> {
    const take = (each: { accept(): unknown }): unknown => each.accept();
    const agent = await this.network.add(name, {
      delegate: delegate(`${name}'s user agent`, {
        onConnect: nothing,
        onDisconnect: nothing,
        onInvite,
        onMessage: accept,
        onNotify: accept,
        onReferRequest: take,
        onRegisterRequest: take,
        onSubscribeRequest: take
      })
    });
    listen(`${name}'s user agent`, agent.userAgent.stateChange);
    return agent;
  }

  /** What is sent to neither of the two. */
  private answer(message: string): void {
    const method = startLine(message).split(" ")[0];
    if (method === "SUBSCRIBE" || method === "PUBLISH") {
      const headers = ["Expires: 600", "SIP-ETag: one"];
      this.alice.transport.receive(reply(message, 200, { headers }));
    }
  }

  private async register(): Promise<void> {
    const registerer = new Registerer(this.alice.userAgent);
    listen("the registerer's", registerer.stateChange);
    await registerer.register({ requestDelegate: requestDelegate("REGISTER") });
    await settle();
    await registerer.unregister({ requestDelegate: requestDelegate("REGISTER") });
    await settle();
  }

  private async write(): Promise<void> {
    const messager = new Messager(this.alice.userAgent, address("bob"), "hi");
    await messager.message({ requestDelegate: requestDelegate("MESSAGE") });
    await settle();
  }

  private async invite(respond: (invitation: Invitation) => unknown): Promise<Inviter> {
    this.respond = (invitation) => void respond(invitation);
    const inviter = new Inviter(this.alice.userAgent, address("bob"));
    inviter.delegate = sessionDelegate("alice's");
    listen("alice's session", inviter.stateChange);
    await inviter.invite({ requestDelegate: requestDelegate("INVITE") });
    await settle();
    return inviter;
  }

  private async talk(): Promise<void> {
    let callee!: Session;
    const caller = await this.invite((invitation) => {
      callee = invitation;
      void invitation.accept();
    });
    const notify = async (): Promise<void> => {
      const extraHeaders = ["Event: talk", "Subscription-State: active"];
      (callee.dialog as Core.SessionDialog).notify(undefined, { extraHeaders });
      await settle();
    };
    await notify();
    for (const session of [caller, callee]) {
      const requestOptions = { body: text };
      await session.info({ requestOptions, requestDelegate: requestDelegate("INFO") });
      await settle();
      await session.message({ requestOptions, requestDelegate: requestDelegate("MESSAGE in it") });
      await settle();
      await session.invite({ requestDelegate: requestDelegate("re-INVITE") });
      await settle();
      const { onNotify } = delegate("refer()", { onNotify: accept as (n: Notification) => void });
      await session.refer(address("carol"), {
        onNotify,
        requestDelegate: requestDelegate("REFER")
      });
      await settle();
    }
    // Whoever has referred hears every NOTIFY, as with SIP.js.
    await notify();
    await callee.bye({ requestDelegate: requestDelegate("BYE") });
    await settle();
    const other = await this.invite((invitation) => invitation.accept());
    await other.bye();
    await settle();
  }

  private async callsThatComeToNothing(): Promise<void> {
    await this.invite((invitation) => invitation.reject());
    await this.invite((invitation) => invitation.reject({ statusCode: 302 }));
    const inviter = await this.invite(nothing);
    await inviter.cancel();
    await settle();
  }

  /** Requests outside of any dialog. */
  private async hear(): Promise<void> {
    const more = ["Event: x", "Subscription-State: active", "Refer-To: <sip:c@example.com>"];
    for (const method of ["NOTIFY", "REFER", "REGISTER", "SUBSCRIBE", "MESSAGE"]) {
      this.receive(request(method, { headers: more }));
      await settle();
    }
  }

  private async subscribe(): Promise<void> {
    const subscriber = new Subscriber(this.alice.userAgent, address("carol"), "presence");
    subscriber.delegate = delegate("the subscriber's", { onNotify: accept });
    listen("the subscriber's", subscriber.stateChange);
    await subscriber.subscribe();
    await settle();
    const subscribe = this.alice.transport.sentWith("SUBSCRIBE").at(-1)!;
    for (const [cseq, state] of ["active;expires=600", "terminated;reason=noresource"].entries()) {
      const headers = ["Event: presence", `Subscription-State: ${state}`];
      this.receive(request("NOTIFY", { ...inDialog(subscribe), cseq: cseq + 1, headers }));
      await settle();
    }
  }

  private async publish(): Promise<void> {
    const publisher = new Publisher(this.alice.userAgent, address("carol"), "presence");
    listen("the publisher's", publisher.stateChange);
    await publisher.publish("open");
    await settle();
  }

  /** A message comes to alice, whose transport may be told what her delegate throws. */
  private receive(message: string): void {
    try {
      this.alice.transport.receive(message);
    } catch (error) {
      expect(error).toBe(applicationError);
    }
  }
}

/** Every method of a delegate, as SIP.js declares it. */
function methodsOf(file: string): string[] {
  const { resolve } = createRequire(import.meta.url);
  const path = resolve("sip.js/package.json").replace("package.json", `lib/${file}.d.ts`);
  return [...readFileSync(path, "utf8").matchAll(/^ {4}(on\w+)\??\(/gm)].map(([, name]) => name);
}

const parties = (whose: string, names: string[]): string[] =>
  ["alice's", "bob's"].flatMap((party) => names.map((name) => `${party} ${whose} ${name}`));

/** Everything of an application's that is called. */
const everything = [
  ...methodsOf("api/user-agent-delegate")
    // SIP.js calls these never. Of onConnect and onDisconnect see transport.test.ts.
    .filter((name) => !/^on(Refer|Register|Subscribe|(Disc|C)onnect)$/.test(name))
    .map((name) => `${name === "onInvite" ? "bob's" : "alice's"} user agent ${name}`),
  ...parties("session", methodsOf("api/session-delegate")).filter(
    (each) => !/alice's session onCancel|bob's session onNotify|alice's session onAck/.test(each)
  ),
  ...parties("session", ["stateChange"]),
  ...parties("user agent", ["stateChange"]),
  ...methodsOf("core/messages/outgoing-request").map((name) => `INVITE ${name}`),
  ...["REGISTER", "MESSAGE", "INFO", "MESSAGE in it", "re-INVITE", "BYE"].map(
    (method) => `${method} onAccept`
  ),
  "REFER onReject",
  "refer() onNotify",
  "the registerer's stateChange",
  "the subscriber's stateChange",
  "the subscriber's onNotify",
  "the publisher's stateChange"
];

let undisturbed: string[];
let heard: unknown[] = [];
const hear = (error: unknown): void => void heard.push(error);
const events = ["uncaughtException", "unhandledRejection"] as const;
const listeners = events.map((event) => process.listeners(event as "exit"));

async function play(which: string): Promise<string[]> {
  throwing = which;
  called.clear();
  heard = [];
  return new Stage().play();
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  for (const event of events) {
    process.removeAllListeners(event);
    process.on(event, hear);
  }
  undisturbed = await play("");
});

afterAll(() => {
  events.forEach((event, i) => {
    process.removeAllListeners(event);
    for (const listener of listeners[i]) process.on(event, listener);
  });
  vi.useRealTimers();
});

describe("What the wire sees does not change, and nothing is left, when an error is thrown by", () => {
  it("nobody: all that is to throw is called", () => {
    expect(everything.filter((each) => !called.has(each))).toEqual([]);
    expect(heard).toEqual([]);
  });

  it.each(everything)("%s", async (which) => {
    vi.advanceTimersByTime(100_000);
    const { handles, size } = engine();
    expect(await play(which)).toEqual(undisturbed);
    vi.advanceTimersByTime(100_000);
    expect(called).toContain(which);
    expect(new Set(heard)).toEqual(heard.length ? new Set([applicationError]) : new Set());
    expect([engine().handles, engine().size]).toEqual([handles, size]);
  });
});
