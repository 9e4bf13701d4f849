import { logError } from "../../../core/log/log-error.js";
import { Registerer } from "../../../api/registerer.js";
import type { RegistererRegisterOptions } from "../../../api/registerer-register-options.js";
import { RegistererState } from "../../../api/registerer-state.js";
import type { RegistererUnregisterOptions } from "../../../api/registerer-unregister-options.js";
import { UserAgent } from "../../../api/user-agent.js";
import { UserAgentState } from "../../../api/user-agent-state.js";
import type { Logger } from "../../../core/log/logger.js";
import type { OutgoingRequest } from "../../../core/messages/outgoing-request.js";
import type { IncomingResponse } from "../../../core/messages/incoming-response.js";
import type { SessionManagerDelegate } from "./session-manager-delegate.js";
import type { SessionManagerOptions } from "./session-manager-options.js";

type Timer = ReturnType<typeof setTimeout>;

/**
 * Keeps a user agent connected and registered, as long as that is wanted.
 * @internal
 */
export class Connection {
  private logger: Logger;
  private shouldBeConnected?: boolean;
  private shouldBeRegistered?: boolean;
  private reconnecting?: boolean;
  private registerer: Registerer | undefined;
  private registrationTimeout: Timer | undefined;
  /** Whether the registration that is waited for is to go out at once. */
  private registering?: boolean;
  private pingTimeout: Timer | undefined;
  private ping: OutgoingRequest | undefined;
  private pingFailed?: boolean;

  /**
   * @param userAgent - The user agent.
   * @param options - The manager's options.
   * @param delegate - Gives the manager's delegate.
   */
  constructor(
    private userAgent: UserAgent,
    private options: SessionManagerOptions,
    private delegate: () => SessionManagerDelegate | undefined
  ) {
    this.logger = userAgent.getLogger("sip.SessionManager");
    if (typeof window === "object") {
      window.addEventListener("online", () => {
        if (this.shouldBeConnected) {
          this.settle(this.connect());
        }
      });
      if (options.autoStop !== false) {
        window.addEventListener("beforeunload", () => this.settle(this.disconnect()));
      }
    }
  }

  /** Logs what a promise that nobody waits for is rejected with. `then` is called if it is resolved. */
  settle(promise: Promise<void>, then?: () => void): void {
    promise.then(then).catch(logError(this.logger));
  }

  /** Calls a method of the application's, and logs what it throws: what is under way goes on. */
  tell(call: () => void): void {
    this.settle((async () => call())());
  }

  async connect(): Promise<void> {
    this.shouldBeConnected = true;
    const { userAgent } = this;
    return userAgent.state === UserAgentState.Started ? userAgent.reconnect() : userAgent.start();
  }

  async disconnect(): Promise<void> {
    this.shouldBeConnected = this.shouldBeRegistered = false;
    this.stopPings();
    await this.userAgent.stop();
  }

  async register(options?: RegistererRegisterOptions): Promise<void> {
    this.shouldBeRegistered = true;
    if (options) {
      this.options = { ...this.options, registererRegisterOptions: options };
    }
    if (!this.registerer) {
      this.registerer = new Registerer(this.userAgent, this.options.registererOptions);
      this.registerer.stateChange.addListener((state) => {
        if (state !== RegistererState.Initial && state !== RegistererState.Terminated) {
          this.delegate()?.[`on${state}`]?.();
        }
        if (state === RegistererState.Unregistered) {
          this.retryRegistration();
        }
      });
    }
    return this.attemptRegistration(0);
  }

  async unregister(options?: RegistererUnregisterOptions): Promise<void> {
    this.shouldBeRegistered = false;
    await this.registerer?.unregister(options);
  }

  onConnect(): void {
    this.tell(() => this.delegate()?.onServerConnect?.());
    if (this.shouldBeRegistered) {
      this.settle(this.register());
    }
    this.startPings();
  }

  /** The connection is lost, or was ended. `endSessions` is called once the delegate was told. */
  onDisconnect(error: Error | undefined, endSessions: () => void): void {
    this.stopPings();
    this.tell(() => this.delegate()?.onServerDisconnect?.(error));
    endSessions();
    const { registerer } = this;
    this.registerer = undefined;
    if (registerer) {
      this.settle(registerer.dispose());
    }
    if ((error || this.pingFailed) && !this.reconnecting) {
      this.reconnecting = true;
      this.settle(this.attemptReconnection(), () => {
        this.reconnecting = false;
      });
    }
    this.pingFailed = false;
  }

  private async attemptReconnection(): Promise<void> {
    const { reconnectionAttempts = 3, reconnectionDelay = 4 } = this.options;
    for (let attempt = 0; this.shouldBeConnected && attempt < reconnectionAttempts; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, attempt && reconnectionDelay * 1000));
      try {
        await (this.shouldBeConnected && this.userAgent.reconnect());
        return;
      } catch (error) {
        this.logger.error((error as Error).message);
      }
    }
  }

  /** Registers anew after a while, unless the user has unregistered. */
  private retryRegistration(): void {
    if (this.shouldBeRegistered) {
      const { registrationRetryInterval = 3 } = this.options;
      this.settle(this.attemptRegistration(registrationRetryInterval * 1000 * (1 + Math.random())));
    }
  }

  /**
   * Sends a REGISTER after a delay in milliseconds, unless one is to be sent sooner.
   * @returns A promise resolved once it is sent, or has turned out not to be wanted.
   */
  private attemptRegistration(delay: number): Promise<void> {
    if (this.registrationTimeout && (this.registering || delay)) {
      return Promise.resolve();
    }
    clearTimeout(this.registrationTimeout);
    this.registering = !delay;
    return new Promise((resolve) => {
      this.registrationTimeout = setTimeout(() => {
        this.registrationTimeout = undefined;
        resolve(this.sendRegistration());
      }, delay);
    });
  }

  private async sendRegistration(): Promise<void> {
    const { registerGuard, registererRegisterOptions: options, registrationRetry } = this.options;
    if ((await registerGuard?.()) || !this.shouldBeRegistered || !this.userAgent.isConnected()) {
      return;
    }
    const requestDelegate = { ...options?.requestDelegate };
    if (registrationRetry) {
      requestDelegate.onReject = (response) => {
        this.retryRegistration();
        options?.requestDelegate?.onReject?.(response);
      };
    }
    await this.registerer?.register({ ...options, requestDelegate });
  }

  /** Asks the server again and again whether it is there. */
  private startPings(): void {
    const { aor, optionsPingInterval, optionsPingRequestURI } = this.options;
    const text = optionsPingRequestURI || (aor && "sip:" + UserAgent.makeURI(aor)?.host);
    if (!optionsPingInterval || !text) {
      return;
    }
    const requestURI = UserAgent.makeURI(text);
    if (!requestURI) {
      throw new Error("Failed to create Request URI.");
    }
    const { userAgent } = this;
    const core = userAgent.userAgentCore;
    const { uri } = optionsPingRequestURI ? userAgent.contact : userAgent.configuration;
    const next = (): void => {
      this.pingTimeout = setTimeout(() => {
        const message = core.makeOutgoingRequestMessage("OPTIONS", requestURI, uri, uri, {});
        this.ping = core.request(message, { onAccept: next, onRedirect: next, onReject });
      }, optionsPingInterval * 1000);
    };
    const onReject = ({ message: { statusCode } }: IncomingResponse): void => {
      if (statusCode === 408 || statusCode === 503) {
        this.logger.error("OPTIONS ping failed");
        this.pingFailed = true;
        this.settle(userAgent.transport.disconnect());
      } else {
        next();
      }
    };
    next();
  }

  private stopPings(): void {
    clearTimeout(this.pingTimeout);
    this.ping?.dispose();
    this.ping = undefined;
  }
}
