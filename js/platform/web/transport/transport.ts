import type { Emitter } from "../../../api/emitter.js";
import { EmitterImpl } from "../../../api/emitter.js";
import { StateTransitionError } from "../../../api/exceptions/state-transition.js";
import { TransportState } from "../../../api/transport-state.js";
import type { Transport as TransportDefinition } from "../../../api/transport.js";
import type { Logger } from "../../../core/log/logger.js";
import { closedError, completeOptions, subProtocolError } from "./connection-error.js";
import { KeepAlive } from "./keep-alive.js";
import type { Settlement } from "./settlement.js";
import { settlement } from "./settlement.js";
import type { TransportOptions } from "./transport-options.js";

/** RFC 7118 section 4.1: 'The client MUST include the value "sip"' as WebSocket sub-protocol. */
const SUB_PROTOCOL = "sip";

/** RFC 6455 section 7.4.1: "1000 indicates a normal closure". */
const NORMAL_CLOSURE = 1000;

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

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
  private connectTimedOut = false;
  private transitioning = false;

  /**
   * @throws Error if `options.server` is not the URL of a WebSocket server.
   */
  constructor(logger: Logger, options?: TransportOptions) {
    this.logger = logger;
    try {
      this.configuration = completeOptions(options);
    } catch (error) {
      logger.error(toError(error).message);
      throw error;
    }
    this._protocol = new URL(this.server).protocol === "wss:" ? "WSS" : "WS";
    this.keepAlive = new KeepAlive(
      this.configuration.keepAliveInterval,
      this.configuration.keepAliveDebounce,
      () => this.sendKeepAlive()
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
    return this.goTo(TransportState.Connecting, TransportState.Connected, "Disconnect", () =>
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
    return this.goTo(TransportState.Disconnecting, TransportState.Disconnected, "Connect", () =>
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

  /**
   * Works on reaching another state, unless it is there or at work already. What it was at before is
   * `aborted`.
   */
  private goTo(
    state: TransportState,
    goal: TransportState,
    aborted: string,
    work: () => void
  ): Promise<void> {
    this.logger.log(`${state} ${this.server}`);
    if (this.transitioning) {
      return Promise.reject(this.loopError(state));
    }
    if (this.state === goal) {
      return Promise.resolve();
    }
    const before = this.pending;
    if (before && this.state === state) {
      return before.promise;
    }
    const { promise } = (this.pending = settlement());
    // It also fails for those who never saw it: a listener's exception leaves connect() first.
    promise.catch(() => undefined);
    try {
      this.transition(state);
    } finally {
      before?.reject(new Error(`${aborted} aborted.`));
      work();
    }
    return promise;
  }

  private openWebSocket(): void {
    this.connectTimedOut = false;
    try {
      this._ws = new WebSocket(this.server, SUB_PROTOCOL);
    } catch (thrown) {
      const error = toError(thrown);
      this.logger.error(error.toString());
      this._ws = undefined;
      this.transition(TransportState.Disconnected, error);
      return;
    }
    this.listen(this._ws);
    clearTimeout(this.connectTimeout);
    this.connectTimeout = setTimeout(
      () => this.onConnectTimeout(),
      this.configuration.connectionTimeout * 1000
    );
  }

  /** Follows a WebSocket for as long as it is the one in use. */
  private listen(ws: WebSocket): void {
    ws.binaryType = "arraybuffer";
    const handlers: { [type: string]: (event: never) => void } = {
      close: (event: CloseEvent) => this.onWebSocketClose(event, ws),
      error: (event: Event) => this.onWebSocketError(event, ws),
      open: (event: Event) => this.onWebSocketOpen(event, ws),
      message: (event: MessageEvent) => this.onWebSocketMessage(event, ws)
    };
    for (const [type, handler] of Object.entries(handlers)) {
      ws.addEventListener(type, (event) => {
        if (ws === this._ws) {
          handler(event as never);
        }
      });
    }
  }

  private closeWebSocket(): void {
    try {
      this._ws?.close(NORMAL_CLOSURE);
    } catch (error) {
      this.logger.error(toError(error).toString());
      this._ws = undefined;
      this.transition(TransportState.Disconnected);
    }
  }

  private onConnectTimeout(): void {
    if (this.state !== TransportState.Connecting) {
      return;
    }
    const { connectionTimeout } = this.configuration;
    this.logger.warn(`Not connected after ${connectionTimeout} seconds`);
    this.connectTimedOut = true;
    this._ws?.close(NORMAL_CLOSURE);
  }

  // Applications replace these in subclasses, though SIP.js calls them private.

  private onWebSocketError(_event: Event, _ws: WebSocket): void {
    this.logger.error("WebSocket error");
  }

  private onWebSocketOpen(_event: Event, ws: WebSocket): void {
    if (this.state !== TransportState.Connecting) {
      return;
    }
    // RFC 7118 section 4.1: 'The 101 reply from the server MUST contain "sip" in its corresponding
    // Sec-WebSocket-Protocol header.' Not every browser checks.
    if (typeof ws.protocol === "string" && ws.protocol !== SUB_PROTOCOL) {
      const error = subProtocolError(this.server, ws.protocol);
      this.logger.error(error.message);
      this._ws = undefined;
      ws.close(NORMAL_CLOSURE);
      this.transition(TransportState.Disconnected, error);
      return;
    }
    this.logger.log(`Connected ${this.server}`);
    this.transition(TransportState.Connected);
  }

  private onWebSocketClose(event: CloseEvent, _ws: WebSocket): void {
    const failed = this.state === TransportState.Connecting;
    const error = closedError(this.server, event, {
      failed,
      timeout: this.connectTimedOut ? this.configuration.connectionTimeout : undefined
    });
    const expected = this.state === TransportState.Disconnecting;
    this.logger[expected ? "log" : "warn"](error.message);
    this._ws = undefined;
    this.transition(TransportState.Disconnected, error);
  }

  private onWebSocketMessage({ data }: MessageEvent, ws: WebSocket): void {
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
    if (/^(\r\n)+$/.test(message)) {
      this.keepAlive.onPong();
      if (this.configuration.traceSip) {
        this.logger.log("Received keep-alive");
      }
      return;
    }
    if (message === "") {
      this.logger.warn("Received nothing");
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
    this.send("\r\n\r\n").catch((error) => {
      this.logger.warn(`Keep-alive could not be sent: ${toError(error).message}`);
    });
  }

  /**
   * Changes the state, tells everybody, settles the promises that wait for it, and at last throws
   * the first exception of those who were told.
   */
  private transition(newState: TransportState, error?: Error): void {
    const oldState = this._state;
    this.logger.log(`Transitioned from ${oldState} to ${newState}`);
    this._state = newState;
    if (newState !== TransportState.Connecting) {
      clearTimeout(this.connectTimeout);
    }
    if (newState === TransportState.Connected) {
      this.keepAlive.start();
    } else {
      this.keepAlive.stop();
    }
    this.transitioning = true;
    try {
      this.tell(oldState, newState, error);
    } finally {
      this.transitioning = false;
      this.settle(oldState, newState, error);
    }
  }

  private tell(oldState: TransportState, newState: TransportState, error?: Error): void {
    try {
      this.callOut("stateChange", () => this._stateEventEmitter.emit(newState));
    } finally {
      if (newState === TransportState.Connected) {
        this.callOut("onConnect", () => this.onConnect?.());
      } else if (oldState === TransportState.Connected) {
        this.callOut("onDisconnect", () => this.onDisconnect?.(error));
      }
    }
  }

  private settle(oldState: TransportState, newState: TransportState, error?: Error): void {
    if (newState !== TransportState.Connected && newState !== TransportState.Disconnected) {
      return;
    }
    if (newState === TransportState.Disconnected && oldState === TransportState.Connecting) {
      this.pending?.reject(error ?? new Error("Disconnected."));
    } else {
      this.pending?.resolve();
    }
    this.pending = undefined;
  }

  /** Calls the application, logging what it throws. */
  private callOut(name: string, call: () => void): void {
    try {
      call();
    } catch (error) {
      this.logger.error(toError(error).toString());
      this.logger.error(`Exception thrown by ${name} callback`);
      throw error;
    }
  }

  private loopError(newState: TransportState): StateTransitionError {
    this.logger.error(
      `${newState} while still becoming ${this.state}: not to be called from a callback or listener`
    );
    return new StateTransitionError("Loop detected.");
  }
}
