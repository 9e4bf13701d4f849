import { logError } from "../../../core/log/log-error.js";
import { asError } from "../../../api/attempt.js";
import type { Emitter } from "../../../api/emitter.js";
import { EmitterImpl } from "../../../api/emitter.js";
import { StateTransitionError } from "../../../api/exceptions/state-transition.js";
import { TransportState } from "../../../api/transport-state.js";
import type { Transport as TransportDefinition } from "../../../api/transport.js";
import type { Logger } from "../../../core/log/logger.js";
import { closedError, completeOptions, protocolOf, subProtocolError } from "./connection-error.js";
import { KeepAlive } from "./keep-alive.js";
import type { Settlement } from "./settlement.js";
import { settlement } from "./settlement.js";
import type { TransportOptions } from "./transport-options.js";

/** RFC 7118 section 4.1: 'The client MUST include the value "sip"' as WebSocket sub-protocol. */
const SUB_PROTOCOL = "sip";

/** RFC 6455 section 7.4.1: "1000 indicates a normal closure". */
const NORMAL_CLOSURE = 1000;

/**
 * SIP over WebSocket (RFC 7118) for web browsers, on the global `WebSocket`.
 *
 * @remarks
 * A listener or callback that throws does not disturb the transport: its exception is thrown to
 * whoever caused the change, once the change is complete.
 */
export class Transport implements TransportDefinition {
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;

  private readonly _protocol: string;
  private _state: TransportState = TransportState.Disconnected;
  private readonly _stateEventEmitter = new EmitterImpl<TransportState>();
  private _ws: WebSocket | undefined;
  private readonly configuration: Required<TransportOptions>;
  private readonly logger: Logger;
  private readonly keepAlive: KeepAlive;
  /** Of the latest `connect()` or `disconnect()`, while it is at work. */
  private pending: Settlement | undefined;
  private connectTimeout: ReturnType<typeof setTimeout> | undefined;
  private transitioning = false;

  /**
   * @throws Error if `options.server` is not the URL of a WebSocket server.
   */
  constructor(logger: Logger, options?: TransportOptions) {
    this.logger = logger;
    this.configuration = completeOptions(options);
    try {
      this._protocol = protocolOf(this.server);
    } catch (error) {
      logger.error((error as Error).message);
      throw error;
    }
    const { keepAliveInterval, keepAliveDebounce } = this.configuration;
    this.keepAlive = new KeepAlive(keepAliveInterval, keepAliveDebounce, () =>
      this.sendKeepAlive()
    );
  }

  /** Disconnects. */
  dispose(): Promise<void> {
    return this.disconnect();
  }

  /** "WSS" or "WS", as it stands in a Via header field (RFC 7118 section 5.2). */
  get protocol(): string {
    return this._protocol;
  }

  /** The URL of the WebSocket server. */
  get server(): string {
    return this.configuration.server;
  }

  /** The state. */
  get state(): TransportState {
    return this._state;
  }

  /** Tells of each change of `state`. */
  get stateChange(): Emitter<TransportState> {
    return this._stateEventEmitter;
  }

  /** The WebSocket in use, if any. */
  get ws(): WebSocket | undefined {
    return this._ws;
  }

  /**
   * Connects.
   * @returns A promise resolved once connected. It is rejected with an `Error` that names the URL,
   * the close code and what to check if the connection does not open, with an `Error` "Connect
   * aborted." if `disconnect()` is called meanwhile, and with a {@link StateTransitionError} if
   * called synchronously from a callback or listener of this transport.
   */
  connect(): Promise<void> {
    return this.goTo(TransportState.Connecting, TransportState.Connected, () =>
      this.openWebSocket()
    );
  }

  /**
   * Disconnects.
   * @returns A promise resolved once disconnected. It is rejected with an `Error` "Disconnect
   * aborted." if `connect()` is called meanwhile, and with a {@link StateTransitionError} if called
   * synchronously from a callback or listener of this transport.
   */
  disconnect(): Promise<void> {
    return this.goTo(TransportState.Disconnecting, TransportState.Disconnected, () =>
      this.closeWebSocket()
    );
  }

  /** True if `state` is "Connected". */
  isConnected(): boolean {
    return this.state === TransportState.Connected;
  }

  /**
   * Sends a message.
   * @param message - The whole SIP message.
   * @returns A promise resolved once the WebSocket has taken the message, rejected with an `Error`
   * "Not connected." in every state but "Connected".
   */
  async send(message: string): Promise<void> {
    if (this.configuration.traceSip) {
      // Whoever has the digest can guess the password at leisure.
      const shown = this.configuration.traceCredentials
        ? message
        : message.replace(/( response=)"\w+"/g, '$1"NOT SHOWN"');
      this.logger.log(`Sending:\n\n${shown}\n`);
    }
    // A WebSocket that is on its way out takes messages and drops them: CLOSING is 2, CLOSED 3.
    if (!this.isConnected() || !this._ws || this._ws.readyState >= 2) {
      throw new Error("Not connected.");
    }
    this._ws.send(message);
  }

  /** Works on reaching another state, unless it is there or at work already. */
  private goTo(state: TransportState, goal: TransportState, work: () => void): Promise<void> {
    this.logger.log(`${state} ${this.server}`);
    if (this.transitioning) {
      return Promise.reject(new StateTransitionError("Loop detected."));
    }
    const { pending, state: before } = this;
    if (before === goal) {
      return Promise.resolve();
    }
    if (pending && before === state) {
      return pending.promise;
    }
    const { promise } = (this.pending = settlement());
    // It also fails for those who never saw it: a listener's exception leaves connect() first.
    promise.catch(() => undefined);
    try {
      this.transition(state);
    } finally {
      // "Connect aborted." or "Disconnect aborted."
      pending?.reject(new Error(`${before.slice(0, -3)} aborted.`));
      work();
    }
    return promise;
  }

  private openWebSocket(): void {
    try {
      this._ws = new WebSocket(this.server, SUB_PROTOCOL);
    } catch (error) {
      this.giveUp(error);
      return;
    }
    this.listen(this._ws);
    const { connectionTimeout } = this.configuration;
    this.connectTimeout = setTimeout(() => {
      this.logger.warn(`Not connected after ${connectionTimeout} seconds`);
      this._ws?.close(NORMAL_CLOSURE);
    }, connectionTimeout * 1000);
  }

  /** Does without the WebSocket. */
  private giveUp(thrown: unknown): void {
    const error = asError(thrown);
    this.logger.error(error.toString());
    this._ws = undefined;
    this.transition(TransportState.Disconnected, error);
  }

  /** Follows a WebSocket for as long as it is the one in use. */
  private listen(ws: WebSocket): void {
    ws.binaryType = "arraybuffer";
    for (const type of ["Close", "Error", "Open", "Message"] as const) {
      ws.addEventListener(type.toLowerCase(), (event) => {
        if (ws === this._ws) {
          this[`onWebSocket${type}`](event as never, ws);
        }
      });
    }
  }

  private closeWebSocket(): void {
    try {
      this._ws?.close(NORMAL_CLOSURE);
    } catch (error) {
      this.giveUp(error);
    }
  }

  // Applications replace these in subclasses, though SIP.js calls them private.

  /** @internal */
  protected onWebSocketError(_event: Event, _ws: WebSocket): void {
    this.logger.error("WebSocket error");
  }

  /** @internal */
  protected onWebSocketOpen(_event: Event, ws: WebSocket): void {
    if (this.state !== TransportState.Connecting) {
      return;
    }
    // RFC 7118 section 4.1: 'The 101 reply from the server MUST contain "sip" in its corresponding
    // Sec-WebSocket-Protocol header.' Not every browser checks.
    if (typeof ws.protocol === "string" && ws.protocol !== SUB_PROTOCOL) {
      this._ws = undefined;
      ws.close(NORMAL_CLOSURE);
      this.giveUp(subProtocolError(this.server, ws.protocol));
    } else {
      this.transition(TransportState.Connected);
    }
  }

  /** @internal */
  protected onWebSocketClose(event: CloseEvent, _ws: WebSocket): void {
    const error = closedError(this.server, event, this.state === TransportState.Connecting);
    const expected = this.state === TransportState.Disconnecting;
    this.logger[expected ? "log" : "warn"](error.message);
    this._ws = undefined;
    this.transition(TransportState.Disconnected, error);
  }

  /** @internal */
  protected onWebSocketMessage({ data }: MessageEvent, ws: WebSocket): void {
    // RFC 7118 section 4.2: "SIP WebSocket Clients and SIP WebSocket Servers MUST accept both text
    // and binary frames."
    if (typeof data === "string") {
      this.receive(data, "text");
    } else if (data instanceof Blob) {
      // Only if somebody has changed the WebSocket's binaryType.
      void data.text().then((text) => {
        if (ws === this._ws) {
          this.receive(text, "binary");
        }
      });
    } else {
      this.receive(new TextDecoder().decode(data as ArrayBuffer), "binary");
    }
  }

  private receive(message: string, kind: "text" | "binary"): void {
    // RFC 5626 section 3.5.1: the client "waits to receive a single CRLF (the "pong")".
    if (/^(\r\n)*$/.test(message)) {
      this.keepAlive.onPong();
      return;
    }
    if (this.configuration.traceSip) {
      this.logger.log(`Received ${kind}:\n\n${message}\n`);
    }
    if (!this.isConnected()) {
      this.logger.warn("Received while not connected");
      return;
    }
    this.callOut("onMessage", () => this.onMessage?.(message));
  }

  private sendKeepAlive(): void {
    this.send("\r\n\r\n").catch(logError(this.logger));
  }

  /**
   * Changes the state, tells everybody, settles the promises that wait for it, and at last throws
   * the first exception of those who were told.
   */
  private transition(newState: TransportState, error?: Error): void {
    const oldState = this._state;
    const connected = newState === TransportState.Connected;
    this.logger.log(`Transitioned from ${oldState} to ${newState}`);
    this._state = newState;
    clearTimeout(this.connectTimeout);
    this.keepAlive[connected ? "start" : "stop"]();
    this.transitioning = true;
    try {
      this.callOut("stateChange", () => this._stateEventEmitter.emit(newState));
    } finally {
      try {
        if (connected) {
          this.callOut("onConnect", () => this.onConnect?.());
        } else if (oldState === TransportState.Connected) {
          this.callOut("onDisconnect", () => this.onDisconnect?.(error));
        }
      } finally {
        this.transitioning = false;
        if (connected || newState === TransportState.Disconnected) {
          this.settle(connected || oldState !== TransportState.Connecting ? undefined : error);
        }
      }
    }
  }

  private settle(error?: Error): void {
    const { pending } = this;
    this.pending = undefined;
    if (error) {
      pending?.reject(error);
    } else {
      pending?.resolve();
    }
  }

  /** Calls the application, logging what it throws. */
  private callOut(name: string, call: () => void): void {
    try {
      call();
    } catch (error) {
      this.logger.error(asError(error).toString());
      this.logger.error(`Exception thrown by ${name} callback`);
      throw error;
    }
  }
}
