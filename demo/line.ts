/** The line to the server: connects, registers, and comes back when the network went away. */
import { Registerer, RequestPendingError, UserAgent } from "sipwasm";
import type { Log } from "./log.js";
import type { Settings } from "./settings.js";
import { Refusal, signInTrouble, TooSlow, type Trouble } from "./words.js";

export type LineState =
  "signed-out" | "connecting" | "registering" | "registered" | "reconnecting" | "failed";

const patience = 4_000;
const delays = [0, 1_000, 2_000, 4_000, 8_000, 15_000];

export class Line {
  readonly userAgent: UserAgent;
  state: LineState = "signed-out";
  trouble: Trouble | undefined;
  /** When the next attempt to reconnect is due, in milliseconds since the epoch. */
  nextTryAt: number | undefined;
  private registerer: Registerer;
  private wanted = false;
  private recovering = false;
  private attempt = 0;
  private timer: number | undefined;
  private readonly forget = new AbortController();

  constructor(
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly onChange: () => void
  ) {
    const { user, password, server, realm } = settings;
    const uri = UserAgent.makeURI(`sip:${encodeURIComponent(user)}@${realm}`);
    if (!uri) throw new Error(`“${user}@${realm}” is not a SIP address.`);
    this.userAgent = new UserAgent({
      uri,
      authorizationUsername: user,
      authorizationPassword: password,
      displayName: user.charAt(0).toUpperCase() + user.slice(1),
      transportOptions: { server },
      sessionDescriptionHandlerFactoryOptions: { peerConnectionConfiguration: { iceServers: [] } },
      logBuiltinEnabled: false,
      logConfiguration: false,
      logConnector: (level, category, _label, content) => {
        if (level === "error" || level === "warn") log.error(`${category}: ${content}`);
      }
    });
    log.trace(this.userAgent.transport);
    this.registerer = new Registerer(this.userAgent, { logConfiguration: false });
    const { signal } = this.forget;
    window.addEventListener("online", () => this.networkChanged("back"), { signal });
    window.addEventListener("offline", () => this.networkChanged("away"), { signal });
  }

  /** Connects and registers for the first time. Failure shows in `state` and `trouble`. */
  async signIn(): Promise<void> {
    this.wanted = true;
    this.change("connecting");
    try {
      await this.userAgent.start();
      this.userAgent.delegate = { ...this.userAgent.delegate, onDisconnect: (e) => this.lost(e) };
      this.change("registering");
      await this.register();
      this.settled();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Unregisters and disconnects. */
  async signOut(): Promise<void> {
    this.wanted = false;
    this.forget.abort();
    clearTimeout(this.timer);
    await within(patience, this.userAgent.stop()).catch((error) => this.log.error(String(error)));
    this.change("signed-out");
  }

  /** Tries to reconnect at once instead of waiting for the next attempt. */
  retryNow(): void {
    if (this.state !== "reconnecting") return;
    clearTimeout(this.timer);
    void this.recover();
  }

  private networkChanged(how: "away" | "back"): void {
    this.log.note(how === "away" ? "The network went away" : "The network is back");
    if (!this.wanted || !["registered", "reconnecting"].includes(this.state)) return;
    this.change("reconnecting");
    this.attempt = 0;
    this.retryNow();
  }

  private lost(error: Error | undefined): void {
    if (!this.wanted || error === undefined || this.recovering) return;
    this.log.error(`Connection lost: ${error.message}`);
    this.change("reconnecting");
    this.attempt = 0;
    this.schedule();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const delay = delays[Math.min(this.attempt++, delays.length - 1)] ?? 0;
    this.nextTryAt = Date.now() + delay;
    this.timer = window.setTimeout(() => void this.recover(), delay);
    this.onChange();
  }

  /** One attempt to be registered again; another is scheduled if it fails. */
  private async recover(): Promise<void> {
    if (this.recovering || !this.wanted) return;
    this.recovering = true;
    this.nextTryAt = undefined;
    this.onChange();
    try {
      // An open socket proves nothing: after a change of network it may be open and dead. An answer
      // to a REGISTER proves that the way to the server and back is good.
      if (!this.userAgent.isConnected() || !(await this.isAnswered())) await this.reconnect();
      this.settled();
    } catch (error) {
      const isFinal = error instanceof Refusal && [401, 403, 407].includes(error.status);
      if (isFinal) this.fail(error);
      else this.log.error(`Reconnecting failed: ${(error as Error).message}`);
    }
    this.recovering = false;
    if (this.state === "reconnecting" && this.wanted) this.schedule();
  }

  private async isAnswered(): Promise<boolean> {
    try {
      await within(patience, this.register());
      return true;
    } catch (error) {
      this.log.note(`The open connection is of no use: ${(error as Error).message}`);
      return false;
    }
  }

  private async reconnect(): Promise<void> {
    const { transport } = this.userAgent;
    if (transport.isConnected()) await within(patience, transport.disconnect()).catch(() => {});
    await within(2 * patience, this.userAgent.reconnect());
    await within(patience, this.register());
  }

  private register(): Promise<void> {
    return new Promise((resolve, reject) => {
      const requestDelegate = {
        onAccept: () => resolve(),
        onReject: ({ message }: { message: { statusCode?: number; reasonPhrase?: string } }) =>
          reject(new Refusal(message.statusCode ?? 0, message.reasonPhrase))
      };
      this.registerer.register({ requestDelegate }).catch((error) => {
        // One that was sent into a dead socket is still pending; let it be, and begin anew.
        if (error instanceof RequestPendingError) {
          this.registerer = new Registerer(this.userAgent, { logConfiguration: false });
        }
        reject(error);
      });
    });
  }

  private settled(): void {
    if (!this.wanted) return;
    this.attempt = 0;
    this.log.note(`Registered as ${this.settings.user}@${this.settings.realm}`);
    this.change("registered");
  }

  private fail(error: unknown): void {
    if (!this.wanted) return;
    this.wanted = false;
    this.forget.abort();
    this.trouble = signInTrouble(error, this.settings.user, this.settings.server);
    this.log.error(`${this.trouble.title}: ${(error as Error).message}`);
    this.change("failed");
    void this.userAgent.stop().catch(() => {});
  }

  private change(state: LineState): void {
    this.state = state;
    this.onChange();
  }
}

/** The outcome of a promise, or {@link TooSlow} if it takes longer. */
function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new TooSlow(`no answer within ${milliseconds / 1000} s`));
    const timer = setTimeout(late, milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
