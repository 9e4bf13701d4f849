import { afterEach, describe, expect, it } from "vitest";
import * as Reference from "sip.js";
import * as Ours from "../../../js/index.js";
import { FakeHandler } from "./support/fake-handler.js";
import { FakeTransport } from "./support/fake-transport.js";
import { header, headers, reply, startLine } from "./support/message-text.js";
import { settle } from "./support/user-agents.js";

type Library = typeof Ours;

/** One user of a library, and everything that he is told, in its order. */
class Party {
  readonly log: string[] = [];
  readonly userAgent: Ours.UserAgent;
  readonly transport: FakeTransport;
  invitation!: Ours.Invitation;

  constructor(
    readonly library: Library,
    readonly name: string,
    send: (message: string) => void,
    options: Partial<Ours.UserAgentOptions> = {}
  ) {
    const note = (what: string): void => void this.log.push(what);
    this.userAgent = new library.UserAgent({
      uri: this.uri(name),
      transportConstructor: FakeTransport,
      transportOptions: { onSend: send },
      sessionDescriptionHandlerFactory: () => {
        const handler = new FakeHandler(name);
        handler.calls.push = (call: string) => (note("media " + call), 0);
        return handler;
      },
      logBuiltinEnabled: false,
      delegate: {
        onInvite: (invitation) => {
          this.invitation = invitation;
          note(`onInvite ${invitation.state}`);
          this.watch("invitation", invitation);
        },
        onMessage: (message) => {
          note(`onMessage ${message.request.body}`);
          void message.accept();
        },
        onConnect: () => note("onConnect"),
        onDisconnect: (error) => note(`onDisconnect ${error?.message}`)
      },
      ...options
    });
    this.userAgent.stateChange.addListener((state) => note(`user agent ${state}`));
    this.transport = this.userAgent.transport as FakeTransport;
  }

  uri(name: string): Ours.URI {
    return this.library.UserAgent.makeURI(`sip:${name}@example.com`)!;
  }

  note(what: string): void {
    this.log.push(what);
  }

  /** Notes what a promise comes to. */
  follow(what: string, promise: Promise<unknown>): void {
    promise.then(
      () => this.note(`${what} resolved`),
      (error: Error) => this.note(`${what} rejected: ${error.constructor.name} ${error.message}`)
    );
  }

  delegateFor(what: string): Ours.Core.OutgoingRequestDelegate {
    const note = (event: string) => (response: Ours.Core.IncomingResponse) =>
      this.note(`${what} ${event} ${response.message.statusCode}`);
    return {
      onAccept: note("onAccept"),
      onProgress: note("onProgress"),
      onRedirect: note("onRedirect"),
      onReject: note("onReject"),
      onTrying: note("onTrying")
    };
  }

  watch(what: string, session: Ours.Session): void {
    session.stateChange.addListener((state) => this.note(`${what} ${state}`));
    session.delegate = {
      onAck: () => this.note(`${what} onAck ${session.state}`),
      onBye: (bye) => {
        this.note(`${what} onBye ${session.state}`);
        void bye.accept();
      },
      onCancel: () => this.note(`${what} onCancel ${session.state}`),
      onInfo: (info) => {
        this.note(`${what} onInfo ${info.request.body}`);
        void info.accept();
      },
      onInvite: (_request, _response, status) => this.note(`${what} onInvite ${status}`),
      onMessage: (message) => {
        this.note(`${what} onMessage ${message.request.body}`);
        void message.accept();
      },
      onSessionDescriptionHandler: (_handler, provisional) =>
        this.note(`${what} onSessionDescriptionHandler ${provisional} ${session.state}`)
    };
  }

  call(to: string, options: Ours.InviterOptions = {}): Ours.Inviter {
    const inviter = new this.library.Inviter(this.userAgent, this.uri(to), options);
    this.watch("inviter", inviter);
    this.follow("invite()", inviter.invite({ requestDelegate: this.delegateFor("INVITE") }));
    return inviter;
  }
}

/** Alice and bob, each of whom gets what the other sends, and alice's registrar. */
class Stage {
  readonly alice: Party;
  readonly bob: Party;

  constructor(library: Library, options: Partial<Ours.UserAgentOptions> = {}) {
    const to = (party: () => Party) => (message: string) =>
      queueMicrotask(() => {
        if (startLine(message).startsWith("REGISTER")) {
          const contact = headers(message, "Contact").map((each) => "Contact: " + each);
          const granted = header(message, "Contact").includes("expires=0") ? [] : contact;
          this.alice.transport.receive(reply(message, 200, { headers: granted }));
        } else {
          party().transport.receive(message);
        }
      });
    this.alice = new Party(
      library,
      "alice",
      to(() => this.bob),
      options
    );
    this.bob = new Party(
      library,
      "bob",
      to(() => this.alice),
      options
    );
  }

  async start(): Promise<void> {
    await Promise.all([this.alice.userAgent.start(), this.bob.userAgent.start()]);
  }

  /** Stops without a word, so that the reference's timers do not keep the test waiting. */
  end(): void {
    for (const { userAgent } of [this.alice, this.bob]) {
      userAgent.userAgentCore.reset();
    }
  }
}

const text = { contentDisposition: "render", contentType: "text/plain", content: "hi" };

const scripts: { [name: string]: (stage: Stage) => Promise<void> } = {
  "a call, accepted and ended by the caller": async ({ alice, bob }) => {
    const inviter = alice.call("bob");
    await settle();
    bob.follow("accept()", bob.invitation.accept());
    await settle();
    alice.follow("bye()", inviter.bye({ requestDelegate: alice.delegateFor("BYE") }));
    alice.note(`state ${inviter.state}`);
    await settle();
  },
  "a call without an offer, ended by the callee": async ({ alice, bob }) => {
    alice.call("bob", { inviteWithoutSdp: true });
    await settle();
    bob.follow("accept()", bob.invitation.accept());
    await settle();
    bob.follow("bye()", bob.invitation.bye());
    await settle();
  },
  "a call, rejected": async ({ alice, bob }) => {
    alice.call("bob");
    await settle();
    bob.follow("reject()", bob.invitation.reject({ statusCode: 486 }));
    await settle();
    bob.follow("accept()", bob.invitation.accept());
    await settle();
  },
  "a call, cancelled": async ({ alice, bob }) => {
    const inviter = alice.call("bob");
    await settle();
    alice.follow("cancel()", inviter.cancel());
    await settle();
    bob.follow("accept()", bob.invitation.accept());
    alice.follow("cancel()", inviter.cancel());
    await settle();
  },
  "a call, cancelled before it is sent": async ({ alice }) => {
    const inviter = alice.call("bob");
    alice.follow("cancel()", inviter.cancel());
    await settle();
  },
  "requests within a session": async ({ alice, bob }) => {
    const inviter = alice.call("bob");
    await settle();
    await bob.invitation.accept();
    await settle();
    for (const method of ["info", "message", "invite"] as const) {
      const requestDelegate = alice.delegateFor(method);
      const requestOptions = method === "invite" ? {} : { body: text };
      alice.follow(`${method}()`, inviter[method]({ requestDelegate, requestOptions }));
      await settle();
    }
    alice.follow("invite()", inviter.invite());
    alice.follow("second invite()", inviter.invite());
    await settle();
    bob.follow("invite()", bob.invitation.invite({ withoutSdp: true }));
    await settle();
  },
  registration: async ({ alice }) => {
    const registerer = new alice.library.Registerer(alice.userAgent);
    registerer.stateChange.addListener((state) => alice.note(`registerer ${state}`));
    alice.follow("register()", registerer.register({ requestDelegate: alice.delegateFor("one") }));
    alice.follow("second register()", registerer.register());
    await settle();
    alice.follow("unregister()", registerer.unregister());
    await settle();
    alice.follow("dispose()", registerer.dispose());
    await settle();
  },
  "a message": async ({ alice }) => {
    const messager = new alice.library.Messager(alice.userAgent, alice.uri("bob"), "hi");
    alice.follow("message()", messager.message({ requestDelegate: alice.delegateFor("MESSAGE") }));
    await settle();
  },
  "a lost connection": async ({ alice, bob }) => {
    const inviter = alice.call("bob");
    await settle();
    await bob.invitation.accept();
    await settle();
    alice.transport.lose();
    alice.note(`state ${inviter.state}`);
    alice.call("bob");
    await settle();
    await alice.userAgent.reconnect();
    alice.follow("info()", inviter.info({ requestDelegate: alice.delegateFor("INFO") }));
    await settle();
  },
  "stopping in a call": async ({ alice, bob }) => {
    alice.call("bob");
    await settle();
    await bob.invitation.accept();
    await settle();
    alice.follow("stop()", alice.userAgent.stop());
    await settle();
  }
};

describe("What an application sees is in SIP.js's order", () => {
  let stages: Stage[] = [];

  afterEach(() => {
    stages.forEach((stage) => stage.end());
    stages = [];
  });

  it.each(Object.keys(scripts))("%s", async (name) => {
    const [theirs, ours] = [Reference as unknown as Library, Ours].map((lib) => new Stage(lib));
    stages = [theirs, ours];
    for (const stage of stages) {
      await stage.start();
      await scripts[name](stage);
    }
    expect(ours.alice.log).toEqual(theirs.alice.log);
    expect(ours.bob.log).toEqual(theirs.bob.log);
    expect(ours.alice.log.length).toBeGreaterThan(2);
  });
});
