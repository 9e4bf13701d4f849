import { Logger } from "../core/log/logger.js";
import { Levels } from "../core/log/levels.js";
import { LoggerFactory } from "../core/log/logger-factory.js";
import type { Contact } from "../core/user-agent-core/user-agent-core-configuration.js";
import { UserAgentCore } from "../core/user-agent-core/user-agent-core.js";
import { lazily } from "../engine/lazily.js";
import { completeModule, loadModule } from "../engine/module.js";
import { Grammar } from "../grammar/grammar.js";
import type { URI } from "../grammar/uri.js";
import { defaultSessionDescriptionHandlerFactory } from "../platform/web/session-description-handler/session-description-handler-factory-default.js";
import { Transport as WebTransport } from "../platform/web/transport/transport.js";
import { coreConfiguration } from "./core-configuration.js";
import type { Emitter } from "./emitter.js";
import { EmitterImpl } from "./emitter.js";
import { Inviter } from "./inviter.js";
import type { InviterOptions } from "./inviter-options.js";
import { later } from "./later.js";
import type { Publisher } from "./publisher.js";
import type { Registerer } from "./registerer.js";
import type { Session } from "./session.js";
import { emitSafely } from "./state-change.js";
import type { Subscription } from "./subscription.js";
import type { Transport } from "./transport.js";
import { TransportState } from "./transport-state.js";
import { checkUUID, complete, logOptions, newUUID, optionsOf } from "./user-agent-configuration.js";
import { makeContact } from "./user-agent-contact.js";
import type { UserAgentDelegate } from "./user-agent-delegate.js";
import { Receiver } from "./user-agent-receiver.js";
import type { UserAgentOptions } from "./user-agent-options.js";
import { UserAgentState } from "./user-agent-state.js";

/**
 * A user agent sends and receives requests over a {@link Transport}, on behalf of the user with the
 * address of record `UserAgentOptions.uri`.
 */
export class UserAgent {
  /** For the application's own use. */
  data: unknown = undefined;

  /** Told of the connection and of what comes in. */
  delegate: UserAgentDelegate | undefined;

  /** @internal */
  declare _publishers: { [id: string]: Publisher };
  /** @internal */
  declare _registerers: { [id: string]: Registerer };
  /**
   * How many there were.
   * @internal
   */
  _registererCount = 0;
  /** @internal */
  declare _sessions: { [id: string]: Session };
  /** @internal */
  declare _subscriptions: { [id: string]: Subscription };

  /**
   * The options to be read, complete once somebody asks for `configuration`.
   * @internal
   */
  _options: Required<UserAgentOptions>;

  private _contact: Contact;
  private _instanceId: string;
  private _state: UserAgentState = UserAgentState.Stopped;
  private _stateEventEmitter: EmitterImpl<UserAgentState> | undefined;
  private _transport: Transport;
  private _userAgentCore: UserAgentCore;
  private loggerFactory: LoggerFactory = new LoggerFactory();
  private stopping: Promise<void> | undefined;

  /**
   * @param options - The options.
   * @throws TypeError if there is a line break in an option that becomes part of a header field.
   * @throws Error as the transport's constructor does.
   */
  constructor(options: Partial<UserAgentOptions> = {}) {
    // Where WebAssembly is refused, that is said here and not in the first call.
    loadModule();
    this._options = optionsOf(options, {
      transportConstructor: WebTransport,
      sessionDescriptionHandlerFactory: defaultSessionDescriptionHandlerFactory()
    });
    this.checkTexts();
    const all = complete(this._options);
    const { delegate, transportConstructor, transportOptions, instanceId } = all;
    this.delegate = delegate;
    this.initLogging(all);
    this._transport = new transportConstructor(
      new Logger(this.loggerFactory, "sip.Transport"),
      transportOptions
    );
    this.initTransportCallbacks();
    this._instanceId = instanceId && checkUUID(instanceId);
    this._contact = makeContact(this);
    this._userAgentCore = this.initCore();
  }

  /**
   * Reads a SIP or SIPS URI.
   * @param uri - `sip:edgar@example.com`
   * @returns Undefined if it is malformed or of another scheme (RFC 3261 section 25).
   */
  static makeURI(uri: string): URI | undefined {
    return Grammar.URIParse(uri);
  }

  /** The options, complete. What is changed in them holds from then on where that is possible. */
  get configuration(): Required<UserAgentOptions> {
    return (this._options = complete(this._options));
  }

  /** Where the user agent can be reached. */
  get contact(): Contact {
    return this._contact;
  }

  /** The UUID that tells this device from others. */
  get instanceId(): string {
    return (this._instanceId ||= newUUID());
  }

  /** The state. */
  get state(): UserAgentState {
    return this._state;
  }

  /** Tells of each change of `state`. */
  get stateChange(): Emitter<UserAgentState> {
    return (this._stateEventEmitter ??= new EmitterImpl());
  }

  /** The transport. */
  get transport(): Transport {
    return this._transport;
  }

  /** The user agent core. */
  get userAgentCore(): UserAgentCore {
    return this._userAgentCore;
  }

  /**
   * A logger.
   * @param category - What it is for.
   * @param label - Which one of several.
   */
  getLogger(category: string, label?: string): Logger {
    return this.loggerFactory.getLogger(category, label);
  }

  /** The logger factory. */
  getLoggerFactory(): LoggerFactory {
    return this.loggerFactory;
  }

  /** True if the transport is connected. */
  isConnected(): boolean {
    return this.transport.state === TransportState.Connected;
  }

  /**
   * Connects the transport again, after the connection was lost.
   * @returns A promise resolved once connected, and rejected with an `Error` if that fails or the user
   * agent is stopped.
   */
  reconnect(): Promise<void> {
    if (this.state === UserAgentState.Stopped) {
      return Promise.reject(new Error("User agent stopped."));
    }
    // Not synchronously: this may be called from a callback of the transport.
    return Promise.resolve().then(() => this.transport.connect());
  }

  /**
   * Starts the user agent: connects the transport.
   * @returns A promise resolved once connected, and rejected with the transport's `Error` if that
   * fails. The user agent is started nevertheless: `reconnect()` tries again.
   */
  start(): Promise<void> {
    if (this.state === UserAgentState.Started) {
      return Promise.resolve();
    }
    this.logger.log(`Starting ${this._options.uri}`);
    this.transitionState(UserAgentState.Started);
    const connected = this.transport.connect();
    // What is to come takes the whole core; the connection takes longer.
    completeModule();
    return connected;
  }

  /**
   * Stops the user agent: ends the sessions, unsubscribes, unpublishes, unregisters, disconnects the
   * transport. One goes after
   * the other, lest the server be flooded, so this may take a while; with `gracefulShutdown` false it
   * disconnects at once.
   * @returns A promise resolved once all is done.
   */
  stop(): Promise<void> {
    if (this.state === UserAgentState.Stopped) {
      return later(2, Promise.resolve());
    }
    return (this.stopping ??= this.shutDown());
  }

  /**
   * What the user agent did lately and what came of it: the last commands and events of the SIP core,
   * `UserAgentOptions.traceSize` of them, with every message sent and received. Passwords, digest
   * responses and nonces, other credentials in Authorization, keys in SDP and digits in INFO are
   * masked; user names, addresses and the text of a MESSAGE are not. SIP.js has no such method.
   * @returns JSON lines, each with its line end; `npm run replay -- FILE` of the sipwasm repository
   * runs and prints them.
   */
  trace(): string {
    return this.userAgentCore._trace();
  }

  /**
   * Makes an {@link Inviter}.
   * @internal
   */
  _makeInviter(targetURI: URI, options?: InviterOptions): Inviter {
    return new Inviter(this, targetURI, options);
  }

  private async shutDown(): Promise<void> {
    this.logger.log(`Stopping ${this._options.uri}`);
    const note = (error: Error): void => this.logger.error(error.message);
    if (this._options.gracefulShutdown) {
      const { _publishers, _registerers, _sessions, _subscriptions } = this;
      for (const all of [_sessions, _subscriptions, _publishers, _registerers]) {
        for (const each of Object.values<{ dispose(): Promise<void> }>(all)) {
          await each.dispose().catch(note);
        }
      }
    }
    try {
      await this.transport.dispose().catch((error: Error) => {
        note(error);
        throw error;
      });
    } finally {
      this.stopping = undefined;
      this.userAgentCore.reset();
      this.transitionState(UserAgentState.Stopped);
    }
  }

  /** The deprecated way to reconnect: so often, with so much time between. */
  private attemptReconnection(attempt = 1): void {
    const { reconnectionAttempts, reconnectionDelay } = this._options;
    if (attempt > reconnectionAttempts) {
      return;
    }
    setTimeout(
      () => {
        if (this.state === UserAgentState.Stopped || this.stopping) {
          return;
        }
        this.logger.log(`Reconnection attempt ${attempt} of ${reconnectionAttempts}`);
        this.reconnect().catch((error: Error) => {
          this.logger.error(error.message);
          this.attemptReconnection(attempt + 1);
        });
      },
      attempt === 1 ? 0 : reconnectionDelay * 1000
    );
  }

  private get logger(): Logger {
    return new Logger(this.loggerFactory, "sip.UserAgent");
  }

  private initLogging(options: Required<UserAgentOptions>): void {
    const { logBuiltinEnabled, logConfiguration, logConnector, logLevel } = options;
    this.loggerFactory.builtinEnabled = logBuiltinEnabled;
    this.loggerFactory.connector = logConnector as LoggerFactory["connector"];
    this.loggerFactory.level = Levels[logLevel] ?? Levels.log;
    if (logConfiguration) {
      logOptions(this.logger, options);
    }
  }

  /** A line break would end the header field and begin one of somebody else's. */
  private checkTexts(): void {
    const names = ["contactName", "displayName", "preloadedRouteSet", "userAgentString", "viaHost"];
    for (const name of names as Array<keyof UserAgentOptions>) {
      if (/[\r\n\0]/.test(String(this._options[name]))) {
        throw new TypeError(`There is a line break in ${name}.`);
      }
    }
  }

  private initCore(): UserAgentCore {
    const core = new UserAgentCore(coreConfiguration(this), new Receiver(this));
    core._setConnected(this.isConnected());
    return core;
  }

  private initTransportCallbacks(): void {
    const { transport } = this;
    transport.onConnect = this.onTransportConnect.bind(this);
    transport.onDisconnect = this.onTransportDisconnect.bind(this);
    transport.onMessage = this.onTransportMessage.bind(this);
  }

  private onTransportConnect(): void {
    if (this.state === UserAgentState.Stopped) {
      return;
    }
    this.userAgentCore._setConnected(true);
    this.delegate?.onConnect?.();
  }

  private onTransportDisconnect(error?: Error): void {
    this.userAgentCore._setConnected(false);
    if (this.state === UserAgentState.Stopped) {
      return;
    }
    try {
      this.delegate?.onDisconnect?.(error);
    } finally {
      // Only if the connection was lost.
      if (error && this._options.reconnectionAttempts > 0) {
        this.attemptReconnection();
      }
    }
  }

  private onTransportMessage(message: string): void {
    if (this.state === UserAgentState.Stopped) {
      this.logger.warn("User agent stopped.");
      return;
    }
    this.userAgentCore._receive(message);
  }

  private transitionState(newState: UserAgentState): void {
    if (this._state !== newState) {
      this._state = newState;
      this.logger.log(`Transitioned to ${newState}`);
      emitSafely(this._stateEventEmitter, newState);
    }
  }
}

lazily(UserAgent, ["_publishers", "_registerers", "_sessions", "_subscriptions"], () => ({}));
