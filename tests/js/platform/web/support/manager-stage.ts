import { vi } from "vitest";
import type * as Ours from "../../../../../js/index.js";
import { FakeMedia } from "../../../../support/js/fake-media.js";
import { writeSdp } from "../../../../support/js/fake-sdp.js";
import { FakeTransport } from "../../../api/support/fake-transport.js";
import {
  bodyOf,
  header,
  headers,
  inDialog,
  reply,
  request,
  sdp,
  startLine
} from "../../../api/support/message-text.js";
import type { RequestParts } from "../../../api/support/message-text.js";

/** Lets time go by, and everything happen that can then happen. */
export async function pass(seconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Long enough for a few answers. */
export const settle = (): Promise<void> => pass(0.1);

export type Library = typeof Ours;

/** An HTML element that plays, as far as a manager of sessions sees it. */
function element(name: string, note: (what: string) => void): HTMLAudioElement & HTMLVideoElement {
  const calls = Object.fromEntries(
    ["play", "pause", "load"].map((call) => [
      call,
      () => {
        note(`${name}.${call}()`);
        return call === "play" ? Promise.resolve() : undefined;
      }
    ])
  );
  return new Proxy<Record<string, unknown>>(
    { ...calls },
    {
      set(target: Record<string, unknown>, property: string, value: unknown) {
        note(`${name}.${property} = ${value instanceof Object ? value.constructor.name : value}`);
        target[property] = value;
        return true;
      }
    }
  ) as never;
}

/** A transport that can be told to refuse. */
class Line extends FakeTransport {
  /** How many connections are refused from now on. */
  refuses = 0;
  stage!: ManagerStage;

  override async connect(): Promise<void> {
    this.stage.note("connect()");
    if (this.refuses > 0) {
      this.refuses--;
      throw new Error("Refused.");
    }
    return super.connect();
  }

  override async disconnect(): Promise<void> {
    this.stage.note("disconnect()");
    return super.disconnect();
  }
}

/** What of a message an application or a peer can tell apart. */
function summary(message: string): string {
  const said = [
    "Content-Type",
    "Content-Disposition",
    "Refer-To",
    "Replaces",
    "Reason",
    "Expires",
    "X-Extra"
  ]
    .flatMap((name) => headers(message, name).map((value) => `${name}: ${value}`))
    .map((line) =>
      line.replace(/Replaces=[^>]*/, "Replaces=...").replace(/^(Refer-To: )(sip:.*)$/, "$1<$2>")
    );
  const body = bodyOf(message);
  const directions = body.match(/^m=\w+|^a=(sendrecv|sendonly|recvonly|inactive)/gm)?.join(" ");
  const [to, from] = ["To", "From"].map((name) => header(message, name).replace(/;tag=.*/, ""));
  const parts = [startLine(message), to, from].map((part) =>
    part.replace(/sip:[^@ ]*@[^ ]*invalid[^ >]*/, "sip:contact")
  );
  return [...parts, ...said, directions ?? JSON.stringify(body)].join(" | ");
}

/**
 * One manager of sessions (or a simple user) on a line that the test plays the server of, and all
 * that happens, in its order.
 */
export class ManagerStage {
  readonly log: string[] = [];
  readonly media = new FakeMedia();
  readonly window = new EventTarget();
  /** Answers what is sent; undefined for nothing. */
  answer: (message: string) => string | undefined = (message) => this.usual(message);
  /** The session that the delegate was told of last. */
  session!: Ours.Session;
  answersOf = 0;

  constructor(readonly library: Library) {
    for (const [name, value] of Object.entries(this.media.globals)) vi.stubGlobal(name, value);
    vi.stubGlobal("window", this.window);
    for (const name of ["addEventListener", "removeEventListener"] as const) {
      const real = this.window[name].bind(this.window);
      this.window[name] = (type: string, listener: EventListener) => {
        this.note(`window.${name} ${type}`);
        real(type, listener);
      };
    }
  }

  private readonly begin = Date.now();

  /** Notes something, with the seconds gone by if any have. */
  note(what: string): void {
    const ms = Date.now() - this.begin;
    this.log.push(ms > 0 ? `${ms / 1000} s: ${what}` : what);
  }

  /** Notes what a promise comes to. */
  follow(what: string, promise: Promise<unknown>): void {
    promise.then(
      (value) =>
        this.note(
          `${what} resolved${value instanceof Object ? ` ${value.constructor.name.replace(/^_/, "")}` : ""}`
        ),
      (error: Error) => this.note(`${what} rejected: ${error.constructor.name} ${error.message}`)
    );
  }

  /** Notes what a call gives or throws. */
  tell(what: string, call: () => unknown): void {
    try {
      const value = call();
      this.note(`${what} = ${value instanceof Object ? value.constructor.name : String(value)}`);
    } catch (error) {
      this.note(`${what} threw ${(error as Error).constructor.name} ${(error as Error).message}`);
    }
  }

  refuse(times: number): void {
    this.transport.refuses = times;
  }

  transport!: Line;

  /** A class of transports that belong to this stage. */
  transportConstructor(): Ours.UserAgentOptions["transportConstructor"] {
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    const stage = this;
    return class extends Line {
      constructor(logger: Ours.Core.Logger, options: object) {
        super(logger, options);
        this.stage = stage;
        stage.transport = this;
      }
    };
  }

  element(name: string): HTMLAudioElement & HTMLVideoElement {
    return element(name, (what) => this.note(what));
  }

  userAgentOptions(more: Partial<Ours.UserAgentOptions> = {}): Ours.UserAgentOptions {
    return {
      transportConstructor: this.transportConstructor(),
      transportOptions: { onSend: (message: string) => this.sent(message) },
      logBuiltinEnabled: false,
      ...more
    };
  }

  get delegate(): Ours.Web.SessionManagerDelegate {
    const told =
      (what: string) =>
      (session: Ours.Session, ...more: unknown[]) => {
        this.session = session;
        this.note(
          [what, session.constructor.name.replace(/^_/, ""), session.state, ...more].join(" ")
        );
      };
    return {
      onCallAnswered: told("onCallAnswered"),
      onCallCreated: told("onCallCreated"),
      onCallReceived: told("onCallReceived"),
      onCallHangup: told("onCallHangup"),
      onCallHold: told("onCallHold"),
      onCallDTMFReceived: told("onCallDTMFReceived"),
      onMessageReceived: (message) => this.note(`onMessageReceived ${message.request.body}`),
      onNotificationReceived: (notification) =>
        this.note(`onNotificationReceived ${notification.request.body}`),
      onRegistered: () => this.note("onRegistered"),
      onUnregistered: () => this.note("onUnregistered"),
      onServerConnect: () => this.note("onServerConnect"),
      onServerDisconnect: (error) => this.note(`onServerDisconnect ${error?.message}`)
    };
  }

  manager!: Ours.Web.SessionManager;

  /** Makes a manager of alice's. */
  make(options: Ours.Web.SessionManagerOptions = {}): Ours.Web.SessionManager {
    const { userAgentOptions, ...rest } = options;
    this.manager = new this.library.Web.SessionManager("wss://example.com", {
      aor: "sip:alice@example.com",
      delegate: this.delegate,
      ...rest,
      userAgentOptions: this.userAgentOptions(userAgentOptions)
    });
    return this.manager;
  }

  /** The last request of a method that was sent. */
  lastSent(method: string): string {
    return this.transport.sent.filter((message) => message.startsWith(method)).at(-1)!;
  }

  /** A request comes in. */
  async receive(method: string, parts: RequestParts = {}): Promise<string> {
    const text = request(method, parts);
    this.transport.receive(text);
    await settle();
    return text;
  }

  /** A call comes in, with an offer. */
  async receiveCall(parts: RequestParts = {}): Promise<string> {
    return this.receive("INVITE", { headers: sdp, body: this.offer(), ...parts });
  }

  /** What the peer sends within the dialog of the last INVITE sent. */
  within(): RequestParts {
    return { ...inDialog(this.lastSent("INVITE")), cseq: 10 + this.answersOf++ };
  }

  offer(direction: "sendrecv" | "sendonly" = "sendrecv"): string {
    return writeSdp(1, [{ media: "audio", mid: "0", direction }]);
  }

  private sent(message: string): void {
    // When a response that ends a session is sent, and how the sender of a REFER is told of what
    // becomes of it, is for the tests of sessions.
    if (!/^SIP\/2.0 (200[^]*CSeq: \d+ (BYE|CANCEL)|487)|^NOTIFY/.test(message)) {
      this.note(summary(message));
    }
    const answer = this.answer(message);
    // Not sooner: SIP.js misses what is answered in the tick of the request.
    if (answer) setTimeout(() => this.transport.receive(answer), 10);
  }

  /** 200 to everything, with what belongs into it. */
  usual(message: string): string | undefined {
    const method = startLine(message).split(" ")[0];
    if (method === "ACK" || method.startsWith("SIP/2.0")) return undefined;
    if (method === "REGISTER") {
      const contact = header(message, "Contact");
      const gone = /expires=0|\*/.test(contact) || header(message, "Expires") === "0";
      return reply(message, 200, { headers: gone ? [] : [`Contact: ${contact}`] });
    }
    if (method === "INVITE") {
      const offered = bodyOf(message);
      const held = /a=(sendonly|inactive)/.test(offered);
      const body = writeSdp(++this.answersOf, [
        { media: "audio", mid: "0", direction: held ? "recvonly" : "sendrecv" },
        ...(/m=video/.test(offered)
          ? [{ media: "video" as const, mid: "1", direction: "sendrecv" as const }]
          : [])
      ]);
      const toTag = "peer";
      return reply(message, 200, {
        toTag,
        headers: [...sdp, "Contact: <sip:peer@peer.invalid;transport=ws>"],
        body: /^v=0/.test(offered) ? body : this.offer()
      });
    }
    return reply(message, 200);
  }

  /** Nothing more happens. */
  end(): void {
    if (this.transport) {
      this.transport.onMessage = this.transport.onDisconnect = undefined;
      this.transport.send = () => Promise.resolve();
    }
  }
}
