import * as Reference from "sip.js";
import { vi } from "vitest";
import * as Ours from "../../../../js/index.js";
import { FakeHandler } from "../support/fake-handler.js";
import { FakeTransport } from "../support/fake-transport.js";
import { bodyOf, header, headers, reply, startLine } from "../support/message-text.js";

export type Library = typeof Ours;

/** SIP.js, to which ours is compared. */
export const libraries = { theirs: Reference as unknown as Library, ours: Ours };

/**
 * What happens, in its order: what is sent and what an application is told, each with the number of
 * turns of the microtask queue since the last thing that was done to the library from outside.
 */
export class Journal {
  readonly lines: string[] = [];
  private turn = 0;
  private stimuli = 0;

  note(what: string): void {
    this.lines.push(`${this.turn} ${what}`);
  }

  /** Something is done from outside: turns are counted from here. */
  begin(what?: string): void {
    if (what !== undefined) this.lines.push(`-- ${what}`);
    this.turn = 0;
    const stimulus = ++this.stimuli;
    const count = (): void => {
      if (stimulus === this.stimuli && this.turn < 99) {
        this.turn++;
        queueMicrotask(count);
      }
    };
    queueMicrotask(count);
  }
}

/** Header fields that a user agent writes or copies whatever the message is for. */
const routine =
  /^(Via|From|To|Call-ID|CSeq|Max-Forwards|User-Agent|Content-Length|Supported|Allow)$/;

/** Header fields in the order of their names; those of an application's own as they are. */
export function inOneOrder(fields: string[]): string[] {
  const key = (field: string): string => (field.startsWith("X-") ? "X-" : field.split(":")[0]);
  return [...fields].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** A message in a line: what of it does not differ between two runs. */
export class Abstract {
  private firstRSeq: number | undefined;
  /** Names for what is random, by what it is. */
  private readonly names = new Map<string, string>();

  of(message: string): string {
    const line = startLine(message)
      .replace(/^SIP\/2\.0 /, "")
      .replace(/ sip:.*| SIP.*/, "");
    // SIP.js begins with a REGISTER of the number 2, and each of its PUBLISHes has the number 1.
    const cseq = header(message, "CSeq");
    const parts = [`${line} (${cseq.replace(/\d+ (?=REGISTER|PUBLISH)/, "")})`];
    const fields = message.slice(0, message.indexOf("\r\n\r\n")).split("\r\n").slice(1);
    for (const field of inOneOrder(fields)) {
      const [, name, value] = /^([^:]+): *(.*)$/.exec(field) ?? [];
      // RFC 3261 section 13.2.2.4: "The ACK MUST contain the same credentials as the INVITE", which
      // SIP.js leaves out.
      if (name.endsWith("Authorization") && line === "ACK") continue;
      // RFC 3515 section 2.2 and RFC 6665 section 8.3.2 have a Contact there, SIP.js has none.
      if (name === "Contact" && /^2.*(REFER|NOTIFY)/.test(line + cseq)) continue;
      if (!routine.test(name)) parts.push(`${name}=${this.shown(name, value)}`);
    }
    const body = bodyOf(message);
    return body ? `${parts.join(" ")} ${JSON.stringify(body)}` : parts.join(" ");
  }

  /** The first RSeq is random: the others are given as what they are above it. */
  private shown(name: string, value: string): string {
    if (name === "RSeq" || name === "RAck") {
      const [rseq, ...rest] = value.split(" ");
      this.firstRSeq ??= Number(rseq);
      return [`+${Number(rseq) - this.firstRSeq}`, ...rest].join(" ");
    }
    // Random, RFC 3261 section 14.2.
    if (name === "Retry-After") return "some time";
    const text = name.endsWith("Authorization")
      ? credentials(value)
      : name === "Refer-To"
        ? // SIP.js leaves the angle brackets out.
          value.replace(/^(?!<)(.*)$/, "<$1>")
        : name === "Replaces"
          ? value.replace(/^\w+(?=;)/, (id) => this.named(id))
          : value;
    return text
      .replace(/\b\w+@\w+\.invalid/g, (address) => this.named(address))
      .replace(/(?<=tag(?:=|%3D))\w+/g, (tag) => this.named(tag))
      .replace(/(?<=c?nonce="|response="|Call-ID=|Replaces=)\w+/g, (random) => this.named(random));
  }

  private named(random: string): string {
    const name = this.names.get(random) ?? `#${this.names.size + 1}`;
    this.names.set(random, name);
    return name;
  }
}

/** Parameters of credentials in one order. SIP.js names the algorithm though the challenge did not. */
function credentials(value: string): string {
  const parameters = value.replace(/^Digest /, "").split(", ");
  return `Digest ${parameters
    .filter((each) => each !== "algorithm=MD5")
    .sort()
    .join(", ")}`;
}

/** One user of a library. */
export class Party {
  readonly userAgent: Ours.UserAgent;
  readonly transport: FakeTransport;
  readonly sessions: Ours.Session[] = [];
  readonly handlers: FakeHandler[] = [];
  invitation!: Ours.Invitation;
  inviter!: Ours.Inviter;
  /** What the handlers made from now on fail with. */
  failing: FakeHandler["failing"] = {};
  /** Called with each invitation. */
  onInvite: (invitation: Ours.Invitation) => void = () => undefined;

  constructor(
    readonly stage: Stage,
    readonly name: string,
    options: Partial<Ours.UserAgentOptions> = {}
  ) {
    const { library } = stage;
    this.userAgent = new library.UserAgent({
      uri: this.uri(name),
      transportConstructor: FakeTransport,
      transportOptions: { onSend: (message: string) => stage.send(this, message) },
      sessionDescriptionHandlerFactory: () => this.makeHandler(),
      logBuiltinEnabled: false,
      delegate: {
        onInvite: (invitation) => {
          this.invitation = invitation;
          this.note(`onInvite ${invitation.state}`);
          this.watch("invitation", invitation);
          this.onInvite(invitation);
        },
        onMessage: (message) => {
          this.note(`onMessage ${message.request.body}`);
          void message.accept();
        },
        onConnect: () => this.note("onConnect"),
        onDisconnect: (error) => this.note(`onDisconnect ${error?.message}`)
      },
      ...options
    });
    this.userAgent.stateChange.addListener((state) => this.note(`user agent ${state}`));
    this.transport = this.userAgent.transport as FakeTransport;
  }

  private makeHandler(): FakeHandler {
    const handler = new FakeHandler(this.name);
    handler.failing = this.failing;
    const number = this.handlers.push(handler);
    const which = number === 1 ? "" : ` ${number}`;
    handler.calls.push = (call: string) => (this.note(`media${which} ${call}`), 0);
    return handler;
  }

  uri(name: string): Ours.URI {
    return this.stage.library.UserAgent.makeURI(`sip:${name}@example.com`)!;
  }

  note(what: string): void {
    this.stage.journal.note(`${this.name} ${what}`);
  }

  /** Notes what becomes of a promise, and at which turn. */
  follow(what: string, promise: Promise<unknown>): void {
    promise.then(
      () => this.note(`${what} resolved`),
      (error: Error) => this.note(`${what} rejected: ${error?.constructor?.name} ${error?.message}`)
    );
  }

  /** Calls a method, and notes what becomes of it; then everything happens that follows. */
  async does(what: string, work: () => Promise<unknown> | void): Promise<void> {
    this.stage.journal.begin(`${this.name} ${what}`);
    this.tries(what, work);
    await this.stage.settle();
  }

  /** The same, of something that is done within something else. */
  tries(what: string, work: () => Promise<unknown> | void): void {
    try {
      const result = work();
      if (result) this.follow(what, result);
    } catch (error) {
      this.note(`${what} throws: ${(error as Error).constructor.name} ${(error as Error).message}`);
    }
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
        this.follow("bye.accept()", bye.accept());
      },
      onCancel: () => this.note(`${what} onCancel ${session.state}`),
      onInfo: (info) => {
        this.note(`${what} onInfo ${info.request.body}`);
        this.follow("info.accept()", info.accept());
      },
      onInvite: (_request, _response, status) => this.note(`${what} onInvite ${status}`),
      onMessage: (message) => {
        this.note(`${what} onMessage ${message.request.body}`);
        this.follow("message.accept()", message.accept());
      },
      onSessionDescriptionHandler: (_handler, provisional) =>
        this.note(`${what} onSessionDescriptionHandler ${provisional} ${session.state}`)
    };
  }

  /** Calls somebody. */
  async calls(to: string, options: Ours.InviterOptions = {}): Promise<Ours.Inviter> {
    const { Inviter } = this.stage.library;
    this.inviter = new Inviter(this.userAgent, this.uri(to), options);
    this.watch("inviter", this.inviter);
    const requestDelegate = this.delegateFor("INVITE");
    await this.does("invite()", () => this.inviter.invite({ requestDelegate }));
    return this.inviter;
  }

  /** A message comes in from nobody on the stage. */
  async receives(message: string): Promise<void> {
    this.stage.deliver(this, message);
    await this.stage.settle();
  }
}

export interface StageOptions {
  alice?: Partial<Ours.UserAgentOptions>;
  bob?: Partial<Ours.UserAgentOptions>;
}

/** Alice and bob, each of whom gets what the other sends, and alice's registrar. */
export class Stage {
  readonly journal = new Journal();
  readonly alice: Party;
  readonly bob: Party;
  /** Messages for which it holds are lost. */
  loses: (message: string) => boolean = () => false;
  /** Messages for which it holds are lost and not noted: what one of the libraries sends alone. */
  overlooks: (message: string) => boolean = () => false;
  /** True while nothing is delivered. */
  hold = false;
  private abstract = new Abstract();
  private underway: Array<[Party, string]> = [];

  constructor(
    readonly library: Library,
    { alice, bob }: StageOptions = {}
  ) {
    this.alice = new Party(this, "alice", alice);
    this.bob = new Party(this, "bob", bob);
  }

  send(from: Party, message: string): void {
    if (this.overlooks(message)) return;
    from.note(`> ${this.abstract.of(message)}`);
    if (this.loses(message)) return;
    if (startLine(message).startsWith("REGISTER")) {
      const contact = headers(message, "Contact").map((each) => "Contact: " + each);
      const granted = header(message, "Contact").includes("expires=0") ? [] : contact;
      this.underway.push([from, reply(message, 200, { headers: granted })]);
    } else {
      this.underway.push([from === this.alice ? this.bob : this.alice, message]);
    }
  }

  deliver(to: Party, message: string): void {
    this.journal.begin(`${to.name} receives ${this.abstract.of(message)}`);
    to.tries("onMessage()", () => to.transport.receive(message));
  }

  /**
   * Time goes by, in steps after each of which everything happens that follows.
   * @param ms - How long.
   * @param step - How finely the journal says when something happened.
   */
  async passes(ms: number, step = 500): Promise<void> {
    this.journal.begin(`${ms} ms pass`);
    for (let elapsed = step; elapsed <= ms; elapsed += step) {
      const before = this.journal.lines.length;
      vi.advanceTimersByTime(step);
      await this.settle();
      if (this.journal.lines.length > before) {
        this.journal.lines.splice(before, 0, `-- ${elapsed} ms have passed`);
      }
      this.journal.begin();
    }
  }

  /** Each message is delivered once nothing is left to do of the one before. */
  async settle(): Promise<void> {
    await quiet();
    while (!this.hold && this.underway.length > 0) {
      this.deliver(...this.underway.shift()!);
      await quiet();
    }
  }

  async start(): Promise<void> {
    for (const party of [this.alice, this.bob]) {
      await party.does("start()", () => party.userAgent.start());
    }
  }

  /** Stops without a word, so that the reference's timers do not keep the test waiting. */
  end(): void {
    for (const { userAgent } of [this.alice, this.bob]) {
      userAgent.userAgentCore.reset();
    }
  }
}

/** The microtask queue is empty. */
async function quiet(): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What a delegate throws that means to: it may come up as uncaught. */
export const applicationError = "Of the application.";

/** What is done on a stage. */
export type Script = ((stage: Stage) => Promise<void>) & {
  options?: StageOptions;
};

/** Plays a script with a library. */
export async function play(library: Library, script: Script): Promise<string[]> {
  const heard = ["uncaughtException", "unhandledRejection"].map((event) => {
    const listeners = process.listeners(event as "exit");
    process.removeAllListeners(event);
    process.on(event, (error: Error) => {
      if (error.message !== applicationError) throw error;
    });
    return [event, listeners] as const;
  });
  try {
    return await record(library, script);
  } finally {
    await quiet();
    for (const [event, listeners] of heard) {
      process.removeAllListeners(event);
      for (const listener of listeners) process.on(event, listener);
    }
  }
}

async function record(library: Library, script: Script): Promise<string[]> {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"]
  });
  try {
    const stage = new Stage(library, script.options);
    await stage.start();
    await script(stage);
    const lines = [...stage.journal.lines];
    stage.end();
    return lines;
  } finally {
    vi.useRealTimers();
  }
}
